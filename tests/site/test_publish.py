"""`mkdocs build` replaces site/ as a whole, or leaves it as it was."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from generator.site.publish import replaced

from ..support.faults import fill, tree
from ..support.paths import ROOT, SMALL
from ..support.project import copy_project, mkdocs
from .test_lock import another_run, started

OLD = {"index.html": "old", "gone.html": "old", ".git/HEAD": "ref"}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small handbook whose site/ has been built before."""
    fill(tmp_path / "site", OLD)
    return copy_project(tmp_path, SMALL)


def left(project: Path) -> set[str]:
    return {path.name for path in project.iterdir()}


def test_the_site_is_touched_by_two_renames_only_and_its_hidden_files_stay(project: Path) -> None:
    """MkDocs itself is watched: as nothing else goes on in site/, it may be killed anywhere else."""
    program = (
        "import os, runpy, sys\n"
        "site = os.path.abspath('site')\n"
        "def watch(event, args):\n"
        "    writes = event != 'open' or (args[2] or 0) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)\n"
        "    if event in ('open', 'os.rename', 'os.mkdir', 'os.remove', 'os.rmdir', 'os.chmod') and writes:\n"
        "        for path in args[:2]:\n"
        "            if isinstance(path, (str, os.PathLike)) and f'{path}/'.startswith(f'{site}/'):\n"
        "                print('*', event, os.path.relpath(args[0]), os.path.relpath(args[1]))\n"
        "sys.addaudithook(watch)\n"
        "runpy.run_module('mkdocs', run_name='__main__', alter_sys=True)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "build", "--strict"],
        cwd=project,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert [line for line in done.stdout.splitlines() if line.startswith("*")] == [
        "* os.rename site .site.building/old",
        "* os.rename .site.building/new site",
        "* os.rename .site.building/old/.git site/.git",
    ]
    assert (project / "site" / "en" / "index.html").exists()
    assert (project / "site" / ".git" / "HEAD").read_text("utf-8") == "ref"
    assert not (project / "site" / "gone.html").exists()
    assert left(project) == {".cache", "content", "docs", "generator", "mkdocs.yml", "site"}


WARN = "import logging; logging.getLogger('mkdocs.x').warning('nothing to see')"


@pytest.mark.parametrize(
    ("event", "fault", "status", "said"),
    [
        ("env", WARN, 1, "Aborted with 1 warnings in strict mode!"),
        ("files", "raise OSError(28, 'No space left on device', 'x.html')", 2, "\nx.html: No space left on device\n"),
        ("files", "raise KeyboardInterrupt", 1, "Aborted!"),
        ("files", "import os; os.kill(os.getpid(), 9)", -9, ""),
    ],
    ids=["a warning", "full disk", "stopped", "killed"],
)
def test_a_build_that_fails_leaves_the_site_as_it_was(
    event: str, fault: str, status: int, said: str, project: Path
) -> None:
    (project / "fault.py").write_text(f"def on_{event}(*args, **kwargs):\n    {fault}\n", encoding="utf-8")
    config = project / "mkdocs.yml"
    hooks = "  - generator/mkdocs_hook.py\n"
    config.write_text(config.read_text("utf-8").replace(hooks, f"{hooks}  - fault.py\n"), encoding="utf-8")
    before = tree(project / "site")
    done = mkdocs(project, "build", "--strict")
    assert done.returncode == status, done.stderr
    assert said in done.stderr + done.stdout
    assert "Traceback" not in done.stderr
    assert tree(project / "site") == before
    assert (".site.building" in left(project)) is (status == -9)


def test_a_warning_within_an_edition_leaves_the_site_as_it_was_too(project: Path) -> None:
    with (project / "generator" / "templates" / "terms.md.j2").open("a", encoding="utf-8") as template:
        template.write("\n[x](nowhere.md)\n")
    before = tree(project / "site")
    done = mkdocs(project, "build", "--strict")
    assert (done.returncode, "nowhere.md" in done.stderr) == (1, True)
    assert tree(project / "site") == before
    assert ".site.building" not in left(project)


def test_a_second_build_waits_for_the_first(project: Path) -> None:
    with (
        another_run(project / ".site.building" / "lock") as first,
        started("-m", "mkdocs", "--quiet", "build", cwd=project) as second,
    ):
        assert second.stderr
        assert any(line.startswith(f"Waiting for process {first.pid} (") for line in second.stderr)
        assert not (project / "docs" / "index.md").exists()


def test_what_is_in_the_way_is_not_removed(tmp_path: Path) -> None:
    fill(tmp_path, {"file": "mine", "outside/new/x": "mine", "outside/old/x": "mine"})
    (tmp_path / ".site.building").symlink_to(tmp_path / "outside")
    before = tree(tmp_path)
    for name in ("file", "site"):
        with pytest.raises(OSError, match=r"Not a directory|is a link"), replaced(tmp_path / name):
            raise AssertionError("it is in the way")
    assert tree(tmp_path) == before


def test_a_site_that_is_a_link_is_replaced_where_it_really_is(tmp_path: Path) -> None:
    fill(tmp_path / "disk" / "real", OLD)
    (tmp_path / "site").symlink_to(tmp_path / "disk" / "real")
    with replaced(tmp_path / "site") as new:
        fill(new, {"index.html": "new"})
        assert new.is_relative_to(tmp_path / "disk")
    assert (tmp_path / "site").is_symlink()
    assert {path.name for path in (tmp_path / "site").iterdir()} == {"index.html", ".git"}
    assert (tmp_path / "disk" / "real" / "index.html").read_text("utf-8") == "new"


def test_a_block_that_built_nothing_leaves_the_folder(tmp_path: Path) -> None:
    fill(tmp_path / "site", OLD)
    before = tree(tmp_path)
    with pytest.raises(FileNotFoundError), replaced(tmp_path / "site"):
        pass
    assert tree(tmp_path) == before


def test_replacements_that_start_together_come_one_after_the_other(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from generator.swap import replaced\n"
        "for number in range(50):\n"
        "    with replaced(Path(sys.argv[1])) as new:\n"
        "        new.mkdir(); (new / 'index.html').write_text(str(number))\n"
    )
    site = tmp_path / "site"
    runs = [
        subprocess.Popen([sys.executable, "-c", program, str(site)], cwd=ROOT, stderr=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    for run in runs:
        _, said = run.communicate()
        assert run.returncode == 0, said
    assert tree(tmp_path) == {"site": None, "site/index.html": b"49"}
