"""How long an author waits: from saving a file until a development server gives the new text."""

from __future__ import annotations

import http.client
import os
import random
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from .measure import Command, FailedError, cpu_of_group

ADDRESS: Final = "127.0.0.1"
INTERVAL: Final = 0.004
"""Seconds between two requests."""
QUIET: Final = 1.2
"""Seconds, and up to half of them more by chance, that an author pauses between two edits."""


class Server:
    """A development server that is running."""

    def __init__(self, port: int, started: float, process: subprocess.Popen[bytes], log: Path) -> None:
        self._port = port
        self._started = started
        self._process = process
        self._log = log

    def first_answer(self, path: str, limit: float) -> float:
        """Seconds from the start of the server to its first page."""
        return self._wait(self._started, [path], "<", limit)

    def cpu(self) -> float:
        """Seconds of processors that the server has used so far."""
        return cpu_of_group(self._process.pid)

    def latency(self, change: Callable[[], str], paths: Sequence[str], limit: float) -> float:
        """Seconds from just before `change`, which returns a text, until every path has it."""
        time.sleep(QUIET * (1 + random.random() / 2))
        started = time.perf_counter()
        return self._wait(started, paths, change(), limit)

    def _wait(self, started: float, paths: Sequence[str], text: str, limit: float) -> float:
        for path in paths:
            while text not in self._page(path):
                if time.perf_counter() - started > limit:
                    raise FailedError(f"no answer within {limit:.0f} s")
                if self._process.poll() is not None:
                    raise FailedError(f"the server ended: {self._log.read_text(errors='replace')[-500:]}")
                time.sleep(INTERVAL)
        return time.perf_counter() - started

    def _page(self, path: str) -> str:
        """What the server answers; nothing while it does not."""
        connection = http.client.HTTPConnection(ADDRESS, self._port, timeout=600)
        try:
            connection.request("GET", path, headers={"Accept": "*/*"})
            response = connection.getresponse()
            body = response.read().decode("utf-8", "replace")
            return body if response.status == 200 else ""
        except (OSError, http.client.HTTPException):
            return ""
        finally:
            connection.close()


@contextmanager
def serving(command: Callable[[int], Command], log: Path) -> Iterator[Server]:
    """Run the command for some free port as long as the context lasts."""
    with socket.socket() as free:
        free.bind((ADDRESS, 0))
        port = free.getsockname()[1]
    started = time.perf_counter()
    process = command(port).start(log)
    try:
        yield Server(port, started, process, log)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
