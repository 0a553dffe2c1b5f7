"""What the statements of an entry rest on, gathered for the foot of its page."""

from __future__ import annotations

from .entries import Entry
from .handbook import Handbook
from .sources import Answer, Publication
from .statements import Citation, Evidence


def rules(handbook: Handbook, entry: Entry) -> list[Citation]:
    """Every place in a publication that `entry` cites, once, in the order of the page."""
    publications = handbook.all(Publication)
    cited = (citation for _, citation in entry.inside.citations if citation.source in publications)
    return list(dict.fromkeys(cited))


def limited(handbook: Handbook, entry: Entry) -> list[Answer]:
    """The answers that `entry` quotes and that have limits, in the order of the page."""
    answers = handbook.all(Answer)
    quoted = dict.fromkeys(evidence.source.source for evidence in entry.passages())
    return [answers[source] for source in quoted if source in answers and answers[source].limits]


def passages_of(entry: Entry, source: str) -> list[Evidence]:
    """The passages of `source` that `entry` quotes; the same lines once."""
    passages = {evidence.source: evidence for evidence in entry.passages() if evidence.source.source == source}
    return list(passages.values())
