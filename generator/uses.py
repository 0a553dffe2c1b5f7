"""What a page takes from the handbook: noted while it is rendered, so that it is rendered again when that changes.

A use is an entry's id and the name of a field, `ANY` for the whole entry. Templates are watched by their environment
(see `templating`), and `Voice` notes what it takes itself. Whoever gets at entries in another way notes them, or all.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Hashable, Mapping
from typing import Final

from .entries import Entry
from .handbook import Handbook
from .model import COLLECTIONS
from .sources import Answer, Publication

Use = tuple[str, str]

ANY: Final = "*"
"""In place of a field: all of them, and whether the entry is there."""
ADDRESS: Final = "@"
"""In place of a field: where the entry stands."""
LABELS: Final = "labels"
"""In place of a field: what citations of a publication show."""
PASSAGES: Final = "passages"
"""In place of a field: the evidence that an entry brings, wherever in it."""
EVERYTHING: Final[Use] = ("", ANY)
ORDER_OF_ANSWERS: Final[Use] = ("", "answers")
ORDER_OF_RANKS: Final[Use] = ("", "ranks")
RELATIONS: Final[Use] = ("", "relations")
GLOSSARY: Final[Use] = ("", "glossary")
"""The words that are looked for in texts."""


def _labels(entry: Entry) -> object:
    return [(rule.article, rule.label) for rule in getattr(entry, "provisions", ())]


def _passages(entry: Entry) -> object:
    return list(entry.passages())


DERIVED: Final[Mapping[type[Entry], Mapping[str, Callable[[Entry], object]]]] = {
    kind: {PASSAGES: _passages, LABELS: _labels} if kind is Publication else {PASSAGES: _passages}
    for kind in COLLECTIONS.values()
}
"""What is made of the fields of an entry and stands in place of one."""


class Said:
    """What has been said once and is said again: on the same page in another edition, or on many pages.

    It is good for one handbook, one set of interface words and one plan; or for those that come after them, once it
    has forgotten what used that which changed.
    """

    def __init__(self, handbook: Handbook) -> None:
        self.uses: set[Use] = set()
        """What the page at hand has used so far."""
        self.texts: dict[tuple[str, int, bool], str | None] = {}
        """Texts of the page at hand, by language, `id()`, and whether words of the glossary are marked in them."""
        self.unmarked: dict[tuple[str, str, str | None], str] = {}
        """Texts without marks as Markdown, the same on all pages: by language, words, and the words of the original
        where those of the glossary are marked."""
        self._known: dict[tuple[Hashable, ...], tuple[str, tuple[Use, ...]]] = {}
        self._users: dict[Use, set[tuple[Hashable, ...]]] = {}
        """Which of these use it."""
        self.words: dict[tuple[str, ...], str] = {}
        """Interface words as Markdown, by key and languages."""
        self.numbers = {answer: number for number, answer in enumerate(handbook.all(Answer), 1)}
        self._paths: dict[tuple[str, str], str] = {}

    def turn(self) -> None:
        """Begin a page."""
        self.uses = set()
        self.texts = {}

    def relative(self, path: str, own: str) -> str:
        """`path` as the page at `own` links to it."""
        folder = own.rpartition("/")[0]
        known = self._paths.get((path, folder))
        if known is None:
            known = self._paths[path, folder] = posixpath.relpath(f"/{path}", f"/{folder}")
        return known

    def once(self, make: Callable[..., str], name: str, *key: Hashable) -> str:
        """What the method `make`, of this name, gives for `key`, or gave before; what it used then is used again."""
        place = name, *key
        known = self._known.get(place)
        if known is None:
            around, self.uses = self.uses, set()
            try:
                known = self._known[place] = make(*key), tuple(self.uses)
                for use in known[1]:
                    self._users.setdefault(use, set()).add(place)
            finally:
                self.uses = around
        self.uses.update(known[1])
        return known[0]

    def forget(self, changed: set[Use]) -> None:
        """Drop what used anything that has changed."""
        if GLOSSARY in changed:
            self.unmarked = {}
        for use in self._users.keys() & changed:
            for key in self._users.pop(use):
                self._known.pop(key, None)
