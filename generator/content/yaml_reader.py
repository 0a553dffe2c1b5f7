"""One YAML file as plain data, with the place of every key.

The file is read from PyYAML's event stream, not composed and constructed: that keeps every scalar the
text its author typed (`no`, `08`, `22:30`), gives each key its line and column, and lets the limits
below act before anything large exists. Aliases, tags, several documents and duplicate keys are refused:
none of them is needed to write an entry, and each has surprised somebody.

libyaml gives the events of what nobody complains of, in a tenth of the time. The verdict on everything else, and its
words and places, are those of PyYAML's own scanner, made strict: so they are the same on every machine.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any, Final, NamedTuple

import yaml

from ..problems import NO_HINT, Phrase, Problem, phrase, visible
from . import markup, yaml_text
from .text_file import UnreadableError as UnreadableError
from .text_file import refused, text_of
from .yaml_scanner import StrictLoader
from .yaml_text import Finding

MAX_DEPTH: Final = 20
MAX_NODES: Final = 20_000
MAX_SCALAR: Final = 65_536
MAX_KEY: Final = 100
MAX_PROBLEMS: Final = 20
"""Problems said of one file; what comes after them is mostly their consequence."""
STANDARD_TAG: Final = "tag:yaml.org,2002:"
"""What PyYAML puts for the `!!` that was written."""

_CONTINUED: Final = re.compile(r"\\\n[ \t]*")
"""The end of a line in double quotation marks that goes on in the next one."""

Data = str | list["Data"] | dict[str, "Data"]
KeyPath = tuple[str | int, ...]


class Place(NamedTuple):
    """Line and column, both from 1."""

    line: int
    column: int


@dataclass(frozen=True)
class Document:
    """What one file holds. `file` is the name that messages show."""

    file: str
    data: dict[str, Data] | list[Data]
    path: Path | None = None

    @cached_property
    def text(self) -> str:
        """What is written in it, read again where it has been forgotten."""
        assert self.path
        return text_of(self.path, self.file)

    def forget_text(self) -> None:
        """Hold what the file says only once, as data: of a large handbook the text is a large part."""
        if self.path:
            self.__dict__.pop("text", None)
            self.__dict__.pop("comments", None)

    @cached_property
    def places(self) -> dict[KeyPath, Place]:
        """The place of every key and list item, looked for when somebody asks. Raises `UnreadableError`."""
        return _parsed(self.text, self.file).places

    @cached_property
    def comments(self) -> dict[KeyPath, Place]:
        """The place of every comment behind a plain value, which may have been meant as a part of it."""
        return _parsed(self.text, self.file).comments if yaml_text.may_lose_text(self.text) else {}

    def place(self, path: KeyPath) -> Place:
        """The place of `path`, or of the nearest thing around it that is written down.

        The first place, for a file that cannot be read again.
        """
        try:
            while path and path not in self.places:
                path = path[:-1]
            return self.places.get(path, Place(1, 1))
        except UnreadableError:
            return Place(1, 1)


def read(path: Path, file: str) -> Document:
    """Read the file at `path`; messages call it `file`.

    Raises `UnreadableError` for what cannot be read as one plain YAML document.
    """
    return parse(text_of(path, file), file, path)


def parse(text: str, file: str, path: Path | None = None) -> Document:
    """Read YAML `text`, which stands in the file at `path` if it stands anywhere; see `read`."""
    data = _quickly_parsed(text, file) if yaml_text.is_fit(text) else None
    document = Document(file, _parsed(text, file).data if data is None else data, path)
    document.__dict__["text"] = text
    return document


def _quickly_parsed(text: str, file: str) -> dict[str, Data] | list[Data] | None:
    """The data of YAML `text` from the events of libyaml; None where anything in it asks for a second look."""
    if not (yaml.__with_libyaml__ and yaml_text.reads_alike(text)) or next(yaml_text.conflicts(text), None):
        return None
    builder = _Builder(yaml.CSafeLoader(text), text, file)
    try:
        data = builder.document()
    except (_EnoughError, UnreadableError, yaml.YAMLError, ValueError, OverflowError):
        return None
    return None if builder.problems or builder.is_doubtful else data


class _Parsed(NamedTuple):
    data: dict[str, Data] | list[Data]
    places: dict[KeyPath, Place]
    comments: dict[KeyPath, Place]


def _parsed(text: str, file: str) -> _Parsed:
    """The data of YAML `text` and what stands where, by the parser. Raises `UnreadableError`."""
    for check in (yaml_text.unfit, yaml_text.conflicts, yaml_text.excess):
        if findings := list(islice(check(text), MAX_PROBLEMS)):
            raise UnreadableError(_problem(file, text, finding) for finding in findings)
    loader = StrictLoader(text)
    builder = _Builder(loader, text, file)
    data: dict[str, Data] | list[Data] = {}
    try:
        data = builder.document()
    except _EnoughError:
        pass
    except yaml.MarkedYAMLError as error:
        builder.add((), yaml_text.syntax(error, text))
    except (ValueError, OverflowError):  # PyYAML asks for the character of `\UFFFFFFFF`
        escape = phrase("expected.yaml"), phrase("found.escape"), phrase("hint.escape")
        builder.add((), Finding(loader.index, *escape))
    if builder.problems:
        raise UnreadableError(builder.problems)
    places = {path: Place(mark.line + 1, mark.column + 1) for path, mark in builder.marks.items()}
    return _Parsed(data, places, builder.comments)


def dotted(path: KeyPath) -> str:
    """`("how", "do", 2, "en")` as `how.do[2].en`."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return visible(text)


