"""One YAML file as plain data, with the place of every key.

The file is read from PyYAML's event stream, not composed and constructed: that keeps every scalar the
text its author typed (`no`, `08`, `22:30`), gives each key its line and column, and lets the limits
below act before anything large exists. Aliases, tags, several documents and duplicate keys are refused:
none of them is needed to write an entry, and each has surprised somebody.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

import yaml

from .problems import Problem

MAX_BYTES: Final = 1024 * 1024
MAX_DEPTH: Final = 20

TYPE_NAMES: Final[dict[type, str]] = {str: "text", list: "a list", dict: "a mapping"}

Data = str | list["Data"] | dict[str, "Data"]
KeyPath = tuple[str | int, ...]


class Place(NamedTuple):
    """Line and column, both from 1."""

    line: int
    column: int


@dataclass(frozen=True)
class Document:
    """What one file holds. `file` is the name that messages show; `places` has every key and list item."""

    file: str
    data: dict[str, Data] | list[Data]
    places: dict[KeyPath, Place]

    def place(self, path: KeyPath) -> Place:
        """The place of `path`, or of the nearest thing around it that is written down."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, Place(1, 1))


class UnreadableError(Exception):
    """The file is not YAML that this reader takes; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(str(problem))


def read(path: Path, file: str) -> Document:
    """Read the file at `path`; messages call it `file`.

    Raises `UnreadableError` for what cannot be read as one plain YAML document.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise UnreadableError(Problem(file, 0, 0, "", "a readable file", error.strerror or str(error))) from error
    if len(raw) > MAX_BYTES:
        raise UnreadableError(
            Problem(file, 0, 0, "", f"at most {MAX_BYTES} bytes", f"{len(raw)} bytes", "split the file")
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = error.start - raw.rfind(b"\n", 0, error.start)
        raise UnreadableError(
            Problem(file, line, column, "", "UTF-8", "bytes of another encoding", "save the file as UTF-8")
        ) from error
    return parse(text, file)


def parse(text: str, file: str) -> Document:
    """Read YAML `text`; see `read`."""
    builder = _Builder(file)
    try:
        data = builder.document(yaml.parse(text, Loader=yaml.SafeLoader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        raise UnreadableError(
            Problem(file, line, column, "", "valid YAML", f"something else ({error.problem})")
        ) from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        column = error.position - text.rfind("\n", 0, error.position)
        raise UnreadableError(
            Problem(file, line, column, "", "text", f"the character U+{error.character:04X}", "delete it")
        ) from error
    return Document(file, data, builder.places)


class _Builder:
    """Builds plain data from events, by recursive descent with a bounded depth."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.places: dict[KeyPath, Place] = {}

    def document(self, events: Iterator[yaml.Event]) -> dict[str, Data] | list[Data]:
        next(events)  # stream start
        first = next(events)
        if not isinstance(first, yaml.DocumentStartEvent):
            raise UnreadableError(Problem(self.file, 0, 0, "", "an entry", "an empty file"))
        data = self.value(next(events), events, ())
        next(events)  # document end
        after = next(events)
        if isinstance(after, yaml.DocumentStartEvent):
            raise self.refusal(after, (), "one document", "a second one", "delete the line `---`")
        if not isinstance(data, dict | list):
            raise UnreadableError(Problem(self.file, 1, 1, "", "keys and values", "only text"))
        return data

    def value(self, event: yaml.Event, events: Iterator[yaml.Event], path: KeyPath) -> Data:
        if isinstance(event, yaml.AliasEvent):
            raise self.refusal(event, path, "the text itself", f"an alias, *{event.anchor}", "write it out")
        assert isinstance(event, yaml.NodeEvent)
        if event.anchor:
            raise self.refusal(event, path, "a plain value", f"an anchor, &{event.anchor}", "remove it")
        if isinstance(event, yaml.ScalarEvent):
            if event.tag:
                raise self.refusal(event, path, "a plain value", f"a tag, {event.tag}", "remove it")
            return str(event.value)
        assert isinstance(event, yaml.CollectionStartEvent)
        if event.tag:
            raise self.refusal(event, path, "a plain value", f"a tag, {event.tag}", "remove it")
        if len(path) >= MAX_DEPTH:
            raise self.refusal(event, path, f"at most {MAX_DEPTH} levels", "deeper nesting")
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(events, path)
        return self.mapping(events, path)

    def sequence(self, events: Iterator[yaml.Event], path: KeyPath) -> list[Data]:
        items: list[Data] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            here = (*path, len(items))
            self.places[here] = _place(event)
            items.append(self.value(event, events, here))
        return items

    def mapping(self, events: Iterator[yaml.Event], path: KeyPath) -> dict[str, Data]:
        items: dict[str, Data] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent) or event.tag or event.anchor:
                raise self.refusal(event, path, "a key that is plain text", "something else")
            key = unicodedata.normalize("NFC", event.value)
            here = (*path, key)
            if key in items:
                first = self.places[here]
                raise self.refusal(
                    event, here, "each key once", f"`{key}` again", f"it is already on line {first.line}"
                )
            self.places[here] = _place(event)
            items[key] = self.value(next(events), events, here)
        return items

    def refusal(self, event: yaml.Event, path: KeyPath, expected: str, found: str, hint: str = "") -> UnreadableError:
        place = _place(event)
        return UnreadableError(Problem(self.file, place.line, place.column, dotted(path), expected, found, hint))


def _place(event: yaml.Event) -> Place:
    mark = event.start_mark
    assert mark is not None  # the parser always sets it; only hand-made events lack one
    return Place(mark.line + 1, mark.column + 1)


def dotted(path: KeyPath) -> str:
    """`("how", "do", 2, "en")` as `how.do[2].en`."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text
