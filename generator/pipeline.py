"""The whole flow on one screen: content → checked handbook → plan → Markdown."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import jinja2

from .content import catalogues, checks, loader, translations
from .content.catalogues import Words
from .content.entries import Term
from .content.handbook import Handbook
from .content.language_checks import ABOUT_LANGUAGE
from .content.translations import Lock
from .memo import FileMemo, FileState, Memo, file_state
from .pages import planner
from .problems import ContentError, Problems
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
            handbook, words, lock = self.check()
            plan = planner.plan(handbook)
            if unworded := list(catalogues.missing(words, self.words, plan.needed_words)):
                raise ContentError(unworded)
            stale = translations.stale(handbook, lock, self._memo)
            shared = Shared(plan, words, translations.stale_languages(stale))
            terms = (handbook.settings, *handbook.all(Term).values())
            glossary = self._memo("glossary", terms, lambda: Glossary(handbook))
            return Renderer(self._environment(), self.templates, shared, glossary)

    def _environment(self) -> jinja2.Environment:
        """The templates, compiled once as long as they are what they are."""
        states = {path: file_state(str(path)) for path in self.templates.rglob("*")}
        if self._templates is None or self._templates[0] != states:
            self._templates = states, renderer.environment(self.templates)
        return self._templates[1]

    def check(self) -> tuple[Handbook, Words, Lock]:
        """The handbook without a problem, and what else pages are made from. Raises `ContentError`."""
        problems = Problems()
        handbook = loader.load(self.content, problems, self._files)
        if handbook is None:
            raise ContentError(problems)
        languages = handbook.settings.languages
        words = catalogues.load(languages, self.words, problems, ABOUT_LANGUAGE, self._files)
        checks.run(handbook, words, problems, self._memo, self._files)
        lock = translations.read(self.content, problems, self._files)
        problems.raise_if_any()
        return handbook, words, lock


def read(content: Path) -> tuple[Handbook, Problems]:
    """What can be read, whatever else is wrong. Raises `ContentError` where the settings cannot."""
    problems = Problems()
    handbook = loader.load(content, problems)
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
