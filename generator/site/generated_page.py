"""A page that the generator makes: MkDocs' `Page`, with Markdown from the renderer and HTML from the native engine.

MkDocs takes any subclass of `Page` that a plugin has set at a `File`; every event of every plugin sees it as usual.
"""

from __future__ import annotations

import functools
import posixpath
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import BuildError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc
from mkdocs.utils import get_relative_url
from mkdocs.utils.meta import get_data

from . import markdown


class GeneratedPage(Page):
    """The page of one edition at `file`."""

    def __init__(
        self,
        title: str,
        file: File,
        config: MkDocsConfig,
        edition_id: str,
        source: str | None,
        edit_uri: str | None,
        make: Callable[[], str] | None,
    ) -> None:
        """`source` is the YAML file that the page comes from, `edit_uri` the same from docs/; both may be missing.

        `make` gives its Markdown where none is in docs/.
        """
        file.edit_uri = edit_uri if config.repo_url or config.edit_uri_template else None
        super().__init__(title, file, config)
        self.edition_id = edition_id
        self.source = source
        self.written = file.abs_src_path
        """Where its Markdown is, if it is in docs/."""
        self.make = make
        self.spoken_headings: dict[str, str] = {}
        """The id of a heading to its name as HTML that says which languages it is in."""
        self.entitle(title)

    def entitle(self, title: str, attributes: str = "") -> None:
        """Give the page its title, with `attributes` that say which language it is in where that is not the page's."""
        self.title = title
        self.title_attributes = Markup(attributes)
        # Material shows this in the navigation, if there is one.
        self.typeset = {"title": Markup(f"<span{attributes}>{title}</span>")} if attributes else None

    def read_source(self, config: MkDocsConfig) -> None:
        """What `Page.read_source` does, or the same with Markdown that is made now."""
        text = config.plugins.on_page_read_source(page=self, config=config)
        if text is None:
            text = self.make() if self.make else Path(self.written or "").read_text("utf-8")
        self.markdown, self.meta = get_data(text)
        # Neither MkDocs' templates nor Material's escape metadata; `escape` tells those that do that it is done.
        self.meta.update({key: escape(value) for key, value in self.meta.items() if isinstance(value, str)})

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """What `Page.render` does, by the native engine. Raises `BuildError` for a link to a page that is not there."""
        if self.markdown is None:
            raise RuntimeError("`markdown` field hasn't been set (via `read_source`)")
        folder = posixpath.dirname(self.file.src_uri)
        targets: dict[str, File] = {}

        @functools.cache  # a page has most of its links several times
        def address(path: str) -> str | None:
            target = files.src_uris.get(posixpath.normpath(posixpath.join(folder, path)))
            if target is None:
                return None
            targets[path] = target
            return get_relative_url(target.url, self.file.url)

        try:
            rendered = markdown.render(self.markdown, address)
        except markdown.UnknownTargetError as error:
            raise BuildError(f"Page '{self.file.src_uri}': {error}") from error
        self.content = rendered.html if config.use_directory_urls else self._with_files(rendered.html, files)
        toc: Any = rendered.toc  # of the same form; MkDocs has no public name for it
        self.toc = get_toc(toc)
        self.spoken_headings = rendered.spoken
        self.present_anchor_ids = rendered.ids
        self.links_to_anchors = {}
        for path, anchors in rendered.links.items():
            target = targets[path] if path else self.file
            self.links_to_anchors.setdefault(target, {}).update(anchors)

    def _with_files(self, html: str, files: Files) -> str:
        """`html` with links to folders, as drawings have them, leading to the files that the pages are."""
        own = self.file.src_uri.removesuffix("index.md").removesuffix(".md")

        def address(match: re.Match[str]) -> str:
            path = posixpath.normpath(posixpath.join(own, match[2]))
            target = files.get_file_from_path(f"{path}.md") or files.get_file_from_path(f"{path}/index.md")
            return match[1] + (get_relative_url(target.url, self.file.url) if target else match[2])

        return _folder_link.sub(address, html)


_folder_link = re.compile(r'(<a href=")([^":#?]*/)(?=[#"])')
_heading = re.compile(r'(<h[23] id="(?P<id>[^"]+)">.*?)(</h[23]>)', re.DOTALL)
"""One with a class has no switch: letters of a glossary differ between languages."""


def with_switches(html: str, links: str, placeholder: str) -> str:
    """`html` with a language switch at every heading of the second and third level."""

    def switched(match: re.Match[str]) -> str:
        own = links.replace(placeholder, match["id"])
        return f'{match[1]}<span class="hb-switch" data-search-exclude="">{own}</span>{match[3]}'

    return _heading.sub(switched, html)
