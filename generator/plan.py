"""Decide every page and the navigation before anything is rendered.

All editions have the same pages under the same names, and the same headings with the same ids; what
differs is only the languages in which they are written.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from functools import cached_property
from typing import Any, Final

from . import compare, dictionary, facets, grounds, relations
from .compare import Table
from .entries import Area, Entry, Level, Organisation, Rank, Situation, Term
from .facets import Facts
from .figures import moves
from .handbook import Handbook
from .kept import Kept
from .model import COLLECTIONS, Ability, Case, Debate, Duty, Guide, Outcome, OutcomeKind, Tip
from .pages import COMPARE, ON_ONE_PAGE, OUTCOME_MAP, PAGE_OF_ITS_OWN, Address, Group, Page, Part, Plan, overview_path
from .relations import Relations
from .sources import Answer, Publication, SourceDocument
from .standing import Standing

_NEEDED: Final = (Duty, Tip, Debate)
"""What is needed in situations."""
_COMPARED: Final = (Duty, Outcome, Organisation)
"""What the comparison of types of organisation is made from."""
_IN_FILTERS: Final = (Area, Situation, Organisation, Debate)
"""What filters name, or look at, beside the entries that they sort."""
_ON_MAP: Final = (Outcome, Case, Debate, Answer, Organisation, Rank)
_COLLECTION_OF: Final = {model: name for name, model in COLLECTIONS.items()}


def plan(handbook: Handbook, kept: Kept | None = None) -> Plan:
    """The plan for `handbook`, which must have passed the checks.

    With what was `kept` of an earlier time, a page is the same object while all that it holds is.
    """
    kept = kept or Kept()
    planner = _Planner(handbook, relations.kept_relations(handbook, kept), kept)
    return Plan(handbook, planner.relations, planner.navigation(), planner.addresses())


class _Planner:
    def __init__(self, handbook: Handbook, known: Relations, kept: Kept) -> None:
        self.handbook = handbook
        self.relations = known
        self.kept = kept
        self.standing = Standing(handbook, known, kept)
        self.by_situation: dict[str, list[Entry]] = {}
        for entry in handbook.entries.values():
            if isinstance(entry, _NEEDED):
                for situation in dict.fromkeys(entry.situations):
                    self.by_situation.setdefault(situation, []).append(entry)
        self.cases_of: dict[str | None, list[Case]] = {}
        for case in handbook.all(Case).values():
            for outcome in _outcomes_of(case):
                self.cases_of.setdefault(outcome, []).append(case)

    def addresses(self) -> dict[str, Address]:
        """Where every entry stands; the very same as long as that is so."""
        duty_areas = {duty.area for duty in self.handbook.all(Duty).values()}
        source = [list(entries) for entries in self.handbook.collections.values()], duty_areas
        return self.kept.get("addresses", source, lambda _: self.new_addresses(duty_areas))

    def new_addresses(self, duty_areas: set[str]) -> dict[str, Address]:
        addresses: dict[str, Address] = {}
        for name, entries in self.handbook.collections.items():
            for entry_id in entries:
                if name in PAGE_OF_ITS_OWN:
                    addresses[entry_id] = Address(f"{name}/{entry_id}.md")
                elif name in ON_ONE_PAGE:
                    addresses[entry_id] = Address(ON_ONE_PAGE[name], entry_id)
        for area in self.handbook.all(Area):
            addresses[area] = Address(f"{'duties' if area in duty_areas else 'tips'}/index.md", area)
        return addresses

    def navigation(self) -> list[Part]:
        by_area = self.by_area
        return [
            Part("home.title", [self.home(), self.situations(), *self.self_check()]),
            self.part("duties", (Duty, Area), by_area(Duty)),
            self.part("tips", (Tip, Area), by_area(Tip)),
            self.outcomes(),
            self.part("debates", (Debate,), [self.everything(Debate)]),
            Part("section.reference", [self.terms(), self.ranks(), self.organisations(), *self.compare()]),
            self.sources(),
            Part(
                "collection.guides",
                [self.entry("guides", guide) for guide in self.handbook.all(Guide).values()],
            ),
        ]

    # --- parts -------------------------------------------------------------------------------------------

    def part(self, name: str, kinds: tuple[type[Entry], ...], groups: list[Group], **context: Any) -> Part:
        entries = [entry for group in groups for entry in group.entries]
        overview = self.overview(name, "overview", kinds, lambda: {"groups": groups, **context})
        return Part(f"collection.{name}", [overview, *(self.entry(name, entry) for entry in entries)])

    def outcomes(self) -> Part:
        outcomes = self.handbook.all(Outcome).values()
        groups = [
            Group(kind.value, f"kind.{kind}", None, [entry for entry in outcomes if entry.kind is kind])
            for kind in OutcomeKind
        ]
        cases = list(self.handbook.all(Case).values())
        part = self.part("outcomes", (Outcome, Case), [group for group in groups if group.entries], cases=cases)
        part.pages[1:1] = self.map()
        part.pages.extend(self.entry("cases", case) for case in cases)
        return part

    def map(self) -> list[Page]:
        """The map of outcomes, where there are any."""
        if not self.handbook.all(Outcome):
            return []

        def context() -> dict[str, Any]:
            facts = moves.outcome_map(self.handbook, self.relations)
            shown = [move for column in facts.columns for move in column.moves]
            kinds = [kind for kind in OutcomeKind if any(move.outcome.kind is kind for move in shown)]
            weights = [weight for weight in moves.Weight if any(move.weight is weight for move in shown)]
            return {"map": facts, "kinds": kinds, "weights": weights}

        return [self.overview(OUTCOME_MAP, "outcome_map", _ON_MAP, context, hide=("navigation", "toc"))]

    def sources(self) -> Part:
        answers = self.handbook.all(Answer)
        documents = [
            Group(
                document.id,
                document.title,
                document.summary,
                [a for a in answers.values() if a.document == name],
            )
            for name, document in self.handbook.all(SourceDocument).items()
        ]
        overview = self.overview(
            "answers",
            "answers",
            (Answer, SourceDocument),
            lambda: {"groups": documents, "documents": self.handbook.all(SourceDocument)},
        )
        return Part(
            "section.sources",
            [],
            [
                Part(
                    "collection.answers",
                    [overview, *(self.entry("answers", answer) for answer in answers.values())],
                ),
                self.part("publications", (Publication,), [self.everything(Publication)]),
            ],
        )

    # --- pages -------------------------------------------------------------------------------------------

    def home(self) -> Page:
        settings = self.handbook.settings
        context = {
            "settings": settings,
            "daily": [self.handbook.entries[entry_id] for entry_id in settings.daily],
            "debates": list(self.handbook.all(Debate).values()),
            "situations": list(self.handbook.all(Situation).values()),
            "guides": list(self.handbook.all(Guide).values()),
            "counts": {name: len(entries) for name, entries in self.handbook.collections.items()},
        }
        source = self.handbook.origins[""].document.file
        return Page("index.md", "home", settings.title, settings.tagline, context, source)

    def situations(self) -> Page:
        def context() -> dict[str, Any]:
            groups = [
                Group(situation.id, situation.title, situation.summary, self.needed_in(situation.id))
                for situation in self.handbook.all(Situation).values()
            ]
            return {"groups": groups}

        return self.overview("situations", "overview", (Situation, *_NEEDED), context)

    def needed_in(self, situation: str) -> list[Entry]:
        return self.by_situation.get(situation, [])

    def terms(self) -> Page:
        return self.overview(
            "terms", "terms", (Term,), lambda: {"terms": self.handbook.all(Term), "initials": dictionary.initials}
        )

    def ranks(self) -> Page:
        return self.overview("ranks", "ranks", (Rank,), lambda: {"ranks": list(self.handbook.all(Rank).values())})

    def organisations(self) -> Page:
        types, levels = self.handbook.all(Organisation), self.handbook.all(Level)
        return self.overview(
            "organisations",
            "organisations",
            (Organisation, Level),
            lambda: {"organisations": list(types.values()), "levels": list(levels.values())},
        )

    def self_check(self) -> list[Page]:
        """The page on which readers rate themselves, where the handbook names abilities."""
        abilities = list(self.handbook.all(Ability).values())
        if not abilities:
            return []

        def context() -> dict[str, Any]:
            return {"abilities": abilities, "helpful": {ability.id: self.helpful(ability) for ability in abilities}}

        return [self.overview("abilities", "self_check", (Ability,), context, scripts=("self-check",))]

    def helpful(self, ability: Ability) -> list[str]:
        """Ids of what helps with `ability`: what it names itself, then what names it."""
        return list(dict.fromkeys([*ability.related, *self.relations.related.get(ability.id, [])]))

    def compare(self) -> list[Page]:
        """The page that sets types of organisation side by side, where there are several."""
        if not self.compared:
            return []

        def context() -> dict[str, Any]:
            types = compare.types(self.handbook)
            every = self.handbook.all(Organisation).values()
            parts = {wide.id: [narrow.id for narrow in every if narrow.part_of == wide.id] for wide in types}
            return {"types": types, "parts": parts, "tables": self.compared}

        return [self.overview(COMPARE, "compare", _COMPARED, context, scripts=("filter",), hide=("toc",))]

    @cached_property
    def compared(self) -> list[Table]:
        return self.standing.once("compared", _COMPARED, lambda: compare.tables(self.handbook))

    def overview(
        self,
        name: str,
        template: str,
        kinds: Collection[type[Entry]],
        shown: Callable[[], dict[str, Any]],
        scripts: tuple[str, ...] = (),
        hide: tuple[str, ...] = (),
    ) -> Page:
        """The page of the collection `name`, where `shown` is made from entries of these `kinds`.

        What lists groups of entries gets filters, where entries differ.
        """
        filtered, compares = template == "overview", name in {"duties", "outcomes", "organisations"}
        facts = [self.facts(kind) for kind in kinds] if filtered else []

        def page() -> Page:
            compared = compares and bool(self.compared)
            context = {"name": name, "relations": self.relations, "cases": [], "compared": compared, **shown()}
            if filtered:
                listed = {group.id: group.entries for group in context["groups"]} | {"cases": context["cases"]}
                known = {entry_id: said for one in facts for entry_id, said in one.items()}
                context |= facets.filters(self.handbook, known, listed, name == "situations")
            ids = self.handbook.collections.get(name, ())
            files = {self.handbook.origins[entry_id].document.file for entry_id in ids}
            source = files.pop() if len(files) == 1 else None  # a list file; a folder of entries has no one source
            return Page(
                overview_path(name),
                template,
                f"collection.{name}",
                f"collection.{name}.lead",
                context,
                source,
                ("filter",) if context.get("facets") else scripts,
                hide,
                self.handbook.settings.reviewed if source else None,
            )

        made_from = {*kinds, *(_IN_FILTERS if filtered else ()), *(_COMPARED if compares else ())}
        return self.standing.once(f"overview of {name}", made_from, page)

    def facts(self, kind: type[Entry]) -> dict[str, Facts]:
        """What every entry of this kind says to the filters."""
        return self.standing.each(
            f"facts of {kind.__name__}",
            self.handbook.all(kind),
            (Organisation, Debate),
            lambda entry: facets.facts(self.handbook, self.relations, entry),
        )

    def entry(self, name: str, entry: Entry) -> Page:
        return self.standing.page(entry, lambda: self.page(name, entry))

    def page(self, name: str, entry: Entry) -> Page:
        """The page of an entry."""
        context: dict[str, Any] = {
            "entry": entry,
            "related": self.grouped(self.relations.related.get(entry.id, [])),
            "resting": self.grouped(self.relations.resting_on.get(entry.id, {})),
            "cited": self.relations.resting_on.get(entry.id, {}),
            "rules": grounds.rules(self.handbook, entry),
            "limited": grounds.limited(self.handbook, entry),
        }
        if isinstance(entry, Outcome):
            context["cases"] = self.cases_of.get(entry.id, [])
        summary = getattr(entry, "summary", None) or getattr(entry, "advice", None) or getattr(entry, "stance", None)
        return Page(
            f"{name}/{entry.id}.md",
            PAGE_OF_ITS_OWN[name],
            entry.title,
            summary or entry.title,
            context,
            self.handbook.origins[entry.id].document.file,
            reviewed=entry.reviewed or self.handbook.settings.reviewed,
        )

    # --- selections --------------------------------------------------------------------------------------

    def by_area(self, model: type[Duty] | type[Tip]) -> list[Group]:
        entries: Iterable[Duty | Tip] = self.handbook.all(model).values()
        found: dict[str, list[Entry]] = {}
        for entry in entries:
            found.setdefault(entry.area, []).append(entry)
        areas = self.handbook.all(Area).values()
        return [Group(area.id, area.title, area.summary, found[area.id]) for area in areas if area.id in found]

    def everything(self, model: type[Entry]) -> Group:
        return Group("all", "", None, list(self.handbook.all(model).values()))

    def grouped(self, ids: Collection[str]) -> list[Group]:
        """Entries by collection, in the order of the collections; `ids` have the order of the handbook."""
        by_collection: dict[str, list[Entry]] = {}
        for entry_id in ids:
            entry = self.handbook.entries[entry_id]
            by_collection.setdefault(_COLLECTION_OF[type(entry)], []).append(entry)
        return [
            Group(name, f"collection.{name}", None, by_collection[name])
            for name in self.handbook.collections
            if name in by_collection
        ]


def _outcomes_of(case: Case) -> set[str | None]:
    return {career.outcome for career in case.careers}
