"""No entry can have an id that pages have already: links would lead elsewhere, and scripts would find the wrong one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.content.files import ON_HOME, ON_PAGES, is_reserved
from generator.content.types import ID_PATTERN

from ..support.handbooks import change, messages_of
from ..support.paths import ROOT

RENDER, THEME = ROOT / "generator" / "render", ROOT / "generator" / "site" / "theme"
WITHOUT_ENTRIES = "home.md.j2"
"""No entry stands on the home page, so what has an id there is free elsewhere."""
CALLS = re.compile(
    r'\b(?:heading\(\d, [^,()]*, "(?P<heading>[^"]+)"|(?:section|boxed)\([^,()]*, "(?P<section>[^"]+)"'
    r'|statements\([^()]*, "(?P<statements>[^"]+)"|new_id\("(?P<new>[^"]+)"'
    r'|(?<!data-)id="(?P<own>[\w-]+)")|\{ #(?P<heading_id>[\w-]+)[ .}]'
)


NUMBERED = re.compile(r'(?:\bid="|\{ #)(?P<list>[a-z-]+)-\{\{')


def ids_of_templates() -> set[str]:
    """Every id that a template writes itself; of lists, that of the first item as well."""
    files = [path for path in RENDER.rglob("*.j2") if path.name != WITHOUT_ENTRIES]
    files += [*THEME.glob("*.html"), *(THEME / "partials").glob("*.html")]
    assert len(files) > 40
    texts = [file.read_text(encoding="utf-8") for file in files]
    found = {match[match.lastgroup or 0] for text in texts for match in CALLS.finditer(text)}
    found |= {f"{match['list']}-1" for text in texts for match in NUMBERED.finditer(text)}
    return {one for one in found if re.match(ID_PATTERN, one)}


def test_every_id_that_templates_write_is_reserved_and_no_other() -> None:
    written = ids_of_templates()
    assert {"steps", "why", "content", "checklist", "evidence", "hb-search", "boundary"} <= written
    assert {one for one in written if not is_reserved(one)} == set()
    assert {one for one in ON_PAGES if one not in written and f"{one}-1" not in written} == set()


@pytest.mark.parametrize(
    "own", ["steps", "steps-2", "checklist-a3f0", "hb-search", "content", "why", "career-2", "duties", "outcome-map"]
)
def test_a_reserved_id_is_a_problem(own: str, content: Path) -> None:
    lamp = (content / "duties" / "lamp.yml").read_text(encoding="utf-8").replace("[wipe]", "[lamp]")
    (content / "duties" / f"{own}.yml").write_text(lamp, encoding="utf-8")
    assert messages_of(content) == [
        f"content/duties/{own}.yml:1:1: duties.{own}.id: expected an id that is not reserved, found `{own}` — "
        "choose another"
    ]


def test_every_id_that_the_home_page_writes_is_known() -> None:
    home = (RENDER / "templates" / WITHOUT_ENTRIES).read_text(encoding="utf-8")
    written = {match[match.lastgroup or 0] for match in CALLS.finditer(home)}
    assert written == ON_HOME


PARTS = {
    "guides/about.yml": ("guides.about.sections[0].id", "  - id: lists"),
    "debates/alone.yml": ("debates.alone.positions[0].id", '  - id: "yes"'),
    "schedules/keeper-year.yml": ("schedules.keeper-year.parts[0].id", "  - id: winter"),
    "handbook.yml": ("handbook.doors[0].id", "  - id: door-new"),
}


@pytest.mark.parametrize(
    ("file", "own"),
    [(file, own) for file in PARTS for own in ("content", "hb-search", "hb-words")]
    + [
        ("guides/about.yml", "about"),
        ("guides/about.yml", "related"),
        ("debates/alone.yml", "positions"),
        ("schedules/keeper-year.yml", "boundary"),
        ("handbook.yml", "daily"),
        ("handbook.yml", "home"),
    ],
)
def test_no_part_has_an_id_that_its_page_has_anyway(file: str, own: str, content: Path) -> None:
    key, line = PARTS[file]
    change(content / file, line, f"  - id: {own}")
    assert [message.split(": ", 1)[1] for message in messages_of(content)] == [
        f"{key}: expected an id that is not reserved, found `{own}` — choose another"
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "key"),
    [
        ("debates/alone.yml", '- id: "no"', '- id: "yes"', "debates.alone.positions[1].id"),
        ("forms/lamp-log.yml", "- id: weather", "- id: lit", "forms.lamp-log.fields[1].id"),
        ("schedules/keeper-year.yml", "- id: summer", "- id: winter", "schedules.keeper-year.parts[1].id"),
        ("guides/about.yml", "- id: right", "- id: left", "guides.about.sections[1].specimen.parts[1].id"),
    ],
)
def test_parts_of_one_list_have_ids_of_their_own(file: str, old: str, new: str, key: str, content: Path) -> None:
    change(content / file, old, new)
    message = messages_of(content)[0].split(": ", 1)[1]
    assert message.startswith(
        f"{key}: expected an id of its own, found `{new.split(' ')[-1].strip(chr(34))}` — it is taken by"
    )


def test_an_article_is_listed_once(content: Path) -> None:
    """What cites it would lead to the first of two."""
    publications = content / "publications.yml"
    text = publications.read_text(encoding="utf-8")
    article = text[text.index('    - article: "7"') :]
    publications.write_text(f"{text.rstrip()}\n{article}", encoding="utf-8")
    assert "provisions[1].article: expected an id of its own, found `7`" in messages_of(content)[0]


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("languages: [en, zh]\neditions", "languages: [en, zh, en]\neditions", "languages[2]"),
        ("    languages: [zh, en]", "    languages: [zh, zh]", "editions.both.languages[1]"),
    ],
)
def test_a_language_is_named_once(old: str, new: str, key: str, content: Path) -> None:
    change(content / "handbook.yml", old, new)
    assert f"handbook.{key}: expected a language that is not named before" in messages_of(content)[0]


@pytest.mark.parametrize("own", ["stepson", "career", "documents", "whys", "steps-and-stairs", "contents"])
def test_other_words_are_not_reserved(own: str) -> None:
    assert not is_reserved(own)
