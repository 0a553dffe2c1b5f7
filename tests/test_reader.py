from pathlib import Path

import pytest

from generator import reader
from generator.reader import Place, UnreadableError, dotted, parse, read


def test_every_scalar_stays_the_text_that_was_typed() -> None:
    typed = ["no", "08", "1.10", "22:30", "2024-01-01", "~", "null", "0x1F", "1e3", "Yes"]
    document = parse("values:\n" + "".join(f"  - {value}\n" for value in typed), "x.yml")
    assert document.data == {"values": typed}


def test_every_key_and_item_has_its_place() -> None:
    document = parse("title:\n  zh: 一\n  en: One\nlist:\n  - a\n  - b: c\n", "x.yml")
    assert document.place(("title",)) == Place(1, 1)
    assert document.place(("title", "en")) == Place(3, 3)
    assert document.place(("list", 1, "b")) == Place(6, 5)


def test_the_place_of_what_is_missing_is_the_nearest_thing_around_it() -> None:
    document = parse("a:\n  b: 1\n", "x.yml")
    assert document.place(("a", "missing", 3)) == Place(1, 1)
    assert document.place(("elsewhere",)) == Place(1, 1)


def test_block_scalars_keep_their_lines() -> None:
    assert parse("t: |\n  一\n  二\n", "x.yml").data == {"t": "一\n二\n"}


@pytest.mark.parametrize(
    ("text", "line", "column", "said"),
    [
        ("", 0, 0, "an empty file"),
        ("# nothing\n", 0, 0, "an empty file"),
        ("just text\n", 1, 1, "only text"),
        ("a: 1\nb: 2\na: 3\n", 3, 1, "`a` again — it is already on line 1"),
        ("a: &x 1\nb: *x\n", 1, 4, "an anchor, &x"),
        ("b: *x\n", 1, 4, "an alias, *x"),
        ("a: !!python/name:os.system x\n", 1, 4, "a tag"),
        ("a: !custom [1]\n", 1, 4, "a tag, !custom"),
        ("a: 1\n---\nb: 2\n", 2, 1, "a second one"),
        ("? [a]\n: 1\n", 1, 3, "a key that is plain text"),
        ("a:\n\t- b\n", 2, 1, "cannot start any token"),
        ("a: [1\n", 2, 1, "expected ',' or ']'"),
        ("a: " + "[" * 30 + "]" * 30 + "\n", 1, 23, "deeper nesting"),
        ("a: x\x07y\n", 1, 5, "the character U+0007"),
    ],
)
def test_what_it_refuses_it_places(text: str, line: int, column: int, said: str) -> None:
    with pytest.raises(UnreadableError) as refusal:
        parse(text, "x.yml")
    problem = refusal.value.problem
    assert (problem.file, problem.line, problem.column) == ("x.yml", line, column)
    assert said in str(problem)


def test_files_that_are_no_utf8_or_too_large_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "x.yml"
    file.write_bytes("a: 办公室\n".encode("gbk"))
    with pytest.raises(UnreadableError, match=r"x\.yml:1:4: expected UTF-8"):
        read(file, "x.yml")
    file.write_bytes(b"a: " + b"x" * reader.MAX_BYTES)
    with pytest.raises(UnreadableError, match="split the file"):
        read(file, "x.yml")
    with pytest.raises(UnreadableError, match="expected a readable file"):
        read(tmp_path / "none.yml", "none.yml")


def test_a_byte_order_mark_and_windows_line_ends_are_fine(tmp_path: Path) -> None:
    file = tmp_path / "x.yml"
    file.write_bytes(b"\xef\xbb\xbfa: |\r\n  x\r\n  y\r\n")
    assert read(file, "x.yml").data == {"a": "x\ny\n"}


def test_key_paths_are_written_as_authors_know_them() -> None:
    assert dotted(("how", "do", 2, "en")) == "how.do[2].en"
    assert dotted((0, "title")) == "[0].title"
