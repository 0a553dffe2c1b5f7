"""One run at a time: a lock that the system itself drops when its process ends, however it ends."""

from __future__ import annotations

import errno
import os
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

PATIENCE = 60.0
"""Seconds that a run waits for another one."""

_PAUSE: Final = 0.05  # seconds between two looks at a lock that is taken
_TAKEN: Final = (errno.EAGAIN, errno.EACCES, errno.EDEADLK)  # what the systems say of such a lock

if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        os.lseek(descriptor, 1 << 30, os.SEEK_SET)  # nobody can read a locked byte: stay clear of the text
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold the lock file `path`; its folder is made where it is missing.

    While another run holds it, say so on stderr and wait. Raises `TimeoutError`, which names the holder, after
    `PATIENCE` seconds. The file of a run that was killed is taken over at once.
    """
    descriptor = _wait_for(path)
    try:
        command = " ".join(" ".join(sys.orig_argv).split())
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"process {os.getpid()} ({command})".encode("utf-8", "backslashreplace"))
        yield
    finally:
        with suppress(OSError):  # Windows keeps a file that is open; the next run takes it over
            path.unlink()
        os.close(descriptor)


def _wait_for(path: Path) -> int:
    deadline, told = time.monotonic() + PATIENCE, False
    while (descriptor := _taken(path)) is None:
        holder = _holder(path)
        if time.monotonic() > deadline:
            raise TimeoutError(errno.ETIMEDOUT, f"still in use by {holder}; try again when that is done", str(path))
        if not told:
            print(f"Waiting for {holder} to finish with {path.parent}", file=sys.stderr, flush=True)
            told = True
        time.sleep(_PAUSE)
    return descriptor


def _taken(path: Path) -> int | None:
    """The descriptor of the locked file, or None where another run has it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o666)
    except FileNotFoundError:  # the last holder has just removed the folder
        return None
    except FileExistsError:  # the same, just as it was to be made; or something else stands there
        if os.path.lexists(path.parent) and not path.parent.is_dir():
            raise
        return None
    try:
        _lock(descriptor)
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode) or found.st_nlink > 1:  # by its other name it may be anybody's
            raise OSError(errno.EEXIST, "is no lock file of this program; move it away", str(path))
        # Its last holder may have removed it meanwhile: then this lock keeps nobody out.
        if os.path.samestat(found, path.stat()):
            return descriptor
    except OSError as error:
        if error.errno not in (*_TAKEN, errno.ENOENT):
            os.close(descriptor)
            raise
    os.close(descriptor)
    return None


def _holder(path: Path) -> str:
    with suppress(OSError):
        return path.read_text(encoding="utf-8", errors="replace") or "another run"
    return "another run"
