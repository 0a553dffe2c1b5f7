"""Types of organisation side by side: a reader chooses columns, by pointer or keyboard, or sees all of them."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from ..support.paths import EDITIONS
from ..support.server import served


def columns(page: Page) -> list[list[str]]:
    """Types in the heads of the tables, as far as they are to be seen."""
    return [
        table.locator("thead th").evaluate_all(
            "cells => cells.filter(c => c.checkVisibility()).map(c => c.dataset.type)"
        )
        for table in page.locator(".hb-compare").all()
    ]


def rows(page: Page) -> int:
    return len([row for row in page.locator(".hb-compare tbody").all() if row.is_visible()])


@pytest.mark.parametrize("edition", EDITIONS)
def test_without_javascript_everything_stands_there(edition: str, address: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1366, "height": 900})
    page = context.new_page()
    page.goto(f"{address}{edition}/compare/?type=organ&type=grassroots-unit")
    assert [len(names) for names in columns(page)] == [5, 4, 3]
    expect(page.locator(".hb-filter")).to_be_hidden()
    assert page.locator(".hb-silent").first.inner_text().strip()
    citation = page.locator(".hb-compare td a.hb-cite").first.get_attribute("href") or ""
    assert citation.startswith("../")
    context.close()


def test_a_reader_chooses_types_and_the_address_keeps_them(address: str, page: Page) -> None:
    page.goto(f"{address}en/compare/")
    every = rows(page)
    page.locator("input[value=public-institution]").check()
    assert [len(names) for names in columns(page)] == [5, 4, 3]
    expect(page.locator(".hb-filter__few")).to_be_visible()
    page.locator("input[value=state-enterprise]").check()
    expect(page.locator(".hb-filter__few")).to_be_hidden()
    pair = ["public-institution", "state-enterprise"]
    assert columns(page) == [pair, pair, ["public-institution"]]
    assert 0 < rows(page) < every
    assert page.evaluate("location.search") == "?type=public-institution&type=state-enterprise"
    left = [row for row in page.locator("tbody.hb-group").all() if row.is_visible()]
    assert all(row.locator("td:visible:not(.hb-silent)").count() for row in left)
    page.reload()
    assert columns(page)[0] == pair
    page.go_back()
    assert columns(page)[0] != pair
    page.go_forward()
    page.get_by_role("button", name="Show all").click()
    assert rows(page) == every
    assert page.evaluate("location.search") == ""


def test_types_of_which_nothing_is_said_leave_a_sentence_and_no_empty_table(address: str, page: Page) -> None:
    page.goto(f"{address}en/compare/?type=state-enterprise&type=mass-organisation")
    assert page.locator(".hb-compare").nth(2).is_hidden()
    expect(page.locator(".hb-compare__none").nth(1)).to_be_visible()


def test_the_choice_works_with_the_keyboard_alone(address: str, page: Page) -> None:
    page.goto(f"{address}zh/compare/")
    page.locator("input[data-facet=type]").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert len(columns(page)[0]) == 2
    label = page.locator("label:has(input:focus)")
    assert label.evaluate("label => getComputedStyle(label).outlineStyle") != "none"


@pytest.mark.parametrize("edition", EDITIONS)
def test_on_a_phone_each_cell_says_its_type_and_nothing_is_wider_than_the_page(
    edition: str, address: str, browser: Browser
) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 700})
    page = context.new_page()
    page.goto(f"{address}{edition}/compare/")
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    cell = page.locator(".hb-compare td").first
    shown = cell.evaluate("cell => getComputedStyle(cell, '::before').content")
    assert cell.get_attribute("data-label") in shown.strip('"')
    context.close()


@pytest.mark.parametrize("overview", ["organisations", "duties", "outcomes"])
def test_the_page_is_linked_where_readers_look_for_it(overview: str, address: str, page: Page) -> None:
    page.goto(f"{address}zh/{overview}/")
    page.locator(".md-content a", has_text="各类单位对比").first.click()
    page.wait_for_url("**/zh/compare/")


def test_every_citation_opens_where_one_can_object_to_what_it_stands_at(
    small_site: Path, tmp_path: Path, page: Page
) -> None:
    """The small handbook has a mail address for objections; its citations here stand in cells, not in paragraphs."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    with served(small_site, tmp_path) as address:
        for edition in ("en", "both"):
            page.goto(f"{address}{edition}/compare/")
            marks = page.locator(".hb-compare .hb-cite[aria-expanded]").all()
            for mark in marks:
                mark.click()
                mail = page.locator(".hb-pop a[href^=mailto]").get_attribute("href") or ""
                body = parse_qs(urlsplit(mail).query)["body"][0]
                assert "“" in body
                page.keyboard.press("Escape")
            links = page.locator(".hb-compare .hb-cite:not([aria-expanded])").all()
            assert links
            for place in {link.get_attribute("href") or "" for link in links}:
                page.goto(f"{address}{edition}/compare/")
                page.locator(f'.hb-compare .hb-cite[href="{place}"]').first.click()
                page.wait_for_url(lambda url: "/compare/" not in url)
    assert errors == []
