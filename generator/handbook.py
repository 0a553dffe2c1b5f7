"""Walk the content folder: every file read, every entry checked against its model, one `Handbook`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeVar, cast

from pydantic import BaseModel, ValidationError

from .entries import Entry
from .folder import RESERVED, SETTINGS_FILE, EntryFile, entry_files, read_inside
from .kept import Kept
from .model import COLLECTIONS
from .problems import NO_HINT, Phrase, Problem, Problems, code, phrase
from .reader import Document, KeyPath, UnreadableError, dotted
from .settings import Settings
from .spelling import did_you_mean
from .statements import ID_PATTERN

TODO: Final = "TODO"
"""What stands where an author has still to write something; a word of its own at the start of a value."""

_todo = re.compile(rf"\s*{TODO}\b")

_NAMES: Final[dict[type[Entry], str]] = {model: name for name, model in COLLECTIONS.items()}

E = TypeVar("E", bound=Entry)


@dataclass(frozen=True)
class Origin:
    """Where an entry is written: the file, the entry's name in messages, and its path within the file."""

    document: Document
    name: str
    prefix: KeyPath = ()

    def problem(self, path: KeyPath, expected: Phrase, found: Phrase, hint: Phrase = NO_HINT) -> Problem:
        """A problem at `path` of this entry."""
        place = self.document.place((*self.prefix, *path))
        key = dotted((self.name, *path)) if self.name else dotted(path)
        return Problem(self.document.file, place.line, place.column, key, expected, found, hint)


@dataclass
class Gaps:
    """What is written down but could not be used: references to it are not called unknown as well."""

    ids: set[str] = field(default_factory=set)
    collections: set[str] = field(default_factory=set)

    def excuse(self, reference: str, collection: str | None) -> bool:
        """Whether `reference` (to an entry of `collection`, or of any) may be in a gap."""
        unread = collection in self.collections if collection else bool(self.collections)
        return unread or reference in self.ids


@dataclass(frozen=True)
class Handbook:
    """All entries, by collection and by id; collections keep the order of their files.

    `origins` has one for each entry and, under the empty id, that of the settings.
    """

    folder: Path
    settings: Settings
    collections: Mapping[str, Mapping[str, Entry]]
    entries: Mapping[str, Entry]
    origins: Mapping[str, Origin]
    gaps: Gaps

    def all(self, kind: type[E]) -> dict[str, E]:
        """The entries of one kind, by id."""
        return cast(dict[str, E], self.collections[_NAMES[kind]])


def load(folder: Path, problems: Problems, kept: Kept | None = None) -> Handbook | None:
    """Read everything in `folder`. None where the settings themselves cannot be used.

    With what was `kept` of an earlier time, only files are read that have changed, and only entries are new that are
    not what they were.
    """
    kept = kept or Kept()
    settings, files = _settings(folder, problems, kept), _files(folder, problems, kept)
    before: _Right | None = kept.swap("handbook", None)
    handbook = None
    if before and settings and before.handbook.settings is settings[0] and before.files is files:
        handbook = _renewed(before, kept)
    handbook = handbook or _gathered(folder, settings, files, problems, kept)
    if handbook and not problems:
        kept.swap("handbook", _Right(handbook, files))
    return handbook


Files = Mapping[str, EntryFile]
"""Every file of entries by its path, in a fixed order."""


@dataclass(frozen=True)
class _Right:
    """A handbook that was read without a problem, and the files that it was read from."""

    handbook: Handbook
    files: Files


def _gathered(
    folder: Path, settings: tuple[Settings, Origin] | None, files: Files, problems: Problems, kept: Kept
) -> Handbook | None:
    """The entries of all files."""
    collections: dict[str, dict[str, Entry]] = {name: {} for name in COLLECTIONS}
    entries: dict[str, Entry] = {}
    origins: dict[str, Origin] = {}
    gaps = Gaps()
    taken = RESERVED.union(settings[0].editions if settings else ())
    for path, file in files.items():
        collection, entry_id = file.collection, file.entry_id
        (gaps.ids if entry_id else gaps.collections).add(entry_id or collection)  # until it has been read
        written = _kept_written(folder, path, file, kept)
        for problem in written.problems:
            problems.add(problem)
        for origin, data, entry in written.items:
            gaps.collections.discard(collection)
            if entry is None:
                gaps.ids.add(str(data.get("id")) if isinstance(data, dict) else "")
                continue
            own = entry.id
            gaps.ids.discard(own)
            if own in entries:
                problems.add(_not_its_own(origin, own, origins[own]))
                continue
            if own in taken:
                problems.add(origin.problem(("id",), phrase("expected.free-id"), code(own), phrase("hint.rename")))
            collections[collection][own] = entries[own] = entry
            origins[own] = origin
    if settings is None:
        return None
    origins[""] = settings[1]
    return Handbook(folder, settings[0], collections, entries, origins, gaps)


