"""The build loop gives what MkDocs' own gives, keeps only what is still right, and knows what it stands in for."""

from __future__ import annotations

import hashlib
import inspect
import json
import logging
import os
import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import jinja2
import jinja2.meta
import jinja2.nodes
import markdown
import mkdocs.commands.build
import pytest
from generator.runtime import digest
from generator.site.kept import Kept
from generator.site.loop import Site
from generator.site.material import _Links, _RawHTML, hasten
from generator.site.outputs import Output, Outputs
from generator.site.said import heard
from generator.site.store import Store, packed
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown import blockprocessors, htmlparser, inlinepatterns, treeprocessors
from markdown.extensions import md_in_html, tables
from mkdocs import livereload, theme
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure import pages
from mkdocs.structure.files import File, Files, InclusionLevel

from generator import current, parallel
from generator.pipeline import Workshop
from generator.site import navigation, serve

from ..support.faults import fill, tree
from ..support.paths import ROOT, SMALL

PAGES = {
    "index.md": "# Home\n\n[a](part/a.md) [a place](part/a.md#here) [nothing](gone.md) [no place](part/a.md#gone)\n",
    "part/index.md": "---\ntitle: The <part>\nicon: material/star\n---\nWith [home](../index.md) and ![](dot.svg)\n",
    "part/a.md": (
        "---\nsearch:\n  boost: 2\ntags: [x, 1]\n---\n# A & b\n\n## Here {#here}\n\n<p id='raw'>raw</p>\n\n"
        "| a | b |\n|--|--|\n| 中文分词 | x |\n"
    ),
    "part/b.md": "# B\n\n[up](#none) [abs](/x) [odd](a) [raw](a.md#raw)\n",
    "part/deep/c.md": "---\ndate: 2020-01-01\n---\n# C\n\nA date in its metadata.\n",
    "part/deep/d.md": "No heading, [c](c.md).\n",
    "alone.md": "# Not in the navigation\n",
    "hidden.md": "# Excluded\n\n[b](part/b.md#x)\n",
    "empty.md": "",
    "part/dot.svg": "<svg/>",
    "extra.html": "{{ nav.pages | length }} {{ config.site_name }}",
}

CONFIG = """
site_name: A & B
site_url: https://example.org/below/
exclude_docs: /hidden.md
extra_templates: [extra.html]
use_directory_urls: {urls}
theme:
  name: material
  font: false
  custom_dir: theme
  features: {features}
plugins: []
markdown_extensions: [attr_list, md_in_html, tables, toc: {{permalink: true}}]
validation: {{links: {{anchors: warn, absolute_links: warn, unrecognized_links: warn}}}}
{nav}
"""

NAV = """
nav:
  - index.md
  - Part:
      - part/index.md
      - part/a.md
      - part/b.md
      - Deep: [part/deep/c.md, part/deep/d.md]
  - Empty: empty.md
  - Elsewhere: https://example.org
"""

SERVED = "http://127.0.0.1:8000/below/"


@pytest.fixture(autouse=True)
def _one_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return a_project(tmp_path / "project", NAV)


def a_project(
    folder: Path, nav: str = "", urls: bool = True, features: tuple[str, ...] = (), pages: dict[str, str] = PAGES
) -> Path:
    fill(folder / "docs", pages)
    fill(folder, {"mkdocs.yml": CONFIG.format(nav=nav, urls=str(urls).lower(), features=list(features)), "theme/x": ""})
    return folder


def config_of(project: Path, site: str, **settings: Any) -> MkDocsConfig:
    return load_config(str(project / "mkdocs.yml"), site_dir=str(project / site), **settings)


def by_mkdocs(project: Path, serve_url: str | None = None) -> dict[str, bytes | None]:
    mkdocs.commands.build.build(config_of(project, "expected"), serve_url=serve_url)
    return tree(project / "expected")


