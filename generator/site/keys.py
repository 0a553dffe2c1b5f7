"""Digests of what a result depends on: two that are equal had the same versions, settings and inputs."""

from __future__ import annotations

import functools
import hashlib
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import mkdocs
from mkdocs.config.base import Config
from mkdocs.theme import Theme

GENERATOR: Final = Path(__file__).resolve().parent.parent

_PACKAGES: Final = Path(mkdocs.__file__).resolve().parent.parent

PLACES: Final = ("config_file_path", "docs_dir", "site_dir", "watch", "dev_addr", "strict", "nav", "hooks")
"""Settings that no page depends on: where things are, and what is keyed page by page."""


def digest(*parts: object) -> str:
    """A digest of `parts`, which must be plain: None, booleans, numbers, texts, bytes, and lists and dicts of these."""
    return hashlib.blake2b(repr(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def of_config(config: Config) -> str:
    """All settings but `PLACES`, the theme's and the plugins' among them."""
    return digest(plain({key: value for key, value in config.items() if key not in PLACES}))


def of_templates(folders: Iterable[str]) -> str:
    """The templates in `folders`, but for those of installed packages: these have a version."""
    own = [folder for folder in folders if not Path(folder).resolve().is_relative_to(_PACKAGES)]
    return digest([(str(path), path.read_bytes()) for folder in own for path in sorted(Path(folder).rglob("*.html"))])


def of_file(path: str) -> str:
    """A file that nobody has written to since."""
    found = Path(path).stat()
    return digest(path, found.st_size, found.st_mtime_ns, found.st_ino)


@functools.cache
def versions() -> str:
    """Python, every installed package, and the code of this generator, as they were when the process began."""
    return digest(sys.version, packages(), [path.read_bytes() for path in sorted(GENERATOR.rglob("*.py"))])


def packages() -> list[str]:
    """Name and version of each installed package: what their folders of metadata are called."""
    folders = [Path(entry) for entry in sys.path if entry and Path(entry).is_dir()]
    return sorted({found.name for folder in folders for found in folder.glob("*.*-info")})


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
