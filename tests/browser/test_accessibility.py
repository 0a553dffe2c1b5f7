"""axe finds nothing on any kind of page: all editions, light and dark, phone and desk, and with all that opens open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from generator.content.handbook import Handbook

from ..support import axe
from ..support.alike import thin_out
from ..support.in_turn import InTurn
from ..support.kinds import ABOVE, kinds
from ..support.paths import EDITIONS

pytestmark = pytest.mark.long

PHONE, DESK = 390, 1366

Findings = dict[str, list[str]]
"""What was found, to where."""


@pytest.fixture(scope="module")
def readers(browser: Browser) -> Iterator[list[Page]]:
    """A page for each edition, in processes of their own, so that they are measured at the same time.

    On a screen that is touched, where what else appears under a pointer only is there all the time.
    """
    contexts = [browser.new_context(reduced_motion="reduce", is_mobile=True, has_touch=True) for _ in EDITIONS]
    yield [context.new_page() for context in contexts]
    for context in contexts:
        context.close()


@pytest.fixture
def complaints(readers: list[Page]) -> list[str]:
    """What the browser complains about in its console during a test."""
    said: list[str] = []
    for page in readers:
        page.on("console", lambda message: said.append(message.text) if message.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: said.append(str(error)))
    return said


def measure(
    pages: Sequence[tuple[Page, int]], found: Findings, address: str, state: str = "", within: str = ""
) -> None:
    """Add what axe finds on `pages` as they are, each at a width, in light and dark."""
    for scheme in ("light", "dark"):
        for_each = axe.findings(pages, scheme, complete=scheme == "light", within=within)
        for (page, width), errors in zip(pages, for_each, strict=True):
            for error in errors:
                found[error].append(f"{page.url.removeprefix(address)} {width} {scheme} {state}".strip())


def told(found: Findings) -> str:
    """Each finding on a line, the most frequent first."""
    lines = sorted(found.items(), key=lambda item: -len(item[1]))
    return "\n".join(f"{len(places)} × {error} ({places[0]})" for error, places in lines)


def test_no_kind_of_page_has_a_finding(
    handbook: Handbook, site: Path, address: str, readers: list[Page], complaints: list[str], in_turn: InTurn
) -> None:
    found: Findings = defaultdict(list)
    for number, kind in enumerate(kinds(handbook, site)):
        for edition, page in zip(EDITIONS, readers, strict=True):
            page.goto(f"{address}{edition}/{kind}")
            thin_out(page)
        for widths in zip(*(in_turn.of((PHONE, DESK), number, place) for place, _ in enumerate(readers)), strict=True):
            measure(list(zip(readers, widths, strict=True)), found, address)
    for place, page in zip(ABOVE, readers, strict=False):
        page.goto(f"{address}{place}")
    for width in (PHONE, DESK):
        measure([(page, width) for page in readers[: len(ABOVE)]], found, address)
    assert not found, told(found)
    assert complaints == []


# --- what readers do to a page ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class State:
    """Something that a reader has done on the first kind of page that has `control`."""

    name: str
    control: str
    act: Callable[[Page], None]
    width: int = PHONE
    within: str = ""
    """What has come to lie over the page. What it covers is not smaller for that, so only this is measured."""


def press(selector: str) -> Callable[[Page], None]:
    return lambda page: page.locator(selector).locator("visible=true").first.click()


def then(*acts: Callable[[Page], None]) -> Callable[[Page], None]:
    def one_after_the_other(page: Page) -> None:
        for act in acts:
            act(page)

    return one_after_the_other


def ask(query: str, answer: str) -> Callable[[Page], None]:
    def type_and_wait(page: Page) -> None:
        page.locator(".hb-search__query").fill(query)
        page.locator(answer).first.wait_for()

    return then(press(".hb-search-button"), type_and_wait)


def choose(selector: str) -> Callable[[Page], None]:
    """The first choice of every select in `selector`: little or nothing is left."""

    def choose_all(page: Page) -> None:
        for select in page.locator(f"{selector} select").all():
            select.select_option(index=1)

    return choose_all


STATES = (
    State("navigation", "button.hb-menu", press("button.hb-menu")),
    State("in the navigation", "button.hb-menu", then(press("button.hb-menu"), press(".md-sidebar button"))),
    State("search", ".hb-search-button", ask("1", ".hb-search__found li")),
    State("search on a desk", ".hb-search-button", ask("A", ".hb-search__found li"), DESK),
    State("search, more", ".hb-search-button", then(ask("1", ".hb-search__found li"), press(".hb-search__more"))),
    State("search, nothing", ".hb-search-button", ask("xyzzyx", ".hb-search__ways li")),
    State("meaning", ".hb-term[role]", press(".hb-term[role]"), within=".hb-pop"),
    State("source", "a.hb-cite[role]", press("a.hb-cite[role]"), within=".hb-pop"),
    State("words", "summary", press("summary")),
    State("link copied", ".headerlink", press("h2 .headerlink"), DESK),
    State("ticked", ".hb-tick", press(".hb-tick")),
    State("ticked and cleared", ".hb-tools button", then(press(".hb-tick"), press(".hb-tools button"))),
    State("one language", ".hb-show button", press(".hb-show button >> nth=1")),
    State("filter", ".hb-filter select", choose(".hb-filter")),
    State("filter, nothing", ".hb-filter select >> nth=3", choose(".hb-filter")),
    State("compare", ".hb-filter input", then(press(".hb-filter label"), press(".hb-filter label >> nth=1"))),
    State("self-check", ".hb-check input", then(press(".hb-check label"), press(".hb-check label >> nth=8"))),
)


def test_no_state_of_a_page_has_a_finding(
    handbook: Handbook, site: Path, address: str, readers: list[Page], complaints: list[str], in_turn: InTurn
) -> None:
    found: Findings = defaultdict(list)
    waiting = set(STATES)
    everywhere = list(zip(EDITIONS, readers, strict=True))
    for kind in kinds(handbook, site):
        for state in [state for state in STATES if state in waiting]:
            pages = []
            for edition, page in in_turn.of(everywhere, STATES.index(state), 0):
                if page.url != f"{address}{edition}/{kind}" or page.evaluate("Boolean(window.used)"):
                    page.goto(f"{address}{edition}/{kind}")
                if page.locator(state.control).count():
                    pages.append(page)
            for page in pages:
                page.set_viewport_size({"width": state.width, "height": 900})
                state.act(page)
                page.evaluate("scrollTo(0, 0)")  # where the page has been measured without the state
                thin_out(page)
            if pages:
                measure([(page, state.width) for page in pages], found, address, state.name, state.within)
                waiting.remove(state)
            for page in pages:
                page.evaluate("window.used = true; localStorage.clear()")
    assert not found, told(found)
    assert complaints == []
    assert {state.name for state in waiting} == set(), "no kind of page has this any more"


DESCRIBED = """() => [...document.body.querySelectorAll("*")].flatMap(element =>
  [...element.attributes].map(({ name, value }) => element.localName
    + (["class", "type", "role", "lang"].includes(name) ? `[${name}=${value}]` : `[${name}]`)))"""


def test_of_every_kind_of_element_some_are_measured(
    handbook: Handbook, site: Path, address: str, readers: list[Page]
) -> None:
    page = readers[-1]
    for kind in kinds(handbook, site):
        page.goto(f"{address}{EDITIONS[-1]}/{kind}")
        whole = page.evaluate(DESCRIBED)
        thin_out(page)
        left = page.evaluate(DESCRIBED)
        assert set(left) == set(whole), kind
        assert len(left) < len(whole), kind


def test_what_is_unlike_the_others_is_measured(address: str, readers: list[Page]) -> None:
    page = readers[0]
    page.goto(f"{address}{EDITIONS[0]}/terms/")
    places = page.locator("article h3")
    middle = places.nth(places.count() // 2).get_attribute("id")
    page.evaluate("id => document.getElementById(id).querySelector('a').removeAttribute('href')", middle)
    thin_out(page)
    assert page.locator("article h3").count() < 40
    assert page.locator(f"[id='{middle}']").count() == 1


CONTROLS = "button, input, select, textarea, summary, dialog, [role=button], [role=tab], :not(nav)[aria-expanded]"
"""What may open or change something."""

PLAIN = (
    ".md-toggle, .hb-palette, .hb-search, .hb-search *, .hb-tools button, .hb-filter__state button,"
    " .hb-check__state button"
)
"""What changes no more than another control, or is open in a state already."""


def test_every_kind_of_control_is_used_in_some_state(
    handbook: Handbook, site: Path, address: str, readers: list[Page]
) -> None:
    known = ", ".join({state.control.split(" >> ")[0] for state in STATES})
    unknown = set()
    for kind in kinds(handbook, site):
        readers[-1].goto(f"{address}{EDITIONS[-1]}/{kind}")
        unknown |= set(
            readers[-1].evaluate(
                "([controls, known]) => [...document.querySelectorAll(controls)]"
                ".filter(element => !element.matches(known)).map(element => element.outerHTML.slice(0, 120))",
                [CONTROLS, f"{known}, {PLAIN}"],
            )
        )
    assert unknown == set(), "measure these as well: add a State"


def test_nothing_moves_for_those_who_ask_for_it(
    handbook: Handbook, site: Path, address: str, readers: list[Page]
) -> None:
    moves = """() => [document.documentElement, ...document.querySelectorAll("body, body *")].flatMap(element =>
      ["", "::before", "::after"].flatMap(part => {
        const style = getComputedStyle(element, part);
        const time = list => Math.max(...list.split(", ").map(parseFloat));
        const wrong = time(style.transitionDuration) > 0.01 || style.scrollBehavior === "smooth"
          || (style.animationName !== "none" && time(style.animationDuration) > 0.01);
        return wrong ? [element.tagName + "." + element.className + part] : [];
      }))"""
    page = readers[-1]
    for place in [*(f"{EDITIONS[-1]}/{kind}" for kind in kinds(handbook, site)), *ABOVE]:
        page.goto(f"{address}{place}")
        assert page.evaluate(moves) == [], place
    page.add_style_tag(content="h1 { transition: color 1s !important }")
    assert page.evaluate(moves)


# --- the instrument ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ("color-contrast", "document.querySelector('h1').style.color = '#999'"),
        (
            "link-in-text-block",
            "document.querySelector('article p').innerHTML = 'x x <a href=# style=\"text-decoration: none\">y</a>'",
        ),
        ("button-name", "document.querySelector('button.hb-menu').removeAttribute('aria-label')"),
        ("label", "document.querySelector('article').innerHTML += '<input>'"),
        ("heading-order", "document.querySelector('h2').outerHTML = '<h4>x</h4>'"),
        ("landmark-unique", "for (const nav of document.querySelectorAll('nav')) nav.ariaLabel = 'x'"),
        ("region", "document.body.insertAdjacentHTML('afterbegin', '<p>x</p>')"),
        ("target-size", "document.querySelector('article').innerHTML += '<button>x</button>'.repeat(3)"),
    ],
)
def test_axe_can_fail(rule: str, change: str, address: str, readers: list[Page]) -> None:
    page = readers[0]
    page.goto(f"{address}{EDITIONS[0]}/terms/")
    page.evaluate(change)
    (errors,) = axe.findings([(page, PHONE)], "light", complete=True)
    assert rule in {error.split()[0] for error in errors}


def test_contrast_in_the_dark_can_fail(address: str, readers: list[Page]) -> None:
    page = readers[0]
    page.goto(f"{address}{EDITIONS[0]}/terms/")
    page.evaluate("document.querySelector('h1').style.color = '#555'")
    assert axe.findings([(page, PHONE)], "light", complete=False) == [[]]
    (errors,) = axe.findings([(page, PHONE)], "dark", complete=False)
    assert {error.split()[0] for error in errors} == {"color-contrast"}
