"""Generated Markdown as HTML, by a native CommonMark engine.

An engine knows CommonMark and tables. What the templates use beyond that is done here: attribute lists
(`{ #id .class }` behind a heading or a link, or on a line of their own at the end of a paragraph or list item),
`markdown` in HTML tags, permalinks and the table of contents.
Texts of the handbook have no brace of their own (see `render.markdown`), so what looks like an attribute list is one.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import unquote

import pyromark

Engine = Callable[[str], str]
"""CommonMark with tables and HTML in it, to HTML."""


def pyromark_engine(text: str) -> str:
    """pulldown-cmark."""
    return pyromark.html(text, options=pyromark.Options.ENABLE_TABLES)


def cmarkgfm_engine(text: str) -> str:
    """The reference implementation in C; tests show that nothing rests on what is particular to the other one."""
    from cmarkgfm import cmark, markdown_to_html_with_extensions

    converted: str = markdown_to_html_with_extensions(
        text, options=cmark.Options.CMARK_OPT_UNSAFE, extensions=["table"]
    )
    return converted


class UnknownTargetError(ValueError):
    """Links lead to pages that are not there."""

    def __init__(self, links: list[str]) -> None:
        self.links = links
        super().__init__(f"no page at {', '.join(links)}")


@dataclass
class Rendered:
    """What MkDocs is to know of a page."""

    html: str
    toc: list[dict[str, Any]] = field(default_factory=list)
    """As `mkdocs.structure.toc.get_toc` takes it."""
    ids: set[str] = field(default_factory=set)
    links: dict[str, dict[str, str]] = field(default_factory=dict)
    """Path of a page, "" for this one, to the ids in it that are linked to, and the links as they were written."""


_LIST: Final = re.compile(
    r"\{ ((?:[.#][^\s{}]+|[\w-]+=(?:\"[^\"\n{}]*\"|[^\s\"{}]+))(?: (?:[^\s\"{}]|\"[^\"\n{}]*\")+)*) \}"
)
_PART: Final = re.compile(r"""[.#][^\s]+|[\w-]+="[^"]*"|[\w-]+=\S+""")
_CELL: Final = re.compile(r"(<(p|th|td)\b[^>\n]*) markdown>(.*?)(</\2>)", re.DOTALL)
_BLOCK: Final = re.compile(r"^( *<\w+(?: [^>\n]*)?) markdown>", re.MULTILINE)
_LIST_MARK: Final = r"\x02(\d+)\x03"
_TOKEN: Final = re.compile(
    rf"""
      (?P<block><(?:li|p)>)
    | <a[ ]href="(?P<href>[^"]*)">
    | (?P<link_end></a>)(?:{_LIST_MARK.replace("(", "(?P<link_list>", 1)})?
    | <h(?P<level>[1-6])>
    | [ ]*(?:{_LIST_MARK.replace("(", "(?P<heading_list>", 1)})?</h(?P<end>[1-6])>
    | \n{_LIST_MARK.replace("(", "(?P<block_list>", 1)}
    """,
    re.VERBOSE,
)
_PAGE: Final = re.compile(r"([^:?#]*\.md)?(?:#(.*))?\Z", re.DOTALL)
_ID: Final = re.compile(r"<[^>]*\sid=\"([^\"]+)\"")
_TAG: Final = re.compile(r"<[^>]*>")


def render(text: str, address: Callable[[str], str | None], engine: Engine = pyromark_engine) -> Rendered:
    """A page of Markdown as HTML; `address` gives the URL of another page by its path, None where there is none.

    Raises `UnknownTargetError` with all links to pages that are not there.
    """
    lists: list[str] = []

    def marked(match: re.Match[str]) -> str:
        lists.append(match[1])
        return f"\x02{len(lists) - 1}\x03"  # control characters are in no text

    text = _LIST.sub(marked, text)
    text = _CELL.sub(lambda cell: f"{cell[1]}>{_inline(cell[3], engine)}{cell[4]}", text)
    page = _Page(lists, address)
    page.read(engine(_BLOCK.sub(r"\1>", text)))
    if page.unknown:
        raise UnknownTargetError(page.unknown)
    page.rendered.html = "".join(page.pieces)
    page.rendered.ids.update(map(html.unescape, _ID.findall(page.rendered.html)))
    return page.rendered


def _inline(text: str, engine: Engine) -> str:
    return engine(text.strip()).strip().removeprefix("<p>").removesuffix("</p>")


class _Page:
    """Goes through the HTML of an engine once, and puts in what it does not know."""

    def __init__(self, lists: list[str], address: Callable[[str], str | None]) -> None:
        self.rendered = Rendered("")
        self.pieces: list[str] = []
        self.unknown: list[str] = []
        self._lists = lists
        self._address = address
        self._block = self._link = self._heading = -1
        """Where in `pieces` the last of each begins."""
        self._sections: list[tuple[int, list[dict[str, Any]]]] = [(0, self.rendered.toc)]
        """The open levels of the table of contents."""

    def read(self, found: str) -> None:
        end = 0
        for token in _TOKEN.finditer(found):
            self.pieces.append(found[end : token.start()])
            self._put(token)
            end = token.end()
        self.pieces.append(found[end:])

    def _put(self, token: re.Match[str]) -> None:
        if token["block"]:
            self._block = len(self.pieces)
            self.pieces.append(token["block"])
        elif token["block_list"]:
            self.pieces[self._block] = self._with_list(self.pieces[self._block], token["block_list"])
        elif token["href"] is not None:
            self._link = len(self.pieces)
            self.pieces.append(f'<a href="{self._target(token["href"])}">')
        elif token["link_end"]:
            if token["link_list"]:
                self.pieces[self._link] = self._with_list(self.pieces[self._link], token["link_list"])
            self.pieces.append("</a>")
        elif token["level"]:
            self._heading = len(self.pieces)
            self.pieces.append(f"<h{token['level']}>")
        else:
            self._end_heading(int(token["end"]), token["heading_list"])

    def _with_list(self, tag: str, number: str) -> str:
        """`tag` with the attributes of a list; classes first, as they are the commonest."""
        name, rest = re.match(r"<(\w+)(.*)>", tag).groups()  # type: ignore[union-attr]
        return f"<{name}{_attributes(self._lists[int(number)])}{rest}>"

    def _end_heading(self, level: int, number: str | None) -> None:
        words = "".join(self.pieces[self._heading + 1 :])
        opening = f"<h{level}{_attributes(self._lists[int(number)]) if number else ''}>"
        self.pieces[self._heading] = opening
        own = _ID.match(opening)
        anchor = own[1] if own else ""
        permalink = f'<a class="headerlink" href="#{anchor}" title="Permanent link">#</a>' if own else ""
        self.pieces.append(f"{permalink}</h{level}>")
        while self._sections[-1][0] >= level:
            self._sections.pop()
        name = html.escape(html.unescape(_TAG.sub("", words)).strip(), quote=False)
        entry: dict[str, Any] = {"level": level, "id": html.unescape(anchor), "name": name, "children": []}
        self._sections[-1][1].append(entry)
        self._sections.append((level, entry["children"]))

    def _target(self, href: str) -> str:
        """Where a link leads on the site."""
        page = _PAGE.match(href)
        if not page or not (page[1] or page[2]):
            return href
        path, anchor = page[1] or "", unquote(page[2] or "")
        if anchor:
            self.rendered.links.setdefault(path, {})[html.unescape(anchor)] = href
        place = f"#{anchor}" if anchor else ""
        if not path:
            return place
        url = self._address(unquote(path))
        if url is None:
            self.unknown.append(href)
        return f"{url}{place}"


def _attributes(written: str) -> str:
    """`.hb-cite data-x=1` as attributes of a tag."""
    classes: list[str] = []
    others: dict[str, str] = {}
    for part in _PART.findall(written):
        if part[0] == ".":
            classes.append(part[1:])
        elif part[0] == "#":
            others["id"] = part[1:]
        else:
            name, _, value = part.partition("=")
            others[name] = value.strip('"')
    own = {"class": " ".join(classes)} if classes else {}
    return "".join(f' {name}="{value}"' for name, value in (others | own).items())