def by_loop(project: Path, kept: Kept | None = None, serve_url: str | None = None) -> dict[str, bytes | None]:
    kept = kept or Kept()
    outputs = Outputs(project / "site", None, kept.notes(project / "site"))
    Site(config_of(project, "site"), kept, outputs).build(serve_url)
    outputs.save()
    return tree(project / "site")


Said = list[tuple[int, str]]


def said(caplog: pytest.LogCaptureFixture, project: Path) -> Said:
    """What was said of pages, without where and how long."""
    records = [(record.levelno, record.getMessage()) for record in caplog.records if record.levelno >= logging.INFO]
    caplog.clear()
    return [(level, text) for level, text in records if not re.match("Cleaning|Building|Documentation built", text)]


@pytest.mark.parametrize("serve_url", [None, SERVED], ids=["build", "serve"])
@pytest.mark.parametrize("urls", [True, False], ids=["directories", "files"])
@pytest.mark.parametrize("nav", [NAV, ""], ids=["nav", "no nav"])
def test_the_loop_gives_what_mkdocs_gives_and_says_the_same(
    nav: str, urls: bool, serve_url: str | None, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    project = a_project(tmp_path, nav, urls, ("navigation.tabs", "navigation.indexes", "navigation.footer"))
    with caplog.at_level(logging.INFO, "mkdocs"):
        expected, expected_said = by_mkdocs(project, serve_url), said(caplog, project)
        found, found_said = by_loop(project, None, serve_url), said(caplog, project)
    assert [path for path in {**expected, **found} if expected.get(path) != found.get(path)] == []
    assert found_said == expected_said
    assert len([level for level, _ in found_said if level == logging.WARNING]) == 5


def test_what_was_kept_gives_the_same_and_says_the_same(
    project: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "mkdocs"):
        first, first_said = by_loop(project, Kept.at(tmp_path / "kept")), said(caplog, project)
        second, second_said = by_loop(project, Kept.at(tmp_path / "kept")), said(caplog, project)
    assert first == second
    assert first_said == second_said


def test_nothing_is_converted_or_finished_that_was_kept(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = by_loop(project, Kept.at(tmp_path / "kept"))
    monkeypatch.setattr(
        "generator.site.conversion.convert", only({"part/deep/c.md"}, "generator.site.conversion.convert")
    )
    assert by_loop(project, Kept.at(tmp_path / "kept")) == expected


def only(allowed: set[str], name: str) -> Callable[..., Any]:
    """The function of this name, for these pages only."""
    module, _, function = name.rpartition(".")
    real = getattr(__import__(module, fromlist=[function]), function)

    def call(page: Any, *arguments: Any) -> Any:
        assert page.file.src_uri in allowed, page.file.src_uri
        return real(page, *arguments)

    return call


def test_a_quiet_run_does_not_keep_that_nothing_was_said(
    project: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR, "mkdocs"):
        by_loop(project, Kept.at(tmp_path / "kept"))
    with caplog.at_level(logging.INFO, "mkdocs"):
        by_loop(project, Kept.at(tmp_path / "kept"))
    assert any("gone.md" in text for _, text in said(caplog, project))


def test_a_strict_build_fails_with_what_was_kept_as_it_did_before(project: Path, tmp_path: Path) -> None:
    messages = []
    for _ in range(2):
        kept = Kept.at(tmp_path / "kept")
        config = config_of(project, "site", strict=True)
        with pytest.raises(mkdocs.exceptions.Abort) as error:
            Site(config, kept, Outputs(project / "site")).build()
        messages.append(str(error.value))
    assert messages[0] == messages[1]
    assert re.fullmatch(r"Aborted with \d+ warnings in strict mode!", messages[0])


HOOK = """
from pathlib import Path

def on_page_markdown(markdown, page, **kwargs):
    page.meta["subtitle"] = Path("{folder}/said").read_text()
    return markdown + page.meta["subtitle"]
"""


EXTENSIONS = ["attr_list", "md_in_html", "sane_lists", "tables", "toc"]


def converted(text: str, *, hastened: bool) -> str:
    md = markdown.Markdown(extensions=EXTENSIONS)
    if hastened:
        hasten(md)
    html: str = md.convert(text)
    return html


@settings(deadline=None)
@given(st.text("a\\`*_[]()!<>&#;:/@{}. \n中", max_size=40))
def test_no_pattern_is_passed_over_that_would_match(text: str) -> None:
    for whole in (text, f"[b]: c\n\n{text}"):
        assert converted(whole, hastened=True) == converted(whole, hastened=False)


_WORDS = """a 中 # ## --- *** === * _ ` | [a](b) [c] &amp; http://n @ <div> </div> <p> </p> </h2> <summary> </summary>
</details> <hr> <br> <span> </span> </b> </a> <i <script> </script> <style> </style> <pre> </pre> <code> </code> </li>
</u> <!-- --> <?o?> </>"""
_WITH_SPACES = ["\n", "\n\n", "\n    ", "  ", "- ", "1. ", "> ", "[c]: d", "{ #e .f }", "<!-- g -->", "<div markdown>"]
_WITH_SPACES += ["<h2 markdown>", "<details markdown>", "<td markdown>", '<li markdown="1">', '<u markdown="1">']
_WITH_SPACES += ['<span class="h" i>', "<b j='k'>", "<b l=m>", '<a href="&lt;">']
_TEXT = st.lists(st.sampled_from(_WORDS.split() + _WITH_SPACES), max_size=24).map("".join)


@settings(deadline=None)
@given(_TEXT)
@example("<div markdown>\n<script>\n</b></script>\n</div>")
@example("a | b\n--|--\nc | d")
@example("  > a\n\nb\n===\n\n * * *\n#c")
def test_a_hastened_markdown_makes_of_every_text_what_markdown_makes_of_it(text: str) -> None:
    try:
        expected = converted(text, hastened=False)
    except Exception as error:  # it has its own, which the site has too
        with pytest.raises(type(error)):
            converted(text, hastened=True)
    else:
        assert converted(text, hastened=True) == expected


_SOURCES = ["index.md", "part/index.md", "part/a.md", "part/b.c.md", "part/x/d_e.md", "out.md", "dot.svg"]
_STEPS = "../ ./ part/ x/ index.md a.md b.c.md d_e.md out.md dot.svg #a-b # ?q a / : %20 //"


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(_STEPS.split()), max_size=6).map("".join), st.sampled_from(_SOURCES[:-1]), st.booleans()
)
@example("../part/x/d_e.md#a-b", "part/a.md", True)
@example("../out.md", "part/a.md", False)
def test_a_link_leads_where_mkdocs_lets_it_lead(url: str, source: str, directories: bool) -> None:
    config = MkDocsConfig()
    config.load_dict({"site_name": "x", "use_directory_urls": directories})
    config.validate()
    files = Files([File(path, "docs", "site", directories) for path in _SOURCES])
    files.src_uris["out.md"].inclusion = InclusionLevel.EXCLUDED
    answers = []
    for kind in (pages._RelativePathTreeprocessor, _Links):
        with heard() as warnings:
            links = kind(files.src_uris[source], files, config)
            answers.append((links.path_to_url(url), links.links_to_anchors, warnings))
    assert answers[0] == answers[1]


