"""Data as models: what is wrong with it is said in the words that authors use."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError

from ..problems import NO_HINT, Phrase, Problems, code, did_you_mean, phrase
from .handbook import Origin
from .types import ID_PATTERN
from .yaml_reader import KeyPath

TODO: Final = "TODO"
"""What stands where an author has still to write something; a word of its own at the start of a value."""

_todo = re.compile(rf"\s*{TODO}\b")

M = TypeVar("M", bound=BaseModel)


def validated(model: type[M], data: Any, origin: Origin, problems: Problems) -> M | None:
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
