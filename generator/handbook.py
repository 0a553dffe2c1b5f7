"""Walk the content folder: every file read, every entry checked against its model, one `Handbook`."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeVar, cast

from pydantic import BaseModel, ValidationError

from .entries import Entry
from .model import COLLECTIONS
from .problems import Problem, Problems
from .reader import TYPE_NAMES, Document, KeyPath, UnreadableError, dotted, read
from .settings import Settings

SETTINGS_FILE: Final = "handbook.yml"
SUFFIXES: Final = (".yml", ".yaml")

E = TypeVar("E", bound=Entry)


@dataclass(frozen=True)
class Origin:
    """Where an entry is written: the file, and the path of the entry within it."""

    document: Document
    prefix: KeyPath = ()

    def problem(self, path: KeyPath, expected: str, found: str, hint: str = "") -> Problem:
        """A problem at `path` of this entry."""
        whole = (*self.prefix, *path)
        place = self.document.place(whole)
        return Problem(self.document.file, place.line, place.column, dotted(whole), expected, found, hint)


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
        name = next(name for name, model in COLLECTIONS.items() if model is kind)
        return cast(dict[str, E], self.collections[name])

    def collection_of(self, entry_id: str) -> str:
        """The name of the collection that holds `entry_id`."""
        return next(name for name, entries in self.collections.items() if entry_id in entries)


def load(folder: Path, problems: Problems) -> Handbook | None:
    """Read everything in `folder`. None where the settings themselves cannot be used."""
    settings = _settings(folder, problems)
    collections: dict[str, dict[str, Entry]] = {name: {} for name in COLLECTIONS}
    entries: dict[str, Entry] = {}
    origins: dict[str, Origin] = {}
    gaps = Gaps()
    for name, origin, data in _items(folder, gaps, problems):
        entry = _validated(COLLECTIONS[name], data, origin, problems)
        if entry is None:
            gaps.ids.add(str(data.get("id")) if isinstance(data, dict) else "")
            continue
        gaps.ids.discard(entry.id)
        if entry.id in entries:
            first = origins[entry.id]
            line = first.document.place(first.prefix).line
            where = f"{first.document.file}:{line}"
            problems.add(origin.problem(("id",), "an id of its own", f"`{entry.id}`", f"it is taken by {where}"))
            continue
        collections[name][entry.id] = entries[entry.id] = entry
        origins[entry.id] = origin
    if settings is None:
        return None
    return Handbook(folder, settings[0], collections, entries, {**origins, "": settings[1]}, gaps)


def walk(value: Any, path: KeyPath = ()) -> Iterator[tuple[KeyPath, Any]]:
    """Everything inside `value` with its key path, outermost first."""
    yield path, value
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from walk(getattr(value, name), (*path, name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from walk(item, (*path, index))


def _settings(folder: Path, problems: Problems) -> tuple[Settings, Origin] | None:
    try:
        document = read(folder / SETTINGS_FILE, f"{folder.name}/{SETTINGS_FILE}")
    except UnreadableError as error:
        problems.add(error.problem)
        return None
    origin = Origin(document)
    settings = _validated(Settings, document.data, origin, problems)
    return (settings, origin) if settings else None


def _items(folder: Path, gaps: Gaps, problems: Problems) -> Iterator[tuple[str, Origin, Any]]:
    """(collection, origin, data) of every entry in the folder, in a fixed order."""
    for path in sorted(folder.iterdir()):
        name, file = path.stem, f"{folder.name}/{path.name}"
        if path.name.startswith(".") or path.name == SETTINGS_FILE:
            continue
        if path.is_dir() and name in COLLECTIONS:
            for entry in sorted(path.iterdir()):
                if entry.suffix in SUFFIXES:
                    gaps.ids.add(entry.stem)  # until it has been read
                    for origin, data in _entry_file(entry, f"{file}/{entry.name}", problems):
                        yield name, origin, data
        elif path.suffix in SUFFIXES and name in COLLECTIONS:
            gaps.collections.add(name)  # until it has been read
            for origin, data in _list_file(path, file, problems):
                gaps.collections.discard(name)
                yield name, origin, data
        elif path.is_dir() or path.suffix in SUFFIXES:
            known = difflib.get_close_matches(name, COLLECTIONS, 1)
            hint = f"did you mean `{known[0]}`?" if known else f"known are {', '.join(COLLECTIONS)}"
            problems.add(Problem(file, 0, 0, "", "a collection", f"`{name}`", hint))


def _entry_file(path: Path, file: str, problems: Problems) -> Iterator[tuple[Origin, Any]]:
    document = _read(path, file, problems)
    if document is None:
        return
    origin = Origin(document)
    if not isinstance(document.data, dict):
        problems.add(origin.problem((), "keys and values", "a list"))
    elif "id" in document.data:
        problems.add(origin.problem(("id",), "no id here", "an id", "the id is the name of the file"))
    else:
        yield origin, {"id": path.stem, **document.data}


def _list_file(path: Path, file: str, problems: Problems) -> Iterator[tuple[Origin, Any]]:
    document = _read(path, file, problems)
    if document is None:
        return
    if not isinstance(document.data, list):
        problems.add(Origin(document).problem((), "a list of entries", "keys and values", "start each with `- id:`"))
        return
    for index, data in enumerate(document.data):
        yield Origin(document, (index,)), data


def _read(path: Path, file: str, problems: Problems) -> Document | None:
    try:
        return read(path, file)
    except UnreadableError as error:
        problems.add(error.problem)
        return None


M = TypeVar("M", bound=BaseModel)


def _validated(model: type[M], data: Any, origin: Origin, problems: Problems) -> M | None:
    """`data` as a `model`, or None and its problems."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            path = tuple(part for part in detail["loc"] if isinstance(part, str | int))
            problems.add(origin.problem(path, *_explained(detail, model, path)))
        return None


def _explained(detail: Any, model: type[BaseModel], path: KeyPath) -> tuple[str, str, str]:
    """(expected, found, hint) of one of pydantic's findings, in the words authors use."""
    found = _shown(detail["input"])
    match detail["type"]:
        case "extra_forbidden":
            keys = _keys_beside(model, path)
            close = difflib.get_close_matches(str(path[-1]), keys, 1)
            hint = f"did you mean `{close[0]}`?" if close else f"known here are {', '.join(keys)}"
            return "a known key", f"`{path[-1]}`", hint
        case "missing":
            return f"the key `{path[-1]}`", "nothing", "add it"
        case "string_type":
            return "text", found, ""
        case "list_type":
            return "a list", found, "start each item with `- `"
        case "model_type":
            return "keys and values", found, "a text needs a language key below it, such as `en:`"
        case "enum":
            allowed = str(detail["ctx"]["expected"]).replace("'", "")
            close = difflib.get_close_matches(str(detail["input"]), allowed.replace(" or ", ", ").split(", "), 1)
            return f"one of {allowed}", found, f"did you mean `{close[0]}`?" if close else ""
        case "string_pattern_mismatch" if path[-1] == "id" or "[a-z0-9]" in detail["ctx"]["pattern"]:
            return "small letters, digits and hyphens", found, ""
        case "string_pattern_mismatch":
            return f"text of the form {detail['ctx']['pattern']}", found, ""
        case "string_too_short":
            return "text", "nothing", "write it, or leave the key out"
        case _:
            return str(detail["msg"]), found, ""


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


def _shown(value: Any) -> str:
    if isinstance(value, str):
        return f"`{value if len(value) <= 40 else value[:37] + '…'}`"
    return next((name for kind, name in TYPE_NAMES.items() if isinstance(value, kind)), type(value).__name__)
