"""MkDocs hook: run the generator, then build every edition as a site of its own under its own path.

The site that MkDocs itself builds holds only what stands above the editions: the page that offers them, the
404 page and the sitemap. This is the only module that knows MkDocs.
"""

from __future__ import annotations

import logging
import re
import sys
from pathlib import Path
from typing import Any, Final
from urllib.parse import urljoin

import mkdocs.commands.build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # MkDocs imports a hook by its path; its siblings are a package below ROOT

from generator import search_worker  # noqa: E402
from generator.build import Built, build  # noqa: E402
from generator.plan import Part  # noqa: E402
from generator.problems import ContentError  # noqa: E402
from generator.strings import Words  # noqa: E402
from generator.voice import Voice  # noqa: E402

logging.getLogger("jieba").setLevel(logging.WARNING)  # it announces its dictionary on every start


class _State:
    """What outlives one build under `mkdocs serve`."""

    serving = False
    last_good: Built | None = None


def on_startup(command: str, dirty: bool) -> None:
    """Remember whether this is `mkdocs serve`: there a mistake in the content must not end the process."""
    _State.serving = command == "serve"


def on_pre_build(config: MkDocsConfig) -> None:
    """Generate the Markdown. With problems in the content, a build ends and a server keeps the last good pages."""
    try:
        _State.last_good = build(ROOT / "content", Path(config.docs_dir))
    except ContentError as error:
        print(error, file=sys.stderr)
        if not (_State.serving and _State.last_good):
            raise Abort(f"{len(error.problems)} problems in the content") from error
        print("The last good pages stay until this is mended.", file=sys.stderr)
    _prepare_root(config, _built())


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Of docs/, only the page above the editions belongs to this site; of the theme, only our own assets."""
    ours = str(ROOT / "generator" / "theme")
    kept = [file for file in files if file.src_uri == "index.md" or (file.abs_src_path or "").startswith(ours)]
    for file in kept:
        file.edit_uri = None  # nobody wrote the page above the editions
    return Files(kept)


def on_post_build(config: MkDocsConfig) -> None:
    """Build every edition."""
    built = _built()
    for edition_id in built.plan.handbook.settings.editions:
        mkdocs.commands.build.build(
            _edition_config(config, built, edition_id), serve_url=config.site_url if _State.serving else None
        )


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
    """docs/ is written by every build; watching it would build for ever."""
    server.unwatch(config.docs_dir)
    return server


def _built() -> Built:
    assert _State.last_good is not None
    return _State.last_good


def _prepare_root(config: MkDocsConfig, built: Built) -> None:
    """What the templates of the root pages need."""
    config.plugins["material/search"].config.enabled = False  # each edition has its own
    settings = built.plan.handbook.settings
    config.extra["editions"] = [_edition_facts(built, edition_id) for edition_id in settings.editions]
    config.extra["languages"] = [
        {
            "tag": built.words[language]["language.tag"],
            "title": settings.title.get(language) or "",
            "tagline": settings.tagline.get(language) or "",
            "words": built.words[language],
        }
        for language in settings.languages
    ]
    config.extra["urls"] = [
        File(page.path, None, "", config.use_directory_urls).url.removeprefix("./") for page in built.plan.pages
    ]


def _edition_facts(built: Built, edition_id: str) -> dict[str, Any]:
    edition = built.plan.handbook.settings.editions[edition_id]
    return {
        "id": edition_id,
        "label": edition.label,
        "short": edition.short,
        "tag": built.words[edition.languages[0]]["language.tag"],
        "tags": [built.words[language]["language.tag"] for language in edition.languages],
    }


def _edition_config(root: MkDocsConfig, built: Built, edition_id: str) -> MkDocsConfig:
    """The same configuration again, for one edition."""
    plan, words = built.plan, built.words
    settings = plan.handbook.settings
    edition = settings.editions[edition_id]
    voice = Voice(plan.handbook, words, edition, plan.addresses, "index.md")
    config = load_config(
        root.config_file_path,
        docs_dir=str(Path(root.docs_dir) / edition_id),
        site_dir=str(Path(root.site_dir) / edition_id),
        site_url=urljoin(root.site_url, f"{edition_id}/") if root.site_url else None,
        site_name=voice.plain(settings.short_title),
        site_description=voice.plain(settings.tagline),
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
        words=[words[language] for language in edition.languages],
    )
    config.plugins["handbook"] = _EditionPlugin(built, edition_id)
    return config


def _navigation(part: Part, voice: Voice) -> dict[str, Any]:
    """A part as an item of MkDocs' `nav`."""
    return {
        voice.plain(part.title): [
            *(
                {voice.plain(page.title): page.path} if not page.path.endswith("/index.md") else page.path
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
        editions = built.plan.handbook.settings.editions
        words = built.words[editions[edition_id].languages[0]]
        self.others = [
            (
                facts["id"],
                facts["tag"],
                facts["short"],
                words["action.switch.section"].format(edition=facts["label"]),
            )
            for facts in (_edition_facts(built, other) for other in editions if other != edition_id)
        ]

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

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        base = get_relative_url(".", page.url)

        def with_switch(match: re.Match[str]) -> str:
            links = "".join(
                f'<a href="{base}/../{other}/{page.url}#{match["id"]}" hreflang="{tag}" title="{title}">{label}</a>'
                for other, tag, label, title in self.others
            )
            return f'{match[1]}<span class="hb-switch" data-search-exclude="">{links}</span>{match[3]}'

        return self._heading.sub(with_switch, html)
