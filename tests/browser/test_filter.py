"""Filters of overviews: controls whose state is the address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from generator.content.collections import Filter
from generator.content.handbook import Handbook
from generator.content.models import Debate, Duty, Tip
from generator.pages.filters import values_of
from generator.pages.relations import Relations

from ..support.paths import EDITIONS

ITEMS = ".hb-group .hb-list > ul > li"


@pytest.fixture(params=[1366, 390])
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": request.param, "height": 900})
    yield context.new_page()
    context.close()


def shown(page: Page) -> list[str]:
    """Ids of the entries that are to be seen."""
    links = page.eval_on_selector_all(
        f"{ITEMS} > a", "links => links.filter(a => a.checkVisibility()).map(a => a.pathname)"
    )
    return [link.rstrip("/").split("/")[-1] for link in links]


def count(page: Page) -> str:
    return page.locator(".hb-filter__count b").inner_text()


def query(page: Page) -> str:
    return str(page.evaluate("location.search"))


@pytest.mark.parametrize(
    ("overview", "expected"),
    [
        ("duties", ["area", "situation", "type"]),
        ("tips", ["area", "situation", "disputed"]),
        ("outcomes", ["type", "disputed"]),
        ("debates", ["situation"]),
        ("situations", ["area", "situation", "type", "disputed"]),
        ("publications", []),
    ],
)
def test_an_overview_has_only_the_filters_in_which_its_entries_differ(
    overview: str, expected: list[str], address: str, page: Page
) -> None:
    page.goto(f"{address}en/{overview}/")
    assert page.eval_on_selector_all(".hb-filter select", "all => all.map(one => one.name)") == expected
    assert page.locator('script[src*="filter"]').count() == bool(expected)
    for option in page.locator(".hb-filter option").all():
        assert (option.inner_text() or "").strip()


def test_every_option_leads_to_some_entry(address: str, page: Page) -> None:
    for overview in ("duties", "tips", "outcomes", "debates", "situations"):
        page.goto(f"{address}zh/{overview}/")
        options = page.eval_on_selector_all(
            ".hb-filter option", "all => all.map(one => [one.parentNode.name, one.value]).filter(one => one[1])"
        )
        for name, value in options:
            page.select_option(f"select[name={name}]", value)
            assert shown(page), (overview, name, value)
            page.select_option(f"select[name={name}]", "")


@pytest.mark.parametrize("edition", EDITIONS)
def test_without_javascript_the_whole_list_stands_there_and_the_filters_do_not(
    edition: str, address: str, browser: Browser, handbook: Handbook
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}{edition}/duties/?area=people")
    assert sorted(shown(page)) == sorted(handbook.all(Duty))
    expect(page.locator(".hb-filter")).to_be_hidden()
    context.close()


def test_filters_combine_and_empty_groups_go_with_their_headings(address: str, page: Page, handbook: Handbook) -> None:
    page.goto(f"{address}zh/tips/")
    everything = shown(page)
    assert count(page) == f"{len(everything)} / {len(everything)}"
    page.select_option("select[name=situation]", "next-step")
    page.select_option("select[name=disputed]", "yes")
    debates, known = set(handbook.all(Debate)), Relations(handbook)
    expected = {
        tip.id
        for tip in handbook.all(Tip).values()
        if "next-step" in tip.situations and debates & set(known.related.get(tip.id, []))
    }
    assert set(shown(page)) == expected
    assert count(page) == f"{len(expected)} / {len(everything)}"
    areas = {handbook.all(Tip)[entry].area for entry in expected}
    headings = page.eval_on_selector_all(".hb-group h2", "all => all.filter(h => h.checkVisibility()).map(h => h.id)")
    assert set(headings) == areas
    listed = page.eval_on_selector_all(
        ".md-nav--secondary li:not([hidden]) > a", "links => links.map(a => a.hash.slice(1))"
    )
    assert set(listed) == areas


def test_the_state_is_in_the_address_and_comes_back_from_it(address: str, page: Page, handbook: Handbook) -> None:
    values = {duty.id: values_of(handbook, Relations(handbook), duty) for duty in handbook.all(Duty).values()}
    expected = {
        name
        for name, own in values.items()
        if own[Filter.AREA] == ["people"] and "public-institution" in own[Filter.TYPE]
    }
    page.goto(f"{address}en/duties/?print=1#people")
    page.select_option("select[name=area]", "people")
    page.select_option("select[name=type]", "public-institution")
    assert query(page) == "?print=1&area=people&type=public-institution"
    assert page.evaluate("location.hash") == "#people"
    before = shown(page)
    page.goto(page.url.replace("#people", ""))
    assert shown(page) == before
    assert set(before) == expected
    assert expected
    assert page.locator("select[name=type]").input_value() == "public-institution"


def test_the_back_button_takes_filters_off_one_by_one(address: str, page: Page) -> None:
    page.goto(f"{address}en/outcomes/")
    everything = shown(page)
    page.select_option("select[name=type]", "public-institution")
    one = shown(page)
    page.select_option("select[name=disputed]", "no")
    page.go_back()
    assert query(page) == "?type=public-institution"
    assert shown(page) == one
    assert page.locator("select[name=disputed]").input_value() == ""
    page.go_back()
    assert (query(page), shown(page)) == ("", everything)
    page.go_forward()
    assert shown(page) == one


def test_what_no_filter_knows_is_ignored(address: str, page: Page) -> None:
    page.goto(f"{address}en/duties/?area=nonsense&situation=%22%3E%3Cb%3E&type=&colour=red")
    assert count(page).split(" / ")[0] == count(page).split(" / ")[1]
    assert page.locator("select[name=area]").input_value() == ""


def test_the_count_is_announced_and_nothing_found_has_a_way_on(address: str, page: Page, handbook: Handbook) -> None:
    all_duties = len(handbook.all(Duty))
    page.goto(f"{address}en/duties/")
    status = page.locator(".hb-filter [role=status]")
    expect(status).to_contain_text(f"Entries that fit {all_duties} / {all_duties}")
    expect(page.locator(".hb-filter__none")).to_be_hidden()
    page.select_option("select[name=area]", "people")
    page.select_option("select[name=situation]", "before-a-trip")
    expect(status).to_contain_text(f"0 / {all_duties}")
    expect(status).to_contain_text("No entry fits")
    assert shown(page) == []
    page.get_by_role("button", name="Clear filters").click()
    expect(status).to_contain_text(f"{all_duties} / {all_duties}")
    assert query(page) == ""
    assert len(shown(page)) == all_duties


def test_an_organisation_filter_says_what_it_leaves_out(address: str, page: Page) -> None:
    page.goto(f"{address}en/duties/")
    note = page.locator(".hb-filter__note")
    expect(note).to_be_hidden()
    page.select_option("select[name=type]", "state-enterprise")
    expect(note).to_be_visible()


def test_the_keyboard_alone_filters_and_clears(address: str, page: Page) -> None:
    page.goto(f"{address}en/debates/")
    page.locator("#debates").evaluate("heading => { heading.tabIndex = -1; heading.focus(); }")
    for _ in range(10):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "situation":
            break
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"
    page.keyboard.type("Thinking")
    assert query(page) == "?situation=next-step"
    found = shown(page)
    assert 0 < len(found) < 8
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert query(page) == ""
    assert len(shown(page)) > len(found)


def test_an_entry_in_two_groups_is_listed_under_the_chosen_situation_alone(address: str, page: Page) -> None:
    page.goto(f"{address}en/situations/?situation=before-a-trip")
    found = shown(page)
    assert len(found) == len(set(found)) > 3
    assert count(page).startswith(f"{len(found)} / ")
    assert [h.get_attribute("id") for h in page.locator(".hb-group:not([hidden]) h2").all()] == ["before-a-trip"]


def test_another_edition_keeps_the_filter(address: str, page: Page) -> None:
    page.goto(f"{address}zh/tips/?disputed=no")
    before = shown(page)
    page.locator('.hb-languages a[hreflang="en"]').first.click()
    page.wait_for_url("**/en/tips/?disputed=no*")
    assert shown(page) == before
    page.select_option("select[name=situation]", "every-morning")
    switch: Any = page.locator(".hb-group:not([hidden]) .hb-switch a").first.get_attribute("href")
    assert re.search(r"\?situation=every-morning&disputed=no#", switch)


def test_the_filters_move_nothing_once_the_page_is_there(address: str, page: Page) -> None:
    page.add_init_script(
        "window.shifts = 0;"
        "new PerformanceObserver(list => list.getEntries().forEach(entry => { window.shifts += entry.value; }))"
        ".observe({ type: 'layout-shift', buffered: true });"
    )
    page.goto(f"{address}zh-en/tips/", wait_until="load")
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert page.evaluate("window.shifts") < 0.01
