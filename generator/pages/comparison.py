"""What differs between types of organisation, side by side: nothing but the differences that entries state.

The columns are the wide types; what is said of a narrower type stands in the column of the type that it is part of.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..content.entries import Entry, Organisation
from ..content.handbook import Handbook
from ..content.models import Duty, Outcome, OutcomeKind
from ..content.types import Citation, Statement
from .filters import wider


@dataclass(frozen=True)
class Claim:
    """One thing that is said of a type: a statement, or only that the entry holds there, at some `level` perhaps."""

    organisation: str
    source: list[Citation]
    statement: Statement | None = None
    level: str | None = None


@dataclass(frozen=True)
class Row:
    """One entry: column to what is said there; nothing is said in the columns that are missing."""

    entry: Entry
    cells: dict[str, list[Claim]]


@dataclass(frozen=True)
class Table:
    """One collection. `columns` are types that some row speaks of, `empty_columns` those that none does."""

    name: str
    columns: list[str]
    empty_columns: list[str]
    rows: list[Row]
    without_type: list[Entry]
    """Entries that speak of no type."""


def types(handbook: Handbook) -> list[Organisation]:
    """The wide types: those that are part of no other."""
    return [found for found in handbook.all(Organisation).values() if _column(handbook, found.id) == found.id]


def tables(handbook: Handbook) -> list[Table]:
    """What duties and outcomes say of the types; nothing where there are no two types to compare."""
    if len(types(handbook)) < 2:
        return []
    duties = [
        (duty, [Claim(item.organisation, item.source, item) for item in duty.differs])
        for duty in handbook.all(Duty).values()
    ]
    outcomes = [
        (
            outcome,
            [Claim(it.organisation, it.source or outcome.summary.source, level=it.level) for it in outcome.said_of],
        )
        for kind in OutcomeKind
        for outcome in handbook.all(Outcome).values()
        if outcome.kind is kind
    ]
    found = [_table(handbook, "duties", duties), _table(handbook, "outcomes", outcomes)]
    return [table for table in found if table.rows]


def _table(handbook: Handbook, name: str, claims: Iterable[tuple[Entry, list[Claim]]]) -> Table:
    rows: list[Row] = []
    without_type: list[Entry] = []
    for entry, items in claims:
        cells: dict[str, list[Claim]] = {}
        for item in items:
            cells.setdefault(_column(handbook, item.organisation), []).append(item)
        if cells:
            rows.append(Row(entry, cells))
        else:
            without_type.append(entry)
    columns = [kind.id for kind in types(handbook)]
    used = {column for row in rows for column in row.cells}
    return Table(
        name,
        [column for column in columns if column in used],
        [column for column in columns if column not in used],
        rows,
        without_type,
    )


def _column(handbook: Handbook, organisation: str) -> str:
    """The widest type that `organisation` belongs to; of types that are part of each other, the first of the file."""
    ring = list(wider(handbook, organisation))
    known = handbook.all(Organisation)
    if known[ring[-1]].part_of is None:
        return ring[-1]
    inside = list(wider(handbook, ring[-1]))
    return next(name for name in known if name in inside)
