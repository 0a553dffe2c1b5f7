"""What models say of their fields, and an index of what an entry holds.

The index (texts, what they mention, citations, evidence, references) is made in one walk: checks and relations ask for
it again and again, and an entry never changes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, cached_property
from typing import Any, cast

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from . import markup
from .types import EDITORS, Citation, Evidence, Model, OwnName, RefersTo, Text
from .yaml_reader import KeyPath


@dataclass(frozen=True)
class ReferenceField:
    """Where an entry names others by their ids: those of `collection`, or any where that is None."""

    path: KeyPath
    ids: list[tuple[KeyPath, str]]
    """Each id with its own path."""
    collection: str | None


@dataclass
class EntryIndex:
    """Everything with its key path, outermost first and in the order of the fields."""

    texts: list[tuple[KeyPath, Text]] = field(default_factory=list)
    citations: list[tuple[KeyPath, Citation]] = field(default_factory=list)
    evidence: list[tuple[KeyPath, Evidence]] = field(default_factory=list)
    references: list[ReferenceField] = field(default_factory=list)
    names: list[tuple[KeyPath, str, OwnName]] = field(default_factory=list)
    """What tells each part from the others of its list; a path ends with the key."""

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


class Indexed(Model):
    """What is written as one thing and has an index: an entry, or the settings."""

    @cached_property
    def index(self) -> EntryIndex:
        """The texts, citations, evidence and references that it holds."""
        index = EntryIndex()
        _walk(self, (), index)
        return index


def _walk(model: BaseModel, path: KeyPath, index: EntryIndex) -> None:
    kind, fields = _searched_fields(type(model))
    if kind is Text:
        index.texts.append((path, cast(Text, model)))
    elif kind is Evidence:
        index.evidence.append((path, cast(Evidence, model)))
    for name, mark in fields:
        held = getattr(model, name)
        if not held:
            continue
        here = (*path, name)
        items = [((*here, index), item) for index, item in enumerate(held)] if type(held) is list else [(here, held)]
        if isinstance(mark, OwnName):
            index.names.append((here, held, mark))
            continue
        if mark:
            index.references.append(ReferenceField(here, items, mark.collection))
            continue
        for place, item in items:
            if type(item) is Citation:
                index.citations.append((place, item))
            elif isinstance(item, BaseModel):
                _walk(item, place, index)


@cache
def _searched_fields(model: type[BaseModel]) -> tuple[type | None, list[tuple[str, RefersTo | OwnName | None]]]:
    """What `model` is looked for as, its fields that have something to look for, and what marks them."""
    fields = []
    for name, info in model.model_fields.items():
        kinds = list(types_in((info.annotation, info.metadata)))
        mark = next((kind for kind in kinds if isinstance(kind, RefersTo | OwnName)), None)
        if mark or any(isinstance(kind, type) and issubclass(kind, BaseModel | Citation) for kind in kinds):
            fields.append((name, mark))
    return next((kind for kind in (Text, Evidence) if issubclass(model, kind)), None), fields


def words_in(model: BaseModel, path: KeyPath = ()) -> Iterator[KeyPath]:
    """Where free words stand in `model`: its texts, and other strings that need not have a certain form."""
    if isinstance(model, Text):
        yield from ((*path, language) for language in model.by_language)
    for name, info in type(model).model_fields.items():
        held = getattr(model, name)
        items = [((*path, name, index), item) for index, item in enumerate(held)] if type(held) is list else []
        for place, item in items or [((*path, name), held)]:
            if isinstance(item, BaseModel):
                yield from words_in(item, place)
            elif type(item) is str and not _has_form(info):
                yield place


def _has_form(info: FieldInfo) -> bool:
    marks = [mark for mark in types_in((info.annotation, info.metadata)) if not isinstance(mark, type)]
    return any(isinstance(mark, RefersTo) or _pattern(mark) for mark in marks)


def _pattern(mark: Any) -> str | None:
    """The pattern that a mark in an annotation asks for."""
    if isinstance(mark, FieldInfo):
        return next(filter(None, map(_pattern, mark.metadata)), None)
    return getattr(mark, "pattern", None)


# --- what models say of their fields ------------------------------------------------------------------------


@dataclass(frozen=True)
class ModelField:
    """One field: its key, what it is for, and what may stand there.

    `least` is how many items a list needs, 0 where the field may be left out. `inner` is the model of what
    stands there, `refers_to` the collection that an id comes from (`""` for any).
    """

    name: str
    description: str
    required: bool
    many: bool
    least: int
    default: str
    inner: type[BaseModel] | None
    choices: tuple[str, ...]
    refers_to: str | None
    cites: bool
    number: bool


def fields_of(model: type[BaseModel]) -> list[ModelField]:
    """The fields of `model`, the required ones of each class as they are declared."""
    return [_field(name, info) for name, info in model.model_fields.items()]


def purpose(model: type[BaseModel]) -> str:
    """What `model` is, in one sentence: the first line of its docstring."""
    return (model.__doc__ or "").strip().split("\n")[0]


def is_text(model: type[BaseModel] | None) -> bool:
    """Whether `model` has language keys."""
    return model is not None and issubclass(model, Text)


def _field(name: str, info: FieldInfo) -> ModelField:
    types = list(types_in((info.annotation, info.metadata)))
    classes = [found for found in types if isinstance(found, type)]
    references = [found for found in types if isinstance(found, RefersTo)]
    required = info.is_required()
    many = list in classes
    return ModelField(
        name,
        info.description or "",
        required,
        many,
        next((found.min_length for found in info.metadata if hasattr(found, "min_length")), 1) if required else 0,
        str(info.default) if isinstance(info.default, str | int) else "",
        next((found for found in classes if issubclass(found, BaseModel)), None),
        tuple(choice.value for found in classes if issubclass(found, StrEnum) for choice in found),
        (references[0].collection or "") if references else None,
        Citation in classes,
        int in classes,
    )


def types_in(annotation: Any) -> Any:
    """Every type and mark in an annotation, outermost first; a model inside is named but not entered."""
    if isinstance(annotation, tuple | list):
        for part in annotation:
            yield from types_in(part)
        return
    yield getattr(annotation, "__origin__", annotation)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return
    for part in (*getattr(annotation, "__metadata__", ()), *getattr(annotation, "__args__", ())):
        yield from types_in(part)
