"""What somebody may have meant who wrote a word that nobody knows."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from .problems import Phrase, phrase


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The one of `known` that looks most like `word`, or None where none does."""
    return next(iter(difflib.get_close_matches(word, list(known), 1)), None)


def did_you_mean(word: str, known: Iterable[str]) -> Phrase | None:
    """A hint naming the nearest of `known`, or nothing."""
    close = nearest(word, known)
    return phrase("hint.did-you-mean", word=close) if close else None
