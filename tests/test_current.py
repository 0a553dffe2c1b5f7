"""`build` says at once that there is nothing to do, and only when that is so."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from generator import current
from generator.cli.main import main

from .support.paths import ROOT, SMALL


@pytest.fixture(params=[0, current.YOUNG], ids=["times are trusted", "bytes are compared"])
def built(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with content and docs that are current."""
    monkeypatch.setattr(current, "YOUNG", request.param)
    shutil.copytree(SMALL, tmp_path / "content")
    assert main(["build", "--content", str(tmp_path / "content"), "--docs", str(tmp_path / "docs")]) == 0
    return tmp_path


def is_current(folder: Path) -> bool:
    return current.is_current(folder / "content", folder / "docs") is not None


def test_what_was_built_is_current(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert is_current(built)
    capsys.readouterr()
    arguments = ["build", "--content", str(built / "content"), "--docs", str(built / "docs"), "--lang", "en"]
    assert current.answered(arguments)
    quick = capsys.readouterr().out
    assert main(arguments) == 0
    assert capsys.readouterr().out == quick == "0 pages written, 47 unchanged, 0 removed\n"


def test_content_that_was_only_touched_is_current(built: Path) -> None:
    for path in (built / "content").rglob("*.yml"):
        os.utime(path, (0, 0))
    assert is_current(built)


def test_nothing_is_current_that_was_built_before_the_machine_was_started(
    built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (built / "boot").write_text("another\n", encoding="ascii")
    monkeypatch.setattr(current, "BOOT", built / "boot")
    assert not is_current(built)


def _note(change: Callable[[list[object]], object]) -> Callable[[Path], object]:
    def edit(folder: Path) -> None:
        note = folder / "docs" / current.NOTE
        told = json.loads(note.read_bytes())
        change(told)
        note.write_text(json.dumps(told), encoding="ascii")

    return edit


EDITS: dict[str, Callable[[Path], object]] = {
    "an entry": lambda folder: (folder / "content/tips/wipe.yml").write_bytes(b"x"),
    "a new entry": lambda folder: shutil.copy(folder / "content/tips/wipe.yml", folder / "content/tips/new.yml"),
    "a deleted entry": lambda folder: (folder / "content/tips/wipe.yml").unlink(),
    "a renamed entry": lambda folder: (folder / "content/tips/wipe.yml").rename(folder / "content/tips/new.yml"),
    "the lock": lambda folder: (folder / "content/translations.lock").write_bytes(b""),
    "the fingerprint": lambda folder: (folder / "content/letters.fingerprint").write_bytes(b""),
    "an edited page": lambda folder: (folder / "docs/en/tips/wipe.md").write_bytes(b"mine"),
    "a deleted page": lambda folder: (folder / "docs/en/tips/wipe.md").unlink(),
    "a file among the pages": lambda folder: (folder / "docs/en/tips/mine.md").write_bytes(b"mine"),
    "the manifest": lambda folder: (folder / "docs/.generated/pages.json").write_bytes(b"{}"),
    "no note": lambda folder: (folder / "docs" / current.NOTE).unlink(),
    "a damaged note": lambda folder: (folder / "docs" / current.NOTE).write_bytes(b'["", ""'),
    "a note of another form": lambda folder: (folder / "docs" / current.NOTE).write_bytes(b"{}"),
    "a note of other values": _note(lambda told: told.__setitem__(4, [1, None])),
    "a note without digests": _note(lambda told: told.__setitem__(slice(0, 3), ["", "", ""])),
    "a note of fewer pages": _note(lambda told: told.__setitem__(4, [])),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_after_any_change_the_build_does_its_work(edit: Callable[[Path], object], built: Path) -> None:
    edit(built)
    assert not is_current(built)


def test_another_generator_or_another_python_does_its_work(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(sys, "version", "4.0")
        assert not is_current(built)
    code = built / "generator"
    shutil.copytree(ROOT / "generator", code, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(current, "_CODE", code)
    before = current.Inputs(built / "content")
    current.note(built / "content", built / "docs", before, ["index.md"], {"en": "nothing"})
    assert is_current(built)
    (code / "templates" / "tip.md.j2").write_bytes(b"x")
    assert not is_current(built)


def test_nothing_is_noted_of_content_that_changes_during_the_build(built: Path) -> None:
    before = current.Inputs(built / "content")
    (built / "docs" / current.NOTE).unlink()
    (built / "content/tips/wipe.yml").write_bytes(b"x")
    current.note(built / "content", built / "docs", before, ["index.md"], {"en": "nothing"})
    assert not (built / "docs" / current.NOTE).exists()


def test_the_answer_needs_no_package(tmp_path: Path) -> None:
    program = (
        "import runpy, sys; quick = sys.argv.pop(1) == 'quick'\n"
        "if quick: sys.modules.update(pydantic=None, jinja2=None, yaml=None, mkdocs=None)\n"
        "runpy.run_module('generator', run_name='__main__', alter_sys=True)"
    )
    command = ["build", "--content", str(SMALL), "--docs", str(tmp_path / "docs"), "--lang", "en"]
    for kind in ("slow", "quick"):
        done = subprocess.run([sys.executable, "-c", program, kind, *command], cwd=ROOT, capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "0 pages written, 47 unchanged, 0 removed\n"
