"""Everything that stands in for something inside MkDocs 1.6.1 or Material 9.8.1, and why.

`tests/test_loop.py` knows the code that each of these replaces by its digest, and fails when it changes.
"""

from __future__ import annotations

import os
from typing import Any

import jinja2
import markdown
import material.plugins.search.plugin as cutting
import rjieba
from material.plugins.search.plugin import SearchIndex, SearchPlugin
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure import pages
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from .search import Sections

Links = dict[File, dict[str, str]]
"""Files to the anchors in them that are linked to, and the links as they were written."""


class Converter:
    """`Page.render` with one Markdown instance for all pages of a site: setting one up takes a tenth of the time.

    The four processors that MkDocs adds for each page are kept with it, and given their page each time.
    """

    def __init__(self, config: MkDocsConfig) -> None:
        self._markdown = markdown.Markdown(
            extensions=config["markdown_extensions"], extension_configs=config["mdx_configs"] or {}
        )
        nothing: Any = None
        self._raw = pages._RawHTMLPreprocessor()
        self._anchors = pages._ExtractAnchorsTreeprocessor(nothing, nothing, config)
        self._links = pages._RelativePathTreeprocessor(nothing, nothing, config)
        self._title = pages._ExtractTitleTreeprocessor()
        for processor in (self._raw, self._anchors, self._links, self._title):
            processor._register(self._markdown)

    def render(self, page: Page, files: Files) -> tuple[str, list[Any], str | None, set[str], Links]:
        """HTML, tokens of the table of contents, title, ids that can be linked to, links to ids elsewhere."""
        self._markdown.reset()
        self._markdown.toc_tokens = []
        self._anchors.present_anchor_ids = set()
        self._links.file, self._links.files, self._links.links_to_anchors = page.file, files, {}
        self._title.title = None
        assert page.markdown is not None
        html = self._markdown.convert(page.markdown)
        ids = self._anchors.present_anchor_ids | self._raw.present_anchor_ids
        tokens: list[Any] = self._markdown.toc_tokens
        return html, tokens, self._title.title, ids, self._links.links_to_anchors


class Index(SearchIndex):  # type: ignore[misc]
    """Material's search index, which is told page by page which entries it need not make again.

    `search.Sections` knows the entries of every page; what is asked of it here is only to cut up new ones.
    """

    def __init__(self, settings: dict[str, Any], sections: Sections) -> None:
        super().__init__(**settings)
        self._sections = sections
        self.ready: str | None = None
        """The index, where it is known to be the same as before."""

    def add_entry_from_context(self, page: Page) -> None:
        """Called by the plugin for each page that is rendered."""
        if not self._sections.knows(page):
            self.entries: list[Any] = []
            super().add_entry_from_context(page)
            self._sections.learn(page, self.entries)
            self.entries = []

    def generate_search_index(self, prev: object) -> str:
        """Called by the plugin when the site is done: the index as JSON."""
        return self.ready if self.ready is not None else self._sections.index(self._settings)

    def key(self) -> str:
        """A digest of all that the index depends on."""
        return self._sections.key(self._settings)

    @property
    def _settings(self) -> dict[str, Any]:
        return {key: self.config[key] for key in ("lang", "separator", "pipeline", "fields")}


def keep_index(config: MkDocsConfig, sections: Sections) -> Index | None:
    """Let Material's search plugin use `Index`. None where there is no such plugin, or it is switched off."""
    plugin: Any = config.plugins.get("material/search")
    if plugin is None or type(plugin) is not SearchPlugin or not plugin.config.enabled:
        return None
    if not plugin.config.jieba_dict and not plugin.config.jieba_dict_user:
        cutting.jieba = _Cut  # jieba takes a second to load and fifteen times as long to cut the same
    index = Index(dict(plugin.config), sections)
    use_index(config, index)
    return index


def use_index(config: MkDocsConfig, index: Index) -> None:
    """Let Material's search plugin work on this index: MkDocs has one plugin for all the sites that it builds."""
    plugin: Any = config.plugins["material/search"]
    plugin.search_index = index


class _Cut:
    """Cuts Chinese into the same words as `jieba.cut`."""

    @staticmethod
    def cut(text: bytes) -> list[str]:
        return rjieba.cut(text.decode("utf-8"))


def share_templates(config: MkDocsConfig, compiled: jinja2.BytecodeCache) -> None:
    """Let all environments of a theme share `compiled` templates, and look for files past the 14,500 icons of Material.

    Stands in for `Theme.get_env`, which begins with nothing each time; MkDocs lists all files of a theme in every build
    and takes none from a folder whose name begins with a dot.
    """
    make = config.theme.get_env

    def get_env() -> jinja2.Environment:
        env = make()
        assert isinstance(env.loader, jinja2.FileSystemLoader)
        env.loader = _Loader(env.loader.searchpath)
        env.bytecode_cache = compiled
        return env

    config.theme.get_env = get_env  # type: ignore[method-assign]


class _Loader(jinja2.FileSystemLoader):
    def list_templates(self) -> list[str]:
        found = set()
        for top in self.searchpath:
            for place, folders, names in os.walk(top):
                folders[:] = [name for name in folders if not name.startswith(".")]
                folder = os.path.relpath(place, top).replace(os.sep, "/")
                found.update(names if folder == "." else [f"{folder}/{name}" for name in names])
        return sorted(found)
