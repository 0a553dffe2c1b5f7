"""No entry can have an id that pages have already: links would lead elsewhere, and scripts would find the wrong one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.content.files import ON_PAGES, is_reserved
from generator.content.types import ID_PATTERN

from ..support.handbooks import messages_of
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


@pytest.mark.parametrize("own", ["stepson", "career", "documents", "whys", "steps-and-stairs", "contents"])
def test_other_words_are_not_reserved(own: str) -> None:
    assert not is_reserved(own)
