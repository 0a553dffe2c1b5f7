"""The same content gives the same bytes, wherever and whenever it is built."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

import pytest

from .support.faults import tree
from .support.handbooks import build
from .support.odd import ASCII, oddly
from .support.paths import SMALL, SMALL_PAGES


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
    assert tree(docs) == tree(reference)
    modes = {stat.filemode(path.stat().st_mode) for path in docs.rglob("*")}
    assert modes == {"-rw-r--r--", "drwxr-xr-x"}


def test_where_only_ascii_can_be_shown_a_run_that_speaks_chinese_ends_well(reference: Path, tmp_path: Path) -> None:
    command = ("build", "--check", "--lang", "zh", "--content", str(SMALL), "--docs", str(reference))
    done = oddly(0, "022", "generator", *command, cwd=tmp_path, env=ASCII)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode("unicode-escape") == f"{SMALL_PAGES} 页，都是最新的\n"


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
