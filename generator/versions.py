"""Is a file still what it was? Told by its size and times where they can be trusted, else by its bytes."""

from __future__ import annotations

import hashlib
import itertools
import os
import stat
import time
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

YOUNG: Final = 2_000_000_000
"""Nanoseconds: a file that changed so short a time before it was looked at may change again and keep its times."""


class Signature(NamedTuple):
    """What tells two states of a file apart without reading it."""

    mode: int
    size: int
    changed: int
    modified: int
    inode: int

    @property
    def is_file(self) -> bool:
        """Whether it is that of a file, not of a folder or a link."""
        return stat.S_ISREG(self.mode)


@dataclass
class _Known:
    signature: Signature
    settled: bool
    """Whether the file was old enough, when it was looked at, for its signature to be trusted."""
    version: int
    digest: bytes | None = None


class Versions:
    """Numbers for the states of files: the same number, the same bytes.

    Links are not looked through: what they lead to is new every time.
    """

    def __init__(self) -> None:
        self.changed: Collection[str] | None = None
        """The files that may have changed since they were last looked at, where that is known: not folders."""
        self._known: dict[str, _Known] = {}
        self._numbers = itertools.count(1)

    def of(self, path: str) -> int:
        """The number of the file or folder as it is now, 0 for none. What changes after this has another next time."""
        known = self._known.get(path)
        if (
            known
            and known.settled
            and self.changed is not None
            and path not in self.changed
            and known.signature.is_file
        ):
            return known.version
        now = time.time_ns()
        signature = look(path)
        if known and known.settled and known.signature == signature:
            return known.version
        if not signature:
            self._known.pop(path, None)
            return 0
        if not (signature.is_file or stat.S_ISDIR(signature.mode)):
            self._known.pop(path, None)
            return next(self._numbers)
        settled = is_settled(signature, now)
        # The first look at an old file, as all are when a build begins, has nothing to compare.
        digest = _digest(path) if signature.is_file and (known or not settled) else None
        same = known is not None and digest is not None and digest == known.digest
        version = known.version if known and same else next(self._numbers)
        self._known[path] = _Known(signature, settled, version, digest)
        return version


def look(path: str) -> Signature | None:
    """The signature of what is at `path`, None for nothing."""
    try:
        about = os.lstat(path)
    except OSError:
        return None
    return Signature(about.st_mode, about.st_size, about.st_ctime_ns, about.st_mtime_ns, about.st_ino)


def is_settled(signature: Signature, now: int) -> bool:
    """Whether a file with this signature, looked at `now` (nanoseconds), cannot change without changing it."""
    return max(signature.changed, signature.modified) + YOUNG < now


def _digest(path: str) -> bytes | None:
    try:
        with Path(path).open("rb") as file:
            return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16)).digest()
    except OSError:
        return None
