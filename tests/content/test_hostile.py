"""Files that are careless or hostile: each gets one clear verdict, soon, with little memory, on every machine.

`tests/hostile/files` holds them; `expected.txt` has the first message about each (`--update-golden` writes it anew).
What is large, or no file at all, is made here. Many more are tried by `tests/support/fuzz.py`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
import unicodedata
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.cli import report
from generator.content import yaml_text
from generator.content.text_file import MAX_BYTES, UnreadableError, decoded
from generator.content.yaml_reader import Data, parse, read

from ..support.fuzz import FILES, HOSTILE, SECONDS, assert_sound
from ..support.paths import ROOT
from ..support.timing import soon

pytestmark = pytest.mark.long

MEGABYTES = 256

VERDICTS = """
import sys
from pathlib import Path
if "--without-libyaml" in sys.argv:
    sys.modules["yaml._yaml"] = None
import yaml
assert hasattr(yaml, "CSafeLoader") is ("--without-libyaml" not in sys.argv)
from generator.cli import report
from generator.content.text_file import UnreadableError
from generator.content.yaml_reader import read
for path in sorted(Path(sys.argv[1]).iterdir()):
    try:
        read(path, path.name)
        print(path.name, "accepted")
    except UnreadableError as error:
        print(report.message(error.problems[0]))
"""


def verdicts(folder: Path, *options: str) -> str:
    """The first message about each file, from a process of its own."""
    command = [sys.executable, "-c", VERDICTS, str(folder), *options]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, check=True, env={**os.environ, "PYTHONUTF8": "1"}
    ).stdout.decode()


def test_each_hostile_file_gets_the_verdict_that_is_expected(request: pytest.FixtureRequest) -> None:
    said = verdicts(HOSTILE / "files")
    if request.config.getoption("--update-golden"):
        (HOSTILE / "expected.txt").write_text(said, encoding="utf-8")
    assert said == (HOSTILE / "expected.txt").read_text(encoding="utf-8")
    assert len(FILES) >= 120
    assert "accepted" not in said


def test_the_verdict_is_the_same_without_libyaml() -> None:
    assert verdicts(HOSTILE / "files", "--without-libyaml") == (HOSTILE / "expected.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_hostile_file_is_refused_soon_and_in_every_language(path: Path) -> None:
    started = time.process_time()
    with pytest.raises(UnreadableError) as refusal:
        read(path, path.name)
    assert soon(time.process_time() - started, SECONDS)
    for language in report.LANGUAGES:
        for problem in refusal.value.problems:
            assert report.message(problem, language).isprintable()


# --- what is large -----------------------------------------------------------------------------------------

BOMBS: dict[str, tuple[str, str]] = {
    "100,000 brackets": ("a: " + "[" * 100_000, "at most 20 levels"),
    "100,000 braces": ("{a: " * 100_000, "at most 20 levels"),
    "100,000 closed brackets": ("[" * 100_000 + "]" * 100_000, "at most 20 levels"),
    "100,000 dashes": ("- " * 100_000, "at most 20 levels"),
    "deep indentation": ("".join(" " * depth + "a:\n" for depth in range(1000)), "at most 20 levels"),
    "50,000 aliases": ("a: &a [1]\n" + "b: *a\n" * 30_000, "an anchor, &a"),
    "30,000 items": ("[" + "a," * 30_000 + "]", "at most 20000 keys and values"),
    "18,000 items a line each": ("- xxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxx\n" * 18_000, "accepted"),
    "30,000 keys": ("".join(f"k{index}: 1\n" for index in range(30_000)), "at most 20000 keys and values"),
    "one long word": ("a: " + "x" * (MAX_BYTES - 3), "at most 65536 characters"),
    "one long text": ("a: " + "x " * 49_000, "at most 65536 characters"),
    "many words": ("a: " + "x " * 500_000, "at most 100000 words"),
    "many words between strange spaces": ("a: " + "\u00a0 " * 300_000, "at most 100000 words"),
    "spaces in every line": (("a" + " " * 1000 + "\n") * 1000, "only text"),
    "strange spaces in every line": (("a" + "\u00a0" * 400 + "\n") * 1000, "at most 65536 characters|only text"),
    "one long quotation": ('a: "' + "\\x41" * 262_000 + '"', "at most 65536 characters"),
    "escapes that no text may have": ('a: "' + "\\e" * 500_000 + '"', "at most 65536 characters"),
    "an open quotation": ('a: "' + "x" * (MAX_BYTES - 4), "is not closed"),
    "an open quotation of lines": ('a: "' + "x\n" * 49_000, "is not closed"),
    "one long comment": ("#" * MAX_BYTES, "an empty file"),
    "nothing but spaces": (" " * MAX_BYTES, "an empty file"),
    "nothing but line ends": ("\n" * MAX_BYTES, "at most 100000 words"),
    "nothing but colons": ("a: " + ":" * (MAX_BYTES - 3), "at most 65536 characters"),
    "nothing but controls": ("\x01" * MAX_BYTES, "the character U+0001"),
    "nothing but conflicts": ("<<<<<<<\n" * 131_072, "an unfinished merge"),
    "nothing but question marks": ("? " * 49_000, "a key that is plain text"),
    "nothing but heads of blocks": ("a: " + "|" * 99_990, "text behind `|`"),
    "heads of blocks in quotation marks": ("a: '" + ">-" * 30_000 + "'", "accepted"),
    "blanks in brackets": ("a: {b: c" + " " * 59_000 + "x  ", "a bracket `{` that is not closed"),
    "lines in brackets that are not indented": ("a: [" + "b,\n" * 18_000 + "]", "not closed before a line"),
    "brackets over many lines": ("a: [" + "b,\n  " * 18_000 + "]", "accepted"),
    "empty lines that are too deep": ("a: |\n" + "   \n" * 20_000 + "  b", "an empty line with more spaces"),
    "nothing but slips": ("zh：x\n" * 49_000, "at most 65536 characters"),
    "a long number in a directive": ("%YAML 1." + "9" * 1_000_000 + "\n---\na: 1\n", "a directive"),
    "a long tag": ("a: !" + "x" * 1_000_000 + " 1\n", "a tag, !xxx"),
    "a long anchor": ("a: &" + "x" * 1_000_000 + " 1\n", "an anchor, &xxx"),
    "a long key": ("? " + "k" * 1_000_000 + "\n: 1\n", "a key of 1 to 100 characters"),
    "20 levels 900 times": ("".join(f"k{index}: " + "[" * 19 + "]" * 19 + "\n" for index in range(900)), "accepted"),
}


MEASURED = """
import resource, sys, time
from pathlib import Path
limit = int(sys.argv[2]) << 20
resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
from generator.cli import report
from generator.content.text_file import UnreadableError
from generator.content.yaml_reader import read
started = time.process_time()
try:
    read(Path(sys.argv[1]), "x.yml")
    said = "accepted"
