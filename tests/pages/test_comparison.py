"""Types of organisation side by side: the table from the data."""

from __future__ import annotations

from generator.content.handbook import Handbook
from generator.content.models import Duty, Outcome
from generator.pages import comparison


def test_every_difference_stands_in_its_column_once(handbook: Handbook) -> None:
    duties, outcomes = comparison.tables(handbook)
    said = [item.statement for row in duties.rows for items in row.cells.values() for item in items]
    assert said == [item for duty in handbook.all(Duty).values() for item in _by_column(handbook, duty)]
    for table, entries in ((duties, handbook.all(Duty)), (outcomes, handbook.all(Outcome))):
        assert {row.entry.id for row in table.rows} | {entry.id for entry in table.without_type} == set(entries)
        assert set(table.columns) | set(table.empty_columns) == {wide.id for wide in comparison.types(handbook)}
        assert {column for row in table.rows for column in row.cells} == set(table.columns)
    assert {item.organisation for row in duties.rows for item in row.cells.get("organ", [])} == {
        "organ",
        "leading-county-organ",
    }


def _by_column(handbook: Handbook, duty: Duty) -> list[object]:
    row = next((row for row in comparison.tables(handbook)[0].rows if row.entry is duty), None)
    found = [item.statement for items in row.cells.values() for item in items] if row else []
    assert sorted(map(id, found)) == sorted(map(id, duty.differs))
    return list(found)
