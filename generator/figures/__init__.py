"""Pictures made from the content when the site is built: facts, then a layout in one edition's words, then SVG.

Facts (`moves`) know no language. A layout (`outcome_map`, `careers`, `diagrams`) asks `Speech` for words and gives a
`Drawing`, whose words are measured and placed; templates/figures/ writes it as SVG.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence

from .. import markup
from ..handbook import Handbook
from ..model import Case, Debate, Diagram, Node, Outcome
from ..speaker import Reference
from ..uses import ORDER_OF_RANKS
from ..voice import Voice, anchor
from . import careers, diagrams, outcome_map
from .drawing import Drawing
from .moves import Move, OutcomeMap
from .speech import Speech
from .stances import Balance, Chip, balance


class Figures:
    """Draws for the page that `voice` speaks on."""

    def __init__(self, voice: Voice) -> None:
        self._voice = voice
        self._speech = Speech(voice)

    def rests(self, move: Move) -> str:
        """What `move` rests on, as Markdown."""
        return self._answers(f"map.{move.weight}", move.answers)

    def doubts(self, move: Move) -> str:
        """Who disagrees, as Markdown."""
        said = [self._answers("map.against", move.against)] if move.against else []
        if move.debates:
            said.append(self._voice.labelled("map.debated", *[Reference(debate) for debate in move.debates]))
        return " ".join(said) or self._voice.t("map.agreed")

    def ranks(self, ranks: Sequence[str]) -> str:
        """Links to `ranks`, as Markdown, or that none is stated."""
        return " ".join(self._voice.link(rank) for rank in ranks) or self._voice.t("map.unsaid")

    def links(self, node: Node) -> str:
        """Links to everything that `node` stands for, as Markdown."""
        return "\N{NO-BREAK SPACE}· ".join(self._voice.link(entry_id) for entry_id in node.links)

    def balance(self, debate: Debate) -> Balance:
        """Who stands where in `debate`."""
        return balance(debate, self._voice.answers())

    def signs(self, case: Case) -> list[str]:
        """The signs in the drawing of `case`."""
        return careers.signs(case, self._behind(case).all(Outcome))

    def name(self, key: str) -> str:
        """An interface word as the value of an attribute in HTML."""
        return html.escape(self._speech.plain(key))

    def chips(self, chips: Iterable[Chip]) -> str:
        """The short names of answers, each leading to its passage on this page."""
        first = self._voice.languages[0]
        marks = ((self._voice.answer_name(first, chip.answer), anchor(chip.passage)) for chip in chips)
        return " ".join(f"[{name}](#{place}){{ .hb-cite .hb-chip data-search-exclude=1 }}" for name, place in marks)

    def twice(self, facts: Balance) -> str:
        """Which answers stand at several positions, as Markdown."""
        return self._answers("balance.twice", facts.twice)

    def _answers(self, key: str, answers: Iterable[str]) -> str:
        voice, names = self._voice, list(answers)

        def of(language: str) -> str:
            listed = voice.word(language, "separator.list").join(voice.answer_name(language, name) for name in names)
            return markup.escape(voice.word(language, key, answers=listed))

        return voice.each(of)

    def map(self, facts: OutcomeMap) -> Drawing:
        """The map of outcomes in one piece."""
        return outcome_map.whole(facts, self._speech)

    def panels(self, facts: OutcomeMap) -> list[Drawing]:
        """The same, a drawing for each type of organisation."""
        return outcome_map.panels(facts, self._speech)

    def careers(self, case: Case) -> Drawing:
        """Where each person of a case went."""
        return careers.drawing(case, self._behind(case), self._speech)

    def _behind(self, case: Case) -> Handbook:
        kinds = ((career.outcome, "kind") for career in case.careers if career.outcome)
        return self._voice.using(ORDER_OF_RANKS, *kinds)

    def diagrams(self, diagram: Diagram, prefix: str) -> list[Drawing]:
        """A picture of a guide, wide and narrow; the ids of its list on the page begin with `prefix`."""
        return diagrams.drawings(diagram, prefix, self._speech)
