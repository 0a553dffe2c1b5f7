"""`mkdocs serve` on a project of a test: what it says, what it answers, and when it has noticed an edit."""

from __future__ import annotations

import http.client
import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

PATIENCE: Final = 60.0
"""Seconds; only a server that hangs takes them."""

_PUT_IN: Final = (
    re.compile(r"<script>\s*var livereload.*?</script>", re.DOTALL),
    re.compile(r'\s*<aside class="hb-problems".*?</aside>\n?', re.DOTALL),
)


class Live:
    """A running `mkdocs serve`. `project` is the folder that it runs in."""

    def __init__(self, project: Path, *options: str, program: str = "", host: str = "127.0.0.1") -> None:
        self.project = project
        self.host, self.port = host, free_port(host)
        self.said: list[str] = []
        how = ["-c", program] if program else ["-m", "mkdocs"]
        self.process = subprocess.Popen(
            [sys.executable, *how, "serve", "--dev-addr", f"{host}:{self.port}", *options],
            cwd=project,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1", "LC_ALL": "C"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        self.base = f"http://{host}:{self.port}/handbook/"

    def _listen(self) -> None:
        assert self.process.stdout
        with self.process.stdout as lines:
            self.said.extend(iter(lines.readline, ""))

    # --- what it says ----------------------------------------------------------------------------------------

    def wait(self, until: Callable[[], bool], what: str = "") -> None:
        """Wait for something; fail with all that the server has said."""
        end = time.monotonic() + PATIENCE
        while not until():
            assert self.process.poll() is None, f"it has ended\n{self.end()}"
            assert time.monotonic() < end, f"{what or 'it'} does not come\n{self.end()}"
            time.sleep(0.03)

    def text(self, since: int = 0) -> str:
        """All that it has said, or since it had said so many lines."""
        return "".join(self.said[since:])

    def end(self) -> str:
        """The last that it has said, for a failing test."""
        return self.text(-30)

    def ready(self) -> Live:
        """Wait until it serves."""
        self.wait(lambda: "Serving on" in self.text(), "the first build")
        return self

    def ended(self) -> int:
        """Wait until it has ended; its status."""
        status = self.process.wait(PATIENCE)
        self._listener.join(PATIENCE)
        return status

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self._listener.join(PATIENCE)

    # --- what it answers -------------------------------------------------------------------------------------

    def ask(self, path: str, headers: dict[str, str] | None = None) -> tuple[int, str]:
        """Status and text of the answer for `path` below the address of the site."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=PATIENCE)
        try:
            connection.request("GET", f"/handbook/{path}", headers=headers or {})
            answer = connection.getresponse()
            return answer.status, answer.read().decode("utf-8")
        finally:
            connection.close()

    def get(self, path: str) -> str:
        """The text of what is there."""
        status, text = self.ask(path)
        assert status == 200, f"{path}: {status}\n{self.end()}"
        return text

    def shows(self, path: str, words: str) -> None:
        """Wait until the page at `path` has these words."""
        self.wait(lambda: words in self.ask(path)[1], f"“{words}” on {path}")

    def hides(self, path: str, words: str) -> None:
        """Wait until the page at `path` has these words no more."""
        self.wait(lambda: words not in self.ask(path)[1], f"an end of “{words}” on {path}")

    def is_in_trouble(self) -> bool:
        """Whether a page says that something is wrong."""
        return 'class="hb-problems"' in self.ask("en/tips/wipe/")[1]

    # --- edits -----------------------------------------------------------------------------------------------

    def edit(self, file: str, old: str, new: str) -> None:
        """Save `file` with `new` for `old`, as an author does."""
        path = self.project / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old} is not in {file}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="")

    @contextmanager
    def noticed(self) -> Iterator[None]:
        """Do what stands in the block, and wait until the server has been through it."""
        before = self.rounds()
        yield
        self.wait(lambda: self.rounds() > before, "a word of the edit")

    def rounds(self) -> int:
        """How often it has been through changes."""
        return self.text().count("Reloading browsers")

    def builds(self) -> int:
        """How often MkDocs has begun a whole build."""
        return self.text().count("Building documentation...")


class Bench:
    """One project and its server for many tests: after each, everything is as it was at first.

    A server that does not get there is replaced by a new one, so that one fault fails one test.
    """

    looked_at = ("", "en/tips/wipe/", "en/search/index.js", "both/duties/lamp/", "both/search/index.js")

    def __init__(self, project: Path) -> None:
        self._project = project
        self._files = self._now()
        self._live = Live(project).ready()
        self._first = self._seen()

    @contextmanager
    def server(self) -> Iterator[Live]:
        """The server, for one test."""
        yield self._live
        if self._restored() and not self._is_as_before():
            self._live.stop()
            self._live = Live(self._project).ready()
            self._first = self._seen()

    def stop(self) -> None:
        self._live.stop()

    def _now(self) -> dict[Path, bytes]:
        files = (path for path in self._project.rglob("*") if "__pycache__" not in path.parts)
        return {path: path.read_bytes() for path in files if path.is_file()}

    def _restored(self) -> bool:
        """Whether there was something to put right."""
        now = self._now()
        if now == self._files:
            return self._live.process.poll() is not None or self._live.is_in_trouble()
        for path in now.keys() - self._files.keys():
            path.unlink()
        for path, data in self._files.items():
            if now.get(path) != data:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
        return True

    def _seen(self) -> list[str]:
        return [bare(self._live.ask(path)[1]) for path in self.looked_at]

    def _is_as_before(self) -> bool:
        end = time.monotonic() + 5
        while self._live.process.poll() is None and time.monotonic() < end:
            try:
                if self._seen() == self._first and not self._live.is_in_trouble():
                    return True
            except OSError:
                return False
            time.sleep(0.05)
        return False


def bare(page: str) -> str:
    """A page without what the server itself puts in."""
    for pattern in _PUT_IN:
        page = pattern.sub("", page)
    return re.sub(r"\s*</body>\s*", "</body>", page)


def free_port(host: str = "127.0.0.1") -> int:
    """A port that nobody has."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as free:
        free.bind((host, 0))
        port: int = free.getsockname()[1]
        return port


@contextmanager
def live(project: Path, *options: str, program: str = "") -> Iterator[Live]:
    """`mkdocs serve` in `project` as long as the block lasts, ready to answer."""
    running = Live(project, *options, program=program)
    try:
        yield running.ready()
    finally:
        running.stop()
