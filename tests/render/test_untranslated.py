"""What lacks a language is there in another one, marked as such: a page is never empty and never shows an id."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from generator.pipeline import Pipeline
from generator.site import heads, markdown

from ..support.handbooks import change, pages_of
from ..support.incomplete import SAID, Incomplete
from ..support.spoken import spoken

TAGS = {"en": "en", "zh": "zh-Hans"}
EMPTY = re.compile(r"<(a|h[1-6]|li|summary|caption|legend|option|text|th|title)\b[^<>]*>\s*</\1>")
UNMARKED = {".hb-elsewhere", "svg", "option", "caption", "legend", "label"}
"""A title says which language it is in; so do words where there is no room for more, or nothing but text may stand."""
HEARD = re.compile(r'\b(?:aria-label|data-label|title|alt)="([^"]*)"')


def html_of(page: str) -> str:
    """The page as the site has it, and what stands above it."""
    front, _, body = page.removeprefix("---\n").partition("\n---\n")
    return f"<header>{front}</header>{markdown.render(body, lambda path: path).html}"


def numbers(page: str) -> set[str]:
    return {match["own"] for match in SAID.finditer(page)}


def shown_ids(page: str, ids: re.Pattern[str]) -> set[str]:
    """Ids that a reader comes upon."""
    seen = [said.text for said in spoken(page)] + HEARD.findall(page)
    return {found for text in seen for found in ids.findall(text)}


def wrong(edition: str, page: str, whole: str, ids: re.Pattern[str]) -> Iterable[str]:
    """What is wrong with a page of one language, `whole` being the same where nothing is untranslated."""
    if lost := numbers(whole) - numbers(page):
        yield f"lost: {sorted(lost)}"
    if len(EMPTY.findall(page)) > len(EMPTY.findall(whole)):
        yield "an element with nothing in it"
    if ids_there := shown_ids(page, ids) - shown_ids(whole, ids):
        yield f"ids: {ids_there}"
    own = TAGS[edition]
    for said in spoken(page, own):
        for match in SAID.finditer(said.text):
            language = TAGS["zh" if match["chinese"] else "en"]
            if said.language != language and "header" not in said.within:
                yield f"{match[0]} is said to be {said.language}"
            is_marked = UNMARKED & {*said.within} or "hb-stale--untranslated" in page
            if language != own and not is_marked and match[0] not in whole:
                yield f"{match[0]} is not marked"


@pytest.mark.long
@pytest.mark.parametrize("part", range(3))
def test_no_text_that_lacks_a_language_leaves_a_gap_or_shows_an_id(part: int, tmp_path: Path) -> None:
    handbook = Incomplete(tmp_path)
    fields = list(handbook.fields)
    assert len(fields) > 140
    pipeline = Pipeline(tmp_path)
    renderer = pipeline.run()
    whole = dict(renderer.pages())
    known = [re.escape(entry_id) for entry_id in renderer.plan.handbook.entries if "-" in entry_id]
    ids = re.compile(rf"(?<![\w-])(?:{'|'.join(known)})(?![\w-])")
    assert len(known) > 10
    found: dict[str, list[str]] = {}
    changed = 0
    for number in range(part, len(fields), 3):
        # Two fields at a time, each in another language: they have nothing to do with each other.
        (name, keys), other = fields[number], fields[number - len(fields) // 2]
        lacking = [(name, keys, "en")]
        if other[0] != name and other[1][-1] != "quote":  # a quotation without the original is a problem
            lacking.append((*other, "zh"))
        for each in lacking:
            handbook.without(*each)
        for path, page in pipeline.run().pages():
            edition = path.partition("/")[0]
            if page == whole[path]:
                continue
            changed += 1
            if edition in TAGS:
                errors = list(wrong(edition, html_of(page), html_of(whole[path]), ids))
            else:  # the other language stands beside it
                errors = list(map(str, sorted(numbers(whole[path]) - numbers(page))))
            if errors:
                found[f"{lacking} {path}"] = errors
        for name, *_ in lacking:
            handbook.whole(name)
    assert changed > 200
    assert found == {}


# --- one by one ------------------------------------------------------------------------------------------------


def test_a_source_without_a_short_title_in_the_language_is_cited_by_the_one_it_has(content: Path) -> None:
    change(content / "publications.yml", "  short_title:\n    zh: 灯塔法\n    en: Lights Act\n", SHORT)
    page = pages_of(content)["en/duties/lamp.md"]
    assert (
        '[<span class="hb-elsewhere" lang="zh-Hans">灯塔法 第7条</span>](../publications/lights-act.md#art-7)' in page
    )
    assert "[lights-act" not in page


SHORT = "  short_title:\n    zh: 灯塔法\n"


def test_an_article_without_a_label_in_the_language_has_the_one_that_is_there(content: Path) -> None:
    change(content / "publications.yml", '    - article: "7"\n', '    - article: "7"\n      label: {zh: 附则}\n')
    pages = pages_of(content)
    named = '<span class="hb-elsewhere" lang="zh-Hans">附则</span>'
    assert f"### {named} {{ #art-7 }}" in pages["en/publications/lights-act.md"]
    assert f"[Lights Act {named}](../publications/lights-act.md#art-7)" in pages["en/duties/lamp.md"]


def test_who_reviewed_a_page_is_named_in_another_language_rather_than_not_at_all(content: Path) -> None:
    change(content / "handbook.yml", "    en: the harbour office\n", "")
    page = pages_of(content)["en/tips/wipe.md"]
    assert 'Last reviewed 2026-11 by <span class="hb-elsewhere" lang="zh-Hans">港务局</span>' in page


def test_a_quotation_is_shown_in_the_language_that_it_has_in_that_ones_marks(content: Path) -> None:
    change(content / "duties" / "lamp.yml", "      en: do not wait for ships to ask\n", "")
    page = pages_of(content)["en/duties/lamp.md"]
    assert '<span lang="zh-Hans">“不能等船来催”</span> <span class="hb-stale hb-stale--untranslated" lang="en"' in page


def test_when_and_who_are_shown_in_another_language(content: Path) -> None:
    change(content / "duties" / "lamp.yml", "      en: Before sunset\n", "")
    assert '<span lang="zh-Hans">日落前</span>' in pages_of(content)["en/duties/lamp.md"]


def test_prose_says_its_language_and_keeps_its_marks(content: Path) -> None:
    path = content / "guides" / "about.yml"
    english = "      en: |\n        First paragraph,\n        continued.\n\n        1. One\n        2. Two\n"
    change(path, english + "      source: editors\n", "      source: lights-act:7\n")
    page = pages_of(content)["en/guides/about.md"]
    block = page.partition('<div lang="zh-Hans" markdown>')[2].partition("</div>")[0]
    assert "- 一" in block
    assert 'data-note="Not translated yet"' in block
    assert "[Lights Act art. 7]" in block


def test_a_title_is_marked_wherever_it_is_linked_to(content: Path) -> None:
    change(content / "situations.yml", "    en: Fog\n", "")
    pages = pages_of(content)
    title = '<span class="hb-elsewhere" lang="zh-Hans">起雾</span>'
    assert f"[{title}](../situations.md#fog)" in pages["en/duties/lamp.md"]
    assert title in pages["en/index.md"]
    assert '<span lang="en">' in pages["both/duties/lamp.md"]


def test_a_word_in_text_that_stands_for_an_entry_is_marked(content: Path) -> None:
    change(content / "terms.yml", "    en: lens\n", "")
    change(content / "terms.yml", "language: en, word: magnifier, instead: lens, unless: [magnifier shop]", TERM)
    page = pages_of(content)["en/duties/lamp.md"]
    assert '[<span class="hb-elsewhere" lang="zh-Hans">透镜</span>](../terms.md#lens){ .hb-term }' in page


TERM = "language: zh, word: 放大镜, instead: 透镜"


def test_terms_stand_under_the_letter_of_the_title_that_they_have(content: Path) -> None:
    change(content / "terms.yml", "    en: lens\n", "")
    change(content / "terms.yml", "language: en, word: magnifier, instead: lens, unless: [magnifier shop]", TERM)
    assert "## T { #letter-t .hb-letter }" in pages_of(content)["en/terms.md"]


# --- alternates ------------------------------------------------------------------------------------------------


def test_a_page_wholly_untranslated_is_no_alternate(content: Path) -> None:
    change(content / "situations.yml", "    en: Fog\n", "")
    plan = Pipeline(content).run().plan
    assert heads.untranslated(plan, "en") == set()
    path = content / "outcomes" / "harbour.yml"
    path.write_text(re.sub(r"(?m)^ +en: .*\n", "", path.read_text(encoding="utf-8")), encoding="utf-8")
    plan = Pipeline(content).run().plan
    assert heads.untranslated(plan, "en") == {"outcomes/harbour.md"}
    assert heads.untranslated(plan, "zh") == set()
