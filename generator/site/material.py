"""Everything that stands in for something inside MkDocs 1.6.1, Material 9.8.1 or Python-Markdown, and why.

`tests/test_loop.py` knows the code that each of these replaces by its digest, and fails when it changes.
"""

from __future__ import annotations

import functools
import os
import posixpath
import re
from collections.abc import Callable
from typing import Any, Final
from xml.etree.ElementTree import Element

import jinja2
import markdown
from markdown.blockprocessors import BlockQuoteProcessor, HashHeaderProcessor, HRProcessor, SetextHeaderProcessor
from markdown.extensions.md_in_html import HtmlBlockPreprocessor, HTMLExtractorExtra
from markdown.extensions.tables import TableProcessor
from markdown.inlinepatterns import Pattern, ReferenceInlineProcessor
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure import pages
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

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
        self._links = _Links(nothing, nothing, config)
        self._title = pages._ExtractTitleTreeprocessor()
        for processor in (self._raw, self._anchors, self._links, self._title):
            processor._register(self._markdown)
        hasten(self._markdown)

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


def hasten(md: markdown.Markdown) -> None:
    """Let `md`, with all its extensions, do what it does in less time. Its block-level elements stay what they are."""
    md.is_block_level = functools.cache(md.is_block_level)  # asked for every element
    md.treeprocessors.register(_Inline(md), "inline", 20)
    if type(md.preprocessors["html_block"]) is HtmlBlockPreprocessor:
        md.preprocessors.register(_HTMLBlocks(md), "html_block", 20)
    for block in md.parser.blockprocessors:
        if type(block) is TableProcessor:
            block.test = _if_there(block.test, "|")
        elif type(block) in _BEGUN:
            block.test = _if_begun(block.test, _BEGUN[type(block)])


_Test = Callable[[Element, str], bool]
"""Whether a block is of a kind."""

_BEGUN: Final = {
    HashHeaderProcessor: frozenset("#"),
    SetextHeaderProcessor: frozenset("=-"),
    HRProcessor: frozenset("-_*"),
    BlockQuoteProcessor: frozenset(">"),
}
"""Kinds of blocks with a line that begins with one of these signs."""


def _if_begun(test: _Test, signs: frozenset[str]) -> _Test:
    return lambda parent, block: not signs.isdisjoint(_beginnings(block)) and test(parent, block)


def _if_there(test: _Test, sign: str) -> _Test:
    return lambda parent, block: sign in block and test(parent, block)


@functools.lru_cache(maxsize=4)  # a block is tested for one kind after the other
def _beginnings(block: str) -> frozenset[str]:
    """What the lines of a block begin with, behind spaces."""
    return frozenset(line.lstrip(" ")[:1] for line in block.split("\n"))


class _HTMLBlocks(HtmlBlockPreprocessor):  # type: ignore[misc]
    def run(self, lines: list[str]) -> list[str]:
        """What `HtmlBlockPreprocessor.run` does."""
        parser = _Extractor(self.md)
        parser.feed("\n".join(lines))
        parser.close()
        return "".join(parser.cleandoc).split("\n")


