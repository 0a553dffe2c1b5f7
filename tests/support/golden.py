"""Keep the texts of many pages that have much in common, so that a change in common shows in few places.

An element that stands like that on an earlier page is written as its first line and ` = ` that page. Nothing is left
out: `unfolded` gives every page back.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

WORTH: Final = 200
"""Characters that an element must have to be named instead of written again."""

_named = re.compile(r"( *)(<.*>) = ([^>]+)")


def folded(pages: dict[str, str]) -> dict[str, str]:
    """`pages` with what an earlier one has as well only named."""
    known: dict[str, str] = {}
    found = {}
    for page, text in sorted(pages.items()):
        lines = text.split("\n")
        rest, written = 0, []
        for at, line in enumerate(lines):
            if at < rest:
                continue
            end = _end(lines, at)
            element = _element(lines, at, end)
            if element in known:
                written.append(f"{line} = {known[element]}")
                rest = end
            else:
                written.append(line)
        found[page] = "\n".join(written)
        for at in _single(lines):
            element = _element(lines, at, _end(lines, at))
            if len(element) >= WORTH:
                known.setdefault(element, page)
    return found


def unfolded(pages: dict[str, str]) -> dict[str, str]:
    """What was `folded`."""
    found: dict[str, list[str]] = {}
    for page, text in sorted(pages.items()):
        lines: list[str] = []
        for line in text.split("\n"):
            named = _named.fullmatch(line)
            there = found.get(named[3], []) if named else []
            at = next((at for at in _single(there) if named and there[at].lstrip(" ") == named[2]), None)
            if named and at is not None:
                lines += (named[1] + part for part in _element(there, at, _end(there, at)).split("\n"))
            else:  # where the page named is lost, its name is left, and seen as a difference
                lines.append(line)
        found[page] = lines
    return {page: "\n".join(lines) for page, lines in found.items()}


def _single(lines: list[str]) -> Iterator[int]:
    """Where elements begin whose first line is the only one of its kind on the page."""
    counts = Counter(line.lstrip(" ") for line in lines)
    return (at for at, line in enumerate(lines) if line.endswith(">") and counts[line.lstrip(" ")] == 1)


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _end(lines: list[str], at: int) -> int:
    """Where the node ends that begins at `at`."""
    within = " " * (_depth(lines[at]) + 1)
    return next((end for end in range(at + 1, len(lines)) if not lines[end].startswith(within)), len(lines))


def _element(lines: list[str], at: int, end: int) -> str:
    depth = _depth(lines[at])
    return "\n".join(line[depth:] for line in lines[at:end])


def read(folder: Path) -> dict[str, str]:
    """The texts that are kept in `folder`."""
    files = {path.relative_to(folder).as_posix().removesuffix(".txt"): path for path in folder.rglob("*.txt")}
    return unfolded({name: path.read_text(encoding="utf-8") for name, path in files.items()})


def write(folder: Path, pages: dict[str, str]) -> None:
    """Keep `pages` in `folder`."""
    for path in folder.rglob("*.txt"):
        path.unlink()
    for name, text in folded(pages).items():
        path = folder / f"{name}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
