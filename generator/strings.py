"""Interface words: one flat file per language, identical keys in all of them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from .kept import Kept
from .problems import Problem, Problems, phrase
from .reader import UnreadableError, read
from .spelling import nearest

FOLDER: Final = Path(__file__).parent / "strings"

Words = dict[str, dict[str, str]]
"""Language code to key to word."""

ABOUT: Final = frozenset({"language.name", "language.punctuation", "language.scripts", "language.tag"})
"""What every file of interface words says of its language: texts are checked and marked by it."""


def kept_words(languages: list[str], problems: Problems, kept: Kept, folder: Path = FOLDER) -> Words:
    """As `load`, and the very same words as long as the files are."""

    def make(_: object) -> tuple[Words, list[Problem]]:
        found = Problems()
        return load(languages, found, folder, ABOUT), found.found

    versions = [(language, kept.versions.of(str(folder / f"{language}.yml"))) for language in languages]
    words, found = kept.get("words", versions, make)
    for problem in found:
        problems.add(problem)
    return words


def load(languages: Iterable[str], problems: Problems, folder: Path = FOLDER, needed: Iterable[str] = ()) -> Words:
    """The words of `languages`; a missing file or text is a problem, and so is a key that is `needed` or that another
    language has.
    """
    words: Words = {}
    for language in languages:
        file = f"{folder.name}/{language}.yml"
        try:
            document = read(folder / f"{language}.yml", file)
        except UnreadableError as error:
            for problem in error.problems:
                problems.add(problem)
            continue
        flat: dict[str, str] = {}
        for key, value in document.data.items() if isinstance(document.data, dict) else ():
            if isinstance(value, str):
                flat[key] = value
            else:
                place = document.place((key,))
                wrong = phrase("expected.text"), phrase("found.nested"), phrase("hint.flat")
                problems.add(Problem(file, place.line, place.column, key, *wrong))
        words[language] = flat
    _same_keys(words, folder, needed, problems)
    return words


def _same_keys(words: Words, folder: Path, needed: Iterable[str], problems: Problems) -> None:
    every = {*needed, *(key for flat in words.values() for key in flat)}
    for language, flat in words.items():
        for key in sorted(every - set(flat)):
            extra = [own for own in flat if not all(own in other for other in words.values())]
            close = nearest(key, extra)
            hint = phrase("hint.meant-for", key=close) if close else phrase("hint.same-keys")
            wrong = phrase("expected.this-key"), phrase("found.nothing"), hint
            problems.add(Problem(f"{folder.name}/{language}.yml", 0, 0, key, *wrong))
