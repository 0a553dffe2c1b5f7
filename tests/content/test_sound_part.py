"""What of a handbook is shown although something in it is wrong."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.cli import report
from generator.content import markup
from generator.pipeline import Pipeline
from generator.problems import ContentError, Problem

from ..support.handbooks import change, pages_of, problems_of
from ..support.paths import SMALL


def shown(content: Path) -> tuple[set[str], dict[str, str], list[str]]:
    """Ids of the entries that are missing, the pages, and what is said."""
    renderer, problems = Pipeline(content).preview()
    missing = Pipeline(SMALL).check()[0].entries.keys() - renderer.plan.handbook.entries.keys()
    return missing, dict(renderer.pages()), list(map(report.message, problems))


def test_where_all_is_right_a_preview_is_what_a_build_makes(content: Path) -> None:
    assert shown(content) == (set(), pages_of(content), [])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("related: [alone]", "related: [wipe]"),
        ("title:", "title: ["),
        ("area: light", "area: TODO"),
        ("how:", "why:"),
    ],
    ids=["to itself", "YAML", "unwritten", "a key"],
)
def test_a_broken_entry_takes_only_itself_out(old: str, new: str, content: Path) -> None:
    change(content / "tips" / "wipe.yml", old, new)
    strict = problems_of(content)
    missing, pages, said = shown(content)
    assert missing == {"wipe"}
    assert said == list(map(report.message, strict))
    before = pages_of(SMALL)
    assert before.keys() - pages.keys() == {"en/tips/wipe.md", "both/tips/wipe.md"}
    assert pages.keys() - before.keys() == set()
    assert "wipe.md" not in "".join(pages.values())


def test_all_other_edits_are_shown(content: Path) -> None:
    change(content / "tips" / "wipe.yml", "related: [alone]", "related: [alonee]")
    change(content / "duties" / "lamp.yml", "en: The lamp burns.", "en: The lamp burns brightly.")
    assert "The lamp burns brightly." in shown(content)[1]["en/duties/lamp.md"]


def test_a_reference_in_a_text_becomes_words(content: Path) -> None:
    change(content / "terms.yml", "- id: lens", "- id: lens\n  nonsense: 1")
    missing, pages, _ = shown(content)
    assert missing == {"lens"}
    assert "Ships steer by it; see `lens`." in markup_of(pages["en/duties/lamp.md"])


def markup_of(page: str) -> str:
    return page.replace("<code>", "`").replace("</code>", "`")


def test_references_are_taken_out_of_texts_with_what_they_say() -> None:
    text = "**See [[a]]** and [[a|that]], `[[a]]`, [[b]] and [x](https://example.org/)"
    expected = "**See `a`** and that, `[[a]]`, [[b]] and [x](https://example.org/)"
    assert markup.without_references(text, {"a"}) == expected


def test_what_has_to_refer_to_a_broken_entry_goes_too_and_is_named(content: Path) -> None:
    change(content / "areas.yml", "- id: light", "- id: light\n  nonsense: 1")
    missing, _, said = shown(content)
    assert missing == {"light", "lamp", "wipe"}
    assert (
        "content/tips/wipe.yml:8:1: tips.wipe.area: expected an entry that can be shown, found `light` — "
        "until that one is mended, this entry is left out too"
    ) in said
    assert said == sorted(said)


def test_only_the_part_goes_that_needs_a_broken_entry(content: Path) -> None:
    change(content / "organisations.yml", "- id: port-office", "- id: port-office\n  nonsense: 1")
    missing, pages, said = shown(content)
    assert missing == {"port-office"}
    assert "There is a rota." in pages["en/duties/lamp.md"]
    assert "A docker lights it." not in pages["en/duties/lamp.md"]
    assert any(
        message.startswith("content/duties/lamp.yml:") and "the part that names it is left out" in message
        for message in said
    )


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("tips/wipe.yml", "related: [alone]", "related: [alonee]"),
        ("tips/wipe.yml", "duty: lamp", "duty: lampp"),
        ("duties/lamp.yml", "see [[lens]]", "see [[lense]]"),
        ("duties/lamp.yml", "source: [editors, lights-act:7]", "source: [editors, lights-acts:7]"),
        ("tips/wipe.yml", "en: Fog.\n    source: k2:2", "en: Fog.\n    source: k9:2"),
        ("duties/lamp.yml", "organisation: port-office", "organisation: port-offices"),
    ],
)
def test_a_reference_to_nobody_takes_out_only_what_refers(file: str, old: str, new: str, content: Path) -> None:
    change(content / file, old, new)
    missing, pages, said = shown(content)
    assert missing == set()
    assert said == list(map(report.message, problems_of(content)))
    assert pages.keys() == pages_of(SMALL).keys()


@pytest.mark.parametrize("path", sorted(SMALL.glob("*/*.yml")), ids=lambda path: path.stem)
def test_a_deleted_entry_takes_out_what_one_does_that_cannot_be_read(path: Path, content: Path) -> None:
    own = content / path.relative_to(SMALL)
    own.write_text("title: [", encoding="utf-8")
    missing, pages, _ = shown(content)
    own.unlink()
    again, same_pages, said = shown(content)
    assert (again, same_pages) == (missing, pages)
    assert said or own.parent.name in ("cases", "guides", "outcomes", "schedules")  # to which nothing refers


def test_the_second_of_two_entries_with_one_id_is_left_out(content: Path) -> None:
    shutil.copy(content / "outcomes" / "harbour.yml", content / "outcomes" / "lamp.yml")
    renderer, problems = Pipeline(content).preview()
    assert renderer.plan.handbook.collections["duties"].keys() == {"lamp"}
    assert renderer.plan.handbook.collections["outcomes"].keys() == {"harbour"}
    assert [(problem.file, problem.expected.key) for problem in problems] == [
        ("content/outcomes/lamp.yml", "expected.own-id")
    ]


@pytest.mark.parametrize("name", sorted(path.name for path in SMALL.glob("*.yml") if path.stem != "handbook"))
@pytest.mark.parametrize("how", ["unreadable", "gone", "no list", "empty"])
def test_a_list_file_that_is_broken_leaves_a_site(how: str, name: str, content: Path) -> None:
    path = content / name
    if how == "gone":
        path.unlink()
    else:
        path.write_text({"unreadable": "- [", "no list": "a: b", "empty": "[]"}[how], encoding="utf-8")
    _, pages, said = shown(content)
    assert "en/index.md" in pages
    assert said or name in ("abilities.yml", "document-kinds.yml", "levels.yml")


@pytest.mark.parametrize("path", sorted(SMALL.glob("*/*.yml")), ids=lambda path: path.stem)
def test_what_is_left_without_an_entry_is_right_and_is_what_a_build_makes_of_it(path: Path, content: Path) -> None:
    """Whichever it is: nothing on the pages leads to it, and nothing else is wrong."""
    own = content / path.relative_to(SMALL)
    own.write_text("title: [", encoding="utf-8")
    missing, pages, _ = shown(content)
    assert path.stem in missing
    assert f"{path.stem}.md" not in "".join(pages.values())


def test_an_entry_that_lost_a_reference_is_the_very_same_the_next_time(content: Path) -> None:
    change(content / "tips" / "wipe.yml", "title:", "titel:")
    pipeline = Pipeline(content)
    before, after = (pipeline.preview()[0].plan.handbook for _ in range(2))
    assert before.entries.keys() == after.entries.keys()
    assert all(after.entries[name] is entry for name, entry in before.entries.items())
    assert before.settings is after.settings


def test_a_line_of_the_lock_that_cannot_be_is_said_and_hides_nothing(content: Path) -> None:
    with (content / "translations.lock").open("a", encoding="utf-8") as file:
        file.write("nonsense\n")
    missing, pages, said = shown(content)
    assert (missing, len(said)) == (set(), 1)
    assert pages == pages_of(SMALL)


def settings(content: Path) -> None:
    change(content / "handbook.yml", "languages: [en, zh]", "languages: [en, zh")


def settings_field(content: Path) -> None:
    change(content / "handbook.yml", "tagline:", "tag:")


def edition(content: Path) -> None:
    change(content / "handbook.yml", "    languages: [en]", "    languages: [fr]")


def no_words(content: Path) -> None:
    change(content / "handbook.yml", "languages: [en, zh]", "languages: [en, zh, xx]")


@pytest.mark.parametrize("broken", [settings, settings_field, edition, no_words])
def test_without_settings_or_words_nothing_can_be_shown(broken: Callable[[Path], None], content: Path) -> None:
    change(content / "tips" / "wipe.yml", "related: [alone]", "related: [alonee]")
    broken(content)
    with pytest.raises(ContentError) as found:
        Pipeline(content).preview()
    assert set(found.value.problems) >= _strict(content)


def _strict(content: Path) -> set[Problem]:
    return set(problems_of(content))


def test_a_reference_of_the_settings_to_nobody_takes_only_itself_out(content: Path) -> None:
    change(content / "handbook.yml", "daily: [lamp]", "daily: [lampp]")
    missing, pages, said = shown(content)
    assert (missing, said) == (set(), list(map(report.message, problems_of(content))))
    assert "#daily" not in pages["en/index.md"]


def test_a_home_page_without_ways_in_has_no_empty_headings(content: Path) -> None:
    """As a handbook begins."""
    text = (content / "handbook.yml").read_text(encoding="utf-8")
    start, end = text.index("doors:"), text.index("daily:")
    (content / "handbook.yml").write_text(text[:start] + text[end:], encoding="utf-8")
    assert "#doors" not in pages_of(content)["en/index.md"]
