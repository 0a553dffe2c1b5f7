"""Hooks and plugins of others see every page of every edition, and do what they do anywhere."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from ..support.faults import fill
from ..support.paths import SMALL
from ..support.project import copy_project, mkdocs

HOOK: Final = """
import json, pathlib

SEEN = []


def on_page_markdown(markdown, page, config, files):
    assert files.get_file_from_path(page.file.src_uri) is page.file
    return markdown


def on_page_content(html, page, config, files):
    SEEN.append(page.file.src_uri)
    facts = [page.url, page.title, page.meta, page.is_index, [item.title for item in page.toc]]
    assert all(fact is not None for fact in facts), facts
    return html + f'<p class="stamp">{page.file.src_uri}</p>'


def on_post_page(output, page, config):
    return output.replace("</body>", f"<!-- stamped {page.url} --></body>")


def on_post_build(config):
    pathlib.Path(config.config_file_path).with_name("seen.json").write_text(json.dumps(SEEN))
"""

PLUGINS: Final[list[Any]] = [
    {"handbook": {"content": "content"}},
    "tags",
    {"redirects": {"redirect_maps": {"old.md": "en/about.md", "en/older.md": "en/duties/lamp.md"}}},
    {"git-revision-date-localized": {"type": "iso_date", "enable_creation_date": True}},
    {"rss": {"match_path": "en/.*"}},
    "macros",
    "glightbox",
    {"blog": {"blog_dir": "en/blog"}},
    {"minify": {"minify_html": True}},
    "meta",
    "privacy",
]

FILES: Final = {
    "hook.py": HOOK,
    "docs/en/about.md": "---\ntitle: About\ntags: [alpha]\n---\n# About\n\n![x](x.png)\n\n{{ 40 + 2 }} wombats\n",
    "docs/en/tags.md": "---\ntitle: Tags\n---\n# Tags\n\n<!-- material/tags -->\n",
    "docs/en/x.png": "x",
    "docs/en/blog/index.md": "---\ntitle: Blog\n---\n# Blog\n",
    "docs/en/blog/posts/hello.md": "---\ntitle: Hello\ndate: 2024-01-31\n---\n# Hello\n\nPosted.\n",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with all of them, committed on two days."""
    project = copy_project(tmp_path_factory.mktemp("plugins"), SMALL)
    config = yaml.safe_load((project / "mkdocs.yml").read_text("utf-8"))
    config |= {"plugins": PLUGINS, "hooks": ["hook.py"]}
    fill(project, {**FILES, "mkdocs.yml": yaml.safe_dump(config, sort_keys=False)})
    _commit(project, "2024-05-06", ".")
    lamp = project / "content/duties/lamp.yml"
    lamp.write_text(lamp.read_text("utf-8") + "# looked at again\n", "utf-8")
    _commit(project, "2025-07-08", "content/duties/lamp.yml")
    done = mkdocs(project, "build", "--strict")
    assert done.returncode == 0, done.stderr
    return project


def _commit(project: Path, day: str, path: str) -> None:
    at = f"{day}T12:00:00+00:00"
    identity = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    for command in (["init", "-q"], ["add", path], [*identity, "commit", "-qm", day, "--date", at]):
        environment = {"GIT_COMMITTER_DATE": at, "PATH": "/usr/local/bin:/usr/bin:/bin"}
        subprocess.run(["git", *command], cwd=project, check=True, env=environment)


def text(project: Path, page: str) -> str:
    return (project / "site" / page / "index.html").read_text("utf-8")


def test_a_hook_sees_every_page_of_every_edition_and_can_change_it(built: Path) -> None:
    pages = {path.parent.relative_to(built / "site").as_posix() for path in (built / "site").rglob("index.html")}
    own = {page for page in pages if page.startswith(("en", "both"))} - {"en/older"}
    stamped = {page for page in own if "class=stamp" in text(built, page) and "<!-- stamped" in text(built, page)}
    assert len(own) > 48
    assert {page for page in own if "class=stamp" not in text(built, page)} == set()
    assert stamped <= own


def test_pages_are_minified_and_their_scripts_still_allowed(built: Path) -> None:
    page = text(built, "both/duties/lamp")
    assert "\n\n" not in page


def test_tags_list_their_pages(built: Path) -> None:
    assert re.search(r"alpha.*?<a href=\.\./about/", text(built, "en/tags"), re.DOTALL)
    assert "md-tag" in text(built, "en/about")


def test_redirects_lead_to_pages_of_an_edition(built: Path) -> None:
    assert 'href="../en/about/"' in text(built, "old")
    assert 'href="../duties/lamp/"' in text(built, "en/older")


def test_a_generated_page_has_the_dates_of_its_yaml_file(built: Path) -> None:
    dates = re.compile(r"\d{4}-\d\d-\d\d(?=</span>\s*</span>|\s*</span>)")
    assert dates.findall(text(built, "en/duties/lamp").partition("md-source-file")[2])[:2] == [
        "2025-07-08",
        "2024-05-06",
    ]
    assert dates.findall(text(built, "both/tips/wipe").partition("md-source-file")[2])[:2] == ["2024-05-06"] * 2


def test_a_feed_has_the_pages_of_the_edition_asked_for(built: Path) -> None:
    feed = (built / "site/feed_rss_updated.xml").read_text("utf-8")
    assert "https://example.org/handbook/en/duties/lamp/" in feed
    assert "/both/" not in feed
    assert "feed_rss_created.xml" in text(built, "en/about")


def test_macros_are_for_pages_of_ones_own(built: Path) -> None:
    assert "42 wombats" in text(built, "en/about")


def test_pictures_open_and_the_policy_follows(built: Path) -> None:
    assert "glightbox" in text(built, "en/about")
    policy = (built / "site/csp.conf").read_text("utf-8")
    assert len(re.findall("sha256-", policy)) > 2


def test_a_blog_lies_in_an_edition(built: Path) -> None:
    assert "Posted" in text(built, "en/blog/2024/01/31/hello")


def test_a_plugin_that_builds_in_its_own_way_is_refused_in_one_line(tmp_path: Path) -> None:
    project = copy_project(tmp_path, SMALL)
    path = project / "mkdocs.yml"
    fill(project, {"i18n.py": "from mkdocs.plugins import BasePlugin\n\n\nclass I18n(BasePlugin):\n    pass\n"})
    fill(project, {"i18n-1.dist-info/entry_points.txt": "[mkdocs.plugins]\ni18n = i18n:I18n\n"})
    fill(project, {"i18n-1.dist-info/METADATA": "Metadata-Version: 2.1\nName: i18n\nVersion: 1\n"})
    path.write_text(path.read_text("utf-8").replace("      content: content\n", "      content: content\n  - i18n\n"))
    done = mkdocs(project, "build")
    assert done.returncode == 1
    said = (done.stdout + done.stderr).strip()
    assert re.fullmatch(r"mkdocs\.yml:\d+: `i18n` does nothing here\. It builds languages.*", said), said
