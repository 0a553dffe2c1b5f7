"""What helps while reading: meanings and sources beside the text, checklists, links to copy, hidden languages."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page

from generator.content.handbook import Handbook

from ..support.paths import SMALL
from ..support.project import copy_project, mkdocs
from ..support.server import served

DUTY = "duties/itinerary/"
TIP = "tips/whom-to-serve/"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(
        viewport={"width": 1366, "height": 900}, permissions=["clipboard-read", "clipboard-write"]
    )
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """A page without JavaScript."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    yield context.new_page()
    context.close()


def copied(page: Page) -> str:
    page.wait_for_function("document.querySelector('.hb-status').textContent")
    text: str = page.evaluate("navigator.clipboard.readText()")
    return text


def outline(mark: Locator) -> str | None:
    return mark.get_attribute("aria-expanded")


def test_a_meaning_opens_by_click_and_by_key_and_escape_closes_it(address: str, page: Page) -> None:
    page.goto(f"{address}en/{TIP}")
    mark, pop = page.locator(".hb-lead .hb-term").first, page.locator(".hb-pop")
    mark.click()
    assert outline(mark) == "true"
    assert "一把手" in pop.inner_text()
    assert "yībǎshǒu" in pop.inner_text()
    page.keyboard.press("Escape")
    assert (pop.count(), outline(mark)) == (0, "false")
    for key in ("Enter", "Space"):
        mark.focus()
        page.keyboard.press(key)
        assert pop.count() == 1
        page.keyboard.press("Tab")  # what opened is next
        assert pop.locator("a").first.evaluate("link => link === document.activeElement")
        page.keyboard.press("Escape")
        assert mark.evaluate("mark => mark === document.activeElement")
        assert pop.count() == 0
    assert page.url == f"{address}en/{TIP}"


def test_a_meaning_opens_under_the_mouse_stays_while_the_mouse_is_on_it_and_goes(address: str, page: Page) -> None:
    page.goto(f"{address}zh/{TIP}")
    mark, pop = page.locator(".hb-lead .hb-term").first, page.locator(".hb-pop")
    mark.hover()
    pop.wait_for()
    pop.hover()
    page.wait_for_timeout(500)
    assert pop.count() == 1
    page.locator("h1").hover()
    pop.wait_for(state="detached")


def test_meanings_and_sources_open_by_touch_and_stay_within_a_narrow_screen(address: str, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640}, has_touch=True, is_mobile=True)
    page = context.new_page()
    for edition in ("zh", "en", "zh-en"):
        page.goto(f"{address}{edition}/{TIP}")
        for kind in (".hb-lead .hb-term", ".hb-lead .hb-cite", ".hb-box--boundary .hb-cite--rule"):
            page.locator(kind).first.tap()
            box = page.locator(".hb-pop").bounding_box()
            assert box
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= 320
            page.locator(".hb-pop__close").tap()
            assert page.locator(".hb-pop").count() == 0
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()


def test_a_source_says_which_answer_how_it_bears_and_how_far_it_reaches(address: str, page: Page) -> None:
    page.goto(f"{address}en/{TIP}")
    page.locator(".hb-column--do .hb-cite", has_text="A13").first.click()
    pop = page.locator(".hb-pop")
    passage = page.locator("#e-a13-50").inner_text().splitlines()
    shown = pop.inner_text()
    assert all(line in shown for line in passage)
    assert "qualifies" in shown
    assert page.locator(".hb-limits summary").text_content() in shown  # type: ignore[operator]
    assert pop.locator('a[href$="/answers/a13/"]').count() == 1
    pop.get_by_text("Go to the passage").click()
    assert page.url.endswith("#e-a13-50")


def test_a_source_that_is_a_rule_says_what_the_rule_is(address: str, page: Page) -> None:
    page.goto(f"{address}en/{TIP}")
    page.locator(".hb-cite--rule").first.click()
    pop = page.locator(".hb-pop")
    assert "rules" in page.locator(".hb-label", has_text="rules cited").inner_text()
    assert len(pop.inner_text()) > 100
    assert pop.locator('a[href*="/publications/"]').count() == 1
    assert "the editors’" in page.inner_text("article")  # whose sentences those without a mark are


