"""A new entry as a file to fill in: every field with what it is for, and `TODO` wherever something has to be written.

Lines that start with `# ` are explanations; those that start with `#` and a key are optional fields, switched off.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ValidationError

from ..content.collections import MODELS, singular
from ..content.files import SUFFIXES, is_reserved
from ..content.handbook import Handbook
from ..content.introspection import ModelField, fields_of, is_text, purpose
from ..content.text_file import UTF8_MARK, UnreadableError, replace_text, text_of
from ..content.validation import TODO
from ..content.yaml_reader import Document, parse
from ..problems import ContentError, RefusedError, code, did_you_mean, phrase

WIDTH: Final = 100
"""Columns of an explanation."""
MANY: Final = 12
"""From how many ids on an explanation names only where they stand."""


def create(handbook: Handbook, kind: str, entry_id: str) -> Path:
    """Write the skeleton of a new entry and return its file; nothing that is there is changed but a list's end.

    Raises `RefusedError` for what cannot be made.
    """
    collection = collection_called(kind)
    _refuse_bad_id(handbook, collection, entry_id)
    lines = list(_Writer(handbook).entry(collection, entry_id))
    head = _comment(f"{singular(collection)}: {purpose(MODELS[collection])}")
    head += _comment(
        f"Write over each {TODO}. Where a key follows a `#`, the field is optional: take the `#` away to use it. "
        "When it is finished, take `draft: true` away."
    )
    folder, listed = handbook.folder / collection, _list_file(handbook.folder, collection)
    if listed and not folder.is_dir():
        _append(
            listed, f"{handbook.folder.name}/{listed.name}", [f"- id: {entry_id}", *(f"  {line}" for line in lines)]
        )
        return listed
    path = folder / f"{entry_id}.yml"
    folder.mkdir(exist_ok=True)
    with path.open("x", encoding="utf-8") as file:  # refuses what a broken handbook may hold there
        file.write("\n".join(line.rstrip() for line in (*head, *lines)) + "\n")
    return path


def collection_called(kind: str) -> str:
    """The collection whose name, or whose name for one entry, is `kind`. Raises `RefusedError`."""
    names = {name: name for name in MODELS} | {singular(name): name for name in MODELS}
    if kind not in names:
        hint = did_you_mean(kind, names) or phrase("hint.known", words=", ".join(map(singular, MODELS)))
        raise RefusedError(kind, phrase("expected.kind"), code(kind), hint)
    return names[kind]


def _refuse_bad_id(handbook: Handbook, collection: str, entry_id: str) -> None:
    try:
        MODELS[collection].model_validate({"id": entry_id})
    except ValidationError as error:
        if any(detail["loc"] == ("id",) for detail in error.errors()):
            raise RefusedError(entry_id, phrase("expected.id"), code(entry_id), phrase("hint.example-id")) from None
    if is_reserved(entry_id) or entry_id in handbook.settings.editions:
        raise RefusedError(entry_id, phrase("expected.free-id"), code(entry_id), phrase("hint.example-id"))
    origin = handbook.origins.get(entry_id)
    if origin or entry_id in handbook.unread.ids:
        line = f"{origin.document.file}:{origin.document.place(origin.prefix).line}" if origin else collection
        raise RefusedError(entry_id, phrase("expected.own-id"), code(entry_id), phrase("hint.taken", place=line))


def _list_file(folder: Path, collection: str) -> Path | None:
    return next((path for suffix in SUFFIXES if (path := folder / f"{collection}{suffix}").is_file()), None)


def _append(path: Path, name: str, item: list[str]) -> None:
    """Put an item behind the last one of a list file, as far to the right as that stands."""
    try:
        text = text_of(path, name)
        document = parse(text, name) if _without_comments(text) else None
    except UnreadableError as error:
        raise ContentError(error.problems) from None
    before = document.data if document else []
    indent = _indent_of_last(document, text) if document and isinstance(before, list) and before else ""
    if before == []:
        text = _without_empty_list(text)
    end = "\r\n" if "\r\n" in text else "\n"
    start = f"{text.rstrip()}{end}" if text.strip() else ""
    after = start + "".join(f"{indent}{line}".rstrip() + end for line in item)
    try:
        data = parse(after, name).data
    except UnreadableError:
        data = None
    if not isinstance(data, list) or data[:-1] != before:
        wrong = phrase("expected.list-of-entries"), phrase("found.something-else"), phrase("hint.one-a-line")
        raise RefusedError(name, *wrong)
    mark = "\ufeff" if path.read_bytes().startswith(UTF8_MARK) else ""
    replace_text(path, mark + after)


def _indent_of_last(document: Document, text: str) -> str:
    """What stands before the dash of the last item, which may have a line of its own above it."""
    lines = text.split("\n")[: document.place((len(document.data) - 1,)).line]
    dashed = next((line for line in reversed(lines) if line.lstrip().startswith("-")), "")
    return dashed.partition("-")[0]


def _without_comments(text: str) -> str:
    return re.sub(r"(?m)^\s*#.*$", "", text).strip()


def _without_empty_list(text: str) -> str:
    """A file of no entries without the `[]` that says so."""
    return re.sub(r"(?m)^\[\s*\][ \t]*$", "", text)


def line_of(path: Path, entry_id: str) -> int:
    """Where the entry that `create` wrote into `path` begins."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return next((number for number, line in enumerate(lines, 1) if line.strip() == f"- id: {entry_id}"), 1)


