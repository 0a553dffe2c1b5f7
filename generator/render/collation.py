"""The order of words in a dictionary: Latin letters without their marks, Chinese words by how they are read."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable

from ..content.entries import Term


def initials(terms: Iterable[Term], language: str) -> list[tuple[str, list[Term]]]:
    """Terms under their first letters, in the order of a dictionary of `language`."""
    key = _key(language)
    grouped: dict[str, list[Term]] = {}
    for term in sorted(terms, key=key):
        grouped.setdefault(key(term)[:1].upper(), []).append(term)
    return list(grouped.items())


def _key(language: str) -> Callable[[Term], str]:
    def key(term: Term) -> str:
        name = term.title.get(language) or term.id
        reading = name if name[:1].isascii() else term.pinyin or term.id
        plain = unicodedata.normalize("NFD", reading.casefold())
        return "".join(char for char in plain if char.isalnum() and not unicodedata.combining(char)) or term.id

    return key
