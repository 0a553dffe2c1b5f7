"""What every page was made from, kept in docs/ for the next process: it renders only what has changed since.

The trace of a page is a digest of its shape and of the value of each of its uses (see `renewal` and `uses`), with the
digests of what was written. Where all of them are as they were, the page would come out as it did: these are the
verifying traces of Mokhov, Mitchell and Peyton Jones, "Build Systems à la Carte" (2018). A file of traces that is
damaged, or of other settings, words, templates or code, is ignored.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from . import files, glossary, runtime
from .output import OWN
from .renewal import Basis, Done
from .runtime import digest
from .uses import ADDRESS, ANY, DERIVED, EVERYTHING, GLOSSARY, ORDER_OF_ANSWERS, ORDER_OF_RANKS, RELATIONS, Use

FILE: Final = f"{OWN}/traces"


class Traces:
    """The traces in `docs`, for pages that are made from this basis and the templates in this folder."""

    def __init__(self, docs: Path, basis: Basis, templates: Path) -> None:
        self._file = docs / FILE
        self._basis = basis
        self._templates = templates
        self._digests: dict[Use, str] = {}

    def load(self) -> dict[str, Done]:
        """The pages, by path, of which nothing that they use has changed."""
        try:
            checksum, _, text = self._file.read_bytes().partition(b"\n")
            if checksum.decode("ascii") != _checksum([text]):
                return {}
            general, uses, pages = json.loads(text)
            if general != self._general:
                return {}
            known = [(key, name) for key, name, _ in uses]
            same = {number for number, use in enumerate(known) if self._digest(use) == uses[number][2]}
            return {
                path: Done(None, shape, frozenset(known[number] for number in used), digests)
                for path, shape, used, digests in pages
                if same.issuperset(used)
            }
        except (OSError, ValueError, TypeError, LookupError, AttributeError, RecursionError):
            return {}

    def save(self, done: Mapping[str, Done]) -> None:
        """Leave those of all pages that are `done` to the next process; without them it does its work."""
        pages = {path: known for path, known in done.items() if known.page}
        uses = sorted({use for known in pages.values() for use in known.uses})
        numbers = {use: number for number, use in enumerate(uses)}
        told = [
            *(b"[", json.dumps(self._general).encode("ascii"), b","),
            *_list((*use, self._digest(use)) for use in uses),
            b",",
            *_list(
                (path, its.shape, sorted(numbers[use] for use in its.uses), its.digests) for path, its in pages.items()
            ),
            b"]",
        ]
        with suppress(OSError):
            files.leave(self._file, [_checksum(told).encode("ascii"), b"\n", *told])

    @cached_property
    def _general(self) -> str:
        """A digest of what every page depends on."""
        basis = self._basis
        templates = [path for path in sorted(self._templates.rglob("*")) if path.is_file()]
        texts = [(str(path.relative_to(self._templates)), path.read_bytes()) for path in templates]
        return digest(runtime.version(), basis.plan.handbook.settings, _marks(basis, ""), basis.words, texts)

    def _digest(self, use: Use) -> str:
        if use not in self._digests:
            entries = self._basis.plan.handbook.entries
            value = [self._digest((own, ANY)) for own in entries] if use == EVERYTHING else _value(self._basis, use)
            self._digests[use] = digest(value)
        return self._digests[use]


def _list(items: Iterable[object]) -> Iterator[bytes]:
    """A list in JSON, item by item: for all of a handbook at once `json` holds many times the text in pieces."""
    yield b"["
    for number, item in enumerate(items):
        yield f"{',' if number else ''}{json.dumps(item)}".encode("ascii")
    yield b"]"


def _checksum(pieces: Iterable[bytes]) -> str:
    checksum = hashlib.blake2b(digest_size=16)
    for piece in pieces:
        checksum.update(piece)
    return checksum.hexdigest()


def _value(basis: Basis, use: Use) -> object:
    """What the page finds that uses this; of an entry, as it is written in its file."""
    handbook, (key, name) = basis.plan.handbook, use
    if use in (ORDER_OF_ANSWERS, ORDER_OF_RANKS):
        return list(handbook.collections[name])
    if use == RELATIONS:
        return basis.plan.relations
    if use == GLOSSARY:
        return glossary.told(handbook)
    if name == ADDRESS:
        return basis.plan.addresses.get(key)
    entry = handbook.entries.get(key)
    if entry is None:
        return None
    kind, marks = type(entry), _marks(basis, key)
    if derive := DERIVED[kind].get(name):
        return kind, derive(entry), marks
    origin = handbook.origins[key]
    written: Any = origin.document.data
    for part in origin.prefix:
        written = written[part]
    if name == ANY:
        return key, kind, written, marks
    return kind, written.get(name), [mark for mark in marks if mark[0][0] == name]


def _marks(basis: Basis, key: str) -> list[tuple[tuple[str | int, ...], list[str]]]:
    """What of an entry is stale: paths of texts, and languages."""
    return [(stale.path, sorted(stale.languages)) for stale in basis.stale[key][2]]
