"""The order of words in a dictionary: letters without their marks, Chinese words by how they are read."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable

from ..content import markup
from ..content.entries import Term
from ..content.types import Text

Available = Callable[[str, Text], tuple[str, str]]
"""The words of a text in a language, or in another one that has it; and before them which language that is."""


def initials(terms: Iterable[Term], language: str, available: Available) -> list[tuple[str, list[Term]]]:
    """Terms under their first letters, in the order of a dictionary of `language`."""
    key = _key(language, available)
    grouped: dict[str, list[Term]] = {}
    for term in sorted(terms, key=key):
        grouped.setdefault(key(term)[:1].upper(), []).append(term)
    return list(grouped.items())


def _key(language: str, available: Available) -> Callable[[Term], str]:
    def key(term: Term) -> str:
        name = markup.plain(available(language, term.title)[1], str)
        reading = (term.pinyin or term.id) if unicodedata.name(name[:1], "").startswith("CJK") else name
        plain = unicodedata.normalize("NFD", reading.casefold())
        return "".join(char for char in plain if char.isalnum() and not unicodedata.combining(char)) or term.id

    return key
