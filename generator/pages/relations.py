"""What points at what: each relation is written once, and both of its ends show it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from ..content.entries import Entry
from ..content.handbook import Handbook
from ..content.models import Case, Form, Playbook, Schedule, Tip
from ..content.sources import Answer, Limit, Publication
from ..content.types import EDITORS, Citation, Evidence


@dataclass(frozen=True)
class Relations:
    """All relations of a handbook, each worked out when a page asks for it.

    Lists are of entry ids, in the order in which the collections hold them.
    """

    handbook: Handbook

    @cached_property
    def related(self) -> dict[str, list[str]]:
        """Entry id to the entries it is related to, whichever side wrote it down."""
        found: dict[str, set[str]] = defaultdict(set)
        for entry in self.handbook.entries.values():
            for other in (*entry.related, *_typed(entry)):
                found[entry.id].add(other)
                found[other].add(entry.id)
        return {own: self._in_order(ids, own) for own, ids in found.items()}

    @cached_property
    def mentioned_in(self) -> dict[str, list[str]]:
        """Entry id to the entries whose texts refer to it by `[[id]]`."""
        found: dict[str, set[str]] = defaultdict(set)
        for entry in self.handbook.entries.values():
            for _, other in entry.index.mentions:
                found[other].add(entry.id)
        return {own: self._in_order(ids, own) for own, ids in found.items()}

    @cached_property
    def resting_on(self) -> dict[str, dict[str, list[Citation]]]:
        """Source id to the entries that cite it, each with the places that it cites."""
        found: dict[str, dict[str, set[Citation]]] = defaultdict(lambda: defaultdict(set))
        for entry in self.handbook.entries.values():
            for _, citation in entry.index.citations:
                if citation.source != EDITORS:
                    found[citation.source][entry.id].add(citation)
        return {
            source: {entry: sorted(by_entry[entry], key=str) for entry in self._in_order(set(by_entry), source)}
            for source, by_entry in found.items()
        }

    @cached_property
    def _order(self) -> dict[str, int]:
        return {entry_id: index for index, entry_id in enumerate(self.handbook.entries)}

    def _in_order(self, ids: set[str], own: str) -> list[str]:
        return sorted(ids - {own}, key=lambda entry_id: self._order.get(entry_id, len(self._order)))


def shown_in_place(entry: Entry) -> set[str]:
    """Entries that the page of `entry` names where it needs them, so that its list of related ones leaves them out."""
    return set() if isinstance(entry, Tip) else set(_typed(entry))  # a tip names its duty only in the list


def _typed(entry: Entry) -> list[str]:
    """Relations that have a field of their own."""
    if isinstance(entry, Case):
        return [career.outcome for career in entry.careers if career.outcome]
    if isinstance(entry, Form | Playbook):
        return [*entry.duties, *(entry.forms if isinstance(entry, Playbook) else [])]
    if isinstance(entry, Schedule):
        items = [item for part in entry.parts for item in part.items]
        return [named for item in items for named in (item.duty, item.form) if named]
    if isinstance(entry, Tip) and entry.duty:
        return [entry.duty]
    return []


# --- what an entry rests on ---------------------------------------------------------------------------------


def cited_rules(handbook: Handbook, entry: Entry) -> list[Citation]:
    """Every provision that `entry` cites, once, in the order of the page; a rule without an article as a whole."""
    publications = handbook.all(Publication)
    cited = [citation for _, citation in entry.index.citations if citation.source in publications]
    places = ((citation.source, place) for citation in cited for place in citation.places or ("",))
    return [Citation(source, (place,) if place else ()) for source, place in dict.fromkeys(places)]


def limited_answers(handbook: Handbook, entry: Entry) -> dict[str, list[Limit]]:
    """The answers that `entry` quotes, in the order of the page, each with its limits that concern the lines quoted.

    What the entry cites of an answer it quotes too. An answer without any such limit is left out.
    """
    answers = handbook.all(Answer)
    quoted: dict[str, set[int]] = defaultdict(set)
    for evidence in entry.passages():
        if evidence.source.source in answers:
            quoted[evidence.source.source].update(evidence.source.lines)
    limited = {
        source: [limit for limit in answers[source].limits if limit.concerns(lines)] for source, lines in quoted.items()
    }
    return {source: limits for source, limits in limited.items() if limits}


def passages_of(entry: Entry, source: str) -> list[Evidence]:
    """The passages of `source` that `entry` quotes; the same lines once."""
    passages = {evidence.source: evidence for evidence in entry.passages() if evidence.source.source == source}
    return list(passages.values())
