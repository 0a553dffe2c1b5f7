"""Try the reader on many files: `python -m tests.support.fuzz --cases 200000 [--seed 1]`. Run by hand.

A case is a real content file or a hostile one with a few mutations, a mixture of two, or random bytes or pieces of
YAML. Each must be a sound document or be refused, in good time and in words of every language. What fails is
printed with its seed and written to a file for a look.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from generator.cli import report
from generator.content.text_file import UnreadableError, decoded
from generator.content.yaml_reader import Data, Document, KeyPath, parse

from .paths import CASES, ROOT, TESTS

HOSTILE = TESTS / "hostile"
"""Files that are careless or hostile, and in `expected.txt` the first message about each."""
FILES = sorted((HOSTILE / "files").iterdir())
SECONDS = 1.0
"""Of processor time, in which any file must be read or refused."""
LONGEST = 4000
"""Characters that are taken of a file; what depends on size is tested in `test_hostile`."""
MARKS = "\0\t\n\r !\"#%&'*,-.:<=>?@[\\]^`{|}~a1\x7f\x85：　\u00a0\u200b\u202e\u2028\ufeff中“\U0001f600\u0301"
WORDS = """---|...|%YAML 1.1|<<: *a|&a |*a|!!str |!<x>|<<<<<<< HEAD|=======|[[|]]|{}|zh:|en: |zh：|- |: |? |# |''|""
\\u202e|\\UFFFFFFFF|\\ud800|\\x41|\\|>-|| |\n  |\n    - |:\n|\r\n|\n\n|\n---\n|\n<<<<<<< HEAD\n|e\u0301"""
PIECES: list[str] = [*MARKS, *WORDS.split("|"), "|\n", ">-\n", "|2\n", "|\n  x\n"]

Mutation = Callable[[random.Random, str, list[str]], str]


def _insert(chance: random.Random, text: str, _: list[str]) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] + chance.choice(PIECES) + text[at:]


def _delete(chance: random.Random, text: str, _: list[str]) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] + text[at + chance.choice((1, 1, 2, 10, 100)) :]


def _repeat(chance: random.Random, text: str, _: list[str]) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] + text[at : at + chance.choice((1, 3, 20, 200))] * chance.choice((2, 3, 30)) + text[at:]


def _indent(chance: random.Random, text: str, _: list[str]) -> str:
    lines = text.split("\n")
    at = chance.randrange(len(lines))
    lines[at] = lines[at][1:] if chance.random() < 0.5 else chance.choice((" ", "  ", "\t", "- ")) + lines[at]
    return "\n".join(lines)


def _shuffle(chance: random.Random, text: str, _: list[str]) -> str:
    lines = text.split("\n")
    chance.shuffle(lines)
    return "\n".join(lines)


def _splice(chance: random.Random, text: str, seeds: list[str]) -> str:
    other = chance.choice(seeds)
    return text[: chance.randrange(len(text) + 1)] + other[chance.randrange(len(other) + 1) :]


def _encoded(chance: random.Random, text: str) -> bytes:
    """Mostly UTF-8; else another encoding, or a byte changed."""
    kind = chance.random()
    raw = text.encode("utf-8", "surrogateescape")
    if kind < 0.02:
        return raw.decode("utf-8", "replace").encode(chance.choice(("utf-16", "utf-16-le", "utf-32-be", "gb18030")))
    if kind < 0.05:
        at = chance.randrange(len(raw) + 1)
        return raw[:at] + chance.randbytes(1) + raw[at + 1 :]
    return raw


MUTATIONS: list[Mutation] = [*[_insert] * 8, *[_delete] * 4, *[_indent] * 4, _repeat, _splice, _shuffle]


def _paths(data: Data, path: KeyPath = ()) -> list[KeyPath]:
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [path, *(deeper for key, value in inner for deeper in _paths(value, (*path, key)))]


def assert_sound(document: Document, text: str) -> None:
    """Every key and item has its place, and places are inside the text."""
    paths = _paths(document.data)
    assert set(paths) == {(), *document.places}
    lines = text.split("\n")
    for place in document.places.values():
        assert 1 <= place.line <= len(lines)
        assert 1 <= place.column <= len(lines[place.line - 1]) + 1


def seeds() -> list[str]:
    """What cases are made from: real content, and hostile files."""
    content = sorted([*(ROOT / "content").rglob("*.yml"), *CASES.rglob("*.yml")])
    return [path.read_bytes().decode("utf-8", "surrogateescape")[:LONGEST] for path in content * 3 + FILES]


def case(chance: random.Random, seeds: list[str]) -> bytes:
    """One file to try."""
    kind = chance.random()
    if kind < 0.05:
        return chance.randbytes(chance.randrange(200))
    if kind < 0.25:
        return _encoded(chance, "".join(chance.choice(PIECES) for _ in range(chance.randrange(40))))
    text = chance.choice(seeds)
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        text = chance.choice(MUTATIONS)(chance, text, seeds)
    return _encoded(chance, text)


def fault(raw: bytes, kinds: Counter[str]) -> str | None:
    """What is wrong with the reader, as `raw` shows; None where nothing is."""
    started = time.process_time()
    try:
        text = decoded(raw, "x.yml")
        assert_sound(parse(text, "x.yml"), text)
        kinds["accepted"] += 1
    except UnreadableError as error:
        kinds[error.problems[0].found.key] += 1
        for language in report.LANGUAGES:
            for problem in error.problems:
                if not report.message(problem, language).isprintable():
                    return f"a message that a terminal may obey: {report.message(problem, language)!r}"
    except Exception:
        return traceback.format_exc()
    seconds = time.process_time() - started
    return f"{seconds:.1f} s" if seconds > SECONDS else None


def main() -> int:
    """Try as many cases as asked for; exit status 1 if any fails."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    written = seeds()
    kinds: Counter[str] = Counter()
    failed = 0
    for number in range(options.cases):
        raw = case(random.Random(f"{options.seed}/{number}"), written)
        wrong = fault(raw, kinds)
        if wrong:
            failed += 1
            with tempfile.NamedTemporaryFile(prefix="fuzz-", suffix=".yml", delete=False) as file:
                file.write(raw)
            print(f"case {number} ({Path(file.name)}): {wrong}", flush=True)
        if number % 10_000 == 0:
            print(f"{number} cases, {failed} failed", file=sys.stderr, flush=True)
    print(f"{options.cases} cases, {failed} failed")
    for kind, count in kinds.most_common():
        print(f"{count:8} {kind}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
