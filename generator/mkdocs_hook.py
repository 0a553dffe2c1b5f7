"""MkDocs hook: run the generator, then build every edition as a site of its own under its own path.

The site that MkDocs itself builds holds only what stands above the editions: the page that offers them, the
404 page and the sitemap. This is the only module that knows MkDocs.
"""

from __future__ import annotations

import logging
import os
import re
import sys
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, ClassVar, Final
from urllib.parse import urljoin

from markupsafe import escape
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.utils import CountHandler, get_relative_url

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # MkDocs imports a hook by its path; its siblings are a package below ROOT

from generator import markup, report, search_worker  # noqa: E402
from generator.build import Built, build  # noqa: E402
from generator.entries import Term  # noqa: E402
from generator.pages import Part  # noqa: E402
from generator.problems import ContentError, Problem  # noqa: E402
from generator.site import keys  # noqa: E402
from generator.site.kept import Kept  # noqa: E402
from generator.site.loop import Site  # noqa: E402
from generator.site.outputs import Outputs  # noqa: E402
from generator.strings import Words  # noqa: E402
from generator.swap import replaced  # noqa: E402
from generator.voice import Voice  # noqa: E402


class _State:
    """What outlives one build under `mkdocs serve`."""

    serving = False
    last_good: Built | None = None
    problems: ClassVar[list[Problem]] = []
    site_dir = ""
    replacing: AbstractContextManager[Path] | None = None
    kept: Kept | None = None
    sites: ClassVar[dict[str, Site]] = {}


class _MachineError(Abort):
    """The content is not to blame: a full disk, a folder that cannot be written to, another run."""

    code = exit_code = 2


def on_startup(command: str, dirty: bool) -> None:
    """Remember whether this is `mkdocs serve`: there a mistake in the content must not end the process."""
    _State.serving = command == "serve"


def on_config(config: MkDocsConfig) -> None:
    """Let MkDocs build beside the site that is there; `mkdocs serve` has a folder of its own anyway."""
    if not _State.serving:
        _State.site_dir, _State.replacing = config.site_dir, replaced(Path(config.site_dir))
        config.site_dir = str(_State.replacing.__enter__())


def on_pre_build(config: MkDocsConfig) -> None:
    """Generate the Markdown. With problems in the content, a build ends and a server keeps the last good pages."""
    try:
        _State.last_good = build(ROOT / "content", Path(config.docs_dir))
    except ContentError as error:
        language = report.language_of_environment()
        print(report.text(error.problems, language), file=sys.stderr)
        if not (_State.serving and _State.last_good):
            raise Abort(report.count(error.problems, language)) from error
        print(report.word("serve.kept", language), file=sys.stderr)
        _State.problems = error.problems
    else:
        _State.problems = []
    _prepare_root(config, _built())


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Of docs/, only the page above the editions belongs to this site; of the theme, only our own assets."""
    ours = str(ROOT / "generator" / "theme")
    kept = [file for file in files if file.src_uri == "index.md" or (file.abs_src_path or "").startswith(ours)]
    for file in kept:
        file.edit_uri = None  # nobody wrote the page above the editions
    return Files(kept)


@event_priority(-100)  # behind all plugins: when this is done, so is the site
def on_post_build(config: MkDocsConfig) -> None:
    """Build every edition, then let the site take the place of the old one."""
    built = _built()
    kept = _State.kept = _State.kept or Kept.at(_folder_of_kept())
    for edition_id in built.plan.handbook.settings.editions:
        edition = _edition_config(config, built, edition_id)
        old = Path(_State.site_dir or config.site_dir, edition_id)
        site = _State.sites[edition_id] = Site(edition, kept, Outputs(Path(edition.site_dir), old, kept.notes(old)))
        site.build(config.site_url if _State.serving else None)
    if _State.replacing and not _has_warnings():
        replacing, _State.replacing = _State.replacing, None
        replacing.__exit__(None, None, None)
        config.site_dir = _State.site_dir  # `mkdocs gh-deploy` goes on with it
        for site in _State.sites.values():
            site.outputs.save()


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


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
    """docs/ is written by every build; watching it would build for ever."""
    server.unwatch(config.docs_dir)
    return server


def _folder_of_kept() -> Path | None:
    """Where results wait for the next run: `.cache/` beside mkdocs.yml, or the folder that HANDBOOK_CACHE names."""
    if os.environ.get("HANDBOOK_NO_CACHE"):
        return None
    return Path(os.environ.get("HANDBOOK_CACHE") or ROOT / ".cache" / "handbook")


def _has_warnings() -> bool:
    """Whether MkDocs, being strict, is going to abort behind the last hook: nobody else counts then."""
    handlers = logging.getLogger("mkdocs").handlers
    return any(isinstance(handler, CountHandler) and handler.get_counts() for handler in handlers)


def _built() -> Built:
    assert _State.last_good is not None
    return _State.last_good


def _prepare_root(config: MkDocsConfig, built: Built) -> None:
    """What the templates of the root pages need."""
    config.plugins["material/search"].config.enabled = False  # each edition has its own
    plan, words = built.plan, built.words
    settings = plan.handbook.settings
    voices = {language: Voice(plan.handbook, words, [language], plan.addresses, "") for language in settings.languages}
    config.extra["editions"] = [_edition_facts(built, edition_id) for edition_id in settings.editions]
    config.extra["languages"] = [
        {
            "tag": words[language]["language.tag"],
            "title": voice.plain(settings.title),
            "tagline": voice.plain(settings.tagline),
            "words": words[language],
        }
        for language, voice in voices.items()
    ]
    config.extra["problems"] = _shown_problems(settings.languages)
    config.extra["urls"] = [
        File(page.path, None, "", config.use_directory_urls).url.removeprefix("./") for page in built.plan.pages
    ]


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


def _edition_facts(built: Built, edition_id: str) -> dict[str, Any]:
    edition = built.plan.handbook.settings.editions[edition_id]
    return {
        "id": edition_id,
        "label": markup.unwrap(edition.label),
        "short": markup.unwrap(edition.short),
        "tag": built.words[edition.languages[0]]["language.tag"],
        "tags": [built.words[language]["language.tag"] for language in edition.languages],
    }


def _edition_config(root: MkDocsConfig, built: Built, edition_id: str) -> MkDocsConfig:
    """The same configuration again, for one edition."""
    plan, words = built.plan, built.words
    settings = plan.handbook.settings
    edition = settings.editions[edition_id]
    voice = Voice(plan.handbook, words, edition.languages, plan.addresses, "index.md")
    config = load_config(
        root.config_file_path,
        docs_dir=str(Path(root.docs_dir) / edition_id),
        site_dir=str(Path(root.site_dir) / edition_id),
        site_url=urljoin(root.site_url, f"{edition_id}/") if root.site_url else None,
        # Neither MkDocs' templates nor Material's escape titles, but for a few; `escape` tells those that it is done.
        site_name=escape(voice.plain(settings.short_title)),
        site_description=escape(voice.plain(settings.tagline)),
        nav=[_navigation(part, voice) for part in plan.navigation],
        hooks=[],
        strict=root.strict,
        use_directory_urls=root.use_directory_urls,
    )
    config.theme.static_templates = set()  # the 404 page and the sitemap are the root's
    config.theme["palette"] = [_toggle(option, words, edition.languages) for option in config.theme["palette"]]
    config.extra.update(
        alternate=True,  # not a list: Material then shows our `partials/alternate.html` and adds no <link>s
        edition=_edition_facts(built, edition_id),
        editions=root.extra["editions"],
        problems=_shown_problems(edition.languages),
        words=[words[language] for language in edition.languages],
    )
    config.plugins["handbook"] = _EditionPlugin(built, edition_id)
    return config


def _navigation(part: Part, voice: Voice) -> dict[str, Any]:
    """A part as an item of MkDocs' `nav`."""
    return {
        escape(voice.plain(part.title)): [
            *(
                {escape(voice.name(page)): page.path} if not page.path.endswith("/index.md") else page.path
                for page in part.pages
            ),
            *(_navigation(inner, voice) for inner in part.parts),
        ]
    }


