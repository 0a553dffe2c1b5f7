"""Each edition speaks its languages, and a reader goes from one to another without losing the place."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from ..support.paths import EDITIONS
from ..support.searching import below


def test_the_language_switch_keeps_page_and_place(address: str, page: Page) -> None:
    page.goto(f"{address}zh/duties/itinerary/")
    page.evaluate("document.getElementById('failures').scrollIntoView()")
    page.locator('.hb-languages a[hreflang="en"]').click()
    page.wait_for_url("**/en/**")
    assert below(address, page) == "en/duties/itinerary/#failures"
    page.locator(".hb-languages a", has_text="中英对照").click()
    page.wait_for_url("**/zh-en/**")
    assert below(address, page).startswith("zh-en/duties/itinerary/")


def test_without_javascript_the_switch_keeps_the_page_and_each_heading_keeps_the_place(
    address: str, plain: Page
) -> None:
    plain.goto(f"{address}en/debates/hard-or-easy/")
    plain.locator('.hb-languages a[hreflang="zh-Hans"]').first.click()
    assert below(address, plain) == "zh/debates/hard-or-easy/"
    plain.locator("#use .hb-switch a", has_text="EN").click()
    assert below(address, plain) == "en/debates/hard-or-easy/#use"
    assert plain.locator("#use").bounding_box()["y"] < 300  # type: ignore[index]


def test_the_first_page_suggests_and_sends_nobody_anywhere(address: str, browser: Browser) -> None:
    for locale, suggested in (("zh-CN", "zh/"), ("en-US", "en/"), ("fr-FR", None)):
        context = browser.new_context(locale=locale)
        page = context.new_page()
        page.goto(address, wait_until="networkidle")
        assert page.url == address
        links = [urlsplit(link.get_attribute("href") or "").path for link in page.locator("main nav a").all()]
        assert [link.removeprefix("./") for link in links] == [f"{edition}/" for edition in EDITIONS]
        marked = [link.get_attribute("href") for link in page.locator("main nav a.suggested").all()]
        assert [(link or "").removeprefix("./") for link in marked] == ([suggested] if suggested else [])
        context.close()


def test_each_language_of_the_first_page_has_its_own_fonts(address: str, plain: Page) -> None:
    """In those of Chinese an apostrophe of English is as wide as a character; the first language is Chinese here."""
    plain.goto(address)
    families = {
        language: plain.locator(f"main div[lang='{language}'] p").first.evaluate("p => getComputedStyle(p).fontFamily")
        for language in ("zh-Hans", "en")
    }
    assert "PingFang" in families["zh-Hans"]
    assert "PingFang" not in families["en"]
    assert "Segoe UI" in families["en"]


def test_a_missing_page_offers_every_edition_at_any_depth(address: str, plain: Page) -> None:
    response = plain.goto(f"{address}zh/duties/there/is/no/such/page/")
    assert response is not None
    assert response.status == 404
    assert "There is no such page" in plain.inner_text("main")
    assert [link.get_attribute("href") for link in plain.locator("main nav a").all()] == [
        f"/handbook/{edition}/" for edition in EDITIONS
    ]


@pytest.mark.parametrize(
    ("edition", "words"),
    [("zh", ["搜索", "目录", "切换到"]), ("en", ["Search", "Table of contents", "Switch to"])],
)
def test_the_interface_speaks_the_language_of_the_edition(
    edition: str, words: list[str], address: str, page: Page
) -> None:
    page.goto(f"{address}{edition}/duties/itinerary/")
    interface = page.content()
    for word in words:
        assert word in interface
    other = {"zh": "Table of contents", "en": "目录"}[edition]
    assert other not in interface


def test_side_by_side_is_in_columns_on_a_desk_and_stacked_on_a_phone(address: str, browser: Browser) -> None:
    for width, columns in ((1366, True), (390, False)):
        context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=False)
        page = context.new_page()
        page.goto(f"{address}zh-en/tips/one-day-ahead/")
        zh, en = (page.locator(f'.hb-lead [lang="{tag}"]').bounding_box() for tag in ("zh-Hans", "en"))
        assert zh is not None
        assert en is not None
        assert (abs(zh["y"] - en["y"]) < 12 and en["x"] > zh["x"] + 100) is columns
        assert (en["y"] >= zh["y"] + zh["height"] - 1) is not columns
        context.close()


SUGGESTED = [
    # (languages of the editions in their order, by tag), what the browser asks for, the edition that is marked
    (["zh-Hans en", "zh-Hans", "zh-Hant"], "zh-TW", "zh-Hant"),
    (["zh-Hans en", "zh-Hans", "zh-Hant"], "zh-CN", "zh-Hans"),
    (["zh-Hans en", "zh-Hans", "zh-Hant"], "zh-HK", "zh-Hant"),
    (["zh-Hans en", "zh-Hans", "zh-Hant"], "en-US", None),
    (["en", "en-GB"], "en-GB", "en-GB"),
    (["en", "en-GB"], "en-AU", "en"),
    (["en-GB", "en"], "en", "en"),
    (["en-GB", "en"], "en-US", "en-GB"),
    (["en zh-Hans", "en-GB", "en"], "en-AU", "en-GB"),
    (["zh-Hans en", "zh-Hant"], "zh-CN", "zh-Hans en"),
    (["zh-Hant en", "zh-Hant"], "zh-CN", "zh-Hant"),
    (["sr-Cyrl", "sr-Latn"], "sr-Latn", "sr-Latn"),
    (["ar", "en"], "ar-EG", "ar"),
    (["ar", "en"], "fr", None),
]


@pytest.mark.parametrize(("editions", "locale", "marked"), SUGGESTED)
def test_the_first_page_marks_the_edition_that_fits_best(
    editions: list[str], locale: str, marked: str | None, address: str, browser: Browser
) -> None:
    """The tag itself, then the language in the same script, then the language; each time alone before with others."""
    context = browser.new_context(locale=locale)
    page = context.new_page()
    links = "".join(
        f'<a href="{number}/" hreflang="{tags.split()[0]}" data-languages="{len(tags.split())}">{tags}</a>'
        for number, tags in enumerate(editions)
    )
    script = f'<script src="{address}assets/root.js"></script>'
    page.route(
        "**/editions",
        lambda route: route.fulfill(body=f"<main><nav>{links}</nav></main>{script}", content_type="text/html"),
    )
    page.goto(f"{address}editions")
    assert page.locator("a.suggested").all_inner_texts() == ([marked] if marked else [])
    context.close()


def test_the_first_page_says_of_each_edition_how_many_languages_it_has(address: str, plain: Page) -> None:
    plain.goto(address)
    counts = plain.locator("main nav a").evaluate_all("links => links.map(link => link.dataset.languages)")
    assert counts == ["2" if "-" in edition else "1" for edition in EDITIONS]
