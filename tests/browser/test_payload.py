"""What a reader downloads: every page of every edition with all that it asks for, compressed as servers do."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from functools import cache, partial
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Request

from generator.site import assets

from ..support.paths import EDITIONS

AROUND = 37_000
"""Most bytes of a page with its styles, scripts and images that has no words; the search index apart."""
PER_WORD = 1.4
"""Most bytes for a byte of its words, with their marks: a glossary is long, and may be, but nothing else may grow."""
PAGE = 150_000
"""Most bytes of any page."""

SCRIPTS = 8_500
"""Most bytes of our scripts on a page."""
SEARCH = 7_200
"""Most bytes of the search, which a page asks for when a reader opens it."""

LIMIT = (
    "too heavy: `python -m pytest tests/browser/test_payload.py -k weight -s` prints the heaviest pages and their parts"
)


class Wanted(HTMLParser):
    """What a page asks for at once, and the classes that it has."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.files: set[str] = set()
        self.classes: set[str] = set()
        self._words: list[str] = []
        self._is_read = True
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {key: value or "" for key, value in attrs}
        self._is_read = tag not in {"script", "style"}
        self.classes.update(values.get("class", "").split())
        if tag in {"script", "img", "iframe", "source", "video", "audio"} and "src" in values:
            self.files.add(values["src"])
        elif tag == "link" and values.get("rel") in {"stylesheet", "icon", "preload", "modulepreload", "prefetch"}:
            self.files.add(values["href"])

    def handle_endtag(self, tag: str) -> None:
        self._is_read = True

    def handle_data(self, data: str) -> None:
        if self._is_read:
            self._words.append(data)

    @property
    def words(self) -> int:
        """Bytes of the words on the page, compressed."""
        return len(gzip.compress(" ".join("".join(self._words).split()).encode(), 6))


wanted_by = cache(Wanted)


def pages(site: Path) -> Iterator[Path]:
    yield from (page for edition in EDITIONS for page in sorted((site / edition).rglob("*.html")))


@cache
def weight(file: Path) -> int:
    """Bytes of `file` compressed."""
    return len(gzip.compress(file.read_bytes(), 6))


def parts(page: Path) -> dict[str, int]:
    """What a page is made of, and the bytes of each."""
    return {"html": weight(page)} | {
        file.rpartition("/")[2]: weight((page.parent / file).resolve()) for file in sorted(wanted_by(page).files)
    }


def test_the_weight_of_every_page_is_below_the_limit(site: Path) -> None:
    weights = {page: sum(parts(page).values()) for page in pages(site)}
    limits = {page: min(PAGE, AROUND + PER_WORD * wanted_by(page).words) for page in weights}
    heaviest = sorted(weights, key=lambda page: limits[page] - weights[page])
    for page in heaviest[:5]:
        print(weights[page], int(limits[page]), page.relative_to(site), parts(page))
    assert len(weights) > 300
    assert [str(page.relative_to(site)) for page in heaviest if weights[page] > limits[page]] == [], LIMIT


def test_our_scripts_on_a_page_and_the_search_are_below_the_limit(site: Path) -> None:
    (search,) = (site / "assets").glob("search.*.js")
    assert 0 < weight(search) <= SEARCH
    for page in pages(site):
        scripts = {name: size for name, size in parts(page).items() if name.endswith(".js")}
        assert 0 < sum(scripts.values()) <= SCRIPTS, (page, scripts)


def _note(asked: list[str], request: Request) -> None:
    asked.append(request.url)


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_browser_asks_for_what_is_counted_and_for_nothing_else(
    edition: str, site: Path, address: str, browser: Browser
) -> None:
    for place in ("", "duties/itinerary/", "terms/", "outcomes/"):
        page = browser.new_page()  # of its own: on a slow machine the last one asks for its icon late
        asked: list[str] = []
        page.on("request", partial(_note, asked))
        page.goto(f"{address}{edition}/{place}", wait_until="networkidle")
        counted = {file.rpartition("/")[2] for file in wanted_by(site / edition / place / "index.html").files}
        names = {url.rpartition("/")[2] for url in asked[1:] if url.startswith("http")}
        assert names - {"favicon.svg"} == counted - {"favicon.svg"}
        page.close()


def test_the_site_has_its_assets_once_and_nothing_that_no_page_asks_for(site: Path) -> None:
    files = {str(file.relative_to(site)) for file in site.rglob("*") if file.is_file()}
    below = {file for file in files if file.split("/")[0] in EDITIONS and not file.endswith("index.html")}
    assert below == {f"{edition}/search/index.js" for edition in EDITIONS}
    named = {file for file in files if re.fullmatch(r"assets/[\w-]+\.[0-9a-f]{8}\.(css|js)", file)}
    assert {file for file in files if file.startswith("assets/")} == named | {f"assets/{name}" for name in assets.ABOVE}
    wanted = {file.rpartition("/")[2] for page in pages(site) for file in wanted_by(page).files}
    unasked = {file for file in named if file.rpartition("/")[2] not in wanted}
    assert [file.partition(".")[0] for file in unasked] == ["assets/search"]  # asked for by handbook.js


def test_the_style_sheet_has_rules_for_all_of_material_that_pages_have(site: Path) -> None:
    classes = {name for page in pages(site) for name in wanted_by(page).classes}
    blocks = {re.split("__|--", name)[0] for name in classes if name.startswith("md-")}
    assert len(blocks) > 10
    assert blocks <= set(assets.KEPT), "name it in KEPT of generator/site/assets.py, or take it off the page"
