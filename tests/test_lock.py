"""One run at a time: the second waits and says so; a killed one is in nobody's way."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from generator import lock

from .support.paths import ROOT, SMALL, SMALL_PAGES
from .support.processes import another_run, started


def test_the_second_run_waits_says_for_whom_and_then_goes_on(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    with another_run(docs / ".generated" / "lock") as first:
        command = ["build", "--lang", "en", "--content", str(SMALL), "--docs", str(docs)]
        with started("-m", "generator", *command) as second:
            assert second.stderr
            said = second.stderr.readline()
            assert said.startswith(f"Waiting for process {first.pid} ({sys.executable} -c import sys;")
            assert not (docs / "index.md").exists()
            first.communicate("")
            out, err = second.communicate()
    assert (second.returncode, out, err) == (0, f"{SMALL_PAGES} pages written, 0 unchanged, 0 removed\n", "")


def test_a_run_that_has_waited_too_long_says_who_holds_the_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(lock, "PATIENCE", 0.01)
    with another_run(tmp_path / "lock") as first:
        with (
            pytest.raises(TimeoutError, match=rf"still in use by process {first.pid} \(") as error,
            lock.held(tmp_path / "lock"),
        ):
            raise AssertionError("it is held")
        assert error.value.filename == str(tmp_path / "lock")
        assert capsys.readouterr().err.count("Waiting for") == 1


def test_the_lock_of_a_killed_run_blocks_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "PATIENCE", -1)
    with another_run(tmp_path / "lock") as first:
        first.kill()
        first.wait()
    assert (tmp_path / "lock").exists()
    with lock.held(tmp_path / "lock"):
        assert (tmp_path / "lock").read_text("utf-8").startswith(f"process {os.getpid()} (")
    assert list(tmp_path.iterdir()) == []


def test_a_lock_whose_file_was_removed_meanwhile_is_taken_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, real, another_takes_it = tmp_path / "lock", lock._lock, [False, True]

    def late(descriptor: int) -> None:
        if another_takes_it:  # the last holder leaves between the opening and the locking
            path.unlink()
            if another_takes_it.pop():
                path.touch()
        real(descriptor)

    monkeypatch.setattr(lock, "_lock", late)
    with lock.held(path):
        assert path.read_text("utf-8").startswith(f"process {os.getpid()} (")
    assert another_takes_it == []


def test_a_lock_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine", encoding="utf-8")
    (tmp_path / "lock").symlink_to(tmp_path / "mine")
    with pytest.raises(OSError, match="symbolic links"), lock.held(tmp_path / "lock"):
        raise AssertionError("it is no lock")
    assert (tmp_path / "mine").read_text("utf-8") == "mine"


def test_a_lock_that_is_somebody_s_file_by_another_name_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine", encoding="utf-8")
    (tmp_path / "lock").hardlink_to(tmp_path / "mine")
    with pytest.raises(FileExistsError, match="no lock file") as refused, lock.held(tmp_path / "lock"):
        raise AssertionError("it is no lock")
    assert refused.value.filename == str(tmp_path / "lock")
    assert (tmp_path / "mine").read_text("utf-8") == (tmp_path / "lock").read_text("utf-8") == "mine"


def test_what_is_no_file_is_no_lock_and_is_left_alone(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "lock")
    with pytest.raises(FileExistsError, match="no lock file"), lock.held(tmp_path / "lock"):
        raise AssertionError("it is no lock")
    assert (tmp_path / "lock").is_fifo()


def test_runs_that_start_together_all_come_through_one_after_the_other(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from generator.lock import held\n"
        "here = Path(sys.argv[1])\n"
        "for _ in range(30):\n"
        "    with held(here / 'lock' / 'lock'):\n"
        "        (here / 'inside').mkdir()\n"  # fails where another one is inside
        "        (here / 'inside').rmdir()\n"
    )
    runs = [
        subprocess.Popen([sys.executable, "-c", program, str(tmp_path)], cwd=ROOT, stderr=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    for run in runs:
        _, said = run.communicate()
        assert run.returncode == 0, said


def test_a_folder_that_another_run_removes_as_it_is_made_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mkdir = Path.mkdir
    refused: list[Path] = []

    def once_too_late(path: Path, mode: int = 0o777, parents: bool = False, exist_ok: bool = False) -> None:
        if not refused:
            refused.append(path)
            raise FileExistsError(17, "File exists", str(path))
        mkdir(path, mode, parents, exist_ok)

    monkeypatch.setattr(Path, "mkdir", once_too_late)
    with lock.held(tmp_path / "folder" / "lock"):
        assert refused
