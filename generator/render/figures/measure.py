"""How wide words are and where their lines break, estimated so that no common font is wider.

The figures are drawn when the site is built, without the reader's fonts: the widths are those of DejaVu Sans,
the widest of the fonts a browser falls back on, rounded up.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final

BOLD: Final = 1.12
"""How much wider bold Latin letters are. Chinese characters stay as wide as they are high."""

_NARROW: Final = frozenset("ijl'’‘ .,:;|!I/")
_SLIM: Final = frozenset('frt()[]-“”"`J')
_BROAD: Final = frozenset("mwMWOQGD%@&—…·")
"""The dot too: Chinese fonts have it as wide as it is high, beside Latin letters as well."""

_ARABIC: Final = {**dict.fromkeys("سشصض", 1.23), **dict.fromkeys("بتثفطظ", 0.98), **dict.fromkeys("قكنلحيىئ", 0.8)}
"""Letters that may end with a broad sweep; within a word most are narrower."""

_NO_START: Final = frozenset("，。、；：！？）》」』”’…·,.;:!?)]}%،؛؟")
_NO_END: Final = frozenset("（《「『“‘([{")


def width(text: str, size: float, bold: bool = False) -> float:
    """The width of `text` on one line, in the unit of `size`, the height of the type."""
    chinese = any(is_wide(char) for char in text)
    return size * sum(_em(char, chinese, bold) for char in text)


@lru_cache(16_384)  # a drawing is made again, with all of its words, when one has changed
def wrap(text: str, room: float, size: float, bold: bool = False) -> tuple[str, ...]:
    """`text` in lines no wider than `room`; a word that is wider is cut. At least one line."""
    lines = [""]
    for piece in pieces(text):
        if width((lines[-1] + piece).rstrip(), size, bold) > room and lines[-1]:
            lines.append("")
        while len(piece) > 1 and width(piece.rstrip(), size, bold) > room:
            cut = _fitting(piece, room, size, bold)
            lines[-1:] = [piece[:cut], ""]
            piece = piece[cut:]
        lines[-1] += piece
    return tuple(line.strip() for line in lines if line.strip()) or ("",)


def pieces(text: str) -> Iterator[str]:
    """What may not be broken: words with the space behind them, Chinese characters with the marks that go along."""
    piece = ""
    for char in text:
        if piece and _may_break(piece[-1], char):
            yield piece
            piece = ""
        piece += char
    yield piece


def _may_break(before: str, after: str) -> bool:
    if after in _NO_START or before in _NO_END or after.isspace():
        return False
    if after.isdigit() and not before.isspace():  # a number stays with what it counts
        return False
    return before.isspace() or before in "-/" or is_wide(before) or is_wide(after)


def _fitting(piece: str, room: float, size: float, bold: bool) -> int:
    count = 1
    while count < len(piece) and width(piece[: count + 1], size, bold) <= room:
        count += 1
    return count


@cache
def is_wide(char: str) -> bool:
    """Whether `char` is as wide as it is high: a Chinese character, or a mark among such."""
    return bool(char) and unicodedata.east_asian_width(char) in "WF"


@cache
def _em(char: str, chinese: bool, bold: bool) -> float:
    if unicodedata.combining(char):
        return 0.0
    if is_wide(char) or (chinese and unicodedata.east_asian_width(char) == "A"):
        return 1.0
    factor = BOLD if bold else 1.0
    if char in _NARROW:
        return 0.34 * factor
    if char in _SLIM:
        return 0.47 * factor
    if char in _BROAD:
        return 1.0 * factor
    if char in _ARABIC:
        return _ARABIC[char] * factor
    return (0.76 if char.isupper() else 0.64) * factor
