"""The figures in a browser: legible, apart, within their frames, and every mark leads somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from ..support.paths import EDITIONS

FIGURES = ("outcome-map/", "cases/eight-directors/", "guides/the-post/")

MEASURE = """() => {
  const found = { small: [], outside: [], overlaps: [], count: 0 };
  for (const svg of document.querySelectorAll("svg.f[role=group]")) {
    const frame = svg.getBoundingClientRect();
    if (!frame.width) continue;
    const scale = frame.width / svg.viewBox.baseVal.width;
    const texts = [...svg.querySelectorAll("text")].map((text) => {
      const box = text.getBoundingClientRect();
      const size = parseFloat(getComputedStyle(text).fontSize) * scale;
      if (size < 10.9) found.small.push([text.textContent, size]);
      return { words: text.textContent, box };
    });
    found.count += texts.length;
    for (const { words, box } of texts)
      if (box.left < frame.left - 1 || box.right > frame.right + 1) found.outside.push(words);
      else if (box.top < frame.top - 2 || box.bottom > frame.bottom + 2) found.outside.push(words);
    texts.forEach((one, index) => {
      for (const two of texts.slice(index + 1)) {
        const across = Math.min(one.box.right, two.box.right) - Math.max(one.box.left, two.box.left);
        const down = Math.min(one.box.bottom, two.box.bottom) - Math.max(one.box.top, two.box.top);
        if (across > 1 && down > 2) found.overlaps.push([one.words, two.words]);
      }
    });
  }
  return found;
}"""


@pytest.fixture
def shown(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": request.param, "height": 900})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("shown", [390, 800, 1366], indirect=True)
@pytest.mark.parametrize("edition", EDITIONS)
def test_words_are_legible_apart_and_inside(edition: str, shown: Page, address: str) -> None:
    for path in FIGURES:
        shown.goto(f"{address}{edition}/{path}")
        found = shown.evaluate(MEASURE)
        assert found.pop("count") > 8, path
        assert found == {"small": [], "outside": [], "overlaps": []}, path
        assert shown.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize(("shown", "whole"), [(390, False), (1366, True)], indirect=["shown"])
def test_the_map_is_in_one_piece_on_a_desk_and_in_panels_on_a_phone(shown: Page, whole: bool, address: str) -> None:
    shown.goto(f"{address}en/outcome-map/")
    assert shown.locator(".hb-map").is_visible() is whole
    assert shown.locator(".hb-panels").is_visible() is not whole
    assert shown.locator(".hb-moves table").is_visible()


@pytest.mark.parametrize("shown", [390, 1366], indirect=True)
def test_marks_lead_to_their_outcomes_by_pointer_and_by_key(shown: Page, address: str) -> None:
    shown.goto(f"{address}zh/outcome-map/")
    mark = shown.locator('svg.f a[href="../outcomes/retirement/"]:visible')
    mark.click()
    assert shown.url == f"{address}zh/outcomes/retirement/"
    shown.go_back()
    mark.focus()
    assert mark.evaluate("link => getComputedStyle(link.querySelector('rect')).strokeWidth") == "3px"
    shown.keyboard.press("Enter")
    shown.wait_for_url("**/zh/outcomes/retirement/")


@pytest.mark.parametrize("shown", [1366], indirect=True)
def test_chips_lead_to_their_evidence(shown: Page, address: str) -> None:
    shown.goto(f"{address}en/debates/promotion-certain/")
    for chip in shown.locator(".hb-balance .hb-chip").all():
        target = (chip.get_attribute("href") or "").removeprefix("#")
        assert shown.locator(f"[id='{target}'].hb-evidence").count() == 1, target
    assert not re.search(r"\d+ (answers|votes)|\d+ ?%", shown.inner_text(".hb-balance"))
    shown.goto(f"{address}en/debates/")
    assert "not a vote" in shown.inner_text("article")


def test_the_search_finds_no_words_of_figures(site: Path) -> None:
    for file in (site / "zh").rglob("*"):
        if file.suffix in {".json", ".js", ".txt"}:
            assert "一人说法" not in file.read_text("utf-8"), file
