"""The same content gives the same bytes, wherever and whenever it is built."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from generator import current
from generator.pipeline import build

from .support.faults import tree
from .support.paths import ROOT, SMALL
from .support.project import copy_project

PLAIN = {name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT") if name in os.environ}
ASCII = {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}

# Runs a module as `python -m` does, with another umask, and with folders that list their files in another order.
ODDLY = """
import os, random, runpy, sys
seed, umask, module = sys.argv[1:4]
del sys.argv[1:4]
os.umask(int(umask, 8))
shuffled = random.Random(int(seed)).sample
listdir, scandir = os.listdir, os.scandir
class Entries:
    def __init__(self, entries): self.entries = iter(entries)
    def __iter__(self): return self.entries
    def __next__(self): return next(self.entries)
    def __enter__(self): return self
    def __exit__(self, *error): pass
    def close(self): pass
def mixed(real, *args):
    entries = list(real(*args))
    return shuffled(entries, len(entries))
os.listdir = lambda *args: mixed(listdir, *args)
os.scandir = lambda *args: Entries(mixed(scandir, *args))
runpy.run_module(module, run_name="__main__", alter_sys=True)
"""


def oddly(
    seed: int, umask: str, module: str, *arguments: str, cwd: Path, env: dict[str, str]
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-c", ODDLY, str(seed), umask, module, *arguments],
        cwd=cwd,
        env={**PLAIN, "PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1", **env},
        capture_output=True,
    )


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the small handbook gives in this process."""
    docs = tmp_path_factory.mktemp("reference") / "docs"
    build(SMALL, docs)
    return docs


CIRCUMSTANCES: tuple[tuple[str, dict[str, str], str], ...] = (  # what, environment, umask
    ("an ASCII locale", {**ASCII, "PYTHONHASHSEED": "0"}, "022"),
    ("a Chinese locale, private files", {"LC_ALL": "zh_CN.UTF-8", "PYTHONHASHSEED": "1"}, "077"),
    ("east of Greenwich, files for all to write", {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "4711"}, "000"),
    ("west of Greenwich, long ago", {"TZ": "Pacific/Pago_Pago", "SOURCE_DATE_EPOCH": "0"}, "022"),
    ("nothing set", {}, "022"),
)


@pytest.mark.parametrize(
    ("seed", "env", "umask"),
    [(seed, env, umask) for seed, (_, env, umask) in enumerate(CIRCUMSTANCES)],
    ids=[name for name, _, _ in CIRCUMSTANCES],
)
def test_the_pages_are_the_same(seed: int, env: dict[str, str], umask: str, reference: Path, tmp_path: Path) -> None:
    """Each in another working directory, and with folders in another order."""
    content = tmp_path / "elsewhere" / "content"
    shutil.copytree(SMALL, content)
    command = ("build", "--content", "content", "--docs", "x/d")
    done = oddly(seed, umask, "generator", *command, cwd=content.parent, env=env)
    assert (done.returncode, done.stderr) == (0, b"")
    docs = content.parent / "x" / "d"
    noted = tree(docs)
    del noted[current.NOTE]  # of this machine, and of now
    assert noted == tree(reference)
    modes = {stat.filemode(path.stat().st_mode) for path in docs.rglob("*")}
    assert modes == {"-rw-r--r--", "drwxr-xr-x"}


def test_where_only_ascii_can_be_shown_a_run_that_speaks_chinese_ends_well(reference: Path, tmp_path: Path) -> None:
    command = ("build", "--check", "--lang", "zh", "--content", str(SMALL), "--docs", str(reference))
    done = oddly(0, "022", "generator", *command, cwd=tmp_path, env=ASCII)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode("unicode-escape") == "47 页，都是最新的\n"


def test_content_that_was_written_in_another_order_gives_the_same_pages(reference: Path, tmp_path: Path) -> None:
    content = tmp_path / "content"
    for source in sorted(SMALL.rglob("*"), reverse=True):
        if source.is_file():
            copy = content / source.relative_to(SMALL)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, copy)
            os.utime(copy, (0, 0))
    build(content, tmp_path / "docs")
    assert tree(tmp_path / "docs") == tree(reference)


def test_two_sites_of_one_date_are_the_same_to_the_byte(tmp_path: Path) -> None:
    """Material, search index and sitemap included."""
    seconds = 1_700_000_000
    date = {"SOURCE_DATE_EPOCH": str(seconds)}
    circumstances = (
        (1, "022", {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LANG": "C.UTF-8"}),
        (2, "077", {"PYTHONHASHSEED": "2", "TZ": "Pacific/Pago_Pago", **ASCII}),
    )
    for seed, _, _ in circumstances:
        copy_project(tmp_path / str(seed), SMALL)

    def run(seed: int, umask: str, env: dict[str, str]) -> subprocess.CompletedProcess[bytes]:
        return oddly(
            seed, umask, "mkdocs", "build", "--strict", cwd=tmp_path / str(seed), env={**env, **date, "PYTHONPATH": ""}
        )

    with ThreadPoolExecutor() as pool:
        for done in pool.map(run, *zip(*circumstances, strict=True)):
            assert done.returncode == 0, done.stderr
    first, second = (tree(tmp_path / str(seed) / "site") for seed, _, _ in circumstances)
    assert list(first) == list(second)
    assert [path for path in first if first[path] != second[path]] == []
    packed = first["sitemap.xml.gz"]
    assert packed
    assert int.from_bytes(packed[4:8], "little") == seconds - seconds % 86400  # the day, where gzip writes its date
