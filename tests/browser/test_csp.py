"""The Content-Security-Policy: what it says, and that everything works when a server sends it."""

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
from generator.site import csp

from ..support.kinds import ABOVE, kinds
from ..support.paths import EDITIONS


def sent(site: Path) -> str:
    """The policy as nginx would send it."""
    line = (site / "csp.conf").read_text(encoding="utf-8")
    name, policy, rest = line.partition('"')[0], line.split('"')[1], line.rpartition('"')[2]
    assert (name, rest) == ("add_header Content-Security-Policy ", " always;\n")
    return policy


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
    handler = type("Handler", (_Guarded,), {"policy": sent(site)})
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


def test_the_policy_allows_the_site_and_nothing_else(site: Path) -> None:
    policy = dict(directive.split(" ", 1) for directive in sent(site).split("; "))
    assert policy["default-src"] == "'none'"
    assert "unsafe" not in sent(site)
    assert "http" not in sent(site)
    scripts = policy["script-src"].split()
    assert scripts[0] == "'self'"
    assert len(scripts) == 2  # the palette, before the first paint
    assert all(source.startswith("'sha256-") for source in scripts[1:])
    for directive in ("base-uri", "form-action", "frame-ancestors"):  # default-src does not cover these
        assert policy[directive] == "'none'"


def test_hosts_that_read_a_file_of_headers_get_the_same_policy(site: Path) -> None:
    assert (site / "_headers").read_text("utf-8") == f"/*\n  Content-Security-Policy: {sent(site)}\n"


def test_every_script_in_a_page_is_named_by_its_hash_and_those_of_files_are_not() -> None:
    page = '<script>a()</script><script src="b.js" defer></script><script>a()</script><script type="x">\nc</script>'
    policy = csp.Policy()
    policy.allow_page(page)
    policy.allow_page(page)
    assert str(policy).split("; ")[1] == (
        "script-src 'self' "
        + " ".join(
            sorted(
                (
                    "'sha256-qVpDBgj7bpq5hMAcGp3AOc79J3Y1Z4HvySTwKrWDoy4='",
                    "'sha256-pO+3/ZgdM/i38LIQJ1w9EVzy8N89qsKAB6555s8CnBM='",
                )
            )
        )
    )


def test_no_page_has_what_the_policy_forbids(site: Path) -> None:
    for page in site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        for forbidden in (" style=", " onclick=", " onload=", "<style", "javascript:"):
            assert forbidden not in text, (page, forbidden)


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


@pytest.mark.parametrize(
    ("page", "allowed"),
    [
        (
            '<p style="color: red">x</p>',
            "style-src 'self' 'sha256-NerDAUWfwD31YdZHveMrq0GLjsNFMwxLpZl0dPUeCcw=' 'unsafe-hashes'",
        ),
        ("<style>p{}</style>", "style-src 'self' 'sha256-gG2yISYereRMiG2lMXrbiUgi0Ubw9p7QCeWcroOvy9Y='"),
        ('<img src="https://img.example/x.png">', "img-src 'self' data: https://img.example"),
        ('<iframe src="//video.example/1"></iframe>', "frame-src https://video.example"),
        ('<script src="https://cdn.example/a.js"></script>', "script-src 'self' https://cdn.example"),
        ('<link rel="stylesheet" href="https://css.example/a.css">', "style-src 'self' https://css.example"),
        ('<video src="film.mp4"></video>', "media-src 'self'"),
        ('<form action="https://form.example/"></form>', "form-action https://form.example"),
    ],
)
def test_what_somebody_adds_is_allowed_and_no_more(page: str, allowed: str) -> None:
    plain, policy = csp.Policy(), csp.Policy()
    policy.allow_page(page)
    assert allowed in str(policy).split("; ")
    assert len(set(str(policy).split("; ")) - set(str(plain).split("; "))) == 1
