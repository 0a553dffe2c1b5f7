"""The MkDocs plugin: content/ becomes pages of MkDocs' own site, one folder for each edition.

`mkdocs build` builds them all by MkDocs' own loop, beside the site that is there, and lets the new one take its place
as a whole. `mkdocs serve` makes a page when it is asked for: see `preview`.
"""

from __future__ import annotations

import gc
import logging
import os
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
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel, file_sort_key, set_exclusions
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import CountHandler, get_relative_url
from mkdocs.utils.templates import TemplateContext

from .. import docs_folder
from ..cli import report
from ..content import markup
from ..content.catalogues import direction
from ..pages.plan import Address
from ..pages.plan import Page as PlannedPage
from ..pipeline import Pipeline
from ..problems import ContentError, Problem
from ..render.renderer import TEMPLATES, WORDS, Renderer
from . import assets, csp, fonts, heads, licences, overrides, own_pages, palette, preview, search_index, unsupported
from .editions import (
    HEADING_ID,
    EditionConfig,
    editions,
    landing_languages,
    language_switches,
    navigation_config,
    own_navigation,
    own_site_name,
)
from .generated_page import GeneratedPage, with_switches
from .guards import refuse_docs_dir, refuse_other_theme, refuse_site_dir, refuse_taken_port
from .navigation import Navigator
from .publish import atomic_replacement

THEME: Final = Path(__file__).parent / "theme"
LANDING_PAGE: Final = "index.md"
FAVICON: Final = "assets/favicon.svg"
MATERIAL_FAVICON: Final = "assets/images/favicon.png"
"""What Material names where mkdocs.yml does not. A file of that name in docs/ is meant to take its place."""

