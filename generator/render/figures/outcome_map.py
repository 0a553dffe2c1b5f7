"""The map of outcomes: rungs of the ladder as rows, types of organisation as columns, every documented move a card.

A move whose ranks are stated has an arrow from rung to rung that ends at its card. One whose ranks are not stated
stands in a band of its own below the ladder, and where nothing is documented the map says so. The same code makes
the map in one piece, and one panel for each type of organisation where a screen is narrow.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ...pages.moves import Column, Move, OutcomeMap
from .drawing import SOFT, TEXT, TITLE, Block, Box, Dot, Drawing, Frame, Item, Label, Link, Path, Sign, block
from .labels import Labels
from .measure import pieces, width

WHOLE: Final = 1296
"""Width of the map in one piece: the page without its side columns, on a small laptop (1366)."""
PANEL: Final = 340
GUTTER: Final = 100
LEAST_COLUMN: Final = 130.0
MOST: Final = 240.0
"""Widths between which the cards of a column are, with the space around them."""
MORE: Final = 1.3
"""How much wider cards are that stand on the ladder: the ladder is as high as they are."""
LANE: Final = 15
"""Width that the arrow of one move takes beside the cards."""
GAP: Final = 8
PAD: Final = 8
SIGN: Final = 28
HEAD: Final = 9
"""Length of an arrow's head."""
ROUND: Final = 6
LEAST: Final = 44
"""Height of a row in which nothing ends."""


def whole(facts: OutcomeMap, labels: Labels) -> Drawing:
    """The map in one piece."""
    fixed = [_lanes_width(column) if column.moves else _empty_width(column, labels) for column in facts.columns]
    shares = [(MORE if fixed[index] else 1.0) if column.moves else 0 for index, column in enumerate(facts.columns)]
    share = (WHOLE - GUTTER - sum(fixed)) / (sum(shares) or 1)
    share = min(MOST, max(LEAST_COLUMN, share))
    widths = [fixed[index] + share * shares[index] for index in range(len(facts.columns))]
    return _Map(facts.columns, facts.ladder, widths, GUTTER, labels).drawing(labels.plain("map.title"))


def panels(facts: OutcomeMap, labels: Labels) -> list[Drawing]:
    """One drawing for each type of organisation, in the order of the columns."""
    drawings = []
    for column in facts.columns:
        rungs = [facts.ladder.index(rank) for move in column.moves for rank in move.ranks]
        ladder = facts.ladder[min(rungs) : max(rungs) + 1] if rungs else ()
        name = labels.name(_title(column, labels))
        drawings.append(_Map([column], ladder, [PANEL], 0, labels).drawing(name))
    return drawings


@dataclass
class _Card:
    """A move with its words fitted to a width."""

    move: Move
    kind: Block
    title: Block
    notes: Block
    link: tuple[str, str]

    @property
    def height(self) -> float:
        return PAD + max(SIGN, self.kind.height) + 2 + self.title.height + 3 + self.notes.height + PAD

    def at(self, box: Box) -> Link:
        look = f"w-{self.move.weight}" + (" dash" if self.move.disputed else "")
        head = max(SIGN, self.kind.height)
        x, y = box.x + PAD, box.y + PAD
        items: list[Item] = [
            Frame(box, "card dash" if self.move.disputed else "card", 4),
            Sign(self.move.outcome.kind, x, y + (head - SIGN) / 2, SIGN, look),
            *self.kind.at(x + SIGN + 6, y + (head - self.kind.height) / 2),
            *self.title.at(x, y + head + 2),
            *self.notes.at(x, y + head + 2 + self.title.height + 3),
        ]
        return Link(*self.link, tuple(items))


def _lanes(column: Column) -> list[list[Move]]:
    """The moves of each lane: one that goes from rung to rung has its own, the others share the innermost."""
    ranked = [move for move in column.moves if move.ranks]
    going = [move for move in ranked if len(set(move.ranks)) > 1]
    staying = [move for move in ranked if move not in going]
    return [*([move] for move in going), *([staying] if staying else [])]


def _lanes_width(column: Column) -> float:
    lanes = len(_lanes(column))
    return lanes * LANE + 6 if lanes else 0


def _empty_width(column: Column, labels: Labels) -> float:
    """As wide as the longest word of its name."""
    words = [word for _, text in _title(column, labels) for word in pieces(text)]
    return max(76.0, 2 * GAP + max(width(word.strip(), TITLE.size, True) for word in words))


