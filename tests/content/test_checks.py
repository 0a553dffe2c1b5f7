"""What one file cannot know; each message has a case in `tests/cases/problems`."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generator import memo
from generator.pipeline import Pipeline
from generator.problems import ContentError

from ..support.edits import outcome
from ..support.handbooks import change, messages_of, problems_of
from ..support.paths import ROOT


@pytest.mark.parametrize(
    "named",
    ["handbook.yml", "documents.yml", "areas.yml", "tips/wipe.yml", "translations.lock", "../strings/en.yml", ""],
)
def test_a_fingerprint_that_names_another_file_of_the_content_is_a_problem_however_often_it_is_looked_at(
    named: str, content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memo, "RACY_NANOSECONDS", 0)  # as if nothing had changed lately
    change(content / "documents.yml", "fingerprint: letters.fingerprint", f'fingerprint: "{named}"')
    time.sleep(0.02)
    pipeline = Pipeline(content)
    for _ in range(3):
        with pytest.raises(ContentError) as found:
            pipeline.check()
        assert found.value.problems == problems_of(content)
        assert "documents.letters.fingerprint" in {problem.key for problem in found.value.problems}


def test_what_was_right_is_looked_at_again_where_what_it_was_checked_against_has_changed(content: Path) -> None:
    pipeline = Pipeline(content)
    pipeline.check()
    changes = (
        ("answers.yml", 'lines: "2-3"', 'lines: "2"'),
        ("publications.yml", 'article: "7"', 'article: "8"'),
        ("documents.yml", "language: zh", "language: en"),
        ("letters.fingerprint", "\n", "\n\n"),
        ("handbook.yml", "languages: [en, zh]", "languages: [en]"),
    )
    for file, old, new in changes:
        text = (content / file).read_text(encoding="utf-8")
        assert old in text, file
        (content / file).write_text(text.replace(old, new, 1), encoding="utf-8")
        with pytest.raises(ContentError) as found:
            pipeline.check()
        assert found.value.problems == problems_of(content)
        (content / file).write_text(text, encoding="utf-8")
        assert outcome(pipeline)[0] == [], file


def test_what_cannot_be_used_is_no_reason_to_call_references_to_it_unknown(content: Path) -> None:
    (content / "terms.yml").write_text("- id: lens\n", encoding="utf-8")
    (content / "duties" / "lamp.yml").write_text("title: [\n", encoding="utf-8")
    assert {message.split(":")[0] for message in messages_of(content)} == {
        "content/terms.yml",
        "content/duties/lamp.yml",
    }


def test_a_fingerprint_that_is_a_pipe_is_a_problem_and_keeps_nobody_waiting(content: Path) -> None:
    os.mkfifo(content / "pipe")
    change(content / "documents.yml", "fingerprint: letters.fingerprint", "fingerprint: pipe")
    command = [sys.executable, "-m", "generator", "check", "--lang", "en", "--content", str(content)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=30)
    assert done.returncode == 1
    assert "documents.letters.fingerprint: expected" in done.stderr
