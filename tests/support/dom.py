"""What a finished page is to its reader, as text: one node to a line, so that two builds can be compared.

`python -m tests.support.dom OLD NEW` compares two built sites: every page, the sitemap, and what each edition's search
looks through. It knows nothing of how they were built.

Not told apart are: the order of attributes, `hidden` and `hidden=""`, how a character is escaped, the hash in the name
of an asset, and white space that no browser shows. Which elements stand in a line and which break it is HTML's default,
but that the frame around the text is laid out in boxes (`_BOXES`); in `pre` and `textarea` all white space counts. What
the assets hold is not compared, only whether they are there.
"""

from __future__ import annotations

import argparse
import difflib
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Final, NamedTuple

from .index import loaded

_VOID: Final = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
_INLINE: Final = frozenset(
    ("a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "i", "ins", "kbd", "label", "mark")
) | frozenset(
    ("output", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr")
)
_WHOLE: Final = frozenset(
    ("audio", "button", "iframe", "img", "input", "meter", "object", "progress", "select", "svg", "textarea", "video")
)
"""They stand in a line as a letter does, whatever is in them."""
_RAW: Final = frozenset(("script", "style"))
_KEEPING: Final = frozenset(("pre", "textarea"))
_FOREIGN: Final = frozenset(("math", "svg"))
_BOXES: Final = frozenset(
    ("hb-foot__inner", "hb-languages", "hb-search-button", "hb-search__form", "md-footer__inner", "md-header__inner")
) | frozenset(("md-header__title", "md-nav__link", "md-path__link", "md-path__list", "md-tabs__link", "md-tabs__list"))
"""Their children are laid out side by side (`display: flex`): there is never a space between them."""

_space = re.compile(r"[ \t\n\f\r]+")
_hash = re.compile(r"(assets/[^\"'\s]+?)\.[0-9a-f]{8}((?:\.min)?\.\w+)")
_escaped: Final = str.maketrans(
    {"\\": "\\\\", "\n": "\\n", "\r": "\\r"}
    | {sign: f"\\u{ord(sign):04x}" for sign in "\x85\xa0\xad\u200b\u200c\u200d\u2028\u2029\u2060\ufeff"}
)
"""Signs that would end a line, or that nobody would see in a diff."""


class _Open(NamedTuple):
    """An element that has begun."""

    tag: str
    breaks: bool
    """Whether the line ends before and behind it, so that no space is seen there."""
    whole: bool
    boxes: bool
    keeps: bool
    """Whether all white space in it is seen."""
    foreign: bool


_ROOT: Final = _Open("", breaks=True, whole=False, boxes=False, keeps=False, foreign=False)


class _Reader(HTMLParser):
    """Writes the nodes of a page into `lines`."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self._open = [_ROOT]
        self._raw: list[str] = []
        self._spaced = True
        """Whether a space here would not be seen: a line begins, or there was one already."""
        self._trailing: int | None = None
        """The line with a space at its end that is seen only if more follows."""

    def _node(self, text: str) -> None:
        self.lines.append(" " * (len(self._open) - 1) + text)

    def _break(self) -> None:
        if self._trailing is not None:
            line = self.lines[self._trailing][:-2]
            if line.endswith('"') and not line.strip(' "'):
                del self.lines[self._trailing]
            else:
                self.lines[self._trailing] = line + '"'
        self._spaced, self._trailing = True, None

    def _follows(self) -> None:
        self._spaced, self._trailing = False, None

    def _script(self) -> None:
        text = "".join(self._raw).strip()
        self._raw.clear()
        if text:
            self._node(_quoted(text))

    def end(self) -> None:
        """The page ends here, whatever is still open."""
        self._script()
        self._break()

    def handle_decl(self, decl: str) -> None:
        self._node(f"<!{decl.lower()}>")

    def handle_comment(self, data: str) -> None:
        self._node(f"<!--{data.translate(_escaped)}-->")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        parent = self._open[-1]
        values = dict(reversed(attrs))  # of two of one name the first counts
        classes = (values.get("class") or "").split()
        boxes = not _BOXES.isdisjoint(classes)
        whole = tag in _WHOLE
        breaks = boxes or parent.boxes or not (whole or tag in _INLINE or tag in _RAW)
        if breaks:
            self._break()
        elif whole:
            self._follows()
        written = [tag]
        for name in sorted(values):
            value = " ".join(classes) if name == "class" else values[name]
            if value and "assets/" in value:
                value = _hash.sub(r"\1.HASH\2", value)
            written.append(f'{name}="{value.translate(_escaped)}"' if value else name)
        self._node(f"<{' '.join(written)}>")
        if tag in _VOID and not parent.foreign:
            if breaks:
                self._break()
            return
        if whole:
            self._spaced = True
        keeps = parent.keeps or tag in _KEEPING
        self._open.append(_Open(tag, breaks, whole, boxes, keeps, parent.foreign or tag in _FOREIGN))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if self._open[-1].foreign:  # elsewhere HTML pays no heed to the slash
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID and not self._open[-1].foreign:
            return
        self._script()
        if self._open[-1].tag != tag:  # a mistake: shown as one
            self._node(f"</{tag}>")
            if all(element.tag != tag for element in self._open):
                return
        while True:
            element = self._open.pop()
            if element.breaks or element.whole:
                self._break()
            if element.whole and not element.breaks:
                self._follows()
            if element.tag == tag:
                return

    def handle_data(self, data: str) -> None:
        element = self._open[-1]
        if element.tag in _RAW:
            self._raw.append(data)
            return
        if element.keeps:
            self._node(_quoted(data))
            self._follows()
            return
        text = _space.sub(" ", data)
        if self._spaced and text.startswith(" "):
            text = text[1:]
        if not text:
            return
        self._node(_quoted(text))
        self._spaced = text.endswith(" ")
        self._trailing = len(self.lines) - 1 if self._spaced else None


def _quoted(text: str) -> str:
    return f'"{text.translate(_escaped)}"'


def normalised(html: str) -> str:
    """The nodes of a page, one a line, indented by their depth."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end()
    return "\n".join(reader.lines) + "\n"


def search_lines(script: str) -> str:
    """What a search looks through, as its script has it: each page with its weight, its sections, then the rest."""
    try:
        pages, *rest = loaded(script)
        lines = [line for *facts, sections in pages for line in (_json(facts), *(f" {_json(one)}" for one in sections))]
    except (ValueError, TypeError):  # no index, or one of another form: as it is
        return script
    return "\n".join((*lines, *map(_json, rest), ""))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _text(file: Path) -> str:
    """What is compared of a file."""
    text = file.read_text(encoding="utf-8")
    return normalised(text) if file.suffix == ".html" else search_lines(text) if file.suffix == ".js" else text


def _files(site: Path) -> tuple[dict[str, Path], str]:
    """What is compared of a site, and the names of all its other files."""
    files = {path.relative_to(site).as_posix(): path for path in sorted(site.rglob("*")) if path.is_file()}
    read = {name for name in files if name.endswith((".html", "/search/index.js")) or name == "sitemap.xml"}
    if not read:
        raise FileNotFoundError(f"there is no site in {site}")
    others = [_hash.sub(r"\1.HASH\2", name) for name in files if name not in read]
    return {name: path for name, path in files.items() if name in read}, "".join(f"{name}\n" for name in sorted(others))


OTHERS: Final = "other-files"
"""Stands among the pages for the names of the files that are not compared."""


def texts(site: Path) -> dict[str, str]:
    """Each page of a site, its sitemap and what its searches look through, as they are compared."""
    files, others = _files(site)
    return {name: _text(path) for name, path in files.items()} | {OTHERS: others}


def compared(old: dict[str, str], new: dict[str, str]) -> dict[str, list[str]]:
    """A unified diff of each text that is not the same."""
    found = {}
    for name in sorted(old.keys() | new.keys()):
        if name not in new:
            found[name] = ["- it is missing"]
        elif name not in old:
            found[name] = ["+ it is new"]
        elif old[name] != new[name]:
            lines = difflib.unified_diff(old[name].split("\n"), new[name].split("\n"), "old", "new", lineterm="")
            found[name] = list(lines)[2:]
    return found


def differences(old: Path, new: Path) -> dict[str, list[str]]:
    """A unified diff of each page (and sitemap, and search) that is not the same in two sites."""
    (before, old_others), (after, new_others) = _files(old), _files(new)
    same = {n for n in before.keys() & after.keys() if before[n].read_bytes() == after[n].read_bytes()}
    return compared(
        {name: _text(path) for name, path in before.items() if name not in same} | {OTHERS: old_others},
        {name: _text(path) for name, path in after.items() if name not in same} | {OTHERS: new_others},
    )


def told(found: dict[str, list[str]], show: int, lines: int | None = None) -> Iterator[str]:
    """The differences in words: the first `show` of them, each once however many pages have it."""
    pages = defaultdict(list)
    for name, diff in found.items():
        pages[tuple(line for line in diff if line[0] in "+-")].append(name)
    for names in list(pages.values())[:show]:
        more = f" and {len(names) - 3} more" if len(names) > 3 else ""
        yield f"== {', '.join(names[:3])}{more}"
        diff = found[names[0]]
        yield from diff[:lines]
        if lines is not None and len(diff) > lines:
            yield f"… {len(diff) - lines} more lines"
    if len(pages) > show:
        yield f"… {len(pages) - show} more that differ in other ways"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.support.dom", description="Compare two built sites.")
    parser.add_argument("old", type=Path)
    parser.add_argument("new", type=Path)
    parser.add_argument("--show", type=int, default=5, metavar="N", help="how many kinds of difference (default: 5)")
    arguments = parser.parse_args()
    found = differences(arguments.old, arguments.new)
    for line in told(found, arguments.show):
        print(line)
    print(f"{len(_files(arguments.new)[0])} compared, {len(found)} different")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
