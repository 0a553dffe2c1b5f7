"""Every page and the navigation, decided before anything is rendered."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.content.collections import COLLECTIONS, Collection
from generator.content.entries import Entry
from generator.content.handbook import Handbook
from generator.content.types import Text
from generator.pages import planner
from generator.pages.plan import Page, Part, Plan

from ..support.paths import EDITIONS


@pytest.fixture(scope="module")
def plan(handbook: Handbook) -> Plan:
    return planner.plan(handbook)


def test_every_entry_has_an_address_on_a_planned_page(handbook: Handbook, plan: Plan) -> None:
    paths = [page.path for page in plan.pages]
    assert len(paths) == len(set(paths))
    assert set(plan.addresses) == set(handbook.entries)
    assert {address.path for address in plan.addresses.values()} <= set(paths)
    places = [(address.path, address.anchor) for address in plan.addresses.values()]
    assert len(places) == len(set(places))


def test_every_edition_has_the_same_pages(docs: Path) -> None:
    pages = {
        edition: {str(p.relative_to(docs / edition)) for p in (docs / edition).rglob("*.md")} for edition in EDITIONS
    }
    assert pages["zh"] == pages["en"] == pages["zh-en"]
    assert len(pages["zh"]) > 100


def test_what_a_page_shows_is_worked_out_when_it_is_asked_for_and_once(handbook: Handbook) -> None:
    plan = planner.plan(handbook)
    assert not [page.path for page in plan.pages if "context" in vars(page)]
    page = next(page for page in plan.pages if page.template == "duty")
    assert page.context["entry"] is handbook.entries[page.path.removeprefix("duties/").removesuffix(".md")]
    assert page.context is page.context


def test_a_page_names_the_file_that_it_comes_from_where_there_is_one(handbook: Handbook, plan: Plan) -> None:
    root = handbook.folder.resolve().parent
    assert all((root / page.source).is_file() for page in plan.pages if page.source)
    without = {page.template for page in plan.pages if not page.source}
    assert without.isdisjoint(declared.page for declared in COLLECTIONS)
    assert next(page for page in plan.pages if page.path == "index.md").source == "content/handbook.yml"


def test_all_words_of_titles_and_descriptions_are_known_to_be_needed(plan: Plan) -> None:
    def titles(part: Part) -> list[Text | str]:
        return [part.title, *(title for inner in part.parts for title in titles(inner))]

    asked = [word for page in plan.pages for word in (page.title, page.description)]
    asked += [title for part in plan.navigation for title in titles(part)]
    assert {word for word in asked if isinstance(word, str)} == plan.needed_words


def test_the_navigation_has_every_page_once(handbook: Handbook, plan: Plan) -> None:
    def pages(part: Part) -> list[Page]:
        return [*part.pages, *(page for inner in part.parts for page in pages(inner))]

    listed = [page.path for part in plan.navigation for page in pages(part)]
    assert listed == [page.path for page in plan.pages]
    for declared in COLLECTIONS:
        for entry_id in handbook.collections[declared.name] if declared.page else ():
            assert f"{declared.name}/{entry_id}.md" in listed


# --- nothing is left out -----------------------------------------------------------------------------------


class Kit(Entry):
    """Something to have at hand."""


def test_every_collection_with_pages_has_its_place_in_the_navigation() -> None:
    assert planner._left_out() == []


@pytest.mark.parametrize(
    ("declared", "left_out"),
    [
        (Collection("kits", Kit, page="kit"), ["kits"]),
        (Collection("kits", Kit, overview="overview"), ["kits"]),
        (Collection("kits", Kit, page="kit", section_of="duties"), []),
        (Collection("kits", Kit, section_of="duties"), []),
        (Collection("kits", Kit, page="kit", section_of="organisations"), []),
    ],
    ids=["pages", "an overview", "pages beside others", "a section", "pages beside those of a titled part"],
)
def test_a_collection_that_the_navigation_does_not_lead_to_is_left_out(
    declared: Collection, left_out: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planner, "COLLECTIONS", (*COLLECTIONS, declared))
    assert planner._left_out() == left_out
    monkeypatch.setattr(planner, "NAVIGATION", (*planner.NAVIGATION, "kits"))
    assert planner._left_out() == []
    monkeypatch.setattr(planner, "NAVIGATION", (*planner.NAVIGATION[:-1], ("section.more", ("kits",))))
    assert planner._left_out() == []


def test_what_is_taken_out_of_the_navigation_is_left_out_with_what_stands_in_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(planner, "NAVIGATION", tuple(item for item in planner.NAVIGATION if item != "outcomes"))
    assert planner._left_out() == ["outcomes", "cases"]


def test_what_to_read_in_a_situation_begins_with_what_is_about_it(handbook: Handbook) -> None:
    page = next(page for page in planner.plan(handbook).pages if page.path == "situations.md")
    groups = page.context["groups"]
    trip = next(group for group in groups if group.id == "before-a-trip")
    assert trip.entries[0].id == "trip-support"
    for group in groups:
        places = [getattr(entry, "situations", []).index(group.id) for entry in group.entries]
        assert places == sorted(places)
