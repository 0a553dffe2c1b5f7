"""Without JavaScript every kind of page can be read and used: all text, all links, and nothing that does nothing."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

from generator.content.handbook import Handbook

from ..support.in_turn import InTurn
from ..support.kinds import ABOVE, kinds
from ..support.paths import EDITIONS

pytestmark = pytest.mark.long

WIDTHS = 390, 1366

SEEN = """() => {
  const drawn = element => element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
    && element.getClientRects().length > 0;
  const main = document.querySelector("main");
  const words = [];
  const texts = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const parent = texts.currentNode.parentElement;
    if (!parent.closest("script, style, template, .hb-pop, .hb-tools, .hb-here, .hb-tick") && drawn(parent))
      words.push(texts.currentNode.data.replace(/\\s+/g, ""));
  }
  // Radio buttons can be chosen without script: the self-check is a form to fill in and print then.
  const all = "button, input:not([type=radio]), select, textarea, [role=button]";
  const controls = [...document.querySelectorAll(all)].filter(drawn);
  const links = [...main.querySelectorAll("a[href]")].filter(drawn).map(link => link.getAttribute("href"));
  return {
    text: words.join(""),
    links: links.map(link => new URL(link, document.baseURI).href),
    controls: controls.map(control => control.outerHTML.split(">")[0]),
  };
}"""


@pytest.fixture(scope="module")
def pair(browser: Browser) -> Iterator[tuple[Page, Page]]:
    """A page without JavaScript, and one with."""
    contexts = [browser.new_context(java_script_enabled=enabled) for enabled in (False, True)]
    without, ordinary = (context.new_page() for context in contexts)
    yield without, ordinary
    for context in contexts:
        context.close()


def missing(without: Page, ordinary: Page) -> list[str]:
    """What a reader without JavaScript misses on the page that both show, and what is there in vain."""
    plain, full = without.evaluate(SEEN), ordinary.evaluate(SEEN)
    wrong = [f"a control that does nothing: {control}" for control in plain["controls"]]
    wrong += [f"a link that is missing: {link}" for link in sorted({*full["links"]} - {*plain["links"]})]
    if len(plain["text"]) < 0.98 * len(full["text"]):
        wrong.append(f"{len(plain['text'])} characters of {len(full['text'])}")
    return wrong


@pytest.mark.parametrize("width", WIDTHS)
def test_every_kind_of_page_is_whole(
    width: int, handbook: Handbook, site: Path, address: str, pair: tuple[Page, Page], in_turn: InTurn
) -> None:
    wrong = []
    for page in pair:
        page.set_viewport_size({"width": width, "height": 900})
    places = in_turn.places(EDITIONS, kinds(handbook, site), WIDTHS, width)
    for place in [*places, *ABOVE]:
        for page in pair:
            page.goto(f"{address}{place}")
        wrong += [f"{place}: {error}" for error in missing(*pair)]
    assert not wrong, "\n".join(wrong)


def test_what_is_missing_is_noticed(site: Path, address: str, pair: tuple[Page, Page]) -> None:
    without, ordinary = pair
    page = (site / "en" / "ranks" / "index.html").read_text(encoding="utf-8")
    for change, error in {
        '<article hidden class="': "characters of",
        '<article><button type="button">x</button></article><article class="': "a control that does nothing",
    }.items():
        changed = page.replace('<article class="', change, 1)
        assert changed != page
        without.route("**/en/ranks/", partial(_answer, body=changed))
        without.goto(f"{address}en/ranks/")
        ordinary.goto(f"{address}en/ranks/")
        assert any(error in wrong for wrong in missing(without, ordinary))
        without.unroute_all()


def _answer(route: Route, *, body: str) -> None:
    route.fulfill(body=body, content_type="text/html")
