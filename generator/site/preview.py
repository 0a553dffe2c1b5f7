"""`mkdocs serve`: a page is made when it is asked for, by the functions that a build uses.

After a change the content is looked at again and the generation goes up. A page of an older generation is made anew
when a browser asks for it. Nothing else of a page is kept, so nothing else can be out of date.
"""

from __future__ import annotations

import gc
import ipaddress
import logging
import posixpath
import shutil
import sys
import threading
import traceback
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click
import jinja2
from mkdocs.commands.build import _build_page, _populate_page
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import InclusionLevel
from mkdocs.structure.pages import Page

from ..cli import report
from ..problems import Problem
from . import search_index
from .generated_page import GeneratedPage
from .watcher import Watcher

if TYPE_CHECKING:
    from .plugin import HandbookPlugin

SETTLE_SECONDS: Final = 0.002
"""MkDocs waits so long for further changes; the watcher has waited already."""
CLIENT_SECONDS: Final = 20.0
"""How long a client may keep a connection open without a word."""
GARBAGE_THRESHOLD: Final = 100_000
MOST_MESSAGES: Final = 20
"""Problems that the notice over a page names; of a file that all refer to there are hundreds."""

_LOG: Final = logging.getLogger("mkdocs.plugins.handbook")


def is_serving() -> bool:
    """Whether this is `mkdocs serve`, with whatever options: MkDocs calls `serve --clean` a build."""
    context = click.get_current_context(silent=True)
    return context is not None and context.info_name == "serve"


def is_watching() -> bool:
    """Whether it watches for changes: with `--no-livereload` it serves what it has built, once."""
    context = click.get_current_context(silent=True)
    return context is not None and context.params.get("livereload") is not False


