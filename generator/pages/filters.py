"""By what the entries of an overview can be told apart: its filters, and the values that each entry has in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from ..content.collections import Filter, collection, name_of
from ..content.entries import Area, Entry, Organisation, Situation
from ..content.handbook import Handbook
from ..content.models import Case, Debate, Duty, Outcome, Playbook
from ..content.types import Text
from .relations import Relations

FilterValues = dict[Filter, list[str]]
"""The values that an entry has in each filter of its kind; an empty list where it says nothing."""

DISPUTED: Final = {"yes": "filter.disputed.yes", "no": "filter.disputed.no"}
"""Values of the facet that is computed, and their interface words."""


@dataclass(frozen=True)
class Choice:
    """One filter of an overview. `name` is its key in the address of the page and in the attributes of entries."""

    name: Filter
    label: str
    """Key of an interface word."""
    options: dict[str, Text | str]
    """Value to what it is called: a text, or the key of an interface word."""


def values_of(handbook: Handbook, relations: Relations, entry: Entry) -> FilterValues:
    """The values of `entry` in each filter that its collection has."""
    return {one: list(_VALUES[one](handbook, relations, entry)) for one in collection(name_of(type(entry))).filters}


def _disputed(handbook: Handbook, relations: Relations, entry: Entry) -> Iterator[str]:
    debates = handbook.all(Debate)
    yield "yes" if any(other in debates for other in relations.related.get(entry.id, ())) else "no"


def _types(handbook: Handbook, _: Relations, entry: Entry) -> Iterable[str]:
    """The types of organisation that the entry speaks of, and those that they are part of."""
    return dict.fromkeys(wide for own in _own_types(entry) for wide in wider(handbook, own))


_VALUES: Final[dict[Filter, Callable[[Handbook, Relations, Any], Iterable[str]]]] = {
    Filter.AREA: lambda _handbook, _relations, entry: [entry.area],
    Filter.SITUATION: lambda _handbook, _relations, entry: entry.situations,
    Filter.TYPE: _types,
    Filter.DISPUTED: _disputed,
}


def choices(handbook: Handbook, values: Iterable[FilterValues]) -> list[Choice]:
    """The filters in which entries with these `values` differ from each other, each with the values that occur."""
    every = list(values)

    def titles(kind: type[Entry]) -> dict[str, Text | str]:
        return {entry_id: entry.title for entry_id, entry in handbook.all(kind).items()}

    known = [
        Choice(Filter.AREA, "area", titles(Area)),
        Choice(Filter.SITUATION, "filter.situation", titles(Situation)),
        Choice(Filter.TYPE, "filter.type", titles(Organisation)),
        Choice(Filter.DISPUTED, "filter.disputed", dict(DISPUTED)),
    ]
    return [used for used in (_used(choice, every) for choice in known) if used]


def filters(
    handbook: Handbook, relations: Relations, groups: Mapping[str, list[Entry]], by_situation: bool
) -> dict[str, Any]:
    """What an overview of `groups` shows: its `choices`, the filter `values` of each entry, `total` entries.

    Values go by group and entry: an entry that is listed under several situations belongs to each listing only for
    that one.
    """
    values: dict[tuple[str, str], FilterValues] = {}
    for group, entries in groups.items():
        for entry in entries:
            own = values_of(handbook, relations, entry)
            values[group, entry.id] = own | {Filter.SITUATION: [group]} if by_situation else own
    return {
        "values": values,
        "choices": choices(handbook, values.values()),
        "total": len({entry for _, entry in values}),
    }


def wider(handbook: Handbook, organisation: str) -> Iterator[str]:
    """`organisation` and the wider types that it belongs to, the narrowest first; a ring ends where it closes."""
    known = handbook.all(Organisation)
    seen: set[str] = set()
    here: str | None = organisation
    while here is not None and here not in seen:
        seen.add(here)
        yield here
        here = known[here].part_of


def _own_types(entry: Entry) -> list[str]:
    if isinstance(entry, Duty | Playbook):
        return [difference.organisation for difference in entry.differs]
    if isinstance(entry, Outcome):
        return [setting.organisation for setting in entry.said_of]
    return [entry.said_of.organisation] if isinstance(entry, Case) else []


def _used(choice: Choice, values: list[FilterValues]) -> Choice | None:
    """`choice` with only the options that occur; None where every entry has the same values in it."""
    sets = {tuple(one.get(choice.name, ())) for one in values}
    if len(sets) < 2:
        return None
    occurring = {value for some in sets for value in some}
    return Choice(choice.name, choice.label, {key: name for key, name in choice.options.items() if key in occurring})
