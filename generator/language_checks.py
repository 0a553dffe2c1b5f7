"""Is each text in its own language, with its own punctuation, and are its brackets and quotation marks closed?

What a language is written in stands in its strings file: `language.scripts` (names as Unicode gives them,
`LATIN`, `CJK`, `CYRILLIC` …) and `language.punctuation` (`full-width` or `half-width`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Final

from .handbook import Handbook, walk
from .problems import Problem, code, phrase
from .statements import Text
from .strings import Words

PAIRS: Final = {"“": "”", "「": "」", "『": "』", "《": "》", "（": "）", "(": ")", "【": "】"}
FULL_WIDTH: Final = {",": "，", ":": "：", ";": "；", "?": "？", "!": "！", "(": "（", ")": "）"}

# What is not running text: code, references, links, and what stands in brackets or quotation marks.
_aside = re.compile(r"`[^`]*`|\[\[[^\]]*\]\]|\]\([^)]*\)|\([^()]*\)|（[^（）]*）|“[^”]*”|\*\*\*")
_wide = r"[⺀-鿿豈-﫿、-〟”》）」』]"
_half_width = re.compile(rf"(?<={_wide})[,:;?!()]|[,;?!(](?={_wide})")


def run(handbook: Handbook, words: Words) -> Iterator[Problem]:
    """Every check on every text."""
    models = {"": handbook.settings, **handbook.entries}
    for entry_id, model in models.items():
        origin = handbook.origins[entry_id]
        for path, value in walk(model):
            if not isinstance(value, Text):
                continue
            for language, text in value.by_language.items():
                if language not in words:
                    continue
                here = (*path, language)
                scripts = words[language]["language.scripts"].split()
                if not in_scripts(text, scripts):
                    name = words[language]["language.name"]
                    wrong = phrase("expected.script", language=name), code(text.strip()), phrase("hint.wrong-slot")
                    yield origin.problem(here, *wrong)
                if words[language]["language.punctuation"] == "full-width":
                    for mark, around in half_width(text):
                        found = phrase("found.in-text", part=mark, text=around)
                        use = phrase("hint.use", mark=FULL_WIDTH[mark])
                        yield origin.problem(here, phrase("expected.full-width"), found, use)
                for opening, closing in unbalanced(text):
                    expected = phrase("expected.balanced", open=opening, close=closing)
                    yield origin.problem(here, expected, code(text.strip()))


@cache
def script(char: str) -> str:
    """The script of a letter (`LATIN`, `CJK`), or nothing for what is no letter."""
    return unicodedata.name(char, "").split(" ")[0] if char.isalpha() else ""


def in_scripts(text: str, scripts: list[str]) -> bool:
    """Whether `text` reads as written in `scripts`.

    With Latin letters among the language's own, letters of any other script count as foreign, brackets and
    quotations apart. In other languages Latin words are at home; a text of nothing else is not.
    """
    letters = {found for char in _aside.sub(" ", text) if (found := script(char))}
    if "LATIN" in scripts:
        return letters <= set(scripts)
    whole = {found for char in text if (found := script(char))}
    return not letters or bool(whole & set(scripts))


def half_width(text: str) -> Iterator[tuple[str, str]]:
    """(mark, what stands around it) of half-width punctuation that touches a wide character."""
    plain = re.sub(r"`[^`]*`|\]\([^)]*\)", lambda match: " " * len(match[0]), text)
    for match in _half_width.finditer(plain):
        yield match[0], text[max(match.start() - 6, 0) : match.end() + 6].strip()


def unbalanced(text: str) -> Iterator[tuple[str, str]]:
    """Pairs of marks that do not close, or close before they open."""
    plain = re.sub(r"`[^`]*`|\]\([^)]*\)", " ", text)
    for opening, closing in PAIRS.items():
        depth = 0
        for char in plain:
            depth += (char == opening) - (char == closing)
            if depth < 0:
                break
        if depth:
            yield opening, closing
