"""By what the entries of an overview can be told apart: its filters, and what each entry says to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from .entries import Area, Entry, Organisation, Situation
from .handbook import Handbook
from .model import Case, Debate, Duty, Outcome, Tip
from .relations import Relations
from .statements import Text


class Facts(dict[str, list[str]]):
    """Name of a facet to the values that an entry has in it."""


DISPUTED: Final = {"yes": "filter.disputed.yes", "no": "filter.disputed.no"}
"""Values of the facet that is computed, and their interface words."""


@dataclass(frozen=True)
class Facet:
    """One filter. `name` is its key in the address of the page and in the attributes of entries."""

    name: str
    label: str
    """Key of an interface word."""
    options: dict[str, Text | str]
    """Value to what it is called: a text, or the key of an interface word."""


def facts(handbook: Handbook, relations: Relations, entry: Entry) -> Facts:
    """What `entry` says to each facet that its kind has; an empty list where it says nothing."""
    found = Facts()
    if isinstance(entry, Duty | Tip):
        found["area"] = [entry.area]
    if isinstance(entry, Duty | Tip | Debate):
        found["situation"] = entry.situations
    if isinstance(entry, Duty | Outcome | Case):
        found["type"] = list(dict.fromkeys(wide for own in _types(entry) for wide in wider(handbook, own)))
    if isinstance(entry, Tip | Outcome):
        debates = handbook.all(Debate)
        disputed = any(other in debates for other in relations.related.get(entry.id, ()))
        found["disputed"] = ["yes" if disputed else "no"]
    return found


def facets(handbook: Handbook, said: Iterable[Facts]) -> list[Facet]:
    """The facets in which entries that say `said` differ from each other, each with the values that occur."""
    every = list(said)

    def titles(kind: type[Entry]) -> dict[str, Text | str]:
        return {entry_id: entry.title for entry_id, entry in handbook.all(kind).items()}

    known = [
        Facet("area", "area", titles(Area)),
        Facet("situation", "filter.situation", titles(Situation)),
        Facet("type", "filter.type", titles(Organisation)),
        Facet("disputed", "filter.disputed", dict(DISPUTED)),
    ]
    return [facet for facet in (_used(facet, every) for facet in known) if facet]


def filters(
    handbook: Handbook, known: Mapping[str, Facts], groups: Mapping[str, list[Entry]], by_situation: bool
) -> dict[str, Any]:
    """What an overview of `groups` shows: its `facets`, what each entry has `said` to them, `total` entries.

    The facts of entries are `known` by their ids. `said` goes by group and entry: an entry that is listed under
    several situations belongs to each listing only for that one.
    """
    said: dict[tuple[str, str], Facts] = {}
    for group, entries in groups.items():
        for entry in entries:
            own = known[entry.id]
            said[group, entry.id] = Facts(own | {"situation": [group]}) if by_situation else own
    return {"said": said, "facets": facets(handbook, said.values()), "total": len({entry for _, entry in said})}


def wider(handbook: Handbook, organisation: str) -> Iterator[str]:
    """`organisation` and the wider types that it belongs to, the narrowest first; a ring ends where it closes."""
    known = handbook.all(Organisation)
    seen: set[str] = set()
    here: str | None = organisation
    while here is not None and here not in seen:
        seen.add(here)
        yield here
        here = known[here].part_of


def _types(entry: Duty | Outcome | Case) -> list[str]:
    if isinstance(entry, Duty):
        return [difference.organisation for difference in entry.differs]
    return [setting.organisation for setting in (entry.said_of if isinstance(entry, Outcome) else [entry.said_of])]


def _used(facet: Facet, said: list[Facts]) -> Facet | None:
    """`facet` with only the options that occur; None where every entry says the same to it."""
    values = {tuple(one.get(facet.name, ())) for one in said}
    if len(values) < 2:
        return None
    occurring = {value for some in values for value in some}
    return Facet(facet.name, facet.label, {key: name for key, name in facet.options.items() if key in occurring})
