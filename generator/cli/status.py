"""How far the handbook is: translations by collection and language, drafts, and what was read through longest ago."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable
from dataclasses import asdict, astuple, dataclass, fields
from typing import Any, Final

from ..content import translations
from ..content.files import SETTINGS_FILE
from ..content.handbook import Handbook
from ..content.translations import Stale
from ..problems import Problem, phrase
from . import report

OLDEST: Final = 5
"""How many days of reviews are shown."""
NAMED: Final = 6
"""How many entries of each are named."""
DATE_WIDTH: Final = len("2026-11-22")


@dataclass(frozen=True)
class Row:
    """One collection in one language. `percent` is rounded down: 100 means that nothing is left to do."""

    collection: str
    language: str
    texts: int
    translated: int
    missing: int
    stale: int
    confirmed: int
    percent: int


@dataclass(frozen=True)
class Reviewed:
    """The entries that were last read through on one day, or in one month; of none that is known where it is empty."""

    date: str
    entries: list[str]


@dataclass(frozen=True)
class Status:
    """Rows by collection, and totals; what is to be done, each at its place; how many texts the lock does not have."""

    rows: list[Row]
    totals: list[Row]
    missing: list[Problem]
    stale: list[Problem]
    unconfirmed: int
    drafts: list[str]
    reviewed: list[Reviewed]
    """Those of longest ago first."""

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
    confirmed = {id(text) for text in translations.confirmed(handbook)}
    rows: list[Row] = []
    missing: list[Problem] = []
    for name, ids in groups.items():
        texts = [(entry_id, path, text) for entry_id in ids for path, text in models[entry_id].index.texts]
        for language in languages if texts else ():
            absent = [(entry_id, path) for entry_id, path, text in texts if text.get(language) is None]
            old = sum(found.entry_id in ids and language in found.languages for found in stale)
            sure = sum(id(text) in confirmed and text.get(language) is not None for _, _, text in texts)
            rows.append(_row(name, language, len(texts), len(absent), old, sure))
            lacking = (
                phrase("expected.translation", language=language),
                phrase("found.nothing"),
                phrase("hint.translate"),
            )
            missing.extend(handbook.origins[entry_id].problem(path, *lacking) for entry_id, path in absent)
    several = [text for model in models.values() for _, text in model.index.texts if len(text.by_language) > 1]
    return Status(
        rows,
        [_total(language, [row for row in rows if row.language == language]) for language in languages],
        sorted(missing),
        sorted(problem for found in stale for problem in _problems(handbook, found)),
        sum(id(text) not in confirmed for text in several),
        sorted(f"{collection}.{entry_id}" for entry_id, collection in handbook.drafts.items()),
        _reviewed(handbook),
    )


def _row(collection: str, language: str, texts: int, missing: int, stale: int, confirmed: int) -> Row:
    there = texts - missing
    return Row(collection, language, texts, there, missing, stale, confirmed, (there - stale) * 100 // (texts or 1))


def _total(language: str, rows: list[Row]) -> Row:
    counts = [(row.texts, row.missing, row.stale, row.confirmed) for row in rows]
    return _row("", language, *map(sum, zip(*counts, strict=True)))


def _reviewed(handbook: Handbook) -> list[Reviewed]:
    """The entries by the day on which they were last read through: their own, or that of the handbook."""
    by_date: dict[str, list[str]] = {}
    for entry_id, entry in handbook.entries.items():
        review = entry.reviewed or handbook.settings.reviewed
        by_date.setdefault(review.date if review else "", []).append(handbook.origins[entry_id].name)
    return [Reviewed(date, by_date[date]) for date in sorted(by_date)]


def _problems(handbook: Handbook, found: Stale) -> Iterable[Problem]:
    """One for each language of a text that has to follow."""
    changed = phrase("expected.followed", languages=", ".join(sorted(found.changed)))
    confirm = phrase("hint.translate-or-confirm", entry=found.entry_id or SETTINGS_FILE)
    for language in sorted(found.languages):
        origin = handbook.origins[found.entry_id]
        yield origin.problem((*found.path, language), changed, phrase("found.unchanged"), confirm)


def table(found: Status, language: str) -> str:
    """The rows and totals as columns of plain text, with a heading in the language of messages."""
    head = [report.word(f"status.{field.name}", language) for field in fields(Row)]
    total = report.word("status.total", language)
    lines = [
        head,
        *([str(value) for value in astuple(row)] for row in found.rows),
        *([total, *(str(value) for value in astuple(row)[1:])] for row in found.totals),
    ]
    widths = [max(_width(line[column]) for line in lines) for column in range(len(head))]
    return "\n".join(
        "  ".join(_padded(cell, widths[index], left=index < 2) for index, cell in enumerate(line)) for line in lines
    )


def reviewed(found: Status, language: str) -> str:
    """The days of longest ago, each with its entries; of many only the first are named."""
    lines = [report.word("status.reviewed", language)]
    for one in found.reviewed[:OLDEST]:
        named = [*one.entries[:NAMED], *(["…"] if len(one.entries) > NAMED else [])]
        date = one.date or report.word("status.never", language)
        lines.append(f"  {_padded(date, DATE_WIDTH, left=True)}  {len(one.entries)}  {', '.join(named)}")
    return "\n".join(lines)


def _width(text: str) -> int:
    """Columns of a terminal that `text` takes; a wide character takes two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _padded(cell: str, width: int, *, left: bool) -> str:
    room = " " * (width - _width(cell))
    return cell + room if left else room + cell


def as_json(found: Status, language: str) -> str:
    """A JSON object: `rows` and `totals`, how many texts are `unconfirmed`, `drafts`, entries by the day on which they
    were last `reviewed`, and the texts that are `missing` and `stale` as problems."""
    data: dict[str, Any] = {
        "rows": [asdict(row) for row in found.rows],
        "totals": [{**asdict(row), "collection": None} for row in found.totals],
        "unconfirmed": found.unconfirmed,
        "drafts": found.drafts,
        "reviewed": [asdict(one) for one in found.reviewed],
        "missing": json.loads(report.as_json(found.missing, language)),
        "stale": json.loads(report.as_json(found.stale, language)),
    }
    return json.dumps(data, ensure_ascii=False, indent=2)
