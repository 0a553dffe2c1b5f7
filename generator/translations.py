"""Which texts follow a change in another language, and which do not yet: known from content, without dates or git.

`content/translations.lock` holds, for each text that somebody confirmed, a line with the entry and a short hash of
the text in each language: these belonged together. A text whose hashes are one of the entry's lines is current. One
that shares a hash with a line that no text has any more, and differs from it elsewhere, changed in some languages
only: the others are stale. Everything else is new and counts as current until it is confirmed. No line says where
in the entry its text stands, so that nothing is stale because it was moved.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from . import files
from .folder import SETTINGS_FILE
from .handbook import Handbook
from .inside import Whole
from .kept import Kept
from .problems import NO_HINT, Problem, Problems, RefusedError, code, phrase
from .raw_text import UnreadableError, text_of
from .reader import KeyPath
from .spelling import did_you_mean
from .statements import Text

FILE: Final = "translations.lock"
MAX_LOCK: Final = 64 * 1024 * 1024
"""Bytes: half a kilobyte for each of a hundred thousand entries, and no more than can be read at once."""
HEAD: Final = (
    "# Texts confirmed to say the same in each language. Generated: run `python -m generator status --confirm`.\n"
)

Pairing = tuple[str, ...]
"""`language=hash` of one text in each language that it has, sorted."""
Lock = Mapping[str, Iterable[Pairing]]
"""Entry id (of the settings, their file name) to the texts that were confirmed in it."""
StaleLanguages = Mapping[int, frozenset[str]]
"""`id()` of each stale text to the languages in which it is stale: the same words may be current elsewhere."""

_line = re.compile(r"(?P<entry>\S+)(?P<hashes>(?: [\w-]+=[0-9a-f]{10}){2,})")


@dataclass(frozen=True)
class Stale:
    """A text that does not follow a change in other languages."""

    entry_id: str
    """Empty for the settings."""
    path: KeyPath
    text: Text
    languages: frozenset[str]
    """Languages whose words are as they were."""
    changed: frozenset[str]
    """Languages whose words are not."""


def pairing(text: Text) -> Pairing:
    """What the lock says of `text`. Line breaks and spaces do not count: a text may be wrapped anew."""
    return tuple(sorted([f"{language}={_hash(words)}" for language, words in text.by_language.items()]))


def models(handbook: Handbook) -> dict[str, Whole]:
    """Everything that has texts, by entry id; the settings under the empty one."""
    return {"": handbook.settings, **handbook.entries}


def read(folder: Path, problems: Problems) -> Lock:
    """The lock in `folder`, nothing where there is none; lines that it cannot have are problems."""
    path, file = folder / FILE, f"{folder.name}/{FILE}"
    lock: dict[str, list[Pairing]] = {}
    try:
        lines = text_of(path, file, MAX_LOCK).splitlines() if os.path.lexists(path) else []
    except UnreadableError as error:
        for problem in error.problems:
            problems.add(problem)
        return {}
    for number, line in enumerate(lines, 1):
        match = _line.fullmatch(line)
        if match:
            lock.setdefault(match["entry"], []).append(tuple(sorted(match["hashes"].split())))
        elif line and not line.startswith("# "):
            wrong = phrase("expected.lock-line"), code(line), phrase("hint.confirm-all")
            problems.add(Problem(file, number, 1, "", *wrong))
    return lock


def kept_lock(folder: Path, problems: Problems, kept: Kept) -> Lock:
    """As `read`, and the very same lock as long as the file is."""

    def make(_: object) -> tuple[Lock, list[Problem]]:
        found = Problems()
        return read(folder, found), found.found

    path = str(folder / FILE)
    lock, found = kept.get(path, kept.versions.of(path), make)
    for problem in found:
        problems.add(problem)
    return lock


def confirm(handbook: Handbook, entry_ids: Collection[str] = ()) -> bool:
    """Write into the lock that the texts of these entries belong together, or those of all; whether it changed.

    Raises `RefusedError` for an id that no entry has.
    """
    for entry_id in entry_ids:
        if entry_id not in {_name(own) for own in models(handbook)}:
            hint = did_you_mean(entry_id, handbook.entries) or NO_HINT
            raise RefusedError(entry_id, phrase("expected.id-of-entry"), code(entry_id), hint)
    lock = {entry_id: list(pairs) for entry_id, pairs in read(handbook.folder, Problems()).items()} if entry_ids else {}
    for entry_id, model in models(handbook).items():
        if not entry_ids or _name(entry_id) in entry_ids:
            lock[_name(entry_id)] = _pairings(model)
    lines = sorted(
        f"{entry} {' '.join(sorted(pair, key=_language))}\n" for entry, pairs in lock.items() for pair in pairs
    )
    return files.replace(handbook.folder / FILE, HEAD + "".join(lines))


StaleIn = Mapping[str, tuple[Whole, Iterable[Pairing], list[Stale]]]
"""Entry id to the entry, what was confirmed of it, and what is stale in it."""


def stale_in(handbook: Handbook, lock: Lock, before: StaleIn | None = None) -> StaleIn:
    """What is stale in every entry. What was found `before` is taken over where neither entry nor lock has changed."""
    found: dict[str, tuple[Whole, Iterable[Pairing], list[Stale]]] = {}
    for entry_id, model in models(handbook).items():
        confirmed = lock.get(_name(entry_id), ())
        known = before.get(entry_id) if before else None
        if known and known[0] is model and known[1] is confirmed:
            found[entry_id] = known
        else:
            found[entry_id] = model, confirmed, list(_stale_in(entry_id, model.inside.texts, confirmed))
    return found


def stale(handbook: Handbook) -> list[Stale]:
    """Every text that does not follow a change in another language, in the order of the handbook."""
    entries = stale_in(handbook, read(handbook.folder, Problems()))
    return [text for *_, found in entries.values() for text in found]


def unconfirmed(handbook: Handbook) -> int:
    """How many texts are in no line of the lock: new ones, changed ones, and those that are stale."""
    lock = read(handbook.folder, Problems())
    return sum(
        (Counter(_pairings(model)) - Counter(lock.get(_name(entry_id), ()))).total()
        for entry_id, model in models(handbook).items()
    )


def _pairings(model: Whole) -> list[Pairing]:
    """What the lock says of the texts that stand in several languages; the others cannot become stale."""
    return [pair for _, text in model.inside.texts if len(pair := pairing(text)) > 1]


def stale_languages(handbook: Handbook, entries: StaleIn | None = None) -> StaleLanguages:
    """What is stale (or what `stale_in` has found), for those who hold a text and not its place."""
    texts = (text for *_, found in entries.values() for text in found) if entries else stale(handbook)
    return {id(text.text): text.languages for text in texts}


def _stale_in(entry_id: str, found: list[tuple[KeyPath, Text]], confirmed: Iterable[Pairing]) -> Iterator[Stale]:
    left = Counter(confirmed)
    if not left:
        return
    changed: list[tuple[KeyPath, Text, Pairing]] = []
    for path, text in found:
        pair = pairing(text)
        if left[pair]:
            left[pair] -= 1  # a line stands for one text: another one with the same words has its own
        else:
            changed.append((path, text, pair))
    for path, text, pair in changed:
        now = set(pair)
        before = max(sorted(+left), key=lambda old: len(now.intersection(old)), default=pair)
        kept = set(map(_language, now.intersection(before)))
        other = set(map(_language, now.difference(before))) & set(map(_language, before))
        if kept:
            left[before] -= 1
        if kept and other:
            yield Stale(entry_id, path, text, frozenset(kept), frozenset(other))


def _name(entry_id: str) -> str:
    return entry_id or SETTINGS_FILE


def _language(part: str) -> str:
    return part.partition("=")[0]


def _hash(words: str) -> str:
    return hashlib.blake2b("".join(words.split()).encode("utf-8"), digest_size=5).hexdigest()
