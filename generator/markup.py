"""The small inline subset that text fields take, and its translation to safe Markdown.

Bold (`**…**`), code (`` `…` ``), links (`[words](https://…)`) and references to entries (`[[id]]`,
`[[id|words]]`). In prose also paragraphs and lists (`- `, `1. `). Everything else is text and is shown as
it was typed: each character that could mean something to Markdown, HTML or a Markdown extension is
written as a character reference, which Python-Markdown passes on untouched.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

_token = re.compile(
    r"""
      `(?P<code>[^`]+)`
    | \[\[(?P<reference>[^\[\]|]+)(?:\|(?P<words>[^\[\]]+))?\]\]
    | \[(?P<label>[^\[\]]+)\]\((?P<url>[^()\s]+)\)
    | \*\*(?P<strong>.+?)\*\*
    """,
    re.VERBOSE,
)
_allowed_url = re.compile(r"""(?:https?://|mailto:)[^\s<>"'\\`()\[\]{}|]+\Z""")
_item = re.compile(r"(?P<marker>-|\d+\.)\s+(?P<text>.*)", re.DOTALL)

ALWAYS: Final = str.maketrans({char: f"&#{ord(char)};" for char in "&<>*_`[]{}\\|~#^$"})
_at_start = re.compile(r"[-+:=!?%;.,@/]|\d+(?=[.)])")


@dataclass(frozen=True)
class Target:
    """Where a reference leads: an address relative to the page, and the words to show for it."""

    href: str
    title: str


Resolve = Callable[[str], Target]


def escape(text: str) -> str:
    """`text` so that Markdown shows exactly it, also at the start of a line."""
    safe = text.translate(ALWAYS)
    start = _at_start.match(safe)
    if not start:
        return safe
    cut = start.end() if start[0][0].isdigit() else 0
    return f"{safe[:cut]}&#{ord(safe[cut])};{safe[cut + 1 :]}"


def unwrap(text: str) -> str:
    """`text` on one line. A line break between two Chinese characters leaves no space behind."""
    joined = ""
    for line in filter(None, (line.strip() for line in text.split("\n"))):
        joined += (" " if joined and not _runs_on(joined[-1], line[0]) else "") + line
    return joined


def _runs_on(before: str, after: str) -> bool:
    """Whether two lines join without a space: at least one side is Chinese, the other Chinese or a mark."""
    wide = [unicodedata.east_asian_width(char) in "WF" for char in (before, after)]
    return all(wide) or (any(wide) and bool({before, after} & set("“”‘’…—")))


def inline(text: str, resolve: Resolve) -> str:
    """One paragraph as Markdown on one line."""
    return _inline(unwrap(text), resolve)


def _inline(text: str, resolve: Resolve) -> str:
    parts: list[str] = []
    end = 0
    for match in _token.finditer(text):
        if match["url"] and not _allowed_url.match(match["url"]):
            continue
        parts.append(_literal(text[end : match.start()], at_start=not parts))
        parts.append(_marked(match, resolve))
        end = match.end()
    parts.append(_literal(text[end:], at_start=not parts))
    return "".join(parts)


def _literal(text: str, *, at_start: bool) -> str:
    return escape(text) if at_start else text.translate(ALWAYS)


def _marked(match: re.Match[str], resolve: Resolve) -> str:
    if match["code"]:
        return f"<code>{match['code'].translate(ALWAYS)}</code>"
    if match["strong"]:
        return f"<strong>{_inline(match['strong'], resolve)}</strong>"
    if match["url"]:
        return f"[{match['label'].translate(ALWAYS)}]({match['url']})"
    target = resolve(match["reference"].strip())
    words = match["words"] or target.title
    return f"[{words.translate(ALWAYS)}]({target.href})"


def prose(text: str, resolve: Resolve) -> str:
    """Paragraphs and lists as Markdown blocks."""
    return "\n\n".join(_block(block, resolve) for block in re.split(r"\n\s*\n", text.strip()))


def _block(block: str, resolve: Resolve) -> str:
    items: list[str] = []
    for line in block.split("\n"):
        if _item.match(line.strip()) or not items:
            items.append(line.strip())
        else:
            items[-1] += "\n" + line
    matches = [_item.match(item) for item in items]
    if not all(matches):
        return inline(block, resolve)
    return "\n".join(f"{match['marker']} {inline(match['text'], resolve)}" for match in matches if match)


def plain(text: str, title_of: Callable[[str], str]) -> str:
    """One paragraph without any marks, for titles and descriptions."""

    def words(match: re.Match[str]) -> str:
        if match["reference"]:
            return match["words"] or title_of(match["reference"].strip())
        return plain(match["code"] or match["label"] or match["strong"], title_of)

    return _token.sub(words, unwrap(text))


def references(text: str) -> Iterator[str]:
    """Ids of the entries that `text` refers to."""
    for match in _token.finditer(text):
        if match["reference"]:
            yield match["reference"].strip()
        elif match["strong"]:
            yield from references(match["strong"])


def complaints(text: str) -> Iterator[tuple[str, str, str]]:
    """(expected, found, hint) of marks that will not do what their author meant."""
    for match in _token.finditer(text):
        if match["url"] and not _allowed_url.match(match["url"]):
            yield "a link to http, https or mailto", f"`{match['url']}`", "use [[id]] for an entry"
