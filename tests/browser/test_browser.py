"""The built site in a real browser: languages, search, and nothing asked of another host."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, Route, expect

from generator.content.handbook import Handbook

from ..support.kinds import kinds
from ..support.paths import EDITIONS


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="en-GB", viewport={"width": 1366, "height": 900})
    yield context.new_page()
    context.close()


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """A page without JavaScript."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1366, "height": 900})
    yield context.new_page()
    context.close()


def below(address: str, page: Page) -> str:
    """The place of `page` below the address of the site, with its fragment."""
    assert page.url.startswith(address), page.url
    return unquote(page.url[len(address) :])


# --- nothing from outside --------------------------------------------------------------------------------


def watch(context: BrowserContext, address: str) -> tuple[list[str], list[str]]:
    """(requests to other hosts, errors of the page), filled while the context is used."""
    foreign: list[str] = []
    errors: list[str] = []

    def on_request(request: Request) -> None:
        if urlsplit(request.url).scheme != "data" and urlsplit(request.url).netloc != urlsplit(address).netloc:
            foreign.append(request.url)

    context.on("request", on_request)
    context.on("console", lambda message: errors.append(message.text) if message.type in {"error", "warning"} else None)
    context.on("weberror", lambda error: errors.append(str(error.error)))
    return foreign, errors


@pytest.mark.parametrize("edition", EDITIONS)
def test_no_page_asks_another_host_or_complains(
    edition: str, handbook: Handbook, site: Path, address: str, browser: Browser
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme="dark")
    foreign, errors = watch(context, address)
    page = context.new_page()
    for kind in kinds(handbook, site):
        page.goto(f"{address}{edition}/{kind}", wait_until="load")
    search(page, f"{address}{edition}/", {"zh": "督办"}.get(edition, "schedule"))
    page.goto(address, wait_until="networkidle")
    assert (foreign, errors) == ([], [])
    context.close()


def test_the_watch_for_other_hosts_can_fail(address: str, browser: Browser) -> None:
    context = browser.new_context()
    context.route("https://other.example/*", lambda route: route.abort())
    foreign, errors = watch(context, address)
    page = context.new_page()
    page.goto(f"{address}en/")
    with context.expect_console_message():
        page.evaluate("document.body.append(Object.assign(new Image(), { src: 'https://other.example/x.png' }))")
    assert foreign == ["https://other.example/x.png"]
    assert errors
    context.close()


# --- languages -------------------------------------------------------------------------------------------


def test_the_language_switch_keeps_page_and_place(address: str, page: Page) -> None:
    page.goto(f"{address}zh/duties/itinerary/")
    page.evaluate("document.getElementById('failures').scrollIntoView()")
    page.locator('.hb-languages a[hreflang="en"]').click()
    page.wait_for_url("**/en/**")
    assert below(address, page) == "en/duties/itinerary/#failures"
    page.locator(".hb-languages a", has_text="中英对照").click()
    page.wait_for_url("**/zh-en/**")
    assert below(address, page).startswith("zh-en/duties/itinerary/")


def test_without_javascript_the_switch_keeps_the_page_and_each_heading_keeps_the_place(
    address: str, plain: Page
) -> None:
    plain.goto(f"{address}en/debates/hard-or-easy/")
    plain.locator('.hb-languages a[hreflang="zh-Hans"]').first.click()
    assert below(address, plain) == "zh/debates/hard-or-easy/"
    plain.locator("#use .hb-switch a", has_text="EN").click()
    assert below(address, plain) == "en/debates/hard-or-easy/#use"
    assert plain.locator("#use").bounding_box()["y"] < 300  # type: ignore[index]


def test_the_first_page_suggests_and_sends_nobody_anywhere(address: str, browser: Browser) -> None:
    for locale, suggested in (("zh-CN", "zh/"), ("en-US", "en/"), ("fr-FR", None)):
        context = browser.new_context(locale=locale)
        page = context.new_page()
        page.goto(address, wait_until="networkidle")
        assert page.url == address
        links = [urlsplit(link.get_attribute("href") or "").path for link in page.locator("main nav a").all()]
        assert [link.removeprefix("./") for link in links] == [f"{edition}/" for edition in EDITIONS]
        marked = [link.get_attribute("href") for link in page.locator("main nav a.suggested").all()]
        assert [(link or "").removeprefix("./") for link in marked] == ([suggested] if suggested else [])
        context.close()


