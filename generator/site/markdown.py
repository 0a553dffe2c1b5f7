"""Generated Markdown to HTML, with whichever CommonMark engine does the parsing.

An engine knows CommonMark with tables and raw HTML. What the templates use besides is done here, alike for every
engine: attribute lists in braces, `markdown` on HTML elements, a permalink at each heading, links to pages.

Before the engine, each attribute list becomes a placeholder: a tag with a number. After it, one pass over the tags of
the HTML gives each list to its element. No text of an author takes part in that: `render.markdown` writes braces and
angle brackets as character references, and what no element claims goes back as it was written.
"""

from __future__ import annotations

import functools
import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypedDict
from urllib.parse import unquote

import pyromark


class Engine(Protocol):
    """CommonMark with tables and raw HTML, to HTML."""

    def __call__(self, text: str) -> str: ...


def pyromark_engine(text: str) -> str:
    """pulldown-cmark, the default."""
    return pyromark.html(text, options=pyromark.Options.ENABLE_TABLES)


def cmarkgfm_engine(text: str) -> str:
    """GitHub's cmark. Only tests use it: it shows that nothing here depends on one engine."""
    import cmarkgfm

    unsafe = cmarkgfm.Options.CMARK_OPT_UNSAFE  # lets raw HTML through, as CommonMark has it
    return str(cmarkgfm.markdown_to_html_with_extensions(text, options=unsafe, extensions=["table"]))


class TocToken(TypedDict):
    """A heading in the table of contents, in the form that `mkdocs.structure.toc.get_toc` takes."""

    level: int
    id: str
    name: str
    children: list[TocToken]


@dataclass(frozen=True)
class Rendered:
    """A page as HTML, and what MkDocs wants to know of it. Names are without tags, and otherwise HTML."""

    html: str
    toc: list[TocToken]
    title: str | None
    """The first heading, if its level is 1."""
    ids: set[str]
    spoken: dict[str, str]
    """The id of a heading to its name as HTML that says which languages it is in, where it says so."""
    links: dict[str, dict[str, str]]
    """Path as written ("" for the page itself) to the anchors there that are linked to, each with a link as written."""


class UnknownTargetError(ValueError):
    """Some links of a page lead to pages that do not exist."""

    def __init__(self, links: list[str]) -> None:
        super().__init__(f"links to pages that do not exist: {', '.join(links)}")
        self.links = links


_INLINE = re.compile(r"(<(p|td|th)\b[^<>\n]* markdown>)((?:(?!</?\2\b).)*)(</\2>)")
"""`<td markdown>Markdown on one line</td>`. Blank lines around it make it a paragraph between two pieces of HTML."""
_INLINE_RENDERED = re.compile(r"(<(p|td|th)\b[^<>\n]*) markdown>\n<p>(.*)</p>\n(?=</\2>)")
"""The same as it comes from the engine."""
_TAG_OR_LIST = re.compile(r"(<[^<>]*>)|\{ ([^{}<>\n]+) \}")
"""`{ #id .class key=value key="value" }`. Tags are matched too, so that nobody looks for lists in their attributes."""
_ATTRIBUTE = re.compile(r"""(?:([#.])|([\w-]+)=)("[^"]*"|[^\s"]+)""")
"""One of such a list. No value has a quotation mark or an angle bracket in it, so it can go into a tag as it is."""
_TAG = re.compile(r"<(?:attributes-(\d+)|(a|li|p|h[1-6])(?:\s[^<>]*)?|/h([1-6]))>")
"""A placeholder, the start of an element that may have an attribute list, or the end of a heading."""
_END_OF_TEXT = re.compile(r"</(?:p|li)>|\n<[uo]l\b")
"""What follows on an attribute list in the last line of a paragraph or of an item's own text."""
_ANY_TAG = re.compile(r"<[^<>]*>")
_SPAN = re.compile(r"<(?:(/?span)\b([^<>]*)|[^<>]*)>")
_LANGUAGE = re.compile(r' (?:lang|dir)="[^"]*"')
_NOTHING = re.compile(r"<span[^<>]*></span>")
"""What is left of a mark that the style sheet shows."""
_ID = re.compile(r'<[^<>]* id="([^"<>]+)"')
_HREF = re.compile(r' href="([^"]*)"')
_LINK = re.compile(r"(?!/)([^#?:]*\.md)?(?:#(.+))?")
"""A relative link to a page, to a place in one, or to a place in this page."""


def render(
    text: str, address: Callable[[str], str | None], engine: Engine = pyromark_engine, permalink: str = "#"
) -> Rendered:
    """HTML of a generated page. `address` gives the URL for the path of a page as written, None if there is no page."""
    lists: list[str] = []

    def placeholder(match: re.Match[str]) -> str:
        if match[1]:
            return match[1]
        lists.append(match[2])
        return f"<attributes-{len(lists) - 1}>"

    text = _INLINE.sub(lambda match: f"{match[1]}\n\n{match[3].strip(' ')}\n\n{match[4]}", text)
    made = engine(_TAG_OR_LIST.sub(placeholder, text))
    # The templates put blank lines around what is in a block, so there `markdown` has nothing more to say.
    made = _INLINE_RENDERED.sub(r"\1>\3", made).replace(" markdown>", ">")
    return _Page(address, html.escape(permalink)).rendered(made, lists)