_PIECES = """<|>|<a |</a>|<p|<!--|-->|<!x>|<?x?>|<script>|</script>|<svg/>|<title>|<b id='1'>| id="2"| name=3
| ID = '4>'|<i t='"' id=5>|"|'|=|/|&amp;|x"""
_MARKUP = st.lists(st.sampled_from(_PIECES.split("|")), max_size=16).map("".join)


@settings(deadline=None)
@given(_MARKUP)
@example('<p id="a"><a name=b>x</a><a title="<" id="c">')
@example("<p id=a><title><b id=c></title>")
@example("<svg><title><b id=c></title></svg><i id=d>")
def test_the_ids_in_html_are_those_that_mkdocs_finds(text: str) -> None:
    expected, found = pages._RawHTMLPreprocessor(), _RawHTML()
    expected.run(text.split("\n"))
    assert found.run(text.split("\n")) == text.split("\n")
    assert found.present_anchor_ids == expected.present_anchor_ids


def test_with_a_plugin_that_does_not_say_what_it_depends_on_every_page_is_made_every_time(
    project: Path, tmp_path: Path
) -> None:
    fill(project, {"hook.py": HOOK.format(folder=project), "said": "first"})
    config = project / "mkdocs.yml"
    config.write_text(config.read_text("utf-8") + f"hooks: ['{project}/hook.py']\n", encoding="utf-8")
    kept = tmp_path / "kept"
    assert by_loop(project, Kept.at(kept)) == by_mkdocs(project)
    (project / "said").write_text("second", encoding="utf-8")
    found = by_loop(project, Kept.at(kept))
    assert found == by_mkdocs(project)
    assert b"second" in (found["part/a/index.html"] or b"")


