"""What of MkDocs and of Material works here: the one list behind the warnings, the publishers' table, and its test."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

State = Literal["works", "differently", "not"]


@dataclass(frozen=True)
class Row:
    """One thing that can stand in mkdocs.yml."""

    name: str
    state: State
    note: str = ""
    """What is different, or why it does not work, in a sentence."""


SETTINGS: Final = (
    Row(
        "site_name", "differently", "Each edition shows its own title of handbook.yml unless another name stands here."
    ),
    Row("site_description", "differently", "Each edition shows its own tagline unless another stands here."),
    Row("site_url", "works", "Needed for the sitemap, canonical links and links to other languages in heads."),
    Row("site_author", "works"),
    Row("copyright", "works"),
    Row("repo_url", "works"),
    Row("repo_name", "works", "In the footer, in place of the words for it."),
    Row("edit_uri", "works", "From docs/, as everywhere; a generated page leads to its YAML file."),
    Row("edit_uri_template", "works", "`{path}` is from docs/: of a generated page `../content/duties/x.yml`."),
    Row("nav", "differently", "Orders and names pages of your own and links; they follow the generated parts."),
    Row("not_in_nav", "works"),
    Row("exclude_docs", "works"),
    Row("draft_docs", "works"),
    Row("validation", "works"),
    Row("extra_css", "works", "Behind the handbook's own style sheet."),
    Row("extra_javascript", "works", "With `type`, `async` and `defer`; `document$` and `location$` are there."),
    Row("extra_templates", "works"),
    Row("hooks", "works"),
    Row("use_directory_urls", "works"),
    Row("INHERIT", "works"),
    Row("theme.custom_dir", "works", "Blocks and partials have Material's names; see the theme folder."),
    Row(
        "theme.palette",
        "differently",
        "Colours give links, marks and rules, shaded until they can be read; one of your own is `--hb-seal`.",
    ),
    Row("theme.font", "differently", "No web font unless one is named; then Google is asked, and the policy says so."),
    Row("theme.logo", "works"),
    Row("theme.favicon", "works"),
    Row("theme.icon.logo", "works"),
    Row("theme.icon.edit", "works"),
    Row("theme.icon.view", "works"),
    Row("theme.icon.admonition", "works"),
    Row("theme.icon.tag", "works"),
    Row("theme.icon.close", "not", "The search has a sign of its own."),
    Row("theme.icon.annotation", "not", "Annotations need Material's script."),
    Row("theme.icon.repo", "not", "The footer names the repository in words."),
    Row("theme.icon.menu", "not", "The header has its own signs."),
    Row("theme.icon.search", "not", "The header has its own signs."),
    Row("theme.icon.alternate", "not", "The language switch is in words."),
    Row("theme.icon.previous", "not", "The links have arrows of their own."),
    Row("theme.icon.next", "not", "The links have arrows of their own."),
    Row("theme.icon.top", "not", "The link has an arrow of its own."),
    Row("theme.icon.share", "not", "The search has no button for sharing."),
    Row("theme.language", "not", "Each edition is in its own languages: see handbook.yml."),
    Row("theme.direction", "not", "Each edition has the direction of its first language."),
    Row("theme.static_templates", "works"),
    Row("extra.analytics", "works", "Off unless set; the policy names what Google Analytics needs."),
    Row("extra.analytics.feedback", "not", "The form needs Material's script."),
    Row("extra.consent", "works"),
    Row("extra.social", "works"),
    Row("extra.homepage", "works"),
    Row("extra.alternate", "works", "Beside the editions in the language switch."),
    Row("extra.generator", "not", "The footer never names the generator."),
    Row("extra.polyfills", "works"),
    Row("extra.scope", "works", "Of what scripts and the consent keep in the browser."),
    Row("extra.tags", "works"),
    Row(
        "extra.version",
        "not",
        "The version selector needs Material's script; mike's folders can be served as they are.",
    ),
    Row("extra.annotate", "not", "Annotations need Material's script."),
    Row("extra.status", "works"),
)

FEATURES: Final = (
    Row("announce.dismiss", "not", "The banner stays as long as it is there."),
    Row("content.action.edit", "works"),
    Row("content.action.view", "works"),
    Row("content.code.annotate", "not", "It needs Material's script."),
    Row("content.code.copy", "not", "It needs Material's script."),
    Row("content.code.select", "not", "It needs Material's script."),
    Row("content.footnote.tooltips", "not", "It needs Material's script."),
    Row("content.tabs.link", "not", "It needs Material's script; tabs themselves work."),
    Row("content.tooltips", "not", "It needs Material's script."),
    Row("header.autohide", "works"),
    Row("navigation.expand", "works"),
    Row("navigation.footer", "differently", "Always on."),
    Row("navigation.indexes", "works"),
    Row("navigation.instant", "not", "Every page is loaded whole; it is small, and works without script."),
    Row("navigation.instant.prefetch", "not", "Every page is loaded whole."),
    Row("navigation.instant.preview", "not", "Every page is loaded whole."),
    Row("navigation.instant.progress", "not", "Every page is loaded whole."),
    Row("navigation.path", "differently", "Always on."),
    Row("navigation.prune", "works"),
    Row("navigation.sections", "works"),
    Row("navigation.tabs", "works"),
    Row("navigation.tabs.sticky", "works"),
    Row("navigation.top", "differently", "Always on."),
    Row("navigation.tracking", "works"),
    Row("search.highlight", "not", "The search marks what was found in its own list."),
    Row("search.share", "not", "An address that ends in `?q=words` opens the search."),
    Row("search.suggest", "not", "The search shows what it finds while one types."),
    Row("toc.follow", "differently", "Always on."),
    Row("toc.integrate", "works"),
)

EXTENSIONS: Final = (
    Row("abbr", "works"),
    Row("admonition", "works"),
    Row("attr_list", "works"),
    Row("def_list", "works"),
    Row("footnotes", "works"),
    Row("md_in_html", "works"),
    Row("meta", "works"),
    Row("tables", "works"),
    Row("toc", "works"),
    Row("pymdownx.arithmatex", "works", "With MathJax or KaTeX under `extra_javascript`; the policy follows."),
    Row("pymdownx.betterem", "works"),
    Row("pymdownx.caret", "works"),
    Row("pymdownx.critic", "works"),
    Row("pymdownx.details", "works"),
    Row("pymdownx.emoji", "works", "Emoji are asked of another host, which the policy names; icons are not."),
    Row("pymdownx.highlight", "works"),
    Row("pymdownx.inlinehilite", "works"),
    Row("pymdownx.keys", "works"),
    Row("pymdownx.mark", "works"),
    Row("pymdownx.smartsymbols", "works"),
    Row("pymdownx.snippets", "works"),
    Row("pymdownx.superfences", "differently", "All but Mermaid, whose drawings need Material's script."),
    Row("pymdownx.tabbed", "works"),
    Row("pymdownx.tasklist", "works"),
    Row("pymdownx.tilde", "works"),
)
"""They are for pages of your own: generated pages are written for an engine that knows none."""

PLUGINS: Final = (
    Row(
        "awesome-nav", "not", "It makes one navigation of all pages: order those of your own by `nav`, or literate-nav."
    ),
    Row(
        "awesome-pages",
        "not",
        "It makes one navigation of all pages: order those of your own by `nav`, or literate-nav.",
    ),
    Row("blog", "works"),
    Row("git-revision-date-localized", "works", "A generated page has the dates of its YAML file."),
    Row("glightbox", "works", "The policy follows; `auto_caption` and the like need no more."),
    Row("i18n", "not", "It builds languages in its own way: editions of handbook.yml are in its place."),
    Row(
        "info", "works", "It asks GitHub for Material's version, makes an archive for a bug report, and ends the build."
    ),
    Row("literate-nav", "works", "With a list of pages of your own in docs/; generated pages keep their places."),
    Row("macros", "works", "In pages of your own; generated pages hold no braces."),
    Row("meta", "works"),
    Row("minify", "works"),
    Row(
        "offline",
        "differently",
        "It turns `use_directory_urls` off, which reading from disk needs; its script for a search is left out.",
    ),
    Row("privacy", "works"),
    Row("redirects", "works", "From and to pages of any edition: `old.md: en/duties/x.md`."),
    Row("rss", "works", "With `match_path: en/.*` for one edition."),
    Row("search", "differently", "The search is the handbook's own; this one writes an index that nothing reads."),
    Row("social", "differently", "With `mkdocs-material[imaging]`, and fonts of Google once; without that it is off."),
    Row("tags", "works", "In pages of your own."),
)

FATAL: Final = frozenset({"awesome-nav", "awesome-pages", "i18n"})
"""Plugins with which nothing can be built."""

GROUPS: Final = {"Settings": SETTINGS, "Features": FEATURES, "Markdown extensions": EXTENSIONS, "Plugins": PLUGINS}
"""Each part of the table under its heading."""

WORDS: Final[dict[State, str]] = {"works": "yes", "differently": "yes, but", "not": "no"}


def table() -> Iterator[str]:
    """The lines of the publishers' table, as Markdown."""
    for heading, rows in GROUPS.items():
        yield from (f"### {heading}", "", "| | Works | |", "| --- | --- | --- |")
        yield from (f"| `{row.name}` | {WORDS[row.state]} | {row.note} |" for row in rows)
        yield ""
