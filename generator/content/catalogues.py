"""Words in several languages: one flat file for each, with identical keys in all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from ..memo import FileMemo
from ..problems import Phrase, Problem, Problems, code, nearest, phrase
from .yaml_reader import UnreadableError, read

Words = dict[str, dict[str, str]]
"""Language code to key to word."""

CHOICES: Final = {"language.direction": ("ltr", "rtl")}
"""Keys that a file may leave out, with what they may say; the first is meant where nothing is said."""
PREFIXES: Final = "language.prefixes"
"""What a language writes before a word without a space: an article, `and`, both. It may be left out."""
OPTIONAL: Final = frozenset({*CHOICES, PREFIXES})


def direction(words: Mapping[str, str]) -> str:
    """`ltr`, or `rtl` for a language that is written from right to left."""
    return words.get("language.direction", CHOICES["language.direction"][0])


def load(
    languages: Iterable[str],
    folder: Path,
    problems: Problems,
    needed: Iterable[str] = (),
    files: FileMemo | None = None,
) -> Words:
    """The words of `languages` in `folder`; a missing file or text is a problem, and so is a key that is `needed` or
    that another language has.

    With the memo of an earlier time, words that are what they were are the very same object.
    """
    files = files or FileMemo()
    words: Words = {}
    for language in languages:
        path = folder / f"{language}.yml"
        found = files(_Flat, str(path), partial(_flat, path, f"{folder.name}/{language}.yml"))
        problems.extend(found.problems)
        if found.words is not None:
            words[language] = found.words
    shared = {key for flat in words.values() for key in flat} - OPTIONAL
    problems.extend(missing(words, folder, {*needed, *shared}))
    return words


@dataclass(frozen=True)
class _Flat:
    """What one file holds; no words where it cannot be read."""

    words: dict[str, str] | None
    problems: list[Problem]


def _flat(path: Path, file: str, before: _Flat | None) -> _Flat:
    try:
        document = read(path, file)
    except UnreadableError as error:
        return _Flat(None, error.problems)
    words: dict[str, str] = {}
    problems: list[Problem] = []
    for key, value in document.data.items() if isinstance(document.data, dict) else ():
        if isinstance(value, str) and value in CHOICES.get(key, (value,)):
            words[key] = value
            continue
        place = document.place((key,))
        if isinstance(value, str):
            wrong: tuple[Phrase, ...] = phrase("expected.choice", choices=", ".join(CHOICES[key])), code(value)
        else:
            wrong = phrase("expected.text"), phrase("found.nested"), phrase("hint.flat")
        problems.append(Problem(file, place.line, place.column, key, *wrong))
    return _Flat(before.words if before and before.words == words else words, problems)


def missing(words: Words, folder: Path, needed: Iterable[str]) -> Iterator[Problem]:
    """A problem for each word that is `needed` and that a language does not have."""
    for language, flat in words.items():
        for key in sorted({*needed} - flat.keys()):
            extra = [own for own in flat if not all(own in other for other in words.values())]
            close = nearest(key, extra)
            hint = phrase("hint.meant-for", key=close) if close else phrase("hint.same-keys")
            wrong = phrase("expected.this-key"), phrase("found.nothing"), hint
            yield Problem(f"{folder.name}/{language}.yml", 0, 0, key, *wrong)
