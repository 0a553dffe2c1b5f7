"""Put pages into the theme's templates, and keep those that would come out as they are.

A page that differs from the one that an earlier build left in its navigation alone is that one with other navigation:
`Output.holes` says where it stands.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any, Final

import jinja2
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from .. import csp
from ..parallel import split
from ..runtime import digest
from . import conversion, said
from .navigation import Navigator, shown
from .outputs import Output, Outputs
from .reading import Reader

_LOG: Final = logging.getLogger("mkdocs.commands.build")
_DRAFT: Final = (
    '<div class="mkdocs-draft-marker" title="This page will not be included into the built site.">DRAFT</div>'
)
_BEFORE: Final = "\x02before\x03"
_BEHIND: Final = "\x02behind\x03"


class Finisher:
    """Finishes the pages of one site; `key` is a digest of what they all depend on, None where nothing may be kept."""

    def __init__(
        self,
        config: MkDocsConfig,
        env: jinja2.Environment,
        nav: Navigation,
        documentation: Sequence[File],
        reader: Reader,
        outputs: Outputs,
        key: str | None,
    ) -> None:
        self._config = config
        self._env = env
        self._nav = nav
        self._documentation = documentation
        self._reader = reader
        self._outputs = outputs
        self._key = key
        self._navigator = Navigator(nav, config, env)

    def finish(self, pages: Sequence[Page]) -> None:
        """Write these pages, or leave them where they are."""
        new = [page for page in pages if not self._is_kept(page)]
        if not self._key:
            for page in new:
                self._take(page, None)
            return
        if len(new) > 1:
            self._reader.let_go()
        for page, finished in zip(new, split(new, self._finished), strict=True):
            self._take(page, finished)

    # --- pages that are there --------------------------------------------------------------------------------

    def _is_kept(self, page: Page) -> bool:
        """Whether an earlier build left the page as it must be, or with nothing wrong but its navigation."""
        facts = self._reader.facts.get(page.file.src_uri)
        if not facts or not self._key:
            return False
        left = self._outputs.left(page.file.dest_uri)
        if not left or left.key != self._key_of(page):
            return False
        if left.navigation == self._navigator.key(page):
            self._outputs.keep(page.file.dest_uri, left)
            return True
        if not left.holes:
            return False
        old = self._outputs.read(page.file.dest_uri)
        one, two, three, four = left.holes
        self._write(page, [part.decode("utf-8") for part in (old[:one], old[two:three], old[four:])])
        return True

    def _key_of(self, page: Page) -> str:
        """A digest of all that the finished page depends on, but for its navigation."""
        return digest(
            self._key,
            self._reader.facts[page.file.src_uri].digest,
            page.file.src_uri,
            page.file.inclusion.name,
            page.title,
            page.url,
            page.canonical_url,
            page.edit_url,
            page.is_homepage,
            [_named(other) for other in (page.previous_page, page.next_page, self._nav.homepage)],
            [_named(section) for section in page.ancestors],
            self._navigator.key_of_tabs(page),
            self._navigator.has_item(page),
        )

    # --- pages that are made ---------------------------------------------------------------------------------

    def _finished(self, page: Page) -> list[Any]:
        """Write the page; what was written, and what was said."""
        self._reader.load(page)
        try:
            with said.heard() as heard:
                output = self._render(page)
        finally:
            self._reader.unload(page)
        return [output and vars(output), heard]

    def _take(self, page: Page, finished: list[Any] | None) -> None:
        if finished is None:
            self._render(page)
            return
        output, heard = finished
        if output:
            self._outputs.note(page.file.dest_uri, Output(**output))
        said.again(heard)

    def _render(self, page: Page) -> Output | None:
        """MkDocs' `_build_page`, with navigation that is put in behind the template."""
        config = self._config
        config._current_page = page
        tabs = self._navigator.tabs(page)
        try:
            page.active = True
            context: Any = get_context(self._nav, self._documentation, config, page)
            has_item = self._navigator.has_item(page)
            context["navigation"] = {"before": _BEFORE, "behind": _BEHIND, "has_item": has_item, "tabs": tabs}
            context["said"] = self._navigator.words
            template = self._env.get_template(page.meta.get("template", "main.html"))
            context = config.plugins.on_page_context(context, page=page, config=config, nav=self._nav)
            if page.file.inclusion.is_excluded():  # type: ignore[no-untyped-call]
                page.content = _DRAFT + (page.content or "")
            return self._write(page, _parts(template.render(context)))
        except Exception as error:
            conversion.failed("building", page, error)
            raise
        finally:
            page.active = False
            config._current_page = None

    def _write(self, page: Page, parts: list[str]) -> Output | None:
        """Write a page that the navigation divides into `parts`, or one that is a single part without any."""
        around = self._navigator.around(page)
        html = f"{around[0].join(parts[:2])}{around[1]}{parts[2]}" if len(parts) == 3 else parts[0]
        output = self._config.plugins.on_post_page(html, page=page, config=self._config)
        if not output.strip():
            _LOG.info(f"Page skipped: '{page.file.src_uri}'. Generated empty output.")
            self._outputs.remove(page.file.dest_uri)
            return None
        known = self._key if page.file.src_uri in self._reader.facts else None
        made = Output(self._key_of(page) if known else "", self._navigator.key(page), scripts=csp.hashes(output))
        if len(parts) == 3 and output == html:
            place = 0
            for piece in (parts[0], around[0], parts[1], around[1]):
                place += len(_bytes(piece))
                made.holes.append(place)
        self._outputs.write(page.file.dest_uri, _bytes(output), made)
        return made


def _parts(html: str) -> list[str]:
    """What a template gave, cut where the navigation goes."""
    first, before, rest = html.partition(_BEFORE)
    second, behind, third = rest.partition(_BEHIND)
    return [first, second, third] if before and behind else [html]


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "xmlcharrefreplace")


def _named(item: Any) -> list[Any] | None:
    """Title of a page or section, and the address that leads to it."""
    if item is None:
        return None
    first = item
    while first.children:
        first = first.children[0]
    return [item.title, first.url, shown(item)]
