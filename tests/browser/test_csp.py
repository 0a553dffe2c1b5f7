"""Everything works when a server sends the Content-Security-Policy."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from generator.content.handbook import Handbook

from ..support.kinds import ABOVE, kinds
from ..support.paths import EDITIONS
from ..support.server import policy


class _Guarded(http.server.SimpleHTTPRequestHandler):
    policy = ""

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", self.policy)
        super().end_headers()


@pytest.fixture(scope="module")
def guarded(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the site on a server that sends the policy."""
    root = tmp_path_factory.mktemp("guarded")
    (root / "handbook").symlink_to(site, target_is_directory=True)
    handler = type("Handler", (_Guarded,), {"policy": policy(site)})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(handler, directory=str(root)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/handbook/"
    server.shutdown()
    server.server_close()


class Watched:
    """A context in which every message of the browser and every violation is kept."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self.messages: list[str] = []
        context.on("console", lambda message: self.messages.append(message.text))
        context.on("weberror", lambda error: self.messages.append(str(error.error)))


@pytest.fixture
def watched(browser: Browser) -> Iterator[Watched]:
    context = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme="dark")
    yield Watched(context)
    context.close()


@pytest.mark.parametrize("edition", EDITIONS)
def test_no_kind_of_page_is_stopped_or_complains(
    edition: str, handbook: Handbook, site: Path, guarded: str, watched: Watched
) -> None:
    page = watched.context.new_page()
    for kind in kinds(handbook, site):
        page.goto(f"{guarded}{edition}/{kind}", wait_until="load")
        assert watched.messages == [], kind
        assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark", kind


def test_the_pages_above_the_editions_work_too(guarded: str, watched: Watched) -> None:
    page = watched.context.new_page()
    for place in ABOVE:
        page.goto(guarded + place, wait_until="load")
        assert page.evaluate("getComputedStyle(document.body).display") == "grid"  # its style sheet is there
    assert watched.messages == []


def test_search_palette_and_navigation_work_under_it(guarded: str, watched: Watched) -> None:
    page = watched.context.new_page()
    page.goto(f"{guarded}zh/duties/itinerary/")
    page.get_by_role("button", name="切换到浅色").click()
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"
    page.locator("button.hb-menu").click()
    expect(page.locator(".md-sidebar--primary")).to_be_in_viewport()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.locator("#hb-search input[name=q]").fill("督办")
    page.locator(".hb-search__found li").first.wait_for()
    assert watched.messages == []


def test_the_test_sees_what_the_policy_stops(guarded: str, watched: Watched) -> None:
    page: Page = watched.context.new_page()
    page.goto(f"{guarded}en/")
    page.evaluate("""() => {
      const script = document.createElement("script");
      script.textContent = "window.ran = true";
      document.head.append(script);
      document.body.setAttribute("style", "color: red");
    }""")
    assert page.evaluate("window.ran") is None
    assert len(watched.messages) == 2
