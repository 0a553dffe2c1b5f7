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
        self._patterns: dict[str, re.Pattern[str]] = {}
        for language in {language for language, *_ in refused}:
            own = [(word, unless) for known, word, _, unless in refused if known == language]
            # The longer words come first and belong to nobody: what they hold is not found again.
            right = [_bounded(longer) for _, unless in own for longer in unless]
            wrong = [f"(?P<w{number}>{_bounded(word)})" for number, (word, _) in enumerate(own)]
            self._patterns[language] = re.compile("|".join([*right, *wrong]))
            self._instead[language] = [instead for known, _, instead, _ in refused if known == language]

    def run(self, index: EntryIndex, origin: Origin) -> Iterator[Problem]:
        """A problem for each refused word in the texts of an entry; quotations are other people's."""
        for path, text in index.texts:
            if "quote" in path or "quotes" in path:
                continue
            for language, words in text.by_language.items():
                pattern = self._patterns.get(language)
                for match in pattern.finditer(markup.unwrap(words)) if pattern else ():
                    if match.lastgroup:
                        instead = self._instead[language][int(match.lastgroup[1:])]
                        wrong = phrase("expected.word-choice", word=instead), code(match[0])
                        yield origin.problem((*path, language), *wrong, phrase("hint.word-choice"))


def _bounded(word: str) -> str:
    """A pattern for a word; in scripts with spaces between words, only for the whole of it.

    A word with a capital is found only with it.
    """
    start = r"(?<!\w)" if word[0].isascii() else ""
    end = r"(?!\w)" if word[-1].isascii() else ""
    found = f"{start}{re.escape(word)}{end}"
    return f"(?i:{found})" if word == word.lower() else found
