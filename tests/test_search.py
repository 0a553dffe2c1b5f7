"""The search: what is added to its index, what is mended in its script, and how much it finds."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from generator import search_words, search_worker

from .conftest import EDITIONS

ASK = """async ([worker, index, queries]) => {
  const search = new Worker(new URL(worker, location.href));
  const ask = message => new Promise(answer => {
    search.onmessage = event => answer(event.data);
    search.postMessage(message);
  });
  await ask({ type: 0, data: { config: index.config, docs: index.docs, options: { suggest: false } } });
  const found = {};
  for (const query of queries)
    found[query] = (await ask({ type: 2, data: query })).data.items.map(group => group[0].location);
  search.terminate();
  return found;
}"""
"""Asks the search worker of the site itself, as the page does."""


def plain(text: str) -> str:
    return re.sub(r"<[^>]+>", " ", text).replace(search_words.CUT, "")


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_run_of_a_heading_is_found_on_all_its_pages_and_first_in_a_heading(
    edition: str, site: Path, address: str, browser: Browser
) -> None:
    index: dict[str, Any] = json.loads((site / edition / "search" / "search_index.json").read_text("utf-8"))
    headings: dict[str, set[str]] = {}
    holding: dict[str, set[str]] = {}
    for section in index["docs"]:
        page = section["location"].partition("#")[0]
        for run in search_words.runs(plain(section["title"])):
            headings.setdefault(run, set()).add(page)
    for section in index["docs"]:
        page = section["location"].partition("#")[0]
        for run in search_words.runs(plain(section["title"]) + " " + plain(section["text"])):
            if run in headings:
                holding.setdefault(run, set()).add(page)
    assert len(headings) >= {"zh": 2000, "en": 0, "zh-en": 2000}[edition]
    page = browser.new_page()
    page.goto(f"{address}{edition}/")
    worker = json.loads(page.inner_text("#__config"))["search"]
    found: dict[str, list[str]] = page.evaluate(ASK, [worker, index, sorted(headings)])
    page.close()
    pages = {run: [location.partition("#")[0] for location in locations] for run, locations in found.items()}
    assert {run: holding[run] - set(pages[run]) for run in headings if not holding[run] <= set(pages[run])} == {}
    assert [run for run in headings if pages[run][0] not in headings[run]] == []


def test_a_section_gets_the_runs_of_its_heading_and_those_of_its_text_that_are_in_some_heading() -> None:
    sections = [
        {"location": "a/#lens", "title": "透镜\u200b片", "text": "<p>天\u200b黑</p>"},
        {"location": "b/", "title": "天黑", "text": "<p>透\u200b镜片\u200b很\u200b亮</p>"},
    ]
    search_words.add(sections, {"lens": "tòujìng piàn"})
    assert sections[0]["names"].split() == ["tjp", "toujingpian", "透镜", "透镜片", "镜片"]
    assert sections[0]["words"].split() == ["天黑"]
    assert sections[1]["words"].split() == ["透镜", "透镜片"]  # 镜片 is a word of the text already


@pytest.mark.parametrize(
    ("romanised", "typed"),
    [
        ("dūbàn", {"duban", "db"}),
        ("dūbàn táizhàng", {"dubantaizhang", "dbtz"}),
        ("xī'ān", {"xian", "xa"}),
        ("fāng'àn", {"fangan", "fa"}),
        ("nǚ", {"nu", "n"}),
        ("", set()),
    ],
)
def test_a_romanisation_is_found_as_it_is_typed(romanised: str, typed: set[str]) -> None:
    assert set(search_words.spellings(romanised)) == typed


def test_the_mend_of_the_search_script_says_when_the_script_has_changed() -> None:
    script = f"a;{search_worker.BROKEN};b"
    assert search_worker.mended(script) == f"a;{search_worker.WHOLE};b"
    for changed in ("a;b", script + script, search_worker.mended(script)):
        with pytest.raises(ValueError, match="has changed"):
            search_worker.mended(changed)