def _title(column: Column, labels: Labels) -> Label:
    return labels.title(column.organisation) if column.organisation else labels.word("map.nowhere")


class _Map:
    """Columns side by side over common rows; `gutter` is the width of the rows' names, 0 where they stand inside."""

    def __init__(
        self,
        columns: Sequence[Column],
        ladder: Sequence[str],
        widths: Sequence[float],
        gutter: float,
        labels: Labels,
    ) -> None:
        self.columns = columns
        self.rows: list[str | None] = [*ladder]
        if not ladder or any(not move.ranks for column in columns for move in column.moves):
            self.rows.append(None)
        self.widths = widths
        self.gutter = gutter
        self.labels = labels
        self.width = gutter + sum(widths)
        self.cells = [[self.cards(column, row, index) for row in self.rows] for index, column in enumerate(columns)]
        self.names = [self.row_name(row) for row in self.rows]
        self.tops = self.heights()

    # --- measuring ---------------------------------------------------------------------------------------

    def cards(self, column: Column, row: str | None, index: int) -> list[_Card]:
        room = self.widths[index] - (_lanes_width(column) if row else 0) - 2 * GAP - 2 * PAD
        return [self.card(column, move, room) for move in column.moves if self.row_of(move) == row]

    def row_of(self, move: Move) -> str | None:
        """The row in which a move ends: its highest rank afterwards, or else its lowest before."""
        for ranks, choose in ((move.to_ranks, min), (move.from_ranks, max)):
            if ranks:
                return self.rows[choose(self.rows.index(rank) for rank in ranks)]
        return None

    def card(self, column: Column, move: Move, room: float) -> _Card:
        labels = self.labels
        kind = labels.word(f"kind.{move.outcome.kind}")
        title = labels.title(move.outcome.id)
        rests = labels.answers(f"map.{move.weight}", move.answers)
        level = labels.title(move.level) if move.level and move.level != column.level else None
        disputed = labels.word("map.disputed") if move.disputed else None
        notes = block(rests, room, SOFT)
        if level:
            notes = block(level, room, SOFT) + notes
        if disputed:
            notes += block(disputed, room, SOFT)
        name = labels.name(*(said for said in (kind, title, level, rests, disputed) if said))
        return _Card(
            move,
            block(kind, room - SIGN - 6, TEXT),
            block(title, room, TITLE, SECOND),
            notes,
            (labels.url(move.outcome.id), name),
        )

    def row_name(self, row: str | None) -> Block:
        said = self.labels.title(row) if row else self.labels.word("map.rank.unknown")
        if self.gutter:
            return block(said, self.gutter - 2 * PAD, TEXT, SOFT)
        return block(said, self.width - self.inset(row) - GAP, TEXT, SOFT)

    def inset(self, row: str | None) -> float:
        """Where the name of a row begins: in the gutter, or beside the arrows."""
        if self.gutter:
            return PAD
        return GAP + (_lanes_width(self.columns[0]) if row else 0)

    def heads(self) -> list[Block]:
        made = []
        for column, wide in zip(self.columns, self.widths, strict=True):
            room = wide - 2 * GAP
            head = block(_title(column, self.labels), room, TITLE, SECOND)
            if column.level:
                head += block(self.labels.title(column.level), room, SOFT)
            made.append(head)
        return made

    def heights(self) -> list[float]:
        """Top of every row, and the bottom of the last."""
        y = max(head.height for head in self.heads()) + 2 * PAD
        silence = block(self.labels.word("map.nothing"), min(self.widths), SOFT).height + GAP
        tops = []
        for index, name in enumerate(self.names):
            tops.append(y)
            cards = [sum(card.height + GAP for card in cells[index]) for cells in self.cells]
            inside = 0 if self.gutter else name.height + 2
            y += max(LEAST, inside + max([*cards, silence]) + GAP, name.height + 2 * PAD)
        return [*tops, y]

    # --- drawing -----------------------------------------------------------------------------------------

    def drawing(self, name: str) -> Drawing:
        items: list[Item] = []
        for index, row in enumerate(self.rows):
            top, bottom = self.tops[index], self.tops[index + 1]
            items.append(Frame(Box(0, top, self.width, bottom - top), "band" if row is None else "rung"))
            words = tuple(self.names[index].at(self.inset(row), top + PAD - (0 if self.gutter else 2)))
            items += [Link(self.labels.url(row), self.labels.name(self.labels.title(row)), words)] if row else words
        x = self.gutter
        for index, head in enumerate(self.heads()):
            items += self.head(self.columns[index], head, x)
            items += self.column(index, x)
            x += self.widths[index]
        return Drawing(self.width, self.tops[-1], name, "map", tuple(items))

    def head(self, column: Column, head: Block, x: float) -> list[Item]:
        words = head.at(x + GAP, PAD)
        if not column.organisation:
            return [*words]
        levels = [self.labels.title(column.level)] if column.level else []
        name = self.labels.name(_title(column, self.labels), *levels)
        return [Link(self.labels.url(column.organisation), name, tuple(words))]

    def column(self, index: int, x: float) -> list[Item]:
        column, items = self.columns[index], list[Item]()
        boxes: dict[int, Box] = {}
        for row, cards in enumerate(self.cells[index]):
            y = self.tops[row] + GAP + (0 if self.gutter else self.names[row].height + 2)
            beside = _lanes_width(column) if self.rows[row] else 0
            left, wide = x + beside + GAP, self.widths[index] - beside - 2 * GAP
            for card in cards:
                box = Box(left, y, wide, card.height)
                boxes[id(card.move)] = box
                items.append(card.at(box))
                y += card.height + GAP
        if self.gutter:
            items.insert(0, Path(f"M{x:g} 0V{self.tops[-1]:g}", "rule"))
        return [*items, *self.arrows(column, x, boxes), *self.silences(index, x)]

    def arrows(self, column: Column, x: float, boxes: dict[int, Box]) -> list[Item]:
        """An arrow for every move with ranks, the longest outermost, so that none crosses another."""
        lanes = sorted(_lanes(column), key=lambda moves: -max(len(self.touched(move)) for move in moves))
        items: list[Item] = []
        for lane, move in ((lane, move) for lane, moves in enumerate(lanes) for move in moves):
            box, at = boxes[id(move)], x + GAP + LANE * (lane + 0.5)
            look = f"arrow s-{move.outcome.kind} w-{move.weight}" + (" dash" if move.disputed else "")
            end, tip = box.y + PAD + SIGN / 2, box.x - 1
            row = self.rows.index(self.row_of(move))
            starts = [index for index in (self.rows.index(rank) for rank in move.from_ranks) if index != row]
            for start in starts:
                y = self.tops[start + 1] - 14
                bend = ROUND if y > end else -ROUND
                items.append(
                    Path(f"M{at:g} {y:g}V{end + bend:g}Q{at:g} {end:g} {at + ROUND:g} {end:g}H{tip - HEAD:g}", look)
                )
                items.append(Dot(at, y, 4, f"dot s-{move.outcome.kind}"))
            if not starts:  # it stays on its rung, or only one end is known
                items += [Path(f"M{at:g} {end:g}H{tip - HEAD:g}", look), Dot(at, end, 4, f"dot s-{move.outcome.kind}")]
            if move.to_ranks:
                head = f"M{tip:g} {end:g}l{-HEAD} {-HEAD * 0.6:g}v{HEAD * 1.2:g}z"
                items.append(Path(head, f"f-tip s-{move.outcome.kind}"))
            else:
                items.append(Path(f"M{tip - HEAD:g} {end:g}H{tip:g}", look))
        return items

    def touched(self, move: Move) -> range:
        """The rows that a move passes, with those where it starts and ends."""
        rows = [self.rows.index(rank) for rank in move.ranks]
        return range(min(rows), max(rows) + 1) if rows else range(0)

    def silences(self, index: int, x: float) -> list[Item]:
        """Where nothing is documented."""
        column = self.columns[index]
        busy = {row for move in column.moves for row in self.touched(move)}
        busy.update(row for row, cards in enumerate(self.cells[index]) if cards)
        items: list[Item] = []
        start = None
        for row in range(len(self.rows) + 1):
            free = row < len(self.rows) and row not in busy
            if free and start is None:
                start = row
            elif not free and start is not None:
                items += self.silence(index, x, start, row)
                start = None
        return items

    def silence(self, index: int, x: float, start: int, end: int) -> list[Item]:
        top = self.tops[start] + (0 if self.gutter else self.names[start].height + 2)
        box = Box(x, top, self.widths[index], self.tops[end] - top)
        words = block(self.labels.word("map.nothing"), box.width - 2 * GAP, SOFT)
        y = box.centre - words.height / 2
        shade = Frame(Box(box.middle - words.width / 2 - 4, y, words.width + 8, words.height), "shade", 3)
        return [Frame(box, "none"), shade, *words.at(box.middle, y, centred=True)]


SECOND: Final = TEXT
"""Titles in the second language are lighter."""
