"""No page asks anything of another host, and no page makes the browser complain."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Request

from generator.content.handbook import Handbook

from ..support.kinds import kinds
from ..support.paths import EDITIONS
from ..support.searching import search


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
