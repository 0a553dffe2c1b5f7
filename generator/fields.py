"""What the models say about their fields, for the skeletons and the reference that authors read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from .statements import Citation, RefersTo, Text

LANGUAGES: Final = "languages"
"""Stands for the language keys of a text, which are no field of the model."""


@dataclass(frozen=True)
class Fact:
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


def facts(model: type[BaseModel]) -> list[Fact]:
    """The fields of `model`, the required ones of each class as they are declared."""
    return [_fact(name, info) for name, info in model.model_fields.items()]


def purpose(model: type[BaseModel]) -> str:
    """What `model` is, in one sentence: the first line of its docstring."""
    return (model.__doc__ or "").strip().split("\n")[0]


def singular(collection: str) -> str:
    """What one entry of `collection` is called: `duties` gives `duty`."""
    return f"{collection[:-3]}y" if collection.endswith("ies") else collection.removesuffix("s")


def is_text(model: type[BaseModel] | None) -> bool:
    """Whether `model` has language keys."""
    return model is not None and issubclass(model, Text)


def _fact(name: str, info: FieldInfo) -> Fact:
    types = list(types_in((info.annotation, info.metadata)))
    classes = [found for found in types if isinstance(found, type)]
    references = [found for found in types if isinstance(found, RefersTo)]
    required = info.is_required()
    many = list in classes
    return Fact(
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
