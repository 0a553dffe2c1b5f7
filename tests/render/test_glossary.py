"""Which words of a page carry their meaning."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from generator.content.catalogues import PREFIXES
from generator.content.entries import Term
from generator.content.types import Text
from generator.render import glossary, markdown
from generator.render.glossary import Glossary, settle


def known(prefixes: str = "", **terms: dict[str, Any]) -> Glossary:
    """A glossary of `terms`: id to title in Chinese and English, and other fields; English has these `prefixes`."""
    entries = {
        name: Term.model_validate(
            {"id": name, "title": {k: fields.pop(k) for k in ("zh", "en")}, "meaning": {"source": "editors"}, **fields}
        )
        for name, fields in terms.items()
    }
    handbook: Any = SimpleNamespace(settings=SimpleNamespace(languages=["zh", "en"]), all=lambda kind: entries)
    return Glossary(handbook, {"zh": {}, "en": {PREFIXES: prefixes} if prefixes else {}})


GLOSSARY = known(
    office={"zh": "办公室", "en": "general office"},
    director={"zh": "办公室主任", "en": "director (of an office)"},
    affairs={"zh": "办事", "en": "affairs", "unlike": ["办事项"]},
    county={"zh": "县委办", "en": "county office", "also": ["县委办公室"]},
)


def explained(language: str, words: Glossary = GLOSSARY, /, **text: str) -> str:
    """`text` as a section shows it in `language`, with the words that carry their meaning in brackets."""
    whole = Text.model_validate(text)
    find = words.finder(language, whole)
    line = markdown.inline(text[language], lambda entry: markdown.Target(f"#{entry}", entry), find)
    return re.sub(r"\[([^]]*)\]\(#([\w-]+)\)\{ \.hb-term \}", r"<\2:\1>", settle(line, "#{}".format)[0])


@pytest.mark.parametrize(
    ("language", "text", "shown"),
    [
        ("zh", {"zh": "办公室主任管办公室。"}, "<director:办公室主任>管<office:办公室>。"),
        ("zh", {"zh": "办公室和办公室"}, "<office:办公室>和办公室"),
        ("zh", {"zh": "县委办公室办事"}, "<county:县委办公室><affairs:办事>"),
        ("zh", {"zh": "交办事项"}, "交办事项"),
        (
            "zh",
            {"zh": "**办事**，见[办事](https://example.org/)"},
            "<strong><affairs:办事></strong>，见[办事](https://example.org/)",
        ),
        ("en", {"zh": "办公室", "en": "Two General Offices"}, "Two <office:General Offices>"),
        ("en", {"zh": "办公室主任", "en": "Directors direct."}, "<director:Directors> direct."),
        ("en", {"zh": "外交", "en": "foreign affairs"}, "foreign affairs"),
        ("en", {"en": "affairs"}, "<affairs:affairs>"),
        ("en", {"zh": "办事", "en": "staffaffairs"}, "staffaffairs"),
    ],
)
def test_a_word_carries_its_meaning_at_its_first_use(language: str, text: dict[str, str], shown: str) -> None:
    assert explained(language, **text) == shown


def test_every_section_and_every_language_begins_anew_and_headings_stay_as_they_are() -> None:
    def word(language: str) -> str:
        return f"\x01{glossary.mark(language, 'office')}\x02o\x03"

    body = f"# {word('zh')}\n{word('zh')} {word('en')} {word('zh')}\n## x\n{word('zh')}<svg>{word('en')}</svg>"
    link = "[o](#office){ .hb-term }"
    assert glossary.settle(body, "#{}".format) == (f"# o\n{link} {link} o\n## x\n{link}<svg>o</svg>", ["office"])


def test_each_word_that_a_page_explains_has_its_meaning_on_the_page(docs: Path) -> None:
    pages = 0
    for page in docs.rglob("*.md"):
        body, _, foot = page.read_text(encoding="utf-8").partition('<details class="hb-words"')
        links = set(re.findall(r"\]\(([^)]*)\)\{ \.hb-term \}", body))
        assert links == {link for link in links if f"]({link})" in foot}, page
        assert not re.search("[\x01-\x03]", body + foot), page
        pages += bool(links)
    assert pages > 200


def test_a_word_in_capitals_is_found_only_as_it_is_written() -> None:
    terms = known(it={"zh": "信息技术", "en": "IT"}, us={"zh": "美国", "en": "US"}, kpi={"zh": "指标", "en": "KPI"})
    find = terms.finder("en", Text.model_validate({"zh": "信息技术、美国、指标", "en": "x"}))
    found = [(words, mark) for words, mark in find("It is its own; ask us. IT and the US have KPIs, not kpis.") if mark]
    assert found == [("IT", "en it"), ("US", "en us"), ("KPIs", "en kpi")]


@pytest.mark.parametrize(
    ("term", "text", "found"),
    [
        ("Maßnahme", "Eine Maßnahme hilft.", "Maßnahme"),
        ("Maßnahme", "EINE MASSNAHME HILFT.", "MASSNAHME"),
        ("İstanbul", "Bir İstanbul dir.", "İstanbul"),
        ("Büro", "Ein Bu\u0308ro.", "Bu\u0308ro"),
        ("Bu\u0308ro", "Ein Büro.", "Büro"),
    ],
)
def test_a_word_is_found_however_its_letters_are_folded_or_composed(term: str, text: str, found: str) -> None:
    find = known(word={"zh": "词语", "en": term}).finder("en", Text.model_validate({"zh": "词语", "en": text}))
    assert [words for words, mark in find(text) if mark] == [found]
    assert "".join(words for words, _ in find(text)) == text


@pytest.mark.parametrize(
    ("prefixes", "text", "shown"),
    [
        ("", "الفانوس", "الفانوس"),
        ("ال وال لل و", "الفانوس", "<lamp:الفانوس>"),
        ("ال وال لل و", "نظّف والفانوس وفانوس", "نظّف <lamp:والفانوس> وفانوس"),
        ("ال وال لل و", "نظف للفانوس.", "نظف <lamp:للفانوس>."),
        ("ال وال لل و", "الوانوس بفانوس", "الوانوس بفانوس"),
        ("ال وال لل و", "الفانوسي", "الفانوسي"),
        ("ال وال لل و", "وقود والوقود", "<fuel:وقود> والوقود"),
        ("ال وال لل و", "وكالة والكالة", "وكالة <each:والكالة>"),
        ("ال", "الفانوس الكبير", "<lamp:الفانوس> الكبير"),
        ("ال", "في الكتاب الرسمي وفي الكتاب", "في <formal:الكتاب الرسمي> وفي <letter:الكتاب>"),
        ("pré", "Prélumen", "<beam:Prélumen>"),
        ("pré", "pre\u0301lumen", "<beam:pre\u0301lumen>"),
        ("pre\u0301", "prélumen", "<beam:prélumen>"),
        ("ה ב", "את המנורה", "את <light:המנורה>"),
        ("ה ב", "המנורהה", "המנורהה"),
    ],
)
def test_a_word_is_found_behind_what_its_language_writes_together_with_it(prefixes: str, text: str, shown: str) -> None:
    words = known(
        prefixes,
        lamp={"zh": "灯", "en": "فانوس"},
        fuel={"zh": "油", "en": "وقود"},
        light={"zh": "光", "en": "מנורה"},
        each={"zh": "每", "en": "كالة", "unlike": ["وكالة"]},
        letter={"zh": "信", "en": "كتاب"},
        formal={"zh": "函", "en": "الكتاب الرسمي"},
        beam={"zh": "束", "en": "lumen"},
    )
    assert explained("en", words, en=text) == shown
