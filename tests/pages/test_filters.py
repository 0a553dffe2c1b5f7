"""The values by which the entries of an overview can be told apart."""

from __future__ import annotations

from dataclasses import replace

from generator.content.entries import Organisation
from generator.content.handbook import Handbook
from generator.content.models import Debate, Duty, Outcome, Tip
from generator.pages.filters import values_of, wider
from generator.pages.relations import relations


def test_the_values_of_an_entry_are_what_it_says(handbook: Handbook) -> None:
    known = relations(handbook)
    duty = handbook.all(Duty)["guarding-secrets"]
    values = values_of(handbook, known, duty)
    assert values["area"] == [duty.area]
    assert values["situation"] == duty.situations
    assert set(values["type"]) == {difference.organisation for difference in duty.differs}
    assert "disputed" not in values
    outcome = handbook.all(Outcome)["department-office-to-deputy-head"]
    assert values_of(handbook, known, outcome) == {
        "type": ["administrative-department", "organ"],
        "disputed": ["yes"],
    }
    for tip in handbook.all(Tip).values():
        debates = set(known.related.get(tip.id, [])) & set(handbook.all(Debate))
        assert values_of(handbook, known, tip)["disputed"] == ["yes" if debates else "no"]


def test_wider_types_that_form_a_ring_end(handbook: Handbook) -> None:
    types = handbook.all(Organisation)
    ring = {
        "organ": types["organ"].model_copy(update={"part_of": "leading-county-organ"}),
        "leading-county-organ": types["leading-county-organ"],
    }
    changed = replace(handbook, collections={**handbook.collections, "organisations": ring})
    assert list(wider(changed, "organ")) == ["organ", "leading-county-organ"]
