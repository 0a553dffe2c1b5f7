"""What every entry has, references between entries, and the small closed sets that entries are sorted by."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import AfterValidator, Field

from .introspection import Indexed
from .types import Date, Evidence, Id, Model, RefersTo, Statement, Text, checked_lines

AnyId = Annotated[Id, RefersTo(None)]
AreaId = Annotated[Id, RefersTo("areas")]
SituationId = Annotated[Id, RefersTo("situations")]
LevelId = Annotated[Id, RefersTo("levels")]
OrganisationId = Annotated[Id, RefersTo("organisations")]
RankId = Annotated[Id, RefersTo("ranks")]
OutcomeId = Annotated[Id, RefersTo("outcomes")]
DutyId = Annotated[Id, RefersTo("duties")]
FormId = Annotated[Id, RefersTo("forms")]
Lines = Annotated[str, AfterValidator(checked_lines)]
"""Lines of a source document, as written: `22`, `22-24`, `43,44,48`."""
DocumentId = Annotated[Id, RefersTo("documents")]


class Review(Model):
    """When something was last read through, and by whom."""

    date: Date = Field(description="The day (2026-11-22) or the month.")
    by: Text | None = Field(default=None, description="Who read it; left out where it was the editors.")


class Entry(Indexed):
    """Anything that has an id: a file of its own (the id is the file's stem) or an item of a list file."""

    id: Id = Field(
        description="Part of the address. The name of the file without `.yml`; only items of a list file write it."
    )
    draft: bool = Field(
        default=False,
        description="`true` while it is unfinished: `mkdocs serve` shows it, with a mark; no build has it.",
    )
    title: Text = Field(description="The name, as headings and lists show it.")
    related: list[AnyId] = Field(
        default=[],
        description="Ids of entries worth reading next. Write a relation on one side; both pages show it.",
    )
    reviewed: Review | None = Field(
        default=None, description="When it was last read through, where that is not what `handbook.yml` says of all."
    )

    def passages(self) -> Iterator[Evidence]:
        """Every piece of evidence that the entry brings, in the order of the page."""
        yield from getattr(self, "evidence", [])


class Area(Entry):
    """A field of work; duties and tips are grouped by it."""

    summary: Text = Field(description="What belongs here, in one sentence.")


class Situation(Entry):
    """A moment in which a reader opens the handbook."""

    summary: Text = Field(description="When this is, in one sentence.")


class Level(Entry):
    """A level of administration (or none, for enterprises), from the highest to the lowest."""

    summary: Text = Field(description="What the level is, for a reader who does not know the system.")


class Organisation(Entry):
    """A type of organisation that the post exists in."""

    summary: Statement = Field(description="What the type is, for a reader who does not know it.")
    part_of: OrganisationId | None = Field(
        default=None, description="Id of the wider type that it belongs to: what is said of it is said within that."
    )
    examples: Text | None = Field(default=None, description="Bodies of this type, by name.")
    differs: list[Statement] = Field(default=[], description="What is different about the post here.")


class Rank(Entry):
    """A rung of the ladder; the file lists them from the highest to the lowest."""

    posts: Text = Field(description="Leading posts that carry the rank.")
    grades: Text | None = Field(default=None, description="Grades without a leading post that stand beside it.")
    summary: Statement = Field(description="What the rung means and where it is reached.")


class RefusedWord(Model):
    """A word that no text may have, for the term has another one."""

    language: str = Field(description="Code of the language.")
    word: str = Field(min_length=2, description="What is refused, wherever it stands; quotations and terms apart.")
    instead: str = Field(description="What to write.")
    unless: list[str] = Field(default=[], description="Longer words and phrases in which it is right.")


class Term(Entry):
    """A word of the trade, used the same way everywhere."""

    pinyin: str | None = Field(default=None, description="Hanyu Pinyin of the Chinese word, with tone marks.")
    also: list[str] = Field(default=[], description="Other words that texts use for it, in any language.")
    unlike: list[str] = Field(
        default=[],
        description="Longer words that contain the word and mean something else: no text is explained there.",
    )
    refused: list[RefusedWord] = Field(default=[], description="Words that texts may not use for it.")
    meaning: Statement = Field(description="What it means, in the reader's language.")
