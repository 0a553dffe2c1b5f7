"""Quotations against a fingerprint of the document that they come from."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.content import quotations

DOCUMENT = "天黑以前一定要把灯点亮，不能等船来催。\n一个人守灯也不难，雾天才难。\n"


@pytest.fixture
def fingerprint(tmp_path: Path) -> quotations.Fingerprint:
    (tmp_path / "f").write_text(quotations.write(DOCUMENT), encoding="ascii")
    return quotations.read(tmp_path / "f")


@pytest.mark.parametrize(
    ("quote", "lines", "stands"),
    [
        ("不能等船来催", [1], True),
        ("不能等船来催", [2], False),
        ("不能等船来催", [1, 2], True),
        ("点亮,不能等", [1], True),  # half- or full-width is one to a reader
        ("不能等船来摧", [1], False),
        ("不能船等来催", [1], False),
        ("天黑以前…不能等", [1], True),
        ("天黑以前…雾天才", [1], False),
    ],
)
def test_a_quotation_stands_in_its_lines_or_not(
    quote: str, lines: list[int], stands: bool, fingerprint: quotations.Fingerprint
) -> None:
    assert quotations.stands_in(quote, lines, fingerprint) is stands


def test_a_fingerprint_does_not_hold_the_text() -> None:
    assert quotations.write(DOCUMENT).isascii()
