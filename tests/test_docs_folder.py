"""Writing the pages: whole or not at all, only what changed, and nothing of anybody else."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from generator import docs_folder
from generator.cli import report
from generator.cli.main import main
from generator.problems import ContentError

from .support.faults import NEW, OLD, Refuse, fill, tree, watched
from .support.paths import ROOT, SMALL

NEEDS_ROOM = frozenset({"open", "write", "fsync", "mkdir"})


def test_only_what_changed_is_written(tmp_path: Path) -> None:
    first = docs_folder.write(tmp_path, {"a/x.md": "1", "a/y.md": "2"})
    assert (sorted(first.changed), first.kept) == (["a/x.md", "a/y.md"], 0)
    before = (tmp_path / "a/y.md").stat().st_mtime_ns
    second = docs_folder.write(tmp_path, {"a/x.md": "3", "a/y.md": "2"})
    assert (second.changed, second.removed, second.kept) == (["a/x.md"], [], 1)
    assert (tmp_path / "a/y.md").stat().st_mtime_ns == before


def test_what_an_earlier_run_made_and_no_longer_makes_disappears(tmp_path: Path) -> None:
    fill(tmp_path, {"README.md": "mine"})
    docs_folder.write(tmp_path, {"a/x.md": "1", "b/y.md": "2"})
    assert docs_folder.write(tmp_path, {"b/y.md": "2"}).removed == ["a/x.md"]
    assert not (tmp_path / "a").exists()
    assert (tmp_path / "README.md").read_text(encoding="utf-8") == "mine"


def test_the_page_of_a_renamed_entry_moves_and_that_of_a_deleted_one_goes(tmp_path: Path) -> None:
    content, docs = tmp_path / "content", tmp_path / "docs"
    shutil.copytree(SMALL, content)
    command = ["build", "--content", str(content), "--docs", str(docs)]
    assert main(command) == 0
    (content / "tips" / "wipe.yml").rename(content / "tips" / "dust.yml")
    for file in content.rglob("*.yml"):
        file.write_text(file.read_text("utf-8").replace("wipe", "dust"), encoding="utf-8")
    assert main(command) == 0
    assert [path.name for path in docs.glob("*/tips/*.md") if path.stem in ("wipe", "dust")] == ["dust.md"] * 2


# --- what somebody else made -------------------------------------------------------------------------------


MADE = {"a/x.md": "made", "index.md": "made"}


@pytest.mark.parametrize("manifest", ["kept", "lost", "damaged", "of another form", "of other values"])
@pytest.mark.parametrize("edited", ["a/x.md", "a/gone.md"])
def test_an_edited_page_is_neither_replaced_nor_removed(edited: str, manifest: str, tmp_path: Path) -> None:
    docs_folder.write(tmp_path, {"a/x.md": "made", "a/gone.md": "made"})
    fill(tmp_path, {edited: "mine"})
    _spoil(tmp_path / docs_folder.MANIFEST, manifest)
    before = tree(tmp_path)
    with pytest.raises(ContentError) as error:
        docs_folder.write(tmp_path, {"a/x.md": "changed"})
    named = {problem.file for problem in error.value.problems}
    assert f"{tmp_path.name}/{edited if manifest == 'kept' else 'a/x.md'}" in named  # else a/gone.md may be anybody's
    assert tree(tmp_path) == before


def _spoil(manifest: Path, how: str) -> None:
    match how:
        case "lost":
            manifest.unlink()
        case "damaged":
            manifest.write_bytes(manifest.read_bytes()[:-20])
        case "of another form":
            manifest.write_text(json.dumps([*json.loads(manifest.read_bytes())]), encoding="utf-8")
        case "of other values":
            listed = json.loads(manifest.read_bytes())
            manifest.write_text(json.dumps({path: [1, {}] for path in listed} | {"\ud800\0": ["x"]}), encoding="utf-8")


@pytest.mark.parametrize("manifest", ["lost", "damaged", "of another form"])
def test_without_a_manifest_the_very_pages_are_taken_over_and_others_in_their_places_are_problems(
    manifest: str, tmp_path: Path
) -> None:
    docs_folder.write(tmp_path, OLD)
    _spoil(tmp_path / docs_folder.MANIFEST, manifest)
    with pytest.raises(ContentError) as error:
        docs_folder.write(tmp_path, NEW)
    named = {problem.file.removeprefix(f"{tmp_path.name}/") for problem in error.value.problems}
    assert named == {path for path in OLD if path in NEW and NEW[path] != OLD[path]}
    assert docs_folder.write(tmp_path, OLD) == docs_folder.Changes([], [], len(OLD))
    assert docs_folder.write(tmp_path, NEW).removed == ["a/deep/er/gone.md", "b/gone.md"]


IN_THE_WAY: dict[str, tuple[str, str, Callable[[Path, Path], object]]] = {  # where, what is named, how it is made
    "a file": ("index.md", "index.md", lambda path, outside: path.write_text("mine")),
    "a link": ("index.md", "index.md", lambda path, outside: path.symlink_to(outside / "made.md")),
    "a dangling link": ("index.md", "index.md", lambda path, outside: path.symlink_to(outside / "none.md")),
    "a pipe": ("index.md", "index.md", lambda path, outside: os.mkfifo(path)),
    "a folder": ("index.md", "index.md", lambda path, outside: fill(path, {"mine.md": "mine"})),
    "a file for a folder": ("a", "a", lambda path, outside: path.write_text("mine")),
    "a link for a folder": ("a", "a", lambda path, outside: path.symlink_to(outside)),
    "a link for what is ours": (docs_folder.OWN, docs_folder.OWN, lambda path, outside: path.symlink_to(outside)),
}


@pytest.mark.parametrize(("place", "named", "make"), IN_THE_WAY.values(), ids=IN_THE_WAY)
def test_what_the_generator_did_not_make_is_named_and_left_alone(
    place: str, named: str, make: Callable[[Path, Path], object], tmp_path: Path
) -> None:
    outside, docs = tmp_path / "outside", tmp_path / "docs"
    fill(outside, {"made.md": "made", "x.md": "made"})
    docs.mkdir()
    make(docs / place, outside)
    before = _shape(tmp_path)
    with pytest.raises(ContentError) as error:
        docs_folder.write(docs, MADE)
    (problem,) = error.value.problems
    assert report.message(problem) == (
        f"docs/{named}: expected no file here, found one that the generator did not make — "
        "move it away, or delete it if nobody needs it"
    )
    after = _shape(tmp_path)
    assert {path: kind for path, kind in after.items() if not path.startswith("docs/.generated")} == {
        path: kind for path, kind in before.items() if not path.startswith("docs/.generated")
    }


def test_what_lies_beside_the_pages_is_never_touched(tmp_path: Path) -> None:
    outside, docs = tmp_path / "outside", tmp_path / "docs"
    own = {"mine.md": "mine", "a/mine.md": "mine", "a/b/mine.png": "mine", "c/mine.md": "mine", "CNAME": "mine"}
    fill(outside, {"x.md": "mine"})
    fill(docs, own)
    (docs / "a" / "link").symlink_to(outside)
    (docs / "a" / "empty").mkdir()
    before = _shape(tmp_path)
    docs_folder.write(docs, MADE)
    docs_folder.write(docs, {"index.md": "made"})
    after = _shape(tmp_path)
    assert {path for path in after.keys() - before.keys() if not path.startswith("docs/.")} == {"docs/index.md"}
    assert {path: after[path] for path in before} == before


def test_git_ignores_exactly_what_was_made(tmp_path: Path) -> None:
    docs_folder.write(tmp_path, MADE)
    fill(tmp_path, {"a/mine.md": "mine", "mine.txt": "mine"})
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    seen = subprocess.run(
        ["git", "status", "--short", "-uall"], cwd=tmp_path, check=True, capture_output=True, text=True
    ).stdout
    assert seen == "?? a/mine.md\n?? mine.txt\n"


@pytest.mark.parametrize("text", ["*.png\n", ""])
def test_a_list_of_what_git_ignores_stays_its_owners(text: str, tmp_path: Path) -> None:
    fill(tmp_path, {".gitignore": text})
    docs_folder.write(tmp_path, MADE)
    assert (tmp_path / ".gitignore").read_text("utf-8") == text


def test_before_pages_are_made_on_request_what_is_in_their_way_is_named_too(tmp_path: Path) -> None:
    docs_folder.write(tmp_path, {**MADE, "a/old.md": "made"})
    fill(tmp_path, {"a/taken.md": "mine", "a/same.md": "same"})
    pages = {path: partial(str, text) for path, text in {**MADE, "a/same.md": "same", "a/new.md": "new"}.items()}
    docs_folder.refuse_foreign(tmp_path, pages)
    with pytest.raises(ContentError) as error:
        docs_folder.refuse_foreign(tmp_path, {**pages, "a/taken.md": partial(str, "made")})
    assert [problem.file for problem in error.value.problems] == [f"{tmp_path.name}/a/taken.md"]


def _shape(folder: Path) -> dict[str, tuple[int, str]]:
    """Everything in a folder, links and pipes as such."""
    return {
        path.relative_to(folder).as_posix(): (
            path.lstat().st_mode,
            str(path.readlink()) if path.is_symlink() else path.read_text("utf-8") if path.is_file() else "",
        )
        for path in sorted(folder.rglob("*"))
    }


def test_nothing_is_written_through_a_link_that_lies_where_pages_are_staged(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    fill(tmp_path, {"mine": "mine", "docs/.generated/new/x": "of a killed run"})
    (docs / docs_folder.OWN / "new" / "0").symlink_to(tmp_path / "mine")
    docs_folder.write(docs, MADE)
    assert (tmp_path / "mine").read_text("utf-8") == "mine"
    assert sorted(tree(docs)) == [".generated", ".generated/pages.json", ".gitignore", "a", "a/x.md", "index.md"]


def test_a_link_in_place_of_the_folder_where_pages_are_staged_is_removed_alone(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    fill(tmp_path, {"mine/0": "mine", "docs/.generated/pages.json": "{}"})
    (docs / docs_folder.OWN / "new").symlink_to(tmp_path / "mine")
    docs_folder.write(docs, MADE)
    assert (tmp_path / "mine" / "0").read_text("utf-8") == "mine"
    assert sorted(tree(docs)) == [".generated", ".generated/pages.json", ".gitignore", "a", "a/x.md", "index.md"]


@pytest.mark.parametrize("listed", ["../outside.md", "{tmp}/outside.md", "a/../../outside.md", "", "README.md", "."])
def test_a_manifest_from_elsewhere_removes_nothing(listed: str, tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    fill(tmp_path, {"outside.md": "mine", "docs/README.md": "mine"})
    manifest = {listed.format(tmp=tmp_path): ["0" * 64]}
    fill(docs, {docs_folder.MANIFEST: json.dumps(manifest)})
    try:
        docs_folder.write(docs, MADE)
    except ContentError as error:
        assert [problem.file for problem in error.problems] == ["docs/README.md"]
    assert (tmp_path / "outside.md").read_text("utf-8") == (docs / "README.md").read_text("utf-8") == "mine"


# --- stopped on the way ------------------------------------------------------------------------------------


def test_killed_at_any_point_every_page_and_site_is_old_or_new_and_the_next_run_mends_the_rest() -> None:
    done = subprocess.run([sys.executable, "-m", "tests.support.faults"], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    points = json.loads(done.stdout)
    assert all(count > 20 for count in points.values()), points


@pytest.mark.parametrize(
    ("error", "on", "only"),
    [
        (errno.ENOSPC, True, NEEDS_ROOM),  # full, and stays so: but what is there can be removed and renamed
        (errno.ENOSPC, False, NEEDS_ROOM),
        (errno.EIO, False, frozenset()),
        (errno.EROFS, True, frozenset()),
        (errno.EACCES, False, frozenset()),
    ],
    ids=["full disk", "disk full for a moment", "broken disk", "made read-only", "forbidden"],
)
def test_refused_at_any_point_every_page_is_old_or_new_and_the_next_run_mends_the_rest(
    error: int, on: bool, only: frozenset[str], tmp_path: Path
) -> None:
    before, after = tmp_path / "before", tmp_path / "after"
    docs_folder.write(before, OLD)
    docs_folder.write(after, NEW)
    for at in range(1000):
        docs = tmp_path / str(at)
        shutil.copytree(before, docs)
        refuse = Refuse(error, at, on, only)
        try:
            with watched(refuse):
                docs_folder.write(docs, NEW)
        except OSError as refused:
            assert refused.errno == error
        if not refuse.refused:
            break
        for path in {**OLD, **NEW}:
            page = (docs / path).read_text("utf-8") if (docs / path).exists() else None
            assert page in (OLD.get(path), NEW.get(path))
        if only:  # nothing forbids to remove what was begun
            assert not list(docs.glob(f"{docs_folder.OWN}/new"))
        docs_folder.write(docs, NEW)
        assert tree(docs) == tree(after)
    assert at > 10


@pytest.mark.parametrize("left", [b"", b"\0" * 4096])
def test_what_a_power_cut_leaves_of_a_page_is_made_again(left: bytes, tmp_path: Path) -> None:
    docs_folder.write(tmp_path, OLD)
    (tmp_path / "a" / "x.md").write_bytes(left)
    (tmp_path / "b" / "gone.md").write_bytes(left)
    changes = docs_folder.write(tmp_path, NEW)
    assert "a/x.md" in changes.changed
    assert "b/gone.md" in changes.removed
    assert (tmp_path / "a" / "x.md").read_text("utf-8") == NEW["a/x.md"]


def test_on_a_full_disk_no_page_changes_before_all_have_found_room(tmp_path: Path) -> None:
    program = (
        "import resource, sys; from pathlib import Path\n"
        "from generator import docs_folder; from tests.support.faults import NEW\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000))\n"  # of the pages, one is longer
        "docs_folder.write(Path(sys.argv[1]), NEW)"
    )
    docs_folder.write(tmp_path, OLD)
    before = tree(tmp_path)
    done = subprocess.run([sys.executable, "-c", program, str(tmp_path)], cwd=ROOT, capture_output=True, text=True)
    assert f"[Errno {errno.EFBIG}]" in done.stderr
    assert tree(tmp_path) == before


@pytest.mark.parametrize("error", [errno.EROFS, errno.EACCES, errno.ENOSPC])
def test_a_folder_that_cannot_be_written_is_said_in_one_line_and_ends_with_2(
    error: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["build", "--lang", "en", "--content", str(SMALL), "--docs", str(tmp_path / "docs")]
    with watched(Refuse(error, 0, on=True)):
        assert main(command) == 2
    said = capsys.readouterr().err
    assert os.strerror(error) in said
    assert str(tmp_path) in said
    assert said.count("\n") == 1


def test_a_run_that_fails_before_it_has_written_leaves_no_folder_behind(tmp_path: Path) -> None:
    def broken() -> Iterator[tuple[str, str]]:
        yield "index.md", "x"
        raise ValueError("broken")

    for docs in (tmp_path / "new", tmp_path / "there"):
        if docs.name == "there":
            docs.mkdir()
        was_there = docs.exists()
        with pytest.raises(ValueError, match="broken"):
            docs_folder.write_all(docs, broken())
        assert docs.exists() == was_there
        assert not (docs / docs_folder.OWN).exists()
    docs_folder.write(docs, {"index.md": "x"})
    with pytest.raises(ValueError, match="broken"):
        docs_folder.write_all(docs, broken())
    assert (docs / docs_folder.MANIFEST).exists()
