"""A handbook as it was read: its entries by collection and id, and where each is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar, cast

from ..problems import NO_HINT, Phrase, Problem
from .collections import name_of
from .entries import Entry
from .settings import Settings
from .yaml_reader import Document, KeyPath, dotted

E = TypeVar("E", bound=Entry)


@dataclass(frozen=True)
class Origin:
    """Where an entry is written: the file, the entry's name in messages, and its path within the file."""

    document: Document
    name: str
    prefix: KeyPath = ()

    def problem(self, path: KeyPath, expected: Phrase, found: Phrase, hint: Phrase = NO_HINT) -> Problem:
        """A problem at `path` of this entry."""
        place = self.document.place((*self.prefix, *path))
        key = dotted((self.name, *path)) if self.name else dotted(path)
        return Problem(self.document.file, place.line, place.column, key, expected, found, hint, owner=self.name)


@dataclass
class Unread:
    """What is written down but could not be used: references to it are not called unknown as well."""

    ids: set[str] = field(default_factory=set)
    collections: set[str] = field(default_factory=set)

    def may_have(self, reference: str, collection: str | None) -> bool:
        """Whether `reference` (to an entry of `collection`, or of any) may be among it."""
        unread = collection in self.collections if collection else bool(self.collections)
        return unread or reference in self.ids

    def __bool__(self) -> bool:
        return bool(self.ids or self.collections)


@dataclass(frozen=True)
class Handbook:
    """All entries, by collection and by id; collections keep the order of their files.

    `origins` has one for each entry and, under the empty id, that of the settings. `drafts` names those that are left
    out because they are unfinished, each with its collection.
    """

    folder: Path
    settings: Settings
    collections: Mapping[str, Mapping[str, Entry]]
    entries: Mapping[str, Entry]
    origins: Mapping[str, Origin]
    unread: Unread
    drafts: Mapping[str, str] = field(default_factory=dict)

    def all(self, kind: type[E]) -> dict[str, E]:
        """The entries of one kind, by id."""
        return cast(dict[str, E], self.collections[name_of(kind)])
