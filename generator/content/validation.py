"""Data as models: what is wrong with it is said in the words that authors use."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError

from ..problems import NO_HINT, Phrase, Problem, Problems, code, did_you_mean, phrase
from .handbook import Origin
from .introspection import words_in
from .types import DATE_PATTERN, ID_PATTERN, MAIL_PATTERN, URL_PATTERN
from .yaml_reader import KeyPath

TODO: Final = "TODO"
"""What stands where an author has still to write something; a word of its own at the start of a value."""

_todo = re.compile(rf"\s*{TODO}\b")

M = TypeVar("M", bound=BaseModel)


def validated(model: type[M], data: Any, origin: Origin, problems: Problems) -> M | None:
    """`data` as a `model`, or None and its problems. What holds a `TODO` is not used: that is its only problem."""
    todos = dict(unwritten(data)) if TODO in origin.document.text else {}
    for path, text in todos.items():
        problems.add(origin.problem(path, phrase("expected.written"), code(text), phrase("hint.write-over")))
    try:
        valid = model.model_validate(data)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            path = tuple(part for part in detail["loc"] if isinstance(part, str | int))
            if not any(path[: len(todo)] == todo for todo in todos):
                problems.add(origin.problem(path, *_explained(detail, model, path)))
        return None
    return None if todos else valid


def lost(model: BaseModel, origin: Origin) -> Iterator[Problem]:
    """Texts that end in a comment: ` #` was meant as a part of them, as in `Use form #3`."""
    comments = origin.document.comments
    for path in words_in(model) if comments else ():
        if place := comments.get((*origin.prefix, *path)):
            wrong = phrase("expected.no-comment"), phrase("found.comment"), phrase("hint.quote-or-own-line")
            yield replace(origin.problem(path, *wrong), line=place.line, column=place.column)


def unwritten(data: Any, path: KeyPath = ()) -> Iterator[tuple[KeyPath, str]]:
    """Every `TODO` in what was read, with its key path."""
    if isinstance(data, str):
        if _todo.match(data):
            yield path, data.strip()
    else:
        for key, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from unwritten(value, (*path, key))


def changed(data: Any, path: KeyPath, *new: Any) -> Any:
    """`data` with `new` in place of what stands at `path`: one value, or none."""
    key, *inner = path
    values = [changed(data[key], tuple(inner), *new)] if inner else new
    if isinstance(data, list):
        return [*data[: int(key)], *values, *data[int(key) + 1 :]]
    return {name: made for name, value in data.items() for made in (values if name == key else [value])}


PATTERNS: Final = {
    ID_PATTERN: ("expected.id", "hint.example-id"),
    DATE_PATTERN: ("expected.date", "hint.example-date"),
    URL_PATTERN: ("expected.address", "hint.example-address"),
    MAIL_PATTERN: ("expected.mail", "hint.example-mail"),
}
"""What a pattern of the models stands for, and an example of it."""
WRONG_KIND: Final = {
    "string_type": ("expected.text", ""),
    "list_type": ("expected.list", "hint.list-items"),
    "model_type": ("expected.mapping", "hint.language-key"),
    "dict_type": ("expected.mapping", "hint.language-key"),
    "int_type": ("expected.whole-number", ""),
    "int_parsing": ("expected.whole-number", ""),
    "int_parsing_size": ("expected.whole-number", ""),
    "bool_type": ("expected.true-or-false", ""),
    "bool_parsing": ("expected.true-or-false", ""),
    "date": ("expected.date", "hint.example-date"),
    "lines": ("expected.line-numbers", ""),
    "citation": ("expected.citation", ""),
}
"""pydantic's types of error that need no more words than what was expected and an example."""


def _explained(detail: Any, model: type[BaseModel], path: KeyPath) -> tuple[Phrase, Phrase, Phrase]:
    """(expected, found, hint) of one of pydantic's findings, in the words authors use."""
    found, context = _shown(detail["input"]), detail.get("ctx", {})
    match detail["type"]:
        case "extra_forbidden":
            keys = _keys_beside(model, path)
            hint = did_you_mean(str(path[-1]), keys) or phrase("hint.known", words=", ".join(keys))
            return phrase("expected.known-key"), code(path[-1]), hint
        case "missing":
            return phrase("expected.key", key=path[-1]), phrase("found.nothing"), phrase("hint.add")
        case "enum":
            choices = re.findall(r"'([^']*)'", context["expected"])
            hint = did_you_mean(str(detail["input"]), choices) or NO_HINT
            return phrase("expected.choice", choices=", ".join(choices)), found, hint
        case "string_too_short":
            return phrase("expected.text"), found, phrase("hint.write-or-leave")
        case "string_too_long":
            count = phrase("found.number", count=len(detail["input"]))
            return phrase("expected.text-length", limit=context["max_length"]), count, phrase("hint.shorten")
        case "too_short":
            least = phrase("expected.items", least=context["min_length"])
            return least, phrase("found.number", count=context["actual_length"]), phrase("hint.add-items")
        case "greater_than_equal":
            return phrase("expected.at-least", least=context["ge"]), found, NO_HINT
        case "less_than_equal":
            return phrase("expected.at-most", most=context["le"]), found, NO_HINT
        case "string_pattern_mismatch":
            expected, hint_key = PATTERNS[context["pattern"]]
            return phrase(expected), found, phrase(hint_key)
        case kind:
            expected, hint_key = WRONG_KIND[kind]
            return phrase(expected), found, phrase(hint_key) if hint_key else NO_HINT


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
