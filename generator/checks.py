"""What one file cannot know: references, sources and quotations. Plain functions, one rule each.

Every check yields problems; `run` puts them all into the collector.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic import BaseModel

from . import language_checks, markup, quotations
from .entries import Entry
from .fields import types_in
from .handbook import Handbook, Origin, did_you_mean, walk
from .problems import NO_HINT, Problem, Problems, code, phrase
from .reader import KeyPath
from .settings import Settings
from .sources import Answer, Publication, SourceDocument
from .statements import EDITORS, Citation, Evidence, RefersTo, Text, lines_of
from .strings import Words

Fingerprints = Mapping[str, quotations.Fingerprint]
"""Source document id to its fingerprint, read once for all of its quotations."""


def run(handbook: Handbook, words: Words, problems: Problems) -> None:
    """Every check on every entry."""
    prints = {name: fingerprint(handbook, document) for name, document in handbook.all(SourceDocument).items()}
    entries = (_entry(handbook, entry_id, prints) for entry_id in handbook.entries)
    found = [_settings(handbook), *entries, _documents(handbook, prints)]
    for problem in (problem for check in found for problem in check):
        problems.add(problem)
    for problem in language_checks.run(handbook, words):
        problems.add(problem)


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


def _settings(handbook: Handbook) -> Iterator[Problem]:
    origin = handbook.origins[""]
    yield from _references(handbook, handbook.settings, origin)
    yield from _texts(handbook, handbook.settings, origin)
    empty = {name for name, entries in handbook.collections.items() if not entries} - handbook.gaps.collections
    for number, door in enumerate(handbook.settings.doors):
        for index, page in enumerate(door.pages):
            if page.value in empty:
                where = ("doors", number, "pages", index)
                yield origin.problem(where, phrase("expected.filled-collection"), code(page), phrase("hint.delete"))
    for name, edition in handbook.settings.editions.items():
        for index, language in enumerate(edition.languages):
            if language not in handbook.settings.languages:
                path = ("editions", name, "languages", index)
                yield _unknown_language(handbook, origin, path, language)


def _unknown_language(handbook: Handbook, origin: Origin, path: KeyPath, language: str) -> Problem:
    known = phrase("hint.known", words=", ".join(handbook.settings.languages))
    return origin.problem(path, phrase("expected.language"), code(language), known)


def _entry(handbook: Handbook, entry_id: str, prints: Fingerprints) -> Iterator[Problem]:
    entry, origin = handbook.entries[entry_id], handbook.origins[entry_id]
    yield from _references(handbook, entry, origin)
    yield from _texts(handbook, entry, origin)
    yield from _citations(handbook, entry, origin)
    for path, value in walk(entry):
        if isinstance(value, Evidence):
            yield from _quotation(handbook, value, prints, origin, path)


# --- references ------------------------------------------------------------------------------------------


def _references(handbook: Handbook, model: Entry | Settings, origin: Origin) -> Iterator[Problem]:
    own = model.id if isinstance(model, Entry) else None
    for path, value in walk(model):
        if not isinstance(value, BaseModel):
            continue
        for name, field in type(value).model_fields.items():
            marks = types_in((field.annotation, field.metadata))
            target = next((mark for mark in marks if isinstance(mark, RefersTo)), None)
            if not target:
                continue
            ids = getattr(value, name)
            several = isinstance(ids, list)
            seen: set[str] = set()
            for index, reference in enumerate(ids if several else [ids]):
                here = (*path, name, index) if several else (*path, name)
                if reference is not None:
                    yield from _reference(handbook, reference, target.collection, origin, here)
                if reference == own:
                    yield origin.problem(here, phrase("expected.other-entry"), phrase("found.itself"))
                if reference in seen:
                    twice = phrase("found.twice", id=reference)
                    yield origin.problem(here, phrase("expected.other-entry"), twice, phrase("hint.delete"))
                seen.add(reference)


def _reference(
    handbook: Handbook, reference: str, collection: str | None, origin: Origin, path: KeyPath
) -> Iterator[Problem]:
    known = handbook.collections[collection] if collection else handbook.entries
    if reference not in known and not handbook.gaps.excuse(reference, collection):
        expected = phrase("expected.id-from", collection=collection) if collection else phrase("expected.id-of-entry")
        yield origin.problem(path, expected, code(reference), did_you_mean(reference, known) or NO_HINT)


def _texts(handbook: Handbook, model: BaseModel, origin: Origin) -> Iterator[Problem]:
    for path, value in walk(model):
        if not isinstance(value, Text):
            continue
        if not value.by_language:
            yield origin.problem(path, phrase("expected.some-language"), phrase("found.none"))
        for language, text in value.by_language.items():
            here = (*path, language)
            if language not in handbook.settings.languages:
                yield _unknown_language(handbook, origin, here, language)
            for reference in markup.references(text):
                yield from _reference(handbook, reference, None, origin, here)
            for url in markup.bad_links(text):
                yield origin.problem(here, phrase("expected.link"), code(url), phrase("hint.use-reference"))


# --- sources ---------------------------------------------------------------------------------------------


def _citations(handbook: Handbook, entry: Entry, origin: Origin) -> Iterator[Problem]:
    """Every citation leads somewhere, and one of an answer has its passage in the same entry."""
    passages = {str(evidence.source) for evidence in entry.passages()}
    answers = handbook.all(Answer)
    for path, value in walk(entry):
        if not isinstance(value, Citation):
            continue
        wrong = list(_citation(handbook, value, origin, path))
        yield from wrong
        if not wrong and value.source in answers and str(value) not in passages:
            hint = did_you_mean(str(value), passages) or phrase("hint.evidence")
            yield origin.problem(path, phrase("expected.quoted-citation"), code(value), hint)


def _citation(handbook: Handbook, citation: Citation, origin: Origin, path: KeyPath) -> Iterator[Problem]:
    answers, publications = handbook.all(Answer), handbook.all(Publication)
    if citation.source == EDITORS:
        if citation.places:
            yield origin.problem(path, phrase("expected.editors-alone"), code(citation))
    elif handbook.gaps.excuse(citation.source, "answers") or handbook.gaps.excuse(citation.source, "publications"):
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


def _documents(handbook: Handbook, prints: Fingerprints) -> Iterator[Problem]:
    """Answers and silent lines are lines of their document, each line belongs to one answer only."""
    documents = handbook.all(SourceDocument)
    taken: dict[tuple[str, int], str] = {}
    for answer in handbook.all(Answer).values():
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
        yield from _fingerprint(document, prints[document.id], origin)


# --- quotations ------------------------------------------------------------------------------------------


def _fingerprint(document: SourceDocument, lines: quotations.Fingerprint, origin: Origin) -> Iterator[Problem]:
    if len(lines) != document.line_count:
        expected = phrase("expected.fingerprint", count=document.line_count)
        found = phrase("found.number", count=len(lines))
        yield origin.problem(("fingerprint",), expected, found, phrase("hint.make-fingerprint"))


def _quotation(
    handbook: Handbook, evidence: Evidence, prints: Fingerprints, origin: Origin, path: KeyPath
) -> Iterator[Problem]:
    answer = handbook.all(Answer).get(evidence.source.source)
    document = handbook.all(SourceDocument).get(answer.document) if answer else None
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
    elif not _stands(quote, evidence, prints[document.id]):
        expected = phrase("expected.quote-words", lines=",".join(evidence.source.places))
        yield origin.problem(here, expected, code(quote), phrase("hint.quote-exactly"))


def _stands(quote: str, evidence: Evidence, lines: quotations.Fingerprint) -> bool:
    try:
        return not lines or quotations.stands_in(quote, evidence.source.lines, lines)
    except ValueError:
        return True  # the lines are no numbers; that has its own problem


def fingerprint(handbook: Handbook, document: SourceDocument) -> quotations.Fingerprint:
    """The fingerprint that `document` names; empty where it cannot be read."""
    path = (handbook.folder / document.fingerprint).resolve()
    if not path.is_relative_to(handbook.folder.resolve()):
        return []
    try:
        return quotations.read(path)
    except (OSError, UnicodeDecodeError):
        return []
