"""Results by key, in one file that the next run finds again.

Nothing in the file is trusted: a value counts only with the checksum that was stored with it, values are JSON, and a
file that SQLite cannot read is thrown away. Whatever goes wrong with it, the site is made as if there were none.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, TypeVar

T = TypeVar("T")

_TABLE: Final = "create table if not exists kept (key text primary key, value blob, checksum blob) without rowid"
SPARE: Final = 2
"""So many times what this run has asked for may lie in the file besides, before it is dropped."""


class Store:
    """Plain values by key. Without a `file` they live as long as the process.

    What stands before a colon in a key names a result, and what stands behind it a part of that result.
    """

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._new: dict[str, bytes] = {}
        self._used: set[str] = set()
        self._database: sqlite3.Connection | None = None

    def get(self, key: str) -> Any:
        """What was put under `key`, or None."""
        packed = self._new.get(key) or self._read(key)
        if packed is None:
            return None
        try:
            value = json.loads(zlib.decompress(packed))
        except (ValueError, RecursionError, zlib.error):
            return None
        self._used.add(_result(key))
        return value

    def put(self, key: str, value: bytes) -> None:
        """Keep a value that is `packed`."""
        self._new[key] = value
        self._used.add(_result(key))

    def save(self) -> None:
        """Write to the file what was put."""

        def write(base: sqlite3.Connection) -> None:
            rows = ((key, packed, _checksum(key, packed)) for key, packed in self._new.items())
            base.executemany("insert or replace into kept values (?, ?, ?)", rows)
            base.commit()
            self._new.clear()

        if self._new and self._file:
            self._guarded(write)

    def tidy(self) -> None:
        """Drop results of which no part has been asked for since the process began, if they are many."""

        def drop(base: sqlite3.Connection) -> None:
            keys = [key for (key,) in base.execute("select key from kept")]
            old = [(key,) for key in keys if _result(key) not in self._used]
            if len(old) > SPARE * (len(keys) - len(old)) + 1000:
                base.executemany("delete from kept where key = ?", old)
                base.commit()

        if self._file:
            self._guarded(drop)

    def _read(self, key: str) -> bytes | None:
        if not self._file:
            return None
        query = "select value, checksum from kept where key = ?"
        row = self._guarded(lambda base: base.execute(query, (key,)).fetchone())
        if row and isinstance(row[0], bytes) and _checksum(key, row[0]) == row[1]:
            return row[0]
        return None

    def close(self) -> None:
        """Let go of the file until it is needed again: before another process begins, for none may share it."""
        if self._database:
            with suppress(sqlite3.Error):
                self._database.close()
        self._database = None

    def _guarded(self, use: Callable[[sqlite3.Connection], T]) -> T | None:
        try:
            if self._database is None:
                assert self._file
                self._database = _opened(self._file)
            return use(self._database)
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):  # else another run writes, and this one does without
                self._forget()
        except (sqlite3.Error, OSError, OverflowError):
            self._forget()
        return None

    def _forget(self) -> None:
        """Go on without the file; the next run begins a new one."""
        self.close()
        if self._file:
            with suppress(OSError):
                self._file.unlink()
        self._file = None


def packed(value: Any) -> bytes:
    """A value as it is kept; it must come back from JSON as it is."""
    return zlib.compress(json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass"), 1)


def _opened(file: Path) -> sqlite3.Connection:
    file.parent.mkdir(parents=True, exist_ok=True)
    database = sqlite3.connect(file, timeout=5, check_same_thread=False)
    database.execute("pragma journal_mode = memory")  # a file that a crash has torn is thrown away
    database.execute("pragma synchronous = off")
    database.execute(_TABLE)
    return database


def _result(key: str) -> str:
    return key.partition(":")[0]


def _checksum(key: str, value: bytes) -> bytes:
    return hashlib.blake2b(value, digest_size=16, key=key.encode("utf-8")[:64]).digest()
