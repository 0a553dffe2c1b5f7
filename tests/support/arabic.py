"""The small handbook with Arabic as a third language, alone, behind Chinese, and before English."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any, Final

import yaml

from generator.content import translations

from .handbooks import change, opened
from .literal import Dumper
from .paths import CASES, SMALL

ARABIC: Final = CASES / "arabic"
EDITIONS: Final = {
    "ar": ("العربية", "ع", ["ar"]),
    "zh-ar": ("中文 · العربية", "中ع", ["zh", "ar"]),
    "ar-en": ("العربية · English", "ع EN", ["ar", "en"]),
}
"""Label, short label and languages of the editions that are added."""


def write(folder: Path) -> Path:
    """The content folder."""
    content = Path(shutil.copytree(SMALL, folder))
    said = yaml.safe_load((ARABIC / "texts.yml").read_text(encoding="utf-8"))
    unused = set(said)
    for path in sorted(content.rglob("*.yml")):
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
        unused -= set(_translate(data, said))
        path.write_text(yaml.dump(data, Dumper=Dumper, allow_unicode=True, sort_keys=False), encoding="utf-8")
    assert not unused, "texts that the small handbook does not have"
    change(content / "handbook.yml", "languages:\n- en\n- zh\n", "languages: [en, zh, ar]\n")
    editions = "".join(
        f"  {name}:\n    label: {label}\n    short: {short}\n    languages: [{', '.join(languages)}]\n"
        for name, (label, short, languages) in EDITIONS.items()
    )
    change(content / "handbook.yml", "editions:\n", f"editions:\n{editions}")
    translations.confirm(opened(content))
    return content


def add_words(strings: Path) -> None:
    """The interface words, beside those of the other languages.

    They have the keys of today: a new word is English until somebody writes it in Arabic.
    """
    known, arabic = (_words(file) for file in (strings / "en.yml", ARABIC / "ar.yml"))
    own = {key: arabic.get(key, word) for key, word in known.items()}
    own |= {key: word for key, word in arabic.items() if key.startswith("language.")}
    text = yaml.dump(own, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=1_000_000)
    (strings / "ar.yml").write_text(text, encoding="utf-8")


def _words(file: Path) -> dict[str, str]:
    words: dict[str, str] = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return words


def _translate(data: Any, said: dict[str, str]) -> list[str]:
    """Add what is `said` in Arabic to every text in `data`; the English of those texts."""
    found: list[str] = []
    if isinstance(data, dict) and isinstance(english := data.get("en"), str) and english in said:
        found.append(english)
        data["ar"] = said[english]
    for inner in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        found += _translate(inner, said)
    return found
