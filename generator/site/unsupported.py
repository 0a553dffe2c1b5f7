"""Warnings for what stands in mkdocs.yml and does nothing here, each with its file and line."""

from __future__ import annotations

import importlib
import logging
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

import yaml
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.structure.files import Files

from .. import compatibility
from ..compatibility import Row
from ..problems import nearest
from .palette import INK, OWN, PAPERS, colours, listed

THEME_KEYS: Final = (
    *("custom_dir", "direction", "favicon", "features", "font", "icon", "language", "locale", "logo", "name"),
    *("palette", "static_templates"),
)
CUSTOM_FENCES: Final = "custom_fences"
_SEARCH: Final = "The search is the handbook's own."
_HEADER_COLOUR: Final = "--md-primary-fg-color"
_SOCIAL: Final = (("plugins", "social"), ("plugins", "material/social"))

_ANNOTATED: Final = re.compile(r'<[a-z]+ class="(?:[^"]* )?annotate[ "]')

_LOG: Final = logging.getLogger("mkdocs.plugins.handbook")

KeyPath = tuple[str, ...]


class Places:
    """Where each key of mkdocs.yml is written, each value, and each item of a list: of those it inherits too."""

    def __init__(self, file: Path) -> None:
        self.lines: dict[KeyPath, str] = {}
        self.file = file.name
        self.inherited: list[Path] = []
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
                    self.inherited.append(file.parent / value.value)
                    self._read(self.inherited[-1])

    def _walk(self, node: yaml.Node, path: KeyPath, file: Path) -> None:
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if isinstance(key, yaml.ScalarNode):
                    self._note((*path, key.value), key, file)
                    if isinstance(value, yaml.ScalarNode):
                        self._note((*path, key.value, value.value), value, file)
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
    """Say what does nothing and is not among what was `said` already; it is from now on."""
    for path, message in _found(config, places, colour_sheet):
        say(path, [message], places, said)


def refuse_plugins(places: Places) -> None:
    """Raises `Abort` for plugins with which nothing can be built."""
    for row in compatibility.PLUGINS:
        if row.name in compatibility.FATAL and (place := places.lines.get(("plugins", row.name))):
            raise Abort(f"{place}: {_says(row)}")


def warn_of_keys(places: Places, said: set[str]) -> None:
    """Say what is meant by keys that look like those of MkDocs."""
    known = ["INHERIT", *MkDocsConfig()]
    for name in places.children():
        if name not in known and (close := nearest(name, known)):
            say((name,), [f"`{name}` is no setting of MkDocs: did you mean `{close}`?"], places, said)


def warn_of_page(path: str, html: str, said: set[str]) -> None:
    """Say what in a page of one's own, at `path` in docs/, is shown otherwise than its author expects."""
    line = f"{path}: annotations need Material's script, which is not loaded: they are shown as a list."
    if _ANNOTATED.search(html) and line not in said:
        said.add(line)
        _LOG.warning(line)


def say(path: KeyPath, messages: Iterable[str], places: Places, said: set[str]) -> None:
    """Warn of what is not among what was `said` already."""
    for message in messages:
        line = f"{places.lines.get(path, places.file)}: {message}"
        if line not in said:
            said.add(line)
            _LOG.warning(line)


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
                yield (*path, name), f"`{name}` is no feature of Material{meant(name, by_name)}"
    for name in places.children("theme"):
        if name not in THEME_KEYS and (close := nearest(name, THEME_KEYS)):
            yield ("theme", name), f"`{name}` is no setting of Material: did you mean `{close}`?"
    icons = [row.name.removeprefix("theme.icon.") for row in compatibility.SETTINGS if "theme.icon." in row.name]
    for name in places.children("theme", "icon"):
        if name not in icons:
            yield ("theme", "icon", name), f"`{name}` under `icon` is no setting of Material{meant(name, icons)}"
    for name in places.children("plugins", "search"):
        yield ("plugins", "search", name), f"`{name}` of the plugin `search` does nothing here. {_SEARCH}"
    yield from _colours(config, colour_sheet)
    yield from _missing_icons(config)
    yield from _mermaid(config)


def _says(row: Row) -> str:
    return f"`{row.name}` does nothing here. {row.note}"


def meant(name: str, known: Iterable[str]) -> str:
    """The end of a sentence about a name that is not among those that are known."""
    close = nearest(name, known)
    return f": did you mean `{close}`?" if close else "."


