"""Entries that are not finished: `draft: true`. A preview shows them, a `TODO` in them too; no build has them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from enum import Enum, auto
from typing import Any, Final, TypeVar

from pydantic import TypeAdapter, ValidationError

from .entries import Entry
from .types import DATE_PATTERN, EDITORS, ID_PATTERN
from .validation import changed, unwritten
from .yaml_reader import KeyPath

E = TypeVar("E", bound=Entry)


class Drafts(Enum):
    """What becomes of them."""

    LEFT_OUT = auto()
    CHECKED = auto()
    """As if they were finished."""
    SHOWN = auto()
    """With what is still to be written in them."""


_BOOLEAN: Final = TypeAdapter(bool)


def is_draft(data: Any) -> bool:
    """Whether what was read as an entry says that it is a draft, however wrong the rest may be."""
    try:
        return isinstance(data, dict) and _BOOLEAN.validate_python(data.get("draft"))
    except ValidationError:
        return False


def filled(model: type[E], data: Any, languages: Collection[str], ids: Mapping[str, Collection[str]]) -> E | None:
    """A draft with what is still to be written in it, so that it can be shown; None where it cannot be yet.

    A text that is a `TODO` is shown as that. Elsewhere a value stands in: the editors as the source, the first of the
    choices, the first of the `ids` of a collection.
    """
    todos = dict(unwritten(data))
    for path, words in todos.items():
        if path[-1] in languages:
            data = changed(data, path, f"`{words.replace('`', '')}`")
    for number, (path, stand_in) in enumerate(_stand_ins(model, data, todos)):
        data = changed(data, path, stand_in or f"todo-{number}")
    entry = _valid(model, data)
    if entry is None:
        return None
    for references in entry.index.references:
        known = [one for one in ids.get(references.collection or "", ()) if one != entry.id]
        for (path, _), one in zip(references.ids, known, strict=False):
            if path in todos:
                data = changed(data, path, one)
    return _valid(model, data)


def _valid(model: type[E], data: Any) -> E | None:
    try:
        return model.model_validate(data)
    except ValidationError:
        return None


def _stand_ins(model: type[E], data: Any, todos: Mapping[KeyPath, str]) -> Iterable[tuple[KeyPath, str]]:
    """For each place to be written that `model` does not take as it is: what stands in there, "" for an id."""
    try:
        model.model_validate(data)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            path = next((todo for todo in todos if detail["loc"][: len(todo)] == todo), None)
            if path is None:
                continue
            match detail["type"], detail.get("ctx", {}):
                case "citation", _:
                    yield path, EDITORS
                case "enum", {"expected": str(choices)}:
                    yield path, re.findall(r"'([^']*)'", choices)[0]
                case "string_pattern_mismatch", {"pattern": pattern} if pattern == ID_PATTERN:
                    yield path, ""
                case "string_pattern_mismatch", {"pattern": pattern} if pattern == DATE_PATTERN:
                    yield path, "0001-01"
                case (("int_parsing" | "bool_parsing"), _):
                    yield path, "1"
                case _:
                    pass
