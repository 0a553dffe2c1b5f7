"""Who is measured, and the commands that each is measured by: all of them stand here.

A contender makes its project folders, then builds in steps (a whole build, for some another with nothing changed …),
and may have a development server. `ready` raises `FailedError` where the generator cannot be installed.
"""

from __future__ import annotations

import multiprocessing
import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from . import editing, installed, sites, synthetic
from .editing import IN_TEXT, IN_TITLE, Place
from .measure import Command
from .navigation import LANGUAGES
from .sites import Source

OURS: Final = "This project"
SITE: Final = (sys.executable, "-m", "mkdocs", "build", "--quiet")
FULL: Final = "full"
SERVED_WHOLE: Final = 1000
"""Entries up to which the stock site of both languages is served too: with 2,000 each wait is of three minutes."""


@dataclass(frozen=True)
class Step:
    """One build that is measured, after `before`."""

    name: str
    commands: Sequence[Command]
    before: Callable[[], object] = lambda: None


@dataclass(frozen=True)
class Serving:
    """A development server: its command for a port, and the pages that an edit must reach."""

    command: Callable[[int], Command]
    page: str
    """The first page that is asked for."""
    text: tuple[Place, list[str]]
    """A text on a page, and the addresses that show it."""
    title: tuple[Place, list[str]] | None
    """A title, and addresses of other pages whose navigation shows it."""
    about: str


@dataclass(frozen=True)
class Contender:
    """A generator, or one way to use it. Its row in the table is called `name` with the step's name."""

    name: str
    about: str
    steps: Sequence[Step]
    sites: Sequence[Path] = ()
    """Folders that must hold a page of HTML for each page of the handbook, all languages together."""
    pages: int = 0
    serving: Serving | None = None


@dataclass
class Field:
    """The work folder, and the one handbook that all are given."""

    work: Path
    entries: int
    source: Source = field(init=False)

    def __post_init__(self) -> None:
        self.source = self.handbook("ours")
        tips = [entry for entry, kind in synthetic.entry_ids(self.entries).items() if kind == "tips"]
        groups = [group.pages for section in self.source.navigation for group in section.groups]
        self.tip = f"tips/{tips[len(tips) // 2]}"
        self.neighbour = next(
            page.removesuffix(".md")
            for pages in groups
            if f"{self.tip}.md" in pages
            for page in pages
            if page.startswith("tips/") and page not in (f"{self.tip}.md", "tips/index.md")
        )
        yaml = self.work / "ours" / "content" / f"{self.tip}.yml"
        self.number, self.title_number = editing.text_of_tip(yaml), editing.number_of_title(yaml)

    def handbook(self, name: str, editions: Sequence[str] = LANGUAGES) -> Source:
        """Our own project with the handbook, made in a process of its own.

        The system counts what a process held as it was forked among what its program held at the peak, so this one
        must stay small.
        """
        with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as other:
            return other.submit(sites.handbook, self.work / name, self.entries, editions).result()

    def text(self, *files: Path) -> Place:
        """The place of an edit that changes one page."""
        return editing.place(files, IN_TEXT, self.number)

    def title(self, *files: Path) -> Place:
        """The place of an edit that changes the navigation of many pages."""
        return editing.place(files, IN_TITLE, self.title_number)


Ready = Callable[[Field], Contender]


def everyone() -> dict[str, Ready]:
    """Everybody who can be measured, by a short name."""
    return {
        "ours": ours,
        "ours-3": ours_with_the_third_edition,
        "generator": generator,
        "material": lambda its: material(its, prune=False),
        "material-prune": lambda its: material(its, prune=True),
        "static-i18n": static_i18n,
        "zensical": zensical,
        "hugo": hugo,
        "vitepress": vitepress,
    }


# --- this project ----------------------------------------------------------------------------------------


