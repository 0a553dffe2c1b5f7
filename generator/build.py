"""The pipeline on one screen: content → checked handbook → plan → Markdown → docs/."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from . import checks, output, plan, render, strings, structure, translations
from .handbook import Handbook, load
from .output import Changes
from .pages import Plan
from .problems import ContentError, Problems
from .strings import Words

Track = Callable[[Iterable[tuple[str, str]], int], Iterable[tuple[str, str]]]
"""Passes pages on as they come, of which there will be so many, and may say so."""


@dataclass(frozen=True)
class Built:
    """What a build knows: the site is made from it."""

    plan: Plan
    words: Words
    written: Changes
    structure: str
    """Differs when titles, navigation, addresses, settings or interface words do: then every page is another."""


def read(content: Path) -> tuple[Handbook, Problems]:
    """What can be read, whatever else is wrong. Raises `ContentError` where the settings cannot."""
    problems = Problems()
    handbook = load(content, problems)
    if handbook is None:
        raise ContentError(problems)
    return handbook, problems


def check(content: Path) -> tuple[Handbook, Words]:
    """Read and check everything. Raises `ContentError` with every problem found."""
    problems = Problems()
    handbook = load(content, problems)
    words: Words = {}
    if handbook:
        words = strings.load(handbook.settings.languages, problems)
        checks.run(handbook, words, problems)
        translations.read(content, problems)
    problems.raise_if_any()
    if handbook is None:
        raise ContentError([])
    return handbook, words


def build(content: Path, docs: Path, track: Track | None = None) -> Built:
    """Make the Markdown of every edition in `docs`. Raises `ContentError`; then nothing was written."""
    planned, words, pages = _made(content, track)
    return Built(planned, words, output.write(docs, pages), structure.digest(planned, words))


def pending(content: Path, docs: Path) -> Changes:
    """What `build` would change in `docs`; nothing is written. Raises `ContentError`."""
    return output.compare(docs, _made(content)[2])


def _made(content: Path, track: Track | None = None) -> tuple[Plan, Words, dict[str, str]]:
    """The plan, the interface words, and every page: path below docs/ to text."""
    handbook, words = check(content)
    planned, stale = plan.plan(handbook), translations.stale_languages(handbook)
    rendered: Iterable[tuple[str, str]] = render.render(planned, words, stale)
    if track:
        rendered = track(rendered, len(planned.pages) * len(handbook.settings.editions))
    pages = {"index.md": render.root(planned, words), **dict(rendered)}
    return planned, words, pages
