"""What the search index holds of a page, and how Pinyin is typed."""

from __future__ import annotations

import json

import pytest

from generator.site import search_index


def test_a_page_is_divided_at_its_headings_and_blocks_are_lines() -> None:
    html = """<h1 id="lamp">The <em>lamp</em><a class="headerlink" href="#lamp">#</a></h1>
    <p>One &amp; two
    three.</p><ul><li>four <a href="x">five</a></li><li>six<br>seven</li></ul>
    <span data-search-exclude=""><b>not<img src="x"> <span>this</span></b></span><svg><text>nor this</text></svg>
    <section><h2 id="wick" title="a > b">Wick<span class="hb-switch" data-search-exclude>EN</span></h2>trim</section>"""
    found = search_index.sections(html)
    assert found == [["lamp", "The lamp", "One & two\nthree.\nfour five\nsix\nseven"], ["wick", "Wick", "trim"]]
    script = search_index.script([search_index.entry("x/", 2, found, {"wick": "dengxin"})])
    assert json.loads(script[script.index(b"(") + 1 : script.rindex(b")")]) == [
        ["x/", 2, [["", "The lamp", found[0][2], ""], ["wick", "Wick", "trim", "dengxin"]]]
    ]


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
    assert set(search_index.spellings(romanised)) == typed
