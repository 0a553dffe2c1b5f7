"""Words for the search index that cutting Chinese into words does not give.

Material cuts Chinese by a dictionary, so that a reader who types 导的行 or 一把 finds nothing, though a title
has just these characters. Each section of the index therefore gets two more fields, which are searched and
never shown: `names`, every run of two to four characters of its heading and the romanisation of what it
defines; and `words`, those runs of its text that are in some heading of the site. Every such run is then
found wherever it stands, and first where it is in a heading. mkdocs.yml declares the fields and their weight.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

LENGTHS: Final = (2, 3, 4)
CUT: Final = "\u200b"
"""What Material puts between the words that it cuts."""

_tag = re.compile(r"<[^>]+>")
_wide_run = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")


def add(sections: list[dict[str, Any]], romanised: Mapping[str, str], known: set[str] | None = None) -> None:
    """Add `names` and `words` to every section of a search index.

    `sections` are the index's own entries, with `location`, `title` and `text`; `romanised` gives the
    romanisation of what a section defines, by the section's anchor; `known` are the names of the whole index, where
    `sections` is only a part of it.
    """
    known = set(names_of(sections)) if known is None else known
    for section in sections:
        names = set(runs(_plain(section["title"])))
        cut = set(_tag.sub(CUT, section["title"] + CUT + section["text"]).split(CUT))
        words = known.intersection(runs(_plain(section["text"]))) - cut - names
        anchor = section["location"].partition("#")[2]
        section["names"] = " ".join(sorted(names | set(spellings(romanised.get(anchor, "")))))
        section["words"] = " ".join(sorted(words))


def names_of(sections: Iterable[Mapping[str, Any]]) -> list[str]:
    """The runs of characters in the headings of `sections`, in order."""
    return sorted({run for section in sections for run in runs(_plain(section["title"]))})


def _plain(text: str) -> str:
    return _tag.sub(" ", text).replace(CUT, "")


def runs(text: str) -> Iterator[str]:
    """Every run of two to four Chinese characters in `text`."""
    for match in _wide_run.finditer(text):
        for length in LENGTHS:
            for start in range(len(match[0]) - length + 1):
                yield match[0][start : start + length]


def spellings(romanised: str) -> Iterable[str]:
    """How a romanisation is typed: `dūbàn` as `duban` and, by the first letters of its syllables, `db`."""
    bare = "".join(char for char in unicodedata.normalize("NFD", romanised.lower()) if not unicodedata.combining(char))
    plain = "".join(filter(str.isalpha, bare))
    if not plain:
        return ()
    return {plain, "".join(syllable[0] for syllable in syllables(bare))}


_initial = "(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
_final = "(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|ei|ao|ou|an|en|in|un|er|ia|ie|iu|ua|ue|ui|uo|a|o|e|i|u)"
_syllable = re.compile(f"{_initial}{_final}(?![aeiou]|n(?![aeiouü])|ng)|{_initial}{_final}")


def syllables(bare: str) -> list[str]:
    """The syllables of Pinyin without tone marks; spaces, hyphens and apostrophes divide them too."""
    return [found for part in re.split(r"[^a-z]+", bare.replace("ü", "u")) for found in _syllable.findall(part)]
