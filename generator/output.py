"""Write the pages: only what changed, each file whole; remove only what an earlier run made."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from .problems import ContentError, Problem

MANIFEST: Final = ".generated.json"
"""File in docs/ that lists what the generator made."""


@dataclass(frozen=True)
class Written:
    """What a run did, as paths below docs/."""

    changed: list[str]
    removed: list[str]
    kept: int


def write(docs: Path, pages: Mapping[str, str]) -> Written:
    """Make docs/ hold `pages` (path below docs/ to text) and nothing else that the generator ever made.

    Raises `ContentError` when a page would replace a file that the generator did not make; nothing is
    written then.
    """
    made = _manifest(docs)
    _refuse_foreign(docs, set(pages) - made)
    docs.mkdir(parents=True, exist_ok=True)
    # The list first, with old and new: whatever happens next, every file of ours is on it.
    _save_manifest(docs, made | set(pages))
    changed = [path for path, text in pages.items() if _write_if_changed(docs / path, text)]
    removed = sorted(made - set(pages))
    for path in removed:
        (docs / path).unlink(missing_ok=True)
        _remove_empty_folders(docs, (docs / path).parent)
    _save_manifest(docs, pages)
    return Written(changed, removed, len(pages) - len(changed))


def _manifest(docs: Path) -> set[str]:
    try:
        listed = json.loads((docs / MANIFEST).read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return set()
    return {path for path in listed if isinstance(path, str) and not Path(path).is_absolute() and ".." not in path}


def _save_manifest(docs: Path, paths: Iterable[str]) -> None:
    _write_if_changed(docs / MANIFEST, json.dumps(sorted(paths), indent=0) + "\n")


def _refuse_foreign(docs: Path, paths: Iterable[str]) -> None:
    problems = [
        Problem(str(docs / path), 0, 0, "", "no file here", "one that the generator did not make", "move it away")
        for path in sorted(paths)
        if (docs / path).exists()
    ]
    if problems:
        raise ContentError(problems)


def _write_if_changed(path: Path, text: str) -> bool:
    """Write `text` unless it is there already: `mkdocs serve` must not see a change where there is none."""
    data = text.encode("utf-8")
    try:
        if path.read_bytes() == data:
            return False
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    # Beside the target and then renamed, so that nobody ever reads half a page.
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    beside = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        beside.chmod(0o644)
        beside.replace(path)
    except BaseException:
        beside.unlink()
        raise
    return True


def _remove_empty_folders(docs: Path, folder: Path) -> None:
    while folder != docs and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
