"""Stop a piece of work at any step into the file system: the step is refused, or the process killed there.

`python -m tests.support.faults` does the latter at every step of every scenario below, checks what is left, lets the
next run mend it, and prints how many points there were. It forks, so it is a program of its own.
"""

from __future__ import annotations

import io
import itertools
import json
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pytest

from generator import docs_folder
from generator.site.publish import atomic_replacement

STEPS: Final = (
    *((io, "open"), (os, "open"), (os, "write"), (os, "fsync"), (os, "ftruncate"), (os, "truncate"), (os, "mkdir")),
    *((os, "rename"), (os, "replace"), (os, "link"), (os, "symlink"), (os, "unlink"), (os, "remove"), (os, "rmdir")),
    *((os, "chmod"), (os, "utime")),
)
EVENTS: Final = ("os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.truncate", "os.chmod", "os.link", "os.utime")
WRITING: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

Act = Callable[[str, int | None], None]
"""Gets the name of a step, before it is made. An open comes again as `opened`: an empty file is a state as well. An
fsync comes again with its file: any part of that may have come to the disk."""


@contextmanager
def watched(act: Act) -> Iterator[list[bool]]:
    """Let `act` see every step that changes files. What is yielded is empty but during a step."""
    inside: list[bool] = []

    def wrapped(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def step(*args: Any, **kwargs: Any) -> Any:
            if inside or (name == "open" and not writes(args[1] if len(args) > 1 else kwargs.get("mode", "r"))):
                return real(*args, **kwargs)
            try:
                act(name, None)
            except OSError as error:
                if not isinstance(args[0], int):
                    error.filename = os.fspath(args[0])  # as the system says it
                raise
            if name == "fsync":
                act(name, args[0])
            inside.append(True)
            try:
                result = real(*args, **kwargs)
            finally:
                inside.clear()
            if name == "open":
                act("opened", None)
            return result

        return step

    with pytest.MonkeyPatch.context() as patch:
        for module, name in STEPS:
            patch.setattr(module, name, wrapped(name, getattr(module, name)))
        yield inside


def writes(mode: str | int) -> bool:
    """Whether a file that is opened with this mode, or these flags, may change."""
    return bool(mode & WRITING) if isinstance(mode, int) else not set("wax+").isdisjoint(mode)


@dataclass
class Refuse:
    """The step number `at` fails with `error`; with `on`, so do all later ones of the kinds in `only`."""

    error: int
    at: int
    on: bool = False
    only: frozenset[str] = frozenset()
    steps: Iterator[int] = field(default_factory=itertools.count)
    refused: int = 0

    def __call__(self, name: str, descriptor: int | None) -> None:
        if name == "opened" or descriptor is not None or (self.only and name not in self.only):
            return
        number = next(self.steps)
        if number == self.at or (self.on and number > self.at):
            self.refused += 1
            raise OSError(self.error, os.strerror(self.error))


@dataclass
class Kill:
    """The process dies at point number `at`; with half of what it had written, where that was on its way to disk."""

    at: int
    points: Iterator[int] = field(default_factory=itertools.count)

    def __call__(self, name: str, descriptor: int | None) -> None:
        if next(self.points) == self.at:
            if descriptor is not None:
                os.ftruncate(descriptor, os.fstat(descriptor).st_size // 2)
            os.kill(os.getpid(), signal.SIGKILL)


def killed(work: Callable[[], object], at: int) -> bool:
    """Do `work` in a process that dies at point `at`; whether it came to that."""
    child = os.fork()
    if child:
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        assert status in (0, -signal.SIGKILL), status
        return status != 0
    with watched(Kill(at)) as inside:
        # Python itself tells of every change: one that the watch misses would be a point without a test.
        def missed(event: str, args: tuple[Any, ...]) -> None:
            if not inside and (event in EVENTS or (event == "open" and writes(args[1] or args[2]))):
                os.write(2, f"not watched: {event} {args}\n".encode())
                os._exit(3)

        sys.addaudithook(missed)
        work()
        os._exit(0)


def tree(folder: Path) -> dict[str, bytes | None]:
    """Path to bytes of everything in a folder; None for a folder."""
    return {
        path.relative_to(folder).as_posix(): None if path.is_dir() else path.read_bytes()
        for path in sorted(folder.rglob("*"))
    }


def fill(folder: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")


LONG = "line\n" * 4000  # more than one buffer
OLD = {"index.md": "1", "a/x.md": f"old {LONG}", "a/y.md": "same", "b/gone.md": "old", "a/deep/er/gone.md": "old"}
NEW = {"index.md": "2", "a/x.md": f"new {LONG}", "a/y.md": "same", "c/new.md": "new", "a/deep/new.md": "new"}


def check_pages(folder: Path, old: dict[str, str], new: dict[str, str]) -> int:
    """Kill the writing of `new` over `old` everywhere. Returns the number of points."""

    def made(name: str, pages: dict[str, str]) -> Path:
        fill(folder / name, {"README.md": "mine"})
        docs_folder.write(folder / name, pages)
        return folder / name

    before, after, docs = made("before", old), made("after", new), folder / "docs"
    for point in itertools.count():
        shutil.copytree(before, docs)
        if not killed(lambda: docs_folder.write(docs, new), point):
            return point
        _old_or_new(docs, old, new)
        shutil.copytree(docs, folder / "back")
        killed(lambda: docs_folder.write(docs, new), point)  # and again while it mends
        _old_or_new(docs, old, new)
        for left, pages, wanted in ((docs, new, after), (folder / "back", old, before)):
            docs_folder.write(left, pages)
            assert tree(left) == tree(wanted), (point, left.name)
            shutil.rmtree(left)
    raise AssertionError("never gets here")


def _old_or_new(docs: Path, old: dict[str, str], new: dict[str, str]) -> None:
    for path in {**old, **new}:
        page = (docs / path).read_text(encoding="utf-8") if (docs / path).exists() else None
        assert page in (old.get(path), new.get(path)), path


def check_site(folder: Path) -> int:
    """Kill the replacing of a site everywhere. Returns the number of points."""
    site, beside = folder / "site", folder / ".site.building"
    hidden = {".git/HEAD": "ref", ".nojekyll": ""}
    old, new = {"index.html": "old", "a/gone.html": LONG}, {"index.html": "new", "b/c.html": LONG}

    def build() -> None:
        with atomic_replacement(site) as path:
            fill(path, new)

    def files(where: Path) -> dict[str, str]:
        return {path: data.decode() for path, data in tree(where).items() if data is not None}

    def fail() -> None:
        with suppress(InterruptedError), atomic_replacement(site) as path:
            assert site.exists()  # from the start it is there again
            fill(path, {"index.html": "unfinished"})
            raise InterruptedError

    for point in itertools.count():
        for mend, mended in ((fail, ({**old, **hidden}, {**new, **hidden})), (build, ({**new, **hidden},))):
            fill(site, {**old, **hidden})
            stopped = killed(build, point)
            shown = {path: text for path, text in files(site).items() if path not in hidden}
            assert shown in (old, new) or (not site.exists() and files(beside / "old") == {**old, **hidden}), point
            mend()
            assert files(site) in mended, point
            assert list(folder.iterdir()) == [site], point
            shutil.rmtree(site)
        if not stopped:
            return point
    raise AssertionError("never gets here")


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        for part in ("change", "first", "site"):
            (root / part).mkdir()
        counts = {
            "pages written over others": check_pages(root / "change", OLD, NEW),
            "pages written for the first time": check_pages(root / "first", {}, NEW),
            "site replaced": check_site(root / "site"),
        }
        print(json.dumps(counts))


if __name__ == "__main__":
    main()
