"""What is inside an entry, found in one walk: its texts, what they mention, its citations, evidence and references.

Checks and relations ask for these again and again, and an entry never changes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import cast

from pydantic import BaseModel

from . import markup
from .fields import types_in
from .reader import KeyPath
from .statements import EDITORS, Citation, Evidence, Model, RefersTo, Text


@dataclass(frozen=True)
class Reference:
    """Where an entry names others by their ids: those of `collection`, or any where that is None."""

    path: KeyPath
    ids: list[tuple[KeyPath, str]]
    """Each id with its own path."""
    collection: str | None


@dataclass
class Inside:
    """Everything with its key path, outermost first and in the order of the fields."""

    texts: list[tuple[KeyPath, Text]] = field(default_factory=list)
    citations: list[tuple[KeyPath, Citation]] = field(default_factory=list)
    evidence: list[tuple[KeyPath, Evidence]] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)

    @cached_property
    def mentions(self) -> list[tuple[KeyPath, str]]:
        """Ids that texts refer to by `[[id]]`; a path ends with the language."""
        return [(path, found) for path, text in self._with("[") for found in markup.references(text)]

    @cached_property
    def bad_links(self) -> list[tuple[KeyPath, str]]:
        """Addresses that texts link to and that are not allowed."""
        return [(path, found) for path, text in self._with("(") for found in markup.bad_links(text)]

    @cached_property
    def sources(self) -> frozenset[str]:
        """Ids of everything that is cited."""
        return frozenset(citation.source for _, citation in self.citations if citation.source != EDITORS)

    def _with(self, mark: str) -> Iterator[tuple[KeyPath, str]]:
        """Texts that may hold what is looked for: they have a bracket, and `mark`."""
        for path, text in self.texts:
            for language, words in text.by_language.items():
                if "[" in words and mark in words:
                    yield (*path, language), words


class Whole(Model):
    """What is written and looked at as one thing: an entry, or the settings."""

    @cached_property
    def inside(self) -> Inside:
        """What is inside."""
        found = Inside()
        _look(self, (), found)
        return found


def _look(model: BaseModel, path: KeyPath, found: Inside) -> None:
    kind, fields = _fields(type(model))
    if kind is Text:
        found.texts.append((path, cast(Text, model)))
    elif kind is Evidence:
        found.evidence.append((path, cast(Evidence, model)))
    for name, refers_to in fields:
        held = getattr(model, name)
        if not held:
            continue
        here = (*path, name)
        items = [((*here, index), item) for index, item in enumerate(held)] if type(held) is list else [(here, held)]
        if refers_to:
            found.references.append(Reference(here, items, refers_to.collection))
            continue
        for place, item in items:
            if type(item) is Citation:
                found.citations.append((place, item))
            elif isinstance(item, BaseModel):
                _look(item, place, found)


@cache
def _fields(model: type[BaseModel]) -> tuple[type | None, list[tuple[str, RefersTo | None]]]:
    """What `model` is looked for as, its fields that have something to look for, and what ids in them refer to."""
    fields = []
    for name, info in model.model_fields.items():
        kinds = list(types_in((info.annotation, info.metadata)))
        refers_to = next((kind for kind in kinds if isinstance(kind, RefersTo)), None)
        if refers_to or any(isinstance(kind, type) and issubclass(kind, BaseModel | Citation) for kind in kinds):
            fields.append((name, refers_to))
    return next((kind for kind in (Text, Evidence) if issubclass(model, kind)), None), fields
