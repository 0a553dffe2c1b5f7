"""A language that is written from right to left, beside two that are not: every text says which way it runs."""

from __future__ import annotations

import re
import shutil
import unicodedata
from pathlib import Path
from typing import Final

import pytest

from generator.cli import report
from generator.content import catalogues
from generator.pipeline import Pipeline
from generator.problems import ContentError, Problems
from generator.render.renderer import WORDS
from generator.render.text import ISOLATE
from generator.site import markdown

from ..support import arabic
from ..support.handbooks import change
from ..support.paths import SMALL
from ..support.spoken import Said, spoken

DIRECTIONS: Final = {"en": "ltr", "zh-Hans": "ltr", "ar": "rtl"}


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return arabic.write(tmp_path_factory.mktemp("arabic") / "content")


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = Path(shutil.copytree(WORDS, tmp_path_factory.mktemp("words") / "strings"))
    arabic.add_words(folder)
    return folder


@pytest.fixture(scope="module")
def pages(content: Path, words: Path) -> dict[str, str]:
    return dict(Pipeline(content, words=words).run().pages())


def said(pages: dict[str, str], path: str) -> list[Said]:
    edition = path.partition("/")[0]
    first = {"ar": "ar", "ar-en": "ar", "zh-ar": "zh-Hans", "both": "zh-Hans", "en": "en"}[edition]
    return spoken(
        markdown.render(pages[path].partition("\n---\n")[2], lambda path: path).html, first, DIRECTIONS[first]
    )


def test_every_text_says_which_way_its_language_runs(pages: dict[str, str]) -> None:
    count = 0
    for path in pages:
        if path != "index.md":
            for one in said(pages, path):
                count += 1
                assert one.direction == DIRECTIONS[one.language], (path, one)
    assert count > 3000


def test_arabic_is_said_to_be_arabic_and_the_rest_is_not(pages: dict[str, str]) -> None:
    """But for what stands in one element in several languages, because that can hold nothing but text."""
    for path in pages:
        for one in said(pages, path) if path != "index.md" else ():
            if ISOLATE in one.text or "bdi" in one.within:
                continue
            scripts = {unicodedata.name(char, "").split(" ")[0] for char in one.text if char.isalpha()}
            if "ARABIC" in scripts:
                assert one.language == "ar", (path, one)
            if "CJK" in scripts:
                assert one.language == "zh-Hans", (path, one)


def test_where_all_languages_run_the_same_way_nothing_is_said_of_it() -> None:
    assert not any(" dir=" in page or "<bdi>" in page for _, page in Pipeline(SMALL).run().pages())


def test_what_is_in_no_language_of_its_own_keeps_together(pages: dict[str, str]) -> None:
    assert "<bdi>1900-01</bdi>" in pages["ar/publications/lights-act.md"]
    assert (
        "[<bdi>https://example.org/lights</bdi>](https://example.org/lights)" in pages["ar/publications/lights-act.md"]
    )


def test_titles_that_run_both_ways_are_kept_apart_where_no_element_can_say_so(pages: dict[str, str]) -> None:
    assert 'title: "\u2068إضاءة المصباح\u2069 · \u2068Lighting the lamp\u2069"' in pages["ar-en/duties/lamp.md"]
    assert 'title: "إضاءة المصباح"' in pages["ar/duties/lamp.md"]
    assert 'title: "\u2068Alone is enough\u2069"' in pages["ar/tips/wipe.md"]
    assert 'title: "点灯 · Lighting the lamp"' in pages["both/duties/lamp.md"]


def test_where_no_language_of_an_edition_has_a_text_each_edition_shows_it(pages: dict[str, str]) -> None:
    """What a page showed in one edition of several languages is not what it shows in another."""
    chinese = '<span lang="zh-Hans" dir="ltr">法律规定了时间。</span>'
    assert pages["ar-en/duties/lamp.md"].count(chinese) == 2
    assert chinese in pages["ar/duties/lamp.md"]
    assert "法律规定了时间。" in pages["zh-ar/duties/lamp.md"]
    assert chinese not in pages["zh-ar/duties/lamp.md"]


def test_prose_that_is_laid_out_otherwise_has_a_block_for_each_direction(pages: dict[str, str]) -> None:
    page = pages["ar-en/guides/about.md"]
    assert '<div lang="ar" dir="rtl" markdown>\n\nفقرة أولى.\n\n1. واحد' in page
    assert '<div lang="en" dir="ltr" markdown>\n\nFirst paragraph, continued.' in page


