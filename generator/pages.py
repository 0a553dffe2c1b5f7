"""What a plan is made of: addresses, pages, groups of entries, and the parts of the navigation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from .entries import Entry, Review
from .handbook import Handbook
from .relations import Relations
from .statements import Text

PAGE_OF_ITS_OWN: Final = {
    "duties": "duty",
    "tips": "tip",
    "outcomes": "outcome",
    "cases": "case",
    "debates": "debate",
    "answers": "answer",
    "publications": "publication",
    "guides": "guide",
}
"""Collections whose entries have a page each, and the template for it."""

ON_ONE_PAGE: Final = {
    "terms": "terms.md",
    "ranks": "ranks.md",
    "organisations": "organisations.md",
    "levels": "organisations.md",
    "situations": "situations.md",
    "abilities": "self-check.md",
    "documents": "answers/index.md",
}
"""Collections whose entries are sections of one page, and that page."""


COMPARE: Final = "compare"
"""Name of the page that sets types of organisation side by side; it is no collection, but is linked like one."""


OUTCOME_MAP: Final = "outcome-map"
"""Name of the page with the map of outcomes, likewise."""


def overview_path(name: str) -> str:
    """The page that lists the collection `name`."""
    return f"{name}.md" if name in {COMPARE, OUTCOME_MAP} else ON_ONE_PAGE.get(name, f"{name}/index.md")


SEARCH_BOOST: Final = {
    "terms": 3.0,
    "duty": 2.0,
    "case": 2.0,
    "tip": 1.5,
    "answers": 0.5,
    "answer": 0.5,
    "home": 0.1,
    "overview": 0.3,
    "outcome_map": 0.3,
    "publication": 0.3,
}
"""Weight of pages in the search, by template, where it is not 1: what a thing means comes first, then what to do
about it; overviews and sources repeat words that have a page of their own."""


EXPLAINED: Final = frozenset({*PAGE_OF_ITS_OWN.values(), "ranks", "organisations"})
"""Templates of pages on which words of the glossary carry their meaning; the others are lists of other pages."""


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
    template: str
    title: Text | str
    description: Text | str
    context: Mapping[str, Any]
    source: str | None = None
    """The YAML file that the page comes from, below the folder that holds content/."""
    scripts: tuple[str, ...] = ()
    """Scripts of the theme that only this page needs: `filter` is `assets/filter.js`."""
    hide: tuple[str, ...] = ()
    """Parts of the theme that the page does without: `toc`, `navigation`."""
    reviewed: Review | None = None
    """When what the page shows was last read through."""


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

    @property
    def pages(self) -> list[Page]:
        """All pages, in the order of the navigation."""

        def of(part: Part) -> list[Page]:
            return [*part.pages, *(page for inner in part.parts for page in of(inner))]

        return [page for part in self.navigation for page in of(part)]