def ours(its: Field) -> Contender:
    folder = its.work / "ours"
    yaml = folder / "content" / f"{its.tip}.yml"
    text, title = its.text(yaml), its.title(yaml)
    build = [Command(SITE, folder)]
    return Contender(
        OURS,
        "zh and en; search of every run of Chinese; links and anchors checked",
        [
            Step(FULL, build, lambda: _forget(folder)),
            Step("again, one text changed", build, text.change),
        ],
        [folder / "site"],
        its.source.pages * len(LANGUAGES),
        Serving(
            _mkdocs_serve(sys.executable, folder),
            f"/zh/{its.tip}/",
            (text, [f"/{language}/{its.tip}/" for language in LANGUAGES]),
            (title, [f"/{language}/{its.neighbour}/" for language in LANGUAGES]),
            "YAML saved → both editions",
        ),
    )


def ours_with_the_third_edition(its: Field) -> Contender:
    folder = its.work / "ours-3"
    source = its.handbook("ours-3", synthetic.EDITIONS)
    build = [Command(SITE, folder)]
    return Contender(
        f"{OURS}, side by side too",
        "a third edition with both languages on every page",
        [Step(FULL, build, lambda: _forget(folder))],
        [folder / "site"],
        source.pages * 3,
    )


def generator(its: Field) -> Contender:
    folder = its.work / "ours"
    docs = its.work / "generated"
    command: list[str | Path] = [sys.executable, "-m", "generator", "build", "--docs", docs]
    build = [Command(command, folder)]
    return Contender(
        "Generator alone",
        "YAML → checked → Markdown of zh and en, no site",
        [
            Step(FULL, build, lambda: _remove([docs])),
            Step("again, one text changed", build, its.text(folder / "content" / f"{its.tip}.yml").change),
        ],
    )


def _forget(folder: Path) -> None:
    """Leave what a fresh clone has."""
    generated = [path for path in (folder / "docs").iterdir() if path.name != "README.md"]
    _remove([folder / "site", *(path for path in generated if path.is_dir())])
    for path in generated:
        path.unlink(missing_ok=True)


# --- the others ------------------------------------------------------------------------------------------


def material(its: Field, *, prune: bool) -> Contender:
    python = installed.python(its.work.parent, "material")
    folders = {language: its.work / f"material-{'prune-' if prune else ''}{language}" for language in LANGUAGES}
    for language, folder in folders.items():
        sites.material(folder, its.source, language, prune=prune)
    commands = [Command([python, "-m", "mkdocs", "build", "--quiet"], folder) for folder in folders.values()]
    served = folders["zh"]
    page = served / "docs" / f"{its.tip}.md"
    return Contender(
        "Material" + (" with navigation.prune" if prune else ""),
        f"{installed.version('material.txt', 'mkdocs-material')}, stock, one build for each language; "
        "search with Chinese cut into words",
        [Step(FULL, commands, lambda: _remove(folder / "site" for folder in folders.values()))],
        [folder / "site" for folder in folders.values()],
        its.source.pages * len(LANGUAGES),
        Serving(
            _mkdocs_serve(python, served),
            f"/zh/{its.tip}/",
            (its.text(page), [f"/zh/{its.tip}/"]),
            (its.title(page), [f"/zh/{its.neighbour}/"]),
            "Markdown saved → one language",
        )
        if prune
        else None,
    )


def static_i18n(its: Field) -> Contender:
    python = installed.python(its.work.parent, "material")
    folder = its.work / "static-i18n"
    sites.static_i18n(folder, its.source)
    page = folder / "docs" / "zh" / f"{its.tip}.md"
    return Contender(
        "Material with static-i18n",
        f"{installed.version('material.txt', 'mkdocs-static-i18n')}, one build of both languages, navigation.prune; "
        "search with Chinese cut into words",
        [
            Step(
                FULL,
                [Command([python, "-m", "mkdocs", "build", "--quiet"], folder)],
                lambda: _remove([folder / "site"]),
            )
        ],
        [folder / "site"],
        its.source.pages * len(LANGUAGES),
        Serving(
            _mkdocs_serve(python, folder),
            f"/{its.tip}/",
            (its.text(page), [f"/{its.tip}/"]),
            (its.title(page), [f"/{its.neighbour}/"]),
            "Markdown saved → one language, of both",
        )
        if its.entries <= SERVED_WHOLE
        else None,
    )


