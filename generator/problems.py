"""What is wrong with the content: every problem of a run is collected and reported together.

A problem holds no sentence of any language, only keys of `messages/` and the values that go into them.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, order=True)
class Phrase:
    """A piece of a message: a key of `messages/` and what stands in its braces."""

    key: str
    values: tuple[tuple[str, str], ...] = ()


NO_HINT = Phrase("")


def phrase(key: str, /, **values: object) -> Phrase:
    """`Phrase` from keyword arguments. Values come from anywhere, and none of them begins a line of its own."""
    return Phrase(key, tuple((name, visible(str(value))) for name, value in values.items()))


def visible(text: str) -> str:
    """`text` on one line, with nothing in it that a terminal obeys or hides: escapes stand for such characters."""
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)


def code(text: object) -> Phrase:
    """What an author wrote, shown as it stands (shortened where it is long)."""
    shown = visible(str(text))
    return phrase("code", text=shown if len(shown) <= 60 else shown[:59] + "…")


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend. `line` and `column` count from 1; 0 means the whole file."""

    file: str
    line: int
    column: int
    key: str
    expected: Phrase
    found: Phrase
    hint: Phrase = NO_HINT
    owner: str = field(default="", compare=False, kw_only=True)
    """The entry that cannot be shown with it, as `key` begins; empty where it is in none, or can be cut out."""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.key}: {self.expected} / {self.found}"


class ContentError(Exception):
    """The content cannot be built; `problems` says why, sorted by place."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(map(str, self.problems)))


class RefusedError(ContentError):
    """A command asks for what cannot be done: an unknown kind, an id that is taken. The content is not at fault."""

    def __init__(self, subject: str, expected: Phrase, found: Phrase, hint: Phrase = NO_HINT) -> None:
        super().__init__([Problem(subject, 0, 0, "", expected, found, hint)])


@dataclass
class Problems:
    """The collector that the whole pipeline writes into."""

    found: list[Problem] = field(default_factory=list)

    def add(self, problem: Problem) -> None:
        self.found.append(problem)

    def extend(self, problems: Iterable[Problem]) -> None:
        self.found.extend(problems)

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.found)

    def __bool__(self) -> bool:
        return bool(self.found)

    def raise_if_any(self) -> None:
        """Raise `ContentError` with all that was collected, if anything was."""
        if self.found:
            raise ContentError(self.found)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The one of `known` that looks most like `word`, or None where none does."""
    return next(iter(difflib.get_close_matches(word, list(known), 1)), None)


def did_you_mean(word: str, known: Iterable[str]) -> Phrase | None:
    """A hint naming the nearest of `known`, or nothing."""
    close = nearest(word, known)
    return phrase("hint.did-you-mean", word=close) if close else None
