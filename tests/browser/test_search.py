"""How much the search finds, and how soon."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, Page

from generator.site import search_index

from ..support.paths import EDITIONS, ROOT

pytestmark = pytest.mark.long

QUERIES: dict[str, dict[str, str | list[str]]] = yaml.safe_load((ROOT / "tests" / "queries.yml").read_text("utf-8"))

ASK = """queries => Object.fromEntries(queries.map(query =>
  [query, handbookSearch.ask(query).map(result => result.page.url)]))"""
"""Asks the script of the site itself, as its dialog does."""

WIDE = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")


def index(site: Path, edition: str) -> list[Any]:
    """The index of an edition: pages as [address, weight, sections], sections as [id, heading, text, names]."""
    script = (site / edition / search_index.FILE).read_text(encoding="utf-8")
    pages: list[Any] = json.loads(script[script.index("(") + 1 : script.rindex(")")])
    return pages


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


def opened(page: Page, address: str) -> Page:
    """`page` with the search of the edition at `address` ready."""
    page.goto(address)
    page.locator(".hb-search-button").click()
    page.locator(".hb-search[data-state=ready]").wait_for()
    return page


def runs(text: str) -> Iterator[str]:
    """Every run of two to four Chinese characters in `text`."""
    for match in WIDE.finditer(text):
        for length in (2, 3, 4):
            for start in range(len(match[0]) - length + 1):
                yield match[0][start : start + length]


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_run_of_a_heading_is_found_on_all_its_pages_and_first_in_a_heading(
    edition: str, site: Path, address: str, page: Page
) -> None:
    headings: dict[str, set[str]] = {}
    holding: dict[str, set[str]] = {}
    pages = index(site, edition)
    for url, _, sections in pages:
        for _, heading, _, names in sections:
            for run in runs(f"{heading}\n{names}"):
                headings.setdefault(run, set()).add(url)
    for url, _, sections in pages:
        for _, heading, text, _ in sections:
            for run in headings.keys() & set(runs(f"{heading}\n{text}")):
                holding.setdefault(run, set()).add(url)
    assert len(headings) >= {"zh": 2000, "en": 1000, "zh-en": 2000}[edition]
    found: dict[str, list[str]] = opened(page, f"{address}{edition}/").evaluate(ASK, sorted(headings))
    missed = {run: holding[run] - set(found[run]) for run in holding if not holding[run] <= set(found[run])}
    assert missed == {}
    assert [run for run in headings if found[run][0] not in headings[run]] == []


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_title_heading_and_term_is_found_as_a_whole(edition: str, site: Path, address: str, page: Page) -> None:
    wanted = {
        heading: url for url, _, sections in index(site, edition) for _, heading, _, _ in sections if heading.strip("#")
    }
    found: dict[str, list[str]] = opened(page, f"{address}{edition}/").evaluate(ASK, list(wanted))
    assert len(wanted) > 400
    assert [heading for heading, url in wanted.items() if url not in found[heading]] == []


def test_what_readers_ask_for_comes_first(address: str, page: Page) -> None:
    missed = {}
    for edition, queries in QUERIES.items():
        found: dict[str, list[str]] = opened(page, f"{address}{edition}/").evaluate(ASK, list(queries))
        for query, wanted in queries.items():
            right = {f"{place}/" for place in ([wanted] if isinstance(wanted, str) else wanted)}
            if found[query][:1] and found[query][0] in right:
                continue
            missed[query] = found[query][:3]
            assert query in MISSES, (query, missed[query])
    assert len(missed) <= 0.05 * sum(len(queries) for queries in QUERIES.values()), missed


MISSES = {
    "公车使用规定": "the duty that states the rule comes before the rule itself",
    "去企业": "the outcome says 公司、厂矿, and 去 is in every sentence",
    "official cars": "the rule says vehicles; pages that say cars come before it",
}
"""What a search by the words cannot know; anything else is a fault."""


def test_there_are_enough_queries() -> None:
    everything = [query for queries in QUERIES.values() for query in queries]
    chinese = [query for query in QUERIES["zh"] if WIDE.search(query)]
    english = [query for query in QUERIES["en"] if query.isascii()]
    assert (len(everything) >= 60, len(chinese) >= 40, len(english) >= 20) == (True, True, True)


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_search_takes_no_time_that_a_reader_notices(edition: str, address: str, page: Page) -> None:
    opened(page, f"{address}{edition}/")
    spent: float = page.evaluate(
        """queries => { const start = performance.now(); queries.forEach(query => handbookSearch.ask(query));
        return (performance.now() - start) / queries.length }""",
        list(QUERIES[edition]),
    )
    assert spent < 100, f"{spent} ms"


@pytest.mark.parametrize(
    ("edition", "query", "first"),
    [
        ("zh", "dūbàn", "terms/"),
        ("zh", "ｄｕｂａｎ", "terms/"),
        ("zh", "一把手", "terms/"),
        ("en", "Secrets", "duties/guarding-secrets/"),
        ("en", "guarding sec", "duties/guarding-secrets/"),
        ("zh", "grassroots", "terms/"),
    ],
)
def test_width_case_tones_and_unfinished_words_do_not_matter(
    edition: str, query: str, first: str, address: str, page: Page
) -> None:
    assert opened(page, f"{address}{edition}/").evaluate(ASK, [query])[query][0] == first


def test_what_is_nowhere_is_not_found(address: str, page: Page) -> None:
    found = opened(page, f"{address}en/").evaluate(ASK, ["xylophone", "", "?", "鼯鼠"])
    assert found == {"xylophone": [], "": [], "?": [], "鼯鼠": []}
