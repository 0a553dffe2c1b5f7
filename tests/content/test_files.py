"""What lies in a content folder: what is read, what is passed over, and what is a problem."""

from __future__ import annotations

import json
import os
import shutil
import socket
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from generator import memo
from generator.cli import report
from generator.content.files import RESERVED
from generator.content.text_file import UnreadableError, replace_text
from generator.content.yaml_reader import read
from generator.pipeline import Pipeline
from generator.problems import ContentError

from ..support.handbooks import change, messages_of, problems_of
from ..support.paths import SMALL


def _link(target: str | Path) -> Callable[[Path], None]:
    return lambda path: path.symlink_to(target)


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        here = Path.cwd()
        os.chdir(path.parent)  # the whole path may be too long for a socket's name
        try:
            server.bind(path.name)
        finally:
            os.chdir(here)


def _copy(path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    shutil.copy(SMALL / "tips" / "wipe.yml", path)


def _list_with(entry_id: str) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        with path.open("a", encoding="utf-8") as file:
            file.write(f"- id: {json.dumps(entry_id)}\n  title: {{en: Again}}\n  summary: {{en: Something.}}\n")

    return write


CAFE = unicodedata.normalize("NFC", "café")

PLACES: list[tuple[str, Callable[[Path], None], str]] = [
    ("tips/out.yml", _link("/etc/hostname"), "expected a file inside content/, found a link that leads elsewhere"),
    ("tips/up.yml", _link("../../outside.yml"), "expected a file inside content/, found a link that leads elsewhere"),
    ("tips/loop.yml", _link("loop.yml"), "found a link that leads nowhere"),
    ("tips/gone.yml", _link("gone-away.yml"), "found a link that leads nowhere"),
    ("tips/device.yml", _link("/dev/zero"), "expected a file inside content/, found a link that leads elsewhere"),
    ("terms", _link("../outside"), "expected a file inside content/, found a link that leads elsewhere"),
    ("tips/folder.yml", Path.mkdir, "content/tips/folder.yml: expected a readable file, found a folder"),
    ("terms.yml", Path.mkdir, "content/terms.yml: expected a readable file, found a folder"),
    ("tips/pipe.yml", os.mkfifo, "content/tips/pipe.yml: expected a readable file, found a pipe"),
    ("situations.yml", os.mkfifo, "content/situations.yml: expected a readable file, found a pipe"),
    ("tips/socket.yml", _socket, "content/tips/socket.yml: expected a readable file, found a socket"),
    ("handbook.yml", Path.mkdir, "content/handbook.yml: expected a readable file, found a folder"),
    ("handbook.yml", os.mkfifo, "content/handbook.yml: expected a readable file, found a pipe"),
    ("handbook.yml", _link("/etc/hostname"), "content/handbook.yml: expected a file inside content/"),
    ("handbook.yml", Path.touch, "content/handbook.yml: expected an entry, found an empty file"),
    ("tips/old", Path.mkdir, "content/tips/old: expected the file of an entry, found a folder"),
    ("tips/note.txt", Path.touch, "content/tips/note.txt: expected the file of an entry, found `note.txt`"),
    ("tips/wipe.yml.txt", Path.touch, "content/tips/wipe.yml.txt: expected the file of an entry"),
    ("tips/x.YML", Path.touch, "content/tips/x.YML: expected the file of an entry, found `x.YML`"),
    ("tips.yml.txt", Path.touch, "content/tips.yml.txt: expected a name that ends in `.yml`"),
    ("tipps", Path.mkdir, "content/tipps: expected a collection, found `tipps` — did you mean `tips`?"),
    ("Tips", Path.mkdir, "expected a name of its own, found `tips` — other machines take it for `Tips`"),
    ("tips/Wipe.yml", _copy, "expected a name of its own, found `wipe.yml` — other machines take it for `Wipe.yml`"),
    ("tips/wipe.yaml", _copy, "expected an id of its own, found `wipe`"),
    ("tips/\x1b[31mred.yml", _copy, "content/tips/\\x1b[31mred.yml:1:1: "),
    ("tips/two\nlines.yml", _copy, "content/tips/two\\nlines.yml:1:1: "),
    ("tips/wi\u200bpe.yml", _copy, "content/tips/wi\\u200bpe.yml:1:1: "),
    ("tips/a b.yml", _copy, "expected small letters, digits and hyphens, found `a b`"),
    ("tips/CON.yml", _copy, "expected small letters, digits and hyphens, found `CON`"),
    *((f"tips/{name}.yml", _copy, f"not reserved, found `{name}`") for name in sorted(RESERVED)),
    ("tips/en.yml", _copy, "expected an id that is not reserved, found `en`"),
    ("areas.yml", _list_with("index"), "expected an id that is not reserved, found `index`"),
    ("areas.yml", _list_with("../up"), "expected small letters, digits and hyphens, found `../up`"),
    ("areas.yml", _list_with("/etc/passwd"), "expected small letters, digits and hyphens, found `/etc/passwd`"),
    ("areas.yml", _list_with("C:\\x"), "expected small letters, digits and hyphens, found `C:\\x`"),
    ("areas.yml", _list_with("a\u200bb"), "expected a character that text may have, found the character U+200B"),
    ("areas.yml", _list_with(""), "expected small letters, digits and hyphens, found nothing"),
    ("areas.yml", _list_with("x" * 500), "expected at most 60 characters, found 500"),
]


@pytest.mark.parametrize(("name", "make", "expected"), PLACES, ids=[repr(name) for name, _, _ in PLACES])
def test_what_must_not_lie_in_the_content_is_a_problem(
    name: str, make: Callable[[Path], None], expected: str, content: Path, tmp_path: Path
) -> None:
    (tmp_path / "outside").mkdir()
    for outside in (tmp_path / "outside.yml", tmp_path / "outside" / "x.yml"):
        shutil.copy(SMALL / "tips" / "wipe.yml", outside)
    path = content / name
    if path.exists() and not name.startswith("areas"):
        path.unlink()
    make(path)
    said = report.text(problems_of(content), "en")
    assert expected in said
    assert "\x1b" not in said


def test_two_names_that_are_one_on_other_machines_are_a_problem(content: Path) -> None:
    for form in ("NFC", "NFD"):
        _copy(content / "tips" / f"{unicodedata.normalize(form, CAFE)}.yml")
    assert any("other machines take it for" in said for said in messages_of(content))


def test_an_edition_has_no_reserved_id(content: Path) -> None:
    edition = "editions:\n  assets: {label: Assets, short: A, languages: [en]}\n"
    change(content / "handbook.yml", "editions:\n", edition)
    assert any("expected an id that is not reserved, found `assets`" in said for said in messages_of(content))


def test_a_file_that_may_not_be_read_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "x.yml").write_text("a: 1\n")
    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(UnreadableError) as refusal:
        read(tmp_path / "x.yml", "x.yml")
    assert "found one that you may not read" in report.message(refusal.value.problems[0])


