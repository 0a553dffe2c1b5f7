"""One project folder for each generator, all of the same handbook: ours has its YAML, the others its Markdown."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from generator import docs_folder
from generator.pipeline import Pipeline

from . import synthetic
from .navigation import LANGUAGES, Section, sections

ROOT: Final = Path(__file__).resolve().parents[2]
PEERS: Final = Path(__file__).parent / "peers"

MARKDOWN_EXTENSIONS: Final = ["attr_list", "md_in_html", "sane_lists", "tables", {"toc": {"permalink": "#"}}]
FEATURES: Final = ["navigation.tabs", "navigation.indexes", "navigation.path", "navigation.footer", "navigation.top"]


@dataclass(frozen=True)
class Source:
    """The handbook that is measured with: its Markdown in each language, and its navigation."""

    markdown: Path
    navigation: list[Section]
    pages: int
    """Pages in each language."""


def handbook(folder: Path, entries: int, editions: Sequence[str] = LANGUAGES) -> Source:
    """Our own project in `folder`, as somebody would clone it, with a synthetic handbook; generated once."""
    shutil.copytree(ROOT / "generator", folder / "generator", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "docs").mkdir()
    shutil.copy(ROOT / "docs" / "README.md", folder / "docs")
    shutil.copy(ROOT / "mkdocs.yml", folder)
    synthetic.make(folder / "content", entries, editions=editions)
    renderer = Pipeline(folder / "content").run()
    docs_folder.write_all(folder / "docs", renderer.pages())
    return Source(folder / "docs", sections(renderer), len(renderer.plan.pages))


def material(folder: Path, source: Source, language: str, *, prune: bool) -> None:
    """Stock Material, which makes one site of one language."""
    _copy(source, folder / "docs", language)
    _configure(folder, source, language, ["navigation.prune"] if prune else [])


def static_i18n(folder: Path, source: Source) -> None:
    """Stock Material with the plugin that makes one site of several languages."""
    for language in LANGUAGES:
        _copy(source, folder / "docs" / language, language)
    languages = [
        {
            "locale": language,
            "name": language,
            "build": True,
            "default": language == LANGUAGES[0],
            "nav": _mkdocs_navigation(source, language),
        }
        for language in LANGUAGES
    ]
    plugin = {"i18n": {"docs_structure": "folder", "languages": languages}}
    _configure(folder, source, None, ["navigation.prune"], [plugin])


def zensical(folder: Path, source: Source, language: str) -> None:
    """Zensical reads the configuration of Material."""
    material(folder, source, language, prune=True)


def hugo(folder: Path, source: Source) -> None:
    """Hugo with a small theme of our own."""
    shutil.copytree(PEERS / "hugo", folder)
    for language in LANGUAGES:
        _copy(source, folder / "content" / language, language)
        for index in (folder / "content" / language).rglob("index.md"):
            index.rename(index.with_name("_index.md"))  # to Hugo an index.md owns everything beside it
    data = folder / "data"
    data.mkdir()
    navigation = [
        {
            "title": section.title,
            "groups": [
                {"title": group.title, "pages": ["/" + _hugo_path(page) for page in group.pages]}
                for group in section.groups
            ],
        }
        for section in source.navigation
    ]
    where = {
        page: f"{top}.{number}"
        for top, section in enumerate(source.navigation)
        for number, group in enumerate(section.groups)
        for page in group.pages
    }
    _json(data / "navigation.json", navigation)
    _json(data / "where.json", where)


def vitepress(folder: Path, source: Source) -> None:
    """VitePress with its default theme and a sidebar for each folder."""
    shutil.copytree(PEERS / "vitepress", folder, ignore=shutil.ignore_patterns("package*.json"))
    for language in LANGUAGES:
        _copy(source, folder / language, language)
    _json(
        folder / ".vitepress" / "navigation.json",
        {language: _vitepress_navigation(source, language) for language in LANGUAGES},
    )


def _copy(source: Source, folder: Path, language: str) -> None:
    shutil.copytree(source.markdown / language, folder)


def _configure(
    folder: Path, source: Source, language: str | None, features: list[str], plugins: Sequence[Any] = ()
) -> None:
    """Write mkdocs.yml; JSON is YAML."""
    config: dict[str, Any] = {
        "site_name": "About nothing",
        "site_url": f"https://example.org/{language or ''}/",
        "theme": {
            "name": "material",
            "font": False,
            "features": [*FEATURES, *features],
            **({"language": language} if language else {}),
        },
        "markdown_extensions": MARKDOWN_EXTENSIONS,
        "plugins": ["search", *plugins],
    }
    if language:
        config["nav"] = _mkdocs_navigation(source, language)
    _json(folder / "mkdocs.yml", config)


def _mkdocs_navigation(source: Source, language: str) -> list[Any]:
    """Pages without titles: MkDocs takes those from the pages."""
    return [
        {
            section.title[language]: [
                item
                for group in section.groups
                for item in ([{group.title: group.pages}] if group.title else group.pages)
            ]
        }
        for section in source.navigation
    ]


def _vitepress_navigation(source: Source, language: str) -> dict[str, Any]:
    def titled(page: str) -> dict[str, str]:
        text = (source.markdown / language / page).read_text(encoding="utf-8")
        found = re.search('^title: "(.*)"$', text, re.MULTILINE)
        return {"text": found[1] if found else page, "link": f"/{language}/{page.removesuffix('.md')}"}

    sidebar: dict[str, Any] = {}
    for section in source.navigation:
        items = [
            {"text": group.title, "collapsed": True, "items": [titled(page) for page in group.pages]}
            if group.title
            else {"items": [titled(page) for page in group.pages]}
            for group in section.groups
        ]
        folders = {
            f"/{language}/{page.rpartition('/')[0]}/".replace("//", "/")
            for group in section.groups
            for page in group.pages
        }
        for folder in folders:
            sidebar.setdefault(folder, []).extend(items)
    bar = [
        {"text": section.title[language], "link": titled(section.groups[0].pages[0])["link"]}
        for section in source.navigation
    ]
    return {"nav": bar, "sidebar": sidebar}


def _hugo_path(page: str) -> str:
    return page.removesuffix(".md").removesuffix("index").rstrip("/")


def _json(path: Path, value: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1), encoding="utf-8")
