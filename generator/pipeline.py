"""The whole flow on one screen: content → checked handbook → plan → Markdown."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import jinja2

from .content import catalogues, checks, loader, sound_part, translations
from .content.catalogues import Words
from .content.drafts import Drafts
from .content.entries import Term
from .content.handbook import Handbook
from .content.language_checks import ABOUT_LANGUAGE
from .content.translations import Lock
from .memo import FileMemo, FileState, Memo, file_state
from .pages import planner
from .problems import ContentError, Problem, Problems
from .render import renderer
from .render.glossary import Glossary
from .render.renderer import TEMPLATES, WORDS, Renderer
from .render.text import Shared


class Pipeline:
    """Makes one handbook, again and again if need be.

    Only what files say is kept from one time to the next: a file that has not changed is not read again, and an entry
    that says what it said is not checked again. Everything else is made anew, pages when they are asked for.
    """

    def __init__(self, content: Path, templates: Path = TEMPLATES, words: Path = WORDS) -> None:
        self.content = content
        self.templates = templates
        self.words = words
        self._files = FileMemo()
        self._memo = Memo()
        self._templates: tuple[dict[Path, FileState | None], jinja2.Environment] | None = None

    def run(self) -> Renderer:
        """What renders every page of the handbook as it is now. Raises `ContentError` with every problem found."""
        with _garbage_collector_off():
            return self._renderer(*self.check())

    def preview(self) -> tuple[Renderer, list[Problem]]:
        """What renders drafts too, and every page of what has no problem; and the problems of the rest.

        Raises `ContentError` where nothing can be shown: what is wrong is in the settings, or in the interface words.
        """
        with _garbage_collector_off():
            problems = Problems()
            handbook, words, lock = self._read(problems, Drafts.SHOWN)
            if not problems:
                return self._renderer(handbook, words, lock), []

            def check(rest: Handbook) -> list[Problem]:
                found = Problems()
                checks.run(rest, words, found, self._memo, self._files)
                return found.found

            rest, follow = sound_part.sound_part(handbook, problems.found, check, self._memo)
            return self._renderer(rest, words, lock), sorted({*problems, *follow})

    def _renderer(self, handbook: Handbook, words: Words, lock: Lock) -> Renderer:
        plan = planner.plan(handbook)
        if unworded := list(catalogues.missing(words, self.words, plan.needed_words)):
            raise ContentError(unworded)
        stale = translations.stale(handbook, lock, self._memo)
        shared = Shared(plan, words, translations.stale_languages(stale))
        terms = (handbook.settings, *handbook.all(Term).values(), *words.values())
        glossary = self._memo("glossary", terms, lambda: Glossary(handbook, words))
        return Renderer(self._environment(), self.templates, shared, glossary)

    def _environment(self) -> jinja2.Environment:
        """The templates, compiled once as long as they are what they are."""
        states = {path: file_state(str(path)) for path in self.templates.rglob("*")}
        if self._templates is None or self._templates[0] != states:
            self._templates = states, renderer.environment(self.templates)
        return self._templates[1]

    def check(self, drafts: Drafts = Drafts.LEFT_OUT) -> tuple[Handbook, Words, Lock]:
        """The handbook without a problem, and what else pages are made from. Raises `ContentError`."""
        problems = Problems()
        found = self._read(problems, drafts)
        problems.raise_if_any()
        return found

    def _read(self, problems: Problems, drafts: Drafts) -> tuple[Handbook, Words, Lock]:
        """The same, whatever is wrong in its entries. Raises `ContentError` for what all pages need."""
        handbook = loader.load(self.content, problems, self._files, drafts)
        if handbook is None:
            raise ContentError(problems)
        before = len(problems.found)
        words = catalogues.load(handbook.settings.languages, self.words, problems, ABOUT_LANGUAGE, self._files)
        is_worded = len(problems.found) == before
        checks.run(handbook, words, problems, self._memo, self._files)
        lock = translations.read(self.content, problems, self._files)
        if not is_worded:
            raise ContentError(problems)
        return handbook, words, lock


def read(content: Path, drafts: Drafts = Drafts.LEFT_OUT) -> tuple[Handbook, Problems]:
    """What can be read, whatever else is wrong. Raises `ContentError` where the settings cannot."""
    problems = Problems()
    handbook = loader.load(content, problems, drafts=drafts)
    if handbook is None:
        raise ContentError(problems)
    return handbook, problems


@contextmanager
def _garbage_collector_off() -> Iterator[None]:
    """Nothing of a handbook is garbage soon, and looking for garbage in all of it takes a third of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
