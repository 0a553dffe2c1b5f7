"""The frame around the text: palette, navigation, and where on the page the reader is."""

from __future__ import annotations

from playwright.sync_api import Browser, Page, expect


def expect_scheme(page: Page, scheme: str) -> None:
    page.wait_for_function("scheme => getComputedStyle(document.documentElement).colorScheme === scheme", arg=scheme)


def test_the_palette_is_the_system_s_until_the_reader_chooses(address: str, browser: Browser) -> None:
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(f"{address}en/")
    expect_scheme(page, "dark")
    page.emulate_media(color_scheme="light")
    expect_scheme(page, "light")
    page.get_by_role("button", name="Switch to dark").click()
    expect(page.get_by_role("button", name="Switch to light")).to_be_focused()
    expect_scheme(page, "dark")
    page.goto(f"{address}zh/terms/")  # kept, in every edition
    expect_scheme(page, "dark")
    page.get_by_role("button", name="切换到浅色").click()  # the system's again: nothing is kept
    assert page.evaluate("Object.keys(localStorage)") == []
    page.emulate_media(color_scheme="dark")
    expect_scheme(page, "dark")
    context.close()


def test_the_first_paint_is_in_the_palette_that_was_chosen(address: str, browser: Browser) -> None:
    context = browser.new_context(color_scheme="light")
    page = context.new_page()
    page.goto(f"{address}en/")
    page.get_by_role("button", name="Switch to dark").click()
    page.route("**/handbook.*.js", lambda route: route.abort())  # only what stands in the page may do it
    page.goto(f"{address}en/duties/")
    expect_scheme(page, "dark")
    context.close()


def test_the_navigation_of_a_phone_opens_and_closes_by_keyboard_and_holds_the_focus(address: str, phone: Page) -> None:
    phone.goto(f"{address}en/duties/itinerary/")
    menu = phone.get_by_role("button", name="Navigation")
    side = phone.locator(".md-sidebar--primary")
    expect(menu).to_have_attribute("aria-expanded", "false")
    expect(side).not_to_be_in_viewport()
    menu.press("Enter")
    expect(menu).to_have_attribute("aria-expanded", "true")
    expect(side).to_be_in_viewport()
    for _ in range(60):
        phone.keyboard.press("Tab")
        assert phone.evaluate(
            "document.activeElement === document.body ||"
            " !!document.activeElement.closest('.md-sidebar--primary') || document.activeElement.id === '__drawer'"
        )
    phone.keyboard.press("Escape")
    expect(menu).to_be_focused()
    expect(menu).to_have_attribute("aria-expanded", "false")


def test_every_part_of_the_navigation_can_be_reached_on_a_phone(address: str, phone: Page) -> None:
    phone.goto(f"{address}en/duties/itinerary/")
    phone.get_by_role("button", name="Navigation").click()
    side = phone.locator(".md-sidebar--primary")
    expect(side.get_by_role("link", name="Keeping papers moving")).to_be_visible()
    side.locator("button.md-nav__title", has_text="Duties").press("Enter")
    expect(side.get_by_role("link", name="Tips")).to_be_in_viewport()
    side.get_by_role("link", name="Tips").click()
    phone.wait_for_url("**/en/tips/")


def test_what_is_out_of_sight_is_out_of_reach(address: str, phone: Page) -> None:
    phone.goto(f"{address}en/duties/itinerary/")
    for _ in range(40):
        phone.keyboard.press("Tab")
        assert not phone.evaluate("!!document.activeElement.closest('.md-sidebar')")


def test_without_javascript_the_navigation_of_a_phone_opens(address: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{address}en/duties/itinerary/")
    side = page.locator(".md-sidebar--primary")
    expect(side).not_to_be_in_viewport()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(side).to_be_in_viewport()
    page.locator("label.md-overlay").click(position={"x": 380, "y": 400})
    expect(side).not_to_be_in_viewport()
    page.locator("label.hb-menu").click()
    expect(side).to_be_in_viewport()
    for hidden in (".hb-search-button", ".hb-palette", "button.hb-menu"):
        assert not page.locator(hidden).first.is_visible()
    context.close()


def test_on_this_page_follows_the_reader(address: str, page: Page) -> None:
    page.goto(f"{address}en/duties/itinerary/")
    page.evaluate("document.getElementById('failures').scrollIntoView()")
    current = page.locator(".md-sidebar--secondary [aria-current=location]")
    expect(current).to_have_attribute("href", "#failures")
    page.evaluate("document.getElementById('steps').scrollIntoView()")
    expect(current).to_have_attribute("href", "#steps")
    expect(current).to_have_count(1)


def test_the_sides_are_as_high_as_the_window_and_no_higher(address: str, page: Page) -> None:
    page.goto(f"{address}en/terms/")
    page.evaluate("window.scrollTo(0, 2000)")
    box = page.locator(".md-sidebar--secondary .md-sidebar__scrollwrap").bounding_box()
    assert box is not None
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= 900
    assert box["height"] > 500


def test_keys_turn_the_pages_and_a_link_leads_back_to_the_top(address: str, page: Page) -> None:
    page.goto(f"{address}en/duties/itinerary/")
    following = page.locator("link[rel=next]").get_attribute("href")
    assert page.locator(".md-footer a[rel=next]").get_attribute("href") == following
    page.keyboard.press("n")
    page.wait_for_url(lambda url: "itinerary" not in url)
    page.keyboard.press("p")
    page.wait_for_url("**/itinerary/")
    page.evaluate("window.scrollTo(0, 1e6)")
    page.evaluate("window.scrollBy(0, -700)")
    page.get_by_role("link", name="Back to top").click()
    page.wait_for_function("window.scrollY === 0")
