"""What YAML calls invalid is refused, what only looks like it is read, and either is linear work."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any, Final

import pytest
import yaml

from generator.cli import report
from generator.content.text_file import UnreadableError
from generator.content.yaml_reader import parse

from ..support.paths import CASES

INVALID: Final[list[dict[str, str]]] = yaml.safe_load((CASES / "invalid-yaml.yml").read_text("utf-8"))
OF_THE_SUITE: Final = 94
"""Cases of yaml-test-suite (its `data` branch of January 2022) that say `error`."""


@pytest.mark.parametrize("with_libyaml", [True, False])
@pytest.mark.parametrize("case", INVALID, ids=lambda case: str(case["name"]))
def test_what_yaml_calls_invalid_is_refused(
    case: dict[str, str], with_libyaml: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(yaml, "__with_libyaml__", with_libyaml)
    with pytest.raises(UnreadableError) as refusal:
        parse(case["text"], "x.yml")
    assert report.message(refusal.value.problems[0], "en") == f"x.yml:{case['said']}"


def test_every_kind_of_error_that_the_suite_shows_is_tried() -> None:
    names = [case["name"] for case in INVALID if not case["name"].startswith("beyond")]
    assert len(names) == len(set(names)) == OF_THE_SUITE


@pytest.mark.parametrize("with_libyaml", [True, False])
@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("[a,\nb,\n]\n", ["a", "b"]),
        ("a: [b,\n c\n ]\n", {"a": ["b", "c"]}),
        ("a: [b,\n# c\n  d]\n", {"a": ["b", "d"]}),
        ("a:\n- [b,\n  c]\n", {"a": [["b", "c"]]}),
        ("a: [b,\n\n  c]\n", {"a": ["b", "c"]}),
        ('a: "b\n\n c"\n', {"a": "b\nc"}),
        ('a: "b\\\n   c"\n', {"a": "bc"}),
        ("a: 'b\n c\n '\n", {"a": "b c "}),
        ("a:\n  b: 'c\n   d'\n", {"a": {"b": "c d"}}),
        ("a: [-1, -b]\n", {"a": ["-1", "-b"]}),
        ("a: -[b]\n", {"a": "-[b]"}),
        ("a: [b] # c\n", {"a": ["b"]}),
        ('a: "b" # c\n', {"a": "b"}),
        ("a: b#c\n", {"a": "b#c"}),
        ("a: C#\n", {"a": "C#"}),
        ("a: (#1)\n", {"a": "(#1)"}),
        ("a: |\n \n  b\n", {"a": "\nb\n"}),
        ("a: |\n  b\n     \n  c\n", {"a": "b\n   \nc\n"}),
        ("a: |\n    \nb: c\n", {"a": "", "b": "c"}),
        ("a: |2\n    \n   b\n", {"a": "  \n b\n"}),
        ("a:\n - |\n  b\n", {"a": ["b\n"]}),
        ("a:\n  |\n   b\n", {"a": "b\n"}),
    ],
)
def test_what_only_looks_invalid_is_read(
    text: str, data: Any, with_libyaml: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(yaml, "__with_libyaml__", with_libyaml)
    assert parse(text, "x.yml").data == data


# --- work, counted in calls; what no call shows is held to a time in test_hostile.py ------------------------------

SHAPES: Final[dict[str, Callable[[int], str]]] = {
    "entries": lambda n: "- zh: 一\n  en: one\n" * n,
    "keys": lambda n: "".join(f"k{i}: x\n" for i in range(n)),
    "words": lambda n: "a: " + "x " * n,
    "lines": lambda n: "a:" + "\n  x" * n,
    "empty lines": lambda n: "a: x" + "\n" * n + "b: y",
    "blanks in brackets": lambda n: "a: {b: c" + " " * n + "x  ",
    "lines in brackets": lambda n: "a: [b" + "\n  c" * n + "]",
    "items in brackets": lambda n: "a: [" + "b, " * n + "]",
    "pairs in brackets": lambda n: "a: [" + "b: c, " * n + "]",
    "brackets": lambda n: "a: [" + "[], " * n + "]",
    "open brackets": lambda n: "a: " + "[" * n,
    "lines in quotation marks": lambda n: 'a: "b' + "\n  c" * n + '"',
    "escapes": lambda n: 'a: "' + "\\x41" * n + '"',
    "apostrophes": lambda n: "a: '" + "''" * n + "'",
    "an open quotation": lambda n: 'a: "' + "x\n  " * n,
    "block text": lambda n: "a: |\n" + "  x\n" * n,
    "folded text": lambda n: "a: >\n" + "  x\n" * n,
    "empty lines of a block": lambda n: "a: |\n" + "  \n" * n + "  x",
    "comments": lambda n: "# x\n" * n + "a: b",
    "comments behind": lambda n: "- a # x\n" * n,
    "dashes": lambda n: "- " * n,
    "question marks": lambda n: "? " * n,
    "colons": lambda n: "a: " + ":" * n,
    "heads of blocks": lambda n: "a: " + "|" * n,
    "slips": lambda n: "zh：x\n" * n,
    "anchors": lambda n: "- &a x\n" * n,
    "tags": lambda n: "- !a x\n" * n,
    "tabs": lambda n: "a: x" + "\t" * n,
    "a long key": lambda n: "k" * n + ": x",
    "strange spaces": lambda n: "a: " + "\u00a0x " * n,
}


def calls(text: str) -> int:
    """How many functions are called to read `text`, those in C included."""
    count = 0

    def note(_frame: FrameType, event: str, _what: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        parse(text, "x.yml")
    except UnreadableError:
        pass
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("shape", SHAPES)
def test_twice_the_file_is_twice_the_work(shape: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml, "__with_libyaml__", False)
    calls(SHAPES[shape](10))  # patterns are compiled
    one, two, four = (calls(SHAPES[shape](n)) for n in (2000, 4000, 8000))
    assert four - two <= 2.2 * (two - one) + 100, (one, two, four)


def test_work_that_grows_faster_would_be_seen() -> None:
    def square(n: int) -> int:
        return sum(calls("a: x") for _ in range(n * n // 100_000))

    one, two, four = (square(n) for n in (2000, 4000, 8000))
    assert four - two > 2.2 * (two - one) + 100
