"""Digests of what a result depends on: two that are equal had the same versions, settings and inputs."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import mkdocs
from mkdocs.config.base import Config
from mkdocs.theme import Theme

from ..runtime import digest

_PACKAGES: Final = Path(mkdocs.__file__).resolve().parent.parent

PLACES: Final = ("config_file_path", "docs_dir", "site_dir", "watch", "dev_addr", "strict", "nav", "hooks")
"""Settings that no page depends on: where things are, and what is keyed page by page."""


def of_config(config: Config) -> str:
    """All settings but `PLACES`, the theme's and the plugins' among them."""
    return digest(plain({key: value for key, value in config.items() if key not in PLACES}))


def of_templates(folders: Iterable[str]) -> str:
    """The templates in `folders` and what they may include, but for those of installed packages: these have a version.

    Files in `assets/` are no templates.
    """
    own = [Path(folder) for folder in folders if not Path(folder).resolve().is_relative_to(_PACKAGES)]
    files = [(folder, path) for folder in own for path in sorted(folder.rglob("*")) if path.is_file()]
    return digest(
        [(str(path), path.read_bytes()) for folder, path in files if path.relative_to(folder).parts[0] != "assets"]
    )


def of_file(path: str) -> str:
    """A file that nobody has written to since."""
    return digest(path, *signature(Path(path).stat()))


def signature(found: os.stat_result) -> list[int]:
    """Size, time of change in nanoseconds, and inode: another file has another of these."""
    return [found.st_size, found.st_mtime_ns, found.st_ino]


def plain(value: object) -> object:
    """`value`, settings of MkDocs for example, as parts of a digest.

    What is not known is taken by its `repr`: at worst nothing is found again.
    """
    if isinstance(value, Theme):
        return [value.name, value.dirs, sorted(value.static_templates), plain(dict(value.items()))]
    if isinstance(value, Mapping):
        return [(str(key), plain(inner)) for key, inner in value.items()]
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    if isinstance(value, set | frozenset):
        return sorted(repr(plain(inner)) for inner in value)
    settings: Any = getattr(value, "config", None)  # a plugin
    if isinstance(settings, Mapping):
        return [type(value).__qualname__, plain(settings)]
    return repr(value)
