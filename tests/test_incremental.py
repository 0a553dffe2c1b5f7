"""A process that builds again makes what a new one would make, and does no more than it must."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from pathlib import Path

import pytest

from generator import runtime, versions
from generator.pipeline import Workshop, build
from generator.problems import ContentError

from . import incremental
from .support.paths import SMALL


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """The small handbook, to be edited."""
    shutil.copytree(SMALL, tmp_path / "content")
    return tmp_path / "content"


def edit(path: Path, old: str, new: str) -> None:
    words = path.read_text(encoding="utf-8")
    assert old in words
    path.write_text(words.replace(old, new, 1), encoding="utf-8", newline="")


@pytest.mark.parametrize("young", [0, versions.YOUNG], ids=["times are trusted", "bytes are compared"])
def test_after_any_edit_the_pages_are_those_of_a_new_process(
    young: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Many more are tried by `python -m tests.incremental`."""
    monkeypatch.setattr(versions, "YOUNG", young)
    kinds: Counter[str] = Counter()
    for seed in range(5):
        assert not incremental.sequence(seed, tmp_path / str(seed), kinds)
    assert min(kinds[kind] for kind in ("problems", "built in part", "built in whole", "restarted in part")) > 0
    assert kinds["told what has changed"] > 0


def test_nothing_is_rendered_where_nothing_has_changed(content: Path, tmp_path: Path) -> None:
    workshop = Workshop(content, tmp_path / "docs")
    first = workshop.build()
    again = workshop.build()
    assert workshop.rendered == 0
    assert (again.written.changed, again.written.removed, again.structure) == ([], [], first.structure)
    assert again.written.kept == len(first.written.changed)


def test_a_changed_sentence_renders_the_pages_that_say_it_and_writes_them_alone(content: Path, tmp_path: Path) -> None:
    workshop = Workshop(content, tmp_path / "docs")
    structure = workshop.build().structure
    edit(content / "tips" / "wipe.yml", "en: Fog.", "en: Mist.")
    built = workshop.build()
    assert workshop.rendered == 1
    assert built.written.changed == ["en/tips/wipe.md", "both/tips/wipe.md"]
    assert built.structure == structure


def test_where_it_is_known_what_has_changed_other_files_are_not_looked_at(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(versions, "YOUNG", 0)
    workshop = Workshop(content, tmp_path / "docs")
    pages = len(workshop.build().plan.pages)
    assert workshop.build(changed=[]).written.changed == []
    wipe, debate = content / "tips" / "wipe.yml", content / "debates" / "alone.yml"
    edit(wipe, "en: Fog.", "en: Mist.")
    edit(debate, "en: ", "en: Still ")
    assert workshop.build(changed=[wipe]).written.changed == ["en/tips/wipe.md", "both/tips/wipe.md"]
    assert f"en/debates/{debate.stem}.md" in workshop.build().written.changed
    edit(wipe, "en: Mist.", "en: Mist. [[nobody]]")
    with pytest.raises(ContentError):
        workshop.build(changed=[wipe])
    edit(wipe, " [[nobody]]", "")
    assert len(workshop.build(changed=[wipe]).plan.pages) == pages
    new = wipe.with_name("new.yml")
    shutil.copy(wipe, new)
    assert "en/tips/new.md" in workshop.build(changed=[new]).written.changed
    new.unlink()
    assert "en/tips/new.md" in workshop.build(changed=[new]).written.removed


def test_a_changed_title_renders_the_pages_that_show_it(content: Path, tmp_path: Path) -> None:
    workshop = Workshop(content, tmp_path / "docs")
    structure = workshop.build().structure
    title = (content / "tips" / "wipe.yml").read_text(encoding="utf-8").split("en: ")[1].split("\n")[0]
    edit(content / "tips" / "wipe.yml", f"en: {title}", f"en: {title} again")
    built = workshop.build()
    assert {"en/tips/wipe.md", "en/tips/index.md"} <= set(built.written.changed)
    assert workshop.rendered < len(built.plan.pages)
    assert built.structure != structure


def test_a_new_process_renders_what_has_changed_since_the_last(content: Path, tmp_path: Path) -> None:
    Workshop(content, tmp_path / "docs", traced=True).build()
    edit(content / "tips" / "wipe.yml", "en: Fog.", "en: Mist.")
    workshop = Workshop(content, tmp_path / "docs", traced=True)
    built = workshop.build()
    assert workshop.rendered < len(built.plan.pages) / 2
    assert built.written.changed == ["en/tips/wipe.md", "both/tips/wipe.md"]
    again = Workshop(content, tmp_path / "docs", traced=True)
    assert again.build().written.changed == []
    assert again.rendered == 0


def test_a_page_that_is_not_as_it_was_left_is_rendered_whatever_its_trace_says(content: Path, tmp_path: Path) -> None:
    Workshop(content, tmp_path / "docs", traced=True).build()
    (tmp_path / "docs" / "en" / "tips" / "wipe.md").unlink()
    workshop = Workshop(content, tmp_path / "docs", traced=True)
    assert workshop.build().written.changed == ["en/tips/wipe.md"]
    assert workshop.rendered == 1


def test_traces_of_another_version_are_ignored(content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Workshop(content, tmp_path / "docs", traced=True).build()
    monkeypatch.setattr(runtime, "version", lambda: "another")
    workshop = Workshop(content, tmp_path / "docs", traced=True)
    pages = len(workshop.build().plan.pages)
    assert workshop.rendered == pages


def test_what_one_build_refuses_the_next_one_builds(content: Path, tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    build(content, docs)
    edit(content / "tips" / "wipe.yml", "en: Fog.", "en: Fog. [[nobody]]")
    with pytest.raises(ContentError) as error:
        build(content, docs)
    assert "wipe.yml" in str(error.value)
    edit(content / "tips" / "wipe.yml", "[[nobody]]", "[[lamp]]")
    assert "en/tips/wipe.md" in build(content, docs).written.changed


def test_a_page_that_was_edited_by_hand_is_not_overwritten(content: Path, tmp_path: Path) -> None:
    page = tmp_path / "docs" / "en" / "tips" / "wipe.md"
    build(content, tmp_path / "docs")
    page.write_text("mine", encoding="utf-8")
    edit(content / "tips" / "wipe.yml", "en: Fog.", "en: Mist.")
    with pytest.raises(ContentError) as error:
        build(content, tmp_path / "docs")
    assert [problem.file for problem in error.value.problems] == ["docs/en/tips/wipe.md"]
    assert page.read_text(encoding="utf-8") == "mine"


def test_a_file_that_changes_and_keeps_its_size_and_times_is_read_again_as_long_as_it_is_young(tmp_path: Path) -> None:
    file, known = tmp_path / "x", versions.Versions()
    file.write_text("one", encoding="utf-8")
    first, times = known.of(str(file)), file.stat()
    assert known.of(str(file)) == first
    file.write_text("two", encoding="utf-8")
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert known.of(str(file)) != first


def test_what_is_no_file_is_new_every_time_and_what_is_not_there_is_not(tmp_path: Path) -> None:
    known = versions.Versions()
    (tmp_path / "link").symlink_to(tmp_path / "file")
    assert known.of(str(tmp_path / "link")) != known.of(str(tmp_path / "link"))
    assert known.of(str(tmp_path / "none")) == known.of(str(tmp_path / "none")) == 0