class _Errors(logging.Handler):
    """What MkDocs says is wrong, to be said over the pages too."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


class Preview:
    """The pages of one `mkdocs serve`, from one whole build of MkDocs to the next."""

    def __init__(self, plugin: HandbookPlugin) -> None:
        self._plugin = plugin
        self._lock = threading.RLock()
        """Held while anything is made."""
        self.generation = 0
        self._made: dict[str, int] = {}
        """What has been made, by its path on the site, and in which generation."""
        self._problems: list[Problem] = []
        self._failure = ""
        """What stopped the last build or page, where it was no problem of the content."""
        self._build_failure = ""
        """The same of the last build alone: until there is another, it is what is wrong."""
        self._deferred: list[tuple[GeneratedPage, InclusionLevel]] = []
        self._base: Path | None = None
        self._folder = Path()
        self._builds = 0
        self._server: LiveReloadServer | None = None
        self._watcher: Watcher | None = None
        self._builder: Callable[..., None] = lambda: None
        self._config: MkDocsConfig

    # --- one whole build of MkDocs -------------------------------------------------------------------------

    def begin(self, config: MkDocsConfig) -> None:
        """MkDocs begins a build: in a folder of its own, so that a failed one leaves the last."""
        self._base = self._base or Path(config.site_dir)
        self._builds += 1
        self._folder = self._base / str(self._builds)
        config.site_dir = str(self._folder)
        self._config = config

    def defer_pages(self) -> None:
        """Let MkDocs pass over generated pages: it builds those that it does not take for excluded."""
        self._deferred = []
        for file in self._plugin.files:
            if isinstance(file.page, GeneratedPage):
                self._deferred.append((file.page, file.inclusion))
                file.inclusion = InclusionLevel.EXCLUDED

    def resume_pages(self) -> None:
        """Pages are what they are again, for others that link to them."""
        for page, inclusion in self._deferred:
            page.file.inclusion = inclusion
        self._deferred = []

    def end(self, *, failed: bool = False) -> None:
        """The build is done, or has failed."""
        self.resume_pages()
        if failed:
            shutil.rmtree(self._folder, ignore_errors=True)
            return
        self.generation += 1
        self.pages: dict[str, Page] = {}
        made, self._made = self._made, {}
        for file in self._plugin.files.documentation_pages(inclusion=InclusionLevel.is_in_serve):
            if file.page:
                self.pages[file.dest_uri] = file.page
                if not isinstance(file.page, GeneratedPage):  # MkDocs has built it
                    self._made[file.dest_uri] = self.generation
        if self._server:
            old, self._server.root = Path(self._server.root), str(self._folder)
            for path in made.keys() - self._made.keys():
                # The last good one, should the next not come to be; of an entry that is left out, until it is mended.
                if self._maker(path) or self._plugin.left_out:
                    Path(self._folder, path).parent.mkdir(parents=True, exist_ok=True)
                    shutil.move(old / path, self._folder / path)
                    self._made[path] = 0
            if old != self._base:
                shutil.rmtree(old, ignore_errors=True)

    # --- the server ------------------------------------------------------------------------------------------

    def serve(self, server: LiveReloadServer, config: MkDocsConfig, builder: Callable[..., None]) -> None:
        """Let MkDocs' server ask here for pages, and follow changes."""
        self._server, self._builder = server, builder
        server.root = str(self._folder)
        server.builder, server.build_delay = self._follow, SETTLE_SECONDS
        watched = [config.docs_dir, *filter(None, [config.config_file_path])]  # MkDocs watches them already
        for path in watched:
            server.unwatch(path)
        self._watcher = Watcher(lambda path: "__pycache__" in path)
        server.observer = self._watcher  # type: ignore[assignment]  # it is called as watchdog's is
        for path in watched:
            server.watch(path)
        stock = server.get_app()
        assert stock is not None

        def app(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
            if not _is_local(environ.get("HTTP_HOST", ""), str(config.dev_addr.host)):
                start_response("403 Forbidden", [("Content-Type", "text/plain")])
                return [b"This preview answers to the names of this machine only; --dev-addr says otherwise."]
            return self._answer(stock, environ, start_response)

        server.set_app(app)
        server.error_handler = self._error_page
        handler: Any = server.RequestHandlerClass
        server.RequestHandlerClass = type("Handler", (handler,), {"timeout": CLIENT_SECONDS})
        gc.set_threshold(GARBAGE_THRESHOLD)

    def _error_page(self, code: int) -> bytes | None:
        try:
            return Path(self._folder, f"{code}.html").read_bytes()
        except OSError:
            return None

    def _answer(self, stock: Any, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        assert self._server
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
        if not path.startswith(self._server.mount_path):
            answer: Iterable[bytes] = stock(environ, start_response)
            return answer
        if "\0" in path:
            start_response("404 Not Found", [("Content-Type", "text/html")])
            return [self._error_page(404) or b"404 Not Found"]
        asked = posixpath.normpath("/" + path.removeprefix(self._server.mount_path)).lstrip("/")
        while True:
            with self._lock:
                generation = self.generation
                page = next((one for one in (asked, posixpath.join(asked, "index.html")) if one in self.pages), None)
                self._make(page or asked)
                notice = self._notice(asked.partition("/")[0])
            head: list[Any] = []
            answer = stock(environ, partial(_note, head))
            if generation == self.generation:  # else it has waited for a build, and has an old page with the new number
                break
            if hasattr(answer, "close"):
                answer.close()
        return _with_notice(head, answer, start_response, notice)

    # --- making what is asked for ------------------------------------------------------------------------------

    def _maker(self, path: str) -> Callable[[], None] | None:
        """What makes the file at `path`, if anything does."""
        if page := self.pages.get(path):
            return partial(self._build, page)
        edition_id, _, rest = path.partition("/")
        is_index = rest == search_index.FILE and edition_id in self._plugin.editions
        return partial(self._index, edition_id) if is_index else None

    def _make(self, path: str) -> None:
        """Make the file at `path` if it is not of this generation. What goes wrong is said, and the last one stays."""
        make = self._maker(path)
        if make is None or self._made.get(path) == self.generation:
            return
        try:
            make()
        except Exception as error:
            self._fail(error)
        else:
            self._made[path] = self.generation

    def _build(self, page: Page) -> None:
        """MkDocs has no public function for a single page: these are its two, as its own loop calls them."""
        plugin = self._plugin
        documentation = plugin.files.documentation_pages()
        _populate_page(page, self._config, plugin.files, dirty=False)
        is_draft = page.file.inclusion.is_excluded()  # type: ignore[no-untyped-call]
        _build_page(page, self._config, documentation, plugin.navigation, plugin.env, excluded=is_draft)

    def _index(self, edition_id: str) -> None:
        """The search index of an edition, from all its pages as they are now."""
        plugin = self._plugin
        entries = []
        for page in self.pages.values():
            if plugin.is_in(edition_id, page):
                _populate_page(page, self._config, plugin.files, dirty=False)
                entries += plugin.search_entries(page)
                if isinstance(page, GeneratedPage):
                    page.content = page.markdown = None
        target = self._folder / edition_id / search_index.FILE
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(plugin.search_script(entries))

    # --- following changes -------------------------------------------------------------------------------------

    def _follow(self) -> None:
        """Files have changed: look at the content again, or let MkDocs build where more than that is another."""
        assert self._watcher
        changed = self._watcher.take_changes()
        with self._lock:
            self._problems, self._failure = [], self._build_failure
            is_building = False
            errors = _Errors()
            logging.getLogger("mkdocs").addHandler(errors)
            try:
                if not self._follows_content(changed):
                    is_building, self._failure, self._build_failure = True, "", ""
                    self._builder()
            except Exception as error:
                self._fail(error)
                if self._failure and errors.said:  # of a wrong setting the exception says only that there is one
                    self._failure = " ".join(errors.said)
                if is_building:
                    self._build_failure = self._failure
            finally:
                logging.getLogger("mkdocs").removeHandler(errors)

    def _follows_content(self, changed: Iterable[str]) -> bool:
        """Whether the pages there are can show what has changed. Raises `ContentError`."""
        plugin = self._plugin
        assert plugin.pipeline
        pipeline = plugin.pipeline
        folders = [folder.resolve() for folder in (pipeline.content, pipeline.templates, pipeline.words)]
        if not all(any(Path(path).resolve().is_relative_to(folder) for folder in folders) for path in changed):
            return False
        before = plugin.renderer
        renderer = plugin.read()
        if [page.path for page in renderer.plan.pages] != [page.path for page in before.plan.pages]:
            return False
        if renderer.plan.handbook.settings is not before.plan.handbook.settings:
            return False
        plugin.use(renderer, self._config)
        for page in self.pages.values():
            if not isinstance(page, GeneratedPage):
                continue
            planned = plugin.planned[page.file.src_uri.partition("/")[2]]
            plugin.entitle(page, planned)
        self.generation += 1
        return True

    def _fail(self, error: BaseException) -> None:
        """Say what is wrong, in the terminal and over the pages."""
        problems = getattr(error, "problems", None)
        language = report.language_of_environment()
        if isinstance(problems, list):
            self._problems = problems
            if not isinstance(error, SystemExit):  # which has said them
                print(report.text(problems, language), file=sys.stderr)
            print(report.word("serve.kept", language), file=sys.stderr)
        elif isinstance(error, (SystemExit, click.ClickException, jinja2.TemplateError)):
            self._failure = "".join(_template_place(error)) + (str(error) or type(error).__name__)
            print(self._failure, file=sys.stderr)
        else:
            self._failure = f"{type(error).__name__}: {error}"
            traceback.print_exception(error)

    def _notice(self, edition_id: str) -> bytes:
        """What is wrong, for the end of a page of this edition."""
        plugin = self._plugin
        problems = sorted(dict.fromkeys([*self._problems, *plugin.left_out]), key=_is_consequence)
        if not (problems or self._failure):
            return b""
        editions = plugin.renderer.plan.handbook.settings.editions
        languages = editions[edition_id].languages if edition_id in editions else list(report.LANGUAGES)
        language = next(filter(report.LANGUAGES.__contains__, languages), "en")
        messages = [report.message(one, language) for one in problems[:MOST_MESSAGES]]
        if len(problems) > len(messages):
            messages.append(report.word("serve.more", language, count=len(problems) - len(messages)))
        shown = {
            "language": language,
            "title": report.word("serve.kept" if self._problems or self._failure else "serve.left-out", language),
            "messages": [*messages, *filter(None, [self._failure])],
        }
        return plugin.env.get_template("partials/problems.html").render(problems=shown).encode("utf-8")


def _is_consequence(problem: Problem) -> bool:
    """Whether it is only that an entry cannot be shown as long as another one cannot."""
    return problem.expected.key == "expected.sound"


def _template_place(error: BaseException) -> Iterator[str]:
    """File and line of the template in which `error` was raised, if it was in one."""
    if isinstance(error, jinja2.TemplateSyntaxError):
        yield f"{error.filename or error.name}:{error.lineno}: "
    elif isinstance(error, jinja2.TemplateError):
        frames = traceback.extract_tb(error.__traceback__)
        inside = [frame for frame in frames if frame.filename.endswith((".html", ".xml"))]
        yield from (f"{frame.filename}:{frame.lineno}: " for frame in inside[-1:])


def _note(head: list[Any], *said: Any) -> None:
    """Stands for WSGI's `start_response` until it is known whether the answer can be used."""
    head[:] = said


def _with_notice(head: list[Any], answer: Iterable[bytes], start_response: Any, notice: bytes) -> Iterable[bytes]:
    """An answer that has begun with `head`; a page of HTML with the notice at its end."""
    status, headers, *rest = head
    kinds = {name.lower(): value for name, value in headers}
    if not notice or not kinds.get("content-type", "").startswith("text/html"):
        start_response(status, headers, *rest)
        return answer
    before, end, behind = b"".join(answer).rpartition(b"</body>")
    body = before + notice + end + behind if end else behind + notice
    kept = [(name, value) for name, value in headers if name.lower() != "content-length"]
    start_response(status, [*kept, ("Content-Length", str(len(body)))], *rest)
    return [body]


def _is_local(host: str, bound: str) -> bool:
    """Whether a request is to a name of this machine, so that no page elsewhere can read the preview through DNS."""
    name = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host
    name = name.strip("[]").lower()
    if bound in ("0.0.0.0", "::", "") or name in ("", "localhost", bound.lower()) or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
