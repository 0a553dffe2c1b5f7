"""What one file cannot know: references, sources and quotations. Plain functions, one rule each.

Every check yields problems; `run` puts them all into the collector.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from ..memo import FileMemo, Memo
from ..problems import NO_HINT, Problem, Problems, code, did_you_mean, phrase
from . import language_checks, markup, quotations
from .catalogues import Words
from .entries import Entry, Term
from .files import ON_HOME, ON_PAGES, is_of_site
from .handbook import Handbook, Origin, Unread
from .introspection import Indexed
from .settings import Settings
from .sources import Answer, Damage, Limit, Publication, SourceDocument
from .text_file import UnreadableError
from .types import EDITORS, Citation, Evidence, Prose, Text, lines_of
from .word_choice import WordChoice, refused_by
from .yaml_reader import KeyPath

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
    choice: WordChoice


def run(
    handbook: Handbook, words: Words, problems: Problems, memo: Memo | None = None, files: FileMemo | None = None
) -> None:
    """Every check on every entry.

    With the memos of an earlier time, what an entry and its sources alone decide is not looked at again in entries that
    were right; whether what they refer to is there always is.
    """
    memo, files = memo or Memo(), files or FileMemo()
    documents = handbook.all(SourceDocument)
    prints = {name: _fingerprint_of(handbook, document, files) for name, document in documents.items()}
    refused = refused_by(handbook.all(Term).values())
    choice = memo(("refused", refused), (), lambda: WordChoice(refused))
    known = _Known(handbook, words, handbook.all(Answer), handbook.all(Publication), documents, prints, choice)
    problems.extend(_settings(known))
    problems.extend(_documents(known))
    problems.extend(_one_translation(known))
    languages = memo(("languages", tuple(handbook.settings.languages)), (), object)
    world = memo("world", (languages, choice, *words.values(), *documents.values(), *prints.values()), object)
    # What is right without leniency for what could not be read is right with it.
    strict = replace(known, handbook=replace(handbook, unread=Unread())) if handbook.unread else known
    for entry_id, entry in handbook.entries.items():
        origin = handbook.origins[entry_id]
        problems.extend(_references(known, entry, origin))
        cited = (known.answers.get(one) or known.publications.get(one) for one in sorted(entry.index.sources))
        if not memo(("right", entry_id), (entry, world, *cited), partial(_is_right, strict, entry, origin)):
            problems.extend(_own(known, entry, origin))


def _is_right(known: _Known, entry: Entry, origin: Origin) -> bool:
    return not any(True for _ in _own(known, entry, origin))


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
    yield from _references(known, settings, origin)
    yield from _names(settings, origin, ON_HOME)
    yield from _texts(known, settings, origin)
    yield from _repeated_languages(settings, origin)
    empty = {name for name, entries in known.handbook.collections.items() if not entries}
    empty -= known.handbook.unread.collections
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


def _repeated_languages(settings: Settings, origin: Origin) -> Iterator[Problem]:
    lists: list[tuple[KeyPath, list[str]]] = [(("languages",), settings.languages)]
    lists += [(("editions", name, "languages"), edition.languages) for name, edition in settings.editions.items()]
    for path, languages in lists:
        for index, language in enumerate(languages):
            if language in languages[:index]:
                twice = phrase("found.twice", id=language)
                yield origin.problem((*path, index), phrase("expected.own-language"), twice, phrase("hint.delete"))


def _unknown_language(known: _Known, origin: Origin, path: KeyPath, language: str) -> Problem:
    languages = phrase("hint.known", words=", ".join(known.handbook.settings.languages))
    return origin.problem(path, phrase("expected.language"), code(language), languages)


def _own(known: _Known, entry: Entry, origin: Origin) -> Iterator[Problem]:
    """What an entry and its sources alone decide."""
    yield from _texts(known, entry, origin)
    yield from _names(entry, origin, {entry.id, *ON_PAGES.intersection(("related", *_filled_fields(entry)))})
    yield from _citations(known, entry, origin)
    for path, evidence in entry.index.evidence:
        if not (entry.draft and evidence.source.source == EDITORS):  # as long as it is to be written
            yield from _quotation(known, evidence, origin, path)


def _filled_fields(entry: Entry) -> Iterator[str]:
    """The fields that stand on the page of an entry, as their headings are called in addresses."""
    return (name.replace("_", "-") for name in type(entry).model_fields if getattr(entry, name))


def _names(model: Indexed, origin: Origin, taken: Collection[str]) -> Iterator[Problem]:
    """Parts of one list are not called alike; nor as something else on the page, which has the ids `taken` anyway."""
    seen: dict[tuple[KeyPath, str], KeyPath] = {}
    for path, name, mark in model.index.names:
        first = seen.setdefault((path[:-2], name), path)
        if first != path:
            line = origin.document.place((*origin.prefix, *first)).line
            place = phrase("hint.taken", place=f"{origin.document.file}:{line}")
            yield origin.problem(path, phrase("expected.own-id"), code(name), place)
        elif mark.is_in_address and (name in taken or is_of_site(name)):
            yield origin.problem(path, phrase("expected.free-id"), code(name), phrase("hint.rename"))


# --- references ------------------------------------------------------------------------------------------


def _references(known: _Known, model: Indexed, origin: Origin) -> Iterator[Problem]:
    own = model.id if isinstance(model, Entry) else None
    for references in model.index.references:
        seen: set[str] = set()
        for path, reference in references.ids:
            yield from _reference(known, reference, references.collection, origin, path)
            if reference == own:
                yield origin.problem(path, phrase("expected.other-entry"), phrase("found.itself"))
            if reference in seen:
                twice = phrase("found.twice", id=reference)
                yield origin.problem(path, phrase("expected.other-entry"), twice, phrase("hint.delete"))
            seen.add(reference)
    for path, reference in model.index.mentions:
        yield from _reference(known, reference, None, origin, path)


def _reference(
    known: _Known, reference: str, collection: str | None, origin: Origin, path: KeyPath
) -> Iterator[Problem]:
    handbook = known.handbook
    ids = handbook.collections[collection] if collection else handbook.entries
    if reference in ids:
        return
    if reference in handbook.drafts and collection in (None, handbook.drafts[reference]):
        yield _draft(reference, origin, path)
    elif not handbook.unread.may_have(reference, collection):
        expected = phrase("expected.id-from", collection=collection) if collection else phrase("expected.id-of-entry")
        yield _nobody(origin.problem(path, expected, code(reference), did_you_mean(reference, ids) or NO_HINT))


def _nobody(problem: Problem) -> Problem:
    """A reference to what is not there: a preview goes without what refers, and not without the whole entry."""
    return replace(problem, owner="")


def _draft(entry_id: str, origin: Origin, path: KeyPath) -> Problem:
    found = phrase("found.draft", id=entry_id)
    return origin.problem(path, phrase("expected.finished"), found, phrase("hint.finish"))


def _texts(known: _Known, model: Indexed, origin: Origin) -> Iterator[Problem]:
    languages = known.handbook.settings.languages
    for path, text in model.index.texts:
        if not text.by_language:
            yield origin.problem(path, phrase("expected.some-language"), phrase("found.none"))
        for language in text.by_language:
            if language not in languages:
                yield _unknown_language(known, origin, (*path, language), language)
        if not isinstance(text, Prose):
            yield from _paragraphs(text, origin, path)
    for path, url in model.index.bad_links:
        yield origin.problem(path, phrase("expected.link"), code(url), phrase("hint.use-reference"))
    yield from language_checks.run(model.index, origin, known.words)
    if not isinstance(model, Term):  # which says what the words mean
        yield from known.choice.run(model.index, origin)


def _paragraphs(text: Text, origin: Origin, path: KeyPath) -> Iterator[Problem]:
    """Lines that mean something to their author, and are joined on the page."""
    for language, words in text.by_language.items():
        if "\n" in words.strip() and (lines := markup.laid_out(words)):
            found, hint = phrase("found.line", text=lines[0]), phrase("hint.keep-lines")
        elif markup.has_paragraphs(words):
            found, hint = phrase("found.paragraphs"), phrase("hint.one-paragraph")
        else:
            continue
        yield origin.problem((*path, language), phrase("expected.one-paragraph"), found, hint)


# --- sources ---------------------------------------------------------------------------------------------


def _citations(known: _Known, entry: Entry, origin: Origin) -> Iterator[Problem]:
    """Every citation leads somewhere, and one of an answer has its passage in the same entry."""
    passages = {str(evidence.source) for evidence in entry.passages()}
    for path, value in entry.index.citations:
        wrong = list(_citation(known, value, origin, path))
        yield from wrong
        if not wrong and value.source in known.answers and str(value) not in passages:
            hint = did_you_mean(str(value), passages) or phrase("hint.evidence")
            yield origin.problem(path, phrase("expected.quoted-citation"), code(value), hint)


def _citation(known: _Known, citation: Citation, origin: Origin, path: KeyPath) -> Iterator[Problem]:
    answers, publications, unread = known.answers, known.publications, known.handbook.unread
    if citation.source == EDITORS:
        if citation.places:
            yield origin.problem(path, phrase("expected.editors-alone"), code(citation))
    elif unread.may_have(citation.source, "answers") or unread.may_have(citation.source, "publications"):
        return
    elif citation.source in answers:
        yield from _answer_lines(answers[citation.source], citation, origin, path)
    elif citation.source in publications:
        articles = [provision.article for provision in publications[citation.source].provisions]
        for place in citation.places:
            if place not in articles:
                hint = phrase("hint.articles", publication=citation.source, articles=", ".join(articles))
                yield origin.problem(path, phrase("expected.article"), code(place), hint)
    elif known.handbook.drafts.get(citation.source) in ("answers", "publications"):
        yield _draft(citation.source, origin, path)
    else:
        hint = did_you_mean(citation.source, [EDITORS, *answers, *publications]) or NO_HINT
        yield _nobody(origin.problem(path, phrase("expected.source"), code(citation.source), hint))


def _answer_lines(answer: Answer, citation: Citation, origin: Origin, path: KeyPath) -> Iterator[Problem]:
    try:
        lines = citation.lines
    except ValueError:
        yield origin.problem(path, phrase("expected.lines"), code(citation))
        return
    if not lines or not set(lines) <= set(answer.line_numbers):
        yield origin.problem(path, phrase("expected.answer-lines", lines=answer.lines), code(citation))


def _documents(known: _Known) -> Iterator[Problem]:
    """Answers, their parts and silent lines are lines of their document, each line belongs to one answer only."""
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
        parts: Mapping[str, Sequence[Limit | Damage]] = {"limits": answer.limits, "damage": answer.damage}
        for field, index, part in ((field, *item) for field, items in parts.items() for item in enumerate(items)):
            if part.lines and not set(lines_of(part.lines)) <= set(lines):
                expected = phrase("expected.answer-lines", lines=answer.lines)
                yield origin.problem((field, index, "lines"), expected, code(part.lines))
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
    source = evidence.source.source
    answer = known.answers.get(source)
    document = known.documents.get(answer.document) if answer else None
    if source == EDITORS or source in known.publications:
        yield origin.problem((*path, "source"), phrase("expected.answer"), code(source))
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


def _one_translation(known: _Known) -> Iterator[Problem]:
    """The same words of an answer are translated alike wherever they are quoted."""
    first: dict[tuple[str, str, str], tuple[str, Origin, KeyPath]] = {}
    for entry_id, entry in known.handbook.entries.items():
        origin = known.handbook.origins[entry_id]
        for path, evidence in entry.index.evidence:
            answer = known.answers.get(evidence.source.source)
            document = known.documents.get(answer.document) if answer else None
            if not answer or not document:
                continue
            quote = _folded(evidence.quote.get(document.language) or "")
            for language, words in evidence.quote.by_language.items():
                here = (*path, "quote", language)
                other = first.setdefault((answer.id, quote, language), (_folded(words), origin, here))
                if other[0] != _folded(words):
                    place = other[1].problem(other[2], phrase(""), phrase(""))
                    hint = phrase("hint.one-translation", place=f"{place.file}:{place.line}")
                    yield origin.problem(here, phrase("expected.one-translation"), code(words.strip()), hint)


def _folded(text: str) -> str:
    return " ".join(text.split())


def _stands(quote: str, evidence: Evidence, lines: quotations.Fingerprint) -> bool:
    try:
        return not lines or quotations.stands_in(quote, evidence.source.lines, lines)
    except ValueError:
        return True  # the lines are no numbers; that has its own problem


def _fingerprint_of(handbook: Handbook, document: SourceDocument, files: FileMemo) -> quotations.Fingerprint:
    path = str(handbook.folder / document.fingerprint)
    return files(list, path, lambda _: fingerprint(handbook, document))


def fingerprint(handbook: Handbook, document: SourceDocument) -> quotations.Fingerprint:
    """The fingerprint that `document` names; empty where it cannot be read."""
    path = (handbook.folder / document.fingerprint).resolve()
    if not path.is_relative_to(handbook.folder.resolve()):
        return []
    try:
        return quotations.read(path)
    except UnreadableError:
        return []
