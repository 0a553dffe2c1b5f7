"""What points at what: each relation is written once, and both of its ends show it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from .entries import Entry
from .handbook import Handbook
from .kept import Kept
from .model import Case
from .statements import EDITORS, Citation


@dataclass(frozen=True)
class Relations:
    """All lists are of entry ids, in the order in which the collections hold them."""

    related: dict[str, list[str]]
    """Entry id to the entries it is related to, whichever side wrote it down."""
    mentioned_in: dict[str, list[str]]
    """Entry id to the entries whose texts refer to it by `[[id]]`."""
    resting_on: dict[str, dict[str, list[Citation]]]
    """Source id to the entries that cite it, each with the places that it cites."""


def kept_relations(handbook: Handbook, kept: Kept) -> Relations:
    """As `of`, and the very same relations as long as no entry names or cites others than it did."""
    before: tuple[Handbook, Relations] | None = kept.swap("relations", None)
    found = before[1] if before and _same(before[0], handbook) else of(handbook)
    kept.swap("relations", (handbook, found))
    return found


def _same(old: Handbook, new: Handbook) -> bool:
    return list(old.entries) == list(new.entries) and all(
        entry is old.entries[key] or _named(entry) == _named(old.entries[key]) for key, entry in new.entries.items()
    )


def _named(entry: Entry) -> tuple[object, ...]:
    """All that `of` takes from an entry."""
    citations = frozenset(citation for _, citation in entry.inside.citations)
    return {*entry.related, *_typed(entry)}, citations, {mention for _, mention in entry.inside.mentions}


def of(handbook: Handbook) -> Relations:
    """Compute all relations of `handbook`."""
    related: dict[str, set[str]] = defaultdict(set)
    mentioned: dict[str, set[str]] = defaultdict(set)
    resting: dict[str, dict[str, set[Citation]]] = defaultdict(lambda: defaultdict(set))
    for entry in handbook.entries.values():
        for other in (*entry.related, *_typed(entry)):
            related[entry.id].add(other)
            related[other].add(entry.id)
        for _, citation in entry.inside.citations:
            if citation.source != EDITORS:
                resting[citation.source][entry.id].add(citation)
        for _, other in entry.inside.mentions:
            mentioned[other].add(entry.id)
    order = {entry_id: index for index, entry_id in enumerate(handbook.entries)}

    def in_order(ids: set[str], own: str) -> list[str]:
        return sorted(ids - {own}, key=lambda entry_id: order.get(entry_id, len(order)))

    return Relations(
        {key: in_order(ids, key) for key, ids in related.items()},
        {key: in_order(ids, key) for key, ids in mentioned.items()},
        {
            source: {entry: sorted(by_entry[entry], key=str) for entry in in_order(set(by_entry), source)}
            for source, by_entry in resting.items()
        },
    )


def _typed(entry: Entry) -> list[str]:
    """Relations that have a field of their own."""
    if isinstance(entry, Case):
        return [career.outcome for career in entry.careers if career.outcome]
    return []
