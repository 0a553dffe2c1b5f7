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
    """The interface words, beside those of the other languages."""
    shutil.copy(ARABIC / "ar.yml", strings)


def _translate(data: Any, said: dict[str, str]) -> list[str]:
    """Add what is `said` in Arabic to every text in `data`; the English of those texts."""
    found: list[str] = []
    if isinstance(data, dict) and isinstance(english := data.get("en"), str) and english in said:
        found.append(english)
        data["ar"] = said[english]
    for inner in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        found += _translate(inner, said)
    return found
