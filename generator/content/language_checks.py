"""Is each text in its own language, with its own punctuation, and are its brackets and quotation marks closed?

What a language is written in stands in its strings file: `language.scripts` (names as Unicode gives them, `LATIN`,
`CJK`, `CYRILLIC` …), `language.letters` (letters of no script of its own that are at home all the same: `µ`),
`language.punctuation` (`full-width` or `half-width`), `language.pairs` (brackets and quotation marks, opening and
closing), `language.list-marks` (closing brackets that may stand behind a number or a letter alone: `1)`), and
`quotation` (how words are quoted).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

from ..problems import Problem, code, phrase
from .catalogues import Words
from .handbook import Origin
from .introspection import EntryIndex
from .types import Text

NAMES: Final = frozenset({"example", "issuer", "label", "name", "short_title", "title"})
"""Fields that may hold a name alone, which another language has alike: `KPI`."""
ABOUT_LANGUAGE: Final = frozenset({
    *("language.name", "language.punctuation", "language.scripts", "language.tag", "language.pairs"),
    *("language.letters", "language.list-marks", "quotation"),
})  # fmt: skip
"""What every strings file says of its language: texts are checked and marked by it."""

FULL_WIDTH: Final = {",": "，", ":": "：", ";": "；", "?": "？", "!": "！", "(": "（", ")": "）"}

_wide = r"[⺀-鿿豈-﫿、-〟”》）」』]"
_half_width = re.compile(rf"(?<={_wide})[,:;?!()]|[,;?!(](?={_wide})")
_no_text = re.compile(r"`[^`]*`|\]\([^)]*\)")
_item = re.compile(r"(?<!\w)(?:[0-9]{1,3}|[ivx]{1,4}|[IVX]{1,4}|[一二三四五六七八九十]{1,3}|[^\W\d_])$")
"""What stands before a list mark: a number in figures, Roman ones or Chinese ones, or a letter."""


class Writing:
    """How one language is written, as its strings file says."""

    def __init__(self, scripts: str, letters: str, pairs: str, list_marks: str, quotation: str) -> None:
        self.alphabet = _Alphabet(scripts, letters)
        self.pairs = {(pair[0], pair[-1]): re.compile(f"[{re.escape(pair)}]") for pair in pairs.split()}
        """Opening and closing marks, and a pattern that finds either."""
        self.marks = frozenset("".join(pairs.split()))
        self.list_marks = frozenset(list_marks.split())
        opening, _, closing = quotation.partition("{text}")
        quoted = f"|{re.escape(opening)}[^{re.escape(closing)}]*{re.escape(closing)}" if opening and closing else ""
        # What is not running text: code, references, links, and what stands in brackets or quotation marks.
        self._aside = re.compile(rf"`[^`]*`|\[\[[^\]]*\]\]|\]\([^)]*\)|\([^()]*\)|（[^（）]*）{quoted}|\*\*\*")

    def is_of(self, text: str) -> bool:
        """Whether `text` reads as written in this language.

        With Latin letters among the language's own, letters of any other script count as foreign, brackets and
        quotations apart. In other languages Latin words are at home; a text of nothing else is not.
        """
        own, marks = self.alphabet, set(text)
        foreign = own.foreign(marks)
        if "LATIN" in own.scripts:
            return not foreign or not own.foreign(set(self._aside.sub(" ", text)))
        if not marks.isdisjoint(own.letters):
            return True
        aside = set(self._aside.sub(" ", text))
        return not own.foreign(aside) and aside.isdisjoint(own.letters)

    def unbalanced(self, text: str) -> Iterator[tuple[str, str]]:
        """Pairs of marks that do not close, or close before they open."""
        plain = _no_text.sub(" ", text)
        for opening, closing in self.pairs:
            if plain.count(opening) % 2 if opening == closing else self._is_open(plain, opening, closing):
                yield opening, closing

    def _is_open(self, plain: str, opening: str, closing: str) -> bool:
        depth = 0
        for mark in self.pairs[opening, closing].finditer(plain):
            if mark[0] == opening:
                depth += 1
                continue
            start = mark.start()
            if not depth and closing in self.list_marks and _item.search(plain, max(start - 5, 0), start):
                continue
            depth -= 1
            if depth < 0:
                return True
        return depth > 0


_writing = cache(Writing)


def writing(own: Mapping[str, str]) -> Writing:
    """How the language with these interface words is written."""
    about = ("language.scripts", "language.letters", "language.pairs", "language.list-marks", "quotation")
    return _writing(*map(own.__getitem__, about))


def run(index: EntryIndex, origin: Origin, words: Words) -> Iterator[Problem]:
    """Every check on every text of an entry. Words that do not say what they must are a problem of their own."""
    known = {language: own for language, own in words.items() if own.keys() >= ABOUT_LANGUAGE}
    for path, text_in in index.texts:
        for language, text in text_in.by_language.items():
            if language not in known:
                continue
            here = (*path, language)
            own = known[language]
            written = writing(own)
            marks = set(text)
            if not written.is_of(text) and not (path[-1] in NAMES and _is_name(text, text_in)):
                wrong = phrase("expected.script", language=own["language.name"]), code(text.strip())
                yield origin.problem(here, *wrong, phrase("hint.wrong-slot"))
            if own["language.punctuation"] == "full-width" and not marks.isdisjoint(FULL_WIDTH):
                for mark, around in half_width(text):
                    found = phrase("found.in-text", part=mark, text=around)
                    use = phrase("hint.use", mark=FULL_WIDTH[mark])
                    yield origin.problem(here, phrase("expected.full-width"), found, use)
            if not marks.isdisjoint(written.marks):
                for opening, closing in written.unbalanced(text):
                    expected = phrase("expected.balanced", open=opening, close=closing)
                    yield origin.problem(here, expected, code(text.strip()))


def _is_name(title: str, text: Text) -> bool:
    """Whether a text is a name such as `KPI` or `Office 365`, which another language has alike."""
    words = title.split()
    is_alike = sum(" ".join(other.split()) == " ".join(words) for other in text.by_language.values()) > 1
    return is_alike and (len(words) == 1 or all(map(_is_capital, words)))


def _is_capital(word: str) -> bool:
    """Whether a word is one of a name: it has a capital letter, or no letter at all."""
    return word != word.lower() or not any(map(str.isalpha, word))


class _Alphabet:
    """The characters of some scripts, as far as they were met."""

    def __init__(self, scripts: str, letters: str) -> None:
        self.scripts = frozenset(scripts.split())
        self.letters: set[str] = set()
        self.at_home: set[str] = set("".join(letters.split()))
        """The letters, and all that are no letters of any script."""

    def foreign(self, marks: set[str]) -> set[str]:
        """The letters among `marks` that are of other scripts."""
        new = marks - self.at_home
        for mark in new:
            script = unicodedata.name(mark, "").split(" ")[0] if mark.isalpha() else ""
            if script in self.scripts:
                self.letters.add(mark)
            if not script or script in self.scripts:
                self.at_home.add(mark)
        return new - self.at_home


def half_width(text: str) -> Iterator[tuple[str, str]]:
    """(mark, what stands around it) of half-width punctuation that touches a wide character."""
    plain = _no_text.sub(lambda match: " " * len(match[0]), text)
    for match in _half_width.finditer(plain):
        yield match[0], text[max(match.start() - 6, 0) : match.end() + 6].strip()
