"""Work on many pages, split over the processors."""

from __future__ import annotations

import marshal
import os
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, Final, TypeVar

T = TypeVar("T")

WORTH: Final = 24
"""Fewer items than this are done sooner than a process is begun and read out."""


def split(items: Sequence[T], work: Callable[[T], Any]) -> list[Any]:
    """What `work` gives for each item, which must be plain values: text, bytes, numbers, lists, dicts of these.

    Forked processes do some of the items; where there is no fork, or threads that it would cut off, this one does all.
    What a process could not do this one does again, so that the first of several errors is raised here.
    """
    parts = min(os.cpu_count() or 1, 4) if _can_fork() and len(items) >= WORTH else 1
    shares = [range(part, len(items), parts) for part in range(parts)]
    others = [_begin([items[number] for number in share], work) for share in shares[1:]]
    results: list[Any] = [None] * len(items)
    try:
        with suppress(Exception):  # it may not be the first
            for number in shares[0]:
                results[number] = work(items[number])
    finally:
        for share, other in zip(shares[1:], others, strict=True):
            for number, result in zip(share, _end(*other), strict=False):
                results[number] = result
    for number, result in enumerate(results):
        if result is None:
            results[number] = work(items[number])
    return results


def _can_fork() -> bool:
    return sys.platform == "linux" and threading.active_count() == 1


def _begin(items: list[T], work: Callable[[T], Any]) -> tuple[int, int]:
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
        done: list[Any] = []
        with suppress(Exception):  # the other process does the rest, and meets the same error
            done.extend(map(work, items))
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(marshal.dumps(done))
        status = 0
    os._exit(status)


def _end(process: int, reading: int) -> list[Any]:
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read()
    os.waitpid(process, 0)
    try:
        done: list[Any] = marshal.loads(said)  # from a process that is this one, a moment ago
    except (EOFError, ValueError, TypeError):  # it was killed
        return []
    return done