def zensical(its: Field) -> Contender:
    python = installed.python(its.work.parent, "zensical")
    folders = {language: its.work / f"zensical-{language}" for language in LANGUAGES}
    for language, folder in folders.items():
        sites.zensical(folder, its.source, language)
    tool = python.with_name("zensical")
    pages = [folder / "docs" / f"{its.tip}.md" for folder in folders.values()]
    both = its.text(*pages)
    served = folders["zh"]
    return Contender(
        "Zensical",
        f"{installed.version('zensical.txt', 'zensical')}, one build for each language, navigation.prune; "
        "its own search",
        [
            Step(
                "cold",
                [Command([tool, "build", "--clean"], folder) for folder in folders.values()],
                lambda: _remove(folder / made for folder in folders.values() for made in ("site", ".cache")),
            ),
            Step("nothing changed", warm := [Command([tool, "build"], folder) for folder in folders.values()]),
            Step("one text changed", warm, both.change),
        ],
        [folder / "site" for folder in folders.values()],
        its.source.pages * len(LANGUAGES),
        Serving(
            lambda port: Command([tool, "serve", "--dev-addr", f"127.0.0.1:{port}"], served),
            f"/zh/{its.tip}/",
            (its.text(pages[0]), [f"/zh/{its.tip}/"]),
            (its.title(pages[0]), [f"/zh/{its.neighbour}/"]),
            "Markdown saved → one language",
        ),
    )


def hugo(its: Field) -> Contender:
    python = installed.python(its.work.parent, "hugo")
    tool = next((python.parents[1] / "lib").glob("python*/site-packages/hugo/binaries/hugo"))
    folder = its.work / "hugo"
    sites.hugo(folder, its.source)
    page = folder / "content" / "zh" / f"{its.tip}.md"
    return Contender(
        "Hugo",
        f"{installed.version('hugo.txt', 'hugo')}, a small theme of our own with navigation that is made once for each "
        "group of pages; no search, no link checks",
        [Step(FULL, [Command([tool, "build", "--quiet"], folder)], lambda: _remove([folder / "public"]))],
        [folder / "public"],
        its.source.pages * len(LANGUAGES),
        Serving(
            lambda port: Command([tool, "server", "--port", str(port), "--quiet"], folder),
            f"/zh/{its.tip}/",
            (its.text(page), [f"/zh/{its.tip}/"]),
            (its.title(page), [f"/zh/{its.neighbour}/"]),
            "Markdown saved → one language, of both",
        ),
    )


def vitepress(its: Field) -> Contender:
    modules = installed.node_modules(its.work.parent)
    folder = its.work / "vitepress"
    sites.vitepress(folder, its.source)
    (folder / "node_modules").symlink_to(modules, target_is_directory=True)
    tool: list[str | Path] = ["node", "--max-old-space-size=8192", modules / "vitepress" / "bin" / "vitepress.js"]
    page = folder / "zh" / f"{its.tip}.md"
    return Contender(
        "VitePress",
        f"{installed.version('vitepress/package.json', 'vitepress')}, default theme, a sidebar for each section, "
        "its local search",
        [Step(FULL, [Command([*tool, "build"], folder)], lambda: _remove([folder / ".vitepress" / "dist"]))],
        [folder / ".vitepress" / "dist"],
        its.source.pages * len(LANGUAGES),
        Serving(
            lambda port: Command([*tool, "dev", "--port", str(port), "--host", "127.0.0.1"], folder),
            f"/zh/{its.tip}.md",
            (its.text(page), [f"/zh/{its.tip}.md"]),
            None,
            "Markdown saved → the module of one page, which the browser renders",
        ),
    )


def _mkdocs_serve(python: str | Path, folder: Path) -> Callable[[int], Command]:
    return lambda port: Command([python, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"], folder)


def _remove(folders: Iterable[Path]) -> None:
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
