"""What is kept on the device is merged between tabs, shared between pages, and apart from another handbook's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Template
from playwright.sync_api import Browser, BrowserContext, Page, expect

from generator.site import palette

from ..support.handbooks import change
from ..support.paths import ROOT, SMALL
from ..support.project import copy_project, mkdocs
from ..support.server import served

PARTIALS = ROOT / "generator" / "site" / "theme" / "partials"
DUTY = "en/duties/lamp/"
SHEET = "en/morning-sheet/"
ITEMS = """checklist:
  - zh: 灯芯剪过。
    en: The wick is trimmed.
    source: editors
"""

TURNED = """editions:
  turned:
    label: Both, the other way round
    short: Both
    languages: [en, zh]
"""


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A host with the same handbook in two places, `handbook/` and `other/`; two editions have both languages."""
    project = copy_project(tmp_path_factory.mktemp("tabs") / "project", SMALL)
    change(project / "content" / "duties" / "lamp.yml", "checklist:\n", ITEMS)
    change(project / "content" / "handbook.yml", "editions:\n", TURNED)
    done = mkdocs(project, "build", "--strict")
    assert done.returncode == 0, done.stderr
    root = tmp_path_factory.mktemp("host")
    (root / "other").symlink_to(project / "site", target_is_directory=True)
    with served(Path(project / "site"), root) as address:
        yield address.removesuffix("handbook/")


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context()
    yield context
    context.close()


def opened(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address)
    return page


def test_what_two_tabs_tick_is_ticked_in_both_and_stays(host: str, context: BrowserContext) -> None:
    first, second = (opened(context, f"{host}handbook/{DUTY}") for _ in range(2))
    first.locator(".hb-tick").nth(0).check()
    second.locator(".hb-tick").nth(1).check()
    for page in (first, second):
        expect(page.locator(".hb-tick:checked")).to_have_count(2)
        expect(page.locator(".hb-count")).to_have_text("Ticked 2 / 2")
        page.reload()
        expect(page.locator(".hb-tick:checked")).to_have_count(2)
    second.locator(".hb-tick").nth(0).uncheck()
    expect(first.locator(".hb-tick:checked")).to_have_count(1)
    second.locator(".hb-tools button").first.click()
    expect(first.locator(".hb-tick:checked")).to_have_count(0)


def test_a_tab_that_has_heard_nothing_takes_nothing_away(host: str, context: BrowserContext) -> None:
    first, second = (opened(context, f"{host}handbook/{DUTY}") for _ in range(2))
    first.evaluate("addEventListener('storage', event => event.stopImmediatePropagation(), true)")
    second.locator(".hb-tick").nth(1).check()
    first.locator(".hb-tick").nth(0).check()
    first.reload()
    expect(first.locator(".hb-tick:checked")).to_have_count(2)


def test_the_morning_sheet_and_the_page_of_the_duty_have_the_same_ticks(host: str, context: BrowserContext) -> None:
    sheet, duty = opened(context, f"{host}handbook/{SHEET}"), opened(context, f"{host}handbook/{DUTY}")
    assert (sheet.locator(".hb-tick").count(), duty.locator(".hb-tick").count()) == (1, 2)
    duty.locator(".hb-tick").nth(0).check()  # this one is not on the sheet
    sheet.locator(".hb-tick").check()
    expect(duty.locator(".hb-tick:checked")).to_have_count(2)
    sheet.locator(".hb-tools button").first.click()
    expect(duty.locator(".hb-tick").nth(0)).to_be_checked()
    expect(duty.locator(".hb-tick").nth(1)).not_to_be_checked()
    duty.locator(".hb-tick").nth(1).check()
    sheet.reload()
    expect(sheet.locator(".hb-tick")).to_be_checked()
    sheet.locator(".hb-box--checklist .hb-sub a").click()
    sheet.wait_for_url(f"**/{DUTY}#checklist")
    sheet.locator(".hb-tick").nth(1).uncheck()
    sheet.go_back()
    expect(sheet.locator(".hb-tick")).not_to_be_checked()


def test_two_tabs_of_the_self_check_have_the_same_answers(host: str, context: BrowserContext) -> None:
    first, second = (opened(context, f"{host}handbook/en/self-check/") for _ in range(2))
    first.locator("input[value='2']").check()
    expect(second.locator("input[value='2']")).to_be_checked()
    expect(second.locator(".hb-profile__bars > li")).to_have_count(1)
    second.locator(".hb-check__state button").click()
    expect(first.locator(".hb-check input:checked")).to_have_count(0)


def test_two_handbooks_on_one_host_keep_their_own(host: str, context: BrowserContext) -> None:
    opened(context, f"{host}handbook/{DUTY}").locator(".hb-tick").first.check()
    opened(context, f"{host}handbook/en/self-check/").locator("input[value='2']").check()
    expect(opened(context, f"{host}other/{DUTY}").locator(".hb-tick:checked")).to_have_count(0)
    other = opened(context, f"{host}other/en/self-check/")
    expect(other.locator(".hb-check__state b")).to_have_text("0 / 1")
    expect(other.locator(".hb-check input:checked")).to_have_count(0)
    edition = opened(context, f"{host}handbook/both/duties/lamp/")
    expect(edition.locator(".hb-tick:checked")).to_have_count(1)


def test_a_language_is_chosen_and_not_a_place_among_others(host: str, context: BrowserContext) -> None:
    """What is second in one edition, or handbook, is first in another."""
    page = opened(context, f"{host}handbook/both/duties/lamp/")
    page.locator(".hb-show button", has_text="English").click()
    for edition in ("handbook/turned", "other/turned", "other/both"):
        page.goto(f"{host}{edition}/duties/lamp/")
        expect(page.locator('.hb-show button[aria-pressed="true"]')).to_have_text("English")
        pair = page.locator("#failures + ul .hb-pair").first
        expect(pair.locator('[lang="en"]')).to_be_visible()
        expect(pair.locator('[lang="zh-Hans"]')).to_be_hidden()
    page.goto(f"{host}handbook/en/duties/lamp/")
    assert page.evaluate("document.documentElement.dataset.shown") is None


def test_a_palette_is_remembered_by_what_it_is(host: str, context: BrowserContext) -> None:
    def options(*colours: str) -> list[dict[str, Any]]:
        toggle = {"icon": "material/link", "name": "Next"}
        return palette.options([{"scheme": "default", "primary": colour, "toggle": toggle} for colour in colours])

    def shown(*colours: str) -> str:
        template = Template((PARTIALS / "javascripts" / "palette.html").read_text("utf-8"))
        script = template.render(palette=options(*colours)).partition("<script>")[2].removesuffix("</script>")
        colour: str = page.evaluate(f"() => {{ {script}; return document.documentElement.dataset.hbPrimary }}")
        return colour

    page = opened(context, f"{host}handbook/en/")
    page.evaluate("id => localStorage.setItem('handbook.option', id)", options("red", "teal")[1]["id"])
    assert shown("red", "teal") == "teal"
    assert shown("teal", "red", "lime") == "teal"
    assert shown("pink", "lime") == "pink"
