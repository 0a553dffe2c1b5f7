"""The pipeline on one screen: content → checked handbook → plan → Markdown → docs/."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from . import checks, output, plan, render, strings
from .handbook import Handbook, load
from .output import Written
from .plan import Plan
from .problems import ContentError, Problems
from .strings import Words


@dataclass(frozen=True)
class Built:
    """What a build knows: the site is made from it."""

    plan: Plan
    words: Words
    written: Written


def check(content: Path) -> tuple[Handbook, Words]:
    """Read and check everything. Raises `ContentError` with every problem found."""
    problems = Problems()
    handbook = load(content, problems)
    words: Words = {}
    if handbook:
        checks.run(handbook, problems)
        words = strings.load(handbook.settings.languages, problems)
    problems.raise_if_any()
    if handbook is None:
        raise ContentError([])
    return handbook, words


def build(content: Path, docs: Path) -> Built:
    """Make the Markdown of every edition in `docs`. Raises `ContentError`; then nothing was written."""
    handbook, words = check(content)
    planned = plan.plan(handbook)
    pages = dict(render.render(planned, words))
    pages["index.md"] = render.root(planned)
    return Built(planned, words, output.write(docs, pages))
