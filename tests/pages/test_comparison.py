"""Types of organisation side by side: the table from the data."""

from __future__ import annotations

from generator.content.handbook import Handbook
from generator.content.models import Duty, Outcome
from generator.pages import comparison
from generator.pages.filters import wider


def test_every_difference_stands_in_its_column_once(handbook: Handbook) -> None:
    duties, outcomes = comparison.tables(handbook)
    said = [item.statement for row in duties.rows for items in row.cells.values() for item in items]
    assert said == [item for duty in handbook.all(Duty).values() for item in _by_column(handbook, duty)]
    for table, entries in ((duties, handbook.all(Duty)), (outcomes, handbook.all(Outcome))):
        assert {row.entry.id for row in table.rows} | {entry.id for entry in table.without_type} == set(entries)
        assert set(table.columns) | set(table.empty_columns) == {wide.id for wide in comparison.types(handbook)}
        assert {column for row in table.rows for column in row.cells} == set(table.columns)
        for row in table.rows:
            for column, claims in row.cells.items():
                assert {list(wider(handbook, claim.organisation))[-1] for claim in claims} == {column}


def test_what_is_said_of_a_narrow_type_stands_in_the_column_of_the_wide_one(small: Handbook) -> None:
    duties, outcomes = comparison.tables(small)
    assert [one.id for one in comparison.types(small)] == ["harbour-board", "rescue-service"]
    assert (duties.columns, duties.empty_columns) == (["harbour-board"], ["rescue-service"])
    (row,) = duties.rows
    assert [claim.organisation for claim in row.cells["harbour-board"]] == ["harbour-board", "port-office"]
    (row,) = outcomes.rows
    assert [(claim.organisation, claim.level) for claim in row.cells["harbour-board"]] == [("harbour-board", "coast")]


def _by_column(handbook: Handbook, duty: Duty) -> list[object]:
    row = next((row for row in comparison.tables(handbook)[0].rows if row.entry is duty), None)
    found = [item.statement for items in row.cells.values() for item in items] if row else []
    assert sorted(map(id, found)) == sorted(map(id, duty.differs))
    return list(found)
