"""`mkdocs serve` that is done before the hand is back on the mouse.

MkDocs looks through all files twice a second and then waits for a tenth more. Here the system tells of a change, and
building begins as soon as the editor has let go of the file. What the loop below does is otherwise what
`LiveReloadServer._build_loop` does; `tests/test_loop.py` fails when that changes.
"""

from __future__ import annotations

import functools
import gc
import logging
import os
import posixpath
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final

from mkdocs.livereload import LiveReloadServer
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

_LOG: Final = logging.getLogger("mkdocs.livereload")

QUIET: Final = 0.002
"""Seconds without another change after which a saved file is taken to be whole."""

OPEN: Final = 0.1
"""The same while a file has been written to and not closed or is gone, and where the system tells of no closing."""

MANY: Final = 100_000
"""Objects that are made until garbage is looked for, in a pause: else it is looked for while an author waits."""

_ENDED: Final = ("closed", "moved", "deleted")
_CHANGED: Final = ("created", "modified", *_ENDED)


class Live(LiveReloadServer):
    """Stands in for the server that MkDocs has made, and takes over its address and what it watches."""

    def __init__(
        self,
        made: LiveReloadServer,
        root: Path,
        rebuild: Callable[[set[Path]], None],
        before_answer: Callable[[str], None],
        rest: Callable[[], float | None],
    ) -> None:
        """`rebuild` is told the files that have changed, `before_answer` what is asked for, as a path below `root`.

        `rest` does a step of what is left to do, when nothing else is, and gives the seconds of quiet before the next
        one; None if there is no other.
        """
        host, port = made.server_address[:2]
        super().__init__(made.builder, str(host), int(port), str(root), made.mount_path)
        self.observer: Any = Observer()
        self.error_handler = self._page_for
        self.notice = b""
        """HTML that every page shows at its end."""
        self._rebuild = rebuild
        self._before_answer = before_answer
        self._rest = rest
        self._changed: set[Path] = set()
        self._open: set[Path] = set()
        self.busy = threading.Lock()
        """Held while anything is made: by a build, for an answer, or in a pause."""
        self._active = 0.0
        """When something was last asked for or built."""

    def watch(self, path: str, func: None = None, *, recursive: bool = True) -> None:
        """Rebuild when a file in the folder `path` changes, or the file itself."""
        path = os.path.realpath(path)
        if func is not None and func is not self.builder:
            raise TypeError("Plugins can no longer pass a 'func' parameter to watch().")
        self._watched_paths[path] = self._watched_paths.get(path, 0) + 1
        if self._watched_paths[path] == 1:
            handler = FileSystemEventHandler()
            folder = Path(path) if Path(path).is_dir() else Path(path).parent
            only = None if folder == Path(path) else Path(path)
            handler.on_any_event = lambda event: self._heard(event, only)  # type: ignore[method-assign]
            self._watch_refs[path] = self.observer.schedule(handler, str(folder), recursive=recursive and not only)

    def _heard(self, event: FileSystemEvent, only: Path | None) -> None:
        """The system tells of a change. A file is watched through its folder: editors put another in its place."""
        if event.is_directory or event.event_type not in _CHANGED:
            return
        paths = {Path(os.fsdecode(path)) for path in (event.src_path, event.dest_path) if path}
        paths = {path for path in paths if path == only or (only is None and not _is_passing(path))}
        if not paths:
            return
        with self._rebuild_cond:
            self._changed |= paths
            self._open = self._open - paths if event.event_type in _ENDED else self._open | paths
            self._want_rebuild = True
            self._rebuild_cond.notify_all()

    def _build_loop(self) -> None:
        pause = self.shutdown_delay
        while True:
            with self._rebuild_cond:
                wanted = self._rebuild_cond.wait_for(
                    lambda: self._want_rebuild or self._shutdown, timeout=min(pause, self.shutdown_delay)
                )  # on Windows, Ctrl+C is only noticed between two waits: there are always some
            if not wanted:
                if time.monotonic() - self._active >= pause:
                    pause = self._step()
                continue
            with self._rebuild_cond:
                if self._shutdown:
                    break
                _LOG.info(time.strftime("[%H:%M:%S] ") + "Detected file changes")
                while self._rebuild_cond.wait(timeout=OPEN if self._is_passing() else QUIET):
                    pass
                changed, self._changed, self._open = self._changed, set(), set()
                self._want_rebuild = False
            pause = self.shutdown_delay
            with self.busy:
                if not self._tried(functools.partial(self._rebuild, changed), "a rebuild"):
                    continue
                with self._epoch_cond:
                    _LOG.info(time.strftime("[%H:%M:%S] ") + "Reloading browsers")
                    self._visible_epoch = max(round(time.monotonic() * 1000), self._visible_epoch + 1)
                    self._wanted_epoch = self._visible_epoch
                    self._epoch_cond.notify_all()
            self._active = time.monotonic()

    def _is_passing(self) -> bool:
        """Whether more will be heard of what has changed: a file is open, or one is gone that another may replace."""
        return bool(self._open) or not all(map(Path.exists, self._changed))

    def _step(self) -> float:
        """Do a step of what is left to do, and give the seconds of quiet before the next."""
        if gc.get_count()[0] > MANY:
            gc.collect()
        pauses: list[float | None] = [None]
        with self.busy:
            self._tried(lambda: pauses.append(self._rest()), "the work after a rebuild")
        return self.shutdown_delay if pauses[-1] is None else pauses[-1]

    def _tried(self, work: Callable[[], object], name: str) -> bool:
        """Whether it is done. An error is said, and the pages stay as they are."""
        try:
            work()
        except Exception as error:
            if isinstance(error, SystemExit):
                print(error, file=sys.stderr)
            else:
                traceback.print_exc()
            _LOG.error(f"An error happened during {name}. Pages stay as they were until it is mended.")
            return False
        return True

    def _serve_request(self, environ: Any, start_response: Any) -> Iterable[bytes] | None:
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
        if not path.startswith(self.mount_path) or path.startswith("/livereload/"):
            waiting: Iterable[bytes] | None = super()._serve_request(environ, start_response)
            return waiting
        file = posixpath.normpath("/" + path.removeprefix(self.mount_path)).lstrip("/")
        with self.busy:
            for asked in (file, posixpath.join(file, "index.html")):
                self._tried(functools.partial(self._before_answer, asked), "the making of a page")
            answer: Iterable[bytes] | None = super()._serve_request(environ, start_response)
        self._active = time.monotonic()
        return answer

    def _inject_js_into_html(self, content: bytes, epoch: int) -> bytes:
        body, end, rest = content.rpartition(b"</body>")
        injected: bytes = super()._inject_js_into_html(  # type: ignore[no-untyped-call]
            body + self.notice + end + rest if end else content, epoch
        )
        return injected

    def _page_for(self, code: int) -> bytes | None:
        try:
            return Path(self.root, f"{code}.html").read_bytes()
        except OSError:
            return None


def _is_passing(path: Path) -> bool:
    """Whether it is an editor's own file, which goes as it came."""
    name = path.name
    return name.startswith((".", "#")) or name.isdigit() or name.endswith(("~", ".swp", ".swx", ".tmp", ".pyc"))
