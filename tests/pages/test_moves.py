"""What the map of outcomes claims: never more than the sources say."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from generator.content.handbook import Handbook
from generator.content.models import Outcome
from generator.pages.moves import Move, OutcomeMap, Weight, outcome_map
from generator.pages.relations import Relations


@pytest.fixture(scope="module")
def facts(handbook: Handbook) -> OutcomeMap:
    return outcome_map(handbook, Relations(handbook))


def text(words: str = "…") -> dict[str, str]:
    return {"en": words}


def evidence(source: str, stance: str = "supports") -> dict[str, Any]:
    return {"source": source, "stance": stance, "quote": text()}


def made_up(small: Handbook, *outcomes: dict[str, Any]) -> tuple[Handbook, list[Move]]:
    """The small handbook with other outcomes, and the moves of their map."""
    entries = {}
    for index, given in enumerate(outcomes):
        name = f"o{index}"
        filled = {"id": name, "title": text(name), "summary": {**text(), "source": "editors"}, "kind": "promotion"}
        entries[name] = Outcome.model_validate({**filled, **given})
    handbook = replace(
        small,
        collections={**small.collections, "outcomes": entries},
        entries={**{key: entry for key, entry in small.entries.items() if key != "harbour"}, **entries},
    )
    made = outcome_map(handbook, Relations(handbook))
    return handbook, [move for column in made.columns for move in column.moves]


def test_every_outcome_is_a_mark_for_each_setting_it_is_said_of(facts: OutcomeMap, handbook: Handbook) -> None:
    shown = {(move.outcome.id, move.organisation) for column in facts.columns for move in column.moves}
    for outcome in handbook.all(Outcome).values():
        assert {place for name, place in shown if name == outcome.id} >= {s.organisation for s in outcome.said_of}
        assert outcome.id in {name for name, _ in shown}


def test_every_type_of_organisation_has_its_column_with_or_without_data(facts: OutcomeMap, handbook: Handbook) -> None:
    names = [column.organisation for column in facts.columns]
    assert names == [*handbook.collections["organisations"], None]
    assert [name for name, column in zip(names, facts.columns, strict=True) if not column.moves] == [
        "state-enterprise",
        "mass-organisation",
    ]


def test_only_rungs_that_occur_and_those_between_are_shown(facts: OutcomeMap) -> None:
    assert facts.ladder == ("bureau-deputy", "division-full", "division-deputy", "section-full")


@pytest.mark.parametrize(
    ("passages", "weight"),
    [
        ([], Weight.NOBODY),
        ([evidence("k2:2")], Weight.ONE),
        ([evidence("k1:1"), evidence("k2:2")], Weight.SEVERAL),
        ([evidence("k2:2"), evidence("k2:2")], Weight.ONE),
        ([evidence("k2:2"), evidence("k1:1", "qualifies")], Weight.ONE),
        ([evidence("k2:2"), evidence("k1:1", "contradicts")], Weight.ONE),
    ],
)
def test_the_weight_of_a_move_is_who_supports_it(
    passages: list[dict[str, Any]], weight: Weight, small: Handbook
) -> None:
    _, (move,) = made_up(small, {"evidence": passages})
    assert move.weight is weight


def test_one_person_s_career_is_lighter_than_a_rule(small: Handbook) -> None:
    """The case of the small handbook rests on the first letter and leads to `harbour`."""
    _, (move,) = made_up(small, {"id": "harbour", "evidence": [evidence("k1:1")]})
    assert (move.weight, move.cases) == (Weight.CASE, ("k1",))


def test_a_move_is_disputed_exactly_where_sources_disagree(small: Handbook) -> None:
    _, shown = made_up(
        small,
        {"evidence": [evidence("k2:2")]},
        {"evidence": [evidence("k2:2"), evidence("k1:1", "contradicts")]},
        {"evidence": [evidence("k2:2"), evidence("k1:1", "qualifies")]},
        {"related": ["alone"]},
    )
    assert [(move.disputed, move.against, move.debates) for move in shown] == [
        (False, (), ()),
        (True, ("k1",), ()),
        (False, (), ()),
        (False, (), ("alone",)),  # about the way there
    ]


def test_who_speaks_of_no_setting_by_name_stands_apart_and_lends_no_rank(small: Handbook) -> None:
    given = {
        "said_of": [{"organisation": "harbour-board", "source": "k1:1"}],
        "from_ranks": ["head-keeper"],
        "evidence": [evidence("k1:1"), evidence("k2:2")],
    }
    _, (first, second) = made_up(small, given)
    assert (first.organisation, first.answers, first.from_ranks) == ("harbour-board", ("k1",), ("head-keeper",))
    assert (second.organisation, second.answers, second.from_ranks) == (None, ("k2",), ())


def test_a_setting_may_say_that_its_speaker_gives_no_rank(small: Handbook) -> None:
    setting = {"organisation": "harbour-board", "source": "k1:1", "from_ranks": []}
    _, (move,) = made_up(small, {"said_of": [setting], "from_ranks": ["head-keeper"], "evidence": [evidence("k1:1")]})
    assert move.ranks == ()


def test_no_real_move_claims_more_than_its_speaker(facts: OutcomeMap) -> None:
    shown = {(move.outcome.id, move.organisation): move for column in facts.columns for move in column.moves}
    township = shown["township-party-secretary", "grassroots-unit"]
    assert (township.answers, township.weight) == (("a14",), Weight.ONE)
    assert shown["grade-without-post", "grassroots-unit"].ranks == ()
    assert shown["provincial-deputy", "organ"].weight is Weight.CASE
    assert shown["deputy-in-own-unit", None].answers == ("a15",)
