"""Walk the content folder: every file read, every entry checked against its model, one `Handbook`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from ..memo import FileMemo
from ..problems import Problem, Problems, code, phrase
from .collections import MODELS
from .drafts import Drafts, filled, is_draft
from .entries import Entry
from .files import RESERVED, SETTINGS_FILE, EntryFile, entry_files, is_reserved, read_inside
from .handbook import Handbook, Origin, Unread
from .settings import Settings
from .validation import lost, validated
from .yaml_reader import Document, UnreadableError


def load(
    folder: Path, problems: Problems, files: FileMemo | None = None, drafts: Drafts = Drafts.LEFT_OUT
) -> Handbook | None:
    """Read everything in `folder`. None where the settings themselves cannot be used.

    Drafts that are left out take with them whatever is wrong in them. With the memo of an earlier time only files are
    read that may have changed, and an entry that says what it said is the very same object.
    """
    files = files or FileMemo()
    settings = _settings(folder, problems, files)
    collections: dict[str, dict[str, Entry]] = {name: {} for name in MODELS}
    entries: dict[str, Entry] = {}
    origins: dict[str, Origin] = {}
    unread = Unread()
    left_out: dict[str, str] = {}
    editions = settings[0].editions if settings else {}
    links = _Links()
    unfinished: list[tuple[str, _Item]] = []

    def take(collection: str, origin: Origin, entry: Entry) -> None:
        own = entry.id
        unread.ids.discard(own)
        if own in entries:
            problems.add(_not_its_own(origin, own, origins[own]))
            return
        if own in editions or is_reserved(own):
            problems.add(origin.problem(("id",), phrase("expected.free-id"), code(own), phrase("hint.rename")))
        collections[collection][own] = entries[own] = entry
        origins[own] = origin

    for file in entry_files(folder, MODELS, problems):
        collection, entry_id = file.collection, file.entry_id
        (unread.ids if entry_id else unread.collections).add(entry_id or collection)  # until it has been read
        if links.lead_to(file.path):  # where a link leads can change, and the file that it leads to stay what it was
            found = _file_content(folder, file, None)
        else:
            found = files(_FileContent, str(file.path), partial(_file_content, folder, file))
        problems.extend(found.problems)
        if found.is_list:
            unread.collections.discard(collection)
        for item in found.items:
            if drafts is Drafts.LEFT_OUT and is_draft(item.data):
                unread.ids.discard(item.id)
                left_out[item.id] = collection
            elif item.entry:
                problems.extend(item.problems)
                take(collection, item.origin, item.entry)
            else:
                unread.ids.add(item.id)
                unfinished.append((collection, item))
    languages = settings[0].languages if settings else ()
    for collection, item in unfinished:  # now that it is known which other ids there are
        is_shown = drafts is Drafts.SHOWN and is_draft(item.data)
        if is_shown and (entry := filled(MODELS[collection], item.data, languages, collections)):
            take(collection, item.origin, entry)
            continue
        # Of a draft that something else is wrong in, only that is said.
        wrong = [problem for problem in item.problems if problem.expected.key != "expected.written"]
        problems.extend((is_shown and wrong) or item.problems)
    if settings is None:
        return None
    origins[""] = settings[1]
    return Handbook(folder, settings[0], collections, entries, origins, unread, left_out)


class _Links:
    """Which files links lead to; each folder is looked at once."""

    def __init__(self) -> None:
        self._folders: dict[Path, bool] = {}

    def lead_to(self, path: Path) -> bool:
        folder = path.parent
        if folder not in self._folders:
            self._folders[folder] = folder.is_symlink()
        return self._folders[folder] or path.is_symlink()


def _not_its_own(origin: Origin, entry_id: str, first: Origin) -> Problem:
    line = first.document.place(first.prefix).line
    taken = phrase("hint.taken", place=f"{first.document.file}:{line}")
    return replace(origin.problem(("id",), phrase("expected.own-id"), code(entry_id), taken), owner="")


def _settings(folder: Path, problems: Problems, files: FileMemo) -> tuple[Settings, Origin] | None:
    path = folder / SETTINGS_FILE
    found = files(_SettingsContent, str(path), partial(_settings_content, folder, path))
    problems.extend(found.problems)
    return found.settings


@dataclass(frozen=True)
class _SettingsContent:
    settings: tuple[Settings, Origin] | None
    problems: list[Problem]


def _settings_content(folder: Path, path: Path, before: _SettingsContent | None) -> _SettingsContent:
    problems = Problems()
    document = _read(folder, path, f"{folder.name}/{SETTINGS_FILE}", problems)
    if document is None:
        return _SettingsContent(None, problems.found)
    origin = Origin(document, path.stem)
    settings = validated(Settings, document.data, origin, problems)
    if settings is None:
        return _SettingsContent(None, problems.found)
    if before and before.settings and repr(before.settings[0]) == repr(settings):
        settings = before.settings[0]
    problems.extend(lost(settings, origin))
    for name in RESERVED.intersection(settings.editions):
        problems.add(origin.problem(("editions", name), phrase("expected.free-id"), code(name)))
    document.forget_text()
    return _SettingsContent((settings, origin), problems.found)


@dataclass(frozen=True)
class _Item:
    """One entry as it is written; None where it is not valid."""

    origin: Origin
    data: Any
    entry: Entry | None
    problems: list[Problem]

    @property
    def id(self) -> str:
        return str(self.data.get("id")) if isinstance(self.data, dict) else ""


@dataclass(frozen=True)
class _FileContent:
    """What one file holds."""

    items: list[_Item]
    problems: list[Problem]
    """Those of the file itself."""
    is_list: bool
    """Whether it could be read as a list, be it an empty one."""


def _file_content(folder: Path, file: EntryFile, before: _FileContent | None) -> _FileContent:
    """Read a file; an entry that is what it was `before` is the same object."""
    problems = Problems()
    collection, path, name, entry_id = file
    document = _read(folder, path, name, problems)
    written: Iterator[tuple[Origin, Any]] = iter(())
    if document and entry_id is None:
        written = _in_list_file(document, collection, problems)
    elif document and entry_id is not None:
        written = _in_entry_file(document, entry_id, collection, problems)
    known = {item.entry.id: (item.data, item.entry) for item in before.items if item.entry} if before else {}
    items: list[_Item] = []
    for origin, data in written:
        own = Problems()
        same = known.get(data["id"]) if isinstance(data, dict) and isinstance(data.get("id"), str) else None
        if same and same[0] == data and repr(same[0]) == repr(data):  # the languages of a text have an order
            entry: Entry | None = same[1]
        else:
            entry = validated(MODELS[collection], data, origin, own)
        own.extend(lost(entry, origin) if entry else ())
        items.append(_Item(origin, data, entry, own.found))
    if document:
        document.forget_text()
    return _FileContent(items, problems.found, document is not None and isinstance(document.data, list))


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
        problems.extend(error.problems)
        return None
