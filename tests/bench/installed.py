"""The other generators, each in an environment of its own below the work folder, at the versions pinned in peers/."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

from .measure import FailedError
from .sites import PEERS


def python(work: Path, name: str) -> Path:
    """The Python of a virtual environment with what peers/NAME.txt says. Raises `FailedError` where pip does."""
    pins, folder = PEERS / f"{name}.txt", work / "installed" / name
    if not _is_current(folder, pins):
        shutil.rmtree(folder, ignore_errors=True)
        _run([sys.executable, "-m", "venv", folder], work)
        pip: list[str | Path] = [
            folder / "bin" / "python",
            "-m",
            "pip",
            "--disable-pip-version-check",
            "--quiet",
            "install",
        ]
        _run([*pip, "--no-deps", "--requirement", pins], work)
        _mark(folder, pins)
    return folder / "bin" / "python"


def node_modules(work: Path) -> Path:
    """The folder with VitePress and what it needs. Raises `FailedError` where npm does."""
    pins, folder = PEERS / "vitepress" / "package.json", work / "installed" / "vitepress"
    if not _is_current(folder, pins):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        shutil.copy(pins, folder)
        _run(["npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "--loglevel=error"], folder)
        _mark(folder, pins)
    return folder / "node_modules"


def version(file: str, package: str) -> str:
    """The version of a package that a file of peers/ pins."""
    found = re.search(rf'^\W*{package}(?:==|": ")([\w.]+)', (PEERS / file).read_text(encoding="utf-8"), re.MULTILINE)
    assert found, f"{package} is not in {file}"
    return found[1]


def _is_current(folder: Path, pins: Path) -> bool:
    mark = folder / "pins"
    return mark.exists() and mark.read_text() == _digest(pins)


def _mark(folder: Path, pins: Path) -> None:
    (folder / "pins").write_text(_digest(pins))


def _digest(pins: Path) -> str:
    return hashlib.sha256(pins.read_bytes()).hexdigest()


def _run(arguments: list[str | Path], folder: Path) -> None:
    try:
        done = subprocess.run(arguments, cwd=folder, capture_output=True, text=True)
    except OSError as error:
        raise FailedError(f"{arguments[0]}: {error.strerror}") from error
    if done.returncode:
        raise FailedError((done.stderr.strip() or done.stdout.strip()).splitlines()[-1])
