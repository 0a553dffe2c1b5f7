"""The values by which the entries of an overview can be told apart."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generator.content.entries import Organisation
from generator.content.handbook import Handbook
from generator.content.models import Debate, Duty, Tip
from generator.pages.filters import values_of, wider
from generator.pages.relations import Relations


@pytest.mark.parametrize(
    ("entry_id", "values"),
    [
        ("lamp", {"area": ["light"], "situation": ["fog"], "type": ["harbour-board", "port-office"]}),
        ("fog-bank", {"situation": ["fog"], "type": ["port-office", "harbour-board"]}),
        ("lamp-log", {"situation": ["fog"]}),
        ("wipe", {"area": ["light"], "situation": ["fog"], "disputed": ["yes"]}),
        ("harbour", {"type": ["harbour-board"], "disputed": ["no"]}),
        ("two-keepers", {"type": ["harbour-board"]}),
        ("alone", {"situation": []}),
    ],
)
def test_the_values_of_an_entry_are_what_it_says(entry_id: str, values: dict[str, list[str]], small: Handbook) -> None:
    assert {str(one): found for one, found in values_of(small, Relations(small), small.entries[entry_id]).items()} == (
        values
    )


def test_an_entry_is_disputed_where_a_debate_is_related_to_it(handbook: Handbook) -> None:
    known = Relations(handbook)
    found = set()
    for tip in handbook.all(Tip).values():
        values = {str(one): found for one, found in values_of(handbook, known, tip).items()}
        debates = set(known.related.get(tip.id, [])) & set(handbook.all(Debate))
        assert values["disputed"] == ["yes" if debates else "no"]
        found |= {*values["disputed"]}
    assert found == {"yes", "no"}


def test_types_are_named_with_the_wider_ones_that_they_are_part_of(handbook: Handbook) -> None:
    known = Relations(handbook)
    for duty in handbook.all(Duty).values():
        types = {str(one): found for one, found in values_of(handbook, known, duty).items()}["type"]
        assert {difference.organisation for difference in duty.differs} <= set(types)
        assert len(types) == len(set(types))


def test_wider_types_that_form_a_ring_end(handbook: Handbook) -> None:
    types = handbook.all(Organisation)
    ring = {
        "organ": types["organ"].model_copy(update={"part_of": "leading-county-organ"}),
        "leading-county-organ": types["leading-county-organ"],
    }
    changed = replace(handbook, collections={**handbook.collections, "organisations": ring})
    assert list(wider(changed, "organ")) == ["organ", "leading-county-organ"]