def _toggle(option: dict[str, Any], words: Words, languages: list[str]) -> dict[str, Any]:
    """A palette option whose toggle is named in the languages of the edition."""
    toggle = option["toggle"]
    return {
        **option,
        "toggle": {**toggle, "name": " / ".join(words[language][toggle["name"]] for language in languages)},
    }


class _EditionPlugin(BasePlugin):  # type: ignore[type-arg, no-untyped-call]
    """What an edition adds to MkDocs' own work: edit links to the YAML, and a language switch at every heading."""

    _heading = re.compile(r'(<h[23] id="(?P<id>[^"]+)">.*?)(</h[23]>)', re.DOTALL)

    def __init__(self, built: Built, edition_id: str) -> None:
        super().__init__()
        self.sources = {page.path: page.source for page in built.plan.pages}
        self.romanised = {term.id: term.pinyin for term in built.plan.handbook.all(Term).values() if term.pinyin}
        editions = built.plan.handbook.settings.editions
        words = built.words[editions[edition_id].languages[0]]
        self.others = [
            (
                facts["id"],
                facts["tag"],
                escape(facts["short"]),
                escape(words["action.switch.section"].format(edition=facts["label"])),
            )
            for facts in (_edition_facts(built, other) for other in editions if other != edition_id)
        ]
        self.key = keys.digest(edition_id, self.others)

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        for file in files.documentation_pages():
            file.edit_uri = self.sources.get(file.src_uri) if config.repo_url else None
        worker = next(file for file in files if file.src_uri.startswith(search_worker.FILE))
        files.remove(worker)
        script = search_worker.mended(worker.content_string)
        files.append(File.generated(config, worker.src_uri, content=script, inclusion=InclusionLevel.NOT_IN_NAV))
        sitemap = files.get_file_from_path("sitemap.xml")  # no template here, so MkDocs would copy its source
        if sitemap:
            files.remove(sitemap)
        return files

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> None:
        page.meta.update({key: escape(value) for key, value in page.meta.items() if isinstance(value, str)})

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        base = get_relative_url(".", page.url)

        def with_switch(match: re.Match[str]) -> str:
            links = "".join(
                f'<a href="{base}/../{other}/{page.url}#{match["id"]}" hreflang="{tag}" title="{title}">{label}</a>'
                for other, tag, label, title in self.others
            )
            return f'{match[1]}<span class="hb-switch" data-search-exclude="">{links}</span>{match[3]}'

        return self._heading.sub(with_switch, html)
