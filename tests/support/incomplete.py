"""A handbook in which every text says something of its own, and what becomes of it where one lacks a language."""

from __future__ import annotations

import copy
import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import yaml

from . import literal
from .literal import LANGUAGES, TOKEN, Corpus

SAID: Final = re.compile(r"(?P<chinese>字)?(?P<own>w\d+x\d+q)")
"""What texts say: in Chinese the same with a character before it."""

Keys = tuple[str, ...]
"""The keys to a text, places in lists left out."""


class Incomplete:
    """The handbook in `folder`, with an edition of each language and one of both."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files = literal.contents(Corpus())
        self.fields: dict[tuple[str, Keys], None] = {}
        """The file of each text field, and the keys to it."""
        texts = ((name, path, text) for name, data in self.files.items() for path, text in _texts(data))
        for number, (name, path, text) in enumerate(texts):
            self.fields[name, path] = None
            for language in LANGUAGES:
                text[language] = _own(text[language], number, "字" if language == "zh" else "")
        self.files["handbook.yml"]["editions"]["zh"] = {"label": "中文", "short": "中", "languages": ["zh"]}
        literal.write(self.files, folder)

    def without(self, name: str, path: Keys, language: str) -> None:
        """Let the field lack a language, and no other field."""
        data = copy.deepcopy(self.files[name])
        for other, text in _texts(data):
            if other == path:
                del text[language]
        self._write(name, data)

    def whole(self, name: str) -> None:
        """Take that back."""
        self._write(name, self.files[name])

    def _write(self, name: str, data: Any) -> None:
        text = yaml.dump(data, Dumper=literal.Dumper, allow_unicode=True, width=1_000_000)
        (self.folder / name).write_text(text, encoding="utf-8")


def _texts(data: Any, path: Keys = ()) -> Iterator[tuple[Keys, dict[str, str]]]:
    """Every text in `data`."""
    if isinstance(data, dict):
        if all(isinstance(data.get(language), str) for language in LANGUAGES):
            yield path, data
        for key, inner in data.items():
            yield from _texts(inner, (*path, key))
    elif isinstance(data, list):
        for inner in data:
            yield from _texts(inner, path)


def _own(text: str, number: int, before: str) -> str:
    """`text` with what nobody else says in place of each token."""
    places = itertools.count()
    return TOKEN.sub(lambda _: f"{before}w{number}x{next(places)}q", text)
