"""Check that a quotation stands in a source document whose text is not ours to publish.

The document is kept as a fingerprint: for each of its lines, short hashes of every run of three
characters. A quotation is accepted when each of its own runs is among those of the cited lines. At 16
bits a run there are billions of texts for every fingerprint, so it cannot be read back, while a changed
character makes three unknown runs and passes by chance about once in a million (line of 300 characters).
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from .text_file import text_of

RUN: Final = 3
MAX_FINGERPRINT: Final = 16 * 1024 * 1024
"""Bytes: a document of some three million characters."""
ELLIPSIS: Final = "…"

Fingerprint = list[frozenset[str]]
"""One set of hashes per line; line 1 is item 0."""


def runs(text: str) -> list[str]:
    """Hashes (four hexadecimal digits) of every run of three characters, spaces left out."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    pieces = (plain[start : start + RUN] for start in range(len(plain) - RUN + 1))
    return [hashlib.blake2b(piece.encode(), digest_size=2).hexdigest() for piece in pieces]


def write(document: str) -> str:
    """The fingerprint of `document` as text: one line per line, hashes sorted."""
    return "".join("".join(sorted(set(runs(line)))) + "\n" for line in document.splitlines())


def read(path: Path) -> Fingerprint:
    """Read what `write` made. Raises `UnreadableError`."""
    lines = text_of(path, path.name, MAX_FINGERPRINT).splitlines()
    return [frozenset(line[start : start + 4] for start in range(0, len(line), 4)) for line in lines]


def stands_in(quote: str, lines: Iterable[int], fingerprint: Fingerprint) -> bool:
    """Whether every part of `quote` (parts are divided by an ellipsis) stands in one of `lines` (from 1)."""
    known = [fingerprint[line - 1] for line in lines if 0 < line <= len(fingerprint)]
    return all(any(set(runs(part)) <= line for line in known) for part in quote.split(ELLIPSIS) if part.strip())
