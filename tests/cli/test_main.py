"""The command line: what it does, what it says, and how it ends."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from generator import docs_folder
from generator.cli.main import main
from generator.content.handbook import Handbook

from ..support.faults import fill, tree
from ..support.handbooks import change
from ..support.paths import SMALL, SMALL_PAGES


def test_exit_statuses(small: Handbook, content: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--lang", "en", "--content", str(SMALL)]) == 0
    assert capsys.readouterr().out == f"{len(small.entries)} entries, no problems\n"
    (content / "terms.yml").write_text("- id: lens\n", encoding="utf-8")
    assert main(["check", "--lang", "en", "--content", str(content)]) == 1
    assert "content/terms.yml:1:3: terms.lens.title: expected the key `title`, found nothing" in capsys.readouterr().err
    assert main(["fingerprint", str(tmp_path / "none.txt")]) == 2
    with pytest.raises(SystemExit) as usage:
        main(["nonsense"])
    assert usage.value.code == 2


@pytest.mark.parametrize("command", ["check", "build", "new duty x", "status", "status --confirm", "schema"])
def test_a_content_folder_that_is_not_there_is_a_problem_and_nothing_is_made(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folders = ["--content", str(tmp_path / "none"), "--docs", str(tmp_path / "docs")]
    assert main([*command.split(), "--lang", "en", *folders]) == 1
    said = capsys.readouterr().err
    assert "none/handbook.yml: expected a readable file, found none" in said
    assert list(tmp_path.iterdir()) == []


def test_a_fingerprint_is_printed_with_nothing_of_the_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "letters.txt").write_text("天黑以前一定要把灯点亮。\nTwo\n", encoding="utf-8")
    assert main(["fingerprint", str(tmp_path / "letters.txt")]) == 0
    out = capsys.readouterr().out
    assert out.count("\n") == 2
    assert set(out) <= set("0123456789abcdef\n")


@pytest.mark.parametrize("raw", [b"\xff\xfe\xff", b"\xd6\xd0\xce\xc4"])
def test_a_document_in_another_encoding_is_refused_in_one_line(
    raw: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "letters.txt").write_bytes(raw)
    assert main(["fingerprint", str(tmp_path / "letters.txt")]) in (1, 2)
    assert capsys.readouterr().err.count("\n") <= 2


def test_build_check_lists_what_is_not_current_and_writes_nothing(
    content: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    docs = tmp_path / "docs"
    command = ["build", "--lang", "en", "--content", str(content), "--docs", str(docs)]

    def check() -> tuple[int, list[str]]:
        before = tree(tmp_path)
        status = main([*command, "--check"])
        assert tree(tmp_path) == before
        return status, capsys.readouterr().out.replace(f"{docs}/", "").splitlines()

    status, said = check()
    assert status == 1
    assert "en/index.md: is to be written" in said
    assert main(command) == 0
    capsys.readouterr()
    assert check() == (0, [f"{SMALL_PAGES} pages, all current"])
    change(content / "tips" / "wipe.yml", "en: Fog.", "en: Mist.")
    (docs / "both" / "terms.md").unlink()
    fill(docs, {"en/tips/old.md": "old"})
    listed = json.loads((docs / docs_folder.MANIFEST).read_bytes())
    listed["en/tips/old.md"] = [hashlib.sha256(b"old").hexdigest()]
    fill(docs, {docs_folder.MANIFEST: json.dumps(listed)})
    status, said = check()
    assert status == 1
    assert said[-2:] == [
        "en/tips/old.md: is to be removed",
        f"{len(said) - 1} files are not current: `handbook build` mends that",
    ]
    assert {"both/terms.md: is to be written", "en/tips/wipe.md: is to be written"} <= set(said)
    assert main(command) == 0
    assert not (docs / "en/tips/old.md").exists()
    capsys.readouterr()
    assert check()[0] == 0