def _problem(file: str, text: str, finding: Finding, path: KeyPath = ()) -> Problem:
    offset, *wrong = finding
    line, column = text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
    return Problem(file, line, column, dotted(path), *wrong)


class _EnoughError(Exception):
    """The rest of the file is left unread; the problems found say why."""


class _Builder:
    """Builds plain data from events, by recursive descent with a bounded depth.

    What is refused is noted and read over where it can be, so that one run tells an author all of it.
    """

    def __init__(self, loader: yaml.CSafeLoader | yaml.SafeLoader, text: str, file: str) -> None:
        self.loader = loader
        self.text = text
        self.file = file
        self.nodes = 0
        self.marks: dict[KeyPath, yaml.Mark] = {}
        """Where every key and list item begins."""
        self.comments: dict[KeyPath, Place] = {}
        self.problems: list[Problem] = []
        self.flow_depth = 0
        self.indent = -1
        """Column of the innermost mapping or list that is written without brackets."""
        self.end = 0
        """Where the last event ends."""
        self.is_doubtful = False
        """Whether libyaml takes what the specification may not: a `?` in a plain text in brackets, or what is not
        indented in brackets, in quotation marks, or with a `|`."""

    def document(self) -> dict[str, Data] | list[Data]:
        """The only document of the file. Raises `_EnoughError`, or what PyYAML raises."""
        self.event()  # stream start
        if not isinstance(self.event(), yaml.DocumentStartEvent):
            raise refused(self.file, phrase("expected.entry"), phrase("found.empty-file"))
        root = self.event()
        data = self.value(root, ())
        if data == "":
            raise refused(self.file, phrase("expected.entry"), phrase("found.empty-file"))
        if isinstance(data, str):
            only = phrase("expected.mapping"), phrase("found.only-text"), phrase("hint.key-value")
            start, end = root.start_mark, root.end_mark.index
            slip = yaml_text.slip(self.text, start.index - start.column, end, any_word=True)
            self.note((), slip or Finding(start.index, *only))
            raise _EnoughError
        self.event()  # document end
        after = self.event()
        if isinstance(after, yaml.DocumentStartEvent):
            hint = phrase("hint.delete-line", line="---")
            self.refuse(after, (), phrase("expected.one-document"), phrase("found.second-document"), hint)
        return data

    def event(self) -> Any:
        event = self.loader.get_event()
        assert event and event.end_mark
        self.end = event.end_mark.index
        return event

    def value(self, event: Any, path: KeyPath) -> Data:
        self.plain(event, path)
        if isinstance(event, yaml.AliasEvent):
            return ""
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event, path)
        if len(path) >= MAX_DEPTH:
            self.refuse(event, path, phrase("expected.depth", limit=MAX_DEPTH), phrase("found.deeper"))
            raise _EnoughError
        outer = self.indent
        self.flow_depth += bool(event.flow_style)
        self.indent = outer if event.flow_style else event.start_mark.column
        data = self.sequence(path) if isinstance(event, yaml.SequenceStartEvent) else self.mapping(path)
        self.flow_depth -= bool(event.flow_style)
        self.indent = outer
        if event.flow_style and not self.flow_depth:
            self.doubt(event.start_mark.index, self.end)
        return data

    def doubt(self, start: int, end: int) -> None:
        """Note whether a line between `start` and `end`, in brackets or quotation marks, is not indented."""
        lines = self.text[start:end].split("\n")[1:]
        self.is_doubtful |= any(line.strip() and len(line) - len(line.lstrip(" ")) <= self.indent for line in lines)

    def plain(self, event: Any, path: KeyPath) -> None:
        """Count a key or value; refuse what YAML can put before it, or in its place."""
        self.nodes += 1
        if self.nodes > MAX_NODES:
            limit = phrase("expected.nodes", limit=MAX_NODES)
            self.refuse(event, path, limit, phrase("found.more"), phrase("hint.split"))
            raise _EnoughError
        if self.flow_depth and isinstance(event, yaml.ScalarEvent) and event.implicit[0] and "?" in event.value:
            self.is_doubtful = True
        if isinstance(event, yaml.AliasEvent):
            alias = phrase("found.alias", name=str(event.anchor)[:MAX_KEY])
            self.refuse(event, path, phrase("expected.written-out"), alias, phrase("hint.write-out"))
            return
        for name, found in ((event.anchor, "found.anchor"), (event.tag, "found.tag")):
            if name:
                given = phrase(found, name=visible(name[:MAX_KEY].replace(STANDARD_TAG, "!!")))
                self.refuse(event, path, phrase("expected.plain"), given, phrase("hint.remove-or-quote"))

    def scalar(self, event: Any, path: KeyPath) -> str:
        text: str = event.value
        self.is_doubtful |= not self.flow_depth and event.start_mark.column <= self.indent
        if len(text) > MAX_SCALAR:
            limit = phrase("expected.text-length", limit=MAX_SCALAR)
            self.refuse(event, path, limit, phrase("found.number", count=len(text)), phrase("hint.split"))
        if event.style == '"' and (fault := next(yaml_text.unfit(text), None)):  # it was written as an escape
            self.refuse(event, path, *fault[1:])
        if event.implicit[0]:  # plain: neither quoted nor a block
            mark = event.start_mark
            line_start = mark.index - mark.column
            first = not self.text[line_start : mark.index].strip(" -") if mark.column <= MAX_KEY else False
            end = event.end_mark
            if slip := yaml_text.slip(self.text, line_start if first else mark.index, end.index):
                self.note(path, slip)
            if text and (behind := yaml_text.comment_behind(self.text, end.index)):
                self.comments[path] = Place(end.line + 1, end.column + behind)
        if event.style != "|" and event.end_mark.line > event.start_mark.line:
            written = self.text[event.start_mark.index : event.end_mark.index]
            if event.style != ">" and not self.flow_depth:
                self.doubt(event.start_mark.index, event.end_mark.index)
            if event.style:  # a quotation mark, or the `>` above the text
                written = written[1:-1] if event.style in "'\"" else written.partition("\n")[2]
            if event.style == '"':
                written = _CONTINUED.sub("", written)
            if line := markup.joined(written):
                found = phrase("found.line", text=line)
                self.refuse(event, path, phrase("expected.one-paragraph"), found, phrase("hint.keep-lines"))
        return text

    def sequence(self, path: KeyPath) -> list[Data]:
        items: list[Data] = []
        while not isinstance(event := self.event(), yaml.SequenceEndEvent):
            here = (*path, len(items))
            self.marks[here] = event.start_mark
            items.append(self.value(event, here))
        return items

    def mapping(self, path: KeyPath) -> dict[str, Data]:
        items: dict[str, Data] = {}
        while not isinstance(event := self.event(), yaml.MappingEndEvent):
            key = self.key(event, path)
            here = (*path, key)
            if key in items:
                line = phrase("hint.first-line", line=self.marks[here].line + 1)
                self.refuse(event, here, phrase("expected.once"), phrase("found.again", key=key), line)
            self.marks.setdefault(here, event.start_mark)
            items.setdefault(key, self.value(self.event(), here))
        return items

    def key(self, event: Any, path: KeyPath) -> str:
        """A key as text; what is no good key is refused and stands in as its place, to be read on."""
        if not isinstance(event, yaml.ScalarEvent):
            self.refuse(event, path, phrase("expected.plain-key"), phrase("found.something-else"))
            self.value(event, path)
            return str(event.start_mark.index)
        self.plain(event, path)
        key = unicodedata.normalize("NFC", event.value)
        if event.value == "<<":
            self.refuse(event, path, phrase("expected.plain-key"), phrase("found.merge"), phrase("hint.write-out"))
        elif not key or len(key) > MAX_KEY:
            limit = phrase("expected.key-length", limit=MAX_KEY)
            self.refuse(event, path, limit, phrase("found.number", count=len(key)))
            return visible(key[:MAX_KEY])
        elif fault := yaml_text.key_fault(key):
            self.refuse(event, path, *fault[1:])
            return visible(key)
        return key

    def refuse(self, event: Any, path: KeyPath, expected: Phrase, found: Phrase, hint: Phrase = NO_HINT) -> None:
        self.note(path, Finding(event.start_mark.index, expected, found, hint))

    def note(self, path: KeyPath, finding: Finding) -> None:
        self.add(path, finding)
        if len(self.problems) >= MAX_PROBLEMS:
            raise _EnoughError

    def add(self, path: KeyPath, finding: Finding) -> None:
        """Unless it was seen before, from inside: the parser stumbles over a slip that a text showed."""
        problem = _problem(self.file, self.text, finding, path)
        if all((problem.line, problem.column) != (known.line, known.column) for known in self.problems):
            self.problems.append(problem)
