"""What of an earlier plan still stands: what was made from entries that are the very same objects."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from .entries import Entry
from .handbook import Handbook
from .kept import Kept
from .model import COLLECTIONS
from .pages import Page
from .relations import Relations

T = TypeVar("T")

_NONE: Final = ()


@dataclass(frozen=True)
class _Known:
    """The page of an entry, and what it holds: of the entries with these `ids` it may hold anything."""

    page: Page
    related: Collection[str]
    resting: Collection[str]
    ids: frozenset[str]


@dataclass(frozen=True)
class _Made:
    """What was made for one handbook."""

    handbook: Handbook
    relations: Relations
    pages: dict[str, _Known] = field(default_factory=dict)
    """Of entries, by their ids."""
    others: dict[str, Any] = field(default_factory=dict)
    """What is made from all entries of some kinds, by any name."""


class Standing:
    """Gives what was made for an earlier handbook where it is what would be made for this one."""

    def __init__(self, handbook: Handbook, relations: Relations, kept: Kept) -> None:
        self._made = _Made(handbook, relations)
        before: _Made | None = kept.swap("plan", self._made)
        if not before or before.handbook.settings is not handbook.settings:
            before = _Made(handbook, relations)
        self._before = before
        self._changed = _changed(before.handbook, handbook)
        self._kinds = {
            COLLECTIONS[name]
            for name, entries in handbook.collections.items()
            if not self._changed.isdisjoint(entries) or list(entries) != list(before.handbook.collections[name])
        }
        """Of entries that have changed, came, went or moved."""

    def once(self, name: str, kinds: Iterable[type[Entry]], make: Callable[[], T]) -> T:
        """What `make` makes from the settings, relations, and entries of these `kinds`."""
        known: dict[str, T] = self._before.others
        if name in known and self._before.relations is self._made.relations and self._kinds.isdisjoint(kinds):
            made = known[name]
        else:
            made = make()
        self._made.others[name] = made
        return made

    def each(
        self, name: str, entries: Mapping[str, Entry], kinds: Iterable[type[Entry]], make: Callable[[Entry], T]
    ) -> dict[str, T]:
        """What `make` makes of each entry, from itself, the settings, relations, and entries of these `kinds`."""
        if name in self._made.others:
            there: dict[str, T] = self._made.others[name]
            return there
        known: dict[str, T] = {}
        if self._before.relations is self._made.relations and self._kinds.isdisjoint(kinds):
            known = self._before.others.get(name, {})
        made = {
            key: known[key] if key in known and key not in self._changed else make(entry)
            for key, entry in entries.items()
        }
        self._made.others[name] = made
        return made

    def page(self, entry: Entry, make: Callable[[], Page]) -> Page:
        """The page of `entry`, made from it, from entries that it is related to or cites, and those that rest on it."""
        relations = self._made.relations
        related = relations.related.get(entry.id, _NONE)
        resting = relations.resting_on.get(entry.id, _NONE)
        known = self._before.pages.get(entry.id)
        if not (
            known and known.ids.isdisjoint(self._changed) and known.related == related and known.resting == resting
        ):
            ids = frozenset((entry.id, *related, *resting, *entry.inside.sources))
            known = _Known(make(), related, resting, ids)
        self._made.pages[entry.id] = known
        return known.page


def _changed(old: Handbook, new: Handbook) -> set[str]:
    """Ids of entries that are not the same objects, from the same files, as they were."""
    return {
        key
        for key, entry in new.entries.items()
        if old.entries.get(key) is not entry or old.origins[key].document is not new.origins[key].document
    }
