"""Pictures made from the content when the site is built: facts, then a layout in one edition's words, then SVG.

Facts (`moves`) know no language. A layout (`outcome_map`, `careers`, `diagrams`) asks `Labels` for words and gives a
`Drawing`, whose words are measured and placed; templates/figures/ writes it as SVG.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ...content.models import Case, Debate, Diagram, Node, Outcome
from ...pages.moves import Move, OutcomeMap
from .. import markdown
from ..citations import Citations, anchor
from ..text import Reference, TextRenderer
from . import careers, diagrams, outcome_map
from .drawing import Drawing
from .labels import Labels
from .stances import Balance, Chip, balance


class Figures:
    """Draws for the page that `texts` and `citations` are of."""

    def __init__(self, texts: TextRenderer, citations: Citations) -> None:
        self._texts = texts
        self._citations = citations
        self._labels = Labels(texts, citations)

    def rests(self, move: Move) -> str:
        """What `move` rests on, as Markdown."""
        return self._answers(f"map.{move.weight}", move.answers)

    def doubts(self, move: Move) -> str:
        """Who disagrees, as Markdown."""
        said = [self._answers("map.against", move.against)] if move.against else []
        if move.debates:
            said.append(self._texts.field("map.debated", *[Reference(debate) for debate in move.debates]))
        return " ".join(said) or self._texts.ui("map.agreed")

    def ranks(self, ranks: Sequence[str]) -> str:
        """Links to `ranks`, as Markdown, or that none is stated."""
        return " ".join(self._texts.link(rank) for rank in ranks) or self._texts.ui("map.unsaid")

    def links(self, node: Node) -> str:
        """Links to everything that `node` stands for, as Markdown."""
        return "\N{NO-BREAK SPACE}· ".join(self._texts.link(entry_id) for entry_id in node.links)

    def balance(self, debate: Debate) -> Balance:
        """Who stands where in `debate`."""
        return balance(debate, self._citations.numbers)

    def signs(self, case: Case) -> list[str]:
        """The signs in the drawing of `case`."""
        return careers.signs(case, self._texts.handbook.all(Outcome))

    def name(self, key: str) -> str:
        """An interface word as the value of an attribute in HTML."""
        return html.escape(self._labels.plain(key))

    def chips(self, chips: Iterable[Chip]) -> str:
        """The short names of answers, each leading to its passage on this page."""
        first = self._texts.languages[0]
        names = ((self._citations.answer_name(first, chip.answer), anchor(chip.passage)) for chip in chips)
        marks = ((name.translate(markdown.ALWAYS), place) for name, place in names)
        return " ".join(f"[{name}](#{place}){{ .hb-cite .hb-chip data-search-exclude=1 }}" for name, place in marks)

    def twice(self, facts: Balance) -> str:
        """Which answers stand at several positions, as Markdown."""
        return self._answers("balance.twice", facts.twice)

    def _answers(self, key: str, answers: Iterable[str]) -> str:
        word, names = self._texts.word, list(answers)

        def of(language: str) -> str:
            listed = word(language, "separator.list").join(
                self._citations.answer_name(language, name) for name in names
            )
            return markdown.escape(word(language, key, answers=listed))

        return self._texts.each(of)

    def map(self, facts: OutcomeMap) -> Drawing:
        """The map of outcomes in one piece."""
        return self._placed(outcome_map.whole(facts, self._labels))

    def panels(self, facts: OutcomeMap) -> list[Drawing]:
        """The same, a drawing for each type of organisation."""
        return list(map(self._placed, outcome_map.panels(facts, self._labels)))

    def careers(self, case: Case) -> Drawing:
        """Where each person of a case went."""
        return self._placed(careers.drawing(case, self._texts.handbook, self._labels))

    def diagrams(self, diagram: Diagram, prefix: str) -> list[Drawing]:
        """A picture of a guide, wide and narrow; the ids of its list on the page begin with `prefix`."""
        return list(map(self._placed, diagrams.drawings(diagram, prefix, self._labels)))

    def arrows(self) -> dict[str, str]:
        """The arrows of `diagrams`, as characters: before what comes in, and before what goes out."""
        arrows = ("←", "→") if self._direction == "ltr" else ("→", "←")
        return dict(zip(("in", "out"), arrows, strict=True))

    def _placed(self, made: Drawing) -> Drawing:
        """The drawing as this page has it."""
        return replace(made, direction=self._direction)

    @property
    def _direction(self) -> str:
        """Which way this page runs: that of its first language."""
        return self._texts.direction(self._texts.languages[0])
