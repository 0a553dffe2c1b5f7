"""`python -m generator site` builds what has changed, and nothing where nothing has."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from generator import current
from generator.site import unchanged

from .support.faults import fill, tree
from .support.paths import SMALL
from .support.project import copy_project

SAYS_SO = "Nothing has changed.\n"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_project(tmp_path_factory.mktemp("unchanged"), SMALL)


def site(project: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "generator", "site", *options],
        cwd=project,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "1700000000", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


def test_a_second_run_says_so_a_lost_page_comes_back_and_without_cache_the_same_is_made(project: Path) -> None:
    assert site(project, "--no-cache").returncode == 0
    assert not (project / ".cache").exists()
    expected = tree(project / "site")
    first = site(project, "--strict")
    assert (first.returncode, SAYS_SO in first.stdout) == (0, False), first.stderr
    assert tree(project / "site") == expected
    assert site(project, "--strict").stdout == SAYS_SO
    (project / "site" / "en" / "index.html").unlink()
    assert site(project).stdout == ""
    assert tree(project / "site") == expected


def test_a_site_with_another_hook_is_built_every_time(project: Path) -> None:
    config, before = project / "mkdocs.yml", (project / "mkdocs.yml").read_text(encoding="utf-8")
    (project / "mine.py").write_text("def on_post_page(output, **_): return output + '<!-- 1 -->'\n", encoding="utf-8")
    hooks = "  - generator/mkdocs_hook.py\n"
    config.write_text(before.replace(hooks, f"{hooks}  - mine.py\n"), encoding="utf-8")
    assert site(project).returncode == 0
    assert (project / "site" / "index.html").read_text(encoding="utf-8").endswith("<!-- 1 -->")
    (project / "mine.py").write_text("def on_post_page(output, **_): return output + '<!-- 2 -->'\n", encoding="utf-8")
    assert SAYS_SO not in site(project).stdout
    assert (project / "site" / "index.html").read_text(encoding="utf-8").endswith("<!-- 2 -->")
    config.write_text(before, encoding="utf-8")


def test_a_site_with_warnings_is_built_again_and_warns_and_fails_again(project: Path) -> None:
    with (project / "generator" / "templates" / "terms.md.j2").open("a", encoding="utf-8") as template:
        template.write("\n[x](nowhere.md)\n")
    for _ in range(2):
        assert "nowhere.md" in site(project).stderr
    done = site(project, "--strict")
    assert (done.returncode, "nowhere.md" in done.stderr) == (1, True)


FILES = {"mkdocs.yml": "site_name: x", "content/a/b.yml": "x", "generator/c.py": "x", "site/en/p.html": "x"}


def a_note(root: Path) -> Path:
    fill(root, FILES)
    unchanged.Inputs(root).note(root / "note", ["site"])
    return root / "note"


def test_every_file_that_comes_or_goes_or_is_written_shows(tmp_path: Path) -> None:
    for number, path in enumerate([*FILES, "content/new.yml", "generator/theme/new.html", "site/en/new.html"]):
        root = tmp_path / str(number)
        note = a_note(root)
        assert unchanged.is_current(root, note)
        fill(root, {path: "other"})
        assert not unchanged.is_current(root, note), path
        if path in FILES and path != "mkdocs.yml":
            note = a_note(root)
            (root / path).unlink()
            assert not unchanged.is_current(root, note), path


def test_what_an_edit_during_the_build_changes_is_not_taken_for_built(tmp_path: Path) -> None:
    fill(tmp_path, FILES)
    inputs = unchanged.Inputs(tmp_path)
    fill(tmp_path, {"content/a/b.yml": "other"})
    inputs.note(tmp_path / "note", ["site"])
    assert not unchanged.is_current(tmp_path, tmp_path / "note")


@pytest.mark.parametrize("note", ["", "x", "x\ny", "\0\n\udcff\n../x"])
def test_a_damaged_note_says_nothing(note: str, tmp_path: Path) -> None:
    fill(tmp_path, FILES)
    (tmp_path / "note").write_text(note, encoding="utf-8", errors="surrogateescape")
    assert not unchanged.is_current(tmp_path, tmp_path / "note")


def test_a_configuration_that_reads_more_is_never_taken_to_be_unchanged(tmp_path: Path) -> None:
    fill(tmp_path, {**FILES, "mkdocs.yml": "site_name: !ENV [NAME, x]"})
    unchanged.Inputs(tmp_path).note(tmp_path / "note", ["site"])
    assert not (tmp_path / "note").exists()


def test_another_day_or_version_is_a_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    note = a_note(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert not unchanged.is_current(tmp_path, note)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.setattr(sys, "version", "4")
    assert not unchanged.is_current(tmp_path, note)


def test_nothing_is_unchanged_that_was_built_before_the_machine_was_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = a_note(tmp_path)
    (tmp_path / "boot").write_text("another\n", encoding="ascii")
    monkeypatch.setattr(current, "BOOT", tmp_path / "boot")
    assert not unchanged.is_current(tmp_path, note)
