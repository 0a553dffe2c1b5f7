"""Which moves from the post are documented, and what each rests on: the facts behind the map of outcomes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from ..content.entries import Organisation, Rank
from ..content.handbook import Handbook
from ..content.models import Case, Debate, Outcome, OutcomeKind, SaidOf
from ..content.sources import Answer
from ..content.types import Stance
from .relations import Relations


class Weight(StrEnum):
    """What a move rests on, from the lightest to the heaviest."""

    NOBODY = "nobody"
    CASE = "case"
    ONE = "one"
    SEVERAL = "several"


@dataclass(frozen=True)
class Move:
    """One outcome, as it is said of one type of organisation (None: of none by name).

    Ranks are only those that are stated. `answers` say that it is so, `cases` are those of them that tell what
    became of one person; `against` deny it, `debates` are about it. All in the order of the handbook.
    """

    outcome: Outcome
    organisation: str | None
    level: str | None
    from_ranks: tuple[str, ...]
    to_ranks: tuple[str, ...]
    answers: tuple[str, ...]
    cases: tuple[str, ...]
    against: tuple[str, ...]
    debates: tuple[str, ...]

    @property
    def weight(self) -> Weight:
        if not self.answers:
            return Weight.NOBODY
        if len(self.answers) > 1:
            return Weight.SEVERAL
        return Weight.CASE if self.cases else Weight.ONE

    @property
    def disputed(self) -> bool:
        """Whether a source says the opposite. A debate about the way there does not dispute what became of somebody."""
        return bool(self.against)

    @property
    def ranks(self) -> tuple[str, ...]:
        return (*self.from_ranks, *self.to_ranks)


@dataclass(frozen=True)
class Column:
    """The moves that are said of one type of organisation; None for those that are said of none by name."""

    organisation: str | None
    moves: tuple[Move, ...]

    @property
    def level(self) -> str | None:
        """The level that all of them are said of."""
        levels = {move.level for move in self.moves}
        return levels.pop() if len(levels) == 1 else None


@dataclass(frozen=True)
class OutcomeMap:
    """All documented moves by type of organisation, and the part of the ladder that they need, highest first."""

    columns: tuple[Column, ...]
    ladder: tuple[str, ...]


def outcome_map(handbook: Handbook, relations: Relations) -> OutcomeMap:
    """What `handbook` says of where the post leads."""
    moves = [
        move
        for kind in OutcomeKind
        for outcome in handbook.all(Outcome).values()
        if outcome.kind is kind
        for move in _moves(outcome, handbook, relations)
    ]
    types: list[str | None] = [*handbook.all(Organisation), None]
    columns = [Column(name, tuple(move for move in moves if move.organisation == name)) for name in types]
    if not columns[-1].moves:
        columns.pop()
    return OutcomeMap(tuple(columns), ladder(handbook, (rank for move in moves for rank in move.ranks)))


def ladder(handbook: Handbook, ranks: Iterable[str]) -> tuple[str, ...]:
    """The rungs from the highest of `ranks` to the lowest, with those between."""
    rungs, named = list(handbook.all(Rank)), set(ranks)
    places = [index for index, rank in enumerate(rungs) if rank in named]
    return tuple(rungs[places[0] : places[-1] + 1]) if places else ()


def _moves(outcome: Outcome, handbook: Handbook, relations: Relations) -> list[Move]:
    order = list(handbook.all(Answer))
    passages = list(outcome.passages())
    supporting = {e.source.source for e in passages if e.stance is Stance.SUPPORTS}
    supporting = supporting or {citation.source for citation in outcome.summary.source}
    against = {e.source.source for e in passages if e.stance is Stance.CONTRADICTS}
    debates = handbook.all(Debate)
    disputes = tuple(other for other in relations.related.get(outcome.id, []) if other in debates)
    named = {id(setting): _sources(setting) for setting in outcome.said_of}
    claimed = set().union(*named.values()) if named else set()
    rest = supporting - claimed
    people = _people(outcome, handbook)

    def move(setting: SaidOf | None, says: set[str]) -> Move:
        before, after = outcome.from_ranks, outcome.to_ranks
        if setting and setting.from_ranks is not None:
            before = setting.from_ranks
        if setting and setting.to_ranks is not None:
            after = setting.to_ranks
        if setting is None and outcome.said_of:  # the ranks were given for the settings, not by these speakers
            before = after = []
        answers = tuple(answer for answer in order if answer in says)
        return Move(
            outcome,
            setting.organisation if setting else None,
            setting.level if setting else None,
            tuple(before),
            tuple(after),
            answers,
            tuple(answer for answer in answers if answer in people),
            tuple(answer for answer in order if answer in against),
            disputes,
        )

    moves = [move(setting, named[id(setting)] or rest) for setting in outcome.said_of]
    if not outcome.said_of or (rest.intersection(order) and all(named.values())):
        moves.append(move(None, rest))
    return moves


def _sources(setting: SaidOf) -> set[str]:
    return {citation.source for citation in setting.source or ()}


def _people(outcome: Outcome, handbook: Handbook) -> set[str]:
    """The answers that tell of a person with this outcome."""
    return {
        career.source.source
        for case in handbook.all(Case).values()
        for career in case.careers
        if career.outcome == outcome.id
    }
