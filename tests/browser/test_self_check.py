"""The self-check: what it is made from, that it stays on the device, and that it is a paper form without script."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from generator.content.handbook import Handbook
from generator.content.models import Ability, Duty, Tip
from generator.content.sources import Answer

from ..support.paths import EDITIONS

KEY = "handbook./handbook/self-check"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    yield context.new_page()
    context.close()


def rate(page: Page, **values: int) -> None:
    for name, value in values.items():
        page.locator(f"input[name={name.replace('_', '-')}][value='{value}']").check()


def kept(page: Page) -> dict[str, int] | None:
    text = page.evaluate(f"localStorage.getItem('{KEY}')")
    return json.loads(text) if text else None


def test_each_ability_is_named_by_an_answer_and_leads_to_a_duty_or_tip(handbook: Handbook) -> None:
    abilities = handbook.all(Ability)
    assert 8 <= len(abilities) <= 16
    helpful = {**handbook.all(Duty), **handbook.all(Tip)}
    for ability in abilities.values():
        cited = {citation.source for citation in ability.summary.source}
        assert cited & set(handbook.all(Answer)), ability.id
        assert set(ability.related) & set(helpful), ability.id
        assert ability.levels or (ability.low and ability.high), ability.id
    assert len({len(ability.levels) for ability in abilities.values()}) == 1


@pytest.fixture(scope="session")
def top(handbook: Handbook) -> int:
    """The highest that one can choose."""
    return len(next(iter(handbook.all(Ability).values())).levels) or 5


@pytest.fixture(scope="session")
def count(handbook: Handbook) -> int:
    """How many abilities there are."""
    return len(handbook.all(Ability))


@pytest.mark.parametrize("edition", EDITIONS)
def test_without_javascript_it_is_a_form_to_fill_in_by_pen(
    edition: str, address: str, browser: Browser, handbook: Handbook, top: int
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}{edition}/self-check/")
    for ability in handbook.all(Ability):
        section = page.locator(f".hb-ability:has(#{ability})")
        assert section.locator("input[type=radio]:visible").count() == top
        assert section.locator(".hb-check__helps a").count() >= 2
    expect(page.locator(".hb-check__state")).to_be_hidden()
    expect(page.locator(".hb-profile__empty")).to_be_visible()
    page.emulate_media(media="print")
    assert page.locator("input[type=radio]:visible").count() == top * len(handbook.all(Ability))
    context.close()


def test_answers_are_drawn_with_the_lowest_first(address: str, page: Page, top: int) -> None:
    page.goto(f"{address}en/self-check/")
    expect(page.locator(".hb-profile__bars")).to_be_hidden()
    rate(page, planning_ahead=4, writing_papers=1, keeping_confidences=2)
    bars = page.locator(".hb-profile__bars > li")
    assert [bar.inner_text().split("\n")[0].strip() for bar in bars.all()] == [
        "Planning ahead",
        "Writing",
        "Keeping confidences",
    ]
    widths = page.eval_on_selector_all(".hb-bar__own", "all => all.map(bar => Number(bar.getAttribute('width')))")
    assert widths == [100 * value / top for value in (4, 1, 2)]
    assert [value.inner_text() for value in page.locator(".hb-profile__value").all()] == [
        f"{value} / {top}" for value in (4, 1, 2)
    ]
    first = page.locator(".hb-profile__reading > li")
    assert first.count() == 2
    assert "Writing" in first.first.inner_text()
    first.first.locator("ul a").first.click()
    page.wait_for_url("**/en/duties/drafting/")


def test_a_tip_for_two_low_abilities_is_listed_once(address: str, page: Page) -> None:
    page.goto(f"{address}en/self-check/")
    rate(page, writing_papers=1, reading_people=1)
    links = page.eval_on_selector_all(".hb-profile__reading ul a", "all => all.map(a => a.href)")
    assert len(links) == len(set(links))
    assert sum("grasp-the-intention" in link for link in links) == 1


def test_answers_stay_on_the_device_in_every_edition_and_go_when_cleared(
    address: str, page: Page, top: int, count: int
) -> None:
    asked: list[Request] = []
    page.goto(f"{address}zh/self-check/", wait_until="networkidle")
    page.on("request", lambda request: asked.append(request))
    rate(page, coordinating=3, staying_power=top)
    assert kept(page) == {"coordinating": 3, "staying-power": top}
    assert asked == []
    page.goto(f"{address}zh-en/self-check/")
    assert page.locator("input[name=coordinating]:checked").get_attribute("value") == "3"
    expect(page.locator(".hb-check [role=status] b")).to_have_text(f"2 / {count}")
    assert page.locator(".hb-profile__bars > li").count() == 2
    page.locator(".hb-check__state button").click()
    assert kept(page) is None
    assert page.locator(".hb-check input:checked").count() == 0
    expect(page.locator(".hb-profile__bars")).to_be_hidden()
    page.reload()
    expect(page.locator(".hb-check [role=status] b")).to_have_text(f"0 / {count}")


@pytest.mark.parametrize("broken", ["{", "null", "7", '"x"', '{"coordinating": 9, "no-such": 2}', "[]"])
def test_what_storage_holds_cannot_break_the_page(broken: str, address: str, page: Page, count: int) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{address}en/self-check/")
    page.evaluate("([key, value]) => localStorage.setItem(key, value)", [KEY, broken])
    page.reload()
    expect(page.locator(".hb-check [role=status] b")).to_have_text(f"0 / {count}")
    rate(page, coordinating=3)
    expect(page.locator(".hb-check [role=status] b")).to_have_text(f"1 / {count}")
    assert errors == []


def test_without_storage_the_answers_last_as_long_as_the_page(address: str, page: Page) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })"
    )
    page.goto(f"{address}en/self-check/")
    rate(page, coordinating=3)
    assert page.locator(".hb-profile__bars > li").count() == 1
    assert errors == []


def test_the_keyboard_alone_answers(address: str, page: Page) -> None:
    page.goto(f"{address}en/self-check/")
    page.locator("input[name=planning-ahead]").first.focus()
    for key in ("Space", "ArrowRight", "ArrowRight"):
        page.keyboard.press(key)
    assert kept(page) == {"planning-ahead": 3}
    label = page.locator("label:has(input:focus)")
    outlines = "label => [label, ...label.children].map(part => getComputedStyle(part).outlineStyle)"
    assert set(label.evaluate(outlines)) != {"none"}
    box = label.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 24


def test_readers_who_want_the_post_are_led_here(address: str, page: Page) -> None:
    page.goto(f"{address}zh/")
    page.locator(".hb-door:has(#door-wanting) a", has_text="能力自测").click()
    page.wait_for_url("**/zh/self-check/")
