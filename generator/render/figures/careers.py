"""The careers of a case: one lane for each person, from the rung of the post to the rung held now.

A rank that is not stated is not guessed: its person stands below the ladder, at the end of a line without a head.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ...content.handbook import Handbook
from ...content.models import Career, Case, Outcome
from ...pages.moves import ladder
from .drawing import SOFT, TEXT, TITLE, Block, Box, Dot, Drawing, Frame, Item, Label, Link, Path, Sign, block
from .labels import Labels

WIDTH: Final = 356
GUTTER: Final = 86
LEAST: Final = 33
"""Width of a lane where there are many."""
MOST: Final = 60
PAD: Final = 8
BADGE: Final = 42
"""Height of what stands for a person: the sign above the number."""
SIGN: Final = 24
START: Final = 26
"""Height that the starting points take at the foot of their row."""
TIP: Final = 8
HIDDEN: Final = "hidden"


def drawing(case: Case, handbook: Handbook, labels: Labels) -> Drawing:
    """One lane for each career, in their order."""
    return _Careers(case, handbook, labels).drawing()


def signs(case: Case, outcomes: Mapping[str, Outcome]) -> list[str]:
    """The signs that the drawing of `case` shows, each once."""
    return list(dict.fromkeys(_sign(career, outcomes) for career in case.careers))


def _sign(career: Career, outcomes: Mapping[str, Outcome]) -> str:
    return outcomes[career.outcome].kind if career.outcome else HIDDEN


class _Careers:
    def __init__(self, case: Case, handbook: Handbook, labels: Labels) -> None:
        self.case = case
        self.outcomes = handbook.all(Outcome)
        self.labels = labels
        held = [career.rank for career in case.careers]
        self.rows: list[str | None] = [*ladder(handbook, (rank for rank in (case.rank, *held) if rank))]
        if None in held:
            self.rows.append(None)
        count = len(case.careers)
        self.lane = min(MOST, max(LEAST, (WIDTH - GUTTER - PAD / 2) / count))
        self.width = max(WIDTH, GUTTER + self.lane * count + PAD / 2)
        self.names = [self.name(row) for row in self.rows]
        self.tops = self.heights()

    def name(self, row: str | None) -> Block:
        room = GUTTER - PAD
        said = self.labels.title(row) if row else self.labels.word("map.rank.unknown")
        made = block(said, room, TEXT, SOFT)
        if row and row == self.case.rank:
            made += block(self.labels.word("case.rank.then"), room, SOFT)
        return made

    def heights(self) -> list[float]:
        tops, y = [], 0.0
        for row, name in zip(self.rows, self.names, strict=True):
            tops.append(y)
            ends = any(career.rank == row for career in self.case.careers)
            inside = (BADGE + PAD if ends else 0) + (START if row and row == self.case.rank else 0)
            y += PAD + max(name.height + PAD / 2, inside)
        return [*tops, y]

    def drawing(self) -> Drawing:
        items: list[Item] = []
        for index, row in enumerate(self.rows):
            box = Box(0, self.tops[index], self.width, self.tops[index + 1] - self.tops[index])
            items.append(Frame(box, "band" if row is None else "rung"))
        behind: list[Item] = []
        badges: list[Item] = []
        left = GUTTER + (self.width - PAD / 2 - GUTTER - self.lane * len(self.case.careers)) / 2
        for index, career in enumerate(self.case.careers):
            x = left + self.lane * (index + 0.5)
            end = self.rows.index(career.rank)
            top = self.tops[end] + PAD
            behind += self.line(career, x, end, top)
            badges.append(self.badge(career, index + 1, x, top))
        names: list[Item] = []
        for index, row in enumerate(self.rows):
            words = tuple(self.names[index].at(PAD, self.tops[index] + PAD / 2))
            names += [Link(self.labels.url(row), self.labels.name(self.labels.title(row)), words)] if row else words
        name = self.labels.name(self.labels.word("case.figure"))
        return Drawing(self.width, self.tops[-1], name, "careers", (*items, *behind, *names, *badges))

    def line(self, career: Career, x: float, row: int, top: float) -> list[Item]:
        """From the rung of the post to the badge; without a head where the rank is not stated."""
        if self.case.rank is None:
            return []
        start = self.rows.index(self.case.rank)
        y = self.tops[start + 1] - START / 2
        dot = Dot(x, y, 4, "dot")
        if career.rank is None:
            return [Path(f"M{x:g} {y:g}V{top - 2:g}", "arrow unknown"), dot]
        end, way = (top + BADGE + 2, 1) if row <= start else (top - 2, -1)
        line = Path(f"M{x:g} {y:g}V{end + way * TIP:g}", "arrow w-case")
        return [line, Path(f"M{x:g} {end:g}l-5 {way * TIP}h10z", "f-tip"), dot]

    def badge(self, career: Career, number: int, x: float, top: float) -> Item:
        box = Box(x - self.lane / 2 + 2, top, self.lane - 4, BADGE)
        count = block([(None, str(number))], self.lane, TITLE).at(x, top + BADGE - 19.5, centred=True)
        sign = Sign(_sign(career, self.outcomes), x - (SIGN - 2) / 2, top + 1, SIGN - 2, "w-case")
        items: tuple[Item, ...] = (Frame(box, "card", 4), sign, *count)
        parts: list[Label] = [self.labels.text(career.title), self.labels.text(career.destination)]
        if not career.outcome:
            return Link(f"#career-{number}", self.labels.name(*parts), items)
        return Link(self.labels.url(career.outcome), self.labels.name(*parts), items)
