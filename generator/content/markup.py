"""The small inline subset that text fields take, read into parts.

Bold (`**…**`), code (`` `…` ``), links (`[words](https://…)`) and references to entries (`[[id]]`,
`[[id|words]]`). In prose also paragraphs and lists (`- `, `1. `). Everything else is text. Line breaks are spaces,
white space at the ends is dropped, and so are control characters, which show nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator

_token = re.compile(
    r"""
      `(?P<code>[^`]+)`
    | \[\[(?P<reference>[^\[\]|]+)(?:\|(?P<words>[^\[\]]+))?\]\]
    | \[(?P<label>[^\[\]]+)\]\((?P<url>[^()\s]+)\)
    | \*\*(?P<strong>.+?)\*\*
    """,
    re.VERBOSE,
)
_mark = re.compile(r"[`\[]|\*\*")
"""What a token begins with."""
_allowed_url = re.compile(r"""(?:https?://|mailto:)[^\s<>"'\\`()\[\]{}|]+\Z""")
_bullet = re.compile(r"(?P<marker>-)\s+(?P<text>.+)")
_number = re.compile(r"(?P<marker>[0-9]{1,9}\.)\s+(?P<text>.+)")
_several = re.compile(r"\n\s*\n|\A\s*(?:-|[0-9]{1,9}\.)\s")
"""What a text has that is more than one paragraph."""

_laid_out = re.compile(r"^[ \t]*(?:[-*+•] +\S.*|\|.*\|[ \t]*|#{1,6} +\S.*)$", re.MULTILINE)
"""A line of a list, of a table, or a heading."""
_numbered = re.compile(r"^[ \t]*[0-9]{1,3}[.)、）] *\S.*$", re.MULTILINE)
_gap = re.compile(r"\n[ \t]*\n")

# The reader lets no such character in; this is for the day when something else does: Python-Markdown marks places
# of its own with two of them, and some end a line for one library and not for another.
_no_text = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_line_break = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")


def unwrap(text: str) -> str:
    """`text` on one line. A line break between two Chinese characters leaves no space behind."""
    if text.isprintable():
        return text.strip()
    joined = ""
    for line in filter(None, (line.strip() for line in _clean(text).split("\n"))):
        joined += (" " if joined and not _runs_on(joined[-1], line[0]) else "") + line
    return joined


def _clean(text: str) -> str:
    if text.replace("\n", "").isprintable():  # nearly all are
        return text
    return _line_break.sub("\n", _no_text.sub("", text))


def _runs_on(before: str, after: str) -> bool:
    """Whether two lines join without a space: at least one side is Chinese, the other Chinese or a mark."""
    if before.isascii() and after.isascii():
        return False
    wide = [unicodedata.east_asian_width(char) in "WF" for char in (before, after)]
    return all(wide) or (any(wide) and bool({before, after} & set("“”‘’…—")))


def has_marks(text: str) -> bool:
    """Whether anything in `text` may be no text: if not it is the same on every page."""
    return bool(_mark.search(text))


def parts_of(text: str) -> Iterator[str | re.Match[str]]:
    """`text` cut at its marks: a string (perhaps empty), then a mark and a string in turn."""
    end = 0
    for match in _token.finditer(text):
        if match["url"] and not _allowed_url.match(match["url"]):
            continue
        yield text[end : match.start()]
        yield match
        end = match.end()
    yield text[end:]


def blocks(text: str) -> Iterator[list[tuple[str, str]]]:
    """The paragraphs and lists of `text`: (marker, words) of each item, a paragraph being one without a marker."""
    for block in re.split(r"\n\s*\n", _clean(text).strip()):
        items: list[tuple[str, str]] = []
        lines = [line.strip() for line in block.split("\n")]
        form = next((form for form in (_bullet, _number) if form.match(lines[0])), None)
        for line in lines:
            if form and (match := form.match(line)):
                items.append((f"{match['marker']} ", match["text"]))
            elif items:
                marker, words = items[-1]
                items[-1] = marker, f"{words}\n{line}"
            else:
                items.append(("", line))
        yield items


def laid_out(text: str) -> list[str]:
    """The lines of `text` that mean something where lines are kept: in a list, a table or a heading.

    A number at the start of a line may stand there by chance; two are a list.
    """
    numbered = _numbered.findall(text)
    return [line.strip() for line in (*_laid_out.findall(text), *(numbered if len(numbered) > 1 else ()))]


def joined(written: str) -> str:
    """The first line of `written` that is laid out, and that YAML joins to another one; nothing where there is none."""
    lines, marked = [line.strip() for line in written.split("\n")], laid_out(written)
    for before, line, after in zip(["", *lines], lines, [*lines[1:], ""], strict=False):
        if line in marked and (before or (after and line.startswith(("#", "|")))):
            return line
    return ""


def has_paragraphs(text: str) -> bool:
    """Whether `text` has more than one."""
    return bool(_gap.search(text.strip()))


def plain(text: str, title_of: Callable[[str], str]) -> str:
    """One paragraph without any marks, for titles and descriptions."""
    return _plain(unwrap(text), title_of)


def _plain(text: str, title_of: Callable[[str], str]) -> str:
    if not has_marks(text):
        return text

    def words(match: re.Match[str]) -> str:
        if match["reference"]:
            return match["words"] or title_of(match["reference"].strip())
        if match["strong"]:
            return _plain(match["strong"], title_of)
        return match["code"] or match["label"]

    return "".join(part if isinstance(part, str) else words(part) for part in parts_of(text))


def references(text: str) -> Iterator[str]:
    """Ids of the entries that `text` refers to, whether it is shown as one paragraph or as prose."""
    for line in _lines(text):
        yield from _references(line)


def _references(line: str) -> Iterator[str]:
    for match in _token.finditer(line):
        if match["reference"]:
            yield match["reference"].strip()
        elif match["strong"]:
            yield from _references(match["strong"])


def without_references(text: str, gone: Collection[str]) -> str:
    """`text` with its references to what is `gone` as words, or where they have none as the id."""

    def kept(match: re.Match[str]) -> str:
        if match["strong"]:
            return f"**{without_references(match['strong'], gone)}**"
        if match["reference"] and match["reference"].strip() in gone:
            return match["words"] or f"`{match['reference'].strip()}`"
        return match[0]

    return _token.sub(kept, text)


def bad_links(text: str) -> Iterator[str]:
    """Addresses of links that are shown as text, because they lead to no scheme that is allowed."""
    for line in _lines(text):
        for match in _token.finditer(line):
            if match["url"] and not _allowed_url.match(match["url"]):
                yield match["url"]


def _lines(text: str) -> Iterator[str]:
    """Every line that `inline` or `prose` may make of `text`: a mark never goes on past the end of one."""
    whole = unwrap(text)
    if not _several.search(_clean(text)):
        return iter([whole])
    pieces = (unwrap(words) for block in blocks(text) for _, words in block)
    return iter(dict.fromkeys([whole, *pieces]))
