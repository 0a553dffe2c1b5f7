"""A collection is declared once, and an incomplete declaration is an error, not a page that is missing."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator.content.collections import (
    COLLECTIONS,
    COMPARE,
    LISTED,
    MODELS,
    MORNING_SHEET,
    OUTCOME_MAP,
    Collection,
    Filter,
    Grouping,
    collection,
    incomplete,
    name_of,
    overview_path,
    singular,
)
from generator.content.entries import Area, AreaId, Entry, Situation, SituationId
from generator.content.types import Model

from ..support.handbooks import change
from ..support.paths import ROOT


class Kit(Entry):
    """Something to have at hand."""


class Knot(Entry):
    """Something that belongs to an area."""

    area: AreaId
    situations: list[SituationId]


class Bag(Entry):
    """Something that holds kits."""

    kind: str = ""


AREAS = Collection("areas", Area, overview="terms", overview_path="areas.md")
SITUATIONS = Collection("situations", Situation, overview="terms", overview_path="situations.md")
KITS = Collection("kits", Kit, page="kit", overview="overview")


def said(*declared: Collection) -> list[str]:
    return list(incomplete(declared))


def test_the_collections_are_complete() -> None:
    assert said(*COLLECTIONS) == []
    assert said(KITS) == []
    assert (
        said(AREAS, SITUATIONS, Collection("knots", Knot, page="knot", grouping=Grouping.AREA, filters=(Filter.AREA,)))
        == []
    )


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        ([Collection("kits", Kit)], "'kits' has no page, no overview, and is no section"),
        ([Collection("kits", Kit, section_of="bags")], "'kits' is a section of 'bags', which has no overview"),
        ([Collection("kits", Kit, page="kit", section_of="kits")], "'kits' is a section of 'kits'"),
        (
            [AREAS, Collection("kits", Kit, overview="terms", section_of="areas")],
            "'kits' has an overview of its own and is a section",
        ),
        (
            [Collection("bags", Bag, page="bag"), Collection("kits", Kit, section_of="bags")],
            "'kits' is a section of 'bags', which has no overview",
        ),
        (
            [Collection("kits", Kit, overview="overview", grouping=Grouping.AREA)],
            "'area', which Kit does not have",
        ),
        (
            [Collection("kits", Kit, overview="overview", grouping=Grouping.KIND)],
            "'kind', which Kit does not have",
        ),
        ([Collection("kits", Kit, page="kit", filters=(Filter.AREA,))], "'area', which Kit does not have"),
        ([Collection("kits", Kit, page="kit", filters=(Filter.SITUATION,))], "'situations', which Kit does not have"),
        ([Collection("knots", Knot, page="knot"), SITUATIONS], "Knot.area refers to 'areas', which is not declared"),
        ([KITS, KITS], "two collections have the name 'kits'"),
        (
            [KITS, Collection("bags", Bag, overview="terms", overview_path="kits/index.md")],
            "two collections have the path of an overview 'kits/index.md'",
        ),
        ([KITS, Collection("more-kits", Kit, page="kit")], "two collections have the model 'Kit'"),
    ],
    ids=[
        "nowhere to be seen",
        "a section of nothing",
        "a section of itself",
        "a section with an overview",
        "a section of what has no overview",
        "grouped by an area it has not",
        "grouped by a kind it has not",
        "told apart by an area it has not",
        "told apart by situations it has not",
        "a reference to what is not declared",
        "declared twice",
        "two pages at one address",
        "two collections of one kind",
    ],
)
def test_what_is_wrong_in_a_declaration_is_said(declared: list[Collection], expected: str) -> None:
    found = said(*declared)
    assert any(expected in one for one in found), found


def test_a_ring_of_sections_is_said_and_does_not_go_on_for_ever() -> None:
    assert said(Collection("kits", Kit, section_of="bags"), Collection("bags", Bag, section_of="kits"))


def test_names_paths_and_models_come_from_the_declarations() -> None:
    assert list(MODELS) == [declared.name for declared in COLLECTIONS]
    for declared in COLLECTIONS:
        assert collection(declared.name) is declared
        assert name_of(declared.model) == declared.name
        assert overview_path(declared.name) == declared.path
        assert declared.path.endswith(".md") or (declared.page and not declared.section_of)
        assert issubclass(declared.model, Model)
    for name in (COMPARE, MORNING_SHEET, OUTCOME_MAP):
        assert overview_path(name) == f"{name}.md"
    assert set(LISTED) <= {*MODELS, OUTCOME_MAP, MORNING_SHEET}
    with pytest.raises(KeyError):
        collection("nonsense")


@pytest.mark.parametrize(
    ("name", "one"), [("duties", "duty"), ("abilities", "ability"), ("tips", "tip"), ("cases", "case")]
)
def test_one_entry_of_a_collection_has_a_name(name: str, one: str) -> None:
    assert singular(name) == one


# --- the journey of somebody who adds one ------------------------------------------------------------------


def refused(generator: Path, declared: str) -> str:
    """What Python says of a generator with one more declaration."""
    start = "COLLECTIONS: Final = (\n"
    change(generator / "content" / "collections.py", start, f"{start}    {declared},\n")
    command = [sys.executable, "-c", "import generator.pipeline"]
    done = subprocess.run(command, cwd=generator.parent, capture_output=True, text=True)
    assert done.returncode == 1
    return done.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        ('Collection("kits", type("Kit", (Entry,), {}))', "TypeError: collection 'kits' has no page, no overview"),
        (
            'Collection("kits", type("Kit", (Entry,), {}), page="kit")',
            "TypeError: these collections have pages, and no place in NAVIGATION: kits",
        ),
    ],
)
def test_a_collection_that_would_be_left_out_is_an_error_at_once(declared: str, expected: str, tmp_path: Path) -> None:
    generator = tmp_path / "generator"
    shutil.copytree(ROOT / "generator", generator, ignore=shutil.ignore_patterns("__pycache__"))
    assert refused(generator, declared).startswith(expected)


def test_a_page_of_no_collection_stands_where_its_name_says() -> None:
    assert overview_path("numbers") == "numbers.md"
    assert overview_path("duties") == "duties/index.md"
