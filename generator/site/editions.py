"""What differs from edition to edition of one MkDocs site: put into the context of each page."""

from __future__ import annotations

import posixpath
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from markupsafe import Markup, escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from ..content import markup
from ..pages.plan import Part
from ..render.renderer import Renderer
from . import own_pages


@dataclass(frozen=True)
class Edition:
    """One way to read the handbook, as templates show it."""

    id: str
    """Also the folder on the site."""
    label: str
    short: str
    """The label in a few characters."""
    tag: str
    """What HTML calls its first language."""
    direction: str
    """Which way that is written: `ltr` or `rtl`."""
    tags: list[str]
    """Of each language."""
    attributes: list[Markup]
    """Attributes of HTML that say the same of words in each language, and which way they run where that differs."""
    words: list[Mapping[str, str]]
    """The interface words of each language, escaped: wherever a template puts one, it is text."""
    site_name: str
    name_attributes: Markup
    """The same of `site_name`, where it is in none of its languages."""
    site_description: str
    home: str
    """Address of its first page, below the site."""
    ways: list[dict[str, str]]
    """Pages that help when the search finds nothing: `url`, and `key` of an interface word."""

    def say(self, key: str) -> Markup:
        """An interface word as HTML, in each language; where there are several each says which it is."""
        if len(self.words) == 1:
            return Markup(self.words[0][key])
        each = zip(self.attributes, self.words, strict=True)
        return Markup(" / ".join(f"<span {attributes}>{words[key]}</span>" for attributes, words in each))

    def said(self, key: str) -> Markup:
        """The same for an attribute, where no element can stand."""
        return Markup(" / ".join(words[key] for words in self.words))


def editions(renderer: Renderer, use_directory_urls: bool) -> dict[str, Edition]:
    """Every edition by its id, in the handbook's order."""
    settings, words = renderer.plan.handbook.settings, renderer.shared.words
    made: dict[str, Edition] = {}
    for edition_id, edition in settings.editions.items():
        texts = renderer.texts(edition_id, "index.md")
        made[edition_id] = Edition(
            edition_id,
            markup.unwrap(edition.label),
            markup.unwrap(edition.short),
            texts.tag(edition.languages[0]),
            texts.direction(edition.languages[0]),
            [texts.tag(language) for language in edition.languages],
            [Markup(texts.attributes(language)) for language in edition.languages],
            [_escaped(words[language]) for language in edition.languages],
            # Neither MkDocs' templates nor Material's escape titles, but for a few; `escape` tells those it is done.
            escape(texts.plain(settings.short_title)),
            Markup(texts.attributes_of(settings.short_title)),
            escape(texts.plain(settings.tagline)),
            File(f"{edition_id}/index.md", None, "", use_directory_urls).url,
            [
                {"url": File(f"{edition_id}/{page.path}", None, "", use_directory_urls).url, "key": page.title}
                for page in renderer.plan.pages
                if page.template in ("overview", "terms") and isinstance(page.title, str)
            ],
        )
    return made


def landing_languages(renderer: Renderer) -> list[dict[str, Any]]:
    """What the pages above the editions say, in each language of the handbook.

    A title that a language lacks is there in another one; `is_written` tells where there is one, or a line below it.
    """
    settings, words = renderer.plan.handbook.settings, renderer.shared.words
    first_edition = next(iter(settings.editions))
    shown = []
    for language in settings.languages:
        texts = renderer.texts(first_edition, "index.md")
        texts.languages = [language]
        shown.append(
            {
                "tag": texts.tag(language),
                "direction": texts.direction(language),
                "attributes": Markup(texts.attributes(language)),
                "is_written": any(language in text.by_language for text in (settings.title, settings.tagline)),
                "title": texts.plain(settings.title),
                "title_attributes": Markup(texts.attributes_of(settings.title)),
                "tagline": texts.plain(settings.tagline),
                "tagline_attributes": Markup(texts.attributes_of(settings.tagline)),
                "words": _escaped(words[language]),
            }
        )
    return shown


