"""MkDocs hook: run the generator, then build every edition as a site of its own under its own path.

The site that MkDocs itself builds holds only what stands above the editions: the page that offers them, the
404 page and the sitemap. Only this module and `generator.site` know MkDocs.
"""

from __future__ import annotations

import gc
import logging
import os
import re
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import ClassVar, Final

import mkdocs
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files
from mkdocs.utils import CountHandler

ROOT: Final = Path(__file__).resolve().parent.parent
CONTENT: Final = ROOT / "content"
FEW: Final = 100
"""So many changes at once are surely all told."""
sys.path.insert(0, str(ROOT))  # MkDocs imports a hook by its path; its siblings are a package below ROOT

from generator import assets, csp, report  # noqa: E402
from generator.build import Built, build, forget  # noqa: E402
from generator.output import OWN  # noqa: E402
from generator.problems import ContentError, Problem  # noqa: E402
from generator.site import above, unchanged  # noqa: E402
from generator.site.editions import Editions, all_told  # noqa: E402
from generator.site.kept import Kept  # noqa: E402
from generator.site.material import share_templates  # noqa: E402
from generator.site.outputs import merge  # noqa: E402
from generator.site.serve import MANY, Live  # noqa: E402
from generator.swap import replaced  # noqa: E402

_LOG: Final = logging.getLogger("mkdocs.commands.serve")


class _State:
    """What outlives one build under `mkdocs serve`."""

    serving = False
    last_good: Built | None = None
    problems: ClassVar[list[Problem]] = []
    docs = Path()
    """Where the generator writes. The configuration's own folder is one without pages: they are the editions'."""
    above: ClassVar[dict[str, object]] = {}
    """What the site above the editions shows; nothing where it must be built again, for it could not be."""
    site_dir = ""
    replacing: AbstractContextManager[Path] | None = None
    kept: Kept | None = None
    editions: Editions | None = None
    inputs: unchanged.Inputs | None = None
    """What the build reads, if it is to be noted."""
    warnings = CountHandler()
    ready: Built | None = None
    """What the generator has just given, for a whole build to go on with."""
    watched = False
    """Whether the system tells of every change since all was last looked at, and found as it should be."""
    served: Path | None = None
    """Where `mkdocs serve` finds the pages; it stays from one run to the next."""


class _MachineError(Abort):
    """The content is not to blame: a full disk, a folder that cannot be written to, another run."""

    code = exit_code = 2


def on_startup(command: str, dirty: bool) -> None:
    """Remember whether this is `mkdocs serve`: there a mistake in the content must not end the process."""
    _State.serving = command == "serve"


def on_config(config: MkDocsConfig) -> None:
    """Let MkDocs build beside the site that is there: it empties its folder, and we keep what has not changed."""
    _State.kept = _State.kept or Kept.at(unchanged.folder_of_cache(ROOT))
    share_templates(config, _kept().compiled)
    _State.docs = Path(config.docs_dir)
    config.docs_dir = str(_State.docs / OWN)  # nothing else is looked through
    if _State.serving:
        host, port = config.dev_addr
        folder = f"serve-{re.sub('[^a-z0-9.]', '-', host)}-{port}"
        _State.served = _State.served or (_kept().folder or Path(config.site_dir)) / folder
        config.site_dir = str(Path(config.site_dir) / "root")
    else:
        _State.site_dir, _State.replacing = config.site_dir, replaced(Path(config.site_dir))
        config.site_dir = str(_State.replacing.__enter__())
        if os.environ.get(unchanged.WANTED):
            _State.inputs = unchanged.Inputs(ROOT)
            _State.warnings.setLevel(logging.WARNING)
            logging.getLogger("mkdocs").addHandler(_State.warnings)


