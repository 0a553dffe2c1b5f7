"""The figures of one size of handbook, kept as JSON beside this module."""

from __future__ import annotations

import json
import statistics
from pathlib import Path
from typing import Any, Final

from .measure import Usage

FOLDER: Final = Path(__file__).parent / "results"


class Results:
    """What was measured with a handbook of so many entries."""

    def __init__(self, entries: int, data: dict[str, Any]) -> None:
        self.entries = entries
        self.data = data

    @classmethod
    def load(cls, entries: int) -> Results:
        """What is kept of this size; nothing at first."""
        path = FOLDER / f"{entries}.json"
        empty: dict[str, Any] = {"names": {}, "about": {}, "builds": {}, "serving": {}, "failures": {}}
        return cls(entries, json.loads(path.read_text(encoding="utf-8")) if path.exists() else empty)

    @classmethod
    def all(cls) -> list[Results]:
        """Every size that is kept, the smallest first."""
        return [cls.load(size) for size in sorted(int(path.stem) for path in FOLDER.glob("*.json"))]

    def save(self) -> None:
        FOLDER.mkdir(exist_ok=True)
        text = json.dumps(self.data, ensure_ascii=False, indent=1, sort_keys=True)
        (FOLDER / f"{self.entries}.json").write_text(text + "\n", encoding="utf-8")

    # --- while measuring ---------------------------------------------------------------------------------

    def about(self, machine: dict[str, str], date: str, rounds: int, pages: int) -> None:
        self.data.update(machine=machine, date=date, rounds=rounds, pages=pages, others=[])
        self.data.pop("remark", None)  # of the last measurement, by who made it

    def forget(self, name: str) -> None:
        for part in ("names", "about", "builds", "serving", "failures"):
            self.data[part].pop(name, None)
        self.data["failures"].pop(f"{name}, serving", None)

    def takes_part(self, name: str, title: str, about: str) -> None:
        self.data["names"][name] = title
        self.data["about"][name] = about

    def built(self, name: str, step: str, used: Usage) -> None:
        figures = self.data["builds"].setdefault(name, {}).setdefault(step, {"wall": [], "cpu": [], "memory": []})
        for kind, value in (("wall", used.wall), ("cpu", used.cpu), ("memory", used.memory)):
            figures[kind].append(round(value, 3))

    def served(self, name: str, kind: str, seconds: list[float], about: str) -> None:
        entry = self.data["serving"].setdefault(name, {"about": about})
        entry[kind] = [round(second, 4) for second in seconds]

    def disturbed(self, cores: float) -> None:
        """How many cores others kept busy during one round."""
        self.data["others"].append(round(max(cores, 0.0), 1))

    def failed(self, name: str, why: str) -> None:
        self.data["failures"][name] = why

    # --- afterwards --------------------------------------------------------------------------------------

    def build(self, name: str, step: str, kind: str = "wall") -> float | None:
        """The median of one figure of one step."""
        figures = self.data["builds"].get(name, {}).get(step, {}).get(kind)
        return statistics.median(figures) if figures else None

    @property
    def others(self) -> float:
        """How many cores others kept busy, in the median of the rounds."""
        cores: list[float] = self.data["others"]
        return statistics.median(cores or [0.0])

    def wait(self, name: str, kind: str) -> float | None:
        """The median wait under a development server, in seconds."""
        figures = self.data["serving"].get(name, {}).get(kind)
        return statistics.median(figures) if figures else None
