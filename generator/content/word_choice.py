"""Words that texts may not use, because the term base has another one for the same thing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..problems import Problem, code, phrase
from . import markup
from .entries import RefusedWord, Term
from .handbook import Origin
from .introspection import EntryIndex

Refused = tuple[tuple[str, str, str, tuple[str, ...]], ...]
"""Language, word, what to write instead, and longer words in which it is right."""


def refused_by(terms: Iterable[Term]) -> Refused:
    """Every word that one of the terms refuses."""
    words: list[RefusedWord] = [word for term in terms for word in term.refused]
    return tuple((word.language, word.word, word.instead, tuple(word.unless)) for word in words)


class WordChoice:
    """Finds refused words in texts."""

    def __init__(self, refused: Refused) -> None:
        self._instead: dict[str, list[str]] = {}
        self._words: dict[str, list[str]] = {}
        self._patterns: dict[str, re.Pattern[str]] = {}
        for language in {language for language, *_ in refused}:
            own = [(word, unless) for known, word, _, unless in refused if known == language]
            # The longer words come first and belong to nobody: what they hold is not found again.
            right = [_bounded(longer) for _, unless in own for longer in unless]
            wrong = [f"(?P<w{number}>{_bounded(word)})" for number, (word, _) in enumerate(own)]
            self._patterns[language] = re.compile("|".join([*right, *wrong]))
            self._words[language] = [word.casefold() for word, _ in own]
            self._instead[language] = [instead for known, _, instead, _ in refused if known == language]

    def run(self, index: EntryIndex, origin: Origin) -> Iterator[Problem]:
        """A problem for each refused word in the texts of an entry; quotations are other people's."""
        for path, text in index.texts:
            if "quote" in path or "quotes" in path:
                continue
            for language, words in text.by_language.items():
                for word, instead in self._refused_in(language, markup.unwrap(words)):
                    wrong = phrase("expected.word-choice", word=instead), code(word)
                    yield origin.problem((*path, language), *wrong, phrase("hint.word-choice"))

    def _refused_in(self, language: str, text: str) -> Iterator[tuple[str, str]]:
        """Each refused word in `text`, and what to write instead."""
        folded = text.casefold()
        # Nearly no text has one, and to look at every letter with the pattern takes forty times as long.
        if any(word in folded for word in self._words.get(language, ())):
            for match in self._patterns[language].finditer(text):
                if match.lastgroup:
                    yield match[0], self._instead[language][int(match.lastgroup[1:])]


def _bounded(word: str) -> str:
    """A pattern for a word; in scripts with spaces between words, only for the whole of it.

    A word with a capital is found only with it.
    """
    start = r"(?<!\w)" if word[0].isascii() else ""
    end = r"(?!\w)" if word[-1].isascii() else ""
    found = f"{start}{re.escape(word)}{end}"
    return f"(?i:{found})" if word == word.lower() else found
