"""How far the translations are: counts per collection and language, and each text that is missing or stale."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from ..content import translations
from ..content.files import SETTINGS_FILE
from ..content.handbook import Handbook
from ..content.translations import Stale
from ..problems import Problem, phrase
from . import report


@dataclass(frozen=True)
class Row:
    """One collection in one language. `percent` is rounded down: 100 means that nothing is left to do."""

    collection: str
    language: str
    texts: int
    translated: int
    missing: int
    stale: int
    percent: int


@dataclass(frozen=True)
class Status:
    """Rows by collection; what is to be done, each at its place; of each entry how many texts the lock lacks."""

    rows: list[Row]
    missing: list[Problem]
    stale: list[Problem]
    unconfirmed: dict[str, int]

    @property
    def complete(self) -> bool:
        """Whether every text is there in every language, and current."""
        return not self.missing and not self.stale


def status(handbook: Handbook) -> Status:
    """The state of every text of `handbook`."""
    languages = handbook.settings.languages
    stale = translations.stale(handbook)
    groups: dict[str, list[str]] = {
        SETTINGS_FILE: [""],
        **{name: list(ids) for name, ids in handbook.collections.items()},
    }
    models = translations.models(handbook)
    rows: list[Row] = []
    missing: list[Problem] = []
    for name, ids in groups.items():
        texts = [(entry_id, path, text) for entry_id in ids for path, text in models[entry_id].index.texts]
        for language in languages if texts else ():
            absent = [(entry_id, path) for entry_id, path, text in texts if text.get(language) is None]
            old = sum(found.entry_id in ids and language in found.languages for found in stale)
            there = len(texts) - len(absent)
            rows.append(Row(name, language, len(texts), there, len(absent), old, (there - old) * 100 // len(texts)))
            lacking = (
                phrase("expected.translation", language=language),
                phrase("found.nothing"),
                phrase("hint.translate"),
            )
            missing.extend(handbook.origins[entry_id].problem(path, *lacking) for entry_id, path in absent)
    return Status(
        rows,
        sorted(missing),
        sorted(problem for found in stale for problem in _problems(handbook, found)),
        translations.unconfirmed(handbook),
    )


def _problems(handbook: Handbook, found: Stale) -> Iterable[Problem]:
    """One for each language of a text that has to follow."""
    changed = phrase("expected.followed", languages=", ".join(sorted(found.changed)))
    confirm = phrase("hint.translate-or-confirm", entry=found.entry_id or SETTINGS_FILE)
    for language in sorted(found.languages):
        origin = handbook.origins[found.entry_id]
        yield origin.problem((*found.path, language), changed, phrase("found.unchanged"), confirm)


def table(rows: list[Row], language: str) -> str:
    """The rows as columns of plain text, with a heading in the language of messages."""
    names = ("collection", "language", "texts", "translated", "missing", "stale", "percent")
    head = [report.word(f"status.{name}", language) for name in names]
    lines = [head, *([str(value) for value in asdict(row).values()] for row in rows)]
    widths = [max(_width(line[column]) for line in lines) for column in range(len(head))]
    return "\n".join(
        "  ".join(_padded(cell, widths[index], left=index < 2) for index, cell in enumerate(line)) for line in lines
    )


def _width(text: str) -> int:
    """Columns of a terminal that `text` takes; a wide character takes two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _padded(cell: str, width: int, *, left: bool) -> str:
    room = " " * (width - _width(cell))
    return cell + room if left else room + cell


def as_json(found: Status, language: str) -> str:
    """A JSON object: `rows`, how many texts are `unconfirmed` and where; those `missing` and `stale` as problems."""
    data: dict[str, Any] = {
        "rows": [asdict(row) for row in found.rows],
        "unconfirmed": sum(found.unconfirmed.values()),
        "unconfirmed_in": found.unconfirmed,
        "missing": json.loads(report.as_json(found.missing, language)),
        "stale": json.loads(report.as_json(found.stale, language)),
    }
    return json.dumps(data, ensure_ascii=False, indent=2)