def test_a_missing_page_offers_every_edition_at_any_depth(address: str, plain: Page) -> None:
    response = plain.goto(f"{address}zh/duties/there/is/no/such/page/")
    assert response is not None
    assert response.status == 404
    assert "There is no such page" in plain.inner_text("main")
    assert [link.get_attribute("href") for link in plain.locator("main nav a").all()] == [
        f"/handbook/{edition}/" for edition in EDITIONS
    ]


@pytest.mark.parametrize(
    ("edition", "words"),
    [("zh", ["搜索", "目录", "切换到"]), ("en", ["Search", "Table of contents", "Switch to"])],
)
def test_the_interface_speaks_the_language_of_the_edition(
    edition: str, words: list[str], address: str, page: Page
) -> None:
    page.goto(f"{address}{edition}/duties/itinerary/")
    interface = page.content()
    for word in words:
        assert word in interface
    other = {"zh": "Table of contents", "en": "目录"}[edition]
    assert other not in interface


def test_side_by_side_is_in_columns_on_a_desk_and_stacked_on_a_phone(address: str, browser: Browser) -> None:
    for width, columns in ((1366, True), (390, False)):
        context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=False)
        page = context.new_page()
        page.goto(f"{address}zh-en/tips/one-day-ahead/")
        zh, en = (page.locator(f'.hb-lead [lang="{tag}"]').bounding_box() for tag in ("zh-Hans", "en"))
        assert zh is not None
        assert en is not None
        assert (abs(zh["y"] - en["y"]) < 12 and en["x"] > zh["x"] + 100) is columns
        assert (en["y"] >= zh["y"] + zh["height"] - 1) is not columns
        context.close()


# --- search ----------------------------------------------------------------------------------------------


def search(page: Page, edition: str, query: str) -> list[str]:
    """What the search of the edition at `edition` offers, best first, as places in it without fragments."""
    if page.url.split("?")[0].split("#")[0] != edition:
        page.goto(edition)
    dialog = page.locator("#hb-search")
    if not dialog.is_visible():
        page.locator(".hb-search-button").click()
    dialog.locator("input[name=q]").fill(query)
    page.wait_for_function("query => document.querySelector('#hb-search').dataset.asked === query", arg=query)
    links = "links => links.map(link => link.href.split(/[?#]/)[0])"
    found = page.eval_on_selector_all(".hb-search__found .hb-search__page", links)
    assert all(link.startswith(edition) for link in found), found  # each edition finds only itself
    return [unquote(link[len(edition) :]).strip("/") for link in found]


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


# --- palette, navigation, place --------------------------------------------------------------------------


def expect_scheme(page: Page, scheme: str) -> None:
    page.wait_for_function("scheme => getComputedStyle(document.documentElement).colorScheme === scheme", arg=scheme)


def test_the_palette_is_the_system_s_until_the_reader_chooses(address: str, browser: Browser) -> None:
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(f"{address}en/")
    expect_scheme(page, "dark")
    page.emulate_media(color_scheme="light")
    expect_scheme(page, "light")
    page.get_by_role("button", name="Switch to dark").click()
    expect(page.get_by_role("button", name="Switch to light")).to_be_focused()
    expect_scheme(page, "dark")
    page.goto(f"{address}zh/terms/")  # kept, in every edition
    expect_scheme(page, "dark")
    page.get_by_role("button", name="切换到浅色").click()  # the system's again: nothing is kept
    assert page.evaluate("Object.keys(localStorage)") == []
    page.emulate_media(color_scheme="dark")
    expect_scheme(page, "dark")
    context.close()


