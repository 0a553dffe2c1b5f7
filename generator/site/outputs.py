"""The files of a site: which an earlier build left that are still right, and what each was made from.

The folder of the last build is the store of finished pages: a file in it counts as long as size, time and inode are
those that were noted when it was written, and the machine has not been started again since: a power cut loses what
had not come to the disk. It is then linked into the folder of this build, or stays where it is.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Container, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from ..current import boot
from ..runtime import digest
from .keys import signature


@dataclass
class Output:
    """A file as it was written."""

    key: str
    """Of what it was made from; for a page, of all but the navigation."""
    navigation: str = ""
    """Digest of the navigation in it."""
    holes: list[int] = field(default_factory=list)
    """Where in its bytes the navigation before and behind the page's own item stands: start, end, start, end."""
    stat: list[int] = field(default_factory=list)
    """Size, time of change in nanoseconds, and inode."""
    scripts: list[str] = field(default_factory=list)
    """Hashes of the inline scripts in it."""


class Outputs:
    """What a build writes to `folder`; an earlier build may have left some of it in `old`, and said so in `file`."""

    def __init__(self, folder: Path, old: Path | None = None, file: Path | None = None) -> None:
        self.folder = folder
        self._old = old or folder
        self._file = file
        self._before = _read(file)
        self._now: dict[str, Output] = {}
        self._folders: set[Path] = set()
        self._cleared = False

    def left(self, path: str) -> Output | None:
        """What an earlier build left at `path`, if nobody has touched it."""
        output = self._before.get(path)
        return output if output and output.stat == stat_of(self._old / path) else None

    def keep(self, path: str, output: Output) -> None:
        """Let the file of the earlier build be the one of this build."""
        self._now[path] = output
        if self._old == self.folder:
            return
        target = self._place(path)
        try:
            target.hardlink_to(self._old / path)
        except OSError:  # another disk, or a file system without links
            shutil.copyfile(self._old / path, target)
            output.stat = stat_of(target) or []

    def leave(self, path: str) -> None:
        """Let what an earlier build left in this folder lie there until it is made: its key says what it is."""
        if path in self._before and self._old == self.folder:
            self._now[path] = self._before[path]

    def remove(self, path: str) -> None:
        """There is no such file in this build."""
        self._now.pop(path, None)
        (self.folder / path).unlink(missing_ok=True)

    def read(self, path: str) -> bytes:
        """The bytes of the earlier build."""
        return (self._old / path).read_bytes()

    def write(self, path: str, data: bytes, output: Output) -> None:
        """Write a file of this build."""
        target = self._place(path)
        with suppress(FileNotFoundError):
            target.unlink()  # never into a file that another folder shares
        target.write_bytes(data)
        output.stat = stat_of(target) or []
        self._now[path] = output

    def written(self, path: str, output: Output) -> None:
        """Note a file of this build that somebody else has written."""
        output.stat = stat_of(self.folder / path) or []
        self._now[path] = output

    def note(self, path: str, output: Output) -> None:
        """Note a file of this build with its `stat`."""
        self._now[path] = output

    def scripts(self) -> dict[str, list[str]]:
        """Hashes of the inline scripts in each page of this build that nobody has touched since it was written."""
        pages = ((path, made) for path, made in self._now.items() if made.navigation)  # which only pages have
        return {path: made.scripts for path, made in pages if made.stat == stat_of(self.folder / path)}

    def begin(self) -> None:
        """Begin another build in the same folder."""
        self._before, self._now = {**self._before, **self._now}, {}

    def clear(self) -> None:
        """Remove from the folder what no earlier build has noted, as MkDocs cleans it; hidden files stay."""
        if self._cleared:
            return
        self._cleared = True
        for folder, folders, files in os.walk(self.folder):
            folders[:] = [name for name in folders if not name.startswith(".")]
            for name in files:
                path = Path(folder, name)
                if not name.startswith(".") and path.relative_to(self.folder).as_posix() not in self._before:
                    path.unlink()

    def tidy(self) -> None:
        """The build is done: remove what an earlier one left in the same folder and this one did not make."""
        for path in self._before.keys() - self._now.keys() if self._old == self.folder else ():
            place = self.folder / path
            with suppress(OSError):
                place.unlink()
                while (place := place.parent) != self.folder:
                    place.rmdir()  # refused as long as there is anything in it
                    self._folders.discard(place)
        self._before = self._now

    def save(self) -> None:
        """Tell the next build, once the files are where it will find them."""
        if self._file:
            body = {
                path: [made.key, made.navigation, made.holes, made.stat, made.scripts]
                for path, made in self._now.items()
            }
            self._file.parent.mkdir(parents=True, exist_ok=True)
            beside = self._file.with_suffix(".new")
            beside.write_text(json.dumps([digest(boot(), body), body]), encoding="utf-8")
            beside.replace(self._file)

    def _place(self, path: str) -> Path:
        target = self.folder / path
        if target.parent not in self._folders:
            target.parent.mkdir(parents=True, exist_ok=True)
            self._folders.add(target.parent)
        return target


def merge(new: Path, folder: Path, kept: Container[str]) -> None:
    """Let `folder` hold the files of `new`, and of what it had before only the folders `kept` and hidden ones."""
    made = {path.relative_to(new) for path in new.rglob("*") if path.is_file()}
    for path in made:
        data, target = (new / path).read_bytes(), folder / path
        if not target.is_file() or target.read_bytes() != data:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
    for child in folder.iterdir():
        if child.name in kept or child.name.startswith("."):
            continue
        for path in [*child.rglob("*"), child] if child.is_dir() else [child]:
            if path.is_file() and path.relative_to(folder) not in made:
                path.unlink()
        if child.is_dir() and child.name not in {path.parts[0] for path in made}:
            shutil.rmtree(child)


def _read(file: Path | None) -> dict[str, Output]:
    """What the last build noted; nothing if that is lost or damaged."""
    try:
        checksum, body = json.loads(file.read_bytes()) if file else (None, None)
        if not isinstance(body, Mapping) or checksum != digest(boot(), body):
            return {}
        inside = {path: values for path, values in body.items() if ".." not in Path(path).parts and path[:1] != "/"}
        return {path: Output(*values) for path, values in inside.items()}
    except (OSError, ValueError, TypeError, RecursionError):
        return {}


def stat_of(path: Path) -> list[int] | None:
    """The signature of a file; None if there is none."""
    try:
        return signature(path.stat())
    except OSError:
        return None
