"""The search index: what of a page is in it, and what else an entry is called."""

from __future__ import annotations

import pytest

from generator.pages.plan import Address
from generator.site import chinese, search_index

from ..support.index import loaded


def test_a_page_is_divided_at_its_headings_and_blocks_are_lines() -> None:
    html = """<h1 id="lamp">The <em>lamp</em><a class="headerlink" href="#lamp">#</a></h1>
    <p>One &amp; two
    three.</p><ul><li>four <a href="x">five</a></li><li>six<br>seven</li></ul>
    <span data-search-exclude=""><b>not<img src="x"> <span>this</span></b></span><svg><text>nor this</text></svg>
    <section><h2 id="wick" title="a > b">Wick<span class="hb-switch" data-search-exclude>EN</span></h2>trim</section>"""
    found = search_index.sections(html)
    assert found == [["lamp", "The lamp", "One & two\nthree.\nfour five\nsix\nseven"], ["wick", "Wick", "trim"]]


def test_an_entry_has_its_further_names_where_it_stands() -> None:
    found = [["lamp", "The lamp", "One"], ["wick", "Wick", "trim"], ["lamp", "Lamp", "a link to it"]]
    names = {Address("x.md"): ("灯", "deng", 1), Address("x.md", "wick"): ("灯芯", "deng xin", 1)}
    entries = [search_index.entry("x.md", "x/", 2, found, names)]
    words = [
        {"search.spellings": "colour=color", "search.common": "the"},
        {"search.spellings": "", "search.common": "的"},
    ]
    pages, variants, spellings, common = loaded(search_index.script(entries, words).decode("utf-8"))
    assert pages == [
        [
            "x/",
            2,
            [
                ["", "The lamp", "One", "灯", "deng", 1],
                ["wick", "Wick", "trim", "灯芯", "deng xin", 1],
                ["lamp", "Lamp", "a link to it"],
            ],
        ]
    ]
    assert variants == "燈灯"
    assert (spellings, common) == ("colour=color", "the 的")


def test_without_chinese_no_characters_are_shipped() -> None:
    script = search_index.script([search_index.entry("x.md", "x/", 1, [["x", "Élève", "à l'école"]], {})], [])
    assert loaded(script.decode("utf-8"))[1:] == ["", "", ""]
    assert b"OpenCC" not in script


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("督办", "du ban"),
        ("行程和银行", "xing cheng he yin hang"),
        ("调研员、协调", "diao yan yuan xie tiao"),
        ("绿色通道", "lu se tong dao"),
        ("OA系统（试行）", "xi tong shi xing"),
        ("The lamp", ""),
    ],
)
def test_a_title_is_read_by_its_phrases(text: str, reading: str) -> None:
    assert chinese.reading(text) == reading


@pytest.mark.parametrize(
    ("romanised", "syllables"),
    [
        ("dūbàn", "du ban"),
        ("dūbàn táizhàng", "du ban tai zhang"),
        ("xī'ān", "xi an"),
        ("fāng’àn", "fang an"),
        ("lǚyóu", "lu you"),
        ("shuǎngkuai", "shuang kuai"),
        ("", ""),
    ],
)
def test_pinyin_is_cut_into_its_syllables(romanised: str, syllables: str) -> None:
    assert chinese.syllables(romanised) == syllables


def test_only_characters_that_occur_are_shipped() -> None:
    assert chinese.variants(set("灯督办")) == "燈灯辦办"
    assert chinese.variants(set("後")) == "後后"
    assert chinese.variants(set("lamp")) == ""
    assert chinese.variants(set("后着")) == "著着後后"