def _colours(config: MkDocsConfig, sheet: str) -> Iterator[tuple[KeyPath, str]]:
    for option in listed(config.theme.get("palette")):
        for kind in ("primary", "accent"):
            name = str(option.get(kind, "custom")).replace(" ", "-")
            known = [*colours(sheet, kind), *OWN, *(INK if kind == "primary" else ())]
            if name not in known:
                yield (
                    ("theme", "palette", kind, str(option.get(kind))),
                    f"`{name}` is no colour of Material{meant(name, known)}",
                )


def warn_of_files(config: MkDocsConfig, files: Files, places: Places, said: set[str]) -> None:
    """Say what settings ask of files and is not in them; `files` are those of all plugins."""
    for path, message in (*_missing_files(config, files), *_styles(config, files)):
        say(path, [message], places, said)


def _missing_files(config: MkDocsConfig, files: Files) -> Iterator[tuple[KeyPath, str]]:
    asked: list[tuple[KeyPath, str]] = [(("extra_css", str(path)), str(path)) for path in config.extra_css]
    asked += [(("extra_javascript", str(script)), str(script)) for script in config.extra_javascript]
    asked += [(("theme", key), str(config.theme.get(key) or "")) for key in ("logo", "favicon")]
    for key, path in asked:
        is_local = path and "//" not in path and not path.startswith(("/", "data:"))
        if is_local and not files.get_file_from_path(path.partition("?")[0]):
            yield key, f"`{path}` under `{key[0] if key[0] != 'theme' else key[1]}` is not in docs/."


def _styles(config: MkDocsConfig, files: Files) -> Iterator[tuple[KeyPath, str]]:
    """What style sheets of one's own leave out, or set for nothing."""
    sheets = {str(path): files.get_file_from_path(str(path).partition("?")[0]) for path in config.extra_css}
    texts = {path: file.content_string for path, file in sheets.items() if file}
    for path, text in texts.items():
        if _HEADER_COLOUR in text:
            yield ("extra_css", path), f"`{_HEADER_COLOUR}` in `{path}` colours nothing here: set `--hb-seal`."
    for option in listed(config.theme.get("palette")):
        scheme = str(option.get("scheme", "default"))
        is_elsewhere = any("//" in path for path in sheets)
        if scheme not in PAPERS and not is_elsewhere and not any(scheme in text for text in texts.values()):
            yield ("theme", "palette", "scheme", scheme), f"`{scheme}` is no scheme of Material{meant(scheme, PAPERS)}"


def _missing_icons(config: MkDocsConfig) -> Iterator[tuple[KeyPath, str]]:
    """Icons without a file. Where one is shown, the build ends at it, in a template that does not say who named it."""
    toggles = [option.get("toggle") or {} for option in listed(config.theme.get("palette"))]
    named: list[tuple[KeyPath, Any]] = [(("theme", "palette", "toggle", "icon"), one.get("icon")) for one in toggles]
    for key, icon in (config.theme.get("icon") or {}).items():
        inner = icon.items() if isinstance(icon, dict) else [("", icon)]
        named += [(("theme", "icon", key, *filter(None, [name])), value) for name, value in inner]
    named += [(("extra", "social", "icon"), one.get("icon")) for one in config.extra.get("social") or []]
    for path, icon in named:
        if icon and not any(Path(folder, ".icons", f"{icon}.svg").is_file() for folder in config.theme.dirs):
            yield (*path, str(icon)), f"there is no icon `{icon}`."


def switch_off_social(config: MkDocsConfig, places: Places, said: set[str]) -> None:
    """Without what it draws with, the plugin `social` would say so at each page."""
    plugin: Any = config.plugins.get("material/social")
    if plugin is None or not plugin.config.enabled:
        return
    try:
        for name in ("PIL", "cairosvg"):
            importlib.import_module(name)
    except (ImportError, OSError) as error:  # the second where the library Cairo is missing
        plugin.config.enabled = False
        reason = f'it draws with what is not installed ({error}): pip install "mkdocs-material[imaging]"'
        path = next((one for one in _SOCIAL if one in places.lines), _SOCIAL[0])
        say(path, [f"`social` is switched off: {reason}"], places, said)


def _mermaid(config: MkDocsConfig) -> Iterator[tuple[KeyPath, str]]:
    fences = (config.mdx_configs.get("pymdownx.superfences") or {}).get(CUSTOM_FENCES) or []
    if any(fence.get("name") == "mermaid" for fence in fences):
        path = ("markdown_extensions", "pymdownx.superfences", CUSTOM_FENCES)
        yield path, "Mermaid draws with Material's script, which is not loaded: a drawing is shown as its text."
