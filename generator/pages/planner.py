"""Decide every page and the navigation before anything is rendered.

All editions have the same pages under the same names, and the same headings with the same ids; what differs is only the
languages in which they are written. What a page shows is worked out when it is rendered: see `Page.context`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cached_property
from operator import itemgetter
from typing import Any, Final

from ..content.collections import (
    COLLECTIONS,
    COMPARE,
    MORNING_SHEET,
    OUTCOME_MAP,
    Grouping,
    collection,
    name_of,
    overview_path,
)
from ..content.collections import Collection as Declared
from ..content.entries import Area, Entry, Level, Organisation, Rank, Situation, Term
from ..content.handbook import Handbook
from ..content.models import (
    Ability,
    Case,
    Debate,
    DocumentKind,
    Duty,
    Form,
    Guide,
    Outcome,
    OutcomeKind,
    Playbook,
    Schedule,
    Tip,
)
from ..content.sources import Answer, SourceDocument
from . import comparison, moves, relations
from .comparison import Table
from .filters import filters
from .plan import Address, Group, Page, Part, Plan

NEEDED_IN_SITUATIONS: Final = (Playbook, Duty, Schedule, Form, Tip, Debate)

NAVIGATION: Final[tuple[str | tuple[str, tuple[str, ...]], ...]] = (
    ("home.title", ("home", MORNING_SHEET, "situations", "abilities")),
    "duties",
    ("section.tools", ("playbooks", "schedules", "forms")),
    "tips",
    "outcomes",
    "debates",
    ("section.reference", ("terms", "document-kinds", "ranks", "organisations", COMPARE)),
    ("section.sources", ("answers", "publications")),
    "guides",
)
"""The parts of the navigation: a collection with its pages, or a title over several pages or collections."""

HOME_WEIGHT: Final = 0.1
"""Weight of the home page in the search: it repeats words that have a page of their own."""

MAP_WEIGHT: Final = 0.3
"""Likewise of the map of outcomes."""


def plan(handbook: Handbook) -> Plan:
    """The plan for `handbook`, which must have passed the checks."""
    planner = _Planner(handbook)
    return Plan(handbook, planner.relations, planner.navigation(), planner.addresses())


class _Planner:
    def __init__(self, handbook: Handbook) -> None:
        self.handbook = handbook
        self.relations = relations.Relations(handbook)
        self.views: Mapping[str, Callable[[], list[Page]]] = {
            "home": self.home,
            COMPARE: self.compare_page,
            MORNING_SHEET: self.morning_page,
        }
        """Pages that are not of one collection, by their names in `NAVIGATION`; none where there is nothing to show."""

    def addresses(self) -> dict[str, Address]:
        """Where every entry stands."""
        addresses: dict[str, Address] = {}
        for declared in COLLECTIONS:
            for entry_id in self.handbook.collections[declared.name]:
                if declared.page:
                    addresses[entry_id] = Address(f"{declared.name}/{entry_id}.md")
                else:
                    addresses[entry_id] = Address(declared.path, entry_id)
        duty_areas = {duty.area for duty in self.handbook.all(Duty).values()}
        for area in self.handbook.all(Area):  # a heading of either overview
            addresses[area] = Address(overview_path("duties" if area in duty_areas else "tips"), area)
        return addresses

    # --- navigation --------------------------------------------------------------------------------------

    def navigation(self) -> list[Part]:
        return [self.collection_part(item) if isinstance(item, str) else self.titled_part(*item) for item in NAVIGATION]

    def titled_part(self, title: str, names: Iterable[str]) -> Part:
        """Pages under a title; collections whose entries have pages are parts of their own in it."""
        pages: list[Page] = []
        parts: list[Part] = []
        for name in names:
            if name in self.views:
                pages += self.views[name]()
            elif collection(name).page:
                parts.append(self.collection_part(name))
            else:
                pages += self.collection_pages(collection(name))
        return Part(title, pages, parts)

    def collection_part(self, name: str) -> Part:
        return Part(f"collection.{name}", self.collection_pages(collection(name)))

    def collection_pages(self, declared: Declared) -> list[Page]:
        """The overview of a collection, then the pages of its entries, then those of the kinds listed there too."""
        if declared.is_optional and not self.handbook.collections[declared.name]:
            return []
        pages = [self.overview(declared)] if declared.overview else []
        if declared.name == "outcomes":
            pages += self.map_page()
        listed = [entry for group in self.groups(declared) for entry in group.entries]
        if declared.page:
            pages += [self.entry_page(declared, entry) for entry in listed]
        for inner in COLLECTIONS:
            if inner.section_of == declared.name and inner.page:
                entries = self.handbook.collections[inner.name].values()
                pages += [self.entry_page(inner, entry) for entry in entries]
        return pages

    # --- pages -------------------------------------------------------------------------------------------

    def home(self) -> list[Page]:
        settings = self.handbook.settings

        def context() -> dict[str, Any]:
            return {
                "settings": settings,
                "daily": [self.handbook.entries[entry_id] for entry_id in settings.daily],
                "debates": list(self.handbook.all(Debate).values()),
                "situations": list(self.handbook.all(Situation).values()),
                "guides": list(self.handbook.all(Guide).values()),
                "counts": {name: len(entries) for name, entries in self.handbook.collections.items()},
            }

        source = self.handbook.origins[""].document.file
        return [Page("index.md", "home", settings.title, settings.tagline, context, source, search_weight=HOME_WEIGHT)]

    def overview(self, declared: Declared) -> Page:
        """The page that lists a collection."""
        name = declared.name
        contexts: dict[str, Callable[[], dict[str, Any]]] = {
            "overview": lambda: self.grouped_context(declared),
            "self_check": self.self_check_context,
            "terms": lambda: {"terms": self.handbook.all(Term)},
            "document_kinds": lambda: {"kinds": list(self.handbook.all(DocumentKind).values())},
            "ranks": lambda: {"ranks": list(self.handbook.all(Rank).values())},
            "organisations": self.organisations_context,
            "answers": self.answers_context,
        }

        def context() -> dict[str, Any]:
            compared = declared.is_compared and bool(self.compared)
            return {"name": name, "relations": self.relations, "compared": compared, **contexts[declared.overview]()}

        files = {self.handbook.origins[entry_id].document.file for entry_id in self.handbook.collections[name]}
        source = files.pop() if len(files) == 1 else None  # a list file; a folder of entries has no one source
        return Page(
            declared.path,
            declared.overview,
            f"collection.{name}",
            f"collection.{name}.lead",
            context,
            source,
            ("self-check",) if declared.overview == "self_check" else (),
            reviewed=self.handbook.settings.reviewed if source else None,
            search_weight=declared.overview_weight,
            explains_terms=declared.explains_terms and not declared.page,  # else it lists pages
        )

    def map_page(self) -> list[Page]:
        """The map of outcomes, where there are any."""
        if not self.handbook.all(Outcome):
            return []

        def context() -> dict[str, Any]:
            facts = moves.outcome_map(self.handbook, self.relations)
            shown = [move for column in facts.columns for move in column.moves]
            kinds = [kind for kind in OutcomeKind if any(move.outcome.kind is kind for move in shown)]
            weights = [weight for weight in moves.Weight if any(move.weight is weight for move in shown)]
            return {"map": facts, "kinds": kinds, "weights": weights}

        return [self.view(OUTCOME_MAP, "outcome_map", context, hide=("navigation", "toc"), search_weight=MAP_WEIGHT)]

    def morning_page(self) -> list[Page]:
        """What is ticked off every morning, from the checklists of all duties, where any is marked."""
        daily = [(duty, [item for item in duty.checklist if item.daily]) for duty in self.handbook.all(Duty).values()]
        marked = [(duty, items) for duty, items in daily if items]
        if not marked:
            return []
        order = {duty: number for number, duty in enumerate(self.handbook.settings.daily)}

        def context() -> dict[str, Any]:
            return {"name": MORNING_SHEET, "daily": sorted(marked, key=lambda one: order.get(one[0].id, len(order)))}

        return [self.view(MORNING_SHEET, "morning_sheet", context, hide=("toc",))]

    def compare_page(self) -> list[Page]:
        """The page that sets types of organisation side by side, where there are several."""
        if not self.compared:
            return []

        def context() -> dict[str, Any]:
            types = comparison.types(self.handbook)
            every = self.handbook.all(Organisation).values()
            parts = {wide.id: [narrow.id for narrow in every if narrow.part_of == wide.id] for wide in types}
            return {"name": COMPARE, "types": types, "parts": parts, "tables": self.compared}

        return [self.view(COMPARE, "compare", context, scripts=("filter",), hide=("toc",))]

    def view(self, name: str, template: str, context: Callable[[], dict[str, Any]], **about: Any) -> Page:
        """A page made from several collections."""
        return Page(overview_path(name), template, f"collection.{name}", f"collection.{name}.lead", context, **about)

    def entry_page(self, declared: Declared, entry: Entry) -> Page:
        """The page of an entry."""

        def context() -> dict[str, Any]:
            made: dict[str, Any] = {
                "entry": entry,
                "resting": self.by_collection(self.relations.resting_on.get(entry.id, {})),
                "cited_by": self.relations.resting_on.get(entry.id, {}),
                "rules": relations.cited_rules(self.handbook, entry),
                "limited": relations.limited_answers(self.handbook, entry),
            }
            if isinstance(entry, Duty):
                made["tips"] = [tip for tip in self.handbook.all(Tip).values() if tip.duty == entry.id]
                made["forms"] = [form for form in self.handbook.all(Form).values() if entry.id in form.duties]
                made["playbooks"] = [
                    playbook for playbook in self.handbook.all(Playbook).values() if entry.id in playbook.duties
                ]
            if isinstance(entry, Outcome):
                made["cases"] = self.cases_of.get(entry.id, [])
            listed = {one.id for name in ("tips", "forms", "playbooks", "cases") for one in made.get(name, [])}
            shown = listed | relations.shown_in_place(entry)
            related = self.relations.related.get(entry.id, [])
            made["related"] = self.by_collection([one for one in related if one not in shown])
            return made

        names = ("summary", "advice", "stance", "trigger")
        summary = next((text for text in (getattr(entry, name, None) for name in names) if text), None)
        return Page(
            f"{declared.name}/{entry.id}.md",
            declared.page,
            entry.title,
            summary or entry.title,
            context,
            self.handbook.origins[entry.id].document.file,
            reviewed=entry.reviewed or (None if entry.draft else self.handbook.settings.reviewed),
            search_weight=declared.search_weight,
            explains_terms=declared.explains_terms,
        )

    # --- what overviews show -----------------------------------------------------------------------------

    def grouped_context(self, declared: Declared) -> dict[str, Any]:
        groups = self.groups(declared)
        cases = list(self.handbook.all(Case).values()) if declared.name == "outcomes" else []
        listed = {group.id: group.entries for group in groups} | {"cases": list[Entry](cases)}
        by_situation = declared.grouping is Grouping.NEEDED_IN
        shown = filters(self.handbook, self.relations, listed, by_situation)
        return {"groups": groups, "cases": cases, "scripts": ("filter",) if shown["choices"] else (), **shown}

    def self_check_context(self) -> dict[str, Any]:
        abilities = list(self.handbook.all(Ability).values())
        return {"abilities": abilities, "helpful": {ability.id: self.helpful(ability) for ability in abilities}}

    def organisations_context(self) -> dict[str, Any]:
        types, levels = self.handbook.all(Organisation), self.handbook.all(Level)
        return {"organisations": list(types.values()), "levels": list(levels.values())}

    def answers_context(self) -> dict[str, Any]:
        answers = self.handbook.all(Answer).values()
        documents = self.handbook.all(SourceDocument)
        groups = [
            Group(document.id, document.title, document.summary, [a for a in answers if a.document == name])
            for name, document in documents.items()
        ]
        return {"groups": groups, "documents": documents}

    # --- selections --------------------------------------------------------------------------------------

    def groups(self, declared: Declared) -> list[Group]:
        """The entries of a collection as its overview groups them."""
        entries = list(self.handbook.collections[declared.name].values())
        match declared.grouping:
            case Grouping.AREA:
                areas = self.handbook.all(Area).values()
                found = [(area, [entry for entry in entries if _area(entry) == area.id]) for area in areas]
                return [Group(area.id, area.title, area.summary, inside) for area, inside in found if inside]
            case Grouping.KIND:
                kinds = [
                    Group(kind.value, f"kind.{kind}", None, [entry for entry in entries if _kind(entry) is kind])
                    for kind in OutcomeKind
                ]
                return [group for group in kinds if group.entries]
            case Grouping.NEEDED_IN:
                situations = self.handbook.all(Situation).values()
                return [Group(one.id, one.title, one.summary, self.by_situation.get(one.id, [])) for one in situations]
            case Grouping.NONE:
                return [Group("all", "", None, entries)]

    @cached_property
    def by_situation(self) -> dict[str, list[Entry]]:
        """Situation to the entries that are needed in it.

        First come those that name it first, and few others: they are about it, and others only touch it.
        """
        needed: dict[str, list[tuple[int, int, Entry]]] = {}
        for entry in self.handbook.entries.values():
            if isinstance(entry, NEEDED_IN_SITUATIONS):
                situations = list(dict.fromkeys(entry.situations))
                for place, situation in enumerate(situations):
                    needed.setdefault(situation, []).append((place, len(situations), entry))
        return {
            situation: [entry for *_, entry in sorted(found, key=itemgetter(0, 1))]
            for situation, found in needed.items()
        }

    @cached_property
    def cases_of(self) -> dict[str | None, list[Case]]:
        """Outcome to the cases with a career that is an example of it."""
        cases: dict[str | None, list[Case]] = {}
        for case in self.handbook.all(Case).values():
            for outcome in {career.outcome for career in case.careers}:
                cases.setdefault(outcome, []).append(case)
        return cases

    @cached_property
    def compared(self) -> list[Table]:
        return comparison.tables(self.handbook)

    def helpful(self, ability: Ability) -> list[str]:
        """Ids of what helps with `ability`: what it names itself, then what names it."""
        return list(dict.fromkeys([*ability.related, *self.relations.related.get(ability.id, [])]))

    def by_collection(self, ids: Collection[str]) -> list[Group]:
        """Entries by collection, in the order of the collections; `ids` have the order of the handbook."""
        grouped: dict[str, list[Entry]] = {}
        for entry_id in ids:
            entry = self.handbook.entries[entry_id]
            grouped.setdefault(name_of(type(entry)), []).append(entry)
        return [
            Group(name, f"collection.{name}", None, grouped[name])
            for name in self.handbook.collections
            if name in grouped
        ]


def _area(entry: Entry) -> str | None:
    return getattr(entry, "area", None)


def _kind(entry: Entry) -> OutcomeKind | None:
    return getattr(entry, "kind", None)


def _left_out() -> list[str]:
    """Collections with pages that the navigation does not lead to."""
    named = {name for item in NAVIGATION for name in ((item,) if isinstance(item, str) else item[1])}
    return [
        declared.name
        for declared in COLLECTIONS
        if (declared.page or declared.overview) and not named & {declared.name, declared.section_of}
    ]


if _missing := _left_out():
    raise TypeError(f"these collections have pages, and no place in NAVIGATION: {', '.join(_missing)}")
