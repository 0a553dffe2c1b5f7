"""Whatever is edited under `mkdocs serve`, it shows what a new build makes."""

from __future__ import annotations

from collections import Counter
from itertools import count
from pathlib import Path

import pytest

from ..support import previewed

pytestmark = pytest.mark.long


def test_after_any_edit_the_preview_shows_what_a_new_build_makes(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Two sequences, and on until there was a mistake among the edits; `--sequences 100` tries as many."""
    kinds: Counter[str] = Counter()
    wanted = request.config.getoption("--sequences") or 2
    for seed in count(1):
        wrong = previewed.sequence(seed, tmp_path / str(seed) / "project", kinds)
        assert not wrong, wrong
        if seed >= wanted and kinds["site"] and kinds["left out"]:
            break
