"""Arabic as a third language: pages run from right to left, and beside another language each runs its own way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, Locator, Page

from generator.render.figures.measure import width

from ..support import arabic
from ..support.project import copy_project, mkdocs
from ..support.server import served
from .test_figures import MEASURE

KINDS = (
    "",
    "duties/",
    "duties/lamp/",
    "tips/wipe/",
    "outcomes/harbour/",
    "outcome-map/",
    "cases/two-keepers/",
    "debates/alone/",
    "guides/about/",
    "compare/",
    "terms/",
    "forms/lamp-log/",
    "playbooks/fog-bank/",
    "schedules/keeper-year/",
    "self-check/",
    "publications/lights-act/",
    "answers/k1/",
    "morning-sheet/",
)

BEYOND = """() => {
  const root = document.documentElement;
  const found = root.scrollWidth > root.clientWidth ? [`the page is ${root.scrollWidth} px wide`] : [];
  const scrolls = element => {
    for (let box = element; box; box = box.parentElement)
      if (/auto|scroll/.test(getComputedStyle(box).overflowX) && box !== document.body && box !== root) return true;
    return false;
  };
  const words = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    const element = words.currentNode.parentElement;
    if (!words.currentNode.data.trim() || scrolls(element)) continue;
    if (element.closest("svg, .md-sidebar, template, option")) continue;
    const style = getComputedStyle(element);
    if (style.visibility !== "visible" || style.clipPath !== "none") continue;
    const range = document.createRange();
    range.selectNodeContents(words.currentNode);
    for (const box of range.getClientRects())
      if (box.width > 1 && (box.left < -1 || box.right > root.clientWidth + 1)) found.push(element.textContent);
  }
  return found;
}"""

SIDES = """span => {
  const range = document.createRange();
  range.selectNodeContents(span);
  const all = [...range.getClientRects()], top = Math.min(...all.map(one => one.top));
  const line = all.filter(one => one.top < top + 12), box = span.getBoundingClientRect();
  const style = getComputedStyle(span);
  const inner = side => parseFloat(style["padding" + side]) + parseFloat(style[`border${side}Width`]);
  return [
    Math.min(...line.map(one => one.left)) - box.left - inner("Left"),
    box.right - Math.max(...line.map(one => one.right)) - inner("Right"),
  ];
}"""
"""How far the first line of words is from the left and the right of its box."""

AGAINST = """() => [...document.querySelectorAll("article :is(p, li, td, th, h1, h2, h3)")]
  .filter(element => element.checkVisibility() && !element.closest("svg, .hb-specimen, caption, .hb-form__sheet"))
  .map(element => [getComputedStyle(element).textAlign, element.textContent.trim().slice(0, 40)])
  .filter(([align]) => !["start", "right"].includes(align))"""
"""What is set against the direction of a page that runs from right to left."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("arabic")
    project = copy_project(folder / "project", arabic.write(folder / "content"))
    arabic.add_words(project / "generator" / "render" / "strings")
    done = mkdocs(project, "build", "--strict")
    assert done.returncode == 0, done.stderr
    with served(project / "site", tmp_path_factory.mktemp("host")) as address:
        yield address


def box(place: Locator) -> dict[str, float]:
    found: Any = place.bounding_box()
    assert found, place
    return {**found, "right": found["x"] + found["width"]}


def test_on_a_desk_the_navigation_stands_on_the_right(address: str, page: Page) -> None:
    page.goto(f"{address}ar/duties/lamp/")
    assert page.evaluate("[document.documentElement.dir, document.body.dir, document.documentElement.lang]") == [
        *("rtl", "rtl", "ar")
    ]
    navigation, text, contents = (
        box(page.locator(place)) for place in (".md-sidebar--primary", "article", ".md-sidebar--secondary")
    )
    assert contents["right"] <= text["x"] + 1
    assert text["right"] <= navigation["x"] + 1
    assert box(page.locator(".md-header .md-logo"))["x"] > 1000
    first, second = (box(page.locator(".md-tabs__link").nth(index)) for index in (0, 1))
    assert second["right"] < first["x"]


def test_on_a_phone_the_navigation_comes_in_from_the_right(address: str, phone: Page) -> None:
    phone.goto(f"{address}ar/duties/lamp/")
    phone.locator("button.hb-menu").click()
    phone.wait_for_function(
        "() => { const box = document.querySelector('.md-sidebar--primary').getBoundingClientRect();"
        " return Math.abs(box.right - innerWidth) < 1 && box.left > 50 }"
    )


