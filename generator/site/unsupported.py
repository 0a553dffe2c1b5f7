"""Warnings for what stands in mkdocs.yml and does nothing here, each with its file and line."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

import yaml
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort

from .. import compatibility
from ..compatibility import Row
from ..problems import nearest
from .palette import INK, OWN, colours

THEME_KEYS: Final = ("custom_dir", "direction", "favicon", "features", "font", "icon", "language", "locale", "logo")
MORE_THEME_KEYS: Final = ("name", "palette", "static_templates")
CUSTOM_FENCES: Final = "custom_fences"

_LOG: Final = logging.getLogger("mkdocs.plugins.handbook")

KeyPath = tuple[str, ...]


class Places:
    """Where each key of mkdocs.yml is written, and each item of a list: of those it inherits too."""

    def __init__(self, file: Path) -> None:
        self.lines: dict[KeyPath, str] = {}
        self._folder = file.parent
        self._read(file)

    def _read(self, file: Path) -> None:
        try:
            root = yaml.compose(file.read_text("utf-8-sig"), Loader=yaml.SafeLoader)
        except (OSError, UnicodeDecodeError, yaml.YAMLError):  # MkDocs has read it, and said what is wrong
            return
        if isinstance(root, yaml.MappingNode):
            self._walk(root, (), file)
            for key, value in root.value:
                if key.value == "INHERIT" and isinstance(value, yaml.ScalarNode):
                    self._read(file.parent / value.value)

    def _walk(self, node: yaml.Node, path: KeyPath, file: Path) -> None:
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if isinstance(key, yaml.ScalarNode):
                    self._note((*path, key.value), key, file)
                    self._walk(value, (*path, key.value), file)
        elif isinstance(node, yaml.SequenceNode):
            for item in node.value:
                if isinstance(item, yaml.ScalarNode):
                    self._note((*path, item.value), item, file)
                else:
                    self._walk(item, path, file)

    def _note(self, path: KeyPath, node: yaml.Node, file: Path) -> None:
        name = file.relative_to(self._folder) if file.is_relative_to(self._folder) else file
        self.lines.setdefault(path, f"{name.as_posix()}:{node.start_mark.line + 1}")

    def children(self, *path: str) -> list[str]:
        """The keys and items directly below `path`."""
        return [found[-1] for found in self.lines if found[:-1] == path]


def warn(config: MkDocsConfig, places: Places, colour_sheet: str, said: set[str]) -> None:
    """Say what does nothing and is not among what was `said` already; it is from now on.

    Raises `Abort` for what nothing can be built with.
    """
    for path, message in _found(config, places, colour_sheet):
        place = places.lines.get(path, "mkdocs.yml")
        if path[0] == "plugins" and path[-1] in compatibility.FATAL:
            raise Abort(f"{place}: {message}")
        if f"{place}: {message}" not in said:
            said.add(f"{place}: {message}")
            _LOG.warning(f"{place}: {message}")


def _found(config: MkDocsConfig, places: Places, colour_sheet: str) -> Iterator[tuple[KeyPath, str]]:
    for row in compatibility.SETTINGS:
        path = tuple(row.name.split("."))
        if row.state == "not" and path in places.lines:
            yield path, _says(row)
    groups = (
        (("theme", "features"), compatibility.FEATURES, True),
        (("markdown_extensions",), compatibility.EXTENSIONS, False),
        (("plugins",), compatibility.PLUGINS, False),
    )
    for path, rows, is_whole in groups:
        by_name = {row.name: row for row in rows}
        for name in places.children(*path):
            row_of = by_name.get(name.removeprefix("material/"))
            if row_of and row_of.state == "not":
                yield (*path, name), _says(row_of)
            elif not row_of and is_whole:
                yield (*path, name), f"`{name}` is no feature of Material{_meant(name, by_name)}"
    known = ["INHERIT", *MkDocsConfig()]
    for name in places.children():
        if name not in known and (close := nearest(name, known)):
            yield (name,), f"`{name}` is no setting of MkDocs: did you mean `{close}`?"
    for name in places.children("theme"):
        keys = (*THEME_KEYS, *MORE_THEME_KEYS)
        if name not in keys and (close := nearest(name, keys)):
            yield ("theme", name), f"`{name}` is no setting of Material: did you mean `{close}`?"
    yield from _colours(config, colour_sheet)
    yield from _missing_files(config)
    yield from _mermaid(config)


def _says(row: Row) -> str:
    return f"`{row.name}` does nothing here. {row.note}"


def _meant(name: str, known: Iterable[str]) -> str:
    close = nearest(name, known)
    return f": did you mean `{close}`?" if close else "."


def _colours(config: MkDocsConfig, sheet: str) -> Iterator[tuple[KeyPath, str]]:
    palette: Any = config.theme.get("palette") or []
    for option in [palette] if isinstance(palette, dict) else palette:
        for kind in ("primary", "accent"):
            name = str(option.get(kind, "custom")).replace(" ", "-")
            known = [*colours(sheet, kind), *OWN, *(INK if kind == "primary" else ())]
            if name not in known:
                yield ("theme", "palette", kind), f"`{name}` is no colour of Material{_meant(name, known)}"


def _missing_files(config: MkDocsConfig) -> Iterator[tuple[KeyPath, str]]:
    """MkDocs is silent about them. Plugins may add files, so this asks only for what nobody can add later."""
    listed = [("extra_css", str(path)) for path in config.extra_css]
    listed += [("extra_javascript", str(script)) for script in config.extra_javascript]
    folders = [Path(config.docs_dir), *map(Path, config.theme.dirs)]
    for key, path in listed:
        is_local = "//" not in path and not path.startswith("/")
        if is_local and not any((folder / path.partition("?")[0]).is_file() for folder in folders):
            yield (key, path), f"`{path}` under `{key}` is not in docs/."


def _mermaid(config: MkDocsConfig) -> Iterator[tuple[KeyPath, str]]:
    fences = (config.mdx_configs.get("pymdownx.superfences") or {}).get(CUSTOM_FENCES) or []
    if any(fence.get("name") == "mermaid" for fence in fences):
        path = ("markdown_extensions", "pymdownx.superfences", CUSTOM_FENCES)
        yield path, "Mermaid draws with Material's script, which is not loaded: a drawing is shown as its text."
