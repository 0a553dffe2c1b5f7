"""Nothing is lost on a narrow screen, nor where letters are twice as large or stand further apart.

320 px is what WCAG 2.2 asks for (1.4.10), and what 400 % zoom makes of a desk; 640 px is 200 % of 1280; text alone can
be enlarged as well (1.4.4), and spaced (1.4.12).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from generator.content.handbook import Handbook

from ..support.in_turn import InTurn
from ..support.kinds import ABOVE, kinds
from ..support.paths import EDITIONS

SPACED = (
    "* { letter-spacing: 0.12em !important; word-spacing: 0.16em !important; line-height: 1.5 !important }"
    " p { margin-bottom: 2em !important }"
)
WAYS = {
    "320 px": (320, ""),
    "320 px, spaced": (320, SPACED),
    "200 %": (640, ""),
    "200 % of the text": (1280, "html { font-size: 250% !important }"),  # Material's own size is 125 %
}

LOST = """() => {
  const lost = [];
  const root = document.documentElement;
  const name = element => element.tagName.toLowerCase() + (element.id ? "#" + element.id : "")
    + [...element.classList].map(name => "." + name).join("") + " “" + element.textContent.trim().slice(0, 30) + "”";
  const shown = element => element.getClientRects().length && getComputedStyle(element).visibility === "visible";
  const named = new Set([...document.querySelectorAll("[aria-label]")].map(element => element.ariaLabel));
  if (root.scrollWidth > root.clientWidth) lost.push(`the page is ${root.scrollWidth} px wide`);
  const scrolls = element => {
    for (let box = element; box && box !== document.body; box = box.parentElement)
      if (/auto|scroll/.test(getComputedStyle(box).overflowX)) return true;
    return false;
  };
  for (const element of document.body.querySelectorAll("*")) {
    if (!element.getClientRects().length || element.closest("svg svg")) continue;
    const style = getComputedStyle(element);
    if (style.visibility !== "visible" || style.clipPath !== "none" || style.clip !== "auto") continue; // to be heard
    if (named.has(element.textContent.trim())) continue;
    const cut = value => value === "hidden" || value === "clip";
    if (cut(style.overflowX) && element.scrollWidth > element.clientWidth + 1 && style.position !== "fixed")
      lost.push(`cut off at the side: ${name(element)}`);
    if (cut(style.overflowY) && element.scrollHeight > element.clientHeight + 2 && element.textContent.trim())
      lost.push(`cut off below: ${name(element)}`);
    const words = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
    if (!words || element.closest("svg")) continue;
    const range = document.createRange();
    range.selectNodeContents(element);
    for (const box of range.getClientRects())
      if (box.width > 1 && (box.right > root.clientWidth + 1 || box.left < -1) && !scrolls(element) &&
          !element.closest(".md-sidebar, .md-skip")) {
        lost.push(`beyond the edge: ${name(element)}`);
        break;
      }
  }
  const controls = "header :is(a, button, input, select, label), form :is(button, input, select)";
  for (const element of document.querySelectorAll(controls)) {
    if (!shown(element) || element.closest("dialog")) continue;
    element.scrollIntoView({ block: "center" });
    const box = element.getBoundingClientRect();
    if (box.width < 2 || box.height < 2) continue;
    const there = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    const label = element.labels && element.labels[0];
    if (!there || !(element.contains(there) || there.contains(element) || (label && label.contains(there))))
      lost.push(`covered: ${name(element)} by ${there ? name(there) : "nothing: it is outside"}`);
  }
  return lost;
}"""
"""What cannot be read or reached on a page. What scrolls by itself in a box is not lost; a page that must be
scrolled sideways is. The name of the site may be cut short: the mark beside it is called by it."""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 320, "height": 800}, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def lost(page: Page, place: str, address: str, ways: Iterable[str] = WAYS) -> list[str]:
    found = []
    page.goto(f"{address}{place}")
    for way, (width, style) in ((way, WAYS[way]) for way in ways):
        page.set_viewport_size({"width": width, "height": 800})
        page.evaluate(
            "style => { for (const old of document.querySelectorAll('style.way')) old.remove();"
            " const made = Object.assign(document.createElement('style'), { className: 'way', textContent: style });"
            " document.head.append(made); }",
            style,
        )
        found += [f"{place} {way}: {error}" for error in page.evaluate(LOST)]
    return found


@pytest.mark.parametrize("edition", EDITIONS)
def test_nothing_is_lost(
    edition: str, handbook: Handbook, site: Path, address: str, page: Page, in_turn: InTurn
) -> None:
    found = []
    for number, kind in enumerate(kinds(handbook, site)):
        ways = in_turn.of(list(WAYS), number, EDITIONS.index(edition))
        found += lost(page, f"{edition}/{kind}", address, ways)
    assert not found, "\n".join(found)


def test_nothing_is_lost_above_the_editions(address: str, page: Page) -> None:
    found = [error for place in ABOVE for error in lost(page, place, address)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("style", "error"),
    [
        ("main { min-width: 700px }", "the page is"),
        ("h1 { min-width: 700px }", "cut off at the side"),
        ("h1 { white-space: nowrap; overflow: hidden; text-overflow: ellipsis; width: 3em }", "cut off at the side"),
        ("h1 { height: 5px; overflow: hidden }", "cut off below"),
        ("h1 { position: relative; left: -200px }", "beyond the edge"),
        ("header * { position: fixed !important; left: 0; top: 0 }", "covered"),
    ],
)
def test_what_is_lost_is_noticed(style: str, error: str, address: str, page: Page) -> None:
    page.goto(f"{address}en/terms/")
    page.set_viewport_size({"width": 320, "height": 800})
    page.add_style_tag(content=style)
    assert any(found.startswith(error) for found in page.evaluate(LOST))
