"""Words of the trade in running text: where they stand, and which of them carry their meaning on a page.

While a page is rendered every word of the glossary in its texts is marked; when the whole page is there, the first
of each in every section (from heading to heading, for each language) becomes a link and the others are text again.
The link leads to the glossary; the page's foot holds the meanings, which `reading.js` shows beside the word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from ..content import markup
from ..content.catalogues import PREFIXES, Words
from ..content.entries import Term
from ..content.handbook import Handbook
from ..content.types import Text
from .markdown import Find

SHORTEST: Final = 2
"""Characters that a word must have to be looked for."""

_aside = re.compile(r"\s*[（(][^（()）]*[）)]\s*")
_mark = re.compile("\x01(?P<explicit>!?)(?P<language>[^ \x02]+) (?P<term>[^\x02]+)\x02(?P<words>[^\x03]*)\x03")
_svg = re.compile(r"<svg\b.*?</svg>", re.DOTALL)


def mark(language: str, term: str, *, explicit: bool = False) -> str:
    """What `markdown` puts before a word, for `settle` to find: control characters are in no text."""
    return f"{'!' if explicit else ''}{language} {term}"


class Glossary:
    """Finds the words of a handbook's glossary in its texts."""

    def __init__(self, handbook: Handbook, interface: Words) -> None:
        self._first = handbook.settings.languages[0]
        self._terms = handbook.all(Term)
        self._words = {
            language: {term.id: _words(term, language) for term in self._terms.values()}
            for language in handbook.settings.languages
        }
        self._prefixes = {
            language: sorted(_composed(interface[language].get(PREFIXES, "")).split(), key=len, reverse=True)
            for language in handbook.settings.languages
        }
        self._patterns = {
            language: self._pattern(words, self._prefixes[language]) for language, words in self._words.items()
        }

    def _pattern(
        self, words: Mapping[str, list[str]], prefixes: Iterable[str]
    ) -> tuple[re.Pattern[str] | None, dict[str, str]]:
        """One pattern for all words, the longest first; what only contains a word is matched and belongs to none."""
        owners = {form if form.isupper() else form.casefold(): term for term, forms in words.items() for form in forms}
        others = [_composed(markup.unwrap(word)) for term in self._terms.values() for word in term.unlike]
        owners = {**dict.fromkeys(map(str.casefold, others), ""), **owners}
        # Folded, a word can have other letters (`ß`, `İ`): it is looked for as it is written, too. The text stays as it
        # was typed, so a word is looked for with its accents apart as well.
        written = {*owners, *others, *(form for forms in words.values() for form in forms)}
        written |= {word.casefold() for word in written}
        pattern = _any_of((written | {unicodedata.normalize("NFD", word) for word in written}) - {""}, prefixes)
        return (re.compile(pattern, re.IGNORECASE) if pattern else None), owners

    def finder(self, language: str, text: Text) -> Find:
        """Cuts pieces of `text` in `language` at its words of the trade.

        In a translation a common word may mean something else; it counts only where the word of the handbook's
        first language stands in the original.
        """
        pattern, owners = self._patterns[language]
        prefixes = ("", *self._prefixes[language])
        original = None if language == self._first else text.get(self._first)
        original = original if original is None else _composed(markup.unwrap(original))

        def find(piece: str) -> Iterator[tuple[str, str]]:
            end = 0
            for match in pattern.finditer(piece) if pattern else ():
                term = _owner(_composed(match[0]), owners, prefixes)
                if term and (original is None or any(word in original for word in self._words[self._first][term])):
                    yield piece[end : match.start()], ""
                    yield match[0], mark(language, term)
                    end = match.end()
            yield piece[end:], ""

        return find


def _words(term: Term, language: str) -> list[str]:
    """The forms in which texts use `term`; an explanation in brackets is no part of the word.

    A form begins with a letter: nothing that Markdown could take for the start of a list.
    """
    title = markup.plain(term.title.get(language) or "", str)
    forms = [_composed(form) for form in (_aside.sub("", title), *map(markup.unwrap, term.also))]
    return [form for form in forms if len(form) >= SHORTEST and form[0].isalpha()]