class _Writer:
    """Writes the fields of models as YAML; explains each field once."""

    def __init__(self, handbook: Handbook) -> None:
        self.handbook = handbook
        self.explained: set[tuple[str, str]] = set()

    def entry(self, collection: str, entry_id: str) -> Iterator[str]:
        model = MODELS[collection]
        for field in fields_of(model):
            if field.name == "draft":
                yield ""
                yield from _comment(field.description)
                yield "draft: true"
            elif field.name != "id":
                yield ""
                yield from self.field(model, field)

    def body(self, model: type[BaseModel]) -> Iterator[str]:
        """The keys of one `model`."""
        if is_text(model):
            yield from (f"{language}: {TODO}" for language in self.handbook.settings.languages)
        for field in fields_of(model):
            yield from self.field(model, field)

    def field(self, model: type[BaseModel], field: ModelField) -> Iterator[str]:
        """One key: its explanation and its place to write in, switched off where it may be left out."""
        if (field.name, field.description) not in self.explained:
            self.explained.add((field.name, field.description))
            yield from _comment(self.explanation(field))
        for line in self.value(field):
            yield line if field.required else f"#{line}"

    def explanation(self, field: ModelField) -> str:
        """The description, and what may be written where that is a closed set."""
        text = field.description
        if field.choices:
            text += f" One of: {', '.join(field.choices)}."
        if field.refers_to:
            ids = list(self.handbook.collections[field.refers_to])
            text += f" One of: {', '.join(ids)}." if 0 < len(ids) < MANY else f" An id from {field.refers_to}."
        return text

    def value(self, field: ModelField) -> Iterator[str]:
        if field.inner is None:
            yield f"{field.name}: {f'[{TODO}]' if field.many and not field.cites else field.default or TODO}"
        elif not field.many:
            yield f"{field.name}:"
            yield from (f"  {line}" for line in self.body(field.inner))
        else:
            yield f"{field.name}:"
            for _ in range(field.least or 1):
                yield from (f"  {line}" for line in _item(list(self.body(field.inner))))


def _item(lines: list[str]) -> Iterator[str]:
    """Lines of a mapping as an item of a list: the dash stands at the first key, explanations above it."""
    first = next(index for index, line in enumerate(lines) if not line.startswith("#"))
    yield from lines[:first]
    yield f"- {lines[first]}"
    yield from (f"  {line}" for line in lines[first + 1 :])


def _comment(text: str) -> list[str]:
    lines = textwrap.wrap(text, WIDTH, break_long_words=False, break_on_hyphens=False)
    return [f"# {line}" for line in lines]
