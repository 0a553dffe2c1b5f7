"""The files of a content folder: which hold entries, and what must not lie there.

Hidden files, what editors put beside them (`x.yml~`) and what systems put into folders are passed over. In a
collection's folder everything else is an entry file or a problem, for an entry that is silently left out is the worse
surprise; beside the collections other files may lie (a README, a fingerprint), unless their names say that entries
were meant.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from operator import attrgetter
from pathlib import Path
from typing import Final, NamedTuple

from ..problems import Phrase, Problem, Problems, code, did_you_mean, phrase, visible
from .collections import LISTED
from .text_file import refused
from .yaml_reader import Document, read

SETTINGS_FILE: Final = "handbook.yml"
SUFFIXES: Final = (".yml", ".yaml")
OF_SYSTEMS: Final = frozenset({
    *("thumbs.db", "ehthumbs.db", "desktop.ini", "$recycle.bin", "system volume information"),
    *("icon\r", "__macosx", "@eadir"),
})  # fmt: skip
"""What Windows, macOS and network storage make and hide from authors."""
DEVICES: Final = ("con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10)))
RESERVED: Final = frozenset({*DEVICES, "index", "404", "assets", "search", "sitemap"})
"""Ids that a page cannot have: Windows opens a device, or the site has another file of that name."""
ON_PAGES: Final = frozenset({
    "avoid", "boundary", "careers", "cases", "checklist", "conditions", "content", "damage", "depends-on",
    "differs", "do", "ends", "evidence", "examples", "f-hatch", "facts", "failures", "fields", "first", "kept",
    "levels", "likelihood", "limits", "never", "obstacles", "positions", "provisions", "reading", "record",
    "related", "reports", "rests", "sheet", "signs", "steps", "sure", "table", "the-post-itself", "use", "why",
    "words", "year",
})  # fmt: skip
"""Ids that templates write on pages where entries stand. All that begin with `hb-` are theirs too."""
LISTS: Final = frozenset({*ON_PAGES, "career", "letter", "s"})
"""What stands before a number in the ids of items: `steps-2`, `checklist-a3f0`."""
ON_HOME: Final = frozenset({"about", "daily", "debates", "doors", "home", "situations"})
"""Ids that the template of the home page writes."""
_numbered = re.compile(r"(?P<list>.+)-(?:[0-9]+|[0-9a-f]{4})")


def is_reserved(own_id: str) -> bool:
    """Whether no entry can have this id."""
    match = _numbered.fullmatch(own_id)
    taken = own_id in RESERVED or own_id in ON_PAGES or own_id in LISTED or is_of_site(own_id)
    return taken or bool(match and match["list"] in LISTS)


def is_of_site(own_id: str) -> bool:
    """Whether something around every page has this id."""
    return own_id == "content" or own_id.startswith("hb-")


class EntryFile(NamedTuple):
    """A file of entries: of the one with this id, or a list where `entry_id` is None. `file` is for messages."""

    collection: str
    path: Path
    file: str
    entry_id: str | None


def entry_files(folder: Path, collections: Collection[str], problems: Problems) -> Iterator[EntryFile]:
    """Every file of entries in `folder`, in a fixed order; none of them has been opened."""
    for path, file in _inside(folder, folder.name, problems):
        name = path.stem
        if path.name in collections and path.is_dir():
            for entry, entry_file in _inside(path, file, problems):
                if entry.suffix in SUFFIXES:
                    yield EntryFile(path.name, entry, entry_file, entry.stem)
                else:
                    found = phrase("found.folder") if entry.is_dir() else code(entry.name)
                    _add(problems, entry_file, phrase("expected.entry-file"), found, phrase("hint.entry-file"))
        elif path.suffix in SUFFIXES and name in collections:
            yield EntryFile(name, path, file, None)
        elif path.name == SETTINGS_FILE:
            continue
        elif path.is_dir() or path.suffix in SUFFIXES:
            hint = did_you_mean(name, collections) or phrase("hint.known", words=", ".join(collections))
            _add(problems, file, phrase("expected.collection"), code(name), hint)
        elif any(suffix.casefold() in SUFFIXES for suffix in path.suffixes):
            _add(problems, file, phrase("expected.suffix"), code(path.name), phrase("hint.entry-file"))


def read_inside(folder: Path, path: Path, file: str) -> Document:
    """`reader.read` for a file that must not lead out of `folder` by a link. Raises `UnreadableError`."""
    if path.is_symlink() or path.parent.is_symlink():
        try:
            inside = path.resolve(strict=True).is_relative_to(folder.resolve())
        except (OSError, RuntimeError) as error:  # RuntimeError: a loop, before Python 3.13
            raise refused(file, phrase("expected.readable"), phrase("found.broken-link")) from error
        if not inside:
            hint = phrase("hint.copy-in")
            raise refused(file, phrase("expected.file-inside", folder=folder.name), phrase("found.link-out"), hint)
    return read(path, file)


def _inside(folder: Path, file: str, problems: Problems) -> Iterator[tuple[Path, str]]:
    """The files of one folder with their names in messages, without two that another machine takes for one."""
    try:
        paths = sorted(folder.iterdir(), key=attrgetter("name"))  # the paths themselves compare slowly
    except OSError as error:
        _add(problems, file, phrase("expected.folder"), phrase("found.error", message=error.strerror or error))
        return
    names: dict[str, str] = {}
    for path in paths:
        if _is_passed_over(path.name):
            continue
        own = f"{file}/{visible(path.name)}"
        first = names.setdefault(unicodedata.normalize("NFC", path.name).casefold(), path.name)
        if first != path.name:
            twin = phrase("hint.same-on-others", name=visible(first))
            _add(problems, own, phrase("expected.own-name"), code(path.name), twin)
            continue
        yield path, own


def _is_passed_over(name: str) -> bool:
    """Whether a file is hidden, of the system, or an editor's: a backup (`x.yml~`), unsaved work (`#x.yml#`)."""
    is_of_editor = name.endswith("~") or name.startswith("~$") or (name.startswith("#") and name.endswith("#"))
    return name.startswith(".") or is_of_editor or name.lower() in OF_SYSTEMS


def _add(problems: Problems, file: str, expected: Phrase, found: Phrase, hint: Phrase | None = None) -> None:
    problems.add(Problem(file, 0, 0, "", expected, found, *([hint] if hint else [])))
