"""What is wrong with the content: every problem of a run is collected and reported together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend. `line` and `column` count from 1; 0 means the whole file."""

    file: str
    line: int
    column: int
    key: str
    expected: str
    found: str
    hint: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        key = f"{self.key}: " if self.key else ""
        hint = f" — {self.hint}" if self.hint else ""
        return f"{place}: {key}expected {self.expected}, found {self.found}{hint}"


class ContentError(Exception):
    """The content cannot be built; `problems` says why, sorted by place."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(map(str, self.problems)))


@dataclass
class Problems:
    """The collector that the whole pipeline writes into."""

    found: list[Problem] = field(default_factory=list)

    def add(self, problem: Problem) -> None:
        self.found.append(problem)

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.found)

    def __bool__(self) -> bool:
        return bool(self.found)

    def raise_if_any(self) -> None:
        """Raise `ContentError` with all that was collected, if anything was."""
        if self.found:
            raise ContentError(self.found)
