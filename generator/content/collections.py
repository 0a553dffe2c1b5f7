"""Every collection of a handbook, declared once: what its entries are, where they stand, how they are found.

Reading needs the models, planning the pages, the search the weights; all of them look here. An incomplete declaration
is an error when this module is imported, not a page that is missing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final

from .entries import Area, Entry, Level, Organisation, Rank, Situation, Term
from .introspection import fields_of
from .models import Ability, Case, Debate, DocumentKind, Duty, Form, Guide, Outcome, Playbook, Schedule, Tip
from .sources import Answer, Publication, SourceDocument


class Filter(StrEnum):
    """By what the entries of an overview can be told apart."""

    AREA = "area"
    SITUATION = "situation"
    TYPE = "type"
    DISPUTED = "disputed"


class Grouping(StrEnum):
    """How an overview of the template `overview` groups entries."""

    NONE = "none"
    AREA = "area"
    KIND = "kind"
    NEEDED_IN = "needed-in"
    """Under each entry of the collection, those that name it as their situation."""


@dataclass(frozen=True)
class Collection:
    """One kind of entries: a folder of files in content/, a list file, or both."""

    name: str
    model: type[Entry]
    page: str = ""
    """Template of the page that each entry has. Entries without one are sections of the collection's overview."""
    search_weight: float = 1.0
    """Of the pages of entries."""
    overview: str = ""
    """Template of the page that lists the entries."""
    overview_path: str = ""
    """Where that page is, if not at `NAME/index.md`."""
    overview_weight: float = 1.0
    is_optional: bool = False
    """Whether there is no overview where there are no entries; others say that there are none."""
    section_of: str = ""
    """The collection on whose overview the entries stand, where they have none of their own."""
    explains_terms: bool = True
    """Whether words of the glossary carry their meaning where the entries stand; not on lists of other pages."""
    grouping: Grouping = Grouping.NONE
    filters: tuple[Filter, ...] = ()
    is_compared: bool = False
    """Whether the overview leads to the page that compares types of organisation."""

    @cached_property
    def path(self) -> str:
        """The page that lists the entries, below the folder of an edition; "" where there is none."""
        if self.section_of:
            return collection(self.section_of).path
        return (self.overview_path or f"{self.name}/index.md") if self.overview else ""


COLLECTIONS: Final = (
    Collection(
        "duties",
        Duty,
        page="duty",
        search_weight=2.0,
        overview="overview",
        overview_weight=0.3,
        grouping=Grouping.AREA,
        filters=(Filter.AREA, Filter.SITUATION, Filter.TYPE),
        is_compared=True,
    ),
    Collection(
        "playbooks",
        Playbook,
        page="playbook",
        search_weight=2.0,
        overview="overview",
        overview_weight=0.3,
        is_optional=True,
        filters=(Filter.SITUATION, Filter.TYPE),
    ),
    Collection(
        "schedules",
        Schedule,
        page="schedule",
        search_weight=2.0,
        overview="overview",
        overview_weight=0.3,
        is_optional=True,
    ),
    Collection(
        "forms",
        Form,
        page="form",
        search_weight=1.5,
        overview="overview",
        overview_weight=0.3,
        is_optional=True,
        filters=(Filter.SITUATION,),
    ),
    Collection(
        "tips",
        Tip,
        page="tip",
        search_weight=1.5,
        overview="overview",
        overview_weight=0.3,
        grouping=Grouping.AREA,
        filters=(Filter.AREA, Filter.SITUATION, Filter.DISPUTED),
    ),
    Collection(
        "outcomes",
        Outcome,
        page="outcome",
        overview="overview",
        overview_weight=0.3,
        grouping=Grouping.KIND,
        filters=(Filter.TYPE, Filter.DISPUTED),
        is_compared=True,
    ),
    Collection("cases", Case, page="case", search_weight=2.0, section_of="outcomes", filters=(Filter.TYPE,)),
    Collection("debates", Debate, page="debate", overview="overview", overview_weight=0.3, filters=(Filter.SITUATION,)),
    Collection(
        "abilities",
        Ability,
        overview="self_check",
        overview_path="self-check.md",
        is_optional=True,
        explains_terms=False,
    ),
    Collection("terms", Term, overview="terms", overview_path="terms.md", overview_weight=1.5, explains_terms=False),
    Collection("ranks", Rank, overview="ranks", overview_path="ranks.md"),
    Collection(
        "organisations", Organisation, overview="organisations", overview_path="organisations.md", is_compared=True
    ),
    Collection(
        "document-kinds",
        DocumentKind,
        overview="document_kinds",
        overview_path="document-kinds.md",
        overview_weight=2.0,
        is_optional=True,
    ),
    Collection("levels", Level, section_of="organisations"),
    Collection("areas", Area, section_of="duties"),
    Collection(
        "situations",
        Situation,
        overview="overview",
        overview_path="situations.md",
        overview_weight=0.3,
        explains_terms=False,
        grouping=Grouping.NEEDED_IN,
    ),
    Collection("documents", SourceDocument, section_of="answers"),
    Collection(
        "answers",
        Answer,
        page="answer",
        search_weight=0.5,
        overview="answers",
        overview_weight=0.5,
    ),
    Collection(
        "publications", Publication, page="publication", search_weight=0.3, overview="overview", overview_weight=0.3
    ),
    Collection("guides", Guide, page="guide"),
)
"""In the order in which entries are listed where several kinds meet."""

