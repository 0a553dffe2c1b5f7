"""What a plan is made of: addresses, pages, groups of entries, and the parts of the navigation."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from ..content.entries import Entry, Review
from ..content.handbook import Handbook
from ..content.types import Text
from .relations import Relations


@dataclass(frozen=True)
class Address:
    """Where an entry stands, the same in every edition: `duties/itinerary.md`, `terms.md` + `duban`."""

    path: str
    anchor: str = ""


@dataclass(frozen=True)
class Group:
    """Entries under one heading. `title` is a text, or the key of an interface word."""

    id: str
    title: Text | str
    summary: Text | None
    entries: list[Entry]


@dataclass(frozen=True)
class Page:
    """One planned page. `title` is a text, or the key of an interface word."""

    path: str
    """Below the folder of an edition."""
    template: str
    title: Text | str
    description: Text | str
    make_context: Callable[[], Mapping[str, Any]]
    source: str | None = None
    """The YAML file that the page comes from, below the folder that holds content/."""
    scripts: tuple[str, ...] = ()
    """Scripts of the theme that only this page needs: `filter` is `assets/filter.js`."""
    hide: tuple[str, ...] = ()
    """Parts of the theme that the page does without: `toc`, `navigation`."""
    reviewed: Review | None = None
    """When what the page shows was last read through."""
    search_weight: float = 1.0
    explains_terms: bool = False
    """Whether words of the glossary carry their meaning on it."""

    @cached_property
    def context(self) -> Mapping[str, Any]:
        """What the template shows, worked out when the page is rendered."""
        return self.make_context()

    @property
    def needed_scripts(self) -> tuple[str, ...]:
        """The scripts that it needs as it is now: filters only where there is something to choose."""
        scripts: tuple[str, ...] = self.context.get("scripts", self.scripts)
        return scripts


@dataclass(frozen=True)
class Part:
    """A part of the navigation: its title, its pages, and parts within it."""

    title: Text | str
    pages: list[Page]
    parts: list[Part] = field(default_factory=list)


@dataclass(frozen=True)
class Plan:
    """Everything that will be written, for every edition alike."""

    handbook: Handbook
    relations: Relations
    navigation: list[Part]
    addresses: dict[str, Address]

    @cached_property
    def needed_words(self) -> set[str]:
        """Keys of the interface words that titles and descriptions are."""

        def of(part: Part) -> Iterator[Text | str]:
            yield part.title
            for page in part.pages:
                yield from (page.title, page.description)
            for inner in part.parts:
                yield from of(inner)

        return {word for part in self.navigation for word in of(part) if isinstance(word, str)}

    @cached_property
    def pages(self) -> list[Page]:
        """All pages, in the order of the navigation."""

        def of(part: Part) -> list[Page]:
            return [*part.pages, *(page for inner in part.parts for page in of(inner))]

        return [page for part in self.navigation for page in of(part)]
