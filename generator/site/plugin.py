"""The MkDocs plugin: content/ becomes pages of MkDocs' own site, one folder for each edition.

`mkdocs build` builds them all by MkDocs' own loop, beside the site that is there, and lets the new one take its place
as a whole. `mkdocs serve` makes a page when it is asked for: see `preview`.
"""

from __future__ import annotations

import gc
import logging
import sys
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import Any, Final

import jinja2
from markupsafe import escape
from mkdocs.config import base
from mkdocs.config import config_options as options
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, BuildError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import CountHandler, get_relative_url
from mkdocs.utils.templates import TemplateContext

from .. import docs_folder
from ..cli import report
from ..pages.plan import Address
from ..pages.plan import Page as PlannedPage
from ..pipeline import Pipeline
from ..problems import ContentError
from ..render.renderer import TEMPLATES, WORDS, Renderer
from . import assets, csp, preview, search_index
from .editions import (
    HEADING_ID,
    EditionConfig,
    editions,
    landing_languages,
    language_switches,
    navigation_config,
    own_navigation,
)
from .generated_page import GeneratedPage, with_switches
from .guards import refuse_site_dir, refuse_taken_port
from .navigation import Navigator
from .publish import atomic_replacement

THEME: Final = Path(__file__).parent / "theme"
LANDING_PAGE: Final = "index.md"


class HandbookConfig(base.Config):  # type: ignore[no-untyped-call]
    """What `mkdocs.yml` says of the plugin."""

    content = options.Type(str, default="content")
    """Folder of the YAML files, from the folder of mkdocs.yml."""


