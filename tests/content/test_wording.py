"""What is wrong with data is said in the words of authors, never in pydantic's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from generator.cli import report
from generator.content.collections import MODELS
from generator.content.settings import Settings
from generator.content.types import ID_PATTERN
from generator.content.validation import PATTERNS, _explained

from ..support.handbooks import change, problems_of

ERRORS: dict[str, dict[str, tuple[str, ...]]] = {
    "str": {
        "": ("string_type",),
        "min_length": ("string_too_short",),
        "max_length": ("string_too_long",),
        "pattern": ("string_pattern_mismatch",),
    },
    "int": {
        "": ("int_type", "int_parsing", "int_parsing_size"),
        "ge": ("greater_than_equal",),
        "le": ("less_than_equal",),
    },
    "bool": {"": ("bool_type", "bool_parsing")},
    "enum": {"": ("enum",)},
    "list": {"": ("list_type",), "min_length": ("too_short",)},
    "dict": {"": ("dict_type",), "min_length": ("too_short",)},
    "model": {"": ("model_type",)},
    "model-fields": {"": ("missing", "extra_forbidden")},
    "function-plain": {"": ("citation",)},
    "function-before": {"": ()},
    "function-after": {"": ("lines", "date")},
    "nullable": {"": ()},
    "default": {"": ()},
    "definitions": {"": ()},
    "definition-ref": {"": ()},
    "model-field": {"": ()},
}
"""Kinds of schemas with their limits, and the errors that each may raise: data holds text, lists and keys only."""
LIMITS = {"min_length", "max_length", "pattern", "ge", "le", "gt", "lt", "multiple_of"}


def reachable(schema: Any) -> Iterator[tuple[str, str]]:
    """Every type of error that `schema` may raise, with its pattern if it has one."""
    if isinstance(schema, list | tuple):
        for part in schema:
            yield from reachable(part)
    elif isinstance(schema, dict):
        kind = schema.get("type")
        if isinstance(kind, str):
            limits = {name for name in LIMITS & schema.keys() if schema[name] is not None}
            assert kind in ERRORS, f"say here which errors a schema of the type {kind} can raise"
            assert limits <= ERRORS[kind].keys(), (kind, limits)
            for name in ("", *limits):
                yield from ((error, schema.get("pattern", "")) for error in ERRORS[kind][name])
        for name, part in schema.items():
            if name not in (
                "metadata",
                "ref",
                "serialization",
                "function",
                "members",
                "default",
                "json_schema_input_schema",
            ):
                yield from reachable(part)


def test_every_error_that_a_model_can_raise_has_words_in_every_language() -> None:
    models: list[type[BaseModel]] = [*MODELS.values(), Settings]
    found = {error for model in models for error in reachable(model.__pydantic_core_schema__)}
    assert len({kind for kind, _ in found}) >= 15
    assert {pattern for kind, pattern in found if kind == "string_pattern_mismatch"} == {*PATTERNS}
    context = {"expected": "'a' or 'b'", "max_length": 3, "min_length": 1, "actual_length": 0, "ge": 0, "le": 9}
    for kind, pattern in found:
        detail = {"type": kind, "input": "x", "ctx": {**context, "pattern": pattern}, "msg": "in its own words"}
        for phrase in _explained(detail, Settings, ("title",)):
            for language in report.LANGUAGES:
                assert "own words" not in report.say(phrase, language)


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (
            "handbook.yml",
            "links: [lamp]",
            "links: []",
            "doors[0].links: expected a list of at least 1, found 0 — add what is missing",
        ),
        ("handbook.yml", "short: EN", "short: ENGLISHLONG", "expected at most 6 characters, found 11 — shorten it"),
        ("handbook.yml", "contact: keeper@example.org", "contact: keeper", "expected a mail address, found `keeper`"),
        (
            "areas.yml",
            "- id: light",
            "- id: The_Light",
            "expected small letters, digits and hyphens, found `The_Light`",
        ),
        ("documents.yml", "line_count: 3", "line_count: few", "expected a whole number, found `few`"),
        ("documents.yml", "line_count: 3", "line_count: 0", "expected a number of at least 1, found `0`"),
        ("duties/lamp.yml", "daily: true", "daily: often", "expected `true` or `false`"),
    ],
)
def test_a_wrong_value_is_said_with_what_belongs_there(file: str, old: str, new: str, said: str, content: Path) -> None:
    change(content / file, old, new)
    problems = problems_of(content)
    assert any(said in report.message(problem) for problem in problems), list(map(report.message, problems))
    assert all(report.message(problem, "zh").isprintable() for problem in problems)


def test_a_file_whose_name_is_too_long_for_an_id_is_said(content: Path) -> None:
    lamp = (content / "duties" / "lamp.yml").read_text(encoding="utf-8")
    (content / "duties" / f"{'x' * 61}.yml").write_text(lamp, encoding="utf-8")
    assert "expected at most 60 characters, found 61 — shorten it" in report.message(problems_of(content)[0])


def test_each_pattern_has_words_of_its_own() -> None:
    assert PATTERNS[ID_PATTERN][0] == "expected.id"
    assert len({expected for expected, _ in PATTERNS.values()}) == len(PATTERNS)
