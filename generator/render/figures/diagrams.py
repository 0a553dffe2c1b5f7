"""Pictures that guides bring: a centre with groups around it (a star), or equal parts of one whole (quarters).

Every card leads to what it stands for, and carries the marks of its sources. Each picture is laid out twice from the
same cards: wide, and narrow with everything below each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ...content.models import Diagram, DiagramLayout, Node, Place
from .drawing import Block, Box, Drawing, Frame, Item, Link, Path, Style, Tag, block
from .labels import Labels
from .measure import width

WIDE: Final = 680
NARROW: Final = 340
GAP: Final = 14
PAD: Final = 10
REACH: Final = 40
"""Length of the lines between the centre and its groups."""
ARROW: Final = 16
"""Width that the small arrow before what comes or goes takes."""
MARK: Final = 24
"""Height of a source's mark: enough for a finger."""
TIP: Final = 7
TITLE: Final = Style(14.5, "t1", bold=True)
TEXT: Final = Style(13, "t2")
SOFT: Final = Style(13, "t3")
MARK_STYLE: Final = Style(11.5, "t4")


def drawings(diagram: Diagram, prefix: str, labels: Labels) -> list[Drawing]:
    """The wide and the narrow drawing of `diagram`."""
    return [_Picture(diagram, prefix, labels, room).drawing() for room in (WIDE, NARROW)]


@dataclass
class _Card:
    """A node with its words fitted to a width."""

    node: Node
    width: float
    title: Block
    text: Block
    flows: list[tuple[str, Block]]
    """`in` or `out`, and what comes from there or goes there."""
    marks: list[tuple[tuple[Tag | None, str], str, float]]
    """Words, address and width of the mark of each source."""
    link: tuple[str, str]

    @property
    def height(self) -> float:
        flows = sum(flow.height + 2 for _, flow in self.flows)
        return 2 * PAD + self.title.height + self.text.height + flows + (MARK + 4 if self.marks else 0)

    def at(self, box: Box) -> list[Item]:
        x, y = box.x + PAD, box.y + PAD
        items: list[Item] = [Frame(box, "card", 6), *self.title.at(x, y)]
        y += self.title.height
        items += self.text.at(x, y)
        y += self.text.height
        for way, flow in self.flows:
            y += 2
            middle = y + 9
            head = f"M{x:g} {middle:g}l6-4.5v9z" if way == "in" else f"M{x + 12:g} {middle:g}l-6-4.5v9z"
            items += [Path(f"M{x:g} {middle:g}h12", "arrow thin"), Path(head, "f-tip"), *flow.at(x + ARROW, y)]
            y += flow.height
        marks: list[Item] = []
        bottom = box.bottom - PAD - MARK + 4
        for said, href, wide in self.marks:
            line = block([said], wide, MARK_STYLE)
            inner: list[Item] = [Frame(Box(x, bottom, wide, MARK), "mark", 3)]
            inner += line.at(x + wide / 2, bottom + 3.5, centred=True)
            marks += [Link(href, said[1], tuple(inner))] if href else inner
            x += wide + 6
        return [Link(*self.link, tuple(items)), *marks]


