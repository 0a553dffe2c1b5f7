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
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, ClassVar, Final

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files
from mkdocs.utils import CountHandler

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # MkDocs imports a hook by its path; its siblings are a package below ROOT

from generator import assets, csp, report  # noqa: E402
from generator.build import Built, build  # noqa: E402
from generator.output import OWN, Changes  # noqa: E402
from generator.problems import ContentError, Problem  # noqa: E402
from generator.site import edition, unchanged  # noqa: E402
from generator.site.kept import Kept  # noqa: E402
from generator.site.loop import Site  # noqa: E402
from generator.site.material import share_templates  # noqa: E402
from generator.site.outputs import Outputs, merge  # noqa: E402
from generator.site.serve import Live  # noqa: E402
from generator.swap import replaced  # noqa: E402
from generator.voice import Voice  # noqa: E402

_LOG: Final = logging.getLogger("mkdocs.commands.serve")

BREATH: Final = 0.002
"""Seconds between two pages that are made in a pause: for answers, and for the next edit."""

PAUSE: Final = 3.0
"""Seconds without an edit or a request before pages are finished that nobody has asked for."""


class _State:
    """What outlives one build under `mkdocs serve`."""

    serving = False
    last_good: Built | None = None
    problems: ClassVar[list[Problem]] = []
    docs = Path()
    """Where the generator writes. The configuration's own folder is one without pages: they are the editions'."""
    root: MkDocsConfig | None = None
    """The configuration of the site above the editions, once that is built; and what it shows."""
    above: ClassVar[dict[str, object]] = {}
    site_dir = ""
    replacing: AbstractContextManager[Path] | None = None
    kept: Kept | None = None
    sites: ClassVar[dict[str, Site]] = {}
    told: ClassVar[dict[str, edition.Told]] = {}
    """What these were made from."""
    inputs: unchanged.Inputs | None = None
    """What the build reads, if it is to be noted."""
    warnings = CountHandler()
    rest: Iterator[float] = iter(())
    """What is to be done when nothing else is; gives the seconds of quiet before each next step."""
    whole = False
    """Whether `sites` hold what `last_good` says."""
    ready: Built | None = None
    """What the generator has just given, for a whole build to go on with."""
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
    _State.docs, config.docs_dir = (
        Path(config.docs_dir),
        str(Path(config.docs_dir, OWN)),
    )  # nothing else is looked through
    if _State.serving:
        host, port = config.dev_addr
        _State.served = (_kept().folder or Path(config.site_dir)) / f"serve-{re.sub('[^a-z0-9.]', '-', host)}-{port}"
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
    _State.above = _above(_built(), config.use_directory_urls)
    config.extra.update(_State.above, assets=assets.made(Path(folder) for folder in config.theme.dirs))


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Of docs/, only the page above the editions belongs to this site; and it has the assets of all editions."""
    above = {f"assets/{name}" for name in assets.ABOVE}
    root = File("index.md", str(_State.docs), config.site_dir, config.use_directory_urls)
    kept = [root, *(file for file in files if file.src_uri in above)]
    for file in kept:
        file.edit_uri = None  # nobody wrote the page above the editions
    made = config.extra["assets"].files.items()
    return Files([*kept, *(File.generated(config, path, content=text) for path, text in made)])


@event_priority(-100)  # behind all plugins: when this is done, so is the site
def on_post_build(config: MkDocsConfig) -> None:
    """Build every edition, then let the site take the place of the old one."""
    _build_editions(config)
    if _State.served:
        merge(Path(config.site_dir), _State.served, _State.sites)
    else:  # under `mkdocs serve` MkDocs adds a script of its own, and nobody sends the policy
        scripts = {
            f"{name}/{path}": of for name, its in _State.sites.items() for path, of in its.outputs.scripts().items()
        }
        csp.write(Path(config.site_dir), scripts)
    if _State.replacing and not _has_warnings():
        replacing, _State.replacing = _State.replacing, None
        replacing.__exit__(None, None, None)
        config.site_dir = _State.site_dir  # `mkdocs gh-deploy` goes on with it
    if not _State.replacing:
        if not _State.serving:
            _save()
        folder = _kept().folder
        if _State.inputs and folder and not _State.warnings.get_counts() and _LOG.isEnabledFor(logging.WARNING):
            written = (Path(folder).resolve() for folder in (config.site_dir, _State.docs))
            _State.inputs.note(folder / unchanged.NOTE, [os.path.relpath(path, ROOT) for path in written])


def _build_editions(root: MkDocsConfig) -> None:
    """Build every edition below the site of this configuration."""
    built, site_dir, before = _built(), _State.served or Path(root.site_dir), _State.sites
    _State.told = _told(built, root)
    sites = {
        edition_id: Site(
            edition.config_of(root, told, _State.docs / edition_id, site_dir / edition_id),
            _kept(),
            _outputs(site_dir, edition_id),
            lazy=_State.serving,
        )
        for edition_id, told in _State.told.items()
    }
    for edition_id in before.keys() & sites.keys():
        sites[edition_id].asked = before[edition_id].asked
    _State.sites, _State.whole = sites, False
    for site in sites.values():
        site.build(root.site_url if _State.serving else None, glance=not root.strict)
    _State.whole, _State.rest, _State.root = True, _rest(), root


def on_build_error(error: BaseException) -> None:
    """Keep the old site. What the machine refuses is said in one line: no traceback tells an author more."""
    replacing, _State.replacing = _State.replacing, None
    if replacing:
        replacing.__exit__(type(error), error, error.__traceback__)
    if isinstance(error, OSError):
        raise _MachineError(f"{error.filename}: {error.strerror}" if error.filename else str(error)) from error


def on_shutdown() -> None:
    """Keep the old site when the author has stopped the build; MkDocs does not call that an error."""
    on_build_error(KeyboardInterrupt())
    if _State.serving and _State.whole:
        _save()


def _rest() -> Iterator[float]:
    """What `mkdocs serve` does in a pause after a build: first of all, to say what is to be said of pages."""
    for work, pause in ((Site.catch_up, PAUSE), (Site.finish, 0.0)):
        for site in _State.sites.values():
            for _ in work(site):
                yield BREATH
        _save()
        yield pause


def _save() -> None:
    """Leave what was made to the next run."""
    for site in _State.sites.values():
        site.outputs.save()
    _kept().store.save()
    _kept().store.tidy()


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: Callable[[], None]) -> LiveReloadServer:
    """Answer with a server that is told of changes. docs/ is written by every build: watching it would never end."""
    assert _State.served

    def rebuild(changed: set[Path]) -> None:
        in_content = all(path.is_relative_to((ROOT / "content").resolve()) for path in changed)
        if not (in_content and _only_editions()):
            builder()
        live.notice = _notice(config)

    def before_answer(path: str) -> None:
        edition_id, _, inner = path.partition("/")
        if edition_id in _State.sites:
            _State.sites[edition_id].pay(inner)

    live = Live(server, _State.served, rebuild, before_answer, lambda: next(_State.rest, None))
    live.notice = _notice(config)
    for path in server._watched_paths:
        if Path(path) != Path(config.docs_dir).absolute():  # written by every build
            live.watch(path)
    gc.collect()
    gc.freeze()  # what is kept is not looked through again at every edit
    return live


def _only_editions() -> bool:
    """Run the generator, and make what it has changed of the editions. False when the site above them is another."""
    good, root = _State.last_good, _State.root
    if not (good and root and _State.whole):
        return False
    try:
        built = _State.ready = _generated()
    except ContentError as error:
        _say(error)
        return True
    above = _above(built, root.use_directory_urls)
    if above != _State.above or not all(site.puts_off for site in _State.sites.values()):
        return False
    _LOG.info("Building documentation...")
    _State.last_good, _State.ready, _State.problems, _State.whole = built, None, [], False
    before, _State.told = _State.told, _State.told if built.structure == good.structure else _told(built, root)
    if all(
        told.differs_in_names_only(before[edition_id])
        and _State.sites[edition_id].update(told.navigation, told.names, _written(built.written, edition_id))
        for edition_id, told in _State.told.items()
    ):
        _State.whole, _State.rest = True, _rest()
    else:
        _build_editions(root)
    return True


def _generated() -> Built:
    """Run the generator. Raises `ContentError`."""
    return build(ROOT / "content", _State.docs, traced=_kept().folder is not None)


def _written(changes: Changes, edition_id: str) -> list[str] | None:
    """The pages of an edition that the generator has written; None where there may be others."""
    if changes.removed or not changes.alone:
        return None
    return [path.partition("/")[2] for path in changes.changed if path.startswith(f"{edition_id}/")]


def _told(built: Built, root: MkDocsConfig) -> dict[str, edition.Told]:
    """What each edition is made from."""
    editions = built.plan.handbook.settings.editions
    return {edition_id: edition.told(built, edition_id, root.use_directory_urls) for edition_id in editions}


def _say(error: ContentError) -> None:
    """Under `mkdocs serve`: say what is wrong while the last good pages stay."""
    language = report.language_of_environment()
    print(report.text(error.problems, language), file=sys.stderr)
    print(report.word("serve.kept", language), file=sys.stderr)
    _State.problems = error.problems


def _notice(config: MkDocsConfig) -> bytes:
    """What is wrong with the content, for the end of every page."""
    shown = _shown_problems(_built().plan.handbook.settings.languages)
    if not shown:
        return b""
    template = config.theme.get_env().get_template("partials/problems.html")
    return template.render(config={"extra": {"problems": shown}}).encode("utf-8")


def _outputs(site_dir: Path, edition_id: str) -> Outputs:
    """The files of an edition, and what the last run has left of them."""
    before = _State.sites.get(edition_id)
    if _State.serving and before:
        before.outputs.begin()
        return before.outputs
    old = Path(_State.site_dir or site_dir, edition_id)
    return Outputs(site_dir / edition_id, old, _kept().notes(old))


def _has_warnings() -> bool:
    """Whether MkDocs, being strict, is going to abort behind the last hook: nobody else counts then."""
    handlers = logging.getLogger("mkdocs").handlers
    return any(isinstance(handler, CountHandler) and handler.get_counts() for handler in handlers)


def _kept() -> Kept:
    assert _State.kept is not None
    return _State.kept


def _built() -> Built:
    assert _State.last_good is not None
    return _State.last_good


def _above(built: Built, use_directory_urls: bool) -> dict[str, object]:
    """What the site above the editions shows of the handbook."""
    plan, words = built.plan, built.words
    settings = plan.handbook.settings
    voices = {language: Voice(plan.handbook, words, [language], plan.addresses, "") for language in settings.languages}
    return {
        "page": (_State.docs / "index.md").read_bytes(),
        "editions": [edition.facts(built, edition_id) for edition_id in settings.editions],
        "languages": [
            {
                "tag": words[language]["language.tag"],
                "title": voice.plain(settings.title),
                "tagline": voice.plain(settings.tagline),
                "words": words[language],
            }
            for language, voice in voices.items()
        ],
        "urls": [edition.address(page.path, use_directory_urls).removeprefix("./") for page in plan.pages],
    }


def _shown_problems(languages: list[str]) -> dict[str, Any] | None:
    """What the pages say about problems in the content, in the first of `languages` that messages exist in."""
    if not _State.problems:
        return None
    language = next(filter(report.LANGUAGES.__contains__, languages), "en")
    return {
        "language": language,
        "title": report.word("serve.kept", language),
        "messages": [report.message(problem, language) for problem in _State.problems],
    }
