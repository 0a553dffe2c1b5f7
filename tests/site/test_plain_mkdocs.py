"""The Markdown in docs/ builds without our plugin, by MkDocs and Material alone, and loses nothing of its text."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from generator import docs_folder
from generator.pipeline import Pipeline

from ..support.here import build_here
from ..support.paths import SMALL

CONFIG = """
site_name: As it is
site_url: https://example.org/
theme: {name: material, font: false}
plugins: []
markdown_extensions: [attr_list, md_in_html, sane_lists, tables, {toc: {permalink: true}}]
validation:
  nav: {omitted_files: warn, not_found: warn, absolute_links: warn}
  links: {not_found: warn, anchors: warn, absolute_links: warn, unrecognized_links: warn}
"""


class Article(HTMLParser):
    """The words of the article of a page, and the ids in it."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.words: list[str] = []
        self.ids: set[str] = set()
        self.tags: dict[str, int] = {}
        self._depth = 0
        text = page.read_text(encoding="utf-8")
        self.feed(re.sub(r'<footer class="hb-foot">.*?</template>', "", text, flags=re.DOTALL))  # of our frame

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "article":
            self._depth += 1
        if self._depth:
            self.tags[tag] = self.tags.get(tag, 0) + 1
            self.ids.update(value or "" for key, value in attrs if key == "id")

    def handle_endtag(self, tag: str) -> None:
        if tag == "article":
            self._depth -= 1

    def handle_data(self, data: str) -> None:
        if self._depth:
            self.words.append(data)

    @property
    def text(self) -> str:
        return re.sub(r"[\s#¶]+", "", "".join(self.words))


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site that MkDocs makes of it, one folder for each edition."""
    project = tmp_path_factory.mktemp("plain")
    docs_folder.write_all(project / "docs", Pipeline(SMALL).run().pages())
    (project / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    assert build_here(project, strict=True) == []
    return project / "site"


@pytest.mark.parametrize("edition", ["en", "both"])
def test_it_is_built_without_a_warning_and_shows_the_same_words_and_places(
    edition: str, plain: Path, small_site: Path
) -> None:
    for page in sorted(path.relative_to(small_site) for path in (small_site / edition).rglob("index.html")):
        theirs, ours = (Article(folder / page) for folder in (plain, small_site))
        assert ours.ids - theirs.ids <= {"content"}, page
        assert not re.search(r"\{\.|\{#|markdown=|\{%|\[\[|\]\(", theirs.text), page
        for tag in ("table", "svg", "details", "h2", "h3", "li"):
            assert theirs.tags.get(tag, 0) >= ours.tags.get(tag, 0) * 0.9, (page, tag)
        missing = [
            part for part in re.split(r"[^\w]+", "".join(ours.words)) if len(part) > 12 and part not in theirs.text
        ]
        assert missing == [], page


def test_every_page_is_there(plain: Path, small_site: Path) -> None:
    def pages(folder: Path) -> set[str]:
        return {path.relative_to(folder).as_posix() for path in folder.rglob("index.html")}

    assert pages(small_site) == pages(plain)