def test_from_a_source_all_that_rests_on_it_is_one_step_away(address: str, plain: Page) -> None:
    for source, kind in (("answers/a13/", "#e-a13-"), ("publications/civil-servant-law/", "#art-")):
        plain.goto(f"{address}zh/{source}")
        rests = plain.locator("#rests ~ ul li")
        assert rests.count() > 5
        for item in rests.all():
            links = item.locator("a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
            marks = item.locator(".hb-cite").evaluate_all("links => links.map(link => link.getAttribute('href'))")
            if "self-check" not in links[0]:
                assert marks, item.inner_text()
                assert all(kind in mark or mark == "./" for mark in marks), item.inner_text()  # or all of the source


def test_links_to_sections_and_statements_can_be_copied(address: str, page: Page) -> None:
    url = f"{address}zh/{DUTY}"
    page.goto(url)
    page.locator("#steps").hover()
    page.locator("#steps .headerlink").click()
    assert copied(page) == page.url == f"{url}#steps"
    assert page.locator(".hb-status").get_attribute("role") == "status"
    statement = page.locator("#failures-2")
    statement.hover()
    statement.locator(".hb-here").click()
    page.wait_for_function("navigator.clipboard.readText().then(text => text.endsWith('#failures-2'))")
    page.locator(".hb-steps .hb-cite").first.press("Enter")
    page.locator(".hb-pop").get_by_role("button", name="复制链接").click()
    page.wait_for_function("navigator.clipboard.readText().then(text => text.endsWith('#steps-1'))")
    page.goto(f"{url}#failures-2")
    assert page.evaluate("document.querySelector(':target').id") == "failures-2"


def ticks(page: Page) -> list[bool]:
    return [tick.is_checked() for tick in page.locator(".hb-tick").all()]


def test_ticks_stay_on_the_device_in_every_edition_until_they_are_cleared(address: str, page: Page) -> None:
    page.goto(f"{address}zh/{DUTY}")
    items, count = page.locator(".hb-box--checklist li"), page.locator(".hb-count")
    total = items.count()
    items.nth(1).click(position={"x": 60, "y": 12})  # the words of an item are its label
    page.locator(".hb-tick").nth(2).check()
    assert count.inner_text() == f"已勾 2 / {total}"
    assert count.get_attribute("role") == "status"
    name = page.locator(".hb-tick").nth(1).get_attribute("aria-label")
    assert name == "必须由领导本人去的会，已提前报告，领导认可。"
    for edition in ("zh", "en", "zh-en"):
        page.goto(f"{address}{edition}/{DUTY}")
        assert [index for index, ticked in enumerate(ticks(page)) if ticked] == [1, 2]
    page.goto(f"{address}en/duties/trip-support/")
    assert not any(ticks(page))
    page.goto(f"{address}en/{DUTY}")
    page.get_by_role("button", name="Clear ticks").click()
    assert count.inner_text() == f"Ticked 0 / {total}"
    page.reload()
    assert not any(ticks(page))
    assert page.evaluate("Object.keys(localStorage)") == []


def test_a_link_in_an_item_and_its_source_tick_nothing(address: str, page: Page) -> None:
    page.goto(f"{address}zh/{DUTY}")
    page.locator(".hb-box--checklist .hb-term").first.click()
    page.locator(".hb-pop__close").click()
    page.locator(".hb-box--checklist .hb-cite").first.click()
    page.locator(".hb-pop").click(position={"x": 20, "y": 10})
    assert not any(ticks(page))


def test_a_checklist_prints_as_a_sheet_with_empty_boxes(address: str, page: Page) -> None:
    page.add_init_script("window.print = () => { window.printed = document.documentElement.className }")
    page.goto(f"{address}en/{DUTY}")
    page.locator(".hb-tick").first.check()
    page.get_by_role("button", name="Print as a sheet").click()
    assert "hb-sheet" in page.evaluate("window.printed")
    page.emulate_media(media="print")
    shown = page.locator("body").inner_text()
    heading = page.locator("h1").inner_text()
    assert shown.strip().startswith(heading)
    assert f"{address}en/{DUTY}#checklist" in shown
    assert "Date" in shown
    assert "Where" not in shown
    assert page.locator(".hb-steps, .hb-tick, .hb-cite, .hb-tools, h2").filter(visible=True).count() == 0
    items = page.locator(".hb-box--checklist li")
    assert items.first.evaluate("item => getComputedStyle(item, '::before').display") != "none"
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator(".hb-steps").is_visible()


def test_every_page_prints_without_what_is_for_the_screen(address: str, page: Page) -> None:
    page.emulate_media(media="print", color_scheme="dark")
    for path in ("", DUTY, TIP, "debates/promotion-certain/", "terms/", "publications/civil-servant-law/"):
        page.goto(f"{address}zh-en/{path}")
        for part in (".md-header", ".md-tabs", ".md-sidebar", ".md-footer", ".hb-switch", ".hb-show", ".headerlink"):
            assert page.locator(part).filter(visible=True).count() == 0, (path, part)
        assert page.locator("h1").evaluate("title => getComputedStyle(title).color") == "rgb(0, 0, 0)"
        external = page.locator('article a[href^="http"]')
        if external.count():
            said = external.first.evaluate("link => getComputedStyle(link, '::after').content")
            assert "http" in said


def test_one_language_can_be_hidden_on_all_pages_and_stays_so(address: str, page: Page) -> None:
    page.goto(f"{address}zh-en/{TIP}")
    zh, en = page.locator('.hb-lead [lang="zh-Hans"]'), page.locator('.hb-lead [lang="en"]')
    buttons = page.locator(".hb-show button")
    for chosen, shown in ((1, (True, False)), (2, (False, True))):
        buttons.nth(chosen).click()
        for path in (TIP, DUTY, "debates/promotion-certain/", "guides/how-to-read/"):
            page.goto(f"{address}zh-en/{path}", wait_until="commit")
            page.wait_for_selector(".hb-lead")
            assert (zh.first.is_visible(), en.first.is_visible()) == shown, path
            assert page.locator("h1 [lang]").filter(visible=True).count() == 1
        page.goto(f"{address}zh-en/{TIP}")
        marks = page.locator(".hb-lead .hb-cite").filter(visible=True)
        assert marks.count() == page.locator(".hb-lead .hb-cite").count() / 2  # of the language that stays
        assert [button.get_attribute("aria-pressed") for button in buttons.all()].index("true") == chosen
        page.emulate_media(media="print")
        assert (zh.first.is_visible(), en.first.is_visible()) == shown
        page.emulate_media(media="screen")
    page.goto(f"{address}en/{TIP}")
    assert page.locator(".hb-lead").inner_text()
    assert buttons.count() == 0
    page.goto(f"{address}zh-en/{TIP}")
    buttons.first.click()
    assert zh.first.is_visible()
    assert en.first.is_visible()
    assert page.evaluate("Object.keys(localStorage)") == []


def test_without_javascript_all_is_there_and_every_mark_is_a_link(address: str, plain: Page) -> None:
    plain.goto(f"{address}zh-en/{DUTY}")
    assert plain.locator(".hb-lead [lang]").filter(visible=True).count() == 2
    assert plain.locator(".hb-show, .hb-tools, .hb-tick").filter(visible=True).count() == 0
    item = plain.locator(".hb-box--checklist li").first
    assert item.evaluate("item => getComputedStyle(item, '::before').display") != "none"
    plain.locator(".hb-lead .hb-cite").first.click()
    assert plain.url.endswith("#e-a02-11")
    plain.locator(".hb-words summary").click()
    assert "xíngchéng" in plain.locator(".hb-words").inner_text()
    plain.locator(".hb-lead .hb-term").last.click()
    assert plain.url.endswith("/terms/#xingcheng")


def test_where_storage_and_clipboard_are_refused_the_page_still_works(address: str, browser: Browser) -> None:
    context = browser.new_context()
    context.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } });"
        "Object.defineProperty(navigator, 'clipboard', { value: undefined });"
    )
    errors: list[str] = []
    context.on("weberror", lambda error: errors.append(str(error.error)))
    page = context.new_page()
    page.goto(f"{address}en/{DUTY}")
    page.locator(".hb-tick").first.check()
    page.locator("#steps .headerlink").click(force=True)
    page.wait_for_selector(".hb-status:not(:empty)")
    assert page.locator(".hb-count").inner_text().startswith("Ticked 1")
    assert errors == []
    context.close()


