"""What the benchmark measures on is a valid handbook, and what it shows is what it measured."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

from generator.pipeline import Pipeline

from ..support.handbooks import build
from . import editing, plot, sites, synthetic
from .contenders import FULL
from .measure import Usage
from .results import Results


def test_a_synthetic_handbook_passes_every_check_and_has_a_page_for_each_entry(tmp_path: Path) -> None:
    synthetic.make(tmp_path / "content", 12)
    handbook = Pipeline(tmp_path / "content").check()[0]
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


def test_an_edit_puts_a_new_number_in_both_languages_and_leaves_a_valid_handbook(tmp_path: Path) -> None:
    synthetic.make(tmp_path / "content", 12)
    tip = tmp_path / "content" / "tips" / "tip-0001.yml"
    before = tip.read_text(encoding="utf-8")
    place = editing.place([tip], editing.IN_TEXT, editing.text_of_tip(tip))
    first, second = place.change(), place.change()
    after = tip.read_text(encoding="utf-8")
    assert first != second
    assert f"第{second}号" in after
    assert f"no. {second}" in after
    assert before.splitlines()[:3] == after.splitlines()[:3]
    Pipeline(tmp_path / "content").check()


def test_the_picture_shows_the_median_of_what_was_measured(tmp_path: Path) -> None:
    results = Results(7, {"names": {}, "about": {}, "builds": {}, "serving": {}, "failures": {}})
    results.about({"processor": "<P&>", "cores": "2", "python": "3"}, "2000-01-01", 3, 7)
    for wall in (9.0, 1.5, 2.5):
        results.built("ours", FULL, Usage(wall, 5.0, 1.0))
    results.served("hugo", "text", [0.2, 0.0625, 7.0], "")
    shown = [text.text for text in ET.fromstring(plot.picture(results)).iter("{http://www.w3.org/2000/svg}text")]
    assert "2.50" in shown
    assert "0.20" in shown
    assert any("<P&>" in (text or "") for text in shown)


def test_everyone_is_given_the_same_pages_in_the_same_sections(tmp_path: Path) -> None:
    source = sites.handbook(tmp_path / "ours", 12)
    pages = [page for section in source.navigation for group in section.groups for page in group.pages]
    assert len(pages) == source.pages
    assert all((source.markdown / language / page).is_file() for language in ("zh", "en") for page in pages)
    sites.material(tmp_path / "theirs", source, "zh", prune=True)
    assert all((tmp_path / "theirs" / "docs" / page).is_file() for page in pages)
