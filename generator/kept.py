"""What was made before, kept as long as what it was made from is the same."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from .versions import Versions

T = TypeVar("T")


class Kept:
    """One thing under each name, with what it was made from.

    It is for one process, which builds the same handbook again and again: nothing of it is ever read from a disk.
    """

    def __init__(self) -> None:
        self.versions = Versions()
        self._things: dict[Hashable, tuple[object, Any]] = {}

    def get(self, name: Hashable, source: object, make: Callable[[T | None], T]) -> T:
        """What is kept under `name` if it was made from an equal `source`; else what `make` makes of it, which gets
        the old one or None.
        """
        known = self._things.get(name)
        if known and known[0] == source:
            thing: T = known[1]
            return thing
        made = make(known[1] if known else None)
        self._things[name] = source, made
        return made

    def swap(self, name: Hashable, thing: T) -> T | None:
        """Keep `thing` under `name`. Gives what was there, or None."""
        known = self._things.get(name)
        self._things[name] = None, thing
        return known[1] if known else None
