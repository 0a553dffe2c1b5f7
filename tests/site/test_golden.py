"""The whole site of the small handbook, as a reader's browser has it.

Each page of each edition, the root page, the page for what is missing, the sitemap and what each search looks through
must be as the files below `tests/cases/small/site` say, one node to a line; see `tests/support/dom.py` for what is the
same to it. Only the finished files are looked at, however they were made. After a wanted change,
`python -m pytest tests/site/test_golden.py --update-golden` writes what comes out today; read the diff.

Nothing that a page holds is left out there. What an earlier page has as well is only named (`tests/support/golden.py`),
and put back before pages are compared. Of the other files, as scripts and style sheets, there are only the names: what
they do is for the tests in a browser, and none of them holds anything of a page.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from ..support import golden
from ..support.dom import compared, texts, told
from ..support.paths import CASES

GOLDEN = CASES / "small" / "site"
UPDATE = "python -m pytest tests/site/test_golden.py --update-golden"


def test_the_site_of_the_small_handbook_is_exactly_this(small_site: Path, request: pytest.FixtureRequest) -> None:
    given = texts(small_site)
    assert len(given) > 48
    if request.config.getoption("--update-golden"):
        golden.write(GOLDEN, given)
    found = compared(golden.read(GOLDEN), given)
    if found:
        pytest.fail(
            "\n".join((*told(found, 3, 30), f"{len(found)} differ; if that is wanted: {UPDATE}")), pytrace=False
        )


def test_nothing_is_lost_where_pages_are_kept(small_site: Path) -> None:
    pages = texts(small_site)
    kept = golden.folded(pages)
    assert golden.unfolded(kept) == pages
    assert sum(map(len, kept.values())) < 0.85 * sum(map(len, pages.values()))
