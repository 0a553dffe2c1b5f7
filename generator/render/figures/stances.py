"""Who stands where in a debate: facts for a picture that weighs nothing. Answers are named, never counted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ...content.models import Debate, Position
from ...content.types import Citation, Stance


@dataclass(frozen=True)
class Chip:
    """An answer at a position, and the first of its passages there."""

    answer: str
    passage: Citation


@dataclass(frozen=True)
class Side:
    """One position with the answers at it, by how they bear on it; stances that nobody takes are left out."""

    position: Position
    chips: dict[Stance, list[Chip]]


@dataclass(frozen=True)
class Balance:
    """All positions of a debate, none before the other but in the order of the page."""

    sides: list[Side]
    twice: list[str]
    """Answers that stand at several positions."""


def balance(debate: Debate, answers: Iterable[str]) -> Balance:
    """The sides of `debate`; `answers` are all of the handbook, in their order."""
    order = {answer: index for index, answer in enumerate(answers)}
    sides = [_side(position, order) for position in debate.positions]
    places: dict[str, set[str]] = {}
    for position in debate.positions:
        for evidence in position.evidence:
            places.setdefault(evidence.source.source, set()).add(position.id)
    twice = [answer for answer in order if len(places.get(answer, ())) > 1]
    return Balance(sides, twice)


def _side(position: Position, order: dict[str, int]) -> Side:
    chips: dict[Stance, list[Chip]] = {}
    for stance in Stance:
        first: dict[str, Citation] = {}
        for evidence in position.evidence:
            if evidence.stance is stance and evidence.source.source in order:
                first.setdefault(evidence.source.source, evidence.source)
        if first:
            chips[stance] = [Chip(answer, first[answer]) for answer in sorted(first, key=order.__getitem__)]
    return Side(position, chips)
