"""What every entry is made of: texts, statements, and where each statement comes from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Final

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, PydanticKnownError, core_schema

EDITORS: Final = "editors"
"""The source id of what the editors of the handbook add themselves."""

ID_PATTERN: Final = r"^[a-z0-9]+(-[a-z0-9]+)*$"

Id = Annotated[
    str,
    Field(pattern=ID_PATTERN, max_length=60),
]


@dataclass(frozen=True)
class OwnName:
    """Marks what tells a part of an entry from the others of its list."""

    is_in_address: bool = False
    """Whether it is the id of a heading, beside those that the page has anyway."""


PartId = Annotated[Id, OwnName()]
HeadingId = Annotated[Id, OwnName(is_in_address=True)]

REFERS_TO: Final = "x-refers-to"
"""Keyword under which a JSON Schema names the collection that an id comes from, or `any`."""


@dataclass(frozen=True)
class RefersTo:
    """Marks an id as a reference: to an entry of `collection`, or of any where that is None."""

    collection: str | None

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {**handler(schema), REFERS_TO: self.collection or "any"}


_written: Final[dict[frozenset[str], set[str]]] = {}
"""The sets of keys that models were written with."""


class Model(BaseModel):
    """Base of all that is read from YAML: unknown keys are refused, nothing changes afterwards."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    def model_post_init(self, _: Any) -> None:
        """Which keys were written is the same for thousands: they share one set, which takes as much as two texts."""
        written = self.model_fields_set
        object.__setattr__(self, "__pydantic_fields_set__", _written.setdefault(frozenset(written), written))


def visible_words(written: str) -> str:
    """`written`, for pydantic: an error as for an empty string where nothing in it can be seen."""
    if not any(char.isprintable() and not char.isspace() for char in written):
        raise PydanticKnownError("string_too_short", {"min_length": 1})
    return written


Words = Annotated[str, Field(min_length=1), AfterValidator(visible_words)]


class Text(Model):
    """One string in every language: the keys are language codes (`zh:`, `en:`).

    Which codes exist is the handbook's own setting, so they are checked later, in `checks`. A language
    that is absent is untranslated, and shown as such.
    """

    model_config = ConfigDict(extra="allow", frozen=True)
    __pydantic_extra__: dict[str, Words] = Field(init=False)

    @property
    def by_language(self) -> dict[str, str]:
        """The strings that are there, by language code."""
        return self.__pydantic_extra__

    def get(self, language: str) -> str | None:
        """The string in `language`, or None where it is untranslated."""
        return self.by_language.get(language)


_lines = re.compile(r" *(?P<first>[0-9]+)(?:-(?P<last>[0-9]+))? *")


def lines_of(written: str) -> tuple[int, ...]:
    """Line numbers of `22`, `22-24` or `43,44,48`. Raises ValueError when they are none, or far too many."""
    lines: list[int] = []
    for place in written.split(","):
        match = _lines.fullmatch(place)
        if not match:
            raise ValueError(written)
        start, end = int(match["first"]), int(match["last"] or match["first"])
        if not 0 < start <= end < start + 10_000:
            raise ValueError(written)
        lines.extend(range(start, end + 1))
    return tuple(lines)


def checked_lines(written: str) -> str:
    """`written`, for pydantic: an error of type `lines` where `lines_of` raises."""
    try:
        lines_of(written)
    except ValueError:
        raise PydanticCustomError("lines", "line numbers such as `22`, `22-24` or `43,44`") from None
    return written


def checked_date(written: str) -> str:
    """`written`, for pydantic: an error of type `date` where the calendar has no such day or month."""
    year, month, day = (*map(int, written.split("-")), 1)[:3]
    try:
        date(year, month, day)
    except ValueError:
        raise PydanticCustomError("date", "a day or month of the calendar") from None
    return written


URL_PATTERN: Final = r"^https?://\S+$"
MAIL_PATTERN: Final = r"^[^\s@<>\"'&?%]+@[^\s@<>\"'&?%]+$"
DATE_PATTERN: Final = r"^[0-9]{4}-[0-9]{2}(-[0-9]{2})?$"

Date = Annotated[str, Field(pattern=DATE_PATTERN), AfterValidator(checked_date)]
"""A day or a month, as written: `2026-11-22`, `2026-11`."""


class Citation:
    """A place in a source: `a03:22`, `a03:22-24`, `a08:43,44,48`, `some-law:60`, or `editors` alone.

    For an answer the part behind the colon is lines of the source document; for a publication it is the
    numbers of articles, as the publication's `provisions` list them.
    """

    _form = re.compile(r"^(?P<source>[a-z0-9]+(?:-[a-z0-9]+)*)(?::(?P<places>[^\s:,]+(?:,[^\s:,]+)*))?$")

    __slots__ = ("places", "source")

    def __init__(self, source: str, places: tuple[str, ...] = ()) -> None:
        self.source = source
        self.places = places

    @classmethod
    def parse(cls, text: str) -> Citation:
        """Read the written form. Raises ValueError when it has none."""
        match = cls._form.match(text.strip())
        if not match:
            raise ValueError(text)
        return cls(match["source"], tuple((match["places"] or "").split(",")) if match["places"] else ())

    @property
    def lines(self) -> tuple[int, ...]:
        """The places as line numbers, ranges written out. Raises ValueError when they are no lines."""
        return lines_of(",".join(self.places)) if self.places else ()

    def __str__(self) -> str:
        return f"{self.source}:{','.join(self.places)}" if self.places else self.source

    def __repr__(self) -> str:
        return f"Citation({str(self)!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Citation) and (self.source, self.places) == (other.source, other.places)

    def __hash__(self) -> int:
        return hash((self.source, self.places))

    @classmethod
    def _validate(cls, value: Any) -> Citation:
        if isinstance(value, cls):
            return value
        try:
            return cls.parse(value)
        except (TypeError, ValueError, AttributeError):
            raise PydanticCustomError(
                "citation",
                "a source such as `a03:22` or `editors`",
            ) from None

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls._validate, serialization=core_schema.to_string_ser_schema()
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"type": "string", "pattern": r"^[a-z0-9]+(-[a-z0-9]+)*(:[^\s:,]+(,[^\s:,]+)*)?$"}


def _one_or_many(value: Any) -> Any:
    return value if isinstance(value, list) else [value]


Citations = Annotated[
    list[Citation], BeforeValidator(_one_or_many, json_schema_input_type=Citation | list[Citation]), Field(min_length=1)
]
"""One citation or a list of them."""


class Statement(Text):
    """A text together with where it comes from."""

    source: Citations = Field(
        description="Where this comes from: an answer and its lines (`a03:22`), a publication and its article "
        "(`some-law:60`), `editors`, or a list of these."
    )


class Prose(Statement):
    """A statement of several paragraphs and lists (`- `, `1. `); every other text is one paragraph."""


class Stance(StrEnum):
    """How a passage of a source bears on what the entry says."""

    SUPPORTS = "supports"
    QUALIFIES = "qualifies"
    CONTRADICTS = "contradicts"


class Evidence(Model):
    """The link from an entry to a passage of a source."""

    source: Citation = Field(description="The answer and the line or lines quoted: `a03:22`, `a03:22-24`.")
    stance: Stance = Field(default=Stance.SUPPORTS, description="How the passage bears on what the entry says.")
    quote: Text = Field(
        description="A short quotation: word for word in the language of the source document, translated in the others."
    )
    note: Text | None = Field(default=None, description="How the passage is read, where that is not plain.")
