"""What points at what: each relation is written once, and both of its ends show it."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.content.entries import Entry
from generator.content.handbook import Handbook
from generator.content.models import Case, Duty, Form, Outcome, Playbook, Schedule, Tip
from generator.pages.planner import plan
from generator.pages.relations import Relations, limited_answers, shown_in_place

from ..support.handbooks import change, opened


def test_a_relation_written_once_is_shown_on_both_sides(small: Handbook) -> None:
    related = Relations(small).related
    assert small.entries["lamp"].related == ["wipe"]
    assert "wipe" in related["lamp"]
    assert "lamp" in related["wipe"]
    assert "two-keepers" in related["harbour"]


def test_sources_know_what_rests_on_them(small: Handbook) -> None:
    resting = Relations(small).resting_on
    assert list(resting["k1"]) == [entry for entry in small.entries if entry in resting["k1"]]
    assert set(resting["k1"]) == {"lamp", "two-keepers", "alone", "staying-awake"}
    assert set(resting["lights-act"]) == {"lamp", "fog-bank", "lamp-log", "keeper-year", "signal-slip", "about"}
    assert "editors" not in resting


@pytest.mark.parametrize("kind", [Duty, Form, Playbook, Schedule, Outcome, Case])
def test_what_a_page_shows_in_its_place_is_not_listed_again(kind: type[Entry], handbook: Handbook) -> None:
    made = plan(handbook)
    pages = {page.path.removesuffix(".md").rpartition("/")[2]: page for page in made.pages}
    apart = 0
    for entry_id in handbook.all(kind):
        context = pages[entry_id].context
        listed = [entry.id for group in context["related"] for entry in group.entries]
        shown = {entry.id for name in ("tips", "forms", "playbooks", "cases") for entry in context.get(name, [])}
        shown |= shown_in_place(handbook.entries[entry_id])
        assert shown.isdisjoint(listed), entry_id
        assert {*listed} == {*made.relations.related.get(entry_id, [])} - shown, entry_id
        apart += len(shown)
    assert apart


def test_a_tip_lists_its_duty(handbook: Handbook) -> None:
    made = plan(handbook)
    tips = [tip for tip in handbook.all(Tip).values() if tip.duty]
    pages = {page.path: page for page in made.pages}
    for tip in tips:
        listed = [entry.id for group in pages[f"tips/{tip.id}.md"].context["related"] for entry in group.entries]
        assert tip.duty in listed
    assert tips


@pytest.mark.parametrize(
    ("lines", "quoted", "shown"),
    [
        ("3", "k2:2", False),
        ("2", "k2:2", True),
        ("2-3", "k2:2", True),
        ("3", "k2:2-3", True),
        ("2,3", "k2:3", True),
        ("2", "k2:3", False),
    ],
)
def test_a_limit_of_certain_lines_concerns_who_quotes_one_of_them(
    lines: str, quoted: str, shown: bool, content: Path
) -> None:
    change(content / "answers.yml", 'lines: "3"\n      zh: 没有说问候', f'lines: "{lines}"\n      zh: 没有说问候')
    tip = content / "tips" / "wipe.yml"
    tip.write_text(tip.read_text(encoding="utf-8").replace("k2:2", quoted), encoding="utf-8")
    handbook = opened(content)
    limited = limited_answers(handbook, handbook.entries["wipe"])
    assert {answer: [limit.lines for limit in limits] for answer, limits in limited.items()} == (
        {"k2": [lines]} if shown else {}
    )


def test_a_limit_without_lines_concerns_all_who_quote_the_answer(content: Path) -> None:
    change(content / "answers.yml", '- lines: "3"\n      zh: 没有说问候', "- zh: 没有说问候")
    handbook = opened(content)
    assert list(limited_answers(handbook, handbook.entries["wipe"])) == ["k2"]
    assert list(limited_answers(handbook, handbook.entries["alone"])) == ["k2", "k1"]
