"""Replace a folder as a whole: the new one is built beside it and takes its place by renaming."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ..lock import held


@contextmanager
def atomic_replacement(folder: Path) -> Iterator[Path]:
    """Where to build the new `folder`: a path that does not exist yet, on the same disk.

    When the block ends well, what was built there takes the place of `folder`; otherwise `folder` stays as it is.
    What a killed run left is put right first. As in MkDocs' own cleaning, hidden files of the old folder (a `.git`)
    move into the new one. Raises `OSError`, and `TimeoutError` where another run is at it.
    """
    folder = folder.resolve()  # the neighbour of a link may be on another disk
    beside = folder.with_name(f".{folder.name}.building")
    new, old = beside / "new", beside / "old"
    for path in (beside, new, old):
        if path.is_symlink():
            raise OSError(errno.ELOOP, "is a link; nothing is built through it", str(path))
    with _only_run(beside):
        _settle(folder, old)
        if folder.exists() and not folder.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))
        _remove(new)
        try:
            yield new
            if folder.exists():
                folder.rename(old)
            new.rename(folder)
        finally:
            _settle(folder, old)
            _remove(new)


@contextmanager
def _only_run(beside: Path) -> Iterator[None]:
    try:
        with held(beside / "lock"):
            yield
    finally:
        with suppress(OSError):  # another run has begun to use it
            beside.rmdir()


def _settle(folder: Path, old: Path) -> None:
    """Undo a swap that stopped between its two renames; finish one that stopped behind them."""
    if not old.exists():
        return
    if not folder.exists():
        old.rename(folder)
        return
    for hidden in sorted(old.glob(".*")):
        if not os.path.lexists(folder / hidden.name):
            hidden.rename(folder / hidden.name)
    _remove(old)


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)
