"""`mkdocs build` replaces site/ as a whole, or leaves it as it was."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path

import pytest

from generator.site.publish import atomic_replacement

from ..support.faults import fill, tree
from ..support.paths import ROOT, SMALL
from ..support.project import copy_project, mkdocs

OLD = {"index.html": "old", "gone.html": "old", ".git/HEAD": "ref"}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small handbook whose site/ has been built before."""
    fill(tmp_path / "site", OLD)
    return copy_project(tmp_path, SMALL)


def left(project: Path) -> set[str]:
    return {path.name for path in project.iterdir()}


def with_hook(project: Path, event: str, does: str) -> None:
    (project / "hook.py").write_text(f"def on_{event}(*args, **kwargs):\n    {does}\n", encoding="utf-8")
    with (project / "mkdocs.yml").open("a", encoding="utf-8") as config:
        config.write("hooks: [hook.py]\n")


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
    assert left(project) == {"content", "docs", "generator", "mkdocs.yml", "site"}


WARN = "import logging; logging.getLogger('mkdocs.x').warning('nothing to see')"


@pytest.mark.parametrize(
    ("event", "fault", "status", "said"),
    [
        ("env", WARN, 1, "Aborted with 1 warnings in strict mode!"),
        ("post_build", WARN, 1, "Aborted with 1 warnings in strict mode!"),
        ("files", "raise OSError(28, 'No space left on device', 'x.html')", 2, "\nx.html: No space left on device\n"),
        ("post_page", "raise OSError(28, 'No space left on device', 'x.html')", 2, "x.html: No space left on device\n"),
        ("files", "raise KeyboardInterrupt", 1, "Aborted!"),
        ("page_content", "raise KeyboardInterrupt", 1, "Aborted!"),
        ("files", "import os; os.kill(os.getpid(), 9)", -9, ""),
    ],
    ids=["a warning", "at the end", "full disk", "full disk later", "stopped", "stopped later", "killed"],
)
def test_a_build_that_fails_leaves_the_site_as_it_was(
    event: str, fault: str, status: int, said: str, project: Path
) -> None:
    with_hook(project, event, fault)
    before = tree(project / "site")
    done = mkdocs(project, "build", "--strict")
    assert done.returncode == status, done.stderr
    assert said in done.stderr + done.stdout
    assert "Traceback" not in done.stderr
    assert tree(project / "site") == before
    assert (".site.building" in left(project)) is (status == -9)
    if status == -9:
        (project / "hook.py").write_text("", encoding="utf-8")
        assert mkdocs(project, "build", "--strict").returncode == 0
        assert (project / "site" / "en" / "index.html").exists()
        assert ".site.building" not in left(project)


def test_a_broken_link_within_an_edition_leaves_the_site_as_it_was_too(project: Path) -> None:
    with (project / "generator/render/templates/terms.md.j2").open("a", encoding="utf-8") as template:
        template.write("\n[x](nowhere.md)\n")
    before = tree(project / "site")
    for options in (["--strict"], []):
        done = mkdocs(project, "build", *options)
        assert (done.returncode, "nowhere.md" in done.stderr) == (1, True)
        assert "Traceback" not in done.stderr
        assert tree(project / "site") == before
    assert ".site.building" not in left(project)


def test_a_link_to_no_place_is_a_warning_that_ends_a_strict_build_only(project: Path) -> None:
    with (project / "generator/render/templates/terms.md.j2").open("a", encoding="utf-8") as template:
        template.write("\n[x](index.md#nowhere)\n")
    before = tree(project / "site")
    done = mkdocs(project, "build", "--strict")
    assert (done.returncode, "#nowhere" in done.stderr) == (1, True)
    assert tree(project / "site") == before
    done = mkdocs(project, "build")
    assert (done.returncode, "#nowhere" in done.stderr) == (0, True)
    assert not (project / "site" / "gone.html").exists()


def test_a_build_that_only_warns_replaces_the_site(project: Path) -> None:
    with (project / "mkdocs.yml").open("a", encoding="utf-8") as config:
        config.write("colour: red\n")
    assert mkdocs(project, "build", "--strict").returncode == 1
    assert (project / "site" / "gone.html").exists()
    done = mkdocs(project, "build")
    assert done.returncode == 0
    assert "colour" in done.stderr
    assert (project / "site" / "en" / "index.html").exists()
    assert not (project / "site" / "gone.html").exists()


def test_a_build_that_is_stopped_from_the_terminal_leaves_the_site_as_it_was(project: Path) -> None:
    with_hook(project, "env", "import time; print('now', flush=True); time.sleep(60)")
    before = tree(project / "site")
    with subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "build"],
        cwd=project,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.readline() == "now\n"
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 1
        assert "Traceback" not in process.stderr.read()
    assert tree(project / "site") == before
    assert ".site.building" not in left(project)


