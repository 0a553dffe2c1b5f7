"""The dialog of the search: how it opens and closes, loads, shows what is found, and says what is not."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from ..support.searching import below, search


def test_nothing_of_the_search_is_loaded_before_a_reader_goes_to_it(address: str, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}zh/duties/itinerary/", wait_until="networkidle")
    page.locator(".hb-search-button").hover()
    page.locator(".hb-search-button").focus()
    page.keyboard.press("Escape")
    assert [url for url in asked if "search" in url] == []
    page.keyboard.press("/")
    page.locator(".hb-search[data-state=ready]").wait_for()
    names = [urlsplit(url).path.removeprefix("/handbook/") for url in asked if "search" in url]
    assert len(names) == 2
    assert re.fullmatch(r"assets/search\.[0-9a-f]{8}\.js", names[0])
    assert names[1] == "zh/search/index.js"
    page.keyboard.press("Escape")
    page.locator(".hb-search-button").click()
    page.wait_for_timeout(100)
    assert len([url for url in asked if "search" in url]) == 2


@pytest.mark.parametrize("key", ["/", "s", "f", "Control+k"])
def test_a_key_opens_the_search_and_escape_closes_it_and_gives_the_focus_back(
    key: str, address: str, page: Page
) -> None:
    page.goto(f"{address}en/duties/itinerary/")
    page.locator(".hb-languages a").first.focus()
    page.keyboard.press(key)
    field = page.locator("#hb-search input[name=q]")
    expect(field).to_be_focused()
    page.locator(".hb-search[data-state=ready]").wait_for()
    page.keyboard.type("sf/")  # no shortcuts where one types
    expect(field).to_have_value("sf/")
    page.keyboard.press("Escape")
    expect(page.locator("#hb-search")).to_be_hidden()
    expect(page.locator(".hb-languages a").first).to_be_focused()


def test_single_keys_can_be_turned_off_and_stay_off(address: str, page: Page) -> None:
    page.goto(f"{address}en/duties/itinerary/")
    page.keyboard.press("/")
    page.locator(".hb-search__keys input").uncheck()
    page.goto(f"{address}en/tips/do-not-overstep/")
    for key in ("/", "s", "n"):
        page.keyboard.press(key)
    expect(page.locator("#hb-search")).to_be_hidden()
    page.keyboard.press("Control+k")
    expect(page.locator("#hb-search")).to_be_visible()
    assert below(address, page).startswith("en/tips/do-not-overstep/")


def test_arrows_move_through_what_is_found_and_enter_opens_it(address: str, page: Page) -> None:
    found = search(page, f"{address}zh/", "接待")
    status = page.locator(".hb-search__status")
    assert status.get_attribute("role") == "status"
    assert re.search(r"找到 \d+ 页", status.inner_text())
    links = page.locator(".hb-search__found a")
    page.keyboard.press("ArrowDown")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator("#hb-search input[name=q]")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{found[0]}/**")
    page.go_back()  # the address has the query, so that "back" comes to what was found
    page.locator(".hb-search__found li").first.wait_for()
    assert page.locator("#hb-search input[name=q]").input_value() == "接待"


def test_a_query_can_be_sent_as_an_address(address: str, page: Page) -> None:
    page.goto(f"{address}zh/?q=督办")
    page.locator(".hb-search__found mark", has_text="督办").first.wait_for()
    page.keyboard.press("Escape")
    page.wait_for_url(f"{address}zh/")


def test_what_is_found_shows_the_hits_and_the_sections_they_are_in(address: str, page: Page) -> None:
    search(page, f"{address}zh/", "督办台账")
    first = page.locator(".hb-search__found li:has(.hb-search__section)").first
    assert first.locator("mark").count() > 0
    assert {text for text in first.locator("mark").all_inner_texts() if text in "督办台账"}
    section = first.locator(".hb-search__section").first
    place = section.get_attribute("href") or ""
    section.click()
    page.wait_for_url("**#*")
    assert page.url.endswith(place.split("/")[-1])
    expect(page.locator("#hb-search")).to_be_hidden()


def test_many_pages_are_shown_when_they_are_asked_for(address: str, page: Page) -> None:
    assert len(search(page, f"{address}zh/", "领导")) == 10
    page.locator(".hb-search__more").click()
    assert page.locator(".hb-search__found > li").count() > 20
    expect(page.locator(".hb-search__found > li").nth(10).locator("a").first).to_be_focused()


def test_nothing_found_gives_a_way_on(address: str, page: Page) -> None:
    assert search(page, f"{address}en/", "xylophone & <b>") == []
    assert "xylophone & <b>" in page.locator(".hb-search__status").inner_text()
    ways = page.locator(".hb-search__ways")
    expect(ways).to_contain_text("Try fewer words")
    for name in ("Glossary", "Find by situation"):
        expect(ways.get_by_role("link", name=name)).to_be_visible()
    ways.locator("a[data-asks][lang=zh-Hans]").first.click()
    page.wait_for_url("**/zh/?q=*")
    assert page.locator("#hb-search input[name=q]").input_value() == "xylophone & <b>"


@pytest.mark.parametrize("file", ["assets/search.", "search/index.js"])
def test_a_search_that_cannot_be_loaded_says_so_and_can_be_tried_again(file: str, address: str, page: Page) -> None:
    page.route(f"**/{file}*", lambda route: route.abort())
    page.goto(f"{address}en/")
    page.locator(".hb-search-button").click()
    expect(page.locator(".hb-search__status")).to_contain_text("did not load")
    expect(page.locator(".hb-search__ways").get_by_role("link", name="Glossary")).to_be_visible()
    page.unroute(f"**/{file}*")
    page.keyboard.press("Escape")
    page.locator(".hb-search-button").click()
    page.locator(".hb-search[data-state=ready]").wait_for()
    assert search(page, f"{address}en/", "schedule")


def test_the_search_waits_while_it_is_loaded(address: str, page: Page) -> None:
    held: list[Route] = []
    page.route("**/search/index.js", lambda route: held.append(route))
    page.goto(f"{address}en/")
    page.locator(".hb-search-button").click()
    expect(page.locator(".hb-search__status")).to_contain_text("Loading")
    page.keyboard.type("schedule")
    held[0].continue_()
    page.locator(".hb-search__found li").first.wait_for()


def test_the_search_does_not_look_for_half_a_composition(address: str, page: Page) -> None:
    search(page, f"{address}zh/", "")
    compose = """([type, text, composing]) => {
      const field = document.querySelector("#hb-search input[name=q]");
      field.value = text;
      field.dispatchEvent(type === "input" ? new InputEvent(type, { isComposing: composing, bubbles: true })
                                           : new CompositionEvent(type, { bubbles: true }));
    }"""
    page.evaluate(compose, ["input", "dub", True])
    page.wait_for_timeout(300)
    assert page.locator("#hb-search").get_attribute("data-asked") == ""
    page.evaluate(compose, ["compositionend", "督办", False])
    page.locator(".hb-search[data-asked=督办]").wait_for()


def test_the_search_works_from_a_disk(site: Path, page: Page) -> None:
    page.goto((site / "zh" / "index.html").as_uri())
    page.locator(".hb-search-button").click()
    page.locator(".hb-search[data-state=ready]").wait_for()
    page.locator("#hb-search input[name=q]").fill("督办")
    page.locator(".hb-search__found li").first.wait_for()
