"""A page's Markdown as HTML, and whatever else its text alone gives; kept as long as text and targets are the same.

This is MkDocs' `_populate_page`. Which files a page's links lead to is looked up in the other files of the site, so
each look-up is kept with its result, and a page is converted again when one would give another.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any, Final

from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import BuildError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from ..runtime import digest
from . import said
from .material import Converter
from .said import Said

_LOG: Final = logging.getLogger("mkdocs.commands.build")

Target = list[str] | None
"""URL and inclusion level of the file that a look-up found."""


@dataclass
class Facts:
    """What is always needed of a page: all but its text."""

    digest: str
    """Of text, metadata and table of contents."""
    meta: list[list[Any]]
    title: str | None
    ids: list[str]
    links: dict[str, dict[str, str]]
    targets: dict[str, Target]
    said: Said = field(default_factory=list)


Content = tuple[str, list[Any]]
"""HTML, and the tokens of the table of contents."""


class NotPlainError(ValueError):
    """The page is read, but has a value that would not come back from the store as it was."""

    def __init__(self, value: object) -> None:
        super().__init__(repr(value))
        self.said: Said = []
        """What was said of the page."""


class _Targets:
    """The files of the site, to processors that look for the targets of links; remembers what they found."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self.found: dict[str, Target] = {}

    def get_file_from_path(self, path: str) -> File | None:
        file = self._files.src_uris.get(path)
        if not file:  # the path may be written in another way
            file, path = self._files.get_file_from_path(path), PurePath(path).as_posix()
        self.found[path] = target(file)
        return file


def target(file: File | None) -> Target:
    """What a link to `file` depends on."""
    return [file.url, file.inclusion._name_] if file else None


def targets(files: Files) -> str:
    """A digest of all that look-ups can find."""
    return digest([(path, file.url, file.inclusion._name_) for path, file in files.src_uris.items()])


def current(facts: Facts, files: Mapping[str, File]) -> bool:
    """Whether every link would lead to where it led."""
    return all(target(files.get(path)) == found for path, found in facts.targets.items())


def convert(page: Page, config: MkDocsConfig, files: Files, converter: Converter) -> tuple[Facts, Content]:
    """Read and convert the page, all events of plugins included. What is said meanwhile is kept, not said.

    Raises `NotPlainError` for a page with metadata of a kind that cannot be kept.
    """
    targets: Any = _Targets(files)
    with said.heard() as heard:
        page = config.plugins.on_pre_page(page, config=config, files=files)
        page.read_source(config)
        assert page.markdown is not None
        page.markdown = config.plugins.on_page_markdown(page.markdown, page=page, config=config, files=files)
        page.content, tokens, title, ids, links = converter.render(page, targets)
        page.toc, page._title_from_render, page.present_anchor_ids = get_toc(tokens), title, ids
        page.links_to_anchors = links
        page.content = config.plugins.on_page_content(page.content, page=page, config=config, files=files)
    try:
        meta, content = [[key, _packed(value)] for key, value in page.meta.items()], (page.content, _tokens(tokens))
    except NotPlainError as error:
        error.said = heard
        raise
    facts = Facts(
        digest(meta, content, title),
        meta,
        title,
        sorted(ids),
        {file.src_uri: anchors for file, anchors in links.items()},
        targets.found,
        heard,
    )
    return facts, content


def glance(page: Page, config: MkDocsConfig, files: Files) -> bool:
    """Read the metadata of a page that is converted later: whether they give it its title, which others show."""
    with said.heard():  # it is said when the page is converted
        page = config.plugins.on_pre_page(page, config=config, files=files)
        page.read_source(config)
        assert page.markdown is not None
        page.markdown = config.plugins.on_page_markdown(page.markdown, page=page, config=config, files=files)
    return "title" in page.meta


def apply(facts: Facts, page: Page) -> None:
    """Give the page all but its text."""
    page.meta = {key: _unpacked(value) for key, value in facts.meta}
    page._title_from_render = facts.title
    page.present_anchor_ids = set(facts.ids)


def write(content: Content, page: Page) -> None:
    """Give the page its content and table of contents."""
    page.content, page.toc = content[0], get_toc(content[1])


def link(facts: Facts, page: Page, files: Files) -> None:
    """Give the page its links to places in other pages, which MkDocs then checks."""
    if logging.getLogger("mkdocs.structure.pages").getEffectiveLevel() > logging.DEBUG:  # as in `Page.render`
        by_file = ((files.src_uris.get(path), anchors) for path, anchors in facts.links.items())
        page.links_to_anchors = {file: anchors for file, anchors in by_file if file}


def failed(doing: str, page: Page, error: Exception) -> None:
    """Say, as MkDocs does, at which page a build has failed."""
    detail = "" if isinstance(error, BuildError) else f" {error}"
    _LOG.error(f"Error {doing} page '{page.file.src_uri}':{detail}")


def _tokens(tokens: list[Any]) -> list[dict[str, Any]]:
    return [
        {
            "level": token["level"],
            "id": str(token["id"]),
            "name": str(token["name"]),
            "children": _tokens(token["children"]),
        }
        for token in tokens
    ]


def _packed(value: Any) -> Any:
    """`value` so that JSON returns it with its type; `Markup` is a text that templates do not escape again."""
    if value is None or type(value) in (bool, int, float, str):
        return value
    if type(value) is Markup:
        return {"markup": str(value)}
    if type(value) is list:
        return [_packed(inner) for inner in value]
    if type(value) is dict and all(type(key) is str for key in value):
        return {"dict": {key: _packed(inner) for key, inner in value.items()}}
    raise NotPlainError(value)


def _unpacked(value: Any) -> Any:
    if isinstance(value, list):
        return [_unpacked(inner) for inner in value]
    if isinstance(value, dict):
        if "markup" in value:
            return Markup(value["markup"])
        return {key: _unpacked(inner) for key, inner in value["dict"].items()}
    return value
