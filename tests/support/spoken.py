"""What a piece of HTML says, word by word with the language and the direction that its elements give it."""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Final

VOID: Final = frozenset(("br", "col", "hr", "img", "input", "link", "meta", "path", "rect", "circle", "use"))
LINES: Final = "tspan"
"""A line of words in a figure: where it breaks says nothing."""


@dataclass(frozen=True)
class Said:
    """A run of text, and what the elements around it say of it."""

    text: str
    language: str
    direction: str
    within: tuple[str, ...]
    """The elements and classes around it: `span`, `.hb-pair` …"""


class _Reader(HTMLParser):
    def __init__(self, language: str, direction: str) -> None:
        super().__init__()
        self.stack: list[tuple[str, str, str, tuple[str, ...]]] = [("", language, direction, ())]
        self.said: list[Said] = []
        self.last = ""
        self.is_in_line = False
        """Whether this line goes on with what the one before it says."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.is_in_line = tag == LINES and self.last == LINES
        self.last = tag
        if tag in VOID or tag == LINES:
            return
        given = dict(attrs)
        _, language, direction, around = self.stack[-1]
        direction = given.get("dir") or given.get("direction") or direction
        names = (tag, *(f".{name}" for name in (given.get("class") or "").split()))
        self.stack.append((tag, given.get("lang") or language, direction, (*around, *names)))

    def handle_endtag(self, tag: str) -> None:
        self.is_in_line = False
        if tag not in VOID and tag != LINES:
            self.last = ""
            opened = self.stack.pop()[0]
            assert opened == tag, (opened, tag, self.said[-3:])

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element without anything in it."""

    def handle_data(self, data: str) -> None:
        _, language, direction, around = self.stack[-1]
        words = " ".join(data.split())
        if words and self.is_in_line:
            words = self.said.pop().text + words
        if words:
            self.said.append(Said(words, language, direction, around))


def spoken(page: str, language: str = "", direction: str = "ltr") -> list[Said]:
    """Every run of text in `page`, whose own language and direction are given."""
    reader = _Reader(language, direction)
    reader.feed(page)
    reader.close()
    assert len(reader.stack) == 1, [tag for tag, *_ in reader.stack]
    return reader.said