class _Page:
    """One pass over what an engine made."""

    def __init__(self, address: Callable[[str], str | None], permalink: str) -> None:
        self._address, self._permalink = address, permalink
        self._parts: list[str] = []
        self._links: dict[str, dict[str, str]] = {}
        self._unknown: list[str] = []
        self._spoken: dict[str, str] = {}
        self._toc: list[TocToken] = []
        self._above: list[tuple[int, list[TocToken]]] = [(0, self._toc)]

    def rendered(self, made: str, lists: list[str]) -> Rendered:
        """The finished page. `lists` are the attribute lists that the placeholders stand for."""
        parts = self._parts
        end = link = block = heading = 0  # the last three are where in `parts` the tag is; 0 if there was none
        for tag in _TAG.finditer(made):
            before, end = made[end : tag.start()], tag.end()
            number, name, level = tag.groups()
            parts.append(before)
            if number:
                if before.endswith("</a>"):
                    owner = link
                elif made.startswith("</h", end):
                    owner = heading
                else:
                    owner = block if before.endswith("\n") and _END_OF_TEXT.match(made, end) else 0
                if owner:
                    parts[-1] = before.rstrip(" \n")
                    parts[owner] = f"{parts[owner][:-1]}{_attributes(lists[int(number)])}>"
                else:  # a text in raw HTML
                    parts.append(f"{{ {lists[int(number)]} }}")
                continue
            if level:
                if heading:
                    self._end_heading(heading, int(level))
                heading = 0
            elif name == "a":
                link = len(parts)
            elif name[0] == "h":
                heading = len(parts)
            else:
                block = len(parts)
            parts.append(_HREF.sub(self._resolved, tag[0]) if name == "a" else tag[0])
        if self._unknown:
            raise UnknownTargetError(self._unknown)
        whole = "".join((*parts, made[end:]))
        title = self._toc[0]["name"] if self._toc and self._toc[0]["level"] == 1 else None
        ids = set(map(html.unescape, _ID.findall(whole)))
        return Rendered(whole, self._toc, title, ids, self._spoken, self._links)

    def _end_heading(self, start: int, level: int) -> None:
        """Permalink and entry in the table of contents for the heading whose tag is at `start`."""
        words = "".join(self._parts[start + 1 :])
        name = " ".join(html.unescape(_ANY_TAG.sub("", words)).split())
        found = _ID.match(self._parts[start])
        if not found:
            raise ValueError(f"a heading without an id, which nothing can link to: {name}")
        link = f'<a class="headerlink" href="#{found[1]}" title="Permanent link">{self._permalink}</a>'
        self._parts.append(link)
        while self._above[-1][0] >= level:
            self._above.pop()
        if " lang=" in words:
            self._spoken[html.unescape(found[1])] = _spoken(words)
        token = TocToken(level=level, id=html.unescape(found[1]), name=html.escape(name, quote=False), children=[])
        self._above[-1][1].append(token)
        self._above.append((level, token["children"]))

    def _resolved(self, match: re.Match[str]) -> str:
        """The `href` of a link to a page or to a place in this one, without the percent-encoding of the engine."""
        written = unquote(html.unescape(match[1]))
        link = _LINK.fullmatch(written)
        if not written or not link:
            return match[0]
        path, anchor = link[1] or "", link[2]
        url = self._address(path) if path else ""
        if url is None:
            self._unknown.append(written)
            return match[0]
        if anchor:
            self._links.setdefault(path, {}).setdefault(anchor, written)
        return f' href="{html.escape(f"{url}#{anchor}" if anchor else url)}"'


def _spoken(words: str) -> str:
    """`words` without tags, but for the languages that they say."""
    says: list[bool] = []

    def tag(match: re.Match[str]) -> str:
        if not match[1]:
            return ""
        if match[1] == "/span":
            return "</span>" if says.pop() else ""
        attributes = "".join(_LANGUAGE.findall(match[2]))
        says.append(bool(attributes))
        return f"<span{attributes}>" if attributes else ""

    return " ".join(_NOTHING.sub("", _SPAN.sub(tag, words)).split())


@functools.lru_cache(maxsize=256)  # few are written again and again
def _attributes(written: str) -> str:
    """An attribute list as it stands in a tag."""
    values: dict[str, str] = {}
    for sign, name, value in _ATTRIBUTE.findall(written):
        key = {"#": "id", ".": "class"}.get(sign, name)
        value = value.strip('"')
        values[key] = f"{values[key]} {value}" if sign == "." and key in values else value
    return "".join(f' {key}="{value}"' for key, value in values.items())