def test_the_first_paint_is_in_the_palette_that_was_chosen(address: str, browser: Browser) -> None:
    context = browser.new_context(color_scheme="light")
    page = context.new_page()
    page.goto(f"{address}en/")
    page.get_by_role("button", name="Switch to dark").click()
    page.route("**/handbook.*.js", lambda route: route.abort())  # only what stands in the page may do it
    page.goto(f"{address}en/duties/")
    expect_scheme(page, "dark")
    context.close()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def test_the_navigation_of_a_phone_opens_and_closes_by_keyboard_and_holds_the_focus(address: str, phone: Page) -> None:
    phone.goto(f"{address}en/duties/itinerary/")
    menu = phone.get_by_role("button", name="Navigation")
    side = phone.locator(".md-sidebar--primary")
    expect(menu).to_have_attribute("aria-expanded", "false")
    expect(side).not_to_be_in_viewport()
    menu.press("Enter")
    expect(menu).to_have_attribute("aria-expanded", "true")
    expect(side).to_be_in_viewport()
    for _ in range(60):
        phone.keyboard.press("Tab")
        assert phone.evaluate(
            "document.activeElement === document.body ||"
            " !!document.activeElement.closest('.md-sidebar--primary') || document.activeElement.id === '__drawer'"
        )
    phone.keyboard.press("Escape")
    expect(menu).to_be_focused()
    expect(menu).to_have_attribute("aria-expanded", "false")


def test_every_part_of_the_navigation_can_be_reached_on_a_phone(address: str, phone: Page) -> None:
    phone.goto(f"{address}en/duties/itinerary/")
    phone.get_by_role("button", name="Navigation").click()
    side = phone.locator(".md-sidebar--primary")
    expect(side.get_by_role("link", name="Keeping papers moving")).to_be_visible()
    side.locator("button.md-nav__title", has_text="Duties").press("Enter")
    expect(side.get_by_role("link", name="Tips")).to_be_in_viewport()
    side.get_by_role("link", name="Tips").click()
    phone.wait_for_url("**/en/tips/")


def test_what_is_out_of_sight_is_out_of_reach(address: str, phone: Page) -> None:
    phone.goto(f"{address}en/duties/itinerary/")
    for _ in range(40):
        phone.keyboard.press("Tab")
        assert not phone.evaluate("!!document.activeElement.closest('.md-sidebar')")


def test_without_javascript_the_navigation_of_a_phone_opens(address: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{address}en/duties/itinerary/")
    side = page.locator(".md-sidebar--primary")
    expect(side).not_to_be_in_viewport()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(side).to_be_in_viewport()
    page.locator("label.md-overlay").click(position={"x": 380, "y": 400})
    expect(side).not_to_be_in_viewport()
    page.locator("label.hb-menu").click()
    expect(side).to_be_in_viewport()
    for hidden in (".hb-search-button", ".hb-palette", "button.hb-menu"):
        assert not page.locator(hidden).first.is_visible()
    context.close()


def test_on_this_page_follows_the_reader(address: str, page: Page) -> None:
    page.goto(f"{address}en/duties/itinerary/")
    page.evaluate("document.getElementById('failures').scrollIntoView()")
    current = page.locator(".md-sidebar--secondary [aria-current=location]")
    expect(current).to_have_attribute("href", "#failures")
    page.evaluate("document.getElementById('steps').scrollIntoView()")
    expect(current).to_have_attribute("href", "#steps")
    expect(current).to_have_count(1)


def test_the_sides_are_as_high_as_the_window_and_no_higher(address: str, page: Page) -> None:
    page.goto(f"{address}en/terms/")
    page.evaluate("window.scrollTo(0, 2000)")
    box = page.locator(".md-sidebar--secondary .md-sidebar__scrollwrap").bounding_box()
    assert box is not None
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= 900
    assert box["height"] > 500


def test_keys_turn_the_pages_and_a_link_leads_back_to_the_top(address: str, page: Page) -> None:
    page.goto(f"{address}en/duties/itinerary/")
    following = page.locator("link[rel=next]").get_attribute("href")
    assert page.locator(".md-footer a[rel=next]").get_attribute("href") == following
    page.keyboard.press("n")
    page.wait_for_url(lambda url: "itinerary" not in url)
    page.keyboard.press("p")
    page.wait_for_url("**/itinerary/")
    page.evaluate("window.scrollTo(0, 1e6)")
    page.evaluate("window.scrollBy(0, -700)")
    page.get_by_role("link", name="Back to top").click()
    page.wait_for_function("window.scrollY === 0")