def test_text_begins_on_the_right_with_all_that_stands_before_it(address: str, page: Page) -> None:
    for kind in KINDS:
        page.goto(f"{address}ar/{kind}")
        assert page.evaluate(AGAINST) == [], kind
    page.goto(f"{address}ar/duties/lamp/")
    lead, step, tick = (page.locator(place).first for place in (".hb-lead", ".hb-steps li", ".hb-tick"))
    style = "element => [getComputedStyle(element).borderRightWidth, getComputedStyle(element).borderLeftWidth]"
    assert lead.evaluate(style) == ["3px", "0px"]
    assert step.evaluate(style) == ["2px", "0px"]
    item = box(page.locator(".hb-box--checklist li").first)
    assert box(tick)["x"] > item["x"] + item["width"] / 2
    numbers = "element => getComputedStyle(element, '::before').right"
    assert float(step.evaluate(numbers).removesuffix("px")) < 0


def test_the_line_to_sign_on_is_to_the_left_of_its_word(address: str, page: Page) -> None:
    page.goto(f"{address}ar/forms/lamp-log/")
    name, date = page.locator(".hb-form__lines > span").all()
    assert name.inner_text().strip() == "التوقيع"
    for place in (name, date):
        assert box(place.locator("i"))["right"] < box(place)["right"] - 10
    assert box(date)["right"] < box(name)["x"]


