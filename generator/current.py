"""Whether `build` has anything to do: asked before anything large is imported, and answered at once.

After a build a note stays in docs/: a digest of what the system says of every file that was read, another of their
bytes, and one of what it says of every page. Where it is damaged, old, or from elsewhere, the build does its work.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import sys
import time
from array import array
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from . import files, languages

NOTE: Final = ".generated/current.json"
BOOT: Final = Path("/proc/sys/kernel/random/boot_id")
"""Another text since each start of the machine, where the system has such a thing."""
YOUNG: Final = 2_000_000_000
"""Nanoseconds: a file that changed so short a time before it was looked at may change again and keep its times."""
_CODE: Final = Path(__file__).parent


class Inputs:
    """All that a build reads, as it is before it begins."""

    def __init__(self, content: Path) -> None:
        self._started = time.time_ns()
        self.paths = [str(path) for path in (content, _CODE)]
        self.paths += [*_below(content), *_below(_CODE), *installed()]
        self.state = _state(self.paths)

    def looks(self) -> str:
        """A digest of what the system says of them; nothing where it cannot tell whether they are the same."""
        if not self.state or max(self.state[2::4], default=0) + YOUNG > self._started:
            return ""
        return _digest(repr(self.paths).encode("utf-8", "surrogateescape"), self.state.tobytes())

    def reads(self) -> str:
        """A digest of their bytes."""
        digest = hashlib.blake2b(digest_size=16)
        for path in self.paths:
            if os.path.isfile(path):  # noqa: PTH113 - thousands of them
                with open(path, "rb") as file:  # noqa: PTH123
                    digest.update(f"{path}\0{hashlib.blake2b(file.read()).hexdigest()}\0".encode("utf-8", "replace"))
        return _digest(digest.digest())


def note(content: Path, docs: Path, before: Inputs, pages: Iterable[str], said: Mapping[str, str]) -> None:
    """The build has made `pages` from what was there `before`, and what it would say if there were nothing to do."""
    now = Inputs(content)
    if now.state is None or now.state != before.state or now.paths != before.paths:
        return  # something changed on the way; which of the two it read, nobody knows
    paths = list(pages)
    written = _state(_output(docs, paths))
    if written is not None:
        told = [before.looks(), before.reads(), _digest(written.tobytes()), dict(said), paths]
        files.leave(docs / NOTE, [json.dumps(told).encode("ascii")])


def is_current(content: Path, docs: Path) -> Mapping[str, str] | None:
    """What to say, by language, if a build would read what was read and leave what was left; else None."""
    try:
        looks, reads, written, said, paths = json.loads((docs / NOTE).read_bytes())
        state = _state(_output(docs, [str(path) for path in paths]))
        if state is None or written != _digest(state.tobytes()) or not isinstance(said, dict):
            return None
        inputs = Inputs(content)
        return said if inputs.looks() == looks != "" or inputs.reads() == reads else None
    except (OSError, ValueError, TypeError, RecursionError):
        return None


def _output(docs: Path, pages: list[str]) -> list[str]:
    """The pages and their folders, whose times tell of files that come or go."""
    folders = {page.rpartition("/")[0] for page in pages}
    inside = {f"{docs}/{folder}" for folder in folders}
    return [*sorted(inside), f"{docs}/.generated/pages.json", *(f"{docs}/{page}" for page in pages)]


def _state(paths: Iterable[str]) -> array[int] | None:
    """What the system says of the files, four numbers of each; None if one is not there."""
    said = array("q")
    try:
        for path in paths:
            found = os.lstat(path)
            said.extend((found.st_size, found.st_mtime_ns, max(found.st_ctime_ns, found.st_mtime_ns), found.st_ino))
    except (OSError, ValueError, OverflowError):
        return None
    return said


def _digest(*parts: bytes) -> str:
    """Also of where this runs, and since when: after a power cut a page may be lost and look as it did."""
    where = repr((sys.version, sys.path, boot())).encode("utf-8", "surrogateescape")
    return hashlib.blake2b(b"\0".join((where, *parts)), digest_size=16).hexdigest()


def boot() -> bytes:
    """What tells this start of the machine from others; nothing where the system does not say."""
    try:
        return BOOT.read_bytes()
    except OSError:
        return b""


def _below(folder: Path) -> Iterator[str]:
    """All files and folders below a folder, in order, but for compiled code and hidden ones."""
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != "__pycache__" and not name.startswith("."))
        yield from (f"{place}/{name}" for name in folders)
        yield from (f"{place}/{name}" for name in sorted(names) if not name.startswith("."))


def installed() -> list[str]:
    """The folders of installed packages: one that comes or goes is seen there."""
    return sorted({os.path.abspath(path) for path in sys.path if path.endswith("-packages") and os.path.isdir(path)})  # noqa: PTH100, PTH112


def answered(arguments: list[str]) -> bool:
    """Say that there is nothing to do, if it is `build` that was asked for and that is so."""
    options: dict[str, str | None] = {"--content": "content", "--docs": "docs", "--lang": None}
    if arguments[:1] != ["build"] or len(arguments) % 2 == 0:
        return False
    for name, value in zip(arguments[1::2], arguments[2::2], strict=True):
        if name not in options:
            return False
        options[name] = value
    said = is_current(Path(str(options["--content"])), Path(str(options["--docs"])))
    words = said and said.get(options["--lang"] or languages.language_of_environment())
    if words:
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(errors="backslashreplace")
        print(words)
    return bool(words)
