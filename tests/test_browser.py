"""The built site in a real browser: languages, search, and nothing asked of another host."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

import pytest
import yaml
from playwright.sync_api import Browser, BrowserContext, Page, Request

from .conftest import EDITIONS, ROOT

KINDS = (
    "",
    "duties/",
    "duties/trip-support/",
    "tips/whom-to-serve/",
    "outcomes/",
    "outcomes/second-line/",
    "cases/eight-directors/",
    "debates/promotion-certain/",
    "terms/",
    "ranks/",
    "organisations/",
    "situations/",
    "answers/",
    "answers/a14/",
    "publications/",
    "publications/civil-servant-law/",
    "guides/how-to-read/",
)
"""One page of every kind."""

QUERIES = yaml.safe_load((ROOT / "tests" / "queries.yml").read_text(encoding="utf-8"))


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
def test_no_page_asks_another_host_or_complains(edition: str, address: str, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme="dark")
    foreign, errors = watch(context, address)
    page = context.new_page()
    for kind in KINDS:
        page.goto(f"{address}{edition}/{kind}", wait_until="load")
        overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert overflow <= 0, (kind, overflow)
    search(page, f"{address}{edition}/", next(iter(QUERIES[edition])))
    page.goto(address, wait_until="networkidle")
    assert (foreign, errors) == ([], [])
    context.close()


def test_the_watch_for_other_hosts_can_fail(address: str, browser: Browser) -> None:
    context = browser.new_context()
    context.route("https://other.example/*", lambda route: route.abort())
    foreign, errors = watch(context, address)
    page = context.new_page()
    page.goto(f"{address}en/")
    page.evaluate("document.body.append(Object.assign(new Image(), { src: 'https://other.example/x.png' }))")
    page.wait_for_timeout(300)
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
        assert (abs(zh["y"] - en["y"]) < 5 and en["x"] > zh["x"] + 100) is columns
        assert (en["y"] >= zh["y"] + zh["height"] - 1) is not columns
        context.close()


# --- search ----------------------------------------------------------------------------------------------


def search(page: Page, edition: str, query: str) -> list[str]:
    """What the search of the edition at `edition` offers, best first, as places in it without fragments."""
    if page.url.split("?")[0].split("#")[0] != edition:
        page.goto(edition)
    field = page.locator("[name=query]")
    if not field.is_visible():
        page.locator("label[for=__search].md-header__button").click()
    for text in ("", query):  # the script listens for keys, not for input
        field.fill(text)
        field.press("End")
        if not text:
            page.wait_for_function("!document.querySelector('.md-search-result__item')")
    page.wait_for_function(
        "document.querySelector('.md-search-result__item') ||"
        " /没有找到|No matching/.test(document.querySelector('.md-search-result__meta').textContent)"
    )
    found = page.eval_on_selector_all(
        ".md-search-result__item > a[href]", "links => links.map(link => link.href.split(/[?#]/)[0])"
    )
    assert all(link.startswith(edition) for link in found), found  # each edition finds only itself
    return [unquote(link[len(edition) :]).strip("/") for link in found]


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_search_finds_what_readers_ask_for(edition: str, address: str, page: Page) -> None:
    missed = {}
    for query, wanted in QUERIES[edition].items():
        first = list(dict.fromkeys(search(page, f"{address}{edition}/", query)))[:3]
        if wanted not in first:
            missed[query] = (wanted, first)
    assert missed == {}


def test_there_are_enough_queries() -> None:
    chinese = [query for query in QUERIES["zh"] if re.search(r"[\u4e00-\u9fff]", query)]
    english = [query for query in QUERIES["en"] if query.isascii()]
    assert len(chinese) >= 20
    assert len(english) >= 10


def test_what_is_nowhere_is_not_found(address: str, page: Page) -> None:
    assert search(page, f"{address}en/", "xylophone") == []
