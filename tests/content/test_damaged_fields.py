"""Whatever stands where something else belongs is said in the words that authors use, in every language."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

import pytest
import yaml

from generator.cli import report
from generator.content.collections import MODELS
from generator.content.files import entry_files, read_inside
from generator.content.handbook import Origin
from generator.content.introspection import Indexed
from generator.content.settings import Settings
from generator.content.validation import validated
from generator.content.yaml_reader import Document
from generator.problems import Problem, Problems

from ..support.paths import SMALL

WRONG: Final[tuple[Any, ...]] = (
    *("", "x", "Not An Id", "0", "-1", "999999999999999999999", "2024-02-30", "yes", "maybe", "１", "1e3", "x" * 5000),
    *([], ["x"], [[]], [{}], {}, {"x": "y"}, {"zh": []}, {"zh": "", "en": ""}, {"zh": {"en": "x"}}),
)
"""What YAML may hold: text, a list, or a mapping."""


def written() -> Iterator[tuple[str, type[Indexed], dict[str, Any], Document]]:
    """Everything in the small handbook, which has an entry of every kind with every field."""
    document = read_inside(SMALL, SMALL / "handbook.yml", "content/handbook.yml")
    assert isinstance(document.data, dict)
    yield "handbook", Settings, dict(document.data), document
    for file in entry_files(SMALL, MODELS, Problems()):
        document = read_inside(SMALL, file.path, file.file)
        if file.entry_id:
            assert isinstance(document.data, dict)
            yield file.entry_id, MODELS[file.collection], {"id": file.entry_id, **document.data}, document
        else:
            for item in document.data:
                assert isinstance(item, dict)
                yield str(item["id"]), MODELS[file.collection], dict(item), document


def places(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of everything in `data`, of long lists of what they begin with."""
    if path:
        yield path
    items = data.items() if isinstance(data, dict) else enumerate(data[:2]) if isinstance(data, list) else ()
    for key, value in items:
        yield from places(value, (*path, key))


def damaged(data: dict[str, Any], path: tuple[Any, ...]) -> Iterator[dict[str, Any]]:
    """`data` with something else at `path`, with nothing there, and with one key more beside it."""
    for wrong in WRONG:
        changed = copy.deepcopy(data)
        _around(changed, path)[path[-1]] = wrong
        yield changed
    changed = copy.deepcopy(data)
    del _around(changed, path)[path[-1]]
    yield changed
    changed = copy.deepcopy(data)
    if isinstance(around := _around(changed, path), dict):
        around[f"{path[-1]}x"] = "x"
    else:
        around.append("x")
    yield changed


def _around(data: Any, path: tuple[Any, ...]) -> Any:
    for part in path[:-1]:
        data = data[part]
    return data


def problems_with(model: type[Indexed], data: dict[str, Any], document: Document) -> list[Problem]:
    problems = Problems()
    validated(model, data, Origin(document, "x"), problems)
    return problems.found


EVERYTHING = list(written())


@pytest.mark.parametrize(("model", "data", "document"), [one[1:] for one in EVERYTHING], ids=[o[0] for o in EVERYTHING])
def test_what_is_wrong_is_said_in_words_of_the_catalogue(
    model: type[Indexed], data: dict[str, Any], document: Document
) -> None:
    assert problems_with(model, data, document) == []
    kinds: Counter[str] = Counter()
    foreign: dict[str, str] = {}
    for path in places(data):
        for changed in damaged(data, path):
            for problem in problems_with(model, changed, document):
                kinds[problem.expected.key] += 1
                for language in report.LANGUAGES:
                    said = report.message(problem, language)
                    assert said.isprintable()
                    assert len(said) < 1500, "values are shortened"
                    if problem.expected.key == "expected.valid":
                        foreign.setdefault(str(dict(problem.expected.values)["message"]), f"{path}: {said}")
    assert kinds
    assert foreign == {}, "these are words of pydantic"


def test_the_models_of_the_small_handbook_are_all_models() -> None:
    assert {model for _, model, _, _ in EVERYTHING} == {Settings, *MODELS.values()}


def test_dates_that_the_calendar_does_not_have_are_refused() -> None:
    text = (SMALL / "duties" / "lamp.yml").read_text(encoding="utf-8")
    data = {"id": "lamp", **yaml.load(text, Loader=yaml.BaseLoader)}
    document = read_inside(SMALL, SMALL / "duties" / "lamp.yml", "content/duties/lamp.yml")
    for right in ("2026-11-20", "2026-11", "2024-02-29"):
        assert problems_with(MODELS["duties"], {**data, "reviewed": {"date": right}}, document) == []
    for wrong in ("2026-02-30", "2026-13", "2026-1-1", "20261120", "tomorrow", "2023-02-29", "0000-01-01"):
        assert problems_with(MODELS["duties"], {**data, "reviewed": {"date": wrong}}, document), wrong
