"""One file as text, read and written whole.

Only a regular file of bounded size in UTF-8 is read: everything else is refused before it can harm.
"""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from ..problems import NO_HINT, Phrase, Problem, phrase

MAX_BYTES: Final = 1024 * 1024


class UnreadableError(Exception):
    """The file cannot be used; `problems` (one or more) say why."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(map(str, self.problems)))


def refused(file: str, expected: Phrase, found: Phrase, hint: Phrase = NO_HINT) -> UnreadableError:
    """The error that says something of the file as a whole."""
    return UnreadableError([Problem(file, 0, 0, "", expected, found, hint)])


def text_of(path: Path, file: str, limit: int = MAX_BYTES) -> str:
    """The text of the file at `path`, of at most `limit` bytes, without a byte order mark; messages call it `file`.

    Raises `UnreadableError`.
    """
    return decoded(_bytes(path, file, limit), file)


_KINDS: Final[tuple[tuple[Callable[[int], bool], str], ...]] = (
    (stat.S_ISDIR, "found.folder"),
    (stat.S_ISFIFO, "found.pipe"),
    (stat.S_ISSOCK, "found.socket"),
    (stat.S_ISCHR, "found.device"),
    (stat.S_ISBLK, "found.device"),
)


def _bytes(path: Path, file: str, limit: int) -> bytes:
    """All of a regular file. Nothing else is opened: a pipe would wait for its writer for ever."""
    readable = phrase("expected.readable")
    try:
        about = path.stat()
        for is_kind, found in _KINDS:
            if is_kind(about.st_mode):
                raise refused(file, readable, phrase(found))
        size, raw = about.st_size, b""
        if size <= limit:
            with path.open("rb") as stream:
                raw = stream.read(limit + 1)  # it may grow meanwhile, or be of a kind that tells no size
            size = len(raw)
    except FileNotFoundError as error:
        raise refused(file, readable, phrase("found.none")) from error
    except PermissionError as error:
        raise refused(file, readable, phrase("found.forbidden"), phrase("hint.permit")) from error
    except OSError as error:
        raise refused(file, readable, phrase("found.error", message=error.strerror or error)) from error
    if size > limit:
        expected = phrase("expected.bytes", limit=limit)
        raise refused(file, expected, phrase("found.bytes", count=size), phrase("hint.split"))
    return raw


MARKS: Final = (
    ("UTF-32", b"\xff\xfe\0\0"),
    ("UTF-32", b"\0\0\xfe\xff"),
    ("UTF-16", b"\xff\xfe"),
    ("UTF-16", b"\xfe\xff"),
)
WIDE: Final = (("UTF-32", "utf-32-le"), ("UTF-32", "utf-32-be"), ("UTF-16", "utf-16-le"), ("UTF-16", "utf-16-be"))
NARROW: Final = (("GBK", "gb2312"),)
"""Nearly any bytes are valid in the whole of GBK; its older part tells more."""
UTF8_MARK: Final = b"\xef\xbb\xbf"


def decoded(raw: bytes, file: str) -> str:
    """`raw` as text. Raises `UnreadableError` where it is no UTF-8, saying what it seems to be."""
    seems, start = _marked_encoding(raw) or (_likely_encoding(raw) if 0 in raw else None), 0
    found = phrase("found.encoding")
    if not seems:
        try:
            return raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            # The codec counts from behind the mark.
            start = error.start + (len(UTF8_MARK) if raw.startswith(UTF8_MARK) else 0)
            if error.reason == "unexpected end of data":
                found = phrase("found.half-character")
            else:
                seems = _likely_encoding(raw)
    if seems:
        found = phrase("found.seems", encoding=seems)
    line_start = raw.rfind(b"\n", 0, start) + 1
    line, column = raw.count(b"\n", 0, start) + 1, len(raw[line_start:start].decode("utf-8-sig")) + 1
    wrong = phrase("expected.utf8"), found, phrase("hint.save-utf8")
    raise UnreadableError([Problem(file, line, column, "", *wrong)])


def _marked_encoding(raw: bytes) -> str | None:
    return next((name for name, mark in MARKS if raw.startswith(mark)), None)


def _likely_encoding(raw: bytes) -> str | None:
    """The encoding in which `raw` makes sense, for bytes that make none in UTF-8."""
    for name, codec in WIDE if 0 in raw else NARROW:
        try:
            text = raw.decode(codec)
        except UnicodeDecodeError:
            continue
        if "".join(text.split()).isprintable():
            return name
    return None


def replace_text(path: Path, text: str) -> bool:
    """Make `path`, among the files of the authors, hold `text`, line ends as they are in it; whether that changed
    anything. Raises `OSError`.
    """
    data = text.encode("utf-8")
    if path.is_file() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    beside.unlink(missing_ok=True)  # of a run that was killed; were it a link, what it leads to would be written over
    try:
        with beside.open("xb") as file:
            file.write(data)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return True
