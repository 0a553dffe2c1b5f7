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
from functools import partial
from pathlib import Path
from typing import Final

from ..memo import FileMemo, Memo
from ..problems import NO_HINT, Problem, Problems, RefusedError, code, did_you_mean, phrase
from .files import SETTINGS_FILE
from .handbook import Handbook
from .introspection import Indexed
from .text_file import UnreadableError, replace_text, text_of
from .types import Text
from .yaml_reader import KeyPath

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


def models(handbook: Handbook) -> dict[str, Indexed]:
    """Everything that has texts, by entry id; the settings under the empty one."""
    return {"": handbook.settings, **handbook.entries}


def read(folder: Path, problems: Problems, files: FileMemo | None = None) -> Lock:
    """The lock in `folder`, nothing where there is none; lines that it cannot have are problems.

    With the memo of an earlier time, a lock that is what it was is the very same object.
    """
    path = folder / FILE
    found = (files or FileMemo())(_LockFile, str(path), lambda _: _read(path, f"{folder.name}/{FILE}"))
    problems.extend(found.problems)
    return found.lock


@dataclass(frozen=True)
class _LockFile:
    lock: Lock
    problems: list[Problem]


def _read(path: Path, file: str) -> _LockFile:
    lock: dict[str, list[Pairing]] = {}
    try:
        lines = text_of(path, file, MAX_LOCK).splitlines() if os.path.lexists(path) else []
    except UnreadableError as error:
        return _LockFile({}, error.problems)
    problems: list[Problem] = []
    for number, line in enumerate(lines, 1):
        match = _line.fullmatch(line)
        if match:
            lock.setdefault(match["entry"], []).append(tuple(sorted(match["hashes"].split())))
        elif line and not line.startswith("# "):
            wrong = phrase("expected.lock-line"), code(line), phrase("hint.confirm-all")
            problems.append(Problem(file, number, 1, "", *wrong))
    return _LockFile(lock, problems)


def confirm(handbook: Handbook, entry_ids: Collection[str] = ()) -> bool:
    """Write into the lock that the texts of these entries belong together, or those of all; whether it changed.

    Raises `RefusedError` for an id that no entry has.
    """
    for entry_id in entry_ids:
        if entry_id not in {_name(own) for own in models(handbook)}:
            if entry_id in handbook.drafts:
                found = phrase("found.draft", id=entry_id)
                raise RefusedError(entry_id, phrase("expected.finished"), found, phrase("hint.finish-first"))
            hint = did_you_mean(entry_id, handbook.entries) or NO_HINT
            raise RefusedError(entry_id, phrase("expected.id-of-entry"), code(entry_id), hint)
    lock = {entry_id: list(pairs) for entry_id, pairs in read(handbook.folder, Problems()).items()} if entry_ids else {}
    for entry_id, model in models(handbook).items():
        if not entry_ids or _name(entry_id) in entry_ids:
            lock[_name(entry_id)] = _pairings(model)
    lines = sorted(
        f"{entry} {' '.join(sorted(pair, key=_language))}\n" for entry, pairs in lock.items() for pair in pairs
    )
    return replace_text(handbook.folder / FILE, HEAD + "".join(lines))


def stale(handbook: Handbook, lock: Lock | None = None, memo: Memo | None = None) -> list[Stale]:
    """Every text that does not follow a change in another language, in the order of the handbook.

    With the memo of an earlier time, entries are looked at again where they or what was confirmed of them have changed.
    """
    lock = _followed(handbook, read(handbook.folder, Problems()) if lock is None else lock)
    memo = memo or Memo()
    found: list[Stale] = []
    for entry_id, model in models(handbook).items():
        confirmed = lock.get(_name(entry_id), ())
        found += memo(("stale", entry_id), (model, confirmed), partial(_stale_of, entry_id, model, confirmed))
    return found


def stale_languages(found: Iterable[Stale]) -> StaleLanguages:
    """What is stale, for those who hold a text and not its place."""
    return {id(text.text): text.languages for text in found}


def confirmed(handbook: Handbook) -> Iterator[Text]:
    """Every text that is in a line of the lock, with all its languages."""
    lock = _followed(handbook, read(handbook.folder, Problems()))
    for entry_id, model in models(handbook).items():
        left = Counter(lock.get(_name(entry_id), ()))
        for _, text in model.index.texts:
            pair = pairing(text)
            if left[pair]:
                left[pair] -= 1
                yield text


def unconfirmed(handbook: Handbook) -> dict[str, int]:
    """How many texts of each entry are in no line of the lock: new ones, changed ones, and those that are stale."""
    sure = {id(text) for text in confirmed(handbook)}
    counts = {
        _name(entry_id): sum(len(pairing(text)) > 1 and id(text) not in sure for _, text in model.index.texts)
        for entry_id, model in models(handbook).items()
    }
    return {name: count for name, count in counts.items() if count}


def _followed(handbook: Handbook, lock: Lock) -> Lock:
    """`lock`, in which an entry that has got another id keeps what was confirmed of it.

    It is known by its texts: most of what is confirmed of an entry that is no more stands in one that is new.
    """
    there = {_name(entry_id): model for entry_id, model in models(handbook).items()}
    left = {name: Counter(pairs) for name, pairs in lock.items() if name not in there and pairs}
    renamed = {}
    for name, model in there.items() if left else ():
        if name not in lock and (own := Counter(_pairings(model))):
            old = max(left, key=lambda one: (own & left[one]).total(), default=None)
            if old and (own & left[old]).total() * 2 > left[old].total():
                renamed[name] = lock[old]
                del left[old]
    return {**lock, **renamed}


def _pairings(model: Indexed) -> list[Pairing]:
    """What the lock says of the texts that stand in several languages; the others cannot become stale."""
    return [pair for _, text in model.index.texts if len(pair := pairing(text)) > 1]


def _stale_of(entry_id: str, model: Indexed, confirmed: Iterable[Pairing]) -> list[Stale]:
    return list(_stale_in(entry_id, model.index.texts, confirmed))


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
