"""Changes are told of, where the system tells of them and where it does not."""

from __future__ import annotations

import logging
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import watchfiles
from watchfiles._rust_notify import WatchfilesRustInternalError

from generator.site import watcher
from generator.site.watcher import Watcher

from ..support.faults import fill

PATIENCE = 20.0


class Heard:
    """Stands for what MkDocs' server schedules, and knows what has been told of."""

    def __init__(self) -> None:
        self.times = 0

    def on_any_event(self, event: Any) -> None:
        assert not event.is_directory
        self.times += 1


@contextmanager
def watching(*paths: Path, ignored: Callable[[str], bool] = lambda path: False) -> Iterator[Callable[[], set[str]]]:
    """Gives a function that waits until something is told of, and gives the names of the files."""
    watched, heard = Watcher(ignored), Heard()
    for path in paths:
        watched.schedule(heard, str(path), recursive=True)
    watched.start()

    def told() -> set[str]:
        end, before = time.monotonic() + PATIENCE, heard.times
        found: set[str] = set()
        while not found and time.monotonic() < end:
            time.sleep(0.01)
            found = watched.take_changes()
        assert found, "nothing is told of"
        assert heard.times > before - 1
        return {Path(path).name for path in found}

    try:
        time.sleep(0.1)
        yield told
    finally:
        watched.stop()
        watched.join(PATIENCE)
        assert not watched._thread.is_alive()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    fill(tmp_path / "content", {"a.yml": "1", "deep/b.yml": "1"})
    return tmp_path / "content"


def silence(*_: Any, stop_event: Any, rust_timeout: int, **__: Any) -> Iterator[set[Any]]:
    """As `watchfiles.watch` is where no events arrive: network and container mounts."""
    while not stop_event.wait(rust_timeout / 1000):
        yield set()


def no_watch_left(*_: Any, **__: Any) -> Iterator[set[Any]]:
    """As it is at the limits of the system."""
    raise OSError('OS file watch limit reached. about ["content"]')


def broken(*_: Any, **__: Any) -> Iterator[set[Any]]:
    """As it is where something in it goes wrong."""
    raise WatchfilesRustInternalError("error in underlying watcher")


@pytest.fixture(params=[None, silence, no_watch_left], ids=["events", "no events", "limits"])
def system(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param:
        monkeypatch.setattr(watchfiles, "watch", request.param)
        monkeypatch.setattr(watcher, "LOOK_SECONDS", 0.1)
    return request.param.__name__ if request.param else ""


def test_whatever_the_system_tells_a_change_a_new_file_and_a_lost_one_are_noticed(
    system: str, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "mkdocs"), watching(folder) as told:
        fill(folder, {"a.yml": "22"})
        assert told() == {"a.yml"}
        fill(folder, {"deep/new/c.yml": "1"})
        assert told() == {"c.yml"}
        (folder / "deep" / "b.yml").unlink()
        assert told() == {"b.yml"}
        state = (folder / "a.yml").stat()
        (folder / "a.yml").write_text("33", encoding="utf-8")
        os.utime(folder / "a.yml", ns=(state.st_atime_ns, state.st_mtime_ns))
        assert told() == {"a.yml"}
    said = [record.getMessage() for record in caplog.records if "files are looked at" in record.getMessage()]
    assert len(said) == (1 if system else 0)


def test_a_folder_that_another_takes_the_place_of_is_watched_on(system: str, folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "new")
    fill(tmp_path / "new", {"deep/b.yml": "another"})
    with watching(folder) as told:
        folder.rename(tmp_path / "old")
        (tmp_path / "new").rename(folder)
        assert "b.yml" in told()
        time.sleep(0.3)
        fill(folder, {"a.yml": "edited"})
        while "a.yml" not in told():
            pass


def test_a_link_that_leads_elsewhere_is_watched_there(system: str, folder: Path, tmp_path: Path) -> None:
    fill(tmp_path / "other", {"a.yml": "other", "deep/b.yml": "1"})
    (tmp_path / "link").symlink_to("content")
    with watching(tmp_path / "link") as told:
        (tmp_path / "next").symlink_to("other")
        (tmp_path / "next").rename(tmp_path / "link")
        while "a.yml" not in told():  # what is told of may come in parts
            pass
        time.sleep(0.3)
        fill(tmp_path / "other", {"deep/b.yml": "edited"})
        while "b.yml" not in told():
            pass


def test_a_folder_that_leaves_and_comes_back_as_it_was_is_told_of_each_time(
    system: str, folder: Path, tmp_path: Path
) -> None:
    with watching(folder) as told:
        (folder / "deep").rename(tmp_path / "trash")
        assert "b.yml" in told()
        (tmp_path / "trash").rename(folder / "deep")
        assert "b.yml" in told()


def test_what_is_to_be_watched_may_come_later(system: str, tmp_path: Path) -> None:
    with watching(tmp_path / "content") as told:
        fill(tmp_path / "content", {"a.yml": "1"})
        assert told() == {"a.yml"}


def test_one_file_can_be_watched_too_however_it_is_saved(system: str, tmp_path: Path) -> None:
    fill(tmp_path, {"mkdocs.yml": "1", "other.yml": "1"})
    with watching(tmp_path / "mkdocs.yml") as told:
        fill(tmp_path, {"mkdocs.yml": "22"})
        assert told() == {"mkdocs.yml"}
        for number in range(2):  # as editors save: another file takes its place
            fill(tmp_path, {"beside": f"333{number}"})
            (tmp_path / "beside").rename(tmp_path / "mkdocs.yml")
            assert told() == {"mkdocs.yml"}


def test_an_editors_own_file_and_what_is_ignored_are_nobodys_concern(system: str, folder: Path) -> None:
    with watching(folder, ignored=lambda path: "__pycache__" in path) as told:
        passing = (".a.yml.swp", "a.yml~", "4913", "#a#", ".#a.yml", "a.tmp", "x.pyc", "__pycache__/x", ".git/HEAD")
        fill(folder, dict.fromkeys(passing, "1"))
        time.sleep(0.3)
        fill(folder, {".git/HEAD": "12"})  # its folder is watched by now
        fill(folder, {"4913-a.yml": "1"})
        assert told() == {"4913-a.yml"}


def test_files_that_are_saved_together_are_told_of_together_or_one_after_the_other(system: str, folder: Path) -> None:
    names = {f"{number}-x.yml" for number in range(40)}
    with watching(folder) as told:
        fill(folder, dict.fromkeys(names, "1"))
        found: set[str] = set()
        while found < names:
            found |= told()
        assert found == names


def test_where_the_watch_itself_goes_wrong_files_are_looked_at(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watchfiles, "watch", broken)
    monkeypatch.setattr(watcher, "LOOK_SECONDS", 0.1)
    with watching(folder) as told:
        for number in range(2):
            fill(folder, {"a.yml": "x" * (number + 2)})
            assert told() == {"a.yml"}


def test_an_event_is_told_of_at_once(folder: Path) -> None:
    with watching(folder) as told:
        took = []
        for number in range(5):
            time.sleep(0.1)
            started = time.monotonic()
            fill(folder, {"a.yml": "x" * (number + 2)})
            assert told() == {"a.yml"}
            took.append(time.monotonic() - started)
    assert min(took) < 0.2