def test_a_folder_that_may_not_be_read_is_a_problem(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    iterdir = Path.iterdir

    def refuse(path: Path) -> object:
        if path.name == "tips":
            raise PermissionError(13, "Permission denied")
        return iterdir(path)

    monkeypatch.setattr(Path, "iterdir", refuse)
    assert any("content/tips: expected a folder that can be read" in said for said in messages_of(content))


def test_hidden_files_backups_and_other_files_beside_the_collections_are_passed_over(content: Path) -> None:
    for name in (
        ".hidden.yml",
        "tips/.wipe.yml.swp",
        "tips/wipe.yml~",
        "tips/Thumbs.db",
        "tips/desktop.ini",
        "tips/ehthumbs.db",
        "tips/Icon\r",
        "tips/~$wipe.yml",
        "tips/#wipe.yml#",
        "~$areas.yml",
        "README.md",
        "notes.txt",
    ):
        (content / name).write_text("[")
    for name in ("$RECYCLE.BIN", "tips/@eaDir", "__MACOSX"):
        (content / name).mkdir()
    os.mkfifo(content / "pipe")
    (content / "tips" / "inside.yml").symlink_to("wipe.yml")
    assert "inside" in Pipeline(content).check()[0].entries


def test_the_offending_line_is_shown_with_nothing_in_it_that_a_terminal_obeys(tmp_path: Path) -> None:
    (tmp_path / "x.yml").write_text("a: \x1b[31mred\n", encoding="utf-8")
    os.mkfifo(tmp_path / "pipe.yml")
    problems = []
    for name in ("x.yml", "pipe.yml"):
        with pytest.raises(UnreadableError) as refusal:
            read(tmp_path / name, name)
        problems += refusal.value.problems
    said = report.text(problems, "en", [tmp_path])
    assert "\n    a: \\x1b[31mred\n       ^\n" in said
    assert "\x1b" not in said


def test_a_folder_that_becomes_a_link_elsewhere_is_a_problem_though_its_files_are_what_they_were(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memo, "RACY_NANOSECONDS", 0)  # as if nothing had changed lately
    time.sleep(0.02)
    pipeline = Pipeline(content)
    pipeline.check()
    (content / "tips").rename(tmp_path / "outside")
    (content / "tips").symlink_to(tmp_path / "outside")
    with pytest.raises(ContentError) as found:
        pipeline.check()
    assert found.value.problems == problems_of(content)


def test_nothing_is_written_through_a_link_beside_a_file_of_the_authors(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine", encoding="utf-8")
    (tmp_path / ".terms.yml.new").symlink_to(tmp_path / "mine")
    assert replace_text(tmp_path / "terms.yml", "new\n")
    assert (tmp_path / "mine").read_text(encoding="utf-8") == "mine"
    assert not (tmp_path / "terms.yml").is_symlink()
    assert (tmp_path / "terms.yml").read_text(encoding="utf-8") == "new\n"
    assert {path.name for path in tmp_path.iterdir()} == {"mine", "terms.yml"}