def test_a_second_build_waits_for_the_first(project: Path) -> None:
    with_hook(project, "env", "import time; print('now', flush=True); time.sleep(3)")
    command = [sys.executable, "-m", "mkdocs", "--quiet", "build"]
    pipe, quiet = subprocess.PIPE, {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    with subprocess.Popen(command, cwd=project, env=quiet, stdout=pipe, text=True) as first:
        assert first.stdout
        assert first.stdout.readline() == "now\n"
        with subprocess.Popen(command, cwd=project, env=quiet, stdout=pipe, stderr=pipe, text=True) as second:
            assert second.stderr
            said = second.stderr.read()
            assert said.startswith(f"Waiting for process {first.pid} (")
            assert (first.wait(60), second.wait(60)) == (0, 0)
    assert (project / "site" / "en" / "index.html").exists()


def test_a_dirty_build_writes_into_the_site_that_is_there(project: Path) -> None:
    assert mkdocs(project, "build", "--quiet").returncode == 0
    other = project / "site" / "en" / "duties" / "lamp" / "index.html"
    stamp = other.stat().st_mtime_ns
    tip = project / "content" / "tips" / "wipe.yml"
    time.sleep(0.05)
    tip.write_text(tip.read_text(encoding="utf-8").replace("en: Fog.", "en: Mist."), encoding="utf-8")
    done = mkdocs(project, "build", "--dirty")
    assert done.returncode == 0, done.stderr
    assert "Mist." in (project / "site" / "en" / "tips" / "wipe" / "index.html").read_text(encoding="utf-8")
    for edition in ("en", "both"):
        assert "lamp" in (project / "site" / edition / "search" / "index.js").read_text(encoding="utf-8")
    assert other.stat().st_mtime_ns == stamp


def test_a_site_is_deployed_with_what_its_author_put_into_docs(project: Path) -> None:
    if not shutil.which("git"):
        pytest.skip("needs git")
    fill(project / "docs", {"CNAME": "example.org\n", "robots.txt": "User-agent: *\n"})
    shutil.rmtree(project / "site")
    named = {f"GIT_{who}_{what}": "x@x.x" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    environment = {**os.environ, **named, "GIT_CONFIG_GLOBAL": os.devnull, "NO_MKDOCS_2_WARNING": "1"}

    def run(*command: str) -> str:
        done = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    for command in ("init -q", "init -q --bare origin.git", "remote add origin origin.git"):
        run("git", *command.split())
    run("git", "commit", "-q", "--allow-empty", "-m", "first")
    for _ in range(2):
        run(sys.executable, "-m", "mkdocs", "gh-deploy", "--quiet")
        deployed = run("git", "--git-dir", "origin.git", "ls-tree", "-r", "--name-only", "gh-pages").splitlines()
        assert {"CNAME", "robots.txt", "index.html", "en/tips/wipe/index.html", ".nojekyll"} <= set(deployed)


# --- the replacing itself; `python -m tests.support.faults` kills it at every step ---------------------------


def test_what_is_in_the_way_is_not_removed(tmp_path: Path) -> None:
    fill(tmp_path, {"file": "mine", "outside/new/x": "mine", "outside/old/x": "mine"})
    (tmp_path / ".site.building").symlink_to(tmp_path / "outside")
    before = tree(tmp_path)
    for name in ("file", "site"):
        with pytest.raises(OSError, match=r"Not a directory|is a link"), atomic_replacement(tmp_path / name):
            raise AssertionError("it is in the way")
    assert tree(tmp_path) == before


@pytest.mark.parametrize("name", ["new", "old"])
@pytest.mark.parametrize("has_site", [True, False])
def test_nothing_is_taken_through_a_link_beside_the_site(name: str, has_site: bool, tmp_path: Path) -> None:
    fill(tmp_path, {"outside/x": "mine", "outside/.git/config": "mine", ".site.building/lock": ""})
    fill(tmp_path / "site", OLD if has_site else {})
    (tmp_path / ".site.building" / name).symlink_to(tmp_path / "outside")
    before = tree(tmp_path)
    with pytest.raises(OSError, match=f"is a link.*site.building/{name}"), atomic_replacement(tmp_path / "site"):
        raise AssertionError("it is in the way")
    assert tree(tmp_path) == before


def test_a_site_that_is_a_link_is_replaced_where_it_really_is(tmp_path: Path) -> None:
    fill(tmp_path / "disk" / "real", OLD)
    (tmp_path / "site").symlink_to(tmp_path / "disk" / "real")
    with atomic_replacement(tmp_path / "site") as new:
        fill(new, {"index.html": "new"})
        assert new.is_relative_to(tmp_path / "disk")
    assert (tmp_path / "site").is_symlink()
    assert {path.name for path in (tmp_path / "site").iterdir()} == {"index.html", ".git"}
    assert (tmp_path / "disk" / "real" / "index.html").read_text("utf-8") == "new"


def test_a_block_that_built_nothing_leaves_the_folder(tmp_path: Path) -> None:
    fill(tmp_path / "site", OLD)
    before = tree(tmp_path)
    with pytest.raises(FileNotFoundError), atomic_replacement(tmp_path / "site"):
        pass
    assert tree(tmp_path) == before


def test_what_stands_there_while_another_run_is_at_it_is_not_judged(tmp_path: Path) -> None:
    """Between the two renames of the other run nothing is there, or something else."""
    site = tmp_path / "site"
    with ThreadPoolExecutor() as pool:
        with atomic_replacement(site) as new:
            fill(new, {"index.html": "first"})
            site.write_text("in the way")
            second = pool.submit(_replace, site)
            wait([second], timeout=0.5)  # as long as it may take to look
            site.unlink()
        second.result()
    assert tree(tmp_path) == {"site": None, "site/index.html": b"second"}


def _replace(site: Path) -> None:
    with atomic_replacement(site) as new:
        fill(new, {"index.html": "second"})


def test_replacements_that_start_together_come_one_after_the_other(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from generator.site.publish import atomic_replacement\n"
        "for number in range(50):\n"
        "    with atomic_replacement(Path(sys.argv[1])) as new:\n"
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
