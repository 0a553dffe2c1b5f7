"""Where things are that many tests begin with, and what the real handbook's editions are called."""

from __future__ import annotations

from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent.parent
TESTS: Final = ROOT / "tests"
CASES: Final = TESTS / "cases"
SMALL: Final = CASES / "small" / "content"
"""A whole handbook of another post."""
SMALL_PAGES: Final = len(list((CASES / "small" / "expected").rglob("*.md")))
"""How many pages it gives."""
EDITIONS: Final = ("zh", "en", "zh-en")
