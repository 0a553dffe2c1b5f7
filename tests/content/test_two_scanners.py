"""The quick reader of plain YAML says what the parser says, or nothing."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from generator import plain_yaml
from generator.content import yaml_text
from generator.content.files import UnreadableError, decoded
from generator.content.yaml_reader import Data, parse

from .support.paths import CASES, ROOT
from .test_hostile import FILES

CONTENT = sorted([*(ROOT / "content").rglob("*.yml"), *(CASES / "small").rglob("*.yml")])

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
    *("d: | # x", "m: {a: b,c: d}", "m: {a: b, c}", "m: {zh: 一，二, en: (x)}", "m: {a: 1, b: .5}"),
)  # fmt: skip


def by_parser(text: str) -> Data | str:
    """What the parser says, a refusal as a text that no data is like."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plain_yaml, "data", lambda text: None)
        try:
            return parse(text, "x.yml").data
        except UnreadableError as error:
            return str(error)


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


def test_what_is_read_quickly_is_what_the_parser_reads() -> None:
    read = 0
    for seed in range(30_000):
        text = mixture(random.Random(seed))
        data = plain_yaml.data(text) if yaml_text.is_fit(text) else None
        if data is not None:
            read += 1
            assert data == by_parser(text), (seed, text)
    assert read > 1000


@pytest.mark.parametrize("path", CONTENT, ids=lambda path: path.stem)
def test_the_files_of_a_handbook_are_plain(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert plain_yaml.data(text) == by_parser(text)


def test_what_the_parser_refuses_is_left_to_it() -> None:
    for path in FILES:
        try:
            text = decoded(path.read_bytes(), path.name)
        except UnreadableError:
            continue
        assert not yaml_text.is_fit(text) or plain_yaml.data(text) is None, path.name
