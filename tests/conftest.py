"""Things that several tests need: the real site, built once, served below a path; a browser; a small handbook."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from generator.pipeline import build, check
from generator.content.loader import Handbook
from generator.site.publish import held

from . import chromium

ROOT = Path(__file__).resolve().parent.parent
CASES = Path(__file__).parent / "cases"
SMALL = CASES / "small" / "content"
EDITIONS = ("zh", "en", "zh-en")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--sequences", type=int, default=0, help="how many random sequences of edits, in place of two")
    parser.addoption("--update-golden", action="store_true", help="write what the golden cases give today")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the long files: else one process would be at them when the others have nothing left to do."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.fixture(scope="session")
def handbook() -> Handbook:
    """The real content, checked."""
    return check(ROOT / "content")[0]


@pytest.fixture(scope="session")
def docs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real content as Markdown."""
    folder = tmp_path_factory.mktemp("markdown") / "docs"
    build(ROOT / "content", folder)
    return folder


def copy_project(folder: Path, content: Path) -> Path:
    """The generator and the configuration with `content`, as published: with an address and a repository."""
    shutil.copytree(ROOT / "generator", folder / "generator", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(content, folder / "content")
    (folder / "docs").mkdir()
    shutil.copy(ROOT / "docs" / "README.md", folder / "docs")
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    config = config.replace("# site_url:", "site_url:").replace("# repo_url:", "repo_url:")
    assert "\nsite_url: https://example.org/handbook/\n" in config
    (folder / "mkdocs.yml").write_text(config, encoding="utf-8")
    return folder


def mkdocs(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run mkdocs in `project` and keep what it says."""
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", *arguments],
        cwd=project,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1", "LC_ALL": "C"},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site, built strictly; once, where several processes share the tests. Nobody writes into it."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent  # that of the whole run, with one for each process in it
    project = folder / "real"
    with held(folder / "real.lock"):
        if not project.exists():
            copy_project(project, ROOT / "content")
        if not (project / "site").exists():
            done = mkdocs(project, "build", "--strict")
            assert done.returncode == 0, done.stderr
    return project / "site"


def soon(spent: float, seconds: float) -> bool:
    """Whether `spent` is within `seconds` of processor time, or more on a slower machine than they were set on.

    What takes longer is held against the yardstick at once, so that a slow day stretches both: what fails is work
    that has grown.
    """
    return spent < seconds or spent < seconds * 1.5 * min(_yardstick() for _ in range(3)) / YARDSTICK


YARDSTICK = 0.045
"""Seconds that `_yardstick` took where the bounds of the tests were set."""


def _yardstick() -> float:
    started = time.process_time()
    sum(number * number for number in range(1_000_000))
    return time.process_time() - started


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


@pytest.fixture(scope="session")
def address(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the site, served on some port below /handbook/."""
    with served(site, tmp_path_factory.mktemp("host")) as address:
        yield address


@contextmanager
def served(site: Path, root: Path) -> Iterator[str]:
    """Serve `site` below /handbook/ of a new host with the folder `root`, as long as the context lasts."""
    (root / "handbook").symlink_to(site, target_is_directory=True)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(root)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/handbook/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium. Where there is none the tests fail; they are not skipped."""
    path = chromium.find()
    assert path, chromium.HELP
    with sync_playwright() as playwright:
        instance = playwright.chromium.launch(executable_path=path, args=list(chromium.FLAGS))
        yield instance
        instance.close()
