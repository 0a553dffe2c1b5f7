"""What is wrong, collected and said once."""

from __future__ import annotations

import pytest

from generator.problems import (
    ContentError,
    Problem,
    Problems,
    RefusedError,
    code,
    did_you_mean,
    nearest,
    phrase,
    visible,
)


def problem(file: str, line: int = 0) -> Problem:
    return Problem(file, line, 1, "a.b", phrase("expected.text"), code("x"))


def test_problems_are_sorted_by_their_places_and_each_is_said_once() -> None:
    error = ContentError([problem("b.yml"), problem("a.yml", 10), problem("a.yml", 9), problem("b.yml")])
    assert [(one.file, one.line) for one in error.problems] == [("a.yml", 9), ("a.yml", 10), ("b.yml", 0)]
    assert str(error).splitlines()[0].startswith("a.yml:9:1: a.b: ")


def test_what_was_collected_is_raised_together() -> None:
    problems = Problems()
    problems.raise_if_any()
    assert not problems
    problems.add(problem("b.yml"))
    problems.extend([problem("a.yml")])
    assert len(list(problems)) == 2
    with pytest.raises(ContentError) as found:
        problems.raise_if_any()
    assert [one.file for one in found.value.problems] == ["a.yml", "b.yml"]


def test_what_a_command_cannot_do_is_a_problem_of_what_it_was_asked_for() -> None:
    (refused,) = RefusedError("dutty", phrase("expected.kind"), code("dutty")).problems
    assert (refused.file, refused.line, refused.key) == ("dutty", 0, "")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("标题 title 👩", "标题 title 👩"),
        ("\x1b[31m\r\n\t", "\\x1b[31m\\r\\n\\t"),
        ("a\u202eb\u200bc\ufeff", "a\\u202eb\\u200bc\\ufeff"),
        ("\ud800", "\\ud800"),
        ("\U000e0041", "\\U000e0041"),
        ("a\u3000b\u00a0c", "a\\u3000b\\xa0c"),
    ],
)
def test_nothing_is_shown_that_a_terminal_obeys_or_hides(text: str, shown: str) -> None:
    assert visible(text) == shown
    assert dict(code(text).values) == {"text": shown}


def test_long_values_are_shortened_once_they_are_visible() -> None:
    assert dict(code("x" * 60).values)["text"] == "x" * 60
    assert dict(code("x" * 61).values)["text"] == "x" * 59 + "…"
    assert len(dict(code("\x1b" * 50).values)["text"]) == 60
    assert dict(code(2024).values)["text"] == "2024"


def test_what_was_meant_is_suggested_where_something_looks_like_it() -> None:
    assert nearest("advise", ["advice", "title"]) == "advice"
    assert nearest("zzz", ["advice", "title"]) is None
    assert nearest("x", []) is None
    assert did_you_mean("advise", iter(["advice"])) == phrase("hint.did-you-mean", word="advice")
    assert did_you_mean("zzz", ["advice"]) is None
