"""Forms on one sheet of paper, and what stands in tables and boxes of working tools on a phone and a desk."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser, FloatRect, Locator, Page

from ..support import axe
from ..support.paths import SMALL
from ..support.project import copy_project, mkdocs
from ..support.server import served

FORMS = {"wide": 12, "long": 0}
"""Forms of twelve fields, by how many empty lines they have: a row to a thing, or a thing to a sheet."""

SIGNERS = [
    {"zh": "值班的人（时间、地点打电话核过）", "en": "Keeper on watch (has asked for time and place by telephone)"},
    {"zh": "司机（路线看过）", "en": "Driver (has looked at the route)"},
    {"zh": "会计", "en": "Accountant"},
    {"zh": "看守长", "en": "Head keeper"},
]

LINES = """() => [...document.querySelectorAll(".hb-form__lines > span")].map(span => {
  const words = document.createRange(), line = span.querySelector("i"), box = line.getBoundingClientRect();
  words.setStart(span, 0);
  words.setEndBefore(line);
  return {
    x: box.x,
    right: box.right,
    width: box.width,
    height: box.height,
    words: Math.max(...[...words.getClientRects()].map(one => one.right)),
    ink: getComputedStyle(line).borderBottomStyle,
  };
})"""
"""The lines to write on, and where the words before each end."""


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    project = copy_project(tmp_path_factory.mktemp("forms") / "project", SMALL)
    folder = project / "content" / "forms"
    form = yaml.safe_load((folder / "lamp-log.yml").read_text(encoding="utf-8"))
    for name, rows in FORMS.items():
        fields = [_field(number) for number in range(12)]
        known = {key: value for key, value in form.items() if key != "rows"} | ({"rows": rows} if rows else {})
        title = {"title": {"zh": f"{'横' if rows else '竖'}表", "en": f"A {name} form"}}
        text = yaml.safe_dump(known | title | {"fields": fields, "signature_lines": SIGNERS}, allow_unicode=True)
        (folder / f"{name}.yml").write_text(text, encoding="utf-8")
    done = mkdocs(project, "build", "--strict")
    assert done.returncode == 0, done.stderr
    with served(Path(project / "site"), tmp_path_factory.mktemp("host")) as address:
        yield address


def _field(number: int) -> dict[str, object]:
    return {
        "id": f"field-{number}",
        "name": {"zh": "值班负责人签名", "en": "Acknowledgement of the keeper"},
        "write": {"zh": "写清楚。", "en": "Write it clearly."},
        "example": {
            "zh": "十七点四十分，大雾，油够一夜，换过灯芯",
            "en": "17:40, thick fog, oil for the night, a new wick",
        },
    }


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    page.add_init_script("window.print = () => { window.printed = document.documentElement.className }")
    yield page
    page.close()


@pytest.mark.parametrize("edition", ["en", "both"])
@pytest.mark.parametrize("name", FORMS)
def test_a_form_prints_on_one_sheet_empty_and_filled_in(name: str, edition: str, host: str, page: Page) -> None:
    page.goto(f"{host}{edition}/forms/{name}/")
    assert sheets(page) > 1  # the page around it
    for button, filled in enumerate((False, True)):
        press = page.locator(".hb-form .hb-tools button").nth(button)
        press.click()
        assert sheets(page) == 1, filled
        assert page.locator("html.hb-paper").count() == 0  # the page is what it was
        press.click()
        page.emulate_media(media="print")
        assert page.locator(".hb-form__example").first.is_visible() == filled
        box = page.locator(".hb-form__sheet").bounding_box()
        assert box
        assert box["width"] <= page.evaluate("document.documentElement.clientWidth")
        signers = page.locator(".hb-form__signatures li")
        assert all(place["y"] >= box["y"] + box["height"] for place in boxes_of(signers))
        assert_room_to_sign(page)
        page.emulate_media(media="null")


def boxes_of(places: Locator) -> list[FloatRect]:
    found = [box for box in (place.bounding_box() for place in places.all()) if box]
    assert found
    return found


def assert_room_to_sign(page: Page) -> None:
    """Each who signs has a line for the name and one for the date: behind its word, drawn, and large enough."""
    lines = page.evaluate(LINES)
    assert len(lines) == 2 * len(SIGNERS)
    for line in lines:
        assert line["ink"] == "solid"
        assert line["width"] > 55
        assert line["height"] > 20
        assert line["words"] <= line["x"]
        assert line["right"] <= page.evaluate("document.documentElement.clientWidth")


@pytest.mark.parametrize("edition", ["en", "both"])
@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("width", [390, 1366])
def test_a_sheet_has_places_to_sign_on_a_screen_too(width: int, name: str, edition: str, host: str, page: Page) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{host}{edition}/forms/{name}/")
    assert_room_to_sign(page)
    signers = boxes_of(page.locator(".hb-form__signatures li"))
    assert len({place["x"] for place in signers}) == (1 if width == 390 else 2)
    assert page.evaluate("document.documentElement.scrollWidth") == width


def sheets(page: Page) -> int:
    """How many sheets of A4 the page prints on, upright or on its side as the style sheet asks."""
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(format="A4", prefer_css_page_size=True)))


def test_a_register_lies_on_its_side_and_a_form_stands(host: str, page: Page) -> None:
    for name, on_its_side in (("wide", True), ("long", False)):
        page.goto(f"{host}both/forms/{name}/")
        page.locator(".hb-form .hb-tools button").first.click()
        paper = page.pdf(format="A4", prefer_css_page_size=True)
        sizes = re.findall(rb"/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)\s*\]", paper)
        assert [float(width) > float(height) for width, height in sizes] == [on_its_side]


@pytest.mark.parametrize("edition", ["en", "both"])
def test_a_register_stands_as_a_list_on_a_phone(edition: str, host: str, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{host}{edition}/forms/wide/")
    cells = page.locator(".hb-form__sheet tr.hb-form__example td")
    boxes = [box for box in (cell.bounding_box() for cell in cells.all()) if box]
    assert len(boxes) == 12
    assert all(above["y"] + above["height"] <= below["y"] + 1 for above, below in pairwise(boxes))
    assert all(cell.locator(".hb-form__label").is_visible() for cell in cells.all())
    assert not page.locator(".hb-form__empty").first.is_visible()
    fits = "element => element.scrollWidth <= element.clientWidth && element.scrollHeight <= element.clientHeight + 1"
    assert all(cell.evaluate(fits) for cell in cells.all())
    assert unbroken(
        page, ".hb-form td .hb-form__label [lang=en]" if edition == "both" else ".hb-form td .hb-form__label"
    )
    assert page.evaluate("document.documentElement.scrollWidth") == 390


@pytest.mark.parametrize("edition", ["en", "both"])
@pytest.mark.parametrize("name", FORMS)
def test_no_word_of_a_form_is_broken_on_a_desk(name: str, edition: str, host: str, page: Page) -> None:
    page.set_viewport_size({"width": 1366, "height": 900})
    page.goto(f"{host}{edition}/forms/{name}/")
    assert unbroken(page, ".hb-form__sheet th [lang=en]" if edition == "both" else ".hb-form__sheet th")
    assert not page.locator(".hb-form__sheet .hb-form__label:visible").count()  # the head of the table says it
    assert page.evaluate("document.documentElement.scrollWidth") == 1366  # the sheet moves, the page does not


def unbroken(page: Page, selector: str) -> bool:
    """Whether the first word of what `selector` finds stands on one line."""
    lines: int = page.evaluate(
        """selector => {
          const range = document.createRange(), text = document.querySelector(selector).firstChild;
          range.setStart(text, 0);
          range.setEnd(text, "Acknowledgement".length);
          return range.getClientRects().length;
        }""",
        selector,
    )
    return lines == 1


@pytest.mark.parametrize("edition", ["en", "both"])
@pytest.mark.parametrize("path", ["schedules/keeper-year/", "playbooks/fog-bank/", "forms/wide/"])
def test_rows_of_a_working_tool_use_the_width_of_a_phone(path: str, edition: str, host: str, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{host}{edition}/{path}")
    widths = page.locator(".hb-rows td:not(:empty)").evaluate_all("cells => cells.map(cell => cell.offsetWidth)")
    assert widths
    assert min(widths) > 300
    assert not page.locator(".hb-rows thead").first.is_visible()


@pytest.mark.parametrize("width", [390, 1366])
@pytest.mark.parametrize(
    "path", ["forms/wide/", "forms/long/", "schedules/keeper-year/", "self-check/", "guides/about/"]
)
def test_axe_finds_nothing(path: str, width: int, host: str, page: Page) -> None:
    for edition in ("en", "both"):
        page.goto(f"{host}{edition}/{path}")
        assert axe.findings([(page, width)], "light", complete=True) == [[]]
        assert axe.findings([(page, width)], "dark", complete=False) == [[]]
