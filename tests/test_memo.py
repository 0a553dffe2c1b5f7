"""A memo gives what would be made anew, and is asked again where it cannot know."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from generator import memo
from generator.memo import FileMemo, Memo

TICK = 0.02
"""Seconds after which a file system gives another time."""


class Counter:
    """Makes something new each time."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self) -> int:
        self.count += 1
        return self.count


# --- results by objects ------------------------------------------------------------------------------------


def test_a_result_is_kept_while_its_inputs_are_the_very_same_objects() -> None:
    known, make, one, two = Memo(), Counter(), ["x"], ["y"]
    assert known("name", (one, two), make) == 1
    assert known("name", (one, two), make) == 1
    assert known("name", (["x"], two), make) == 2, "what is equal may be another object of other places"
    assert known("name", (one, two), make) == 1
    assert known("name", (two, one), make) == 3
    assert known("name", (two,), make) == 4
    assert known("name", (), make) == 5
    assert known("name", (), make) == 5


def test_the_last_two_results_of_a_name_are_kept() -> None:
    known, make, one, two, three = Memo(), Counter(), object(), object(), object()
    assert [known("name", (each,), make) for each in (one, two, one, two)] == [1, 2, 1, 2]
    assert known("name", (one,), make) == 1
    assert known("name", (three,), make) == 3
    assert known("name", (one,), make) == 1, "the one that was used last stays"
    assert known("name", (two,), make) == 4


def test_results_of_different_names_are_apart() -> None:
    known, make, one = Memo(), Counter(), object()
    assert known(("right", "a"), (one,), make) == 1
    assert known(("right", "b"), (one,), make) == 2
    assert known(("right", "a"), (one,), make) == 1


def test_a_result_that_says_nothing_is_kept_too_and_one_that_failed_is_not() -> None:
    known, one = Memo(), object()
    made: list[None] = []
    for _ in range(2):
        assert known("none", (one,), lambda: made.append(None)) is None
    assert len(made) == 1

    def fail() -> int:
        raise ValueError

    for _ in range(2):
        with pytest.raises(ValueError, match=r".*"):
            known("fails", (one,), fail)
    assert known("fails", (one,), lambda: 1) == 1


def test_an_input_lives_as_long_as_its_result_so_that_no_other_can_take_its_place() -> None:
    known, make = Memo(), Counter()
    for number in range(1, 100):
        assert known("name", ([number],), make) == number  # each may get the address of the last


# --- results by files --------------------------------------------------------------------------------------


class Reads:
    """Reads a file, and counts."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.memo = FileMemo()
        self.count = 0
        self.before: list[str | None] = []

    def __call__(self) -> str:
        return self.memo(str, str(self.path), self._make)

    def _make(self, before: str | None) -> str:
        self.count += 1
        self.before.append(before)
        return self.path.read_text(encoding="utf-8") if self.path.exists() else "nothing"


@pytest.fixture
def trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if every file had been written long ago."""
    monkeypatch.setattr(memo, "RACY_NANOSECONDS", 0)


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    time.sleep(TICK)
    return path


def with_times_of(path: Path, about: os.stat_result) -> None:
    os.utime(path, ns=(about.st_atime_ns, about.st_mtime_ns))
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (about.st_size, about.st_mtime_ns)
    time.sleep(TICK)


@pytest.mark.usefixtures("trusted")
def test_a_file_that_is_what_it_was_is_read_once(tmp_path: Path) -> None:
    reads = Reads(written(tmp_path / "x", "one"))
    assert [reads(), reads(), reads()] == ["one"] * 3
    assert reads.count == 1
    written(reads.path, "two")
    assert [reads(), reads()] == ["two"] * 2
    assert reads.before == [None, "one"], "what is made anew may go on from what there was"


def in_place(path: Path) -> None:
    path.write_text("two", encoding="utf-8")


def by_another_file(path: Path) -> None:
    beside = path.with_name("beside")
    beside.write_text("two", encoding="utf-8")
    beside.replace(path)


def by_a_link(path: Path) -> None:
    path.rename(path.with_name("away"))
    path.with_name("linked").write_text("two", encoding="utf-8")
    path.symlink_to("linked")


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize("change", [in_place, by_another_file, by_a_link])
def test_a_change_that_keeps_the_size_and_the_time_is_seen(change: Callable[[Path], None], tmp_path: Path) -> None:
    reads = Reads(written(tmp_path / "x", "one"))
    assert reads() == "one"
    before = reads.path.stat()
    change(reads.path)
    with_times_of(reads.path, before)
    assert [reads(), reads()] == ["two"] * 2
    assert reads.count == 2


@pytest.mark.usefixtures("trusted")
def test_what_a_link_leads_to_counts(tmp_path: Path) -> None:
    first, second = (written(tmp_path / name, name) for name in ("one", "two"))
    (tmp_path / "x").symlink_to(first)
    reads = Reads(tmp_path / "x")
    assert reads() == "one"
    (tmp_path / "x").unlink()
    (tmp_path / "x").symlink_to(second)
    assert reads() == "two"
    written(second, "2")
    assert [reads(), reads()] == ["2"] * 2
    assert reads.count == 3


def test_what_has_just_changed_is_read_again_until_its_times_can_be_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads = Reads(tmp_path / "x")
    for text in ("one", "two"):  # within a tick of the file system's clock they may have the very same state
        reads.path.write_text(text, encoding="utf-8")
        os.utime(reads.path, ns=(0, 0))
        assert reads() == text
    changed = reads.path.stat().st_ctime_ns
    for later, count in ((1_900_000_000, 3), (1_999_999_999, 4), (2_100_000_000, 5), (2_100_000_000, 5)):
        monkeypatch.setattr(time, "time_ns", lambda later=later: changed + later)
        assert reads() == "two"
        assert reads.count == count


def test_a_file_from_the_future_is_never_trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reads = Reads(written(tmp_path / "x", "one"))
    far = time.time_ns() + 3600 * 10**9
    os.utime(reads.path, ns=(far, far))
    monkeypatch.setattr(time, "time_ns", lambda: reads.path.stat().st_ctime_ns + 60 * 10**9)
    reads()
    reads()
    assert reads.count == 2


def test_what_is_not_there_is_looked_for_each_time_and_made_once(tmp_path: Path) -> None:
    reads = Reads(tmp_path / "x")
    assert [reads(), reads()] == ["nothing"] * 2
    assert reads.count == 1
    reads.path.write_text("one", encoding="utf-8")
    assert reads() == "one"
    reads.path.unlink()
    assert [reads(), reads()] == ["nothing"] * 2
    assert reads.before == [None, "nothing", "one"]


def test_a_path_that_no_system_takes_is_nothing() -> None:
    assert memo.file_state("x\0y") is None
    assert memo.file_state("x" * 5000) is None


@pytest.mark.usefixtures("trusted")
def test_what_could_not_be_made_is_tried_again(tmp_path: Path) -> None:
    known, path = FileMemo(), str(written(tmp_path / "x", "one"))

    def fail(before: str | None) -> str:
        raise OSError

    for _ in range(2):
        with pytest.raises(OSError, match=r".*"):
            known(str, path, fail)
    assert known(str, path, lambda before: f"made, before: {before}") == "made, before: None"


@pytest.mark.usefixtures("trusted")
def test_what_is_made_of_one_file_for_several_uses_is_kept_apart(tmp_path: Path) -> None:
    known, path = FileMemo(), str(written(tmp_path / "x", "one"))
    for _ in range(2):
        assert known(str, path, lambda before: "text") == "text"
        assert known(list, path, lambda before: ["line"]) == ["line"]
