"""Is each text in its own language, with its own punctuation, and are its brackets and quotation marks closed?

What a language is written in stands in its strings file: `language.scripts` (names as Unicode gives them,
`LATIN`, `CJK`, `CYRILLIC` …) and `language.punctuation` (`full-width` or `half-width`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Final

from ..problems import Problem, code, phrase
from .catalogues import Words
from .handbook import Origin
from .introspection import EntryIndex

ABOUT_LANGUAGE: Final = frozenset({"language.name", "language.punctuation", "language.scripts", "language.tag"})
"""What every strings file says of its language: texts are checked and marked by it."""

PAIRS: Final = {"“": "”", "「": "」", "『": "』", "《": "》", "（": "）", "(": ")", "【": "】"}
FULL_WIDTH: Final = {",": "，", ":": "：", ";": "；", "?": "？", "!": "！", "(": "（", ")": "）"}

_MARKS: Final = frozenset(PAIRS) | frozenset(PAIRS.values())
_bracket = re.compile(f"[{re.escape(''.join(sorted(_MARKS)))}]")

# What is not running text: code, references, links, and what stands in brackets or quotation marks.
_aside = re.compile(r"`[^`]*`|\[\[[^\]]*\]\]|\]\([^)]*\)|\([^()]*\)|（[^（）]*）|“[^”]*”|\*\*\*")
_wide = r"[⺀-鿿豈-﫿、-〟”》）」』]"
_half_width = re.compile(rf"(?<={_wide})[,:;?!()]|[,;?!(](?={_wide})")


def run(index: EntryIndex, origin: Origin, words: Words) -> Iterator[Problem]:
    """Every check on every text of an entry. Words that do not say what they must are a problem of their own."""
    known = {language: own for language, own in words.items() if own.keys() >= ABOUT_LANGUAGE}
    for path, text_in in index.texts:
        for language, text in text_in.by_language.items():
            if language not in known:
                continue
            here = (*path, language)
            own = known[language]
            marks = set(text)
            if not in_scripts(text, own["language.scripts"]):
                wrong = phrase("expected.script", language=own["language.name"]), code(text.strip())
                yield origin.problem(here, *wrong, phrase("hint.wrong-slot"))
            if own["language.punctuation"] == "full-width" and not marks.isdisjoint(FULL_WIDTH):
                for mark, around in half_width(text):
                    found = phrase("found.in-text", part=mark, text=around)
                    use = phrase("hint.use", mark=FULL_WIDTH[mark])
                    yield origin.problem(here, phrase("expected.full-width"), found, use)
            if not marks.isdisjoint(_MARKS):
                for opening, closing in unbalanced(text):
                    expected = phrase("expected.balanced", open=opening, close=closing)
                    yield origin.problem(here, expected, code(text.strip()))


class _Alphabet:
    """The characters of some scripts, as far as they were met."""

    def __init__(self, scripts: str) -> None:
        self.scripts = frozenset(scripts.split())
        self.letters: set[str] = set()
        self.at_home: set[str] = set()
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


_alphabet = cache(_Alphabet)


def in_scripts(text: str, scripts: str) -> bool:
    """Whether `text` reads as written in `scripts`.

    With Latin letters among the language's own, letters of any other script count as foreign, brackets and
    quotations apart. In other languages Latin words are at home; a text of nothing else is not.
    """
    own, marks = _alphabet(scripts), set(text)
    foreign = own.foreign(marks)
    if "LATIN" in own.scripts:
        return not foreign or not own.foreign(set(_aside.sub(" ", text)))
    if not marks.isdisjoint(own.letters):
        return True
    aside = set(_aside.sub(" ", text))
    return not own.foreign(aside) and aside.isdisjoint(own.letters)


def half_width(text: str) -> Iterator[tuple[str, str]]:
    """(mark, what stands around it) of half-width punctuation that touches a wide character."""
    plain = re.sub(r"`[^`]*`|\]\([^)]*\)", lambda match: " " * len(match[0]), text)
    for match in _half_width.finditer(plain):
        yield match[0], text[max(match.start() - 6, 0) : match.end() + 6].strip()


def unbalanced(text: str) -> Iterator[tuple[str, str]]:
    """Pairs of marks that do not close, or close before they open."""
    plain = re.sub(r"`[^`]*`|\]\([^)]*\)", " ", text)
    marks = _bracket.findall(plain)
    for opening, closing in PAIRS.items():
        depth = 0
        for char in marks:
            depth += (char == opening) - (char == closing)
            if depth < 0:
                break
        if depth:
            yield opening, closing
