"""Files that are written whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path


def leave(path: Path, pieces: Iterable[bytes]) -> None:
    """Leave these bytes to the next run; everybody may read them, as all of docs/. Raises `OSError`."""
    beside = path.with_suffix(".new")
    with beside.open("wb") as file:
        file.writelines(pieces)
    beside.chmod(0o644)
    beside.replace(path)


def replace(path: Path, text: str) -> bool:
    """Make `path`, among the files of the authors, hold `text`, line ends as they are in it; whether that changed
    anything. Raises `OSError`.
    """
    data = text.encode("utf-8")
    if path.is_file() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    try:
        beside.write_bytes(data)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return True