def _renewed(before: _Right, kept: Kept) -> Handbook | None:
    """The handbook of `before` with what is written now in the files that are known to have changed since.

    None where that is not known, or more than entries in files of their own may be others.
    """
    old, changed = before.handbook, kept.versions.changed
    if changed is None:
        return None
    collections, entries, origins = dict(old.collections), dict(old.entries), dict(old.origins)
    for path in before.files.keys() & changed:
        file = before.files[path]
        written = _kept_written(old.folder, path, file, kept)
        entry = written.items[0][2] if written.items and not written.problems else None
        if entry is None or file.entry_id is None:
            return None
        collections[file.collection] = {**collections[file.collection], entry.id: entry}
        entries[entry.id], origins[entry.id] = entry, written.items[0][0]
    return replace(old, collections=collections, entries=entries, origins=origins)


def _not_its_own(origin: Origin, entry_id: str, first: Origin) -> Problem:
    line = first.document.place(first.prefix).line
    taken = phrase("hint.taken", place=f"{first.document.file}:{line}")
    return origin.problem(("id",), phrase("expected.own-id"), code(entry_id), taken)


def walk(value: Any, path: KeyPath = ()) -> Iterator[tuple[KeyPath, Any]]:
    """Everything inside `value` with its key path, outermost first."""
    yield path, value
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from walk(getattr(value, name), (*path, name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from walk(item, (*path, index))


def _settings(folder: Path, problems: Problems, kept: Kept) -> tuple[Settings, Origin] | None:
    path = folder / SETTINGS_FILE

    def make(_: object) -> tuple[tuple[Settings, Origin] | None, list[Problem]]:
        found = Problems()
        return _read_settings(folder, path, found), found.found

    settings, found = kept.get(str(path), kept.versions.of(str(path)), make)
    for problem in found:
        problems.add(problem)
    return settings


def _read_settings(folder: Path, path: Path, problems: Problems) -> tuple[Settings, Origin] | None:
    document = _read(folder, path, f"{folder.name}/{SETTINGS_FILE}", problems)
    if document is None:
        return None
    origin = Origin(document, path.stem)
    settings = _validated(Settings, document.data, origin, problems)
    if settings is None:
        return None
    for name in RESERVED.intersection(settings.editions):
        problems.add(origin.problem(("editions", name), phrase("expected.free-id"), code(name)))
    document.forget_text()
    return settings, origin


def _files(folder: Path, problems: Problems, kept: Kept) -> Files:
    """Every file of entries. Where one is a link, it changes under another name."""
    folders = [folder, *(folder / name for name in COLLECTIONS)]

    def make(_: object) -> tuple[Files, list[Problem], bool]:
        found = Problems()
        files = {str(file.path): file for file in entry_files(folder, COLLECTIONS, found)}
        return files, found.found, any(path.is_symlink() for path in (*folders, *map(Path, files)))

    files, found, has_links = kept.get("files", [kept.versions.of(str(path)) for path in folders], make)
    for problem in found:
        problems.add(problem)
    if has_links:
        kept.versions.changed = None
    return files


@dataclass(frozen=True)
class _Written:
    """What one file holds: every entry with its origin and data, None for one that is not valid."""

    items: list[tuple[Origin, Any, Entry | None]]
    problems: list[Problem]


def _kept_written(folder: Path, path: str, file: EntryFile, kept: Kept) -> _Written:
    """What the file at `path` holds now."""
    found: _Written = kept.get(path, kept.versions.of(path), partial(_written, folder, file))
    return found


def _written(folder: Path, file: EntryFile, before: _Written | None) -> _Written:
    """Read a file; an entry that is what it was `before` is the same object."""
    problems = Problems()
    collection, path, name, entry_id = file
    document = _read(folder, path, name, problems)
    written: Iterator[tuple[Origin, Any]] = iter(())
    if document and entry_id is None:
        written = _in_list_file(document, collection, problems)
    elif document and entry_id is not None:
        written = _in_entry_file(document, entry_id, collection, problems)
    known = {entry.id: (data, entry) for _, data, entry in before.items if entry} if before else {}
    items: list[tuple[Origin, Any, Entry | None]] = []
    for origin, data in written:
        same = known.get(data["id"]) if isinstance(data, dict) and isinstance(data.get("id"), str) else None
        if same and same[0] == data and repr(same[0]) == repr(data):  # the languages of a text have an order
            items.append((origin, data, same[1]))
        else:
            items.append((origin, data, _validated(COLLECTIONS[collection], data, origin, problems)))
    if document:
        document.forget_text()
    return _Written(items, problems.found)


def _in_entry_file(
    document: Document, entry_id: str, collection: str, problems: Problems
) -> Iterator[tuple[Origin, Any]]:
    origin = Origin(document, f"{collection}.{entry_id}")
    if not isinstance(document.data, dict):
        problems.add(origin.problem((), phrase("expected.mapping"), phrase("found.list")))
    elif "id" in document.data:
        wrong = phrase("expected.no-id"), phrase("found.id"), phrase("hint.file-name-is-id")
        problems.add(origin.problem(("id",), *wrong))
    else:
        yield origin, {"id": entry_id, **document.data}


def _in_list_file(document: Document, collection: str, problems: Problems) -> Iterator[tuple[Origin, Any]]:
    if not isinstance(document.data, list):
        wrong = phrase("expected.list-of-entries"), phrase("found.mapping"), phrase("hint.start-with-id")
        problems.add(Origin(document, "").problem((), *wrong))
        return
    for index, data in enumerate(document.data):
        own = data.get("id") if isinstance(data, dict) else None
        name = f"{collection}.{own}" if isinstance(own, str) else f"{collection}[{index}]"
        yield Origin(document, name, (index,)), data


def _read(folder: Path, path: Path, file: str, problems: Problems) -> Document | None:
    try:
        return read_inside(folder, path, file)
    except UnreadableError as error:
        for problem in error.problems:
            problems.add(problem)
        return None


M = TypeVar("M", bound=BaseModel)


def _validated(model: type[M], data: Any, origin: Origin, problems: Problems) -> M | None:
    """`data` as a `model`, or None and its problems. What holds a `TODO` is not used: that is its only problem."""
    unwritten = dict(_unwritten(data)) if TODO in origin.document.text else {}
    for path, text in unwritten.items():
        problems.add(origin.problem(path, phrase("expected.written"), code(text), phrase("hint.write-over")))
    try:
        valid = model.model_validate(data)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            path = tuple(part for part in detail["loc"] if isinstance(part, str | int))
            if not any(path[: len(todo)] == todo for todo in unwritten):
                problems.add(origin.problem(path, *_explained(detail, model, path)))
        return None
    return None if unwritten else valid


def _unwritten(data: Any, path: KeyPath = ()) -> Iterator[tuple[KeyPath, str]]:
    """Every `TODO` in what was read, with its key path."""
    if isinstance(data, str):
        if _todo.match(data):
            yield path, data.strip()
    else:
        for key, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from _unwritten(value, (*path, key))


def _explained(detail: Any, model: type[BaseModel], path: KeyPath) -> tuple[Phrase, Phrase, Phrase]:
    """(expected, found, hint) of one of pydantic's findings, in the words authors use."""
    found = _shown(detail["input"])
    match detail["type"]:
        case "extra_forbidden":
            keys = _keys_beside(model, path)
            hint = did_you_mean(str(path[-1]), keys) or phrase("hint.known", words=", ".join(keys))
            return phrase("expected.known-key"), code(path[-1]), hint
        case "missing":
            return phrase("expected.key", key=path[-1]), phrase("found.nothing"), phrase("hint.add")
        case "string_type":
            return phrase("expected.text"), found, NO_HINT
        case "list_type":
            return phrase("expected.list"), found, phrase("hint.list-items")
        case "model_type" | "dict_type":
            return phrase("expected.mapping"), found, phrase("hint.language-key")
        case "enum":
            choices = re.findall(r"'([^']*)'", detail["ctx"]["expected"])
            hint = did_you_mean(str(detail["input"]), choices) or NO_HINT
            return phrase("expected.choice", choices=", ".join(choices)), found, hint
        case "string_pattern_mismatch" if detail["ctx"]["pattern"] == ID_PATTERN:
            return phrase("expected.id"), found, NO_HINT
        case "string_pattern_mismatch":
            return phrase("expected.pattern", pattern=detail["ctx"]["pattern"]), found, NO_HINT
        case "string_too_short":
            return phrase("expected.text"), phrase("found.nothing"), phrase("hint.write-or-leave")
        case "lines":
            return phrase("expected.line-numbers"), found, NO_HINT
        case "citation":
            return phrase("expected.citation"), found, NO_HINT
        case _:
            return phrase("expected.valid", message=detail["msg"]), found, NO_HINT


def _keys_beside(model: type[BaseModel], path: KeyPath) -> list[str]:
    """The keys that are known where the last part of `path` stands."""
    inner: type[BaseModel] | None = model
    for part in path[:-1]:
        if isinstance(part, int) or inner is None:
            continue
        field = inner.model_fields.get(part)
        inner = _model_in(field.annotation) if field else None
    return [key for key in inner.model_fields if key != "id" or inner is not model] if inner else []


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = map(_model_in, getattr(annotation, "__args__", ()))
    return next((model for model in found if model), None)


def _shown(value: Any) -> Phrase:
    if isinstance(value, str):
        return code(value) if value else phrase("found.nothing")
    return phrase("found.list" if isinstance(value, list) else "found.mapping")
