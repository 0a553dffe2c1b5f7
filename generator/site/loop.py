"""The build loop of one site: `mkdocs.commands.build.build` event by event, but for what has not changed.

Each step that MkDocs does for every page is done here for the pages that need it: reading and converting Markdown
(`conversion`), and putting pages into the theme's templates. What plugins may do to a page is only known of those that
say so (`Known`); with any other one, every page is made every time. A server may put pages off: see `later`.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final, Protocol, runtime_checkable
from urllib.parse import urljoin

from mkdocs import utils
from mkdocs.commands.build import _build_extra_template, _build_theme_template
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, BuildError
from mkdocs.structure.files import File, InclusionLevel, get_files, set_exclusions
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page

from .. import runtime
from ..runtime import digest
from . import keys
from .finishing import Finisher
from .kept import Kept
from .later import Later
from .material import share_templates
from .navigation import retitled, shown
from .outputs import Output, Outputs
from .reading import Reader
from .search import Index

_LOG: Final = logging.getLogger("mkdocs.commands.build")
_PAGE_EVENTS: Final = ("pre_page", "page_read_source", "page_markdown", "page_content", "page_context", "post_page")


@runtime_checkable
class Known(Protocol):
    """A plugin that says what its work on a page depends on, besides the page itself."""

    key: str
    """A digest of that, for all pages."""
    names: Mapping[str, str]
    """What else the sections of pages are called, by the ids of their headings: the search finds these names too."""

    def key_of(self, path: str) -> str:
        """What its work on the page written in `path` depends on beyond that."""


class Site:
    """One configuration's site, built as often as is needed."""

    def __init__(self, config: MkDocsConfig, kept: Kept, outputs: Outputs, lazy: bool = False) -> None:
        share_templates(config, kept.compiled)
        self.config = config
        self.outputs = outputs
        self.lazy = lazy
        """Whether pages may wait until they are asked for."""
        self.asked = ""
        """The page that was last asked for."""
        self._kept = kept
        self._index: Index | None = None
        self._later: Later | None = None
        self._unsaid = False
        """Whether `catch_up` has something to say."""

    def build(self, serve_url: str | None = None, glance: bool = False) -> None:
        """Build the whole site, as `mkdocs.commands.build.build` does. Raises what that raises.

        A lazy one may begin with a `glance` at pages that have changed: then `catch_up` says what is to be said of all.
        """
        counter = utils.CountHandler()
        counter.setLevel(logging.WARNING)
        if self.config.strict:
            logging.getLogger("mkdocs").addHandler(counter)
        try:
            start = time.monotonic()
            self._build(serve_url, glance)
            if counts := counter.get_counts():
                message = ", ".join(f"{count} {level.lower()}s" for level, count in counts)
                raise Abort(f"Aborted with {message} in strict mode!")
            _LOG.info(f"Documentation built in {time.monotonic() - start:.2f} seconds")
        except Exception as error:
            self.config.plugins.on_build_error(error=error)
            if isinstance(error, BuildError):
                _LOG.error(str(error))
                raise Abort("Aborted with a BuildError!") from error
            raise
        finally:
            logging.getLogger("mkdocs").removeHandler(counter)

    def _build(self, serve_url: str | None, glance: bool) -> None:
        inclusion = InclusionLevel.is_in_serve if serve_url else InclusionLevel.is_included
        self.config = config = self.config.plugins.on_config(self.config)
        config.plugins.on_pre_build(config=config)
        self.outputs.clear()
        if not serve_url:
            _LOG.info(f"Building documentation to directory: {config.site_dir}")
        files = get_files(config)
        env = config.theme.get_env()
        files.add_files_from_theme(env, config)
        self.files = files = config.plugins.on_files(files, config=config)
        set_exclusions(files, config)
        self.nav = nav = config.plugins.on_nav(get_navigation(files, config), config=config, files=files)
        reading, theme = self._keys()
        documentation = files.documentation_pages(inclusion=inclusion)
        pages = self._pages_of(documentation, serve_url)
        known = self._known()
        self.reader = Reader(config, files, self._kept, reading, lambda path: [plugin.key_of(path) for plugin in known])
        lazy = self.lazy and self.reader.keeps
        unread: Sequence[Page] = ()
        if lazy and glance:
            unread = self.reader.glance(pages)
        else:
            self.reader.read(pages)
        env = config.plugins.on_env(env, config=config, files=files)
        self._copy_static_files(inclusion)
        for template in config.theme.static_templates:
            _build_theme_template(template, env, files, config, nav)
        for template in config.extra_templates:
            _build_extra_template(template, files, config, nav)
        self._finisher = partial(Finisher, config, env, nav, documentation, self.reader, self.outputs, theme)
        self._pages = pages
        names = {anchor: name for plugin in known for anchor, name in plugin.names.items()}
        self._index = Index(names, self.reader, self.outputs) if known else None
        if lazy:
            self._later = Later(self.reader, self._finisher(), self.outputs, self._make_index)
            self._put_off(pages, unread)
        else:
            self._finisher().finish(pages)
        self._unsaid = lazy and glance
        if not self._unsaid:
            self._check_anchors()
        if not lazy:
            self._make_index()
        self.config.plugins.on_post_build(config=self.config)
        self.outputs.tidy()
        if not lazy:
            self._kept.store.save()

    def update(self, navigation: Sequence[Any], names: Mapping[str, str], written: Sequence[str] | None = None) -> bool:
        """Put off the pages that differ from those of the last lazy `build`, where their set and order is the same.

        `navigation` is as in the configuration, `names` as in `Known`, and `written` the sources that have been
        written since, if that is known. False when more must be made.
        """
        sources = self.reader.changed(written)
        files = [self.files.src_uris.get(source) for source in sources or ()]
        pages = [file.page for file in files if file and file.page]
        if sources is None or len(pages) < len(files) or not self._later or self.config.plugins.events["nav"]:
            return False
        before = [(page.title, shown(page)) for page in pages]
        for page in pages:
            self.reader.forget(page)
        unread = self.reader.glance(pages)
        others_too = before != [(page.title, shown(page)) for page in pages]
        if navigation != self.config.nav:
            if not retitled(self.nav.items, navigation):
                return False
            self.config.nav, others_too = list(navigation), True
        self._index, self._unsaid = Index(names, self.reader, self.outputs), True
        if others_too:
            self._later.finisher = self._finisher()
        self._put_off(self._pages if others_too else pages, unread)
        return True

    def _put_off(self, pages: Sequence[Page], unread: Sequence[Page]) -> None:
        """Make these pages later, but for the one that was last asked for, or some other: a template may be wrong."""
        assert self._later
        self._later.put_off(pages, unread)
        paths = [page.file.dest_uri for page in pages]
        for path in [self.asked] if self.asked in paths else paths[:1]:
            self._later.make(path)

    @property
    def puts_off(self) -> bool:
        """Whether it is lazy, and has plugins that let it be."""
        return self._later is not None

    def pay(self, path: str) -> None:
        """Make the file at this path now, if it has been put off."""
        self.asked = path if path.endswith(".html") else self.asked
        if self._later:
            self._later.make(path)

    def catch_up(self) -> Iterator[None]:
        """Read, in small steps, the pages that have been put off; then say of all pages what a whole build says."""
        if self._later and self._unsaid:
            yield from self._later.read()
            for page in self._pages:
                self.reader.say(page)
            self._check_anchors()
            self._unsaid = False

    def finish(self) -> Iterator[None]:
        """Finish, in small steps, the pages that have been put off."""
        if self._later:
            yield from self._later.finish()

    def _check_anchors(self) -> None:
        """Say which links lead to no place within their page."""
        level = self.config.validation.links.anchors
        for page in self._pages:
            self.reader.link(page)
            page.validate_anchor_links(files=self.files, log_level=level)

    def _pages_of(self, documentation: Sequence[File], serve_url: str | None) -> list[Page]:
        """The pages of the files; those that are in no navigation have none yet."""
        drafts = []
        for file in documentation:
            if file.page is None and file.inclusion.is_not_in_nav():  # type: ignore[no-untyped-call]
                if serve_url and file.inclusion.is_excluded():  # type: ignore[no-untyped-call]
                    drafts.append(urljoin(serve_url, file.url))
                Page(None, file, self.config)
        if drafts:
            _LOG.info(
                "The following pages are being built only for the preview "
                "but will be excluded from `mkdocs build` per `draft_docs` config:\n  - " + "\n  - ".join(drafts)
            )
        return [file.page for file in documentation if file.page]

    def _known(self) -> list[Known]:
        return [plugin for plugin in self.config.plugins.values() if isinstance(plugin, Known)]

    def _keys(self) -> tuple[str | None, str | None]:
        """Digests of what reading and finishing depend on, if all plugins are known."""
        config = self.config
        listeners = [method for event in _PAGE_EVENTS for method in config.plugins.events[event]]
        if not all(isinstance(getattr(listener, "__self__", None), Known) for listener in listeners):
            return None, None
        told = [runtime.version(), *sorted(plugin.key for plugin in self._known())]
        settings = [config[name] for name in ("markdown_extensions", "mdx_configs", "validation", "use_directory_urls")]
        return (
            digest(told, keys.plain(settings)),
            digest(told, keys.of_config(config), keys.of_templates(config.theme.dirs)),
        )

    def _copy_static_files(self, inclusion: Callable[[InclusionLevel], bool]) -> None:
        """What `Files.copy_static_files` does, for the files that are not there."""
        for file in self.files:
            if not file.is_documentation_page() and inclusion(file.inclusion):
                key = keys.of_file(file.abs_src_path) if file.abs_src_path else digest(file.content_bytes)
                left = self.outputs.left(file.dest_uri)
                if left and left.key == key:
                    self.outputs.keep(file.dest_uri, left)
                else:
                    file.copy_file()
                    self.outputs.written(file.dest_uri, Output(key))

    def _make_index(self) -> None:
        """Make the search index if it is another one."""
        if self._index and not self._index.keep(self._pages):
            self._index.write(self._pages)
