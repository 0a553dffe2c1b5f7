"""Work on many pages, shared by the processors."""

from __future__ import annotations

import marshal
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import Any, Final, TypeVar

T = TypeVar("T")

WORTH: Final = 24
"""Fewer items than this are done sooner than a process is begun and read out."""

TURNS: Final = 1000
"""The most turns that the items are taken in: all of them fit into the smallest pipe of Linux, which is 4 KB."""


def split(items: Sequence[T], work: Callable[[T], Any]) -> list[Any]:
    """What `work` gives for each item, which must be plain values: text, bytes, numbers, lists, dicts of these.

    Forked processes do some of the items; where there is no fork, or threads that it would cut off, this one does all.
    What a process could not do this one does again, so that the first of several errors is raised here.
    """
    parts = min(os.cpu_count() or 1, 4) if _can_fork() and len(items) >= WORTH else 1
    if parts == 1:
        return [work(item) for item in items]
    turns = _turns(min(len(items), TURNS))
    others = [_begin(items, work, turns) for _ in range(parts - 1)]
    results: list[Any] = [None] * len(items)
    try:
        with suppress(Exception):  # it may not be the first
            for number, result in _done(items, work, turns):
                results[number] = result
    finally:
        os.close(turns)
        for other in others:
            for number, result in _end(*other):
                results[number] = result
    for number, result in enumerate(results):
        if result is None:
            results[number] = work(items[number])
    return results


def _can_fork() -> bool:
    return sys.platform == "linux" and threading.active_count() == 1


def _turns(count: int) -> int:
    """A pipe from which each process takes its next turn when it has done the last: equal shares take unequal times."""
    reading, writing = os.pipe()
    os.write(writing, b"".join(turn.to_bytes(4, "little") for turn in range(count)))
    os.close(writing)
    return reading


def _done(items: Sequence[T], work: Callable[[T], Any], turns: int) -> Iterator[tuple[int, Any]]:
    """The numbers of the items whose turns this process has taken, and what `work` gives for them."""
    while turn := os.read(turns, 4):
        for number in range(int.from_bytes(turn, "little"), len(items), TURNS):
            yield number, work(items[number])


def _begin(items: Sequence[T], work: Callable[[T], Any], turns: int) -> tuple[int, int]:
    """A process at work, and where its results can be read."""
    reading, writing = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    process = os.fork()
    if process:
        os.close(writing)
        return process, reading
    status = 1
    with suppress(BaseException):
        os.close(reading)
        done: list[tuple[int, Any]] = []
        with suppress(Exception):  # the other process does the rest, and meets the same error
            done.extend(_done(items, work, turns))
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(marshal.dumps(done))
        status = 0
    os._exit(status)


def _end(process: int, reading: int) -> list[tuple[int, Any]]:
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read()
    os.waitpid(process, 0)
    try:
        done: list[tuple[int, Any]] = marshal.loads(said)  # from a process that is this one, a moment ago
    except (EOFError, ValueError, TypeError):  # it was killed
        return []
    return done
