"""The authors' page: what somebody wrote by hand, and between two marks the fields of every kind of entry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from pydantic import BaseModel

from ..content.collections import MODELS, singular
from ..content.entries import Entry
from ..content.files import SETTINGS_FILE
from ..content.introspection import ModelField, fields_of, is_text, purpose
from ..content.settings import Settings

FILE: Final = "CONTRIBUTING.md"
START: Final = "<!-- fields: written by `python -m generator schema` from the models; change them there -->"
END: Final = "<!-- /fields -->"


def page(path: Path) -> str:
    """The text of the page at `path` with its reference as of today; only the reference where there is no page."""
    text = path.read_text(encoding="utf-8") if path.exists() else f"{START}\n{END}\n"
    before, _, rest = text.partition(START)
    _, _, after = rest.partition(END)
    return f"{before}{START}\n\n{fields()}\n{END}{after or chr(10)}"


def fields() -> str:
    """Every kind of file and what its fields are for, as Markdown."""
    entries = {f"`{singular(name)}`": model for name, model in MODELS.items()}
    parts: dict[str, type[BaseModel]] = {f"`{SETTINGS_FILE}`": Settings, "Every entry": Entry, **entries}
    lines = [line for name, model in parts.items() for line in _section(f"### {name}", model)]
    lines += ["### Parts of entries", ""]
    for inner in _inner(parts.values()):
        lines += _section(f"#### {_heading(inner)}", inner)
    return "\n".join(lines)


def _section(heading: str, model: type[BaseModel]) -> Iterator[str]:
    yield from (heading, "", purpose(model), "")
    shared = set(Entry.model_fields) if issubclass(model, Entry) and model is not Entry else set()
    rows = [field for field in fields_of(model) if field.name not in shared]
    if is_text(model):
        yield from ("Its keys are the languages of the handbook" + (", and:" if rows else "."), "")
    if rows:
        yield from ("| Field | What it is for | What stands there |", "| --- | --- | --- |")
        yield from (_row(field) for field in rows)
        yield ""


def _row(field: ModelField) -> str:
    name = f"**`{field.name}`**" if field.required else f"`{field.name}`"
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in (name, field.description, _value(field))) + " |"


def _value(field: ModelField) -> str:
    """What may be written, in a few words."""
    if field.inner is not None:
        one = f"[{_heading(field.inner)}](#{_heading(field.inner)})"
    elif field.choices:
        one = " · ".join(f"`{choice}`" for choice in field.choices)
    elif field.number:
        one = "number"
    elif field.refers_to is not None:
        one = f"id from `{field.refers_to}`" if field.refers_to else "id of any entry"
    else:
        one = "citation" if field.cites else ""
    words = [f"list of {one or 'words'}" if field.many and not field.cites else one or "words"]
    if field.least > 1:
        words.append(f"at least {field.least}")
    if field.default:
        words.append(f"`{field.default}` if left out")
    return ", ".join(words)


def _heading(model: type[BaseModel]) -> str:
    return model.__name__.lower()


def _inner(models: Iterable[type[BaseModel]]) -> list[type[BaseModel]]:
    """Every model inside `models`, each once, in the order in which they are met."""
    found: dict[type[BaseModel], None] = {}
    waiting = list(models)
    while waiting:
        inner = [field.inner for field in fields_of(waiting.pop(0)) if field.inner is not None]
        waiting += [model for model in inner if model not in found]
        found.update(dict.fromkeys(inner))
    return list(found)