# --- navigation --------------------------------------------------------------------------------------------

OURS = (ROOT / "generator" / "theme" / "partials" / "nav.html").read_text("utf-8")
FEATURES = ("navigation.tabs", "navigation.indexes", "navigation.prune", "navigation.sections", "navigation.expand")


def plain(page: bytes | None) -> list[str]:
    """The lines of a page, with one spelling for links to the page itself, and without what HTML does not allow."""
    text = re.sub(r'href="(\./|\.)"', 'href="SELF"', (page or b"").decode("utf-8").replace(' tabindex=""', ""))
    return [line.strip() for line in text.split("\n") if line.strip()]


@pytest.mark.parametrize("urls", [True, False], ids=["directories", "files"])
@pytest.mark.parametrize("features", [(), FEATURES[:1], FEATURES[1:2], FEATURES[:3], FEATURES[2:], FEATURES], ids=len)
def test_the_navigation_that_is_put_together_is_the_one_that_material_renders(
    features: tuple[str, ...], urls: bool, tmp_path: Path
) -> None:
    project = a_project(tmp_path, NAV, urls, features)
    expected = by_mkdocs(project)
    fill(project / "theme", {"partials/nav.html": OURS})
    found = by_loop(project)
    assert {path: plain(data) for path, data in found.items() if path.endswith(".html")} == {
        path: plain(data) for path, data in expected.items() if path.endswith(".html")
    }


def many(count: int) -> tuple[dict[str, str], str]:
    names = [f"many/p{number:03}.md" for number in range(count)]
    listed = "".join(f"      - {name}\n" for name in names)
    return (
        {"index.md": "# Home\n", "many/index.md": "# All\n", **{name: f"# {name[5:9]}\n" for name in names}},
        f"nav:\n  - index.md\n  - Many:\n      - many/index.md\n{listed}",
    )


def test_pages_do_not_grow_with_their_section(tmp_path: Path) -> None:
    sizes = []
    for count in (100, 200):
        docs, nav = many(count)
        project = a_project(tmp_path / str(count), nav, True, FEATURES[:3], docs)
        fill(project / "theme", {"partials/nav.html": OURS})
        found = by_loop(project)
        page = (found["many/p050/index.html"] or b"").decode("utf-8")
        assert (
            len(re.findall(r'href="\.\./p\d+/"', page)) == navigation.WINDOW - 1 + 2
        )  # all but itself; both neighbours
        assert page.count("… Many") == 2  # before and behind
        for path in ("many/p000/index.html", f"many/p{count - 1:03}/index.html", "many/index.html"):
            assert (found[path] or b"").decode("utf-8").count("… Many") == 1
        sizes.append(len(page))
    assert sizes[0] == pytest.approx(sizes[1], rel=0.01)


# --- what is kept -------------------------------------------------------------------------------------------


