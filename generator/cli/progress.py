"""A line on a terminal that says how far long work is; nothing in a file, and nothing where it is done at once."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Final, TextIO, TypeVar

T = TypeVar("T")

PATIENCE: Final = 1.0
"""Seconds of silence before the line appears."""
PAUSE: Final = 0.1
"""Seconds between two states of the line."""


def shown(
    items: Iterable[T],
    total: int,
    words: Callable[..., str],
    stream: TextIO | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[T]:
    """`items`, with a line on `stream` (stderr) while they come: `words(done=…, total=…)`."""
    stream = stream or sys.stderr
    due = clock() + PATIENCE
    visible = False
    try:
        for done, item in enumerate(items):
            if stream.isatty() and clock() >= due:
                stream.write(f"\r\033[K{words(done=done, total=total)}")
                stream.flush()
                due, visible = clock() + PAUSE, True
            yield item
    finally:
        if visible:
            stream.write("\r\033[K")
            stream.flush()
