"""Texts as safe Markdown: the inline subset of `content.markup`, and nothing else that they might seem to say.

Each character that could mean something to Markdown, HTML or a Markdown extension is written as a character reference,
which CommonMark takes for text, never for structure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from ..content.markup import blocks, has_marks, parts_of, unwrap

ALWAYS: Final = str.maketrans({char: f"&#{ord(char)};" for char in "&<>*_`[]{}\\|~#^$!"})
_special = re.compile(r"[&<>*_`\[\]{}\\|~#^$!]")
_at_start = re.compile(r"[-+:=?%;.,@/]|\d+(?=[.)])")


@dataclass(frozen=True)
class Target:
    """Where a reference leads: an address relative to the page, and the words to show for it."""

    href: str
    title: str
    mark: str = ""
    """What `glossary.settle` is to know of it, where it is a word of the glossary."""
    elsewhere: str = ""
    """Attributes that say which language the title is in, where that is another than the text's."""


Resolve = Callable[[str], Target]

Find = Callable[[str], Iterable[tuple[str, str]]]
"""Cuts plain text into pieces, each with what `glossary.settle` is to know of it: mostly nothing."""


def escape(text: str) -> str:
    """One line of `text` so that Markdown shows exactly it, also at the start of the line."""
    safe = text.translate(ALWAYS) if _special.search(text) else text
    start = _at_start.match(safe)
    if not start:
        return safe
    cut = start.end() if start[0][0].isdigit() else 0
    return f"{safe[:cut]}&#{ord(safe[cut])};{safe[cut + 1 :]}"


def literal(text: str) -> str:
    """A text that takes no marks, as Markdown on one line."""
    return escape(unwrap(text))


def address(url: str) -> str:
    """A web address as the target of a Markdown link; what could end it there is percent-encoded."""
    return quote(unwrap(url), safe=":/?#@!$&*+,;=%").replace("&", "&amp;")


def find_nothing(text: str) -> Iterator[tuple[str, str]]:
    """Finds nothing."""
    yield text, ""


def inline(text: str, resolve: Resolve, find: Find = find_nothing) -> str:
    """One paragraph as Markdown on one line."""
    return _inline(unwrap(text), resolve, find)


def _inline(text: str, resolve: Resolve, find: Find) -> str:
    shown = ""
    for part in parts_of(text) if has_marks(text) else (text,):
        if isinstance(part, str):
            for words, mark in find(part):
                safe = words.translate(ALWAYS) if shown else escape(words)
                shown += _with_mark(safe, mark)
        else:
            shown += _marked(part, resolve, find)
    return shown


def _with_mark(safe: str, mark: str) -> str:
    return f"\x01{mark}\x02{safe}\x03" if mark else safe


def _marked(match: re.Match[str], resolve: Resolve, find: Find) -> str:
    if match["code"]:
        return f"<code>{match['code'].translate(ALWAYS)}</code>"
    if match["strong"]:
        return f"<strong>{_inline(match['strong'], resolve, find)}</strong>"
    if match["url"]:
        return f"[{match['label'].translate(ALWAYS)}]({address(match['url'])})"
    target = resolve(match["reference"].strip())
    words = (match["words"] or target.title).translate(ALWAYS)
    if target.elsewhere and not match["words"]:
        words = f"<span {target.elsewhere}>{words}</span>"
    return _with_mark(words, target.mark) if target.mark else f"[{words}]({target.href})"


def prose(text: str, resolve: Resolve, find: Find = find_nothing) -> str:
    """Paragraphs and lists as Markdown blocks."""
    return "\n\n".join(
        "\n".join(f"{marker}{inline(words, resolve, find)}" for marker, words in block) for block in blocks(text)
    )
