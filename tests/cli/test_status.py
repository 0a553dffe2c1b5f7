"""How far the translations are, as authors are told."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from generator.cli import report, status
from generator.cli.main import main
from generator.content import translations
from generator.content.handbook import Handbook

from ..support.handbooks import change, opened
from ..support.paths import ROOT, SMALL


def test_status_counts_each_collection_in_each_language(three: Path) -> None:
    change(three / "areas.yml", "    en: The light", "    en: The great light")
    rows = {(row.collection, row.language): row for row in status.status(opened(three)).rows}
    assert rows["areas", "zh"] == status.Row(
        "areas", "zh", texts=2, translated=2, missing=0, stale=1, confirmed=1, percent=50
    )
    assert rows["areas", "fr"] == status.Row(
        "areas", "fr", texts=2, translated=1, missing=1, stale=1, confirmed=0, percent=0
    )
    assert rows["areas", "en"].percent == 100
    assert {language for collection, language in rows} == {"en", "zh", "fr"}
    filled = {name for name, entries in opened(three).collections.items() if entries}
    assert {collection for collection, language in rows} == {"handbook.yml", *filled}


def test_totals_are_those_of_all_collections(three: Path) -> None:
    change(three / "areas.yml", "    en: The light", "    en: The great light")
    found = status.status(opened(three))
    totals = {row.language: row for row in found.totals}
    assert list(totals) == ["en", "zh", "fr"]
    for row in totals.values():
        own = [one for one in found.rows if one.language == row.language]
        for field in ("texts", "translated", "missing", "stale", "confirmed"):
            assert getattr(row, field) == sum(getattr(one, field) for one in own), field
    assert (totals["fr"].translated, totals["fr"].confirmed, totals["fr"].stale) == (1, 0, 1)
    assert totals["en"].confirmed == totals["en"].translated - 1
    assert totals["zh"].percent == 99


def test_status_names_what_was_read_through_longest_ago(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (content / "terms.yml").open("a", encoding="utf-8") as file:
        file.write("- id: wick\n  title: {en: Wick, zh: 灯芯}\n  reviewed: {date: 2019-05-01}\n")
        file.write("  meaning: {en: It burns., zh: 可燃。, source: editors}\n")
    arguments = ["status", "--content", str(content), "--lang", "en"]
    assert main(arguments) == 0
    shown = capsys.readouterr().out
    oldest, inherited, newest = shown[shown.index("Last read through longest ago") :].splitlines()[1:4]
    assert oldest == "  2019-05-01  1  terms.wick"
    assert inherited.startswith("  2026-11     ")
    assert inherited.endswith(", …"), "of many only some are named"
    assert newest == "  2026-11-20  1  duties.lamp"
    assert main([*arguments, "--format", "json"]) == 0
    reviewed = json.loads(capsys.readouterr().out)["reviewed"]
    assert reviewed[0] == {"date": "2019-05-01", "entries": ["terms.wick"]}
    assert sum(len(one["entries"]) for one in reviewed) == len(opened(content).entries)
    change(content / "handbook.yml", "  date: 2026-11\n  by:\n    zh: 港务局\n    en: the harbour office\n", "")
    change(content / "handbook.yml", "reviewed:\n", "")
    assert main(arguments) == 0
    assert "  no date     " in capsys.readouterr().out


def test_without_a_lock_everything_is_current_and_unconfirmed(content: Path) -> None:
    (content / translations.FILE).unlink()
    found = status.status(opened(content))
    assert found.stale == []
    assert found.unconfirmed == sum(row.texts for row in found.rows if row.language == "en") - 1  # one has no English


def test_status_says_where_and_strictly_it_fails(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(content / "areas.yml", "    en: The light", "    en: The great light")
    arguments = ["--content", str(content), "--lang", "en"]
    assert main(["status", *arguments]) == 0
    plain = capsys.readouterr().out
    stale = "content/areas.yml:3:5: areas.light.title.zh: expected words that follow the change in en, found the words"
    assert stale in plain
    assert "expected the text in en, found nothing" not in plain
    assert main(["status", "--strict", *arguments]) == 1
    strict = capsys.readouterr().out
    assert stale in strict
    assert strict.count("expected the text in en, found nothing") == 1
    assert main(["status", "--strict", "--format", "github", *arguments]) == 1
    assert "::error file=content/areas.yml,line=3,col=5::" in capsys.readouterr().out
    assert main(["status", "--format", "json", *arguments]) == 0
    data = json.loads(capsys.readouterr().out)
    assert (len(data["stale"]), len(data["missing"]), data["unconfirmed"]) == (1, 1, 1)
    assert {"collection": "areas", "language": "zh", "texts": 2, "translated": 2, "missing": 0, "stale": 1}.items() <= (
        next(row for row in data["rows"] if (row["collection"], row["language"]) == ("areas", "zh")).items()
    )


def test_status_is_strictly_content_with_a_complete_handbook(handbook: Handbook) -> None:
    assert main(["status", "--strict", "--content", str(ROOT / "content")]) == 0


def test_status_works_while_something_else_is_wrong(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(content / "tips" / "wipe.yml", "title:", "titel:")
    assert main(["status", "--content", str(content), "--lang", "en"]) == 0
    assert "Left out is what `check` has problems with" in capsys.readouterr().err
    assert main(["status", "--confirm", "--content", str(content)]) == 1


def test_only_entries_that_exist_can_be_confirmed(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (content / translations.FILE).read_bytes()
    assert main(["status", "--confirm", "lmap", "--content", str(content), "--lang", "en"]) == 2
    assert "did you mean `lamp`?" in capsys.readouterr().err
    assert (content / translations.FILE).read_bytes() == before
    assert main(["status", "--confirm", "handbook.yml", "--content", str(content)]) == 0


def test_columns_stand_below_each_other_in_chinese_too(content: Path) -> None:
    found = status.status(opened(content))
    for language in report.LANGUAGES:
        lines = status.table(found, language).splitlines()
        assert len({status._width(line) for line in lines}) == 1


@pytest.mark.parametrize("folder", [ROOT / "content", SMALL], ids=["real", "small"])
def test_every_text_is_confirmed(folder: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(folder, tmp_path / "content"))
    translations.confirm(opened(copy))
    now, committed = ((at / translations.FILE).read_text(encoding="utf-8") for at in (copy, folder))
    assert now == committed, "read the changed texts side by side, then run: python -m generator status --confirm"