class _Extractor(HTMLExtractorExtra):  # type: ignore[misc]
    """Tags within text go on as they are, so those that are simple go on with the text behind them at once."""

    block_level_tags: frozenset[str] = frozenset()
    _tag: Final = re.compile(
        r"""<(?:/([a-z][a-z0-9]*)|([a-z][a-z0-9]*)(?: [a-z][a-z-]*(?:="[^"<>&`]*")?)*)>([^<&\n]*)""", re.ASCII
    )

    def __init__(self, md: markdown.Markdown) -> None:
        self.block_level_tags = frozenset(md.block_level_elements)  # which the class makes anew for every tag
        self._apart = self.block_level_tags.union(self.CDATA_CONTENT_ELEMENTS)
        super().__init__(md)

    def parse_starttag(self, i: int) -> int:
        return self._run(i) or super().parse_starttag(i)

    def parse_endtag(self, i: int) -> int:
        return self._run(i) or super().parse_endtag(i)

    def _run(self, start: int) -> int:
        """Where the simple tags and the text end that begin here; 0 if there are none."""
        if self.inraw or self.cdata_elem:
            return 0
        end, is_off = 0, self.mdstate and self.mdstate[-1] == "off"
        while (tag := self._tag.match(self.rawdata, end or start)) and (tag[1] or tag[2]) not in self._apart:
            written = self.rawdata[tag.start() : tag.start(3)]
            self.handle_data(self.md.htmlStash.store(written) if is_off else written)
            if tag[1]:
                self.close_inline_tag(tag[1])
            else:
                self.lasttag = tag[2]
                self.open_inline_tag(tag[2])
            if tag[3]:
                self.handle_data(tag[3])
            end = tag.end()
        return end


class _Links(pages._RelativePathTreeprocessor):
    _plain: Final = re.compile(r"((?:\.\./)*[\w-][\w./-]*)(?:#([\w-]+))?", re.ASCII)

    def path_to_url(self, url: str) -> str:
        """What it does, for links to pages that there are; nearly all are."""
        link = self._plain.fullmatch(url)
        target = link and self.files.get_file_from_path(_joined(posixpath.dirname(self.file.src_uri), link[1]))
        if not link or not target or target.inclusion.is_excluded():  # type: ignore[no-untyped-call]
            return super().path_to_url(url)
        if link[2]:
            self.links_to_anchors.setdefault(target, {}).setdefault(link[2], url)
        address = get_relative_url(target.url, self.file.url)
        return f"{address}#{link[2]}" if link[2] else address


@functools.lru_cache(maxsize=1024)
def _joined(folder: str, path: str) -> str:
    return posixpath.normpath(posixpath.join(folder, path))


class _Inline(InlineProcessor):  # type: ignore[misc]
    """Python-Markdown looks in every piece of text for each of its patterns: a fifth of the time for all it does.

    Here a pattern that cannot match, for want of a sign that all its matches have, is passed over; and so are those
    that look up what the text refers to, where it defines nothing to refer to.
    """

    _signs: Final = {
        **{"backtick": "`", "escape": "\\", "linebreak": "  \n", "entity": "&", "em_strong": ("*", "_")},
        **{"reference": "[", "link": "[", "short_reference": "["},
        **{"image_link": "![", "image_reference": "![", "short_image_ref": "!["},
        **{"autolink": "://", "automail": "@", "html": "<"},
    }
    """One of Python-Markdown's own patterns has this sign or one of these two. Others are always tried, also those that
    an extension puts in their place."""

    def __init__(self, md: markdown.Markdown) -> None:
        super().__init__(md)
        plain = markdown.Markdown().inlinePatterns
        self._all: list[tuple[Pattern, str, str]] = []
        self._without_references: list[tuple[Pattern, str, str]] = []
        for item in self.inlinePatterns._priority:
            pattern = self.inlinePatterns[item.name]
            known = item.name in plain and _is_same(plain[item.name], pattern)
            signs = self._signs.get(item.name, "") if known else ""
            self._all.append((pattern, *signs) if isinstance(signs, tuple) else (pattern, signs, signs))
            if not (known and isinstance(pattern, ReferenceInlineProcessor)):
                self._without_references.append(self._all[-1])
        self._patterns = self._all

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        self._patterns = self._all if self.md.references else self._without_references
        return super().run(tree, ancestors)  # type: ignore[no-any-return]

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:
        """What `InlineProcessor.__handleInline` does."""
        if isinstance(data, AtomicString):
            return data  # type: ignore[no-any-return]
        start = 0
        while patternIndex < len(self._patterns):
            pattern, sign, other = self._patterns[patternIndex]
            matched = False
            if sign in data or other in data:
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