def test_the_script_is_small(site: Path) -> None:
    scripts = list(site.glob("assets/reading.*.js"))
    assert len(scripts) == 1
    assert len(gzip.compress(scripts[0].read_bytes())) <= 4500


# --- review and objections -----------------------------------------------------------------------------------


def test_pages_say_when_they_were_reviewed_and_where_they_are_written(
    handbook: Handbook, address: str, plain: Page
) -> None:
    assert handbook.settings.reviewed
    day = handbook.settings.reviewed.date
    for edition, said in (("zh", f"编者 {day} 最后审读"), ("en", f"Last reviewed {day} by the editors")):
        plain.goto(f"{address}{edition}/{TIP}")
        assert plain.locator(".hb-reviewed").inner_text() == said
        link = plain.locator(".hb-foot a").first.get_attribute("href")
        assert (link or "").endswith("/content/tips/whom-to-serve.yml")
        assert plain.locator(".hb-object").count() == 0  # no address is configured


def test_an_objection_is_a_mail_that_says_which_statement_of_which_page(
    tmp_path_factory: pytest.TempPathFactory, browser: Browser
) -> None:
    project = copy_project(tmp_path_factory.mktemp("small"), SMALL)
    done = mkdocs(project, "build", "--strict")
    assert done.returncode == 0, done.stderr
    context = browser.new_context()
    page = context.new_page()
    with served(project / "site", tmp_path_factory.mktemp("host")) as address:
        page.goto(f"{address}en/duties/lamp/")
        mail = urlsplit(page.locator(".hb-object").get_attribute("href") or "")
        assert (mail.scheme, mail.path) == ("mailto", "keeper@example.org")
        asked = parse_qs(mail.query)
        assert asked["subject"] == ["Lighting the lamp"]
        assert asked["body"] == ["https://example.org/handbook/en/duties/lamp/"]
        assert "2026-11-20" in page.locator(".hb-reviewed").inner_text()
        page.locator("#failures-1 .hb-cite").first.click()
        body = page.locator(".hb-pop a[href^=mailto]").get_attribute("href")
        said = parse_qs(urlsplit(body or "").query)["body"][0]
        assert said.startswith(f"{address}en/duties/lamp/#failures-1")
        assert "Waiting to be asked." in said
    context.close()