def _composed(text: str) -> str:
    """`text` with a letter and its accents in one character, as most write them: some machines take them apart."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _any_of(words: Iterable[str], prefixes: Iterable[str]) -> str:
    """A pattern for `words`, at each place the longest, also behind one of `prefixes` where a word begins with that.

    Tried one by one at every letter of every text, they took most of the time of a build. So the words with the same
    first letter stand behind it, and all that begin only where a word begins are behind one look at that.
    """
    found: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        found.setdefault(word[0], []).append(word)
    apart = {first: words for first, words in found.items() if all(map(_is_spaced, words))}
    others = [_behind(first, words, r"(?<!\w.)") for first, words in found.items() if first not in apart]
    bounded = "|".join(_behind(first, words, "") for first, words in apart.items())
    written = dict.fromkeys(form for one in prefixes for form in (one, unicodedata.normalize("NFD", one)))
    before = f"(?:{'|'.join(map(re.escape, written))})??" if written else ""  # tried last: a word may begin as one does
    return "|".join([*others, rf"(?<!\w){before}(?:{bounded})"] if bounded else others)


def _behind(first: str, words: Iterable[str], bound: str) -> str:
    """A pattern for `words`, which all have this first letter; `bound` behind it is that a word begins with it."""
    forms = [
        rf"{bound}{re.escape(word[1:])}(?:e?s)?(?!\w)" if _is_spaced(word) else re.escape(word[1:]) for word in words
    ]
    return f"{re.escape(first)}(?:{'|'.join(forms)})"


def _is_spaced(word: str) -> bool:
    """Whether its script has spaces between words: then it is looked for as a whole word, in the plural too."""
    return not any(map(_runs_on, (word[0], word[-1])))


def _runs_on(char: str) -> bool:
    """Whether words of its script follow each other without spaces."""
    name = unicodedata.name(char, "")
    return unicodedata.east_asian_width(char) in "WF" or name.startswith(("THAI ", "LAO ", "KHMER ", "MYANMAR "))


def _owner(found: str, owners: Mapping[str, str], prefixes: Iterable[str]) -> str:
    """The term whose form or plural `found` is, behind a prefix or not; none where it is a word with another sense.

    A word in capitals is found only as it is written: `IT` is not in `its`.
    """
    words = [found[len(prefix) :] for prefix in prefixes if found.casefold().startswith(prefix.casefold())]
    forms = [form.removesuffix(end) for word in words for form in (word, word.casefold()) for end in ("", "s", "es")]
    return next((owners[form] for form in forms if form in owners), "")


def settle(body: str, href: Callable[[str], str]) -> tuple[str, list[str]]:
    """`body` with its marks made links or text, and the ids of the terms whose meaning it needs, in order of use."""
    used: dict[str, None] = {}
    seen: set[tuple[str, str]] = set()

    def settled(match: re.Match[str]) -> str:
        key = match["language"], match["term"]
        if not match["explicit"] and key in seen:
            return match["words"]
        seen.add(key)
        used[match["term"]] = None
        return f"[{match['words']}]({href(match['term'])}){{ .hb-term }}"

    def in_heading(match: re.Match[str]) -> str:
        return f"[{match['words']}]({href(match['term'])})" if match["explicit"] else match["words"]

    def lines() -> Iterable[str]:
        for line in _svg.sub(lambda match: plain(match[0]), body).split("\n"):
            heading = line.startswith("#")
            if heading:
                seen.clear()
            yield _mark.sub(in_heading if heading else settled, line) if "\x01" in line else line

    return "\n".join(lines()), list(used)


def plain(body: str) -> str:
    """`body` without marks."""
    return _mark.sub(lambda match: match["words"], body)
