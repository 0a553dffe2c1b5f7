"""One YAML file as plain data: what is read, what is refused, and where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.cli import report
from generator.content import yaml_text
from generator.content.text_file import MAX_BYTES, UnreadableError
from generator.content.yaml_reader import MAX_KEY, MAX_PROBLEMS, Place, dotted, parse, read


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


def refusals(text: str) -> list[str]:
    """What is said about a text that is refused."""
    with pytest.raises(UnreadableError) as refusal:
        parse(text, "x.yml")
    return [report.message(problem) for problem in refusal.value.problems]


def test_what_is_refused_is_said_with_its_place_its_key_and_a_hint() -> None:
    assert refusals("a:\n  b: 1\n  b: 2\n") == [
        "x.yml:3:3: a.b: expected each key once, found `b` again — it is already on line 2"
    ]


def test_one_run_tells_everything_that_can_be_read_over() -> None:
    said = refusals("a: &x 1\nb: *x\na: !t 2\n? [c]\n: 3\n<<: {}\ntitle：x\n")
    assert [message.split(": ")[0] for message in said] == [
        "x.yml:1:4", "x.yml:2:4", "x.yml:3:1", "x.yml:3:4", "x.yml:4:3", "x.yml:6:1", "x.yml:7:6",
    ]  # fmt: skip


def test_many_problems_of_one_file_are_cut_short() -> None:
    assert len(refusals("a: 1\n" * 1000)) == MAX_PROBLEMS
    assert len(refusals("a: \x01\n" * 1000)) == MAX_PROBLEMS


def test_a_slip_is_said_once_though_the_parser_stumbles_over_it_too() -> None:
    assert refusals("title:\n  zh：一\n  en: One\n") == [
        "x.yml:2:5: title: expected a half-width colon and a space, found a full-width colon `：` — switch to "
        "half-width punctuation; if this is the text, put it in quotation marks"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "zh: 注意：这是正文\n",
        "zh: 见 https://example.org/a\n",
        "zh: |\n  zh：正文\n",
        'zh: "zh：正文"\n',
        "zh:\n  注意：这是正文\n",
        "zh: 第一行\n  注意：第二行\n",
        "zh: 中间\u3000有\u00a0空格\n",
        "zh:\n  - wps\u00a0软件\n",
        "source: a03:22\n",
        "time: 22:30\n",
        "zh: 表情 👩\u200d💻\n",
    ],
)
def test_what_only_looks_like_a_slip_is_text(text: str) -> None:
    assert parse(text, "x.yml").places


def test_the_limits_are_where_they_are_said_to_be() -> None:
    assert parse("k" * MAX_KEY + ": 1\n", "x.yml").data == {"k" * MAX_KEY: "1"}
    assert "found 101" in refusals("k" * (MAX_KEY + 1) + ": 1\n")[0]
    assert parse("[" * 20 + "]" * 20, "x.yml").data
    assert "at most 20 levels" in refusals("[" * 21 + "]" * 21)[0]
    assert parse("- a\n" * 19_999, "x.yml").data
    assert "at most 20000 keys and values" in refusals("- a\n" * 20_000)[0]
    assert parse("a: " + "x" * 65_536, "x.yml").data
    assert "at most 65536 characters" in refusals("a: " + "x" * 65_537)[0]


def test_there_are_words_for_all_that_the_parser_complains_of() -> None:
    words = report.catalogue("en")
    for _, found, hint in yaml_text.SYNTAX:
        assert f"found.{found}" in words
        assert f"hint.{hint}" in words


def test_a_key_is_the_same_however_its_accents_are_written() -> None:
    assert parse("cafe\u0301: 1\n", "x.yml").data == {"caf\u00e9": "1"}


def test_a_file_that_is_not_there_or_too_large_is_refused(tmp_path: Path) -> None:
    for content, said in ((b"a: " + b"x" * MAX_BYTES, "split the file"), (None, "found none")):
        file = tmp_path / "x.yml"
        file.unlink(missing_ok=True)
        if content:
            file.write_bytes(content)
        with pytest.raises(UnreadableError) as refusal:
            read(file, "x.yml")
        assert said in report.message(refusal.value.problems[0])


def test_a_byte_order_mark_and_windows_line_ends_are_fine(tmp_path: Path) -> None:
    file = tmp_path / "x.yml"
    file.write_bytes(b"\xef\xbb\xbfa: |\r\n  x\r\n  y\r\n")
    assert read(file, "x.yml").data == {"a": "x\ny\n"}


def test_key_paths_are_written_as_authors_know_them() -> None:
    assert dotted(("how", "do", 2, "en")) == "how.do[2].en"
    assert dotted((0, "title")) == "[0].title"
    assert dotted(("a\u202eb",)) == "a\\u202eb"


def test_a_text_that_was_forgotten_is_read_again_for_its_places(tmp_path: Path) -> None:
    path = tmp_path / "x.yml"
    path.write_text("a: b\n\nc:\n- d\n", encoding="utf-8")
    document = read(path, "x.yml")
    document.forget_text()
    assert "text" not in vars(document)
    assert document.place(("c", 0)) == (4, 3)
    document = read(path, "x.yml")
    document.forget_text()
    path.unlink()
    assert document.place(("c", 0)) == (1, 1)


@pytest.mark.parametrize("text", ["title: {zh: 谁先走？, en: Who goes out?}\n", "links: [why?, how]\n"])
def test_a_question_mark_in_brackets_is_called_by_its_name(text: str) -> None:
    assert refusals(text) == [
        f"x.yml:1:{text.index('?') + 1}: expected valid YAML, found a `?` in brackets, outside quotation marks — put "
        "the whole text in quotation marks"
    ]


@pytest.mark.parametrize("hidden", ["\u3000", "\u00a0", "\u00ad", "\u2060"])
def test_a_line_that_is_shown_has_nothing_hidden_in_it(hidden: str) -> None:
    said = refusals(f"a: x\n  - y{hidden}中\n")
    assert all(message.isprintable() for message in said), said
