"""The keyboard alone reaches everything that a page offers, and shows where it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, CDPSession, Page

from generator.content.handbook import Handbook

from ..support.alike import thin_out
from ..support.in_turn import InTurn
from ..support.kinds import ABOVE, kinds
from ..support.paths import EDITIONS

pytestmark = pytest.mark.long

PHONE, DESK = 390, 1366

LEARN = """() => {
  const all = "a[href], button, input, select, textarea, summary, [tabindex]:not([tabindex='-1'])";
  const still = document.createElement("style");
  still.textContent = "*, ::before, ::after { transition: none !important; animation: none !important }";
  document.head.append(still);
  window.called = element => element.tagName.toLowerCase() + [...element.classList].map(name => "." + name).join("")
    + " “" + (element.ariaLabel || element.textContent.trim() || element.name || element.id || "").slice(0, 40) + "”";
  // What is drawn somewhere in the page. The skip link is drawn when the keyboard comes to it.
  window.drawn = element => {
    const boxes = element.getClientRects();
    let frame = element.parentElement;
    while (frame && !/auto|scroll/.test(getComputedStyle(frame).overflowX)) frame = frame.parentElement;
    const { left, right } = (frame || document.documentElement).getBoundingClientRect();
    const [start, end] = frame ? [left - frame.scrollLeft, left - frame.scrollLeft + frame.scrollWidth] : [left, right];
    const beyond = [...boxes].every(box => box.right <= start || box.left >= end || box.bottom + scrollY <= 0);
    return boxes.length > 0 && !beyond && element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  };
  // Tab comes to one of the radio buttons of a group, arrows to the others.
  const group = ({ name }) => [...document.querySelectorAll(`input[type=radio][name="${name}"]`)];
  const chosen = radio => group(radio).find(one => one.checked) || group(radio)[0];
  window.offered = [...document.querySelectorAll(all)].filter(element => drawn(element)
    && !element.disabled && !element.closest("[inert]") && (element.type !== "radio" || element === chosen(element)));
  window.reached = [];
  document.addEventListener("focusin", event => reached.push(event.target));
  return offered.length;
}"""

REACHED = """() => {
  const wrong = [];
  const seen = new Set(reached);
  for (const element of offered) if (!seen.has(element)) wrong.push(`not reached: ${called(element)}`);
  for (const element of seen) {
    element.focus({ preventScroll: true });
    if (!drawn(element)) wrong.push(`reached but not seen: ${called(element)}`);
  }
  return wrong;
}"""

SEEN = """() => {
  const wrong = [];
  const look = element => {
    const parts = [];
    for (const one of [element, ...(element.labels || []), element.nextElementSibling, element.firstElementChild]) {
      if (!one) continue;
      const style = getComputedStyle(one);
      parts.push(style.outlineStyle === "none" ? "" : style.outlineWidth, style.boxShadow, style.backgroundColor,
        style.borderTopColor, style.borderBottomColor, style.textDecorationLine, style.stroke, style.strokeWidth);
    }
    return parts.join();
  };
  document.activeElement.blur();
  const before = new Map(offered.map(element => [element, look(element)]));
  for (const element of offered) {
    element.focus({ preventScroll: true });
    if (document.activeElement === element && look(element) === before.get(element))
      wrong.push(`no mark of the focus: ${called(element)}`);
  }
  // Coming from below, the keyboard must not stop at what lies behind the header.
  const inText = offered.filter(element => element.closest("article"));
  for (const element of inText.filter((_, i) => i % Math.ceil(inText.length / 30) === 0)) {
    document.activeElement.blur();
    scrollTo(0, element.getClientRects()[0].top + scrollY - 4);
    if (element.getClientRects()[0].top > 20) continue; // the page ends here
    element.focus();
    const box = element.getClientRects()[0];
    const there = document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
    if (there && there.closest("header")) wrong.push(`behind the header: ${called(element)}`);
  }
  return wrong;
}"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def keys(page: Page) -> CDPSession:
    return page.context.new_cdp_session(page)


def tab(keys: CDPSession, times: int = 1) -> None:
    """Press Tab. Straight to the browser: `page.keyboard` takes five times as long."""
    for _ in range(times):
        keys.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", "key": "Tab", "windowsVirtualKeyCode": 9})


def walk(page: Page, keys: CDPSession) -> list[str]:
    """What the keyboard misses on its way through the page from the beginning to the end."""
    for _ in range(page.evaluate(LEARN) // 12 + 4):
        tab(keys, 25)
        if page.evaluate("reached.slice(1).includes(reached[0])"):  # it begins again
            break
    return page.evaluate(REACHED)  # type: ignore[no-any-return]


@pytest.mark.parametrize(("width", "most"), [(PHONE, 99), (DESK, 3)])
def test_the_keyboard_reaches_everything(
    width: int, most: int, handbook: Handbook, site: Path, address: str, page: Page, keys: CDPSession
) -> None:
    """In the fullest edition: the others have the same elements. A desk has more around the text, but the same text."""
    wrong = []
    page.set_viewport_size({"width": width, "height": 900})
    for place in [*(f"{EDITIONS[-1]}/{kind}" for kind in kinds(handbook, site)[:most]), *ABOVE]:
        page.goto(f"{address}{place}")
        thin_out(page)
        wrong += [f"{place}: {error}" for error in walk(page, keys)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_the_focus_is_seen(
    width: int, handbook: Handbook, site: Path, address: str, page: Page, keys: CDPSession, in_turn: InTurn
) -> None:
    wrong = []
    page.set_viewport_size({"width": width, "height": 900})
    places = in_turn.places(EDITIONS, kinds(handbook, site), (PHONE, DESK), width)
    for place in [*places, *ABOVE]:
        page.goto(f"{address}{place}")
        thin_out(page)
        page.evaluate(LEARN)
        tab(keys)  # from here on, the browser shows the focus
        wrong += [f"{place}: {error}" for error in page.evaluate(SEEN)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ("document.querySelector('article p a').tabIndex = -1", "not reached"),
        ("document.querySelector('h1').innerHTML += '<a href=# style=\"opacity: 0\">x</a>'", "reached but not seen"),
        ("document.querySelector('article p a').addEventListener('keydown', e => e.preventDefault())", "not reached"),
        ("document.head.innerHTML += '<style>:focus { outline: none !important }</style>'", "no mark of the focus"),
        ("document.head.innerHTML += '<style>* { scroll-margin: 0 !important }</style>'", "behind the header"),
    ],
)
def test_what_the_keyboard_misses_is_noticed(
    change: str, error: str, address: str, page: Page, keys: CDPSession
) -> None:
    page.set_viewport_size({"width": DESK, "height": 900})
    page.goto(f"{address}en/ranks/")
    page.evaluate(change)
    wrong = [*walk(page, keys), *page.evaluate(SEEN)]
    assert any(one.startswith(error) for one in wrong), wrong


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_the_first_stop_leads_past_the_navigation_into_the_text(width: int, address: str, page: Page) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{address}zh/duties/serving-several-leaders/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('article') !== null")
