"""An author's edits of one entry: a number in a text of its page, or a number in its title.

Every edit gives a number that the page never had, so that an answer with it is an answer after the edit.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_numbers = itertools.count(10_000)

IN_TEXT: Final = ("第{}号", "no. {}")
IN_TITLE: Final = ("（{}）", "({})")
"""How numbers stand in the two languages."""


@dataclass(frozen=True)
class Place:
    """A number in some files, which change together; a file has it in one language or in both."""

    contents: dict[Path, str]
    """The files as they are at first."""
    forms: tuple[str, str]
    number: str
    """What stands there at first."""

    def change(self) -> str:
        """Put a new number there and return it."""
        new = str(next(_numbers))
        for file, text in self.contents.items():
            for form in self.forms:
                text = text.replace(form.format(self.number), form.format(new))
            file.write_text(text, encoding="utf-8", newline="\n")
        return new


def place(files: Iterable[Path], forms: tuple[str, str], number: str) -> Place:
    """A place in these files as they are now."""
    contents = {file: file.read_text(encoding="utf-8") for file in files}
    for file, text in contents.items():
        assert any(form.format(number) in text for form in forms), f"{number} is not in {file}"
    return Place(contents, forms, number)


def text_of_tip(source: Path) -> str:
    """The number in a text of a tip that stands on its own page only."""
    return _first("第(\\d+)号", source.read_text(encoding="utf-8").partition("\nlimits:\n")[2])


def number_of_title(source: Path) -> str:
    """The number in the title of an entry."""
    return _first("（(\\d+)）", source.read_text(encoding="utf-8"))


def _first(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    assert found, f"no {pattern} in the text"
    return found[1]