# --- what readers have found -----------------------------------------------------------------------------------


def test_a_source_on_the_comparison_leads_somewhere_where_objections_are_asked_for(
    tmp_path_factory: pytest.TempPathFactory, browser: Browser
) -> None:
    project = copy_project(tmp_path_factory.mktemp("small"), SMALL)
    done = mkdocs(project, "build", "--strict")
    assert done.returncode == 0, done.stderr
    page = browser.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    with served(project / "site", tmp_path_factory.mktemp("host")) as address:
        page.goto(f"{address}en/compare/")
        marks = page.locator("td .hb-cite")
        for number in range(marks.count()):
            mark = marks.nth(number)
            leads_to = mark.evaluate("mark => mark.href")
            mark.click()
            shown = page.locator(".hb-pop a[href^=mailto]").is_visible()
            assert shown or page.url == leads_to  # what it says stands on another page
            page.goto(f"{address}en/compare/")
        assert marks.count()
    page.close()
    assert errors == []


def test_a_heading_is_copied_without_what_is_beside_it(address: str, plain: Page) -> None:
    plain.goto(f"{address}zh/{TIP}")
    copied: str = plain.evaluate(
        "() => { getSelection().selectAllChildren(document.body); return `${getSelection()}` }"
    )
    heading = plain.locator("article h2").first
    words = heading.evaluate("heading => heading.firstChild.textContent")
    assert heading.locator(".headerlink").count()
    assert words in copied
    assert f"{words}#" not in copied
    assert "EN对照" not in copied


OVER_THE_CROSS = """pop => {
  const cross = pop.querySelector(".hb-pop__close").getBoundingClientRect();
  const walker = document.createTreeWalker(pop, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    const isOver = ({ left, right, top, bottom }) =>
      left < cross.right && right > cross.left && top < cross.bottom && bottom > cross.top;
    if (!walker.currentNode.parentNode.closest(".hb-pop__close") && [...range.getClientRects()].some(isOver))
      found.push(walker.currentNode.data);
  }
  return found;
}"""


def test_the_cross_of_what_opens_covers_no_words_and_closes_it_by_touch_and_key(address: str, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page = context.new_page()
    pop, cross = page.locator(".hb-pop"), page.locator(".hb-pop__close")
    for edition in ("zh", "en", "zh-en"):
        page.goto(f"{address}{edition}/{DUTY}")
        for kind in (".hb-term", ".hb-cite"):
            mark = page.locator(f"#content {kind}[role=button]").first
            mark.tap()
            assert pop.evaluate(OVER_THE_CROSS) == []
            cross.tap()
            assert pop.count() == 0
            for key in ("Enter", "Space"):
                mark.focus()
                page.keyboard.press(key)
                cross.focus()
                page.keyboard.press(key)
                assert pop.count() == 0
                assert mark.evaluate("mark => mark === document.activeElement")
    context.close()


ALONE = """() => {
  const alone = [];
  for (const heading of document.querySelectorAll("#content :is(h1, h2, h3):has(.headerlink)")) {
    const link = heading.querySelector(".headerlink");
    const words = document.createRange();
    words.setStart(heading, 0);
    words.setEndBefore(link);
    for (let width = 180; width < 420; width++) { // where every word fits
      heading.style.width = `${width}px`;
      const last = [...words.getClientRects()].filter(rect => rect.width).at(-1);
      const mark = [...link.getClientRects()].filter(rect => rect.width).at(-1);
      if (last && mark && mark.top > last.bottom - 2) alone.push([heading.textContent, width]);
    }
  }
  return alone;
}"""


@pytest.mark.parametrize("path", [f"zh/{DUTY}", f"en/{DUTY}", "zh/publications/food-safety-law/"])
def test_the_mark_of_a_heading_is_never_alone_in_a_line(path: str, address: str, page: Page) -> None:
    page.goto(f"{address}{path}")
    assert page.locator("#content .headerlink").count() > 1
    assert page.evaluate(ALONE) == []
