"""The plain part of YAML that nearly every entry is written in, read at once and a line at a time.

Mappings and lists in blocks, texts on one line or behind `|`, quotation marks without escapes, short lists in
brackets: what is written so has one meaning, and `data` gives it as the parser would, thirty times as fast. Whatever
else there is, slips and mistakes included, is left to the parser, which has words for them.
"""

from __future__ import annotations

import re
from typing import Any, Final

MAX_TEXT: Final = 60_000
"""Characters of one text; how many there may be is for the parser to say."""
MAX_PARTS: Final = 19_000
"""Line ends, commas and colons: no file has more keys and values than these."""
MAX_DEPTH: Final = 16
"""Collections that are open at once."""

_KEY = r"[A-Za-z][A-Za-z0-9_.-]{0,80}"
_LINE = re.compile(rf"( *)(- +)?(?:({_KEY}):(?: +(.*))?|([^ ].*)?)")
_QUOTED = re.compile(r'"([^"\\]*)"|\'([^\']*)\'')
# A text without quotation marks: what begins it and what ends it is no mark, and nothing in it ends a key or begins
# a comment. The word before a colon that ought to be a key is a slip, and those are for the parser.
_PLAIN = re.compile(r"[^-?:,\[\]{}#&*!|>'\"%@` \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000].*")
_MARKED = re.compile(r":(?: |\Z)| #")
_SLIP = re.compile(r"[a-z][a-z_-]*\s*[:：]")
_WORD = r'(?:\w(?:[\w.:-]*\w)?|"[^"\\ ]*")'
_LIST = re.compile(rf"\[ *(?:{_WORD}(?: *, *{_WORD})* *)?\]")
_WORDS = re.compile(_WORD)
_VALUE = r"""(?:"[^"\\]*"|[^-\s\[\]{},:#"'&*!|>%@`?=<][^\[\]{},:#"'&*!|>%@`?\t]*)"""
_PAIR = rf"{_KEY}: +{_VALUE}"
_PAIRS = re.compile(rf"\{{ *{_PAIR}(?:, +{_PAIR})* *\}}")
_PAIR_PARTS = re.compile(rf"({_KEY}): +({_VALUE})")


class _OddError(Exception):
    """Something that is not plain."""


def data(text: str) -> dict[str, Any] | list[Any] | None:
    """What YAML `text` says, or None where it is not all plain. The caller has refused what no text may hold."""
    text = text.replace("\r\n", "\n")
    if "\t" in text or not text.endswith("\n"):
        return None
    if text.count("\n") + text.count(",") + text.count(":") > MAX_PARTS:
        return None
    try:
        return _document(text.split("\n"))
    except _OddError:
        return None


def _document(lines: list[str]) -> dict[str, Any] | list[Any] | None:
    """Goes through the lines once. `open_at` has the collections that are not finished, each with its column."""
    root: list[Any] = []
    open_at: list[tuple[int, Any]] = []
    waiting: tuple[dict[str, Any], str, int] | None = None  # a key whose value has not come yet, and its column
    match, number, last = _LINE.fullmatch, 0, len(lines) - 1
    while number < last:
        line = lines[number]
        number += 1
        found = match(line)
        if not found:
            raise _OddError
        spaces, dash, key, value, other = found.groups()
        if dash is None and key is None and (other is None or other[0] == "#"):
            continue  # an empty line, or a comment
        column = len(spaces)
        if waiting and (column > waiting[2] or (dash and column == waiting[2])):
            if not dash and key is None:
                raise _OddError  # a text below its key
            inner: Any = [] if dash else {}
            waiting[0][waiting[1]] = inner
            open_at.append((column, inner))
            if len(open_at) > MAX_DEPTH:
                raise _OddError
        elif not open_at:
            if root or column or not (dash or key):
                raise _OddError
            root.append([] if dash else {})
            open_at.append((0, root[0]))
        waiting = None
        while open_at[-1][0] > column:
            open_at.pop()
        if not dash and type(open_at[-1][1]) is list:
            open_at.pop()  # a list may stand below its key without being indented
            if not open_at:
                raise _OddError
        at, holder = open_at[-1]
        if at != column or (type(holder) is list) != bool(dash):
            raise _OddError
        if dash:
            column += len(dash)
            if key is None:
                if other is None or _SLIP.match(other):
                    raise _OddError
                holder.append(_value(other))
                continue
            inner = {}
            holder.append(inner)
            holder = inner
            open_at.append((column, inner))
        elif key is None:
            raise _OddError
        if key in holder:
            raise _OddError
        value = value.rstrip(" ") if value else ""
        if value == "|" or value == "|-":
            block, number = _block(lines, number, column)
            holder[key] = block if value == "|" else block[:-1]
        elif value:
            while value[0] == "[" and "]" not in value and number < last:
                value = f"{value} {lines[number].strip(' ')}"
                number += 1
            holder[key] = _value(value)
        else:
            holder[key] = ""
            waiting = holder, key, column
    return root[0] if root else None


def _block(lines: list[str], number: int, column: int) -> tuple[str, int]:
    """The text behind a `|` at `column`, and the number of the line behind it."""
    start, last = number, len(lines) - 1
    first = lines[number]
    indent = len(first) - len(first.lstrip(" "))
    if indent <= column or indent == len(first):
        raise _OddError
    margin = first[:indent]
    texts: list[str] = []
    while number < last:
        line = lines[number]
        if line.startswith(margin):
            text = line[indent:]
            if not text.strip(" "):
                raise _OddError  # spaces that may mean something
            texts.append(text)
        elif line.strip(" "):
            break
        else:
            texts.append("")
        number += 1
    while not texts[-1]:
        texts.pop()
    block = "\n".join(texts) + "\n"
    if len(block) > MAX_TEXT or number == start:
        raise _OddError
    return block, number


def _value(written: str) -> Any:
    """A value on one line."""
    written = written.rstrip(" ")
    if len(written) > MAX_TEXT:
        raise _OddError
    first = written[0]
    if first == "[":
        if _LIST.fullmatch(written):
            return [_unquoted(word) for word in _WORDS.findall(written)]
    elif first == "{":
        if _PAIRS.fullmatch(written):
            pairs = [(key, _unquoted(value.rstrip(" "))) for key, value in _PAIR_PARTS.findall(written)]
            inner = dict(pairs)
            if len(inner) == len(pairs):
                return inner
    elif first in "\"'":
        if quoted := _QUOTED.fullmatch(written):
            return quoted[1] if quoted[1] is not None else quoted[2]
    elif _PLAIN.match(written) and not _MARKED.search(written):
        return written
    raise _OddError


def _unquoted(word: str) -> str:
    return word[1:-1] if word[0] == '"' else word