def on_pre_build(config: MkDocsConfig) -> None:
    """Generate the Markdown. With problems in the content, a build ends and a server keeps the last good pages."""
    built, _State.ready = _State.ready, None
    try:
        _State.last_good = built or _generated()
    except ContentError as error:
        if not (_State.serving and _State.last_good):
            language = report.language_of_environment()
            print(report.text(error.problems, language), file=sys.stderr)
            raise Abort(report.count(error.problems, language)) from error
        _say(error)
    else:
        _State.problems = []
    _State.above = above.shown(_built(), _State.docs, config.use_directory_urls)
    config.extra.update(_State.above, assets=assets.made(Path(folder) for folder in config.theme.dirs))


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Of docs/, only the page above the editions belongs to this site; and it has the assets of all editions."""
    names = {f"assets/{name}" for name in assets.ABOVE}
    root = File("index.md", str(_State.docs), config.site_dir, config.use_directory_urls)
    kept = [root, *(file for file in files if file.src_uri in names)]
    for file in kept:
        file.edit_uri = None  # nobody wrote the page above the editions
    made = config.extra["assets"].files.items()
    return Files([*kept, *(File.generated(config, path, content=text) for path, text in made)])


@event_priority(-100)  # behind all plugins: when this is done, so is the site
def on_post_build(config: MkDocsConfig) -> None:
    """Build every edition, then let the site take the place of the old one."""
    editions, folder = _editions(), _State.served or Path(config.site_dir)
    told = all_told(_built(), config)
    if not _State.serving:
        _State.last_good = None
        forget()  # what follows can use the memory
    editions.build(config, told, _State.docs, folder, Path(_State.site_dir or folder))
    if _State.served:
        merge(Path(config.site_dir), _State.served, editions.sites)
    else:  # under `mkdocs serve` MkDocs adds a script of its own, and nobody sends the policy
        csp.write(Path(config.site_dir), editions.scripts())
    if _State.replacing and not _has_warnings():
        replacing, _State.replacing = _State.replacing, None
        replacing.__exit__(None, None, None)
        config.site_dir = _State.site_dir  # `mkdocs gh-deploy` goes on with it
    if not _State.replacing:
        if not _State.serving:
            editions.save()
        cache = _kept().folder
        warned = _State.warnings.get_counts() or not _LOG.isEnabledFor(logging.WARNING)
        if _State.inputs and cache and not warned and _reads_no_more(config):
            written = (Path(folder).resolve() for folder in (config.site_dir, _State.docs))
            _State.inputs.note(cache / unchanged.NOTE, [os.path.relpath(path, ROOT) for path in written])


def on_build_error(error: BaseException) -> None:
    """Keep the old site. What the machine refuses is said in one line: no traceback tells an author more."""
    _State.above = {}
    replacing, _State.replacing = _State.replacing, None
    if replacing:
        replacing.__exit__(type(error), error, error.__traceback__)
    if isinstance(error, OSError):
        raise _MachineError(f"{error.filename}: {error.strerror}" if error.filename else str(error)) from error


def on_shutdown() -> None:
    """Keep the old site when the author has stopped the build; MkDocs does not call that an error."""
    on_build_error(KeyboardInterrupt())
    if _State.serving and _State.editions:
        _State.editions.save()


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: Callable[[], None]) -> LiveReloadServer:
    """Answer with a server that is told of changes. docs/ is written by every build: watching it would never end."""
    if not _State.served:  # `--clean`: what is served is what `mkdocs build` makes
        server.unwatch(config.docs_dir)
        return server

    def rebuild(changed: set[Path]) -> None:
        content, few = CONTENT.resolve(), len(changed) <= FEW
        known, _State.watched = _State.watched and few, False
        try:
            in_content = all(path.is_relative_to(content) for path in changed)
            if not (in_content and _only_editions(changed if known else None)):
                builder()
        finally:
            _State.ready = None
        live.notice = _notice(config)
        # On other systems a file goes by several names; and of very many changes not all may be told.
        _State.watched = sys.platform == "linux" and content == CONTENT and few and not _State.problems

    live = Live(server, _State.served, rebuild, _editions().pay, _editions().rest)
    live.notice = _notice(config)
    for path in server._watched_paths:
        if Path(path) != Path(config.docs_dir).absolute():  # written by every build
            live.watch(path)
    gc.collect()
    gc.freeze()  # what is kept is not looked through again
    gc.set_threshold(10 * MANY)  # `live` collects in its pauses
    return live


def _only_editions(changed: set[Path] | None) -> bool:
    """Run the generator, and make what it has changed of the editions. False when the site above them is another.

    Where what has `changed` is known, other files are not looked at.
    """
    root = _editions().root
    if not (root and _editions().can_follow):
        return False
    try:
        built = _State.ready = _generated(changed)
    except ContentError as error:
        _say(error)
        return True
    if above.shown(built, _State.docs, root.use_directory_urls) != _State.above:
        _State.above = {}
        return False
    _LOG.info("Building documentation...")
    _State.last_good, _State.ready, _State.problems = built, None, []
    _editions().follow(built)
    return True


def _generated(changed: set[Path] | None = None) -> Built:
    """Run the generator. Raises `ContentError`."""
    return build(CONTENT, _State.docs, traced=_kept().folder is not None, changed=changed)


def _say(error: ContentError) -> None:
    """Under `mkdocs serve`: say what is wrong while the last good pages stay."""
    language = report.language_of_environment()
    print(report.text(error.problems, language), file=sys.stderr)
    print(report.word("serve.kept", language), file=sys.stderr)
    _State.problems = error.problems


def _notice(config: MkDocsConfig) -> bytes:
    """What is wrong with the content, for the end of every page."""
    shown = above.problems(_State.problems, _built().plan.handbook.settings.languages)
    if not shown:
        return b""
    template = config.theme.get_env().get_template("partials/problems.html")
    return template.render(config={"extra": {"problems": shown}}).encode("utf-8")


def _reads_no_more(config: MkDocsConfig) -> bool:
    """Whether a build reads nothing but what `unchanged` looks at: no other hook, plugin, or folder of a theme."""
    known = ROOT / "generator", Path(mkdocs.__file__).parent.parent
    themes = all(any(map(Path(folder).is_relative_to, known)) for folder in config.theme.dirs)
    return themes and len(config.hooks) == 1 and list(config.plugins) == list(config.hooks)


def _has_warnings() -> bool:
    """Whether MkDocs, being strict, is going to abort behind the last hook: nobody else counts then."""
    handlers = logging.getLogger("mkdocs").handlers
    return any(isinstance(handler, CountHandler) and handler.get_counts() for handler in handlers)


def _kept() -> Kept:
    assert _State.kept is not None
    return _State.kept


def _editions() -> Editions:
    _State.editions = _State.editions or Editions(_kept(), lazy=_State.serving)
    return _State.editions


def _built() -> Built:
    assert _State.last_good is not None
    return _State.last_good
