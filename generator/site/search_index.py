"""What the search of an edition looks through: the sections of its pages as plain text.

Texts stand in it as they are shown: the search (theme/assets/search.js) alone knows which differences do not matter
(case, accents, width …), and so treats what is typed and what it looks in alike. The index is a script, not JSON,
because a script can also be loaded from a disk.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from ..content.entries import Area, Entry, Term
from ..content.sources import Publication
from ..pages.plan import Address
from ..render.text import TextRenderer
from . import chinese

FILE: Final = "search/index.js"
"""Where it stands below an edition."""

Section = list[str]
"""The id of a heading, the heading, and the text below it. The first is the page itself."""

_token = re.compile(
    r"""([^<]+)|<(/?)([a-z][\w-]*)([^>"']*(?:"[^"]*"[^>"']*|'[^']*'[^>"']*)*)>|<!--.*?-->|(<)""", re.DOTALL
)
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
    for text, close, tag, attributes, sign in _token.findall(page):
        if hidden:
            hidden += 0 if not tag or tag in _void else -1 if close else 1
        elif text or sign:
            lines.append(text or sign)
        elif tag in _inline:  # most of all
            hidden = int(bool(attributes and not close and _hidden.search(attributes)))
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
        else:
            lines.append("\n")
    return [[piece.id, _lines(piece.heading).replace("\n", " "), _lines(piece.text)] for piece in found]


@dataclass
class _Piece:
    """A section as it is being read."""

    id: str
    heading: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)


def _lines(pieces: Iterable[str]) -> str:
    lines = (" ".join(line.split()) for line in html.unescape("".join(pieces)).split("\n"))
    return "\n".join(filter(None, lines))


def entry(path: str, url: str, weight: float, found: list[Section], names: Mapping[Address, Names]) -> bytes:
    """A page in the index: its address within the edition, its weight (1 is usual), and its sections.

    A section has no id where it is the page itself. Where an entry stands there, what `names` has of it follows.
    """
    sections = []
    for number, (own, *said) in enumerate(found):
        anchor = own if number else ""
        sections.append([anchor, *said, *names.get(Address(path, anchor), ())])
    return _json([url, weight, sections])


def script(entries: Iterable[bytes], languages: Collection[Mapping[str, str]]) -> bytes:
    """The index, from what `entry` gives for each page, and the interface words of the handbook's `languages`."""
    pages = b",".join(entries)
    variants = chinese.variants(set(pages.decode("utf-8")))
    notice = b"// Traditional and Simplified characters are from OpenCC, Apache License 2.0\n" if variants else b""
    words = [" ".join(own[key] for own in languages).strip() for key in ("search.spellings", "search.common")]
    return notice + b"handbookSearch.index([%b],%b);\n" % (pages, b",".join(map(_json, (variants, *words))))


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


# --- further names -------------------------------------------------------------------------------------------

Names = tuple[str, str, int]
"""What else an entry is called, a name a line; how its Chinese names are read, a reading a line; and whether its title
is that of something to read (1), or stands above a list of other entries (0)."""


def names(texts: TextRenderer) -> dict[Address, Names]:
    """By where an entry stands.

    Its names are its titles in the languages that its heading does not have to itself, its short title, and words that
    texts use for it.
    """
    entries = texts.handbook.entries
    return {address: _names(texts, entry_id, entries[entry_id]) for entry_id, address in texts.addresses.items()}


def _names(texts: TextRenderer, entry_id: str, entry: Entry) -> Names:
    called: list[str] = []
    readings: list[str] = []
    for language in entry.title.by_language:
        title = texts.title(language, entry_id)
        if texts.languages != [language]:
            called.append(title)
        if texts.tag(language).startswith("zh"):
            own = isinstance(entry, Term) and entry.pinyin
            readings.append(chinese.syllables(own) if own else chinese.reading(title))
    if isinstance(entry, Publication):
        for language, text in entry.short_title.by_language.items():
            called.append(texts.bare(language, text))
    if isinstance(entry, Term):
        called += entry.also
    return "\n".join(dict.fromkeys(called)), "\n".join(filter(None, readings)), int(not isinstance(entry, Area))
