"""Tells of changed files at once where the system does, and within a second where it does not.

On network and container mounts no events arrive, a folder that another takes the place of is no longer the one that is
watched, and the system watches only so many files. So once a second the files are looked at as well.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import watchfiles
from watchdog.events import FileModifiedEvent

from ..memo import FileState, file_state

LOOK_SECONDS: Final = 1.0
"""Between two looks at all files."""
QUIET_MILLISECONDS: Final = 5
"""Without another event after which a saved file is taken to be whole."""
PATIENCE_MILLISECONDS: Final = 60
"""For an end of events that keep coming."""

_LOG: Final = logging.getLogger("mkdocs.plugins.handbook")


class Watcher:
    """Stands where MkDocs' server has watchdog's polling observer, and is called as that is.

    `ignored` says of a path that its changes are nobody's concern.
    """

    def __init__(self, ignored: Callable[[str], bool]) -> None:
        self._ignored = ignored
        self._handlers: dict[str, Any] = {}
        self._states: dict[str, FileState | None] = {}
        self._changed: set[str] = set()
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._has_events = True

    # --- as watchdog has it --------------------------------------------------------------------------------

    def schedule(self, handler: Any, path: str, recursive: bool = False) -> str:
        self._handlers[path] = handler
        return path

    def unschedule(self, path: str) -> None:
        self._handlers.pop(path, None)

    def start(self) -> None:
        self._states = dict(self._files())
        self._thread.start()

    def stop(self) -> None:
        self._stopped.set()

    def join(self, timeout: float | None = None) -> None:
        if self._thread.is_alive():
            self._thread.join(timeout)

    # --- what has changed ----------------------------------------------------------------------------------

    def take_changes(self) -> set[str]:
        """The files that have changed since this was last asked."""
        with self._lock:
            changed, self._changed = self._changed, set()
        return changed

    def _run(self) -> None:
        while not self._stopped.is_set():
            try:
                self._watch()
            except (OSError, RuntimeError) as error:  # no folder, no watch left, or what Rust says of others
                self._say_that_it_looks(str(error))
                self._stopped.wait(LOOK_SECONDS / 2)
                self._look()

    def _watch(self) -> None:
        """Hear events until a folder is another one than it was."""
        paths = [path for path in self._handlers if Path(path).exists()]
        if not paths:
            raise FileNotFoundError(0, "nothing to watch is there")
        watched = {path: _identity(path) for path in paths}
        looked = time.monotonic()
        for events in watchfiles.watch(
            *paths,
            watch_filter=None,
            debounce=PATIENCE_MILLISECONDS,
            step=QUIET_MILLISECONDS,
            rust_timeout=int(LOOK_SECONDS * 1000),
            yield_on_timeout=True,
            raise_interrupt=False,
            stop_event=self._stopped,
        ):
            told = {path for _, path in events if not self._is_nobodys(path)}
            for path in told:
                self._states[path] = file_state(path)
            self._tell(told)
            if any(not Path(path).is_file() for _, path in events):
                self._look()  # a folder has come or gone, of whose files nothing is told
            elif time.monotonic() - looked >= LOOK_SECONDS:
                if missed := self._look():
                    self._say_that_it_looks(f"no event for {Path(min(missed)).name}")
                looked = time.monotonic()
                if watched != {path: _identity(path) for path in self._handlers if Path(path).exists()}:
                    return

    def _look(self) -> set[str]:
        """Look at all files, and tell of those that are not what they were."""
        now = dict(self._files())
        changed = {path for path in {**self._states, **now} if self._states.get(path) != now.get(path)}
        self._states = now
        self._tell(changed)
        return changed

    def _tell(self, changed: set[str]) -> None:
        if not changed:
            return
        with self._lock:
            self._changed |= changed
        for handler in list(self._handlers.values())[:1]:  # all of them do the same
            handler.on_any_event(FileModifiedEvent(min(changed)))

    def _files(self) -> Iterator[tuple[str, FileState | None]]:
        for top in list(self._handlers):
            if Path(top).is_file():
                yield top, file_state(top)
            for place, folders, names in os.walk(top, followlinks=True):
                folders[:] = [name for name in folders if not name.startswith(".")]
                for path in (f"{place}/{name}" for name in names if not _is_passing(name)):
                    if not self._ignored(path):
                        yield path, file_state(path)

    def _is_nobodys(self, path: str) -> bool:
        """Whether nobody cares for what has happened at `path`: `_files` does not name it."""
        hidden = any(
            part.startswith(".")
            for top in self._handlers
            if Path(path).is_relative_to(top)
            for part in Path(path).relative_to(top).parts
        )
        return _is_passing(Path(path).name) or hidden or Path(path).is_dir() or self._ignored(path)

    def _say_that_it_looks(self, why: str) -> None:
        if self._has_events:
            self._has_events = False
            _LOG.info(f"The system does not tell of every change here ({why}): files are looked at once a second.")


def _is_passing(name: str) -> bool:
    """Whether a file of this name is an editor's own, which goes as it came."""
    return name.startswith((".", "#")) or name.isdigit() or name.endswith(("~", ".swp", ".swx", ".tmp", ".pyc"))


def _identity(path: str) -> tuple[int, int] | None:
    """What tells a folder from another one that has taken its place, also behind a link."""
    try:
        found = Path(path).stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
