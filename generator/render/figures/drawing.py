"""What a figure is made of before it is SVG: shapes, words in measured boxes, and links around them.

Lengths are in CSS pixels, y grows downwards. Nothing here has a colour: `look` is a class, the style sheet does
the rest, so that the same drawing serves light, dark and print.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from .measure import is_wide, width, wrap

LINE: Final = 1.46
"""Height of a line, in heights of the type: what the tallest common Chinese font takes."""
ASCENT: Final = 1.15
"""Share of it above the base line."""


@dataclass(frozen=True)
class Tag:
    """Which language words are in, and which way they run, `ltr` or `rtl`, unless all run the same way."""

    language: str
    direction: str = ""


Label = Sequence[tuple[Tag | None, str]]
"""The same words in each language of an edition, with a tag where it is not the only one of the page."""


@dataclass(frozen=True)
class Style:
    """How words look: the height of the type, its weight, and the class that says the same to the style sheet."""

    size: float
    look: str
    bold: bool = False


TITLE: Final = Style(13, "t1", bold=True)
TEXT: Final = Style(12, "t2")
SOFT: Final = Style(12, "t3")


@dataclass(frozen=True)
class Box:
    """A rectangle: its left upper corner and its size."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def middle(self) -> float:
        return self.x + self.width / 2

    @property
    def centre(self) -> float:
        """The middle of its height."""
        return self.y + self.height / 2

    def overlaps(self, other: Box) -> bool:
        """Whether the two share more than an edge."""
        return (
            self.x < other.right - 0.01
            and other.x < self.right - 0.01
            and self.y < other.bottom - 0.01
            and other.y < self.bottom - 0.01
        )

    def holds(self, other: Box) -> bool:
        """Whether `other` is inside."""
        return (
            self.x <= other.x + 0.01
            and self.y <= other.y + 0.01
            and other.right <= self.right + 0.01
            and other.bottom <= self.bottom + 0.01
        )


@dataclass(frozen=True)
class Words:
    """Lines of words in one language, below each other; `x` is their left edge, or their middle."""

    x: float
    y: float
    lines: tuple[str, ...]
    style: Style
    tag: Tag | None = None
    centred: bool = False

    kind = "words"

    def runs_against(self, direction: str) -> bool:
        """Whether the words run another way than the page."""
        return bool(self.tag and self.tag.direction not in ("", direction))

    def pieces(self, direction: str) -> list[str]:
        """The lines, with blanks on the loose side that keep words apart for those who listen or copy."""
        blanks = ["" if _runs_on(line) else " " for line in self.lines[:-1]]
        if self.runs_against(direction):
            return [blank + line for blank, line in zip(["", *blanks], self.lines, strict=True)]
        return [line + blank for line, blank in zip(self.lines, [*blanks, ""], strict=True)]

    @property
    def base(self) -> float:
        """The base line of the first line."""
        return self.y + ASCENT * self.style.size

    @property
    def leading(self) -> float:
        return LINE * self.style.size

    @property
    def box(self) -> Box:
        """The room that the words take at most."""
        widest = max(width(line, self.style.size, self.style.bold) for line in self.lines)
        left = self.x - widest / 2 if self.centred else self.x
        return Box(left, self.y, widest, self.leading * len(self.lines))


def _runs_on(line: str) -> bool:
    """Whether no blank comes behind a line: it ends as Chinese lines do."""
    return not line[-1:].isascii() and any(map(is_wide, line))


@dataclass(frozen=True)
class Frame:
    """A rectangle."""

    box: Box
    look: str
    round: float = 0

    kind = "frame"


@dataclass(frozen=True)
class Dot:
    """A small disc."""

    x: float
    y: float
    radius: float
    look: str

    kind = "dot"


@dataclass(frozen=True)
class Path:
    """A line or a closed shape, as SVG writes it."""

    d: str
    look: str

    kind = "path"


@dataclass(frozen=True)
class Sign:
    """A sign that the template defines once, drawn into a square."""

    name: str
    x: float
    y: float
    size: float
    look: str = ""

    kind = "sign"


@dataclass(frozen=True)
class Link:
    """Things that lead somewhere together; `name` is what they are called when they cannot be seen."""

    href: str
    name: str
    items: tuple[Item, ...]

    kind = "link"


Item = Words | Frame | Dot | Path | Sign | Link


@dataclass(frozen=True)
class Drawing:
    """One figure, ready to be written as SVG. `look` names its kind to the style sheet.

    It is laid out from left to right. On a page that runs from right to left it is shown as in a mirror, but for its
    words.
    """

    width: float
    height: float
    name: str
    look: str
    items: tuple[Item, ...]
    direction: str = "ltr"
    """That of the page."""

    @property
    def words(self) -> list[Words]:
        """All words in it."""
        return [item for item in self._all(self.items) if isinstance(item, Words)]

    @property
    def links(self) -> list[Link]:
        """All links in it."""
        return [item for item in self._all(self.items) if isinstance(item, Link)]

    def _all(self, items: Iterable[Item]) -> Iterator[Item]:
        for item in items:
            yield item
            if isinstance(item, Link):
                yield from self._all(item.items)


@dataclass(frozen=True)
class Block:
    """Paragraphs fitted to a width: (tag, lines, style) of each."""

    paragraphs: tuple[tuple[Tag | None, tuple[str, ...], Style], ...]

    @property
    def height(self) -> float:
        return sum(LINE * style.size * len(lines) for _, lines, style in self.paragraphs)

    @property
    def width(self) -> float:
        """The width of the widest line."""
        lines = [(line, style) for _, lines, style in self.paragraphs for line in lines]
        return max((width(line, style.size, style.bold) for line, style in lines), default=0)

    def at(self, x: float, y: float, centred: bool = False) -> list[Words]:
        """The words with their left (or middle) at `x` and their top at `y`."""
        made = []
        for tag, lines, style in self.paragraphs:
            made.append(Words(x, y, lines, style, tag, centred))
            y += made[-1].leading * len(lines)
        return made

    def __add__(self, other: Block) -> Block:
        return Block(self.paragraphs + other.paragraphs)


def block(said: Label, room: float, style: Style, second: Style | None = None) -> Block:
    """The words of each language below each other in lines no wider than `room`; `second` styles all but the first."""
    return Block(
        tuple(
            (tag, wrap(text, room, style.size, style.bold), style if index == 0 else second or style)
            for index, (tag, text) in enumerate(said)
            if text
        )
    )
