"""What tests in a browser do to find pages, and how they say where they are."""

from __future__ import annotations

from urllib.parse import unquote

from playwright.sync_api import Page


def below(address: str, page: Page) -> str:
    """The place of `page` below the address of the site, with its fragment."""
    assert page.url.startswith(address), page.url
    return unquote(page.url[len(address) :])


def search(page: Page, edition: str, query: str) -> list[str]:
    """What the search of the edition at `edition` offers, best first, as places in it without fragments."""
    if page.url.split("?")[0].split("#")[0] != edition:
        page.goto(edition)
    dialog = page.locator("#hb-search")
    if not dialog.is_visible():
        page.locator(".hb-search-button").click()
    dialog.locator("input[name=q]").fill(query)
    page.wait_for_function("query => document.querySelector('#hb-search').dataset.asked === query", arg=query)
    links = "links => links.map(link => link.href.split(/[?#]/)[0])"
    found = page.eval_on_selector_all(".hb-search__found .hb-search__page", links)
    assert all(link.startswith(edition) for link in found), found  # each edition finds only itself
    return [unquote(link[len(edition) :]).strip("/") for link in found]
