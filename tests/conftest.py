"""Things that several tests need: the real handbook, its pages, its site, served below a path, and a browser."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from generator.content import translations
from generator.content.handbook import Handbook
from generator.lock import held
from generator.pipeline import Pipeline

from .support import chromium
from .support.handbooks import build, change, opened
from .support.in_turn import InTurn
from .support.paths import ROOT, SMALL
from .support.project import copy_project, mkdocs
from .support.server import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--sequences", type=int, default=0, help="how many random sequences of edits, in place of two")
    parser.addoption("--exhaustive", action="store_true", help="in a browser, every combination in place of every pair")
    parser.addoption("--update-golden", action="store_true", help="write what the golden cases give today")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the long files: else one process would be at them when the others have nothing left to do."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.fixture(scope="session")
def handbook() -> Handbook:
    """The real content, checked."""
    return Pipeline(ROOT / "content").check()[0]


@pytest.fixture(scope="session")
def small() -> Handbook:
    """The small handbook, checked."""
    return Pipeline(SMALL).check()[0]


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of the small handbook, to be edited."""
    return Path(shutil.copytree(SMALL, tmp_path / "content"))


@pytest.fixture
def three(content: Path) -> Path:
    """The same with a third language, in which one text is written."""
    change(content / "handbook.yml", "languages: [en, zh]", "languages: [en, zh, fr]")
    change(content / "handbook.yml", "    languages: [zh, en]", "    languages: [zh, en, fr]")
    change(content / "areas.yml", "    en: The light", "    en: The light\n    fr: Le feu")
    translations.confirm(opened(content))
    return content


@pytest.fixture(scope="session")
def docs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real content as Markdown."""
    folder = tmp_path_factory.mktemp("markdown") / "docs"
    build(ROOT / "content", folder)
    return folder


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site, built strictly. Nobody writes into it."""
    return _built_once("real", ROOT / "content", tmp_path_factory)


@pytest.fixture(scope="session")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the small handbook, built strictly. Nobody writes into it."""
    return _built_once("small", SMALL, tmp_path_factory)


def _built_once(name: str, content: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Once for all processes that share the tests."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent  # that of the whole run, with one for each process in it
    project = folder / name
    with held(folder / f"{name}.lock"):
        if not project.exists():
            copy_project(project, content)
        if not (project / "site").exists():
            done = mkdocs(project, "build", "--strict")
            assert done.returncode == 0, done.stderr
    return project / "site"


@pytest.fixture(scope="session")
def in_turn(request: pytest.FixtureRequest) -> InTurn:
    """Which of several ways to measure some kind of page in, in some edition: all of them with `--exhaustive`."""
    return InTurn(bool(request.config.getoption("exhaustive")))


@pytest.fixture(scope="session")
def address(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the site, served on some port below /handbook/."""
    with served(site, tmp_path_factory.mktemp("host")) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium. Where there is none the tests fail; they are not skipped."""
    from playwright.sync_api import sync_playwright

    path = chromium.find()
    assert path, chromium.HELP
    with sync_playwright() as playwright:
        instance = playwright.chromium.launch(executable_path=path, args=list(chromium.FLAGS))
        yield instance
        instance.close()
