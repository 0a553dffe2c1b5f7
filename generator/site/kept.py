"""What is kept between the builds of one process, and by its store between processes."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType

import jinja2
from jinja2.bccache import Bucket

from ..runtime import digest
from .conversion import Facts
from .store import Store


class Compiled(jinja2.BytecodeCache):
    """Compiled templates, for all editions and builds of one process. On the disk they would be code to be trusted."""

    def __init__(self) -> None:
        self._code: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._code.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code:
            self._code[bucket.key, bucket.checksum] = bucket.code


@dataclass
class Kept:
    """The results of all sites of one process."""

    folder: Path | None = None
    """Where the results wait for the next process, if they do."""
    store: Store = field(default_factory=Store)
    facts: dict[str, Facts] = field(default_factory=dict)
    led: dict[str, str] = field(default_factory=dict)
    """Keys of facts to the last digest of files among which all their links led where they should."""
    sources: dict[str, tuple[list[int], str]] = field(default_factory=dict)
    """Paths of Markdown files to what the system said of them, and a digest of their bytes."""
    compiled: Compiled = field(default_factory=Compiled)

    @classmethod
    def at(cls, folder: Path | None) -> Kept:
        """What was kept in `folder`; without one, nothing."""
        return cls(folder, Store(folder / "store.sqlite" if folder else None))

    def notes(self, site: Path) -> Path | None:
        """Where the outputs of the site in this folder are noted."""
        return self.folder and self.folder / f"{digest(str(site.resolve()))}.json"