def test_a_store_gives_back_what_was_put_in_and_nothing_that_was_altered(tmp_path: Path) -> None:
    file = tmp_path / "store.sqlite"
    store = Store(file)
    value = {"text": "\ud800 ↔ 中", "list": [1, 2.5, None, True]}
    store.put("one", packed(value))
    store.put("two", packed("second"))
    assert store.get("one") == value
    store.save()
    store.close()
    with sqlite3.connect(file) as base:
        (second,) = base.execute("select value from kept where key = 'two'").fetchone()
        base.execute("update kept set value = ? where key = 'one'", (second,))
        base.execute("update kept set key = 'three' where key = 'two'")
    base.close()
    store = Store(file)
    assert [store.get(key) for key in ("one", "two", "three")] == [None, None, None]
    store.close()


@pytest.mark.parametrize(
    "damage", [b"", b"SQLite format 3\0 and no more", b"\0" * 20000], ids=["empty", "cut", "zeros"]
)
def test_a_store_that_cannot_be_read_is_begun_anew(damage: bytes, tmp_path: Path) -> None:
    file = tmp_path / "store.sqlite"
    file.write_bytes(damage)
    store = Store(file)
    assert store.get("one") is None
    store.put("one", packed(1))
    store.save()
    assert store.get("one") == 1
    store.close()


def test_results_that_nobody_has_asked_for_are_dropped_when_they_are_many(tmp_path: Path) -> None:
    file = tmp_path / "store.sqlite"
    old = Store(file)
    for number in range(2000):
        old.put(f"old{number}:facts", packed(number))
        old.put(f"old{number}:text", packed(number))
    old.save()
    old.close()
    new = Store(file)
    new.put("new:facts", packed(1))
    assert new.get("old7:facts") == 7
    new.save()
    assert new.get("old7:text") == 7
    new.tidy()
    kept = [new.get(key) for key in ("old7:facts", "old7:text", "old8:facts", "old8:text", "new:facts")]
    assert kept == [7, 7, None, None, 1]
    new.close()


def test_results_of_all_sites_of_a_project_outlive_each_run(tmp_path: Path) -> None:
    """A site of two languages with more than a thousand parts of results in each was half forgotten in every run."""
    file = tmp_path / "store.sqlite"
    first = Store(file)
    for number in range(2400):
        first.put(f"{number}:facts", packed(number))
    first.save()
    first.close()
    second = Store(file)
    for number in range(1200):  # the first of two sites
        assert second.get(f"{number}:facts") == number
    second.put("changed:facts", packed(0))
    second.save()
    assert all(second.get(f"{number}:facts") == number for number in range(1200, 2400))
    second.tidy()
    second.close()
    third = Store(file)
    assert all(third.get(f"{number}:facts") == number for number in range(2400))
    third.close()


def test_outputs_count_only_while_nobody_has_touched_them_and_notes_lead_nowhere_else(tmp_path: Path) -> None:
    file, folder = tmp_path / "notes.json", tmp_path / "site"
    first = Outputs(folder, None, file)
    first.write("a/x.html", b"one", Output("key"))
    first.write("b.html", b"two", Output("key"))
    first.tidy()
    first.save()
    (folder / "b.html").write_bytes(b"2wo")
    second = Outputs(folder, None, file)
    left = second.left("a/x.html")
    assert left
    assert left.key == "key"
    assert second.left("b.html") is None
    second.keep("a/x.html", left)
    second.tidy()
    assert tree(folder) == {"a": None, "a/x.html": b"one"}
    fill(tmp_path, {"outside": "mine"})
    _, body = json.loads(file.read_bytes())
    body["../outside"] = body["a/x.html"]
    file.write_text(json.dumps([digest(current.boot(), body), body]), encoding="utf-8")
    third = Outputs(folder, None, file)
    assert third.left("a/x.html")
    third.tidy()
    assert (tmp_path / "outside").read_text("utf-8") == "mine"


