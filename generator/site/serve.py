"""`mkdocs serve` that is done before the hand is back on the mouse.

MkDocs looks through all files twice a second and then waits for a tenth more. Here the system tells of a change, and
building begins as soon as the editor has let go of the file. What the loop below does is otherwise what
`LiveReloadServer._build_loop` does; `tests/test_loop.py` fails when that changes.
"""

from __future__ import annotations

import logging
import os
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

QUIET: Final = 0.004
"""Seconds without another change after which a saved file is taken to be whole."""

OPEN: Final = 0.1
"""The same while a file has been written to and not closed, and where the system does not tell of closing."""

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
        rest: Callable[[], None],
    ) -> None:
        """`rebuild` is told the files that have changed, `before_answer` what is asked for, as a path below `root`.

        `rest` is called when nothing has happened for a while after that.
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
        """Held while pages are made."""

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
        tired = False
        while True:
            with self._rebuild_cond:
                while not self._rebuild_cond.wait_for(
                    lambda: self._want_rebuild or self._shutdown, timeout=self.shutdown_delay
                ):
                    if tired:  # on Windows, Ctrl+C is only noticed between two waits: there are always some
                        tired = False
                        self._rest()
                if self._shutdown:
                    break
                _LOG.info(time.strftime("[%H:%M:%S] ") + "Detected file changes")
                while self._rebuild_cond.wait(timeout=OPEN if self._open else QUIET):
                    pass
                changed, self._changed, self._open = self._changed, set(), set()
                self._wanted_epoch = max(round(time.monotonic() * 1000), self._visible_epoch + 1)
                self._want_rebuild = False
            try:
                with self.busy:
                    self._rebuild(changed)
            except Exception as error:
                if isinstance(error, SystemExit):
                    print(error, file=sys.stderr)
                else:
                    traceback.print_exc()
                _LOG.error(
                    "An error happened during the rebuild. "
                    "The server will appear stuck until build errors are resolved."
                )
                continue
            with self._epoch_cond:
                _LOG.info(time.strftime("[%H:%M:%S] ") + "Reloading browsers")
                self._visible_epoch = self._wanted_epoch
                self._epoch_cond.notify_all()
            tired = True

    def _serve_request(self, environ: Any, start_response: Any) -> Iterable[bytes] | None:
        path = environ["PATH_INFO"]
        if path.startswith(self.mount_path):
            with self._epoch_cond:
                self._epoch_cond.wait_for(lambda: self._visible_epoch == self._wanted_epoch)
            self._before_answer(path.removeprefix(self.mount_path))
        answer: Iterable[bytes] | None = super()._serve_request(environ, start_response)
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
    return path.name.startswith((".", "#", "4913")) or path.name.endswith(("~", ".swp", ".swx", ".tmp", ".pyc"))
