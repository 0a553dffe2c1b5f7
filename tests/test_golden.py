"""Cases that are data: a content folder, and the pages or the messages it must give.

`tests/cases/small` is a whole handbook of another post. Each folder in `tests/cases/problems` holds the files
that differ from it (an empty file means: not there) and the messages expected, in every language of messages.
After a wanted change, `python -m pytest tests/test_golden.py --update-golden` writes what comes out today; read
the diff.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.cli import report
from generator.content.handbook import Handbook

from .support.handbooks import build, problems_of
from .support.paths import CASES, SMALL

PROBLEMS = sorted((CASES / "problems").iterdir())


def test_the_small_handbook_gives_exactly_these_pages(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    expected_folder = CASES / "small" / "expected"
    build(SMALL, tmp_path / "docs")
    given = {str(path.relative_to(tmp_path / "docs")): path for path in (tmp_path / "docs").rglob("*.md")}
    if request.config.getoption("--update-golden"):
        shutil.rmtree(expected_folder, ignore_errors=True)
        for name, path in given.items():
            (expected_folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, expected_folder / name)
    expected = {str(path.relative_to(expected_folder)): path for path in expected_folder.rglob("*.md")}
    assert sorted(given) == sorted(expected)
    for name, path in given.items():
        assert path.read_text(encoding="utf-8") == expected[name].read_text(encoding="utf-8"), name


def test_the_small_handbook_has_an_entry_of_every_kind(small: Handbook) -> None:
    """So that each template is among the pages above."""
    assert [name for name, entries in small.collections.items() if not entries] == []


@pytest.mark.parametrize("case", PROBLEMS, ids=lambda case: case.name)
def test_what_is_wrong_is_said(case: Path, content: Path, request: pytest.FixtureRequest) -> None:
    for file in sorted((case / "content").rglob("*")):
        target = content / file.relative_to(case / "content")
        if file.is_dir():
            target.mkdir(exist_ok=True)
        elif file.stat().st_size:
            shutil.copy(file, target)
        else:
            target.unlink()
    found = problems_of(content)
    for language in report.LANGUAGES:
        expected = case / f"expected.{language}.txt"
        messages = report.text(found, language) + "\n"
        if request.config.getoption("--update-golden"):
            expected.write_text(messages, encoding="utf-8")
        assert messages == expected.read_text(encoding="utf-8")
