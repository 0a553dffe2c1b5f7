"""Citations as authors write them."""

from __future__ import annotations

import pytest

from generator.content.types import Citation


@pytest.mark.parametrize(
    ("written", "source", "lines"),
    [("a03:22", "a03", (22,)), ("a03:22-24", "a03", (22, 23, 24)), ("a08:43,44,48", "a08", (43, 44, 48))],
)
def test_citations(written: str, source: str, lines: tuple[int, ...]) -> None:
    citation = Citation.parse(written)
    assert (citation.source, citation.lines, str(citation)) == (source, lines, written)


@pytest.mark.parametrize("written", ["", "A03:1", "a03:", "a03: 1", "a03:1,", "a03::1", "a 3:1"])
def test_what_is_no_citation(written: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        Citation.parse(written)
