"""Whatever is edited and whatever is kept, the site is the one that a build from nothing gives, with its warnings."""

from __future__ import annotations

import random
import time
from collections import Counter
from pathlib import Path

import pytest

from generator import versions

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


def test_what_a_failed_build_has_not_looked_at_the_next_one_looks_at(tmp_path: Path) -> None:
    """Files that nobody tells of again: a template that was changed with a mistake, and what a link leads to."""
    project = equivalence.Project(tmp_path / "project", random.Random(1))
    tip, debate = project.content / "tips" / "wipe.yml", project.content / "debates" / "alone.yml"
    linked = project.content / "elsewhere.txt"
    template = project.root / "generator" / "templates" / "tip.md.j2"
    right = tip.read_text(encoding="utf-8")
    time.sleep(versions.YOUNG / 1e9)  # then a file is known by its times

    def write(texts: dict[Path, str]) -> str | None:
        before = project.state()
        for path, text in texts.items():
            path.write_text(text, encoding="utf-8", newline="")
        return equivalence.serve(project, True, before, last, kinds)

    last: dict[str, bytes | None] = {}
    kinds: Counter[str] = Counter()
    try:
        assert not equivalence.serve(project, False, project.state(), last, kinds)
        assert not write({tip: right.replace("Fog", "Mist")})
        assert not write({tip: f"{right}no-such-key: x\n", template: template.read_text(encoding="utf-8") + "mark\n"})
        assert not write({tip: right})
        assert b"mark" in (last["en/tips/wipe/index.html"] or b"")
        debate.rename(linked)
        debate.symlink_to(linked)
        assert not write({tip: right.replace("Fog", "Mist")})
        assert not write({linked: linked.read_text(encoding="utf-8").replace("Can one", "May one")})
        assert b"May one" in (last["en/debates/alone/index.html"] or b"")
        assert kinds == {"served": 5, "last good": 1}
    finally:
        project.tell(do="stop")
        project.close()
