"""A site as a static host serves it."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """As static hosts do: the site's own page for what is missing."""
        page = Path(self.directory) / "handbook" / "404.html"
        if code != 404 or not page.exists():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def served(site: Path, root: Path) -> Iterator[str]:
    """Serve `site` below /handbook/ of a new host with the folder `root`, as long as the context lasts."""
    (root / "handbook").symlink_to(site, target_is_directory=True)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(root)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/handbook/"
    server.shutdown()
    server.server_close()


def policy(site: Path) -> str:
    """The Content-Security-Policy of `site` as nginx would send it."""
    line = (site / "csp.conf").read_text(encoding="utf-8")
    name, said, rest = line.partition('"')[0], line.split('"')[1], line.rpartition('"')[2]
    assert (name, rest) == ("add_header Content-Security-Policy ", " always;\n")
    return said
