"""What can be told from the characters of a YAML file alone: what no text may hold, and slips of its author.

The parser has no words for these, or wrong ones: it takes `标题：一` for a text, a conflict marker for a key.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

import yaml

from ..problems import NO_HINT, Phrase, phrase
from .yaml_scanner import CLOSE_COMMENT, DEEP_BLANK, LOW_BLOCK, SHALLOW

MAX_WORDS: Final = 100_000
"""Words and line ends together: what the parser's time depends on, besides bytes."""

# Controls, other line ends than \n and \r\n, bidirectional controls, lone surrogates, the lost character
# and non-characters, invisible tags. Also what is invisible within a word and hides it from search and glossary: soft
# hyphens, spaces of no width, fillers, marks of annotations, notes and shorthand; joiners and variation selectors in
# scripts that have none, and marks of direction between two letters. What remains is refused in keys only.
_UNFIT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2065-\u206f"
    "\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffd-\uffff\U000e0000-\U000e007f"
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u2060-\u2064\u2800\u3164\uffa0"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a]"
    "|\r(?!\n)|(?<=[A-Za-z\u00c0-\u04ff\u3040-\u30ff\u3400-\u9fff])[\u200c\u200d\ufe00-\ufe0f]"
    "|(?<=[A-Za-z\u00c0-\u04ff])[\U000e0100-\U000e01ef]"
    r"|[\u061c\u200e\u200f](?<=[^\W\d_].)(?=[^\W\d_])"
)
_SELDOM: Final = re.compile(
    "[^\n -~\u00a1-\u00ac\u00ae-\u02af\u0391-\u052f\u2010-\u2027\u3001-\u312f\u4e00-\u9fff\uff01-\uff9f]"
)
"""What common texts are not made of. `_UNFIT` takes ten times as long, and is asked only where this finds something."""
_CONFLICT = re.compile(r"^(?:<{7}|\|{7}|={7}|>{7})(?=[ \r\n]|\Z)", re.MULTILINE)
_WIDE = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_LINE_START = rf"^ *(?:- *)*(?P<before>[{_WIDE}][ {_WIDE}]*)?"
_COLON = rf"(?P<gap>[ {_WIDE}]*)(?P<colon>[：:])"
_KEY_LIKE: Final = re.compile(rf"{_LINE_START}[a-z][a-z_-]*{_COLON}", re.MULTILINE)
_WORD_LIKE: Final = re.compile(rf"{_LINE_START}[^\W\d][\w-]*{_COLON}", re.MULTILINE)


class Finding(NamedTuple):
    """Something to mend at `offset` (in characters) of a text."""

    offset: int
    expected: Phrase
    found: Phrase
    hint: Phrase = NO_HINT


_DIFFERS: Final = re.compile(
    r"\t|\n%|#(?:(?<=[^\w\s]#)|(?<=[|>]\d#)|(?<=[|>][-+]\d#))|-[,\[\]{}]|,\s*\?|\[\s*\?|\{\s*\?|\n +\r?$", re.MULTILINE
)
"""Where libyaml reads what is refused here: tabs, directives, a `#` without a space before it, spaces in empty lines,
and in brackets a lone `-` or `?`. The rest, the events show (`_Builder.is_doubtful` in `yaml_reader`).

Each alternative begins with a character of its own, so that `re` passes over all others at once.
"""


def reads_alike(text: str) -> bool:
    """Whether every scanner of YAML has one verdict on what is in `text`, as far as is known."""
    return not _DIFFERS.search(f"\n{text}")  # every line is one behind a line end


def is_fit(text: str) -> bool:
    """Whether `unfit` and `excess` find nothing, as in nearly every file."""
    is_short = len(text) < MAX_WORDS or not any(excess(text))  # no text has more words and lines than characters
    return is_short and not (_SELDOM.search(text) and _UNFIT.search(text))


def unfit(text: str) -> Iterator[Finding]:
    """Every character that neither keys nor texts may have."""
    for match in _UNFIT.finditer(text):
        yield Finding(match.start(), phrase("expected.character"), _character(match[0]), phrase("hint.delete"))


def conflicts(text: str) -> Iterator[Finding]:
    """Every line that a version control system left where two edits met."""
    for match in _CONFLICT.finditer(text):
        wrong = phrase("expected.merged"), phrase("found.conflict", mark=match[0]), phrase("hint.resolve")
        yield Finding(match.start(), *wrong)


def excess(text: str) -> Iterator[Finding]:
    """More words and lines than can be read in good time."""
    count = len(text.encode().split()) + text.count("\n")  # of bytes: parts at the spaces that YAML knows
    if count > MAX_WORDS:
        yield Finding(
            0, phrase("expected.words", limit=MAX_WORDS), phrase("found.number", count=count), phrase("hint.split")
        )


_COMMENT_BEHIND: Final = re.compile(r"[ \t]+#")
_MAY_LOSE_TEXT: Final = re.compile(r"\S[ \t]+#")


