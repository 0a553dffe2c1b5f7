"""Everything that stands in for something inside MkDocs 1.6.1, Material 9.8.1 or Python-Markdown, and why.

`tests/test_loop.py` knows the code that each of these replaces by its digest, and fails when it changes.
"""

from __future__ import annotations

import os
import re
from typing import Any, Final

import jinja2
import markdown
from markdown.inlinepatterns import Pattern
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure import pages
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

Links = dict[File, dict[str, str]]
"""Files to the anchors in them that are linked to, and the links as they were written."""


class Converter:
    """`Page.render` with one Markdown instance for all pages of a site: setting one up takes a tenth of the time.

    The four processors that MkDocs adds for each page are kept with it, and given their page each time.
    """

    def __init__(self, config: MkDocsConfig) -> None:
        self._markdown = markdown.Markdown(
            extensions=config["markdown_extensions"], extension_configs=config["mdx_configs"] or {}
        )
        nothing: Any = None
        self._raw = _RawHTML()
        self._anchors = pages._ExtractAnchorsTreeprocessor(nothing, nothing, config)
        self._links = pages._RelativePathTreeprocessor(nothing, nothing, config)
        self._title = pages._ExtractTitleTreeprocessor()
        for processor in (self._raw, self._anchors, self._links, self._title):
            processor._register(self._markdown)
        self._markdown.treeprocessors.register(_Inline(self._markdown), "inline", 20)  # in place of the one it has

    def render(self, page: Page, files: Files) -> tuple[str, list[Any], str | None, set[str], Links]:
        """HTML, tokens of the table of contents, title, ids that can be linked to, links to ids elsewhere."""
        self._markdown.reset()
        self._markdown.toc_tokens = []
        self._anchors.present_anchor_ids = set()
        self._links.file, self._links.files, self._links.links_to_anchors = page.file, files, {}
        self._title.title = None
        assert page.markdown is not None
        html = self._markdown.convert(page.markdown)
        ids = self._anchors.present_anchor_ids | self._raw.present_anchor_ids
        tokens: list[Any] = self._markdown.toc_tokens
        return html, tokens, self._title.title, ids, self._links.links_to_anchors


class _RawHTML(pages._RawHTMLPreprocessor):
    """Collects the ids in HTML. MkDocs has the whole text parsed for them, here the few tags are that may have one."""

    _id: Final = re.compile(r"\b(?:id|name)\s*=", re.IGNORECASE)
    _opening: Final = re.compile(r"<(?=[a-zA-Z/!?])")
    _tag: Final = re.compile(
        r"""</?[a-z][\w:-]*(?:[ \t\n]+[\w:.-]+(?:[ \t\n]*=[ \t\n]*(?:"[^<>"]*"|'[^<>']*'|[\w:./#-]+))?)*[ \t\n]*/?>""",
        re.ASCII | re.IGNORECASE,
    )
    """One that everybody reads alike."""
    _opaque: Final = re.compile(
        r"<(?:script|style|textarea|title|xmp|iframe|noembed|noframes|noscript|plaintext)\b", re.IGNORECASE
    )
    """What is in these is no tag, whatever it looks like."""

    def run(self, lines: list[str]) -> list[str]:
        self.present_anchor_ids = set()
        text = "\n".join(lines)
        if self._id.search(text):
            tags = self._tag.findall(text)
            simple = len(tags) == len(self._opening.findall(text)) and not self._opaque.search(text)
            super().run(list(filter(self._id.search, tags)) if simple else lines)
        return lines


class _Inline(InlineProcessor):  # type: ignore[misc]
    """Python-Markdown looks in every piece of text for each of its patterns: a fifth of the time for all it does.

    Here a pattern that cannot match, for want of the signs that it begins with, is passed over.
    """

    _signs: Final = {
        **{"backtick": "`", "escape": "\\", "linebreak": "  \n", "entity": "&"},
        **{"reference": "[", "link": "[", "short_reference": "["},
        **{"image_link": "![", "image_reference": "![", "short_image_ref": "!["},
        **{"autolink": "<", "automail": "<", "html": "<"},
    }
    """Of Python-Markdown's own patterns. Others are always tried, also those that an extension puts in their place."""

    def __init__(self, md: markdown.Markdown) -> None:
        super().__init__(md)
        plain = markdown.Markdown().inlinePatterns
        self._patterns: list[tuple[Pattern, str]] = []
        for item in self.inlinePatterns._priority:
            pattern = self.inlinePatterns[item.name]
            known = item.name in plain and _is_same(plain[item.name], pattern)
            self._patterns.append((pattern, self._signs.get(item.name, "") if known else ""))

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:
        """What `InlineProcessor.__handleInline` does."""
        if isinstance(data, AtomicString):
            return data  # type: ignore[no-any-return]
        start = 0
        while patternIndex < len(self._patterns):
            pattern, sign = self._patterns[patternIndex]
            matched = False
            if sign in data:
                data, matched, start = self._InlineProcessor__applyPattern(pattern, data, patternIndex, start)
            if not matched:
                patternIndex, start = patternIndex + 1, 0
        return data


def _is_same(one: Pattern, other: Pattern) -> bool:
    return type(one) is type(other) and one.pattern == other.pattern


def share_templates(config: MkDocsConfig, compiled: jinja2.BytecodeCache) -> None:
    """Let all environments of a theme share `compiled` templates, and look for files past the 14,500 icons of Material.

    Stands in for `Theme.get_env`, which begins with nothing each time; MkDocs lists all files of a theme in every build
    and takes none from a folder whose name begins with a dot.
    """
    make = config.theme.get_env

    def get_env() -> jinja2.Environment:
        env = make()
        assert isinstance(env.loader, jinja2.FileSystemLoader)
        env.loader = _Loader(env.loader.searchpath)
        env.bytecode_cache = compiled
        return env

    config.theme.get_env = get_env  # type: ignore[method-assign]


class _Loader(jinja2.FileSystemLoader):
    def list_templates(self) -> list[str]:
        found = set()
        for top in self.searchpath:
            for place, folders, names in os.walk(top):
                folders[:] = [name for name in folders if not name.startswith(".")]
                folder = os.path.relpath(place, top).replace(os.sep, "/")
                found.update(names if folder == "." else [f"{folder}/{name}" for name in names])
        return sorted(found)
