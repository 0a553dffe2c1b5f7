"""Whether anything has changed since the last build; asked before MkDocs is imported, and answered in a blink.

A note has one digest of what the system says of every file that a build reads: name, size, time of change, and inode;
and the names of all that it has written, with such a digest.
"""

from __future__ import annotations

import hashlib
import os
import sys
import time
from array import array
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from ..current import boot, installed

NOTE: Final = "unchanged"
WANTED: Final = "HANDBOOK_NOTE"
"""Set while a build is to be noted: one with options of MkDocs is not the one that would be asked for."""

CONFIG: Final = "mkdocs.yml"
_INPUTS: Final = ("content", "generator")
_ENVIRONMENT: Final = ("SOURCE_DATE_EPOCH", "HANDBOOK_CACHE")


def folder_of_cache(root: Path) -> Path | None:
    """Where results wait for the next run: `.cache/` below `root`, or what HANDBOOK_CACHE names; None for nowhere."""
    if os.environ.get("HANDBOOK_NO_CACHE"):
        return None
    return Path(os.environ.get("HANDBOOK_CACHE") or root / ".cache" / "handbook")


class Inputs:
    """What a build of the project in `root` reads, as it is now."""

    def __init__(self, root: Path) -> None:
        self._root = root
        paths = [CONFIG, *sorted(path for folder in _INPUTS for path in _below(root, folder)), *installed()]
        state = _state(root, paths)
        self.digest = state and _digest(*map(os.fsencode, paths), state)
        """None where a file went while it was looked at."""

    def note(self, file: Path, folders: Iterable[str]) -> None:
        """The build is done, and has written these folders below `root`."""
        config = (self._root / CONFIG).read_bytes()
        written = sorted(path for folder in folders for path in _below(self._root, folder, itself=True))
        state = _state(self._root, written)
        if self.digest and state and b"!ENV" not in config and b"INHERIT" not in config:  # these make it read more
            file.parent.mkdir(parents=True, exist_ok=True)
            beside = file.with_suffix(".new")
            lines = [self.digest, _digest(state), *written]
            beside.write_text("\n".join(lines), encoding="utf-8", errors="surrogateescape")
            beside.replace(file)


def is_current(root: Path, file: Path) -> bool:
    """Whether a build would read what it has read when `file` was noted, and has left what it would write."""
    try:
        read, written, *paths = file.read_text(encoding="utf-8", errors="surrogateescape").split("\n")
    except (OSError, ValueError):
        return False
    state = _state(root, paths)
    return state is not None and written == _digest(state) and read == Inputs(root).digest


def _state(root: Path, paths: Iterable[str]) -> bytes | None:
    """What the system says of the files; None if one is not there."""
    said = array("q")
    stat = os.stat  # there are thousands of them, in as many folders: the shortest way to each is taken
    base = "" if str(root) == os.getcwd() else f"{root}{os.sep}"  # noqa: PTH109
    try:
        for path in paths:
            found = stat(path if path.startswith(os.sep) else base + path)
            said.extend((found.st_mtime_ns, found.st_size, found.st_ino))
    except (OSError, ValueError, OverflowError):
        return None
    return said.tobytes()


def _digest(*parts: bytes) -> str:
    """Also of where this runs and since when, as in `current`; and of the day, which stands in the site."""
    environment = [(name, os.environ.get(name)) for name in _ENVIRONMENT]
    day = "" if os.environ.get("SOURCE_DATE_EPOCH") else time.strftime("%Y-%m-%d", time.gmtime())
    where = repr((sys.version, sys.prefix, boot(), environment, day)).encode("utf-8", "surrogateescape")
    return hashlib.blake2b(b"\0".join((where, *parts)), digest_size=16).hexdigest()


def _below(root: Path, folder: str, itself: bool = False) -> Iterator[str]:
    """All files below a folder but compiled code; also the folders, whose times tell of files that come or go."""
    for place, folders, names in os.walk(root / folder):
        folders[:] = [name for name in folders if name != "__pycache__"]
        inner = os.path.relpath(place, root)
        if itself:
            yield inner
        yield from (f"{inner}{os.sep}{name}" for name in names)
