"""Where statements come from: a document with people's answers in it, and public rules."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from .entries import DocumentId, Entry, Lines
from .types import URL_PATTERN, Date, Model, OwnName, Text, lines_of


class DamageKind(StrEnum):
    """What is wrong with a passage of the source document."""

    CENSORED = "censored"
    CUT = "cut"
    GARBLED = "garbled"
    SLIP = "slip"
    REPEATED = "repeated"


class Damage(Model):
    """One place where the source document does not say, or not clearly, what its speaker meant."""

    lines: Lines = Field(description="Lines of the document.")
    kind: DamageKind = Field(description="What is wrong with the passage.")
    note: Text = Field(description="What is there, what it probably was, and how sure that is.")


class Limit(Text):
    """What an answer does not tell, or how far it can be relied on."""

    lines: Lines | None = Field(
        default=None,
        description="Lines of the document that it is about: only pages that quote one of them show it, besides the "
        "answer's own. Left out where it is about the whole answer.",
    )

    def concerns(self, lines: Collection[int]) -> bool:
        """Whether it is about the whole answer, or about one of these lines."""
        return self.lines is None or not set(lines_of(self.lines)).isdisjoint(lines)


class Answer(Entry):
    """One person's contribution to the source document."""

    document: DocumentId = Field(description="Id of the document it stands in.")
    lines: Lines = Field(description="Lines of the document: `9-18`.")
    speaker: Text = Field(description="How the speaker describes themself, if at all.")
    setting: Text = Field(description="The kind of body and level spoken of, if the answer says.")
    stance: Text = Field(description="What the answer holds, in one or two sentences.")
    limits: list[Limit] = Field(default=[], description="Limits the speaker sets, or the editors see.")
    damage: list[Damage] = Field(default=[], description="What is cut off, censored or garbled.")

    @property
    def line_numbers(self) -> tuple[int, ...]:
        """All lines of the document that belong to this answer."""
        return lines_of(self.lines)


class Silence(Model):
    """A line of the source document that states nothing."""

    line: int = Field(ge=1, description="Number of the line in the document.")
    reason: Text = Field(description="Why nothing can rest on it.")


class SourceDocument(Entry):
    """The document that the answers come from; its text is not part of the handbook."""

    summary: Text = Field(description="What the document is and where its limits lie.")
    language: str = Field(
        description="Code of the language it is written in; quotations are word for word in this one."
    )
    line_count: int = Field(ge=1, description="How many lines it has.")
    fingerprint: str = Field(
        description="File in the content folder that quotations are checked against; `fingerprint FILE` prints it."
    )
    longest_quote: int = Field(default=25, ge=3, description="Most characters that one quotation may have.")
    silent: list[Silence] = Field(default=[], description="Lines that state nothing, so that nothing has to cite them.")


class Verification(StrEnum):
    """What the editors compared a provision with: its full text, a passage quoted elsewhere, or nothing."""

    FULL_TEXT = "full-text"
    QUOTED = "quoted"
    NONE = "none"


class Provision(Model):
    """What one article of a publication says, in the editors' words."""

    article: Annotated[str, OwnName()] = Field(
        description="Number of the article, or of the section where there are no articles."
    )
    label: Text | None = Field(default=None, description="How to cite it where it is no numbered article.")
    says: Text = Field(description="What the article says, in plain words and nothing besides; not its wording.")
    comment: Text | None = Field(default=None, description="What the editors add: how it works, what it means here.")
    verified: Verification = Field(
        default=Verification.NONE, description="What the editors compared it with. `none` is shown as unverified."
    )


class Publication(Entry):
    """A public rule or report that the editors rely on."""

    short_title: Text = Field(description="The name that citations show.")
    issuer: Text = Field(description="Who issued it.")
    number: str | None = Field(default=None, description="Document number, if it has one.")
    adopted: Date = Field(description="Date of the version cited (2024-02-27, or 2024-02).")
    in_force: Date | None = Field(default=None, description="When that version took effect.")
    first_in_force: Date | None = Field(
        default=None, description="When the rule first took effect, where an amended version is cited."
    )
    binds: Text = Field(description="Whom it binds, and whom it does not.")
    newer: list[Text] = Field(default=[], description="Newer texts that go before it, or add to it.")
    url: str | None = Field(default=None, pattern=URL_PATTERN, description="Where the public can read it.")
    checked: Text | None = Field(default=None, description="How and when the editors checked it.")
    provisions: list[Provision] = Field(min_length=1, description="The articles that the handbook cites.")
