"""The site of one edition: the configuration of the whole again with its own pages, and what these need of MkDocs."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from markupsafe import escape
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from .. import markup, search_index
from ..build import Built
from ..pages import Part
from ..runtime import digest
from ..voice import Voice


def facts(built: Built, edition_id: str) -> dict[str, Any]:
    """What the pages of all editions show of one of them."""
    edition = built.plan.handbook.settings.editions[edition_id]
    return {
        "id": edition_id,
        "label": markup.unwrap(edition.label),
        "short": markup.unwrap(edition.short),
        "tag": built.words[edition.languages[0]]["language.tag"],
        "tags": [built.words[language]["language.tag"] for language in edition.languages],
    }


@dataclass(frozen=True)
class Told:
    """What the site of an edition is made from, besides its Markdown and the configuration."""

    navigation: list[dict[str, Any]]
    names: dict[str, str]
    """See `Known`."""
    settings: dict[str, Any]
    extra: dict[str, Any]
    sources: dict[str, str | None]
    """Paths of pages to those of the YAML files that they are from."""
    others: list[tuple[str, str, str, str]]
    """Id, language tag, short label, and what to say of the link, of each other edition."""

    def differs_in_names_only(self, other: Told) -> bool:
        """Whether `other` differs in no more than what entries are called."""
        return replace(other, navigation=self.navigation, names=self.names) == self


def told(built: Built, edition_id: str, use_directory_urls: bool) -> Told:
    """What the site of this edition is made from."""
    plan, words = built.plan, built.words
    settings = plan.handbook.settings
    edition = settings.editions[edition_id]
    voice = Voice(plan.handbook, words, edition.languages, plan.addresses, "index.md")
    switch = words[edition.languages[0]]["action.switch.section"]
    others = [facts(built, other) for other in settings.editions if other != edition_id]
    return Told(
        [_navigation(part, voice) for part in plan.navigation],
        search_index.names(voice),
        # Neither MkDocs' templates nor Material's escape titles, but for a few; `escape` tells those that it is done.
        {
            "site_name": escape(voice.plain(settings.short_title)),
            "site_description": escape(voice.plain(settings.tagline)),
        },
        {
            "contact": settings.contact,
            "edition": facts(built, edition_id),
            "ways": _ways(built, use_directory_urls),
            "words": [words[language] for language in edition.languages],
        },
        {page.path: page.source for page in plan.pages},
        [(one["id"], one["tag"], escape(one["short"]), escape(switch.format(edition=one["label"]))) for one in others],
    )


def config_of(root: MkDocsConfig, told: Told, docs: Path, site_dir: Path) -> MkDocsConfig:
    """The configuration of the `root` again, for one edition: its pages are in `docs`, its site goes to `site_dir`."""
    config = load_config(
        root.config_file_path,
        docs_dir=str(docs),
        site_dir=str(site_dir),
        site_url=urljoin(root.site_url, f"{site_dir.name}/") if root.site_url else None,
        **told.settings,
        nav=told.navigation,
        hooks=[],
        strict=root.strict,
        use_directory_urls=root.use_directory_urls,
    )
    config.theme.static_templates = set()  # the 404 page and the sitemap are the root's
    config.extra.update(told.extra, assets=root.extra["assets"], editions=root.extra["editions"])
    config.plugins["handbook"] = EditionPlugin(told)
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


@functools.cache
def address(path: str, use_directory_urls: bool) -> str:
    """The address of a page below that of its edition."""
    return File(path, None, "", use_directory_urls).url


def _ways(built: Built, use_directory_urls: bool) -> list[dict[str, str]]:
    """Pages that help when the search finds nothing, in the order of the navigation."""
    return [
        {"url": address(page.path, use_directory_urls), "key": page.title}
        for page in built.plan.pages
        if page.template in {"overview", "terms"} and isinstance(page.title, str)
    ]


class EditionPlugin(BasePlugin):  # type: ignore[type-arg, no-untyped-call]
    """What an edition adds to MkDocs' own work: edit links to the YAML, and a language switch at every heading."""

    _heading = re.compile(r'(<h[23] id="(?P<id>[^"]+)">.*?)(</h[23]>)', re.DOTALL)

    def __init__(self, told: Told) -> None:
        super().__init__()
        self.sources, self.names, self.others = told.sources, told.names, told.others
        self.key = digest(told.extra["edition"]["id"], self.others)

    def key_of(self, path: str) -> str:
        """What is said of a page besides what is written in it: see `Known`."""
        return self.sources.get(path) or ""

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        for file in files.documentation_pages():
            file.edit_uri = self.sources.get(file.src_uri) if config.repo_url else None
        for file in [*files]:  # MkDocs copies what the theme has: the root has the assets, and a sitemap of its own
            if file.src_uri.startswith("assets/") or file.src_uri == "sitemap.xml":
                files.remove(file)
        return files

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> None:
        page.meta["source"] = self.sources.get(page.file.src_uri) or ""
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
