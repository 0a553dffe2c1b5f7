"""Two memos for a process that looks at the same content again and again. Nothing of them is ever written to a disk."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, Final, NamedTuple, TypeVar

T = TypeVar("T")

RACY_NANOSECONDS: Final = 2_000_000_000
"""A file that changed so short a time before it was looked at may change again and keep its times."""


class Memo:
    """Results by name, each kept while the objects that it was made from are the very same ones.

    Of each name the last two are kept: while something is wrong a handbook is looked at twice, as it is and without
    what is wrong.
    """

    def __init__(self) -> None:
        self._results: dict[Hashable, list[tuple[tuple[object, ...], Any]]] = {}

    def __call__(self, name: Hashable, inputs: tuple[object, ...], make: Callable[[], T]) -> T:
        """The result under `name` if it was made from these `inputs`; else what `make` makes."""
        results = self._results.setdefault(name, [])
        known = next((one for one in results if len(one[0]) == len(inputs) and all(map(_is, one[0], inputs))), None)
        if known:
            if known is not results[-1]:
                results.reverse()
        else:
            known = inputs, make()
            self._results[name] = [*results[-1:], known]
        result: T = known[1]
        return result


def _is(one: object, other: object) -> bool:
    return one is other


class FileState(NamedTuple):
    """What tells two states of a file apart without reading it."""

    mode: int
    size: int
    changed: int
    modified: int
    inode: int


@dataclass(frozen=True)
class _Read:
    state: FileState | None
    is_stable: bool
    """Whether the file was old enough, when it was looked at, for its state to tell of every later change."""
    result: Any


class FileMemo:
    """Results by the path of the file that they were made from, each kept while the file is what it was."""

    def __init__(self) -> None:
        self._read: dict[tuple[type, str], _Read] = {}

    def __call__(self, kind: type[T], path: str, make: Callable[[T | None], T]) -> T:
        """What is made, of this `kind`, from the file at `path`.

        Where the file may have changed, `make` makes it, which gets what it made last.
        """
        now = time.time_ns()
        state = file_state(path)
        known = self._read.get((kind, path))
        if known and known.is_stable and known.state == state:
            result: T = known.result
            return result
        result = make(known.result if known else None)
        is_stable = state is None or max(state.changed, state.modified) + RACY_NANOSECONDS < now
        self._read[kind, path] = _Read(state, is_stable, result)
        return result


def file_state(path: str) -> FileState | None:
    """The state of the file that `path` leads to, None for nothing."""
    try:
        found = os.stat(path)  # noqa: PTH116 - for thousands of files
    except (OSError, ValueError):
        return None
    return FileState(found.st_mode, found.st_size, found.st_ctime_ns, found.st_mtime_ns, found.st_ino)
