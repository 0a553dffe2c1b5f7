"""What MkDocs and its plugins say about a page, kept with the page: a result found again must warn again."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

Said = list[tuple[str, int, str]]
"""Name of the logger, level and text of each message."""

_LOG: Final = logging.getLogger("mkdocs")


class _Listener(logging.Handler):
    """Hears its own thread; what a server says meanwhile in another goes on to those that usually listen."""

    def __init__(self, heard: Said, others: list[logging.Handler]) -> None:
        super().__init__()
        self._heard = heard
        self._others = others
        self._thread = threading.get_ident()

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread == self._thread:
            self._heard.append((record.name, record.levelno, record.getMessage()))
            return
        for handler in self._others:
            if record.levelno >= handler.level:
                handler.handle(record)


@contextmanager
def heard() -> Iterator[Said]:
    """Listen in place of those that usually listen to MkDocs, and to all that is said, however quiet the run is."""
    said: Said = []
    before = _LOG.handlers, _LOG.propagate, _LOG.level
    _LOG.handlers, _LOG.propagate = [_Listener(said, _LOG.handlers)], False
    _LOG.setLevel(logging.INFO)
    failed = True
    try:
        yield said
        failed = False
    finally:
        _LOG.handlers, _LOG.propagate = before[:2]
        _LOG.setLevel(before[2])
        if failed:  # nobody will ask for it
            again(said)


def again(said: Said) -> None:
    """Say it to those that usually listen."""
    for name, level, text in said:
        logging.getLogger(name).log(level, "%s", text)
