"""Entries that are not finished: no build has them, a preview shows them, and nobody else is held back."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from generator.cli import new, report
from generator.cli.main import main
from generator.content import translations
from generator.content.collections import MODELS, collection, singular
from generator.content.drafts import Drafts, is_draft
from generator.pipeline import Pipeline, read
from generator.problems import ContentError

from ..support.handbooks import change, messages_of, opened, pages_of, problems_of
from ..support.paths import SMALL

WRITTEN_FROM = {"answers", "documents"}
"""Collections whose entries cannot be shown before it is known which lines they are."""


def draft(path: Path) -> None:
    """Make a draft of an entry with a file of its own."""
    path.write_text(f"draft: true\n{path.read_text(encoding='utf-8')}", encoding="utf-8")


def alone(content: Path) -> None:
    """Make a draft of an entry that nobody refers to, with a word that nothing else has."""
    (content / "tips" / "oil.yml").write_text(
        (content / "tips" / "wipe.yml").read_text("utf-8").replace("Alone is enough", "Ichthyology"), encoding="utf-8"
    )
    draft(content / "tips" / "oil.yml")


# --- in builds -----------------------------------------------------------------------------------------------


def test_a_draft_is_nowhere_in_a_build(content: Path) -> None:
    alone(content)
    assert pages_of(content) == pages_of(SMALL)


def test_an_item_of_a_list_file_can_be_a_draft(content: Path) -> None:
    with (content / "terms.yml").open("a", encoding="utf-8") as file:
        file.write("- {id: wick, draft: true, title: {en: Wick}, meaning: {en: It burns., source: editors}}\n")
    assert pages_of(content) == pages_of(SMALL)
    shown = dict(Pipeline(content).preview()[0].pages())
    assert "### Wick" in shown["en/terms.md"]


@pytest.mark.parametrize("written", ["true", "yes", "True"])
def test_what_a_field_takes_for_true_makes_a_draft(written: str) -> None:
    assert is_draft({"draft": written})


@pytest.mark.parametrize("data", [{"draft": "false"}, {"draft": "maybe"}, {"draft": ["true"]}, {}, ["draft"], "draft"])
def test_anything_else_makes_none(data: object) -> None:
    assert not is_draft(data)


def test_whatever_is_wrong_in_a_draft_fails_no_build_and_can_be_asked_for(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    alone(content)
    change(content / "tips" / "oil.yml", "related: [alone]", "related: [nobody]")
    assert pages_of(content) == pages_of(SMALL)
    arguments = ["check", "--content", str(content), "--lang", "en"]
    assert main(arguments) == 0
    assert "Drafts left out: 1." in capsys.readouterr().out
    assert main([*arguments, "--drafts"]) == 1
    assert "tips.oil.related[0]: expected the id of an entry, found `nobody`" in capsys.readouterr().err


def test_a_file_that_cannot_be_read_is_no_draft(content: Path) -> None:
    (content / "tips" / "oil.yml").write_text("draft: true\ntitle: [\n", encoding="utf-8")
    assert [problem.file for problem in problems_of(content)] == ["content/tips/oil.yml"]


@pytest.mark.parametrize("reference", ["related: [oil]", "why", "area"])
def test_who_refers_to_a_draft_is_told_where_to_mend_it(reference: str, content: Path) -> None:
    alone(content)
    wipe = content / "tips" / "wipe.yml"
    if reference == "why":
        change(wipe, "en: Fog.", "en: Fog, as [[oil]] says.")
    elif reference == "area":
        change(content / "areas.yml", "- id: light", "- id: light\n  draft: true")
    else:
        change(wipe, "related: [alone]", reference)
    found = problems_of(content)
    assert {problem.expected.key for problem in found} == {"expected.finished"}
    assert "content/tips/wipe.yml" in {problem.file for problem in found}
    assert all(problem.line and problem.hint.key == "hint.finish" for problem in found)
    Pipeline(content).check(Drafts.CHECKED)
    assert Pipeline(content).preview()[1] == []


def test_a_source_that_is_a_draft_cannot_be_cited(content: Path) -> None:
    change(content / "publications.yml", "- id: lights-act", "- id: lights-act\n  draft: true")
    assert any(
        "lamp.steps[0].source[1]: expected an entry that is finished, found the draft `lights-act`" in message
        for message in messages_of(content)
    )


def test_a_draft_is_confirmed_when_it_is_finished(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    alone(content)
    before = (content / translations.FILE).read_bytes()
    assert main(["status", "--confirm", "oil", "--content", str(content), "--lang", "en"]) == 2
    assert "take its `draft: true` away first" in capsys.readouterr().err
    assert main(["status", "--confirm", "--content", str(content)]) == 0
    assert (content / translations.FILE).read_bytes() == before


def test_status_says_how_many_drafts_there_are_and_which(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    new.create(opened(content), "term", "wick")
    alone(content)
    arguments = ["status", "--content", str(content), "--lang", "en"]
    assert main([*arguments, "--strict"]) == main(["status", "--strict", "--content", str(SMALL)])
    capsys.readouterr()
    assert main(arguments) == 0
    shown = capsys.readouterr()
    assert "Drafts, in no build: 2 (terms.wick, tips.oil)" in shown.out
    assert shown.err == ""
    assert main([*arguments, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["drafts"] == ["terms.wick", "tips.oil"]


def test_the_id_of_a_draft_is_taken(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):
        status = main(["new", "tip", "oil", "--content", str(content), "--lang", "en"])
    assert status == 2
    assert "expected an id of its own" in capsys.readouterr().err
    assert main(["new", "duty", "oil", "--content", str(content), "--lang", "en"]) == 2


# --- in previews ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", MODELS)
def test_what_new_writes_is_shown_at_once_and_holds_nobody_back(name: str, content: Path) -> None:
    path = new.create(opened(content), singular(name), "first-day")
    assert pages_of(content) == pages_of(SMALL)
    renderer, problems = Pipeline(content).preview()
    pages = dict(renderer.pages())
    if name in WRITTEN_FROM:
        assert {problem.file for problem in problems} == {str(path.relative_to(content.parent))}
        return
    assert problems == []
    assert "first-day" in renderer.plan.handbook.collections[name]
    if collection(name).page:
        assert re.search(
            r"(?m)^# <code>TODO</code> .*hb-stale--draft.* \{ #first-day \}$", pages[f"en/{name}/first-day.md"]
        )


def test_a_draft_that_something_else_is_wrong_in_is_left_out_for_that(content: Path) -> None:
    path = new.create(opened(content), "tip", "first-day")
    change(path, "area: TODO", "area: darkness")
    renderer, problems = Pipeline(content).preview()
    assert "first-day" not in renderer.plan.handbook.entries
    assert [report.message(problem).partition(": ")[2] for problem in problems] == [
        "tips.first-day.area: expected an id from areas, found `darkness`"
    ]


def test_a_draft_has_a_mark_at_its_top_and_in_lists(content: Path) -> None:
    alone(content)
    pages = dict(Pipeline(content).preview()[0].pages())
    english, chinese = (
        f'<span class="hb-stale hb-stale--draft" lang="{tag}" data-note="{words}"></span>'
        for tag, words in (("en", "Draft, in no build"), ("zh-Hans", "草稿，不会发布"))
    )
    assert f"\n# Ichthyology {english} {{ #oil }}\n" in pages["en/tips/oil.md"]
    assert f"\n- [Ichthyology](oil.md) {english}\n" in pages["en/tips/index.md"]
    (heading,) = (line for line in pages["both/tips/oil.md"].splitlines() if line.startswith("# "))
    assert chinese in heading
    assert english in heading
    assert f"](oil.md) {chinese}\n" in pages["both/tips/index.md"]
    everywhere = "".join(pages.values())
    assert everywhere.count("hb-stale--draft") == sum(page.count("oil.md)") for page in pages.values()) + 3


def test_nobody_has_read_a_draft_through(content: Path) -> None:
    alone(content)
    pages = dict(Pipeline(content).preview()[0].pages())
    assert "hb-reviewed" in pages["en/tips/wipe.md"]
    assert "hb-reviewed" not in pages["en/tips/oil.md"]


def test_in_a_preview_a_draft_and_a_published_entry_with_one_id_are_a_problem(content: Path) -> None:
    alone(content)
    with (content / "terms.yml").open("a", encoding="utf-8") as file:
        file.write("- {id: oil, title: {en: Oil, zh: 油}, meaning: {en: It burns., zh: 可燃。, source: editors}}\n")
    Pipeline(content).check()
    assert [problem.expected.key for problem in Pipeline(content).preview()[1]] == ["expected.own-id"]


def test_what_is_read_has_no_drafts_unless_it_is_asked_for(content: Path) -> None:
    alone(content)
    assert read(content)[0].drafts == {"oil": "tips"}
    assert "oil" in read(content, Drafts.CHECKED)[0].entries


def test_evidence_is_of_an_answer(content: Path) -> None:
    """It was taken, and the template that quotes it stumbled."""
    change(content / "cases" / "two-keepers.yml", "evidence:\n  - source: k1:1", "evidence:\n  - source: editors")
    assert any("expected an answer that is quoted, found `editors`" in message for message in messages_of(content))
    with pytest.raises(ContentError):
        Pipeline(content).check(Drafts.CHECKED)