except UnreadableError as error:
    said = report.message(error.problems[0])
print(time.process_time() - started, said)
"""


def _measured(path: Path, megabytes: int = MEGABYTES) -> tuple[str, float]:
    """The message and the CPU seconds of reading a file in a process that has no more memory, Python's own included."""
    command = [sys.executable, "-c", MEASURED, str(path), str(megabytes)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, env={**os.environ, "PYTHONUTF8": "1"}, timeout=60)
    assert done.returncode == 0, done.stderr.decode()
    seconds, said = done.stdout.decode().split(" ", 1)
    return said, float(seconds)


@pytest.mark.parametrize("name", BOMBS)
def test_what_is_large_is_read_or_refused_soon_and_with_little_memory(name: str, tmp_path: Path) -> None:
    text, expected = BOMBS[name]
    (tmp_path / "x.yml").write_text(text, encoding="utf-8", newline="")
    said, seconds = _measured(tmp_path / "x.yml")
    assert any(part in said for part in expected.split("|"))
    assert soon(seconds, SECONDS), seconds


def test_a_file_of_100_megabytes_is_not_even_opened(tmp_path: Path) -> None:
    (tmp_path / "x.yml").write_bytes(b"a: 0123456789012\n" * 6_000_000)
    said, seconds = _measured(tmp_path / "x.yml", megabytes=100)
    assert "at most 1048576 bytes, found 102000000 bytes" in said
    assert seconds < 0.1


def test_a_file_of_one_byte_too_many_is_refused_and_one_of_the_limit_is_not(tmp_path: Path) -> None:
    file = tmp_path / "x.yml"
    file.write_bytes(b"a: 1\n#" + b"x" * (MAX_BYTES - 6))
    assert read(file, "x.yml").data == {"a": "1"}
    file.write_bytes(b"a: 1\n#" + b"x" * (MAX_BYTES - 5))
    with pytest.raises(UnreadableError):
        read(file, "x.yml")


# --- any bytes, any text -----------------------------------------------------------------------------------


PIECES = st.sampled_from([
    *"ab:-?[]{},#&*!|>'\"%@`\\~ \n\t",
    *("：", "　", "\r\n", "\u00a0", "中", "\n  ", "\n- ", ": ", "<<: ", "---\n", "!!str ", "\\u202e", "\\UFFFFFFFF"),
])  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.binary(), st.text().map(str.encode), st.lists(PIECES).map(lambda some: "".join(some).encode())))
def test_any_bytes_are_a_sound_document_or_are_refused(raw: bytes) -> None:
    try:
        text = decoded(raw, "x.yml")
        document = parse(text, "x.yml")
    except UnreadableError as error:
        assert error.problems
        for problem in error.problems:
            assert all(report.message(problem, language).isprintable() for language in report.LANGUAGES)
    else:
        assert_sound(document, text)


TEXTS = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Cn", "Co", "Cf", "Zl", "Zp"], exclude_characters="\ufffd")
).filter(yaml_text.is_fit)
KEYS = TEXTS.filter(lambda key: key.isprintable() and 0 < len(key) <= 100 and key != "<<").map(
    lambda key: unicodedata.normalize("NFC", key)
)
PLAIN = st.recursive(
    TEXTS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=20
)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(KEYS, PLAIN, min_size=1), st.booleans())
def test_what_is_written_with_everything_quoted_is_read_back_exactly(data: dict[str, Data], flow: bool) -> None:
    text = yaml.safe_dump(data, allow_unicode=True, default_style='"', default_flow_style=flow, sort_keys=False)
    document = parse(text, "x.yml")
    assert document.data == data
    assert_sound(document, text)
