"""The navigation of a handbook in a form that every generator can be given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from generator.pages.plan import Part
from generator.render.renderer import Renderer

LANGUAGES: Final = ("zh", "en")
LONGEST: Final = 25
"""Pages in one group: the other generators get long sections in groups, as their authors would write them."""


@dataclass(frozen=True)
class Group:
    """Pages that stand together: paths below the folder of a language. The first group of a section has no title."""

    title: str
    pages: list[str]


@dataclass(frozen=True)
class Section:
    """A part of the handbook: its title in each language, and its pages in groups."""

    title: dict[str, str]
    groups: list[Group]


def sections(renderer: Renderer) -> list[Section]:
    """The parts of the plan, parts within parts as sections of their own."""

    def of(part: Part) -> list[Section]:
        title = {language: _title(part, renderer, language) for language in LANGUAGES}
        own = [Section(title, _groups([page.path for page in part.pages]))] if part.pages else []
        return own + [section for inner in part.parts for section in of(inner)]

    return [section for part in renderer.plan.navigation for section in of(part)]


def _title(part: Part, renderer: Renderer, language: str) -> str:
    if isinstance(part.title, str):
        return renderer.shared.words[language][part.title]
    return part.title.get(language) or ""


def _groups(pages: list[str]) -> list[Group]:
    if len(pages) <= LONGEST + 1:
        return [Group("", pages)]
    rest = pages[1:]
    starts = range(0, len(rest), LONGEST)
    return [
        Group("", pages[:1]),
        *(Group(f"{start + 1}–{min(start + LONGEST, len(rest))}", rest[start : start + LONGEST]) for start in starts),
    ]