def _escaped(words: Mapping[str, str]) -> dict[str, str]:
    return {key: escape(word) for key, word in words.items()}


def navigation_config(
    renderer: Renderer, edition_id: str, left_out: Container[str] = (), own: Sequence[str] = ()
) -> list[Any]:
    """The navigation of an edition as MkDocs' `nav` has it; pages have their titles themselves.

    Of its `own` pages that nobody has given a place, one in the folder of a part stands behind the pages of that part,
    the others behind everything.
    """
    texts = renderer.texts(edition_id, "index.md")
    waiting = dict.fromkeys(own)

    def item(part: Part) -> dict[str, Any]:
        paths = [f"{edition_id}/{page.path}" for page in part.pages]
        pages = [path for path in paths if path not in left_out]
        for folder in [posixpath.dirname(path) for path in paths if posixpath.basename(path) == "index.md"]:
            if folder != edition_id:
                beside = [path for path in waiting if posixpath.dirname(path) == folder]
                pages += beside
                for path in beside:
                    del waiting[path]
        return {escape(texts.plain(part.title)): [*pages, *filter(_has_items, map(item, part.parts))]}

    parts = list(filter(_has_items, map(item, renderer.plan.navigation)))
    return [*parts, *own_pages.nested(list(waiting), edition_id)]


def _has_items(item: dict[str, Any]) -> bool:
    return any(item.values())


def own_navigation(section: Section, homepage: Page | None) -> Navigation:
    """The navigation of one edition: what stands in its section of the whole, and above that nothing."""
    pages: list[Page] = []

    def collect(items: list[Any]) -> None:
        for item in items:
            if item.is_page:
                pages.append(item)
            elif item.is_section:
                collect(item.children)

    collect(section.children)
    for child in section.children:
        child.parent = None
    if pages:
        pages[0].previous_page = pages[-1].next_page = None
    navigation = Navigation(section.children, pages)
    navigation.homepage = homepage
    return navigation


def own_site_name(renderer: Renderer, site_name: str) -> str | None:
    """`site_name`, unless it is the word that stands there until somebody writes another, or the handbook's title.

    The title may stand there in one language, or in several with anything but words between them.
    """
    settings = renderer.plan.handbook.settings
    rest = site_name
    for text in (settings.title, settings.short_title):
        for title in sorted(text.by_language.values(), key=len, reverse=True):
            rest = rest.replace(markup.unwrap(title), "")
    return site_name if site_name != UNNAMED and any(map(str.isalnum, rest)) else None


class EditionConfig:
    """The configuration as the pages of one edition show it: with the handbook's title in their languages.

    That is, unless mkdocs.yml has a name or a description of its own.
    """

    def __init__(self, config: MkDocsConfig, edition: Edition, own_name: str | None) -> None:
        self._config = config
        self.site_name = escape(own_name) if own_name else edition.site_name
        self.site_description = escape(config.site_description) if config.site_description else edition.site_description

    def __getattr__(self, name: str) -> Any:
        return getattr(self._config, name)

    def __getitem__(self, name: str) -> Any:
        return getattr(self, name)


UNNAMED: Final = "Handbook"
"""The `site_name` of a handbook whose pages have their own title; MkDocs asks for one."""

HEADING_ID: Final = "{id}"
"""Stands for the id of a heading in what `language_switches` gives."""


def language_switches(page: Page, own: Edition, others: Iterable[tuple[Edition, str]]) -> str:
    """Links to the same place of the same page in each of the others, whose addresses on the site are given."""
    links = ""
    for other, url in others:
        address = get_relative_url(url, page.url)
        title = own.words[0]["action.switch.section"].replace("{edition}", escape(other.label))
        links += f'<a href="{address}#{HEADING_ID}" hreflang="{other.tag}" title="{title}">{escape(other.short)}</a>'
    return links
