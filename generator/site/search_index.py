"""What the search of an edition looks through: the sections of its pages as plain text.

The search (theme/assets/search.js) reads all of it and looks for what was typed as it stands, so that Chinese
needs no cutting into words. The index is a script, not JSON, because a script can also be loaded from a disk.
"""

from __future__ import annotations

import html
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from ..content.entries import Entry, Term
from ..content.sources import Publication
from ..render.text import TextRenderer

FILE: Final = "search/index.js"
"""Where it stands below an edition."""

Section = list[str]
"""The id of a heading, the heading, and the text below it. The first is the page itself."""

_token = re.compile(r"""<(/?)([a-z][\w-]*)((?:[^>"']|"[^"]*"|'[^']*')*)>|<!--.*?-->|([^<]+|<)""", re.DOTALL)
_heading = re.compile(r"h[1-6]$")
_id = re.compile(r'\bid="([^"]*)"')
_hidden = re.compile(r'\bdata-search-exclude\b|\bclass="headerlink"')
_void = frozenset(("br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"))
_skipped = frozenset(("script", "style", "svg", "template"))
_inline = frozenset(
    ("a", "abbr", "b", "button", "code", "em", "i", "mark", "q", "small", "span", "strong", "sub", "sup")
)


def sections(page: str) -> list[Section]:
    """The sections of a page's HTML, which is well-formed.

    Each block of text is a line. What is marked `data-search-exclude` is left out.
    """
    found = [_Piece("")]
    lines, hidden = found[0].text, 0
    for close, tag, attributes, text in _token.findall(page):
        if hidden:
            hidden += 0 if not tag or tag in _void else -1 if close else 1
        elif text:
            lines.append(html.unescape(text))
        elif _heading.match(tag):
            anchor = _id.search(attributes)
            if anchor and not close:
                if tag == "h1" and not found[0].id:
                    found[0].id = anchor[1]
                else:
                    found.append(_Piece(anchor[1]))
            lines = found[-1].text if close else found[-1].heading
        elif tag and not close and tag not in _void and (tag in _skipped or _hidden.search(attributes)):
            hidden = 1
        elif tag not in _inline:
            lines.append("\n")
    return [[piece.id, _lines(piece.heading).replace("\n", " "), _lines(piece.text)] for piece in found]


@dataclass
class _Piece:
    """A section as it is being read."""

    id: str
    heading: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)


def _lines(pieces: Iterable[str]) -> str:
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return "\n".join(filter(None, lines))


def entry(url: str, weight: float, found: list[Section], names: Mapping[str, str]) -> bytes:
    """A page in the index: its address within the edition, its weight (1 is usual), and its sections.

    A section has a fourth value there, further `names` of the same, and no id where it is the page itself.
    """
    return _json([url, weight, [[own if i else "", *said, names.get(own, "")] for i, (own, *said) in enumerate(found)]])


def script(entries: Iterable[bytes]) -> bytes:
    """The index, from what `entry` gives for each page."""
    return b"handbookSearch.index([" + b",".join(entries) + b"]);\n"


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


# --- further names -------------------------------------------------------------------------------------------


def names(texts: TextRenderer) -> dict[str, str]:
    """By the id of an entry, what else it is called, a name a line.

    That is its titles in the languages that the edition does not have, its short title, words that texts use for it,
    and Pinyin as it is typed.
    """
    return {entry_id: "\n".join(_names(texts, entry_id, entry)) for entry_id, entry in texts.handbook.entries.items()}


def _names(texts: TextRenderer, entry_id: str, entry: Entry) -> Iterator[str]:
    for language in entry.title.by_language:
        if language not in texts.languages:
            yield texts.title(language, entry_id)
    if isinstance(entry, Publication):
        for language, text in entry.short_title.by_language.items():
            yield texts.bare(language, text)
    if isinstance(entry, Term):
        yield from entry.also
        yield from spellings(entry.pinyin or "")


# --- Pinyin --------------------------------------------------------------------------------------------------


def spellings(romanised: str) -> Iterator[str]:
    """How a romanisation is typed: `dūbàn` as `duban` and, by the first letters of its syllables, `db`."""
    bare = "".join(char for char in unicodedata.normalize("NFD", romanised.lower()) if not unicodedata.combining(char))
    plain = "".join(filter(str.isalpha, bare))
    if plain:
        yield plain
        yield "".join(syllable[0] for syllable in syllables(bare))


_initial = "(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
_final = "(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|ei|ao|ou|an|en|in|un|er|ia|ie|iu|ua|ue|ui|uo|a|o|e|i|u)"
_syllable = re.compile(f"{_initial}{_final}(?![aeiou]|n(?![aeiouü])|ng)|{_initial}{_final}")


def syllables(bare: str) -> list[str]:
    """The syllables of Pinyin without tone marks; spaces, hyphens and apostrophes divide them too."""
    return [found for part in re.split(r"[^a-z]+", bare.replace("ü", "u")) for found in _syllable.findall(part)]
