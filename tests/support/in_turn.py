"""Every pair in place of every combination.

A page is measured in several editions, on several screens. What is wrong with a kind of page on a phone is wrong in
more than one edition, and what an edition has wrong is on more than one kind of page. So each kind of page is measured
in each edition, each kind on each screen, and each edition on each screen, but not each kind in each edition on each
screen: that takes twice as long, and is done with `--exhaustive`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class InTurn:
    """Chooses among ways to measure a page."""

    exhaustive: bool

    def of(self, ways: Sequence[T], kind: int, edition: int) -> Sequence[T]:
        """Half of the `ways` for the kind of page and the edition with these numbers; for their neighbours the rest."""
        return ways if self.exhaustive else ways[(kind + edition) % 2 :: 2]

    def places(self, editions: Sequence[str], kinds: Sequence[str], ways: Sequence[T], way: T) -> list[str]:
        """The `kinds` of pages, each in the `editions` in which it is measured in this one of the `ways`."""
        return [
            f"{edition}/{kind}"
            for column, edition in enumerate(editions)
            for row, kind in enumerate(kinds)
            if way in self.of(ways, row, column)
        ]

    def some(self, asked: Sequence[T], share: int) -> Sequence[T]:
        """One of so many of what is `asked` again and again in the same way."""
        return asked if self.exhaustive else asked[::share]