OUTCOME_MAP: Final = "outcome-map"
"""Name of the page with the map of outcomes; it is no collection, but is linked like one."""

COMPARE: Final = "compare"
"""Name of the page that sets types of organisation side by side, likewise."""

MORNING_SHEET: Final = "morning-sheet"
"""Name of the page with the lines of all checklists that are for every morning, likewise."""

LISTED: Final = (*(declared.name for declared in COLLECTIONS if declared.overview), OUTCOME_MAP, MORNING_SHEET)
"""Names of the pages beside those of entries that a home page may lead to."""

MODELS: Final = {declared.name: declared.model for declared in COLLECTIONS}
"""Name of each folder (or list file) in content/, and the kind of entry in it."""

_BY_NAME: Final = {declared.name: declared for declared in COLLECTIONS}
_NAME_OF: Final = {declared.model: declared.name for declared in COLLECTIONS}


def collection(name: str) -> Collection:
    """The collection of this name. Raises KeyError."""
    return _BY_NAME[name]


def name_of(model: type[Entry]) -> str:
    """The name of the collection of entries of this kind. Raises KeyError."""
    return _NAME_OF[model]


def overview_path(name: str) -> str:
    """The page that lists the collection `name`, or the page of that name which is of no collection."""
    return _BY_NAME[name].path if name in _BY_NAME else f"{name}.md"


def singular(name: str) -> str:
    """What one entry of a collection is called: `duties` gives `duty`."""
    return f"{name[:-3]}y" if name.endswith("ies") else name.removesuffix("s")


def incomplete(collections: tuple[Collection, ...]) -> Iterator[str]:
    """What is missing or wrong in a declaration of collections."""
    by_name = {declared.name: declared for declared in collections}
    for what, found in (
        ("name", [declared.name for declared in collections]),
        ("model", [declared.model.__name__ for declared in collections]),
        ("path of an overview", [declared.path for declared in collections if declared.overview]),
    ):
        yield from (f"two collections have the {what} {one!r}" for one in {*found} if found.count(one) > 1)
    for declared in collections:
        own, model = f"collection {declared.name!r}", declared.model
        around = by_name.get(declared.section_of)
        if not (declared.page or declared.overview or declared.section_of):
            yield f"{own} has no page, no overview, and is no section of another one: its entries would be left out"
        if declared.overview and declared.section_of:
            yield f"{own} has an overview of its own and is a section of another one"
        if declared.section_of and (around is None or not around.overview):
            yield f"{own} is a section of {declared.section_of!r}, which has no overview"
        fields = {field.name for field in fields_of(model)}
        needed = [_FIELDS.get(one) for one in (*declared.filters, declared.grouping)]
        yield from (
            f"{own} needs {name!r}, which {model.__name__} does not have"
            for name in needed
            if name not in (None, *fields)
        )
        for field in fields_of(model):
            if field.refers_to and field.refers_to not in by_name:
                yield f"{model.__name__}.{field.name} refers to {field.refers_to!r}, which is not declared"


_FIELDS: Final[dict[str, str]] = {
    Filter.AREA: "area",
    Filter.SITUATION: "situations",
    Grouping.AREA: "area",
    Grouping.KIND: "kind",
}
"""What filters and groupings read from an entry."""

if _missing := list(incomplete(COLLECTIONS)):
    raise TypeError("; ".join(_missing))