# --- figures ---------------------------------------------------------------------------------------------------

MIRROR: Final = re.compile(r'<g transform="matrix\(-1 0 0 1 ([\d.]+) 0\)">')


def test_a_figure_is_in_a_mirror_where_the_page_runs_from_right_to_left(pages: dict[str, str]) -> None:
    for edition, mirrored in (("ar", True), ("ar-en", True), ("zh-ar", False), ("en", False)):
        page = pages[f"{edition}/guides/about.md"]
        drawings = re.findall(r'<svg class="f f-[^"]*" viewBox="0 0 ([\d.]+) .*?</svg>', page)
        assert len(drawings) == 2
        assert MIRROR.findall(page) == (drawings if mirrored else []), edition
        texts = re.findall(r"<text [^>]*>", page)
        assert len(texts) > 10
        assert all(('transform="scale(-1 1)"' in text) is mirrored for text in texts)


def test_words_against_the_direction_of_a_figure_end_where_others_begin(pages: dict[str, str]) -> None:
    texts = re.findall(r'<text class="([^"]*)" lang="(\w+)[^"]*" direction="(\w+)"', pages["ar-en/guides/about.md"])
    assert {language for _, language, _ in texts} == {"ar", "en"}
    for look, language, direction in texts:
        assert direction == {"ar": "rtl", "en": "ltr"}[language]
        assert ("end" in look.split()) is (language == "en" and "mid" not in look.split())
    turned = re.findall(r'<text class="([^"]*)" lang="ar" direction="rtl"', pages["zh-ar/guides/about.md"])
    assert turned
    assert all({"end", "mid"} & {*look.split()} for look in turned)


def test_what_is_said_of_arrows_is_true_on_either_side_of_the_mirror(pages: dict[str, str]) -> None:
    assert "The arrow ← stands before what comes from there" in pages["en/guides/about.md"]
    assert "The arrow → stands before what comes from there" in pages["ar-en/guides/about.md"]


def test_terms_stand_under_letters_of_their_own_script(pages: dict[str, str]) -> None:
    assert "## ع { #letter-ع .hb-letter }" in pages["ar/terms.md"]


def test_words_of_the_trade_are_whole_words_where_words_are_spaced(content: Path, words: Path, tmp_path: Path) -> None:
    own = Path(shutil.copytree(content, tmp_path / "content"))
    change(own / "tips" / "wipe.yml", "**امسح** [[lens]] أولًا", "**امسح** عدسةة، ثم عدسة")
    page = dict(Pipeline(own, words=words).run().pages())["ar/tips/wipe.md"]
    assert "عدسةة، ثم [عدسة](../terms.md#lens){ .hb-term }" in page


# --- the strings file ------------------------------------------------------------------------------------------


def test_only_a_language_that_runs_from_right_to_left_has_to_say_so(tmp_path: Path) -> None:
    (tmp_path / "ar.yml").write_text("a: ا\nlanguage.direction: rtl\n", encoding="utf-8")
    (tmp_path / "en.yml").write_text("a: A\n", encoding="utf-8")
    problems = Problems()
    known = catalogues.load(["ar", "en"], tmp_path, problems)
    assert not list(problems)
    assert {language: catalogues.direction(own) for language, own in known.items()} == {"ar": "rtl", "en": "ltr"}


def test_a_direction_that_there_is_not_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "ar.yml").write_text("a: ا\nlanguage.direction: right\n", encoding="utf-8")
    problems = Problems()
    catalogues.load(["ar"], tmp_path, problems)
    assert [report.message(problem).removeprefix(tmp_path.name) for problem in problems] == [
        "/ar.yml:2:1: language.direction: expected one of ltr, rtl, found `right`"
    ]


def test_every_interface_word_is_there_in_arabic(content: Path, words: Path, tmp_path: Path) -> None:
    """A language is one file: what another has and this one has not would be a problem."""
    fewer = Path(shutil.copytree(words, tmp_path / "strings"))
    Pipeline(content, words=fewer).check()
    change(fewer / "ar.yml", "home.title: البداية\n", "")
    with pytest.raises(ContentError, match=r"ar\.yml.* home\.title"):
        Pipeline(content, words=fewer).check()
