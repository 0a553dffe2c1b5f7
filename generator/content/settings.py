"""`handbook.yml`: what the handbook is called, its languages and editions, and the ways in."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from .collections import LISTED
from .entries import AnyId, DutyId, Review
from .introspection import Indexed
from .types import MAIL_PATTERN, HeadingId, Id, Model, Text, Words

Overview = StrEnum("Overview", [(name.upper().replace("-", "_"), name) for name in LISTED])  # type: ignore[misc]
Overview.__doc__ = "Pages beside those of entries that a door may lead to."


class Door(Model):
    """One of the ways into the handbook that the home page offers."""

    id: HeadingId = Field(description="Short name, for links to it.")
    title: Text = Field(description="Who it is for.")
    text: Text = Field(description="What they find, in one sentence.")
    links: list[AnyId] = Field(min_length=1, description="Ids of entries to start with.")
    pages: list[Overview] = Field(default=[], description="Collections whose own page is a good start as well.")


class Edition(Model):
    """One way to read the handbook."""

    label: Words = Field(description="Its name in its own language.")
    short: Words = Field(max_length=6, description="The same in a few characters, for the page header.")
    languages: list[str] = Field(min_length=1, description="Codes of the languages it shows, in order.")


class Settings(Indexed):
    """`handbook.yml`: what the handbook is called and which editions it has."""

    title: Text = Field(description="What the handbook is called.")
    short_title: Text = Field(description="The title in the page header.")
    tagline: Text = Field(description="What this is and for whom, in one sentence.")
    introduction: Text = Field(description="What the home page says first.")
    languages: list[str] = Field(
        min_length=1,
        description="Codes of the languages that texts may have; `generator/strings/` has a file for each.",
    )
    editions: dict[Id, Edition] = Field(
        min_length=1, description="Id of each edition, which is also its path on the site, and what the edition shows."
    )
    doors: list[Door] = Field(default=[], description="Where different readers start, in the order of the home page.")
    reviewed: Review | None = Field(
        default=None, description="When the entries were last read through, but for those that say so themselves."
    )
    contact: str | None = Field(
        default=None,
        pattern=MAIL_PATTERN,
        description="Mail address for objections; every page has a link to it then.",
    )
    daily: list[DutyId] = Field(default=[], description="Duties whose checklists the home page offers.")
