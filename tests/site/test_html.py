"""Every page is valid HTML, as the standard says and as those who listen to a page need it."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ..support import nodejs

Errors = dict[str, list[str]]
"""`rule: message` to the places where it was found."""


def errors(pages: Sequence[Path]) -> Errors:
    """What is wrong with `pages`."""
    shares = [pages[start :: os.cpu_count() or 1] for start in range(os.cpu_count() or 1)]
    with ThreadPoolExecutor() as pool:
        answers = pool.map(lambda share: nodejs.run("html.mjs", text="\n".join(map(str, share))), shares)
    found: Errors = defaultdict(list)
    for path, line, column, rule, message in (error for answer in answers for error in answer):
        found[f"{rule}: {message}"].append(f"{path}:{line}:{column}")
    return found


def test_every_page_is_valid(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 300
    found = errors(pages)
    assert {error: (len(places), places[0]) for error, places in found.items()} == {}


@pytest.mark.parametrize(
    ("right", "wrong", "rule"),
    [
        ("</main>", "<p><div></div></p></main>", "no-implicit-close"),
        ("</main>", '<p id="twice"></p><p id="twice"></p></main>', "no-dup-id"),
        ("</main>", '<a href="#there">x</a><label for="nowhere">x</label></main>', "no-missing-references"),
        ("</main>", '<img src="x.png"></main>', "wcag/h37"),
        ("</main>", "<h2></h2></main>", "empty-heading"),
        ("</main>", '<p style="color: red">x</p></main>', "no-inline-style"),
        ("</main>", '<button type="button" onclick="x()" tabindex="">x</button></main>', "attribute-allowed-values"),
        ("</main>", "<ul><p>x</p></ul></main>", "element-permitted-content"),
        ("</main>", "</main></section>", "close-order"),
        ("</title>", "</title><title>x</title>", "element-permitted-occurrences"),
    ],
)
def test_the_validator_can_fail(right: str, wrong: str, rule: str, site: Path, tmp_path: Path) -> None:
    page = (site / "en" / "index.html").read_text(encoding="utf-8")
    assert right in page
    (tmp_path / "index.html").write_text(page.replace(right, wrong, 1), encoding="utf-8")
    assert rule in {error.split(":")[0] for error in errors([tmp_path / "index.html"])}
