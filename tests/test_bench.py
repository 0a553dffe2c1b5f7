"""The handbook that the benchmark measures on is a valid one."""

from __future__ import annotations

from pathlib import Path

from generator.build import build, check

from .bench import synthetic


def test_a_synthetic_handbook_passes_every_check_and_has_a_page_for_each_entry(tmp_path: Path) -> None:
    synthetic.make(tmp_path / "content", 12)
    handbook, _ = check(tmp_path / "content")
    ids = synthetic.entry_ids(12)
    assert {entry: kind for kind in handbook.collections for entry in handbook.collections[kind] if entry in ids} == ids
    build(tmp_path / "content", tmp_path / "docs")
    for edition in synthetic.EDITIONS:
        for entry, kind in ids.items():
            assert (tmp_path / "docs" / edition / kind / f"{entry}.md").exists()


def test_the_same_arguments_make_the_same_bytes_and_another_seed_makes_others(tmp_path: Path) -> None:
    for folder, seed in (("one", 1), ("again", 1), ("other", 2)):
        synthetic.make(tmp_path / folder, 12, seed)
    one, again, other = (
        {path.relative_to(tmp_path / folder): path.read_bytes() for path in (tmp_path / folder).rglob("*.yml")}
        for folder in ("one", "again", "other")
    )
    assert one == again
    assert one != other