@pytest.mark.parametrize("edition", ["ar", "zh-ar", "ar-en"])
@pytest.mark.parametrize("room", [390, 1366])
def test_nothing_is_wider_than_the_page(edition: str, room: int, address: str, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": room, "height": 844})
    page = context.new_page()
    for kind in KINDS:
        page.goto(f"{address}{edition}/{kind}")
        assert page.evaluate(BEYOND) == [], kind
    context.close()


@pytest.mark.parametrize(("edition", "first", "second"), [("ar-en", "ar", "en"), ("zh-ar", "zh-Hans", "ar")])
def test_side_by_side_each_language_runs_its_own_way(
    edition: str, first: str, second: str, address: str, browser: Browser
) -> None:
    for room in (1366, 390):
        context = browser.new_context(viewport={"width": room, "height": 900})
        page = context.new_page()
        page.goto(f"{address}{edition}/duties/lamp/")
        pair = page.locator(".hb-lead .hb-pair > span")
        assert pair.evaluate_all("all => all.map(span => span.lang)") == [first, second]
        for place in pair.all():
            arabic_here = place.get_attribute("lang") == "ar"
            assert place.evaluate("span => getComputedStyle(span).direction") == ("rtl" if arabic_here else "ltr")
            sides = place.evaluate(SIDES)
            assert abs(sides[1 if arabic_here else 0]) < 2, (edition, room, sides)
        boxes = [box(place) for place in pair.all()]
        if room == 390:
            assert boxes[1]["y"] >= boxes[0]["y"] + boxes[0]["height"] - 1
        elif first == "ar":  # the first column is where the page begins
            assert boxes[1]["right"] < boxes[0]["x"]
        else:
            assert boxes[0]["right"] < boxes[1]["x"]
        context.close()


def test_a_list_within_a_block_that_runs_the_other_way_has_its_marks_on_its_own_side(address: str, page: Page) -> None:
    page.goto(f"{address}ar-en/guides/about/")
    margins = "list => [getComputedStyle(list).marginLeft, getComputedStyle(list).marginRight].map(parseFloat)"
    for language, side in (("en", 0), ("ar", 1)):
        found = page.locator(f'div[lang="{language}"] > ol > li').first.evaluate(margins)
        assert found[side] > 10, (language, found)
        assert found[1 - side] == 0, (language, found)


@pytest.mark.parametrize("edition", ["ar", "ar-en", "zh-ar"])
@pytest.mark.parametrize("room", [390, 1366])
def test_words_of_figures_are_legible_apart_and_inside(edition: str, room: int, address: str, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": room, "height": 900})
    page = context.new_page()
    for path in ("outcome-map/", "cases/two-keepers/", "guides/about/"):
        page.goto(f"{address}{edition}/{path}")
        found = page.evaluate(MEASURE)
        assert found.pop("count") > 3, path
        assert found == {"small": [], "outside": [], "overlaps": []}, path
    context.close()


def test_words_of_a_mirrored_figure_are_where_a_mirror_shows_them(address: str, page: Page) -> None:
    page.goto(f"{address}ar-en/guides/about/")
    cards = page.evaluate(
        "() => [...document.querySelectorAll('.hb-wide .card')].map(card => {"
        " const frame = card.getBoundingClientRect();"
        " return [...card.parentElement.querySelectorAll('text.t1, text.end:not(.t3)')]"
        ".map(text => [text.getAttribute('lang'), Math.round(frame.right - text.getBoundingClientRect().right)]) })"
    )
    assert len(cards) == 2
    for card in cards:
        assert {language for language, _ in card} == {"ar", "en"}
        assert all(8 <= gap <= 12 for _, gap in card), cards


def test_the_search_shows_each_text_in_its_own_direction(address: str, page: Page) -> None:
    page.goto(f"{address}ar/")
    page.locator(".hb-search-button").click()
    field = page.locator(".hb-search__query")
    direction = "element => getComputedStyle(element).direction"
    assert field.evaluate(direction) == "rtl"  # of the words that say what to type
    field.fill("enough")
    page.wait_for_function("document.querySelector('#hb-search').dataset.asked === 'enough'")
    assert field.evaluate(direction) == "ltr"
    assert page.locator(".hb-search__page", has_text="Alone is enough").first.evaluate(direction) == "ltr"
    field.fill("المصباح")
    page.wait_for_function("document.querySelector('#hb-search').dataset.asked === 'المصباح'")
    assert page.locator(".hb-search__page").first.inner_text() == "إضاءة المصباح"
    assert page.locator(".hb-search__page").first.evaluate(direction) == "rtl"


def test_above_the_editions_each_language_runs_its_own_way(address: str, plain: Page) -> None:
    for place in ("", "404.html"):
        plain.goto(f"{address}{place}")
        runs = plain.locator("main > div").evaluate_all("all => all.map(one => [one.lang, one.dir])")
        assert runs == [["en", "ltr"], ["zh-Hans", "ltr"], ["ar", "rtl"]]
        assert plain.locator('nav a[lang="ar"]').first.get_attribute("dir") == "rtl"


def test_a_title_in_another_language_says_so_wherever_it_stands(address: str, page: Page) -> None:
    page.goto(f"{address}ar/tips/wipe/")
    for place in ("h1", ".md-sidebar--primary .md-nav__link--active"):
        title = page.locator(place, has_text="Alone is enough").first.locator('[lang="en"][dir="ltr"]').first
        assert title.inner_text().strip("\u2068\u2069").startswith("Alone is enough"), place
    page.goto(f"{address}ar/schedules/keeper-year/")
    contents = page.locator(".md-sidebar--secondary .md-nav__link", has_text="Summer").locator('[lang="en"][dir="ltr"]')
    assert contents.inner_text() == "Summer"
    page.goto(f"{address}ar/duties/lamp/")
    listed = page.locator("#content .hb-elsewhere", has_text="Alone is enough").first
    assert listed.evaluate("span => getComputedStyle(span, '::after').content").replace('"', "") == " (en)"


def test_no_arabic_word_is_wider_than_the_figures_take_it_to_be(page: Page) -> None:
    """Their boxes are made by an estimate: what the widest of the common fonts takes."""
    files = (arabic.ARABIC / "ar.yml", arabic.ARABIC / "texts.yml")
    said = [item for file in files for item in yaml.safe_load(file.read_text(encoding="utf-8")).items()]
    texts = [text for key, text in said if not key.startswith("language.")]  # what is said of the language itself
    words = sorted({word for text in texts for word in text.split() if "\u0621" <= word[0] <= "\u064a"})
    assert len(words) > 500
    page.set_content("<canvas></canvas>")
    for weight, bold in (("", False), ("bold ", True)):
        measured = page.evaluate(
            "([words, font]) => { const canvas = document.querySelector('canvas').getContext('2d');"
            " canvas.font = font; return words.map(word => canvas.measureText(word).width) }",
            [words, f'{weight}100px "DejaVu Sans"'],
        )
        assert [word for word, taken in zip(words, measured, strict=True) if taken > width(word, 100, bold)] == []