_LOG: Final = logging.getLogger("mkdocs.plugins.handbook")


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
        self.left_out: list[Problem] = []
        """Why a preview does not show all of the content."""
        self._said_left_out: list[Problem] = []
        self._is_watching = self._is_dirty = False
        self._said: set[str] = set()
        """What has been warned about: once, however often a server builds."""
        self._replacement: AbstractContextManager[Path] | None = None
        self._old_site_dir = ""

    def load_config(
        self, options: dict[str, Any], config_file_path: str | None = None
    ) -> tuple[base.ConfigErrors, base.ConfigWarnings]:
        """Say what is meant by a key that MkDocs does not know, before it ends a strict build for that."""
        unsupported.warn_of_keys(unsupported.Places(Path(config_file_path or "mkdocs.yml")), self._said)
        return super().load_config(options, config_file_path)

    # --- the build, event by event -----------------------------------------------------------------------

    def on_startup(self, *, command: str, dirty: bool) -> None:
        self._is_watching = command == "serve" and preview.is_watching()
        self._is_dirty = dirty

    def _begin(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read and check everything, before anything is written."""
        content = Path(config.config_file_path or "mkdocs.yml").parent / self.config.content
        self._places = unsupported.Places(Path(config.config_file_path or "mkdocs.yml"))
        refuse_site_dir(config, content, self._places.inherited)
        refuse_docs_dir(config, content)
        refuse_other_theme(config)
        unsupported.refuse_plugins(self._places)
        if self.pipeline is None and preview.is_serving():
            refuse_taken_port(config)
        if self._is_watching and not config.strict and self.preview is None:
            self.preview = preview.Preview(self)
        if self.pipeline is None or self.pipeline.content != content:
            self.pipeline = Pipeline(content)
        try:
            self.use(self.read(), config)
        except ContentError as error:
            raise ContentAbort(error) from error
        if str(THEME) not in config.theme.dirs:
            # Behind the folder of the user's own overrides, before Material's.
            config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(THEME))
        config.watch += [str(folder) for folder in (content, TEMPLATES, WORDS, THEME)]
        if self.own_name is None:  # what other plugins show of it
            titles = self.renderer.plan.handbook.settings.title.by_language.values()
            config.site_name = " · ".join(map(markup.unwrap, titles))
        self.site_title = config.site_name
        if self.preview:
            self.preview.begin(config)
        elif not self._is_dirty:
            self._replacement = atomic_replacement(Path(config.site_dir))
            self._old_site_dir, config.site_dir = config.site_dir, str(self._replacement.__enter__())
        return config

    @event_priority(-100)  # behind all plugins and hooks, which may set what is looked at here
    def _settle(self, config: MkDocsConfig) -> MkDocsConfig:
        """Look at the settings of the site as they are now."""
        self.editions = editions(self.renderer, config.use_directory_urls)
        self._has_nav = config.nav is not None
        # The plugin `offline` adds a script of another host, for the search of Material.
        polyfills = config.extra.get("polyfills") or []
        if "material/offline" in config.plugins:
            config.extra["polyfills"] = [script for script in polyfills if "iframe-worker" not in str(script)]
        folders = [Path(folder) for folder in config.theme.dirs]
        colours = palette.sheet(folders)
        unsupported.warn(config, self._places, colours, self._said)
        unsupported.switch_off_social(config, self._places, self._said)
        self.own_repo_name = config.repo_name if ("repo_name",) in self._places.lines else ""
        self.palette = palette.options(config.theme.get("palette"))
        self.fonts = fonts.chosen(config)
        more = palette.style(colours, self.palette) + (self.fonts.style if self.fonts else "")
        self.assets = assets.made(folders, more, set(map(direction, self.renderer.shared.words.values())))
        return config

    on_config = CombinedEvent(_begin, _settle)

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Write the Markdown to docs/, where MkDocs and everybody else can read it."""
        if not preview.is_serving():
            gc.freeze()  # the content stays until the end: nobody is to look for garbage in it again and again
        docs = Path(config.docs_dir)
        try:
            if self.preview:
                pages = {
                    f"{one}/{path}": partial(self.markdown, path, one) for path in self.planned for one in self.editions
                }
                docs_folder.refuse_foreign(docs, {**pages, LANDING_PAGE: self.renderer.landing_page})
            else:
                docs_folder.write_all(docs, self.renderer.pages())
        except ContentError as error:
            raise ContentAbort(error) from error

    @event_priority(100)  # before all plugins: they see these pages as any others
    def _add_pages(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Give MkDocs the pages, and the assets in place of Material's."""
        # What an earlier build has left in docs/ may be another text than now, or of a page that is no more.
        for path in docs_folder.generated(Path(config.docs_dir)) if self.preview else ():
            if file := files.get_file_from_path(path):
                files.remove(file)
        assert self.pipeline
        folder = self.pipeline.content.resolve().parent
        settings_file = self.renderer.plan.handbook.origins[""].document.file
        for page in self.renderer.plan.pages:
            source = page.source and (folder / page.source)
            # As MkDocs has it: from docs/, whose place in the repository `edit_uri` says.
            edit_uri = source and Path(os.path.relpath(source, config.docs_dir)).as_posix()
            for edition_id in self.editions:
                path = f"{edition_id}/{page.path}"
                if written := files.get_file_from_path(path):
                    file, make = written, None
                    files.remove(file)
                else:
                    file, make = File.generated(config, path, content=""), partial(self.markdown, page.path, edition_id)
                files.append(file)  # in the order of the plan: equal hits of a search are found in it
                made = GeneratedPage("", file, config, edition_id, page.source, edit_uri or None, make)
                self.entitle(made, page)
                # Who asks git or the disk about a page is to hear of its YAML file, not of what is made from that.
                file.abs_src_path = str(source or folder / settings_file)
        if written := files.get_file_from_path(LANDING_PAGE):
            files.remove(written)
        landing = File.generated(config, LANDING_PAGE, content=self.renderer.landing_page())
        landing.inclusion, landing.edit_uri = InclusionLevel.NOT_IN_NAV, None
        landing.abs_src_path = str(folder / settings_file)
        files.append(landing)
        if config.theme["favicon"] == MATERIAL_FAVICON and not _is_in(config.docs_dir, files, MATERIAL_FAVICON):
            config.theme["favicon"] = FAVICON
        own = (THEME, Path(config.theme.custom_dir or THEME))
        material = [Path(folder) for folder in config.theme.dirs if Path(folder) not in own]
        for file in files.media_files():
            source = Path(file.src_dir or "")
            if source in material or (source == THEME and Path(file.src_uri).name not in assets.ABOVE):
                files.remove(file)
        return files

    @event_priority(-200)  # behind all plugins that may add pages or a `nav`, of which some are at -100
    def _place_pages(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Put the navigation together: of each edition the generated parts, then the pages that others have written."""
        set_exclusions(files, config)
        ids = list(self.editions)
        generated = {file.src_uri for file in files if isinstance(file.page, GeneratedPage)} | {LANDING_PAGE}
        in_nav = [file for file in files.documentation_pages() if file.inclusion.is_in_nav()]  # type: ignore[no-untyped-call]
        left_out = generated - {file.src_uri for file in in_nav}
        own = [file.src_uri for file in sorted(in_nav, key=file_sort_key) if file.src_uri not in generated]
        # Whether it is known what can stand on a generated page: nobody else writes templates or parts of them.
        self.is_plain = not (config.theme.custom_dir or len(config.plugins) > 1 or config.extra.get("consent"))
        is_plain = self.is_plain and not own
        for path, text in self.assets.files.items():
            if path != self.assets.whole_style or not is_plain:
                files.append(File.generated(config, path, content=text))
        if not files.get_file_from_path(licences.FILE):
            notice = licences.text(licences.icon_sets(config, THEME, is_plain), map(Path, config.theme.dirs))
            files.append(File.generated(config, licences.FILE, content=notice))
        unsupported.warn_of_files(config, files, self._places, self._said)
        listed = config.nav
        config.nav = []
        for one in ids:
            free = [] if listed else [path for path in own if own_pages.edition_of(path, ids) == one]
            written = own_pages.listed(listed or [], one, ids, generated)
            config.nav.append({one: [*navigation_config(self.renderer, one, left_out, free), *written]})
        for path in sorted(generated.intersection(own_pages.paths(listed or []))) if self._has_nav else ():
            _LOG.warning(f"nav: '{path}' is a page of the generator and has its place already.")
        return files

    on_files = CombinedEvent(_add_pages, _place_pages)

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Let each edition have a navigation of its own."""
        self.files = files
        self.navigations: dict[str, Navigation] = {}
        if [item.title for item in nav.items] != list(self.editions):
            raise Abort(report.word("nav.other", report.language_of_environment()))
        for section in nav.items:
            home = files.get_file_from_path(f"{section.title}/index.md")
            self.navigations[section.title] = own_navigation(section, home.page if home else None)
        self.navigators: dict[str, Navigator] = {}
        self.navigation = nav
        if self.preview:
            self.preview.defer_pages()
        return nav

    def on_pre_page(self, page: Page, *, config: MkDocsConfig, files: Files) -> Page:
        if self.preview:  # MkDocs knows by now which pages it is to build
            self.preview.resume_pages()
        return page

    @event_priority(-100)  # behind all plugins that may add filters or templates
    def on_env(self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files) -> jinja2.Environment:
        env.auto_reload = False  # a page includes thirty templates; one that changes makes MkDocs build anew
        self.env = env
        if own := config.theme.custom_dir:
            sentences = overrides.unused(
                env, Path(own), [Path(one) for one in config.theme.dirs if one != str(THEME)][1:]
            )
            unsupported.say(("theme", "custom_dir"), sentences, self._places, self._said)
        if self.preview:
            self.preview.defer_pages()
        return env

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        if page.file.src_uri == LANDING_PAGE:
            page.meta.setdefault("template", "root.html")
        return markdown

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Add the language switch at every heading."""
        if not isinstance(page, GeneratedPage):
            unsupported.warn_of_page(page.file.src_uri, html, self._said)
            return html
        own, urls = self.editions[page.edition_id], self.urls_of(page)
        others = [(other, urls[other.id]) for other in self.editions.values() if other is not own]
        return with_switches(html, language_switches(page, own, others), HEADING_ID)

    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Show each page as one of its edition."""
        shown: Any = context  # more than MkDocs says that a context has
        shown.update(self._shared_context())
        if page.file.src_uri == LANDING_PAGE:
            shown.update(alternates=self._alternates(page))
            return context
        edition_id = self._edition_of(page)
        navigator = self._navigator(edition_id)
        before, behind = navigator.around(page)
        shown.update(
            **self._frame(edition_id),
            alternates=self._alternates(page),
            edition_urls=self.urls_of(page),
            edition_base=get_relative_url(f"{edition_id}/", page.url).rstrip("/") or ".",
            is_home=page.url == self.editions[edition_id].home,
            source=page.source if isinstance(page, GeneratedPage) else None,
            is_generated=isinstance(page, GeneratedPage),
            is_plain=self.is_plain and isinstance(page, GeneratedPage),
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
        """The same for templates without a page: a 404 page of one's own has the frame of the first edition."""
        if self.preview:  # the sitemap names them
            self.preview.resume_pages()
        if template_name in config.extra_templates:
            return context
        shown: Any = context
        first = next(iter(self.editions))
        homes = {edition.id: edition.home for edition in self.editions.values()}
        shown.update(
            self._shared_context(),
            **self._frame(first),
            edition_urls=homes,
            edition_base=f"{shown['base_url'].rstrip('/')}/{first}",
        )
        shown.update(
            alternates=[],
            is_plain=False,
            navigation={},
            sitemap=self._sitemap(config) if template_name == "sitemap.xml" else [],
        )
        return context

    @event_priority(-100)  # behind all plugins: this is what is written
    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Note what the search and the policy are to know."""
        if not self.preview:
            self.policy.allow_page(output)
        if not self.preview and page.file.src_uri != LANDING_PAGE:
            self.search_pages[self._edition_of(page)] += self.search_entries(page)
            if isinstance(page, GeneratedPage):  # others lose their titles with it
                page.content = page.markdown = None  # all texts of a site at once would be the most that a build holds
        return output

    @event_priority(-100)
    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        if self.preview:
            self.preview.defer_pages()
        if template_name.endswith(".html"):
            self.policy.allow_page(output_content)
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
        provider = (config.extra.get("analytics") or {}).get("provider", "")
        self.policy.allow(csp.ANALYTICS.get(provider, {}))
        if self.fonts:
            self.policy.allow({"font-src": ("'self'", "https://fonts.gstatic.com")})
        elif self.is_plain is False or config.extra_css:
            self.policy.allow({"font-src": ("'self'",)})
        csp.write(Path(config.site_dir), self.policy)
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
        gc.freeze()  # what stays is not looked through again
        return server

    # --- for the preview too -----------------------------------------------------------------------------

    def read(self) -> Renderer:
        """Read the content: all of it for a build, what of it can be shown for a preview. Raises `ContentError`."""
        assert self.pipeline
        self.left_out = []
        if not self.preview:
            return self.pipeline.run()
        renderer, self.left_out = self.pipeline.preview()
        if self.left_out and self.left_out != self._said_left_out:
            language = report.language_of_environment()
            print(
                report.text(self.left_out, language), report.word("serve.left-out", language), sep="\n", file=sys.stderr
            )
        self._said_left_out = self.left_out
        return renderer

    def use(self, renderer: Renderer, config: MkDocsConfig) -> None:
        """Make pages by `renderer` from now on."""
        self.renderer = renderer
        self.planned = {page.path: page for page in renderer.plan.pages}
        self.editions = editions(renderer, config.use_directory_urls)
        self.languages = landing_languages(renderer)
        self.own_name = own_site_name(renderer, config.site_name)
        self.edition_configs = {
            one: EditionConfig(config, edition, self.own_name) for one, edition in self.editions.items()
        }
        self._untranslated = {
            edition.id: heads.untranslated(renderer.plan, renderer.plan.handbook.settings.editions[one].languages[0])
            for one, edition in self.editions.items()
        }
        self.navigators = {}
        self.search_pages: dict[str, list[bytes]] = {one: [] for one in self.editions}
        self.policy = csp.Policy()
        self._search_names: dict[str, dict[Address, search_index.Names]] = {}

    def entitle(self, page: GeneratedPage, planned: PlannedPage) -> None:
        """Give a page its title in the navigation, escaped as MkDocs' templates expect it."""
        texts = self.renderer.texts(page.edition_id, "index.md")
        page.entitle(escape(texts.page_title(planned)), texts.attributes_of(planned.title))

    def markdown(self, path: str, edition_id: str) -> str:
        """The Markdown of a page. Raises `BuildError` where a template is broken."""
        try:
            return self.renderer.page(self.planned[path], edition_id)
        except ContentError as error:
            raise TemplateProblem(error) from error

    def search_entries(self, page: Page) -> list[bytes]:
        """What the search of its edition is to know of a page that has been built; nothing where it is left out."""
        settings = page.meta.get("search") or {}
        if settings.get("exclude"):
            return []
        edition_id = self._edition_of(page)
        if edition_id not in self._search_names:
            texts = self.renderer.texts(edition_id, "index.md")
            self._search_names[edition_id] = search_index.names(texts)
        weight = float(settings.get("boost", 1))
        home = f"{edition_id}/"
        url = page.url.removeprefix(home) if page.url.startswith(home) else get_relative_url(page.url, home)
        path = page.file.src_uri.removeprefix(home)
        found = search_index.sections(page.content or "")
        return [search_index.entry(path, url, weight, found, self._search_names[edition_id])]

    def search_script(self, entries: Iterable[bytes]) -> bytes:
        """The search index of an edition, from what `search_entries` gives for its pages."""
        return search_index.script(entries, self.renderer.shared.words.values())

    def urls_of(self, page: Page) -> dict[str, str]:
        """Where each edition has the page, by its id: where it has none, the address of its home page."""
        own, path = self._edition_of(page), page.file.src_uri
        found = {}
        for edition in self.editions.values():
            other = self.files.get_file_from_path(f"{edition.id}/{path.removeprefix(f'{own}/')}")
            there = page.file if edition.id == own else other
            is_there = there and there.inclusion.is_included()  # type: ignore[no-untyped-call]
            found[edition.id] = there.url if there and is_there else edition.home
        return found

    def is_in(self, edition_id: str, page: Page) -> bool:
        """Whether the search of an edition is to know the page."""
        return page.file.src_uri != LANDING_PAGE and self._edition_of(page) == edition_id

    def _edition_of(self, page: Page) -> str:
        """The edition whose frame a page has."""
        return own_pages.edition_of(page.file.src_uri, list(self.editions))

    def _navigator(self, edition_id: str) -> Navigator:
        if edition_id not in self.navigators:
            config: Any = self.edition_configs[edition_id]
            navigation, edition = self.navigations[edition_id], self.editions[edition_id]
            self.navigators[edition_id] = Navigator(navigation, config, edition, self.env)
        return self.navigators[edition_id]

    def _frame(self, edition_id: str) -> dict[str, Any]:
        """What all pages of an edition show."""
        return {
            "config": self.edition_configs[edition_id],
            "nav": self.navigations[edition_id],
            "edition": self.editions[edition_id],
            "theme_word": self._navigator(edition_id).words,
            "lang": self._navigator(edition_id).lang,
        }

    def _alternates(self, page: Page) -> list[heads.Alternate]:
        """Where the page is in other languages."""
        if page.file.src_uri == LANDING_PAGE:
            pages = {one: self.files.get_file_from_path(f"{one}/index.md") for one in self.editions}
            inner = "index.md"
        else:
            inner = page.file.src_uri.removeprefix(f"{self._edition_of(page)}/")
            pages = {one: self.files.get_file_from_path(f"{one}/{inner}") for one in self.editions}
        there = {one: file.page for one, file in pages.items() if file and file.page}
        return heads.alternates(there, self.editions, lambda one: inner not in self._untranslated[one])

    def _sitemap(self, config: MkDocsConfig) -> list[heads.SitemapEntry]:
        """Every page that is to be found, with the day on which its source last changed."""
        pages = [file.page for file in self.files.documentation_pages() if file.page and file.page.canonical_url]
        if not pages:  # the site has no address
            return []
        pages.sort(key=lambda page: page.file.src_uri != LANDING_PAGE)  # it may have been read first, or made last
        sources = {page.file.abs_src_path or "" for page in pages}
        days = heads.dates(Path(config.config_file_path or "mkdocs.yml").resolve().parent, sources)
        return [
            heads.SitemapEntry(
                page.canonical_url or "", days.get(page.file.abs_src_path or "", ""), self._alternates(page)
            )
            for page in pages
        ]

    def _shared_context(self) -> dict[str, Any]:
        """What all pages show, those above the editions too."""
        return {
            "assets": self.assets,
            "licences": licences.FILE,
            "palette": self.palette,
            "site_title": self.site_title,
            "own_repo_name": self.own_repo_name,
            "own_name": self.own_name,
            "web_fonts": self.fonts.sheet if self.fonts else "",
            "editions": list(self.editions.values()),
            "languages": self.languages,
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


def _is_in(docs: str, files: Files, path: str) -> bool:
    file = files.get_file_from_path(path)
    return file is not None and file.src_dir == docs


def _has_warnings() -> bool:
    handlers = logging.getLogger("mkdocs").handlers
    return any(isinstance(handler, CountHandler) and handler.get_counts() for handler in handlers)
