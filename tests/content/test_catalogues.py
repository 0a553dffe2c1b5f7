"""Words in several languages: one flat file for each, with identical keys in all of them."""

from __future__ import annotations

from pathlib import Path

from generator.cli import report
from generator.content import catalogues
from generator.problems import Problems


def test_a_key_that_one_language_lacks_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "en.yml").write_text("a: A\nb: B\n", encoding="utf-8")
    (tmp_path / "zh.yml").write_text("a: 甲\nbb: 乙\nc:\n  d: e\n", encoding="utf-8")
    problems = Problems()
    catalogues.load(["en", "zh"], tmp_path, problems)
    assert [report.message(problem).removeprefix(tmp_path.name) for problem in sorted(problems)] == [
        "/en.yml: bb: expected this key, found nothing — is `b` meant for it?",
        "/zh.yml: b: expected this key, found nothing — is `bb` meant for it?",
        "/zh.yml:3:1: c: expected text, found nested keys — keys are flat",
    ]
