"""An open page under `mkdocs serve`: it shows what is edited, what is wrong, and keeps the reader's place."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from ..support.live import PATIENCE, Live, live
from ..support.paths import SMALL
from ..support.project import copy_project

LONG = PATIENCE * 1000
"""Milliseconds; only a page that hangs takes them."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    with live(copy_project(tmp_path_factory.mktemp("live"), SMALL)) as running:
        yield running


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 800, "height": 300})
    yield context.new_page()
    context.close()


def test_an_open_page_shows_the_new_text_of_its_entry(server: Live, page: Page) -> None:
    page.goto(f"{server.base}en/tips/wipe/")
    for old, new in (("en: Fog.", "en: Mist."), ("en: Mist.", "en: Fog.")):
        server.edit("content/tips/wipe.yml", old, new)
        page.get_by_text(new.removeprefix("en: "), exact=False).first.wait_for(timeout=LONG)


def test_an_open_page_shows_the_mistake_and_then_the_mended_text(server: Live, page: Page) -> None:
    page.goto(f"{server.base}both/tips/wipe/")
    server.edit("content/tips/wipe.yml", "related: [alone]", "related: [alonee]")
    notice = page.locator(".hb-problems")
    notice.wait_for(state="visible", timeout=LONG)
    assert "content/tips/wipe.yml:10:11" in notice.inner_text()
    box, height = notice.bounding_box(), page.evaluate("innerHeight")
    assert box is not None
    assert box["y"] + box["height"] == pytest.approx(height, abs=2)
    server.edit("content/tips/wipe.yml", "related: [alonee]", "related: [alone]")
    notice.wait_for(state="detached", timeout=LONG)


def test_a_reload_keeps_the_place(server: Live, page: Page) -> None:
    page.goto(f"{server.base}both/duties/lamp/")
    page.evaluate("window.scrollTo(0, 350); window.isOld = true")
    place = page.evaluate("window.scrollY")
    assert place > 300
    server.edit("content/duties/lamp.yml", "title:", "# a remark\ntitle:")
    page.wait_for_function("!window.isOld", timeout=LONG)
    page.wait_for_function("place => Math.abs(window.scrollY - place) < 2", arg=place)


def test_the_search_of_an_open_page_finds_a_new_text(server: Live, page: Page) -> None:
    page.goto(f"{server.base}en/")
    server.edit("content/tips/wipe.yml", "en: Fog.", "en: Ichthyology.")
    server.shows("en/tips/wipe/", "Ichthyology.")
    page.goto(f"{server.base}en/?q=ichthyology")
    page.locator(".hb-search__found mark", has_text="chthyology").first.wait_for(timeout=LONG)
    server.edit("content/tips/wipe.yml", "en: Ichthyology.", "en: Fog.")