class _Picture:
    def __init__(self, diagram: Diagram, prefix: str, labels: Labels, room: float) -> None:
        self.diagram = diagram
        self.prefix = prefix
        self.labels = labels
        self.room = room

    def drawing(self) -> Drawing:
        if self.room == NARROW:
            height, items = self.stacked()
        elif self.diagram.layout is DiagramLayout.STAR:
            height, items = self.star()
        else:
            height, items = self.quarters()
        name = self.labels.name(self.labels.text(self.diagram.title))
        return Drawing(self.room, height, name, "diagram", tuple(items))

    # --- cards -------------------------------------------------------------------------------------------

    def card(self, node: Node, wide: float) -> _Card:
        labels, room = self.labels, wide - 2 * PAD
        flows = [
            (way, block(labels.text(text), room - ARROW, TEXT, SOFT))
            for way, text in (("in", node.receives), ("out", node.gives))
            if text
        ]
        marks, left = [], room
        for said, href in labels.marks(node.source):
            mark = width(said[1], MARK_STYLE.size) + 12
            if mark <= left:  # the list below has them all
                marks.append((said, href, mark))
                left -= mark + 6
        href = labels.url(node.links[0]) if node.links else f"#{self.prefix}-{node.id}"
        return _Card(
            node,
            wide,
            block(labels.text(node.title), room, TITLE, TEXT),
            block(labels.text(node.text), room, TEXT, SOFT) if node.text else Block(()),
            flows,
            marks,
            (href, labels.name(labels.text(node.title))),
        )

    def hub(self, wide: float) -> Block:
        return block(self.labels.text(self.diagram.centre), wide - 2 * PAD, TITLE, TEXT)

    def middle(self, hub: Block, box: Box) -> list[Item]:
        return [Frame(box, "hub", 8), *hub.at(box.middle, box.centre - hub.height / 2, centred=True)]

    # --- wide --------------------------------------------------------------------------------------------

    def star(self) -> tuple[float, list[Item]]:
        side = {place: [node for node in self.diagram.nodes if node.place is place] for place in Place}
        columns = (self.room - 2 * REACH) / 3
        hub = self.hub(columns)
        items: list[Item] = []
        above, y = self.rows(side[Place.ABOVE], 0)
        top = y + (REACH if above else 0)
        left = self.stack(side[Place.LEFT], 0, columns)
        right = self.stack(side[Place.RIGHT], self.room - columns, columns)
        tall = max(hub.height + 4 * PAD, *(sum(b.height for _, b in s) + GAP * (len(s) - 1) for s in (left, right)))
        centre = Box(columns + REACH, top + (tall - hub.height - 4 * PAD) / 2, columns, hub.height + 4 * PAD)
        sides = [
            (card, Box(box.x, box.y + top + (tall - _tall(stack)) / 2, box.width, box.height))
            for stack in (left, right)
            for card, box in stack
        ]
        below, end = self.rows(side[Place.BELOW], top + tall + REACH)
        for card, box in (*above, *sides, *below):
            items += self.line(card.node, centre, box)
            items += card.at(box)
        return (end if below else top + tall), [*items, *self.middle(hub, centre)]

    def rows(self, nodes: Sequence[Node], y: float) -> tuple[list[tuple[_Card, Box]], float]:
        """Cards beside each other, three to a row; the bottom of the last."""
        made: list[tuple[_Card, Box]] = []
        for start in range(0, len(nodes), 3):
            row = nodes[start : start + 3]
            wide = min((self.room - GAP * (len(row) - 1)) / len(row), (self.room - GAP) / 2)
            cards = [self.card(node, wide) for node in row]
            tall = max(card.height for card in cards)
            x = (self.room - wide * len(row) - GAP * (len(row) - 1)) / 2
            y += GAP if start else 0
            for card in cards:
                made.append((card, Box(x, y, wide, tall)))
                x += wide + GAP
            y += tall
        return made, y

    def stack(self, nodes: Sequence[Node], x: float, wide: float) -> list[tuple[_Card, Box]]:
        made: list[tuple[_Card, Box]] = []
        y = 0.0
        for card in (self.card(node, wide) for node in nodes):
            made.append((card, Box(x, y, wide, card.height)))
            y += card.height + GAP
        return made

    def line(self, node: Node, centre: Box, box: Box) -> list[Item]:
        """From the centre to a group: a head where something comes in, and one where something goes out."""
        if node.place in (Place.ABOVE, Place.BELOW):
            near = centre.y if node.place is Place.ABOVE else centre.bottom
            far = box.bottom if node.place is Place.ABOVE else box.y
            share = min(max((box.middle - box.width / 2) / max(1.0, self.room - box.width), 0.0), 1.0)
            x = centre.x + centre.width * (0.2 + 0.6 * share)
            return _both_ways(node, (x, near), (min(max(x, box.x + 24), box.right - 24), far))
        near = centre.x if node.place is Place.LEFT else centre.right
        far = box.right if node.place is Place.LEFT else box.x
        y = min(max(centre.centre, box.y + 16), box.bottom - 16)
        return _both_ways(node, (near, min(max(y, centre.y + 12), centre.bottom - 12)), (far, y))

    def quarters(self) -> tuple[float, list[Item]]:
        """Two to a row around a centre that touches them all."""
        wide = (self.room - GAP) / 2
        hub = self.hub(wide)
        y, items, last = 0.0, list[Item](), 0.0
        nodes = self.diagram.nodes
        seam = 0.0
        for start in range(0, len(nodes), 2):
            cards = [self.card(node, wide) for node in nodes[start : start + 2]]
            tall = max(card.height for card in cards)
            for index, card in enumerate(cards):
                items += card.at(Box(index * (wide + GAP), y, wide, tall))
            y += tall
            if start == 0:
                seam = y
                y += hub.height + 2 * PAD + 2 * GAP
            else:
                y += GAP
                last = GAP
        box = Box(self.room / 2 - hub.width / 2 - 2 * PAD, seam + GAP, hub.width + 4 * PAD, hub.height + 2 * PAD)
        left, right, low = wide / 2, self.room - wide / 2, box.bottom + GAP
        arms = [(left, seam), (right, seam), (left, low), (right, low)]  # to the cards of the first two rows
        cross = [Path(f"M{box.middle:g} {box.centre:g}H{x:g}V{y_end:g}", "seam") for x, y_end in arms[: len(nodes)]]
        return y - last, [*cross, *items, *self.middle(hub, box)]

    # --- narrow ------------------------------------------------------------------------------------------

    def stacked(self) -> tuple[float, list[Item]]:
        """The centre on top of a spine, the cards along it."""
        hub = self.hub(self.room)
        centre = Box(0, 0, self.room, hub.height + 2 * PAD)
        spine, y = 10.0, centre.bottom + GAP
        items: list[Item] = self.middle(hub, centre)
        lines: list[Item] = []
        last = y
        for node in self.diagram.nodes:
            card = self.card(node, self.room - 2 * spine - TIP)
            box = Box(2 * spine + TIP, y, card.width, card.height)
            last = box.y + 20
            lines.append(Path(f"M{spine:g} {last:g}H{box.x:g}", "seam"))
            items += card.at(box)
            y = box.bottom + GAP
        lines.insert(0, Path(f"M{spine:g} {centre.bottom:g}V{last:g}", "seam"))
        return y - GAP, [*lines, *items]


