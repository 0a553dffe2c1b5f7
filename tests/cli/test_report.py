"""Problems as people and programs read them."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest

from generator.cli import report, status
from generator.cli.main import main
from generator.content.yaml_text import SYNTAX
from generator.problems import Problem, code, phrase

from ..support.handbooks import change, problems_of
from ..support.paths import ROOT, SMALL

PROBLEM = Problem("content/a.yml", 2, 5, "a.b", phrase("expected.text"), code("x" * 100), phrase("hint.add"))


@pytest.fixture
def broken(content: Path) -> Path:
    """The small handbook with a wrong reference."""
    change(content / "tips" / "wipe.yml", "related: [alone]", "related: [别处]")
    return content


def test_a_message_says_where_which_key_what_was_expected_and_found_and_how_to_mend_it() -> None:
    shortened = "x" * 59 + "…"
    assert report.message(PROBLEM) == f"content/a.yml:2:5: a.b: expected text, found `{shortened}` — add it"
    assert report.message(PROBLEM, "zh") == f"content/a.yml:2:5: a.b：应为 文字，实为 `{shortened}`——请补上"


def test_the_catalogues_have_every_message_that_is_used_and_no_other() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "generator").rglob("*.py"))
    used = set(re.findall(r'(?:phrase|report\.word)[(,]\s*"([a-z][a-z0-9.-]*)"', code))
    assert len(used) > 100
    named = {*re.findall(r'"([a-z][a-z0-9.-]*)"', code), *(f"status.{field.name}" for field in fields(status.Row))}
    named |= {f"{kind}.{key}" for _, *keys in SYNTAX for kind, key in zip(("found", "hint"), keys, strict=True)}
    named |= {"found.file-end", "found.after-value", "hint.close"}  # of `yaml_text.syntax`
    for language in report.LANGUAGES:
        known = set(report.catalogue(language))
        assert used <= known, language
        assert known <= named, language


def test_the_offending_line_and_a_caret_stand_below_where_the_file_can_be_seen(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "a.yml").write_text("first\n标题: x\n", encoding="utf-8")
    shown = report.text([PROBLEM], "en", [tmp_path / "elsewhere", tmp_path]).splitlines()
    assert shown[1:] == ["    标题: x", "          ^"]  # a Chinese character is two columns wide
    assert len(report.text([PROBLEM], "en", [tmp_path / "elsewhere"]).splitlines()) == 1


@pytest.mark.parametrize(
    ("locale", "language"),
    [("zh_CN.UTF-8", "zh"), ("zh-Hans", "zh"), ("en_GB", "en"), ("C", "en"), ("", "en"), ("fr_FR.UTF-8", "en")],
)
def test_messages_follow_the_locale(locale: str, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", locale)
    assert report.language_of_environment() == language


def test_json_is_for_programs(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--content", str(broken), "--format", "json", "--lang", "en"]) == 1
    (problem,) = json.loads(capsys.readouterr().out)
    assert problem["file"] == "content/tips/wipe.yml"
    assert (problem["line"], problem["column"], problem["key"]) == (10, 11, "tips.wipe.related[0]")
    assert main(["check", "--content", str(SMALL), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_github_gets_one_annotation_per_problem(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--content", str(broken), "--format", "github", "--lang", "en"]) == 1
    out = capsys.readouterr().out
    assert out.startswith("::error file=content/tips/wipe.yml,line=10,col=11::content/tips/wipe.yml:10:11: tips.wipe")
    assert report.github([PROBLEM], "en").count("\n") == 0


def test_messages_in_chinese_on_demand(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--content", str(broken), "--lang", "zh"]) == 1
    assert "应为 小写字母、数字和连字符" in capsys.readouterr().err


def test_colour_and_the_line_only_on_a_terminal(broken: Path) -> None:
    command = [sys.executable, "-m", "generator", "check", "--lang", "en", "--content", str(broken)]
    plain = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert "\033" not in plain.stderr
    assert "^" not in plain.stderr

    def on_a_terminal(**more: str) -> str:
        leader, follower = pty.openpty()
        subprocess.run(command, cwd=ROOT, stderr=follower, env={**os.environ, **more})
        os.close(follower)
        text = os.read(leader, 65536).decode("utf-8")
        os.close(leader)
        return text

    assert "\033[1m" in on_a_terminal()
    assert "related: [别处]" in on_a_terminal()
    assert "\033" not in on_a_terminal(NO_COLOR="1")


FORGED = "7\n::error file=README.md::forged\r\x1b[31m\u2028\u202e"


@pytest.mark.parametrize("format_of", [report.text, report.as_json, report.github])
def test_no_value_in_a_message_begins_a_line_or_is_obeyed(format_of: Callable[..., str]) -> None:
    problem = Problem(f"a{FORGED}.yml", 1, 1, FORGED, phrase("expected.article"), code(FORGED), hinted := phrase(
        "hint.articles", publication=FORGED, articles=FORGED
    ))  # fmt: skip
    assert report.say(hinted, "en").isprintable()
    for language in report.LANGUAGES:
        assert report.message(problem, language).isprintable()
        shown = format_of([problem], language)
        assert not any(line.startswith("::error file=README") for line in shown.splitlines())
        assert set("\r\x1b\u2028\u202e").isdisjoint(shown.replace("\n", ""))
    assert report.word("done.new", "en", place=FORGED).isprintable()


@pytest.mark.parametrize("language", report.LANGUAGES)
def test_an_article_with_line_breaks_forges_no_message(language: str, content: Path) -> None:
    change(content / "publications.yml", 'article: "7"', 'article: "7\\n::error file=README.md::forged"')
    for problem in problems_of(content):
        assert report.message(problem, language).isprintable()


def test_a_reader_that_stops_reading_ends_the_run_without_a_traceback(broken: Path) -> None:
    command = [sys.executable, "-m", "generator", "check", "--format", "github", "--content", str(broken)]
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(command, cwd=ROOT, stdout=writing, stderr=subprocess.PIPE, text=True)
    os.close(writing)
    assert (done.returncode, done.stderr) == (1, "")
