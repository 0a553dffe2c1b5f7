"""What one file cannot know: references, sources and quotations. Plain functions, one rule each.

Every check yields problems; `run` puts them all into the collector.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from . import language_checks, quotations
from .entries import Entry
from .handbook import Handbook, Origin
from .inside import Whole
from .kept import Kept
from .problems import NO_HINT, Problem, Problems, code, phrase
from .reader import KeyPath
from .sources import Answer, Publication, SourceDocument
from .spelling import did_you_mean
from .statements import EDITORS, Citation, Evidence, lines_of
from .strings import Words

Fingerprints = Mapping[str, quotations.Fingerprint]
"""Source document id to its fingerprint, read once for all of its quotations."""


@dataclass(frozen=True)
class _Known:
    """What entries are checked against."""

    handbook: Handbook
    words: Words
    answers: Mapping[str, Answer]
    publications: Mapping[str, Publication]
    documents: Mapping[str, SourceDocument]
    prints: Fingerprints


@dataclass(frozen=True)
class _Right:
    """Entries in which nothing was wrong, and what they were checked against."""

    known: _Known
    ids: list[list[str]]
    """The ids of each collection."""
    entries: dict[str, Entry]


def run(handbook: Handbook, words: Words, problems: Problems, kept: Kept | None = None) -> None:
    """Every check on every entry; with `kept` of an earlier time, on those that were not right or may no longer be."""
    kept = kept or Kept()
    documents = handbook.all(SourceDocument)
    prints = {name: _kept_fingerprint(handbook, document, kept) for name, document in documents.items()}
    known = _Known(handbook, words, handbook.all(Answer), handbook.all(Publication), documents, prints)
    for problem in (*_settings(known), *_documents(known)):
        problems.add(problem)
    right = _Right(known, [list(entries) for entries in handbook.collections.values()], {})
    before = kept.swap("right", right)
    still = _still_right(before, right) if before else {}
    sound = not handbook.gaps.ids and not handbook.gaps.collections
    for entry_id, entry in handbook.entries.items():
        if still.get(entry_id) is entry:
            right.entries[entry_id] = entry
        elif found := list(_entry(known, entry, handbook.origins[entry_id])):
            for problem in found:
                problems.add(problem)
        elif sound:
            right.entries[entry_id] = entry


def _still_right(before: _Right, now: _Right) -> dict[str, Entry]:
    """Entries that were right and cannot have become wrong: what they name is there, what they cite is the same."""
    old, new = before.known, now.known
    if (old.handbook.settings.languages, old.words, old.documents, old.prints) != (
        (new.handbook.settings.languages, new.words, new.documents, new.prints)
    ):
        return {}
    old_sources, new_sources = {**old.answers, **old.publications}, {**new.answers, **new.publications}
    changed = {name for name in {*old_sources, *new_sources} if old_sources.get(name) is not new_sources.get(name)}
    if before.ids == now.ids and not changed:
        return before.entries
    if before.ids == now.ids:
        return {key: entry for key, entry in before.entries.items() if changed.isdisjoint(entry.inside.sources)}
    collections, every = new.handbook.collections, new.handbook.entries
    return {
        key: entry
        for key, entry in before.entries.items()
        if changed.isdisjoint(entry.inside.sources)
        and all(mention in every for _, mention in entry.inside.mentions)
        and all(
            reference in (collections[references.collection] if references.collection else every)
            for references in entry.inside.references
            for _, reference in references.ids
        )
    }


def uncited_lines(handbook: Handbook) -> dict[str, list[int]]:
    """Lines of each source document that state something and are cited by no entry."""
    cited: dict[str, set[int]] = {document: set() for document in handbook.all(SourceDocument)}
    answers = handbook.all(Answer)
    for entry in handbook.entries.values():
        for evidence in entry.passages():
            answer = answers.get(evidence.source.source)
            if answer:
                cited[answer.document].update(evidence.source.lines)
    return {
        name: sorted(set(range(1, document.line_count + 1)) - {s.line for s in document.silent} - cited[name])
        for name, document in handbook.all(SourceDocument).items()
    }


def _settings(known: _Known) -> Iterator[Problem]:
    settings, origin = known.handbook.settings, known.handbook.origins[""]
    yield from _whole(known, settings, origin)
    empty = {name for name, entries in known.handbook.collections.items() if not entries}
    empty -= known.handbook.gaps.collections
    for number, door in enumerate(settings.doors):
        for index, page in enumerate(door.pages):
            if page.value in empty:
                where = ("doors", number, "pages", index)
                yield origin.problem(where, phrase("expected.filled-collection"), code(page), phrase("hint.delete"))
    for name, edition in settings.editions.items():
        for index, language in enumerate(edition.languages):
            if language not in settings.languages:
                path = ("editions", name, "languages", index)
                yield _unknown_language(known, origin, path, language)


def _unknown_language(known: _Known, origin: Origin, path: KeyPath, language: str) -> Problem:
    languages = phrase("hint.known", words=", ".join(known.handbook.settings.languages))
    return origin.problem(path, phrase("expected.language"), code(language), languages)


def _entry(known: _Known, entry: Entry, origin: Origin) -> Iterator[Problem]:
    yield from _whole(known, entry, origin)
    yield from _citations(known, entry, origin)
    for path, evidence in entry.inside.evidence:
        yield from _quotation(known, evidence, origin, path)


def _whole(known: _Known, model: Whole, origin: Origin) -> Iterator[Problem]:
    yield from _references(known, model, origin)
    yield from _texts(known, model, origin)
    yield from language_checks.run(model.inside, origin, known.words)


# --- references ------------------------------------------------------------------------------------------


def _references(known: _Known, model: Whole, origin: Origin) -> Iterator[Problem]:
    own = model.id if isinstance(model, Entry) else None
    for references in model.inside.references:
        seen: set[str] = set()
        for path, reference in references.ids:
            yield from _reference(known, reference, references.collection, origin, path)
            if reference == own:
                yield origin.problem(path, phrase("expected.other-entry"), phrase("found.itself"))
            if reference in seen:
                twice = phrase("found.twice", id=reference)
                yield origin.problem(path, phrase("expected.other-entry"), twice, phrase("hint.delete"))
            seen.add(reference)


def _reference(
    known: _Known, reference: str, collection: str | None, origin: Origin, path: KeyPath
) -> Iterator[Problem]:
    handbook = known.handbook
    ids = handbook.collections[collection] if collection else handbook.entries
    if reference not in ids and not handbook.gaps.excuse(reference, collection):
        expected = phrase("expected.id-from", collection=collection) if collection else phrase("expected.id-of-entry")
        yield origin.problem(path, expected, code(reference), did_you_mean(reference, ids) or NO_HINT)


def _texts(known: _Known, model: Whole, origin: Origin) -> Iterator[Problem]:
    languages = known.handbook.settings.languages
    for path, text in model.inside.texts:
        if not text.by_language:
            yield origin.problem(path, phrase("expected.some-language"), phrase("found.none"))
        for language in text.by_language:
            if language not in languages:
                yield _unknown_language(known, origin, (*path, language), language)
    for path, reference in model.inside.mentions:
        yield from _reference(known, reference, None, origin, path)
    for path, url in model.inside.bad_links:
        yield origin.problem(path, phrase("expected.link"), code(url), phrase("hint.use-reference"))


# --- sources ---------------------------------------------------------------------------------------------


def _citations(known: _Known, entry: Entry, origin: Origin) -> Iterator[Problem]:
    """Every citation leads somewhere, and one of an answer has its passage in the same entry."""
    passages = {str(evidence.source) for evidence in entry.passages()}
    for path, value in entry.inside.citations:
        wrong = list(_citation(known, value, origin, path))
        yield from wrong
        if not wrong and value.source in known.answers and str(value) not in passages:
            hint = did_you_mean(str(value), passages) or phrase("hint.evidence")
            yield origin.problem(path, phrase("expected.quoted-citation"), code(value), hint)


def _citation(known: _Known, citation: Citation, origin: Origin, path: KeyPath) -> Iterator[Problem]:
    answers, publications, gaps = known.answers, known.publications, known.handbook.gaps
    if citation.source == EDITORS:
        if citation.places:
            yield origin.problem(path, phrase("expected.editors-alone"), code(citation))
    elif gaps.excuse(citation.source, "answers") or gaps.excuse(citation.source, "publications"):
        return
    elif citation.source in answers:
        yield from _answer_lines(answers[citation.source], citation, origin, path)
    elif citation.source in publications:
        articles = [provision.article for provision in publications[citation.source].provisions]
        for place in citation.places:
            if place not in articles:
                hint = phrase("hint.articles", publication=citation.source, articles=", ".join(articles))
                yield origin.problem(path, phrase("expected.article"), code(place), hint)
    else:
        hint = did_you_mean(citation.source, [EDITORS, *answers, *publications]) or NO_HINT
        yield origin.problem(path, phrase("expected.source"), code(citation.source), hint)


def _answer_lines(answer: Answer, citation: Citation, origin: Origin, path: KeyPath) -> Iterator[Problem]:
    try:
        lines = citation.lines
    except ValueError:
        yield origin.problem(path, phrase("expected.lines"), code(citation))
        return
    if not lines or not set(lines) <= set(answer.line_numbers):
        yield origin.problem(path, phrase("expected.answer-lines", lines=answer.lines), code(citation))


def _documents(known: _Known) -> Iterator[Problem]:
    """Answers and silent lines are lines of their document, each line belongs to one answer only."""
    documents, handbook = known.documents, known.handbook
    taken: dict[tuple[str, int], str] = {}
    for answer in known.answers.values():
        origin = handbook.origins[answer.id]
        document = documents.get(answer.document)
        lines = answer.line_numbers
        if document and not set(lines) <= set(range(1, document.line_count + 1)):
            expected = phrase("expected.document-lines", count=document.line_count)
            yield origin.problem(("lines",), expected, code(answer.lines))
        others = sorted({taken[answer.document, line] for line in lines if (answer.document, line) in taken})
        if others:
            hint = phrase("hint.taken", place=", ".join(others))
            yield origin.problem(("lines",), phrase("expected.free-lines"), code(answer.lines), hint)
        taken.update({(answer.document, line): answer.id for line in lines})
        for index, damage in enumerate(answer.damage):
            if not set(lines_of(damage.lines)) <= set(lines):
                expected = phrase("expected.answer-lines", lines=answer.lines)
                yield origin.problem(("damage", index, "lines"), expected, code(damage.lines))
    for document in documents.values():
        origin = handbook.origins[document.id]
        for index, silence in enumerate(document.silent):
            if silence.line > document.line_count:
                expected = phrase("expected.document-lines", count=document.line_count)
                yield origin.problem(("silent", index, "line"), expected, code(silence.line))
        yield from _fingerprint(document, known.prints[document.id], origin)


# --- quotations ------------------------------------------------------------------------------------------


def _fingerprint(document: SourceDocument, lines: quotations.Fingerprint, origin: Origin) -> Iterator[Problem]:
    if len(lines) != document.line_count:
        expected = phrase("expected.fingerprint", count=document.line_count)
        found = phrase("found.number", count=len(lines))
        yield origin.problem(("fingerprint",), expected, found, phrase("hint.make-fingerprint"))


def _quotation(known: _Known, evidence: Evidence, origin: Origin, path: KeyPath) -> Iterator[Problem]:
    answer = known.answers.get(evidence.source.source)
    document = known.documents.get(answer.document) if answer else None
    if not answer or not document:
        return
    here = (*path, "quote", document.language)
    quote = (evidence.quote.get(document.language) or "").strip()
    if not quote:
        expected = phrase("expected.quotation", language=document.language)
        yield origin.problem((*path, "quote"), expected, phrase("found.none"))
    elif len(quote) > document.longest_quote:
        expected = phrase("expected.quote-length", limit=document.longest_quote)
        yield origin.problem(here, expected, phrase("found.number", count=len(quote)), phrase("hint.quote-less"))
    elif not _stands(quote, evidence, known.prints[document.id]):
        expected = phrase("expected.quote-words", lines=",".join(evidence.source.places))
        yield origin.problem(here, expected, code(quote), phrase("hint.quote-exactly"))


def _stands(quote: str, evidence: Evidence, lines: quotations.Fingerprint) -> bool:
    try:
        return not lines or quotations.stands_in(quote, evidence.source.lines, lines)
    except ValueError:
        return True  # the lines are no numbers; that has its own problem


def _kept_fingerprint(handbook: Handbook, document: SourceDocument, kept: Kept) -> quotations.Fingerprint:
    path = str((handbook.folder / document.fingerprint).resolve())  # the name under which it changes
    return kept.get(path, kept.versions.of(path), lambda _: fingerprint(handbook, document))


def fingerprint(handbook: Handbook, document: SourceDocument) -> quotations.Fingerprint:
    """The fingerprint that `document` names; empty where it cannot be read."""
    path = (handbook.folder / document.fingerprint).resolve()
    if not path.is_relative_to(handbook.folder.resolve()):
        return []
    try:
        return quotations.read(path)
    except (OSError, UnicodeDecodeError):
        return []