def _tall(stack: Sequence[tuple[_Card, Box]]) -> float:
    return stack[-1][1].bottom if stack else 0.0


def _both_ways(node: Node, near: tuple[float, float], far: tuple[float, float]) -> list[Item]:
    (x0, y0), (x1, y1) = near, far
    length = max(1.0, ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5)
    ux, uy = (x1 - x0) / length, (y1 - y0) / length

    def tip(x: float, y: float, way: float) -> Path:
        bx, by = x - way * ux * TIP, y - way * uy * TIP
        side = TIP * 0.6
        return Path(
            f"M{x:.1f} {y:.1f}L{bx - uy * side:.1f} {by + ux * side:.1f}L{bx + uy * side:.1f} {by - ux * side:.1f}z",
            "f-tip",
        )

    a, b = (TIP + 2 if node.receives else 0), (TIP + 2 if node.gives else 0)
    items: list[Item] = [
        Path(f"M{x0 + ux * a:.1f} {y0 + uy * a:.1f}L{x1 - ux * b:.1f} {y1 - uy * b:.1f}", "arrow thin"),
    ]
    if node.receives:
        items.append(tip(x0 + ux * 2, y0 + uy * 2, -1))
    if node.gives:
        items.append(tip(x1 - ux * 2, y1 - uy * 2, 1))
    return items
