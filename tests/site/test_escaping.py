"""What comes from outside is text wherever it goes: every interface word, and every text of a handbook."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from ..support import literal
from ..support.literal import TOKEN, Corpus
from ..support.paths import SMALL
from ..support.project import copy_project, mkdocs
from ..support.server import policy

HOSTILE: Final = """'"><pwn pwned="1"><script>pwned=1</script>"""
BRACES: Final = "{x}{0}{"
"""In texts they are text; in an interface word they are a problem that names it."""
ABOUT_LANGUAGE: Final = "language."
"""Words that are codes, not words."""


class Html(HTMLParser):
    """What of `HOSTILE` has become an element or an attribute."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.found: list[str] = []
        self._script = ""
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "pwn" or any("pwned" in name or "<" in name or '"' in name for name, _ in attrs):
            self.found.append(self.get_starttag_text() or tag)
        self._script = tag

    def handle_data(self, data: str) -> None:
        if self._script == "script" and "pwned" in data:
            self.found.append(data)


def made_of_hostile(site: Path) -> list[tuple[str, str]]:
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 40
    return [(str(page.relative_to(site)), found) for page in pages for found in Html(page).found]


def test_interface_words_are_text(small_site: Path, tmp_path: Path) -> None:
    project = copy_project(tmp_path, SMALL)
    for path in (project / "generator" / "render" / "strings").glob("*.yml"):
        words = yaml.safe_load(path.read_text(encoding="utf-8"))
        hostile = {key: word if key.startswith(ABOUT_LANGUAGE) else word + HOSTILE for key, word in words.items()}
        path.write_text(yaml.safe_dump(hostile, allow_unicode=True), encoding="utf-8")
    done = mkdocs(project, "build", "--strict")
    assert done.returncode == 0, done.stderr
    assert made_of_hostile(project / "site") == []
    assert policy(project / "site") == policy(small_site)
    page = (project / "site" / "en" / "duties" / "lamp" / "index.html").read_text(encoding="utf-8")
    assert page.count("&lt;/script&gt;") > 50  # it is there, as text


def test_texts_and_settings_are_text(small_site: Path, tmp_path: Path) -> None:
    literal.write(hostile(literal.contents(Corpus())), tmp_path / "typed")
    project = copy_project(tmp_path / "project", tmp_path / "typed")
    done = mkdocs(project, "build", "--strict")
    assert done.returncode == 0, done.stderr
    assert made_of_hostile(project / "site") == []
    assert policy(project / "site") == policy(small_site)
    page = (project / "site" / "en" / "duties" / "lamp" / "index.html").read_text(encoding="utf-8")
    assert page.count("{x}{0}{") > 50


def hostile(data: Any, key: str = "") -> Any:
    """`data` with something hostile in every text; addresses and numbers of articles are tried elsewhere."""
    if isinstance(data, dict):
        return {name: hostile(value, name) for name, value in data.items()}
    if isinstance(data, list):
        return [hostile(item, key) for item in data]
    if key == "short":
        return '"><pwn'  # there is no room for more
    before = "字" if key == "zh" else ""  # else it would not be Chinese
    return TOKEN.sub(lambda match: match[0] if match[0][0] in "au" else f"{before}{match[0]}{HOSTILE}{BRACES}", data)


@pytest.mark.parametrize("bad", ['<p onclick="x" pwned>', "<pwn>", '<a title=""pwned=1>', "<script>pwned</script>"])
def test_the_test_finds_what_it_looks_for(bad: str, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(bad, encoding="utf-8")
    assert Html(tmp_path / "a.html").found
