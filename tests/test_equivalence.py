"""Whatever is edited and whatever is kept, the site is the one that a build from nothing gives, with its warnings."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from . import equivalence


def test_after_any_edit_the_site_and_its_warnings_are_those_of_a_build_from_nothing(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Two short sequences; `--sequences 300` tries as many longer ones."""
    count = request.config.getoption("--sequences")
    kinds: Counter[str] = Counter()
    for seed in range(1, (count or 2) + 1):
        steps = equivalence.STEPS if count else 3
        assert not equivalence.sequence(seed, tmp_path / str(seed), kinds, steps)
    assert kinds["served"] > 0
    assert kinds["built"] > 0