class HandbookPlugin(BasePlugin[HandbookConfig]):  # type: ignore[no-untyped-call]
    """Makes one handbook. Under `mkdocs serve` the same instance goes through all builds."""

    def __init__(self) -> None:
        self.pipeline: Pipeline | None = None
        self.preview: preview.Preview | None = None
        """Under `mkdocs serve`: there pages are made when they are asked for, and a mistake ends nothing."""
        self._is_watching = self._is_dirty = False
        self._replacement: AbstractContextManager[Path] | None = None
        self._old_site_dir = ""

    # --- the build, event by event -----------------------------------------------------------------------

    def on_startup(self, *, command: str, dirty: bool) -> None:
        self._is_watching = command == "serve" and preview.is_watching()
        self._is_dirty = dirty

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read and check everything, before anything is written."""
        content = Path(config.config_file_path or "mkdocs.yml").parent / self.config.content
        refuse_site_dir(config, content)
        if self.pipeline is None and preview.is_serving():
            refuse_taken_port(config)
        if self._is_watching and not config.strict and self.preview is None:
            self.preview = preview.Preview(self)
        if self.pipeline is None or self.pipeline.content != content:
            self.pipeline = Pipeline(content)
        try:
            self.use(self.pipeline.run(), config)
        except ContentError as error:
            raise ContentAbort(error) from error
        if str(THEME) not in config.theme.dirs:
            # Behind the folder of the user's own overrides, before Material's.
            config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(THEME))
        config.watch += [str(folder) for folder in (content, TEMPLATES, WORDS, THEME)]
        self.assets = assets.made(map(Path, config.theme.dirs))
        config.nav = [{one: navigation_config(self.renderer, one)} for one in self.editions]
        if self.preview:
            self.preview.begin(config)
        elif not self._is_dirty:
            self._replacement = atomic_replacement(Path(config.site_dir))
            self._old_site_dir, config.site_dir = config.site_dir, str(self._replacement.__enter__())
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Write the Markdown to docs/, where MkDocs and everybody else can read it."""
        if self.preview:
            return
        try:
            docs_folder.write_all(Path(config.docs_dir), self.renderer.pages())
        except ContentError as error:
            raise ContentAbort(error) from error

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Give MkDocs the pages, and the assets in place of Material's."""
        # What an earlier build has left in docs/ may be another text than now, or of a page that is no more.
        for path in docs_folder.generated(Path(config.docs_dir)) if self.preview else ():
            if file := files.get_file_from_path(path):
                files.remove(file)
        for page in self.renderer.plan.pages:
            for edition_id in self.editions:
                path = f"{edition_id}/{page.path}"
                if written := files.get_file_from_path(path):
                    file, make = written, None
                    files.remove(file)
                else:
                    file, make = File.generated(config, path, content=""), partial(self.markdown, page.path, edition_id)
                files.append(file)  # in the order of the plan: equal hits of a search are found in it
                GeneratedPage(self.title(page, edition_id), file, config, edition_id, page.source, make)
        landing = File.generated(config, LANDING_PAGE, content=self.renderer.landing_page())
        landing.inclusion, landing.edit_uri = InclusionLevel.NOT_IN_NAV, None
        if written := files.get_file_from_path(LANDING_PAGE):
            files.remove(written)
        files.append(landing)
        own = (THEME, Path(config.theme.custom_dir or THEME))
        material = [Path(folder) for folder in config.theme.dirs if Path(folder) not in own]
        for file in files.media_files():
            source = Path(file.src_dir or "")
            if source in material or (source == THEME and Path(file.src_uri).name not in assets.ABOVE):
                files.remove(file)
        for path, text in self.assets.files.items():
            files.append(File.generated(config, path, content=text))
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Let each edition have a navigation of its own."""
        self.files = files
        self.navigations: dict[str, Navigation] = {}
        for section in nav.items:
            home = files.get_file_from_path(f"{section.title}/index.md")
            self.navigations[section.title] = own_navigation(section, home.page if home else None)
        self.navigators: dict[str, Navigator] = {}
        self.navigation = nav
        if self.preview:
            self.preview.defer_pages()
        return nav

    @event_priority(-100)  # behind all plugins that may add filters or templates
    def on_env(self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files) -> jinja2.Environment:
        env.auto_reload = False  # a page includes thirty templates; one that changes makes MkDocs build anew
        self.env = env
        return env

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Add the language switch at every heading."""
        if not isinstance(page, GeneratedPage):
            return html
        own = self.editions[page.edition_id]
        others = [other for other in self.editions.values() if other is not own]
        return with_switches(html, language_switches(page, own, others), HEADING_ID)

    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Show each page as one of its edition."""
        shown: Any = context  # more than MkDocs says that a context has
        shown.update(self._shared_context())
        if page.file.src_uri == LANDING_PAGE:
            return context
        edition_id = self._edition_of(page)
        navigator = self._navigator(edition_id)
        before, behind = navigator.around(page)
        shown.update(
            config=self.edition_configs[edition_id],
            nav=self.navigations[edition_id],
            edition=self.editions[edition_id],
            edition_base=get_relative_url(f"{edition_id}/", page.url).rstrip("/") or ".",
            edition_path=page.url.removeprefix(f"{edition_id}/"),
            source=page.source if isinstance(page, GeneratedPage) else None,
            theme_word=navigator.words,
            navigation={
                "before": before,
                "behind": behind,
                "has_item": navigator.has_item(page),
                "tabs": navigator.tabs(page),
            },
        )
        return context

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """The same for the pages above the editions."""
        shown: Any = context
        shown.update(self._shared_context(), page_urls=self._page_urls())
        return context

    @event_priority(-100)  # behind all plugins: this is what is written
    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Note what the search and the policy are to know."""
        self.scripts.update(csp.hashes(output))
        if not self.preview and page.file.src_uri != LANDING_PAGE:
            self.search_pages[self._edition_of(page)].append(self.search_entry(page))
            page.content = page.markdown = None  # all texts of a site at once would be the most that a build holds
        return output

    @event_priority(-100)
    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        self.scripts.update(csp.hashes(output_content))
        return output_content

    @event_priority(-100)  # behind all plugins: when this is done, so is the site
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the search indexes and the policy; then let the new site take the place of the old one."""
        if self.preview:
            self.preview.end()
            return
        for edition_id in self.editions:
            target = Path(config.site_dir, edition_id, search_index.FILE)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(self.search_script(self.search_pages[edition_id]))
        csp.write(Path(config.site_dir), self.scripts)
        if self._replacement and not (config.strict and _has_warnings()):  # a strict build ends behind this
            replacement, self._replacement = self._replacement, None
            replacement.__exit__(None, None, None)
            config.site_dir = self._old_site_dir  # `mkdocs gh-deploy` goes on with it

    def on_build_error(self, *, error: Exception) -> None:
        """Keep the old site. What the machine refuses is said in one line: no traceback tells an author more."""
        replacement, self._replacement = self._replacement, None
        if replacement:
            replacement.__exit__(type(error), error, error.__traceback__)
        if self.preview:
            self.preview.end(failed=True)
        if isinstance(error, OSError):
            raise _MachineError(f"{error.filename}: {error.strerror}" if error.filename else str(error)) from error

    def on_shutdown(self) -> None:
        """Keep the old site when the author has stopped the build; MkDocs does not call that an error."""
        self.on_build_error(error=Abort("stopped"))

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., None]
    ) -> LiveReloadServer:
        if self.preview:
            self.preview.serve(server, config, builder)
        else:  # `--clean`: what is served is what `mkdocs build` makes, and docs/ is written by every build
            server.unwatch(config.docs_dir)
        gc.collect()
        gc.freeze()  # what stays is not looked through again
        return server

    # --- for the preview too -----------------------------------------------------------------------------

    def use(self, renderer: Renderer, config: MkDocsConfig) -> None:
        """Make pages by `renderer` from now on."""
        self.renderer = renderer
        self.planned = {page.path: page for page in renderer.plan.pages}
        self.editions = editions(renderer, config.use_directory_urls)
        self.edition_configs = {one: EditionConfig(config, edition) for one, edition in self.editions.items()}
        self.navigators = {}
        self.search_pages: dict[str, list[bytes]] = {one: [] for one in self.editions}
        self.scripts: set[str] = set()
        self._search_names: dict[str, dict[Address, search_index.Names]] = {}

    def title(self, page: PlannedPage, edition_id: str) -> str:
        """The title of a page in the navigation, escaped as MkDocs' templates expect it."""
        return escape(self.renderer.texts(edition_id, "index.md").page_title(page))

    def markdown(self, path: str, edition_id: str) -> str:
        """The Markdown of a page. Raises `BuildError` where a template is broken."""
        try:
            return self.renderer.page(self.planned[path], edition_id)
        except ContentError as error:
            raise TemplateProblem(error) from error

    def search_entry(self, page: Page) -> bytes:
        """What the search of its edition is to know of a page that has been built."""
        edition_id = self._edition_of(page)
        if edition_id not in self._search_names:
            texts = self.renderer.texts(edition_id, "index.md")
            self._search_names[edition_id] = search_index.names(texts)
        weight = float((page.meta.get("search") or {}).get("boost", 1))
        path, url = (one.removeprefix(f"{edition_id}/") for one in (page.file.src_uri, page.url))
        found = search_index.sections(page.content or "")
        return search_index.entry(path, url, weight, found, self._search_names[edition_id])

    def search_script(self, entries: Iterable[bytes]) -> bytes:
        """The search index of an edition, from what `search_entry` gives for its pages."""
        return search_index.script(entries, self.renderer.shared.words.values())

    def _edition_of(self, page: Page) -> str:
        """The edition whose frame a page has: that of its folder, or the first."""
        folder = page.file.src_uri.partition("/")[0]
        return folder if folder in self.editions else next(iter(self.editions))

    def _navigator(self, edition_id: str) -> Navigator:
        if edition_id not in self.navigators:
            config: Any = self.edition_configs[edition_id]
            navigation, edition = self.navigations[edition_id], self.editions[edition_id]
            self.navigators[edition_id] = Navigator(navigation, config, edition, self.env)
        return self.navigators[edition_id]

    def _page_urls(self) -> list[str]:
        """Addresses of all pages, below those of the editions."""
        first = next(iter(self.editions))
        found = (self.files.get_file_from_path(f"{first}/{path}") for path in self.planned)
        return [file.url.removeprefix(f"{first}/") for file in found if file]

    def _shared_context(self) -> dict[str, Any]:
        """What all pages show, those above the editions too."""
        return {
            "assets": self.assets,
            "editions": list(self.editions.values()),
            "languages": landing_languages(self.renderer),
            "contact": self.renderer.plan.handbook.settings.contact,
        }


class TemplateProblem(BuildError):
    """A template of the generator is broken; `problems` say where."""

    def __init__(self, error: ContentError) -> None:
        self.problems = error.problems
        super().__init__(report.text(error.problems, report.language_of_environment()))


class _MachineError(Abort):
    """The content is not to blame: a full disk, a folder that cannot be written to, another run."""

    code = exit_code = 2


class ContentAbort(Abort):
    """A build ends for what is wrong in the content, which has been said: `problems`."""

    def __init__(self, error: ContentError) -> None:
        language = report.language_of_environment()
        print(report.text(error.problems, language), file=sys.stderr)
        self.problems = error.problems
        super().__init__(report.count(error.problems, language))


def _has_warnings() -> bool:
    handlers = logging.getLogger("mkdocs").handlers
    return any(isinstance(handler, CountHandler) and handler.get_counts() for handler in handlers)
