"""What heads and the sitemap say of a page: its address in other languages, and when it last changed."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from mkdocs.structure.pages import Page

from ..content.handbook import Handbook
from ..pages.plan import Plan
from .editions import Edition


@dataclass(frozen=True)
class Alternate:
    """The same page for readers of another language."""

    tag: str
    url: str


@dataclass(frozen=True)
class SitemapEntry:
    """A page in the sitemap."""

    url: str
    changed: str
    """The day, where it is known."""
    alternates: list[Alternate]


def alternates(
    pages: Mapping[str, Page], editions: Mapping[str, Edition], is_translated: Callable[[str], bool]
) -> list[Alternate]:
    """The addresses of a page, by edition in `pages`, in every language that it is translated to.

    An edition of several languages is no alternate of either. Nothing where the site has no address, or one language.
    """
    found = {
        editions[edition_id].tag: page.canonical_url
        for edition_id, page in pages.items()
        if page.canonical_url and len(editions[edition_id].tags) == 1 and is_translated(edition_id)
    }
    if len(pages) < 2 or not found:
        return []
    default = next(iter(found.values()))
    return [Alternate(tag, url) for tag, url in found.items()] + [Alternate("x-default", default)]


def untranslated(plan: Plan, language: str) -> set[str]:
    """The paths of pages of entries that say nothing in `language`."""
    handbook = plan.handbook
    return {
        address.path
        for entry_id, address in plan.addresses.items()
        if not address.anchor and entry_id in handbook.entries and not _says_something(handbook, entry_id, language)
    }


def _says_something(handbook: Handbook, entry_id: str, language: str) -> bool:
    return any(language in text.by_language for _, text in handbook.entries[entry_id].index.texts)


def dates(folder: Path, paths: Iterable[str]) -> dict[str, str]:
    """The day of the last commit of each file, by one look at the history of git; nothing where there is none."""
    wanted: dict[Path, list[str]] = {}
    for path in paths:
        wanted.setdefault(Path(path).resolve(), []).append(path)
    try:
        shown = subprocess.run(
            [
                "git",
                "-c",
                "core.quotePath=false",
                "log",
                "--format=%x00%cs",
                "--name-only",
                "--relative",
                "--no-renames",
            ],
            cwd=folder,
            check=True,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=20,
        ).stdout
    except (OSError, subprocess.SubprocessError, UnicodeDecodeError):
        return {}
    found: dict[str, str] = {}
    for commit in shown.split("\0"):
        day, *names = filter(None, commit.split("\n")) if commit.strip() else ("",)
        for name in names:
            for path in wanted.pop((folder / name).resolve(), ()):
                found[path] = day
        if not wanted:
            break
    return found
