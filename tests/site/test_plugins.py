"""Hooks and plugins of others see every page of every edition, and do what they do anywhere."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from generator import compatibility

from ..support.faults import fill
from ..support.live import live
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

ANSWERS: Final = {
    "both/tips/wipe/": "Fog.",
    "en/duties/lamp/": "md-source-file",
    "en/about/": "42 wombats",
    "en/tags/": "alpha",
    "en/blog/": "Hello",
    "en/blog/2024/01/31/hello/": "Posted",
    "old/": "../en/about/",
    "feed_rss_updated.xml": "<rss",
    "search/search_index.json": "docs",
    "assets/javascripts/glightbox.min.js": "glightbox",
}
"""What each plugin gives, under `mkdocs serve`."""

REPORT: Final = """
import builtins, importlib.metadata, requests


class Answer:
    headers = {"location": "/" + importlib.metadata.version("mkdocs-material")}


builtins.input = lambda _: "trial"
requests.get = lambda *_, **__: Answer
"""
"""An answer of GitHub, and a name for the archive."""


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


def with_plugin(project: Path, plugin: str) -> Path:
    """The project with one plugin more."""
    path = project / "mkdocs.yml"
    text = path.read_text("utf-8")
    assert "      content: content\n" in text
    path.write_text(text.replace("      content: content\n", f"      content: content\n  - {plugin}\n"), "utf-8")
    return project


def installed(project: Path, name: str, code: str) -> Path:
    """The project with a plugin `name` that only it has: the class `Plugin` of `code`."""
    fill(project, {"stand_in.py": f"from mkdocs.plugins import BasePlugin, event_priority\n\n\n{code}"})
    fill(project, {"stand_in-1.dist-info/entry_points.txt": f"[mkdocs.plugins]\n{name} = stand_in:Plugin\n"})
    fill(project, {"stand_in-1.dist-info/METADATA": "Metadata-Version: 2.1\nName: stand-in\nVersion: 1\n"})
    return with_plugin(project, name)


@pytest.mark.parametrize("name", sorted(compatibility.FATAL))
def test_a_plugin_that_builds_in_its_own_way_is_refused_in_one_line(name: str, tmp_path: Path) -> None:
    project = installed(copy_project(tmp_path, SMALL), name, "class Plugin(BasePlugin):\n    pass\n")
    done = mkdocs(project, "build")
    assert done.returncode == 1
    said = (done.stdout + done.stderr).strip()
    assert re.fullmatch(rf"mkdocs\.yml:\d+: `{name}` does nothing here\. It .*", said), said


def test_a_navigation_in_place_of_the_handbooks_is_refused_in_one_line(tmp_path: Path) -> None:
    code = "from mkdocs.structure.nav import Navigation\n\n\nclass Plugin(BasePlugin):\n"
    code += "    @event_priority(100)\n    def on_nav(self, nav, config, files):\n        return Navigation([], [])\n"
    done = mkdocs(installed(copy_project(tmp_path, SMALL), "other", code), "build")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "a plugin has put a navigation of its own in place of the handbook's" in done.stdout + done.stderr


def test_pages_have_a_file_that_git_knows(tmp_path: Path) -> None:
    code = "class Plugin(BasePlugin):\n    def on_page_markdown(self, markdown, page, **_):\n"
    code += "        assert open(page.file.abs_src_path, encoding='utf-8').read()\n"
    done = mkdocs(installed(copy_project(tmp_path, SMALL), "blame", code), "build", "--strict")
    assert done.returncode == 0, done.stderr


def test_what_a_plugin_puts_into_the_nav_has_its_place(tmp_path: Path) -> None:
    project = copy_project(tmp_path, SMALL)
    fill(project, {"docs/en/one.md": "# One\n", "docs/en/two.md": "# Two\n"})
    fill(project, {"docs/SUMMARY.md": "* [First Two](en/two.md)\n* [Then One](en/one.md)\n"})
    done = mkdocs(with_plugin(project, "literate-nav"), "build", "--strict")
    assert done.returncode == 0, done.stderr
    assert re.search("First Two.*Then One", text(project, "en/duties/lamp"), re.DOTALL)
    assert "Duties" in text(project, "en/one")


def test_without_what_it_draws_with_social_is_off_and_says_so_once(tmp_path: Path) -> None:
    done = mkdocs(with_plugin(copy_project(tmp_path, SMALL), "social"), "build")
    assert done.returncode == 0, done.stderr
    (said,) = re.findall("^WARNING.*", done.stderr, re.MULTILINE)
    assert re.search(r"mkdocs\.yml:\d+: `social` is switched off: .*pip install \"mkdocs-material\[imaging\]\"", said)


def test_offline_leaves_a_site_for_the_disk_that_asks_nobody(tmp_path: Path) -> None:
    project = with_plugin(copy_project(tmp_path, SMALL), "offline")
    done = mkdocs(project, "build", "--strict")
    assert done.returncode == 0, done.stderr
    for name in ("index.html", "404.html", "en/index.html", "en/duties/lamp.html", "both/duties/index.html"):
        html = (project / "site" / name).read_text("utf-8")
        leads = [link for link in re.findall(r'href="([^"#]*)', html) if "//" not in link and "mailto:" not in link]
        assert [link for link in leads if link.endswith(("/", ".."))] == [], name
        assert not re.search(r'<(script|link|img)\b[^>]*(src|stylesheet" href)="https?:', html), name


def test_info_makes_its_archive_and_ends_the_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = with_plugin(copy_project(tmp_path / "project", SMALL), "info")
    fill(tmp_path, {"site/sitecustomize.py": REPORT})
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "site"))
    done = mkdocs(project, "build")
    assert done.returncode == 1
    assert "Archive successfully created" in done.stdout + done.stderr
    (archive,) = project.glob("*-trial.zip")
    names = zipfile.ZipFile(archive).namelist()
    assert any(name.endswith("/content/handbook.yml") for name in names)
    assert not (project / "site").exists()


def test_the_search_of_mkdocs_may_be_there(tmp_path: Path) -> None:
    project = with_plugin(copy_project(tmp_path, SMALL), "search")
    done = mkdocs(project, "build", "--strict")
    assert done.returncode == 0, done.stderr
    assert (project / "site/search/search_index.json").exists()
    assert "search_index" not in text(project, "en/duties/lamp")


def test_every_plugin_of_the_table_has_been_tried() -> None:
    built = {next(iter(one)) if isinstance(one, dict) else one for one in PLUGINS} - {"handbook"}
    alone = {"info", "literate-nav", "offline", "search", "social"}
    assert {row.name for row in compatibility.PLUGINS} == built | alone | compatibility.FATAL


def test_pages_of_every_plugin_are_answered_under_serve(built: Path, tmp_path: Path) -> None:
    project = tmp_path / "project"
    shutil.copytree(built, project, ignore=shutil.ignore_patterns("site", ".cache"))
    config = yaml.safe_load((project / "mkdocs.yml").read_text("utf-8"))
    config["plugins"] += ["info", "literate-nav", "search", "social"]
    (project / "mkdocs.yml").write_text(yaml.safe_dump(config, sort_keys=False), "utf-8")
    with live(project) as server:
        for path, shown in ANSWERS.items():
            assert shown in server.get(path), path
        server.edit("content/tips/wipe.yml", "en: Fog.", "en: Mist.")
        server.shows("both/tips/wipe/", "Mist.")
        server.edit("docs/en/about.md", "40 + 2", "40 + 3")
        server.shows("en/about/", "43 wombats")
        assert server.text().count("`social` is switched off") == 1
        assert "Traceback" not in server.text()


def test_a_site_for_the_disk_is_served_too(tmp_path: Path) -> None:
    with live(with_plugin(copy_project(tmp_path / "project", SMALL), "offline")) as server:
        assert 'href="../situations.html"' in server.get("en/tips/wipe.html")
        server.edit("content/tips/wipe.yml", "en: Fog.", "en: Mist.")
        server.shows("en/tips/wipe.html", "Mist.")
        assert 'href="../situations.html"' in server.get("en/tips/wipe.html")