def may_lose_text(text: str) -> bool:
    """Whether a comment stands behind anything at all, as in few files."""
    return "#" in text and bool(_MAY_LOSE_TEXT.search(text))


def comment_behind(text: str, end: int) -> int:
    """How far behind `end`, where a plain value ends, a comment begins; 0 where there is none."""
    match = _COMMENT_BEHIND.match(text, end)
    return match.end() - end if match else 0


def key_fault(key: str) -> Finding | None:
    """What is wrong with the characters of a key, if anything. The offset counts within the key."""
    if key.isprintable():
        return None
    index, char = next((index, char) for index, char in enumerate(key) if not char.isprintable())
    wide = re.match(f"[{_WIDE}]", char)
    return _wide(index, char) if wide else Finding(index, phrase("expected.visible"), _character(char))


def slip(text: str, start: int, end: int, *, any_word: bool = False) -> Finding | None:
    """The first line beginning between `start` and `end` that was meant as `key: value` but has another colon or space.

    A text may well begin with a word and `：`; only words of small ASCII letters, as keys have them, are taken for
    a slip, or with `any_word` all.
    """
    for match in (_WORD_LIKE if any_word else _KEY_LIKE).finditer(text, start, end):
        for space in ("before", "gap"):
            if match[space] and (spaces := match[space].lstrip(" ")):
                return _wide(match.end(space) - len(spaces), spaces[0])
        colon = match.start("colon")
        if match["colon"] == "：":
            return Finding(colon, phrase("expected.colon"), phrase("found.full-width-colon"), phrase("hint.colon"))
        if not text[colon + 1 : colon + 2].isascii():
            return Finding(colon + 1, phrase("expected.space"), phrase("found.none"), phrase("hint.space"))
    return None


SYNTAX: Final = (
    (SHALLOW, "shallow", "close-or-indent"),
    (LOW_BLOCK, "low-block", "behind-key"),
    (CLOSE_COMMENT, "close-comment", "space-before"),
    (DEEP_BLANK, "deep-blank", "delete-spaces"),
    ("directive", "directive", "remove"),
    ("a tag", "tag-mark", "quote"),
    ("tag handle", "tag-mark", "quote"),
    ("mapping values are not allowed", "second-colon", "quote"),
    ("sequence entries are not allowed", "item", "item"),
    ("could not find expected ':'", "no-colon", "key-value"),
    ("quoted scalar found unexpected", "open-quote", "close-quote"),
    ("mapping keys are not allowed", "mark", "quote"),
    ("but got '?'", "question", "quote"),
    ("expected ',' or", "open-bracket", "close-or-quote"),
    ("expected the node content", "mark", "quote"),
    ("escape", "escape", "escape"),
    ("alphabetic or numeric", "mark", "quote"),
    ("cannot start any token", "mark", "quote"),
    ("block scalar", "block-head", "block-head"),
    ("expected <block end>, but found '-'", "item-among-keys", "indent-item"),
    ("expected <block end>", "indentation", "indent"),
    ("expected '<document start>'", "after-end", "indent"),
)
"""A part of what the parser says, the phrase for it, and the hint that mends it."""


def syntax(error: yaml.MarkedYAMLError, text: str) -> Finding:
    """The parser's complaint in words authors know; a slip where one explains it."""
    mark = error.problem_mark or error.context_mark
    index = mark.index if mark else 0
    line = text.rfind("\n", 0, index) + 1
    line_before = text.rfind("\n", 0, max(line - 1, 0)) + 1
    line_end = text.find("\n", index)
    # The parser notices a wrong colon when the next line has a right one.
    found = slip(text, line, line_end if line_end >= 0 else len(text), any_word=True) or slip(text, line_before, line)
    if found:
        return found
    if text.startswith("\t", index):
        return Finding(index, phrase("expected.space"), phrase("found.tab"), phrase("hint.tab"))
    said = f"{error.context} {error.problem}"
    key, hint = next((rest for part, *rest in SYNTAX if part in said), ("error", ""))
    if key in ("open-quote", "open-bracket", "mark", "tag-mark", "no-colon", "shallow") and error.context_mark:
        index = error.context_mark.index
    if key == "indentation" and text[line:index].strip(" -"):
        key, hint = "after-value", "quote"
    char = text[index : index + 1].strip()
    if key == "mark" and not char:
        key, hint = "file-end", "close"
    if key == "second-colon" and ": " not in text[line:index]:
        hint = "indent"
    wrong = phrase(f"found.{key}", mark=char, message=error.problem)
    return Finding(index, phrase("expected.yaml"), wrong, phrase(f"hint.{hint}") if hint else NO_HINT)


def _character(char: str) -> Phrase:
    return phrase("found.character", code=f"{ord(char[0]):04X}")


def _wide(index: int, char: str) -> Finding:
    return Finding(index, phrase("expected.ordinary-space"), _character(char), phrase("hint.ordinary-space"))
