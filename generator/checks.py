"""What one file cannot know: references, sources, quotations and languages. Plain functions, one rule each.

Every check yields problems; `run` puts them all into the collector.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import BaseModel

from . import markup, quotations
from .handbook import Handbook, Origin, walk
from .problems import Problem, Problems
from .reader import KeyPath
from .sources import Answer, Publication, SourceDocument
from .statements import EDITORS, Citation, Evidence, RefersTo, Text


def run(handbook: Handbook, problems: Problems) -> None:
    """Every check on every entry."""
    for found in (_settings(handbook), *(_entry(handbook, entry_id) for entry_id in handbook.entries)):
        for problem in found:
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
    for name, edition in handbook.settings.editions.items():
        for index, language in enumerate(edition.languages):
            if language not in handbook.settings.languages:
                path = ("editions", name, "languages", index)
                known = ", ".join(handbook.settings.languages)
                yield origin.problem(path, "a language of the handbook", f"`{language}`", known)


def _entry(handbook: Handbook, entry_id: str) -> Iterator[Problem]:
    entry, origin = handbook.entries[entry_id], handbook.origins[entry_id]
    yield from _references(handbook, entry, origin)
    yield from _texts(handbook, entry, origin)
    yield from _citations(handbook, entry, origin)
    for path, value in walk(entry):
        if isinstance(value, Evidence):
            yield from _quotation(handbook, value, origin, path)


def _references(handbook: Handbook, model: BaseModel, origin: Origin) -> Iterator[Problem]:
    for path, value in walk(model):
        if not isinstance(value, BaseModel):
            continue
        for name, field in type(value).model_fields.items():
            target = _target((field.annotation, field.metadata))
            if not target:
                continue
            ids = getattr(value, name)
            several = isinstance(ids, list)
            for index, reference in enumerate(ids if several else [ids]):
                here = (*path, name, index) if several else (*path, name)
                if reference is not None:
                    yield from _reference(handbook, reference, target.collection, origin, here)


def _target(annotation: Any) -> RefersTo | None:
    """The `RefersTo` mark anywhere in a field's annotation."""
    if isinstance(annotation, RefersTo):
        return annotation
    if isinstance(annotation, tuple | list):
        inner: Iterable[Any] = annotation
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return None
    else:
        inner = (*getattr(annotation, "__metadata__", ()), *getattr(annotation, "__args__", ()))
    return next((found for found in map(_target, inner) if found), None)


def _reference(
    handbook: Handbook, reference: str, collection: str | None, origin: Origin, path: KeyPath
) -> Iterator[Problem]:
    known = handbook.collections[collection] if collection else handbook.entries
    if reference not in known and not handbook.gaps.excuse(reference, collection):
        expected = f"an id from {collection}" if collection else "the id of an entry"
        yield origin.problem(path, expected, f"`{reference}`", did_you_mean(reference, known))


def _texts(handbook: Handbook, model: BaseModel, origin: Origin) -> Iterator[Problem]:
    for path, value in walk(model):
        if not isinstance(value, Text):
            continue
        if not value.by_language:
            yield origin.problem(path, "a text in at least one language", "none")
        for language, text in value.by_language.items():
            here = (*path, language)
            if language not in handbook.settings.languages:
                yield origin.problem(
                    here,
                    "a language of the handbook",
                    f"`{language}`",
                    ", ".join(handbook.settings.languages),
                )
            for reference in markup.references(text):
                yield from _reference(handbook, reference, None, origin, here)
            for complaint in markup.complaints(text):
                yield origin.problem(here, *complaint)


def _citations(handbook: Handbook, entry: BaseModel, origin: Origin) -> Iterator[Problem]:
    """Every citation leads somewhere, and a statement's citation to an answer has its passage here."""
    passages = {str(evidence.source) for evidence in getattr(entry, "passages", tuple)()}
    answers = handbook.all(Answer)
    for path, value in walk(entry):
        if not isinstance(value, Citation):
            continue
        wrong = list(_citation(handbook, value, origin, path))
        yield from wrong
        if not wrong and value.source in answers and str(value) not in passages:
            yield origin.problem(
                path,
                "a citation that the entry's evidence quotes",
                f"`{value}`",
                did_you_mean(str(value), passages) or "add it to `evidence:`",
            )


def _citation(handbook: Handbook, citation: Citation, origin: Origin, path: KeyPath) -> Iterator[Problem]:
    answers, publications = handbook.all(Answer), handbook.all(Publication)
    if citation.source == EDITORS:
        if citation.places:
            yield origin.problem(path, "`editors` alone", f"`{citation}`")
    elif handbook.gaps.excuse(citation.source, "answers") or handbook.gaps.excuse(citation.source, "publications"):
        return
    elif citation.source in answers:
        yield from _answer_lines(answers[citation.source], citation, origin, path)
    elif citation.source in publications:
        articles = [provision.article for provision in publications[citation.source].provisions]
        for place in citation.places:
            if place not in articles:
                hint = f"{citation.source} lists {', '.join(articles)}"
                yield origin.problem(path, "an article that the publication lists", f"`{place}`", hint)
    else:
        known = [EDITORS, *answers, *publications]
        yield origin.problem(path, "a source", f"`{citation.source}`", did_you_mean(citation.source, known))


def _answer_lines(answer: Answer, citation: Citation, origin: Origin, path: KeyPath) -> Iterator[Problem]:
    try:
        lines = citation.lines
    except ValueError:
        yield origin.problem(path, "line numbers behind the colon", f"`{citation}`")
        return
    if not lines or not set(lines) <= set(answer.line_numbers):
        yield origin.problem(path, f"lines of this answer ({answer.lines})", f"`{citation}`")


def _quotation(handbook: Handbook, evidence: Evidence, origin: Origin, path: KeyPath) -> Iterator[Problem]:
    answer = handbook.all(Answer).get(evidence.source.source)
    document = handbook.all(SourceDocument).get(answer.document) if answer else None
    if not answer or not document:
        return
    here = (*path, "quote", document.language)
    quote = evidence.quote.get(document.language)
    if quote is None:
        yield origin.problem((*path, "quote"), f"the quotation in `{document.language}`", "none")
    elif len(quote.strip()) > document.longest_quote:
        yield origin.problem(
            here, f"at most {document.longest_quote} characters", f"{len(quote.strip())}", "quote less of it"
        )
    elif not quotations.stands_in(quote, evidence.source.lines, fingerprint(handbook, document)):
        yield origin.problem(
            here,
            f"words that stand in lines {','.join(evidence.source.places)}",
            f"`{quote.strip()}`",
            "quote exactly",
        )


def fingerprint(handbook: Handbook, document: SourceDocument) -> quotations.Fingerprint:
    """The fingerprint that `document` names."""
    return quotations.read(handbook.folder / document.fingerprint)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint naming the nearest of `known`, or nothing."""
    close = difflib.get_close_matches(word, list(known), 1)
    return f"did you mean `{close[0]}`?" if close else ""