def test_no_output_counts_that_was_written_before_the_machine_was_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outputs = Outputs(tmp_path / "site", None, tmp_path / "note.json")
    outputs.write("page.html", b"x", Output("key"))
    outputs.save()
    assert Outputs(tmp_path / "site", None, tmp_path / "note.json").left("page.html")
    (tmp_path / "boot").write_text("another", encoding="ascii")
    monkeypatch.setattr(current, "BOOT", tmp_path / "boot")
    assert not Outputs(tmp_path / "site", None, tmp_path / "note.json").left("page.html")


def test_work_is_split_without_changing_its_results_and_errors_are_raised_here(
    capfd: pytest.CaptureFixture[str],
) -> None:
    for count in (3, 100, 2 * parallel.TURNS + 7):
        numbers = list(range(count))
        assert parallel.split(numbers, lambda number: [number]) == [[number] for number in numbers]
    with pytest.raises(ZeroDivisionError):
        parallel.split(numbers, lambda number: 1 / (number - 51))
    assert capfd.readouterr() == ("", "")


def test_what_pages_give_comes_whole_from_the_other_processes(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What one of them cannot hand over is made again in this one: right, and twice as slow."""
    done, end, here = parallel._done, parallel._end, os.getpid()
    asked: list[int] = []
    came: list[int] = []

    def not_here(items: Sequence[Any], work: Any, turns: int) -> Iterator[tuple[int, Any]]:
        asked.append(len(items))
        return iter(()) if os.getpid() == here else done(items, work, turns)

    def counted_end(process: int, reading: int) -> list[Any]:
        results = end(process, reading)
        came.append(len(results))
        return results

    monkeypatch.setattr(parallel, "WORTH", 2)
    monkeypatch.setattr(parallel, "_can_fork", lambda: True)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    monkeypatch.setattr(parallel, "_done", not_here)
    monkeypatch.setattr(parallel, "_end", counted_end)
    Workshop(SMALL, tmp_path / "docs").pages()
    rendered = len(asked)
    by_loop(project)
    assert 0 < rendered < len(asked)
    assert came == asked


# --- what is stood in for -----------------------------------------------------------------------------------

MATERIAL = Path(theme.Theme("material").dirs[0])

REPLACED: dict[str, tuple[Any, str]] = {
    "Site._build": (mkdocs.commands.build.build, "c476b64474acfaa2"),
    "conversion.convert": (mkdocs.commands.build._populate_page, "31a70ea4caef1e12"),
    "Finisher._render": (mkdocs.commands.build._build_page, "adcdbd14b2361126"),
    "Converter.render": (pages.Page.render, "320529348f7a8af1"),
    "Converter, ids": (pages._RawHTMLPreprocessor, "1bc67630834f6212"),
    "Converter, anchors": (pages._ExtractAnchorsTreeprocessor, "95da536fb4b96614"),
    "Converter, links": (pages._RelativePathTreeprocessor, "523b46edca9448ef"),
    "Converter, title": (pages._ExtractTitleTreeprocessor, "253a44071bfb0c4a"),
    "Inline": (treeprocessors.InlineProcessor, "74e75f976c4a0f29"),
    "Inline, signs": (Path(inlinepatterns.__file__), "35f1c45afbc3e901"),
    "hasten, elements": (markdown.Markdown.is_block_level, "dc551fffd52a0eee"),
    "hasten, headings": (blockprocessors.HashHeaderProcessor, "d5fdc5284e82b48b"),
    "hasten, underlined headings": (blockprocessors.SetextHeaderProcessor, "29bb14b6729c4251"),
    "hasten, rules": (blockprocessors.HRProcessor, "b39eb303d0787948"),
    "hasten, quotations": (blockprocessors.BlockQuoteProcessor, "4852c1c0d4e79cb5"),
    "hasten, tables": (tables.TableProcessor.test, "399019a4927efd46"),
    "HTMLBlocks": (md_in_html.HtmlBlockPreprocessor, "8bc4635a65a85924"),
    "Extractor": (md_in_html.HTMLExtractorExtra, "f230b50c52dd94ef"),
    "Extractor, tags": (Path(htmlparser.__file__), "caf8d97bcf231f9a"),
    "share_templates": (theme.Theme.get_env, "9c26120fb96f9204"),
    "Live.watch": (livereload.LiveReloadServer.watch, "5db077e3a3e7f8e3"),
    "Live._build_loop": (livereload.LiveReloadServer._build_loop, "0bea1402bb4a41bf"),
    "Live._serve_request": (livereload.LiveReloadServer._serve_request, "3b1515c96f563d17"),
    "nav.html": (MATERIAL / "partials" / "nav.html", "af33f6e032f632eb"),
    "Navigator, items": (MATERIAL / "partials" / "nav-item.html", "89895208f22d68ce"),
    "Navigator, tabs": (MATERIAL / "partials" / "tabs.html", "d2c82916569e645a"),
    "Navigator, tab": (MATERIAL / "partials" / "tabs-item.html", "52fe1f551aa2dbfc"),
}
"""What of ours stands in for what of MkDocs 1.6.1 and Material 9.8.1, and the digest of the latter's source."""


@pytest.mark.parametrize("name", REPLACED)
def test_what_we_stand_in_for_is_as_it_was(name: str) -> None:
    """When this fails: read the new code, mend ours, then the digest."""
    replaced, digest = REPLACED[name]
    source = replaced.read_text("utf-8") if isinstance(replaced, Path) else inspect.getsource(replaced)
    assert hashlib.sha256(source.encode("utf-8")).hexdigest()[:16] == digest


KNOWN = {
    "page": {"ancestors", "canonical_url", "content", "edit_url", "is_homepage", "meta", "next_page", "previous_page"}
    | {"title", "toc", "url"},
    "nav": {"homepage", "items"},
}
"""What a finished page's key says of a page and the navigation (`Finisher._key_of`)."""

ELSEWHERE = {"partials/nav-item.html", "partials/tabs.html", "partials/tabs-item.html"}
"""Templates that only `Navigator` renders, which has keys of its own."""


def test_templates_look_at_nothing_that_the_key_of_a_finished_page_leaves_out() -> None:
    env = jinja2.Environment(loader=jinja2.FileSystemLoader([ROOT / "generator" / "theme", MATERIAL]))
    waiting, seen = ["main.html", "root.html"], set()
    while waiting:
        name = waiting.pop()
        if name in seen or name in ELSEWHERE or name.startswith(".icons"):
            continue
        seen.add(name)
        assert env.loader
        parsed = env.parse(env.loader.get_source(env, name)[0])
        nodes: Any = parsed.find_all((jinja2.nodes.Getattr, jinja2.nodes.Getitem))
        found = {
            (node.node.name, node.attr if isinstance(node, jinja2.nodes.Getattr) else "[]")
            for node in nodes
            if isinstance(node.node, jinja2.nodes.Name) and node.node.name in KNOWN
        }
        assert {(of, attr) for of, attr in found if attr not in KNOWN[of]} == set(), name
        loose = {"pages", "build_date_utc"} & {node.name for node in parsed.find_all(jinja2.nodes.Name)}
        assert loose == set(), name
        waiting += [name for name in jinja2.meta.find_referenced_templates(parsed) if name]
    assert {"partials/nav.html", "partials/path.html", "partials/header.html", "partials/footer.html"} < seen


def test_a_saved_file_is_noticed_and_an_editors_own_file_is_not(tmp_path: Path) -> None:
    assert [
        path.name
        for path in map(Path, ("a.yml", "4913-a.yml", ".a.yml.swp", "a.yml~", "4913", "#a#"))
        if serve._is_passing(path)
    ] == [
        ".a.yml.swp",
        "a.yml~",
        "4913",
        "#a#",
    ]
