"""libyaml reads a file as PyYAML's own scanner does, or leaves it to that: the verdict is the same on every machine."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
import yaml

from generator.content import yaml_text
from generator.content.text_file import UnreadableError, decoded
from generator.content.yaml_reader import parse
from generator.problems import Problem

from ..support import fuzz
from ..support.paths import CASES, ROOT

FILES = sorted(
    path
    for folder in (ROOT / "content", ROOT / "generator", CASES, fuzz.HOSTILE / "files")
    for path in folder.rglob("*.yml")
)

INDENTS = ("", "", "", "", "", "  ", "    ", " ")
ENDS = (*["\n"] * 12, "\r\n", " \n")
MARKS = " \n:-#[]{}'\"|,.ax\u3000：é"
LINES = (
    *("a: b", "- a", "- b: c", "a:", "zh: 一", "  en: x", "  - y", "    z: w", "- id: x", "  title: {zh: 一, en: two}"),
    *('s: [a, b:3, "c"]', "t: |", "  line", "   more", "", "  ", "# c", "  # d", 'q: "x: y # z"', "q: 'it'", "t: |-"),
    *("r: [a,", "  b]", "    c]", "- |", "- ", "-", "- zh：x", "- a：b", "w: x #y", "w: x # y", "v: a:b", "v: http://x/y"),
    *("v: a: b", "k:", "k: ", "  k:", "- [a, b]", "- {a: b}", "-  x: 1", "   y: 2", "u: -5", "u: - x", "u: ?"),
    *("u: ''", 'u: ""', "u: []", "u: {}", "   ", '    "a"', "---", "...", "l: [a b]", "l: [一, 二:三]", "l: [a: b]"),
    *("l: [a:, b]", "m: {a: b, a: c}"),
    *('m: {a: "b, c"}', "m: {a: b }", "m: { a: b}", "o: x\u3000", "o: \u3000x", "o: x\u00a0y"),
    *("home.t: z", "a-b: c", "n: ~", "n: =", "n: <<", "<<: a", "y:z: 1", "y :z", "y : z", "é: 1", "X: 1", "p: 'a''b'"),
    *('p: "a\\n"', 'p: "a', '  b"', "  c: |", "      deep", "    less", "c: >", "  f", "c: |2", "c: |+", "d: |  "),
    *("- [-, a]", 'x: "a"#b', "x: [a]#b", "y: [a,", " c, d]", "z: 'a", " b'", "v: >", "v: |"),
    *("   ", "#", "]", " ]", "}", "m: {a: b,", "x: [?a]", "x: {? a}", "x: {? a: b}", "x: [a,,b]", '{"a":b}'),
    *("x: |+2", "x: |9", "--- - a", "... # x"),
    *("d: | # x", "m: {a: b,c: d}", "m: {a: b, c}", "m: {zh: 一，二, en: (x)}", "m: {a: 1, b: .5}"),
)  # fmt: skip


Outcome = str | list[Problem]
"""What is read, with the order of its keys; or what is wrong."""


def outcome(text: str) -> Outcome:
    try:
        return repr(parse(text, "x.yml").data)
    except UnreadableError as error:
        return error.problems


def both(text: str, monkeypatch: pytest.MonkeyPatch) -> tuple[Outcome, Outcome]:
    """What comes of `text` with libyaml and without."""
    assert yaml.__with_libyaml__
    with_libyaml = outcome(text)
    with monkeypatch.context() as patch:
        patch.setattr(yaml, "__with_libyaml__", False)
        return with_libyaml, outcome(text)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_file_is_the_same_to_both(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    try:
        text = decoded(path.read_bytes(), path.name)
    except UnreadableError:
        return  # no scanner sees it
    quick, slow = both(text, monkeypatch)
    assert quick == slow


def test_files_with_random_damage_are_the_same_to_both(monkeypatch: pytest.MonkeyPatch) -> None:
    read = 0
    seeds = fuzz.seeds()
    for number in range(1500):
        try:
            text = decoded(fuzz.case(random.Random(f"two scanners/{number}"), seeds), "x.yml")
        except UnreadableError:
            continue
        if yaml_text.is_fit(text):
            quick, slow = both(text, monkeypatch)
            assert quick == slow, (number, text)
            read += isinstance(quick, str)
    assert read > 100


def mixture(chance: random.Random) -> str:
    """Some lines that may or may not go together, at times with one character more or less."""
    count = chance.randrange(1, 7)
    text = "".join(chance.choice(INDENTS) + chance.choice(LINES) + chance.choice(ENDS) for _ in range(count))
    at = chance.randrange(len(text))
    match chance.randrange(5):
        case 0:
            return text[:at] + chance.choice(MARKS) + text[at:]
        case 1:
            return text[:at] + text[at + 1 :]
    return text


def test_lines_that_may_not_go_together_are_the_same_to_both(monkeypatch: pytest.MonkeyPatch) -> None:
    read = 0
    for seed in range(3000):
        text = mixture(random.Random(seed))
        quick, slow = both(text, monkeypatch)
        assert quick == slow, (seed, text)
        read += isinstance(quick, str)
    assert read > 300


@pytest.mark.parametrize(
    "text",
    [
        *("a:\tb\n", "a: b\tc\n", "a:\t\n  b: c\n", "a: 1\t#c\n", "- a\tb\n", "a: [b,\tc]\n", 'a: "b\tc"\n'),
        *("%YAML 1.1\n---\na: 1\n", "%TAG ! x:\n---\na: 1\n", "# c\n%YAML 1.2\n---\na: 1\n"),
        *("a: |#\n  b\n", "a: >-#\n  b\n", "a: |2#\n   b\n"),
        *("a: {b: c?d}\n", "a: [b? c]\n", "a: {b: c ? d}\n", "a: [?b]\n", "a: [b?]\n", "[a?b]\n"),
        *("a: [b,\n  c?d]\n", "a: {b: [c], d: e?f}\n", 'a: {b: "}", c: d?e}\n', "a:\n- {b: c,\n   d: e?}\n"),
        *("a: b\r\n", "a: |\r\n  b\r\n", "a: b\n...\n", "a: b\n...\n# c\n", "--- a: b\n", "---\na: b\n"),
        *("--- {a: b}\n", "a: [b:c]\n", "{a:b}\n", '{"a":b}\n', "a: {b:, c}\n", "a: [b, ]\n", "a: {b: }\n", "a: [b\n"),
        *("a: :b\n", "a: -b\n", "a: b:\n", "? a\n: b\n", "'a': b\n", "a: 'b\n\n  c'\n", "a: b # c\n", "a: b#c\n"),
        *("a: >\n  b\n   c\n\n  d\n", "a: |+\n  b\n\n", "a: &b c\n", "a: *b\n", "a: !b c\n", "a: !!str b\n"),
        *("a:\n|\n b\n", "- a: >\n  b\n", "a: [-]\n", "a: [b]#c\n", "a: [?b]\n", 'a: "b\n"\n', "a: |\n  \n b\n"),
        *("a: {b: ?}\n", "<<: a\n", "a: b\n a: c\n", "a:\n- b\n", "- - a\n", "-\n a: b\n"),
    ],
)  # fmt: skip
def test_what_scanners_differ_in_is_the_same_to_both(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    quick, slow = both(text, monkeypatch)
    assert quick == slow
