"""The plugin among a user's hooks, settings, pages and templates: what they know of MkDocs and Material works here."""

from __future__ import annotations

import inspect
import json
import re
import shutil
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from mkdocs.commands import build
from mkdocs.exceptions import Abort

from generator.site.plugin import HandbookPlugin

from ..support.faults import fill
from ..support.here import build_here, content_project
from ..support.paths import ROOT, SMALL

EDITIONS = ("en", "both")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return content_project(tmp_path, SMALL)


def configured(project: Path, **replaced: str) -> None:
    """Put more into mkdocs.yml: behind a line that begins with the key, or at the end."""
    config = project / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    for key, added in replaced.items():
        line = f"  {key}: " if key == "name" else f"{key}:"
        assert f"\n{line}" in text or key == "end"
        text = text + added if key == "end" else re.sub(rf"(?m)^({line}.*\n)", rf"\1{added}", text, count=1)
    config.write_text(text, encoding="utf-8")


def built(project: Path, **settings: Any) -> str:
    """Build it; the warnings."""
    return "\n".join(build_here(project, **settings))


def strictly(project: Path, **settings: Any) -> None:
    """Build it, with no warning."""
    assert built(project, **settings) == ""


def page(project: Path, path: str) -> str:
    return (project / "site" / path / "index.html").read_text(encoding="utf-8")


def test_mkdocs_finds_the_plugin_by_its_name() -> None:
    (found,) = (point for point in entry_points(group="mkdocs.plugins") if point.name == "handbook")
    assert found.load() is HandbookPlugin


# --- functions of MkDocs that no document promises -----------------------------------------------------------


@pytest.mark.parametrize(
    ("function", "parameters"),
    [
        ("_populate_page", ["page", "config", "files", "dirty"]),
        ("_build_page", ["page", "config", "doc_files", "nav", "env", "dirty", "excluded"]),
    ],
)
def test_mkdocs_makes_one_page_as_the_preview_asks_for_it(function: str, parameters: list[str]) -> None:
    """There is no public function for that. When this fails: read the new code, then mend generator/site/preview.py."""
    made = getattr(build, function, None)
    assert made, f"mkdocs.commands.build.{function} is gone"
    found = list(inspect.signature(made).parameters)
    assert found == parameters, f"mkdocs.commands.build.{function} takes {found}, and took {parameters}"
    loop = inspect.getsource(build.build)
    assert re.search(rf"{function}\(", loop), f"MkDocs' own loop no longer calls {function}"


def test_nothing_else_of_mkdocs_is_used_that_no_document_promises() -> None:
    private = {
        found
        for path in (ROOT / "generator").rglob("*.py")
        for line in re.findall(r"(?m)^from mkdocs\S* import (.*)$", path.read_text(encoding="utf-8"))
        for found in re.findall(r"\b_\w+", line)
    }
    assert private == {"_populate_page", "_build_page"}


# --- hooks ---------------------------------------------------------------------------------------------------

HOOK = '''
"""Writes down what it sees of each page, and changes each of them at each event."""
import json
from pathlib import Path
seen = {}

def on_page_markdown(markdown, page, config, files):
    seen[page.file.src_uri] = {
        "title": page.title, "url": page.url, "abs_url": page.abs_url, "canonical": page.canonical_url,
        "edit_url": page.edit_url, "meta": sorted(page.meta), "begins": markdown[:2], "is_page": page.is_page,
        "in_files": files.get_file_from_path(page.file.src_uri) is page.file,
    }
    return markdown + "\\n\\nBy the *hook*: {0}.\\n".format(page.title)

def on_page_content(html, page, config, files):
    seen[page.file.src_uri]["toc"] = [item.id for item in page.toc]
    seen[page.file.src_uri]["content"] = "By the <em>hook</em>" in html
    return html + "<p>In the content.</p>"

def on_page_context(context, page, config, nav):
    seen[page.file.src_uri]["next"] = bool(page.next_page)
    context["mine"] = "x"

def on_post_page(output, page, config):
    seen[page.file.src_uri]["output"] = "In the content." in output
    return output.replace("</body>", "<!-- at the end --></body>")

def on_post_build(config):
    Path(config.config_file_path).with_name("seen.json").write_text(json.dumps(seen))
'''


def test_a_hook_sees_and_changes_every_page_of_every_edition(project: Path) -> None:
    (project / "hook.py").write_text(HOOK, encoding="utf-8")
    configured(project, end="hooks: [hook.py]\n")
    strictly(project)
    seen = json.loads((project / "seen.json").read_text(encoding="utf-8"))
    pages = [path for edition in EDITIONS for path in (project / "site" / edition).rglob("index.html")]
    assert len(seen) == len(pages) + 1  # and the one above the editions
    for path in pages:
        text = path.read_text(encoding="utf-8")
        assert "By the <em>hook</em>" in text, path
        assert "In the content." in text, path
        assert "<!-- at the end --></body>" in text, path
    tip = seen["en/tips/wipe.md"]
    assert tip == {
        "title": "Alone is enough",
        "url": "en/tips/wipe/",
        "abs_url": "/handbook/en/tips/wipe/",
        "canonical": "https://example.org/handbook/en/tips/wipe/",
        "edit_url": "https://example.org/you/handbook/edit/main/content/tips/wipe.yml",
        "meta": ["description", "search", "title"],
        "begins": "# ",
        "is_page": True,
        "in_files": True,
        "toc": ["wipe"],
        "content": True,
        "next": True,
        "output": True,
    }


def test_what_a_hook_writes_is_found_by_the_search_too(project: Path) -> None:
    (project / "hook.py").write_text(
        "def on_page_content(html, **_):\n    return html + '<p>ichthyology</p>'\n", encoding="utf-8"
    )
    configured(project, end="hooks: [hook.py]\n")
    strictly(project)
    for edition in EDITIONS:
        assert "ichthyology" in (project / "site" / edition / "search" / "index.js").read_text(encoding="utf-8")


def test_a_script_that_a_hook_puts_in_is_in_the_policy(project: Path) -> None:
    (project / "hook.py").write_text(
        "def on_post_page(output, **_):\n    return output.replace('</body>', '<script>mine()</script></body>')\n",
        encoding="utf-8",
    )
    configured(project, end="hooks: [hook.py]\n")
    strictly(project)
    assert (project / "site" / "csp.conf").read_text("utf-8").count("'sha256-") == 2


# --- pages and files of one's own ----------------------------------------------------------------------------

MINE = """# Mine

!!! note "A box"
    With *words* and [a link](en/tips/wipe.md).

| a | b |
|---|---|
| 1 | 2 |
"""


def test_a_page_above_the_editions_is_rendered_with_the_extensions_of_its_author(project: Path) -> None:
    fill(project / "docs", {"mine.md": MINE, "robots.txt": "User-agent: *\n", "CNAME": "example.org\n", "a/b.txt": "x"})
    configured(project, markdown_extensions="  - admonition\n")
    built(project)
    shown = page(project, "mine")
    assert '<div class="admonition note">' in shown
    assert 'href="../en/tips/wipe/"' in shown
    assert "<td>1</td>" in shown
    assert 'id="__drawer"' in shown  # in the frame of the others
    for path in ("robots.txt", "CNAME", "a/b.txt"):
        assert (project / "site" / path).read_bytes() == (project / "docs" / path).read_bytes()


def test_a_page_in_the_folder_of_an_edition_has_the_frame_of_that_edition(project: Path) -> None:
    text = "# Mine\n\n[a tip](tips/wipe.md) ![](x.svg)\n"
    fill(project / "docs", {"en/mine.md": text, "both/mine.md": text, "en/x.svg": "<svg/>", "both/x.svg": "<svg/>"})
    built(project)
    for edition, lang in (("en", "en"), ("both", "zh-Hans")):
        shown = page(project, f"{edition}/mine")
        assert f'<html lang="{lang}"' in shown
        assert 'href="../tips/wipe/"' in shown
        assert (project / "site" / edition / "x.svg").is_file()
        assert "Mine" in (project / "site" / edition / "search" / "index.js").read_text(encoding="utf-8")
    built(project)  # and stays what it is
    assert (project / "docs" / "en" / "mine.md").read_text(encoding="utf-8") == text


def test_a_page_of_ones_own_does_not_make_a_strict_build_fail(project: Path) -> None:
    fill(project / "docs", {"mine.md": "# Mine\n"})
    strictly(project)
    assert "Mine" in page(project, "mine")


def test_a_broken_link_on_a_page_of_ones_own_is_a_warning(project: Path) -> None:
    fill(project / "docs", {"mine.md": "# Mine\n\n[a](nowhere.md) [b](en/tips/wipe.md#nowhere)\n"})
    configured(project, exclude_docs="not_in_nav: /mine.md\n")
    said = built(project)
    assert "nowhere.md" in said
    assert "#nowhere" in said
    with pytest.raises(Abort, match="2 warnings"):
        built(project, strict=True)


# --- settings and templates ----------------------------------------------------------------------------------


def test_templates_of_ones_own_go_before_ours(project: Path) -> None:
    main = '{% extends "base.html" %}\n{% block announce %}An announcement.{% endblock %}\n'
    fill(project / "overrides", {"main.html": main, "partials/footer.html": "<footer>my footer</footer>"})
    configured(project, name="  custom_dir: overrides\n")
    strictly(project)
    for edition in EDITIONS:
        shown = page(project, f"{edition}/tips/wipe")
        assert "An announcement." in shown
        assert "my footer" in shown


def test_style_sheets_and_scripts_of_ones_own_are_on_every_page(project: Path) -> None:
    fill(project / "docs", {"my.css": "a{}", "my.js": "f()"})
    configured(project, end="extra_css: [my.css]\nextra_javascript: [my.js]\n")
    strictly(project)
    for path in ("en/tips/wipe", "both"):
        up = "../" * (path.count("/") + 1)
        shown = page(project, path)
        assert re.search(rf'<link[^>]*href="{up}my\.css"', shown)
        assert re.search(rf'<script[^>]*src="{up}my\.js"', shown)


@pytest.mark.parametrize(
    "setting",
    [
        "nav: [README.md]\n",
        "copyright: Me & mine\n",
        "extra: {social: [{icon: fontawesome/brands/github, link: 'https://example.org'}]}\n",
        "extra: {analytics: {provider: google, property: G-1}}\n",
    ],
    ids=lambda setting: setting.partition(":")[0] + setting[7:16],
)
def test_a_setting_works_or_a_warning_names_it(setting: str, project: Path) -> None:
    before = _shown(project)
    configured(project, end=setting)
    said = built(project)
    assert page(project, "en/tips/wipe") != before or setting.partition(":")[0] in said


@pytest.mark.parametrize("setting", ["palette: {primary: red}", "language: de", "logo: mine.svg", "font: {text: Lato}"])
def test_a_setting_of_the_theme_works_or_a_warning_names_it(setting: str, project: Path) -> None:
    before = _shown(project)
    if setting.startswith("font"):
        config = project / "mkdocs.yml"
        config.write_text(re.sub(r"  font: false.*\n", "", config.read_text("utf-8")), encoding="utf-8")
    configured(project, name=f"  {setting}\n")
    said = built(project)
    assert page(project, "en/tips/wipe") != before or setting.partition(":")[0] in said


def _shown(project: Path) -> str:
    built(project)
    return page(project, "en/tips/wipe")


def test_another_plugin_of_search_disturbs_nothing(project: Path) -> None:
    configured(project, plugins="  - search\n")
    strictly(project)
    assert (project / "site" / "en" / "search" / "index.js").is_file()


def test_a_configuration_that_inherits_another_works(project: Path) -> None:
    (project / "more.yml").write_text("INHERIT: mkdocs.yml\nsite_name: Another\n", encoding="utf-8")
    strictly(project, file="more.yml")
    assert page(project, "en/tips/wipe")


def test_only_content_and_a_configuration_are_needed(tmp_path: Path) -> None:
    """The generator is installed; nothing of it lies in the project."""
    shutil.copytree(SMALL, tmp_path / "content")
    (tmp_path / "docs").mkdir()
    text = "site_name: x\ntheme: {name: material, font: false}\nplugins: [handbook]\n"
    (tmp_path / "mkdocs.yml").write_text(text, encoding="utf-8")
    strictly(tmp_path)
    assert "Fog." in page(tmp_path, "en/tips/wipe")


def test_files_instead_of_folders_lead_everywhere(project: Path) -> None:
    configured(project, end="use_directory_urls: false\n")
    strictly(project)
    site = project / "site"
    assert 'href="en/index.html"' in (site / "index.html").read_text(encoding="utf-8")
    lamp = (site / "en" / "duties" / "lamp.html").read_text(encoding="utf-8")
    assert re.findall(r'<a href="([^"]*)"[^>]* data-asks', lamp) == ["../../both/index.html"]
    links = {
        link for path in site.rglob("*.html") for link in re.findall(r'href="([^"#?]*/)"', path.read_text("utf-8"))
    }
    assert {link for link in links if not link.startswith("http")} == set()


def test_a_site_address_with_an_ampersand_is_written_as_xml_and_html_want_it(project: Path) -> None:
    config = project / "mkdocs.yml"
    text = config.read_text(encoding="utf-8").replace(
        "https://example.org/handbook/", "https://example.org/R&D/?a=1&b=2/"
    )
    config.write_text(text, encoding="utf-8")
    strictly(project)
    ElementTree.parse(project / "site" / "sitemap.xml")
    assert "R&amp;D" in page(project, "en/tips/wipe")
    assert "R&D" not in page(project, "en/tips/wipe").replace("R&amp;D", "")


def test_an_address_of_the_repository_cannot_put_a_script_into_pages(project: Path) -> None:
    config = project / "mkdocs.yml"
    text = re.sub(
        r"(?m)^repo_url: .*$",
        "repo_url: 'https://example.org/\"><script>window.pwn=2</script>'",
        config.read_text(encoding="utf-8"),
    )
    config.write_text(text, encoding="utf-8")
    built(project)
    assert "<script>window.pwn" not in page(project, "en/tips/wipe")
    assert (project / "site" / "csp.conf").read_text("utf-8").count("'sha256-") == 1


def test_another_site_among_the_languages_cannot_put_a_script_into_pages(project: Path) -> None:
    hostile = 'x"><script>window.pwn=2</script>'
    with (project / "mkdocs.yml").open("a", encoding="utf-8") as config:
        config.write(f"extra:\n  alternate:\n    - {{name: '{hostile}', link: '{hostile}', lang: '{hostile}'}}\n")
    built(project)
    for path in ("en/tips/wipe", "both", "en"):
        assert "<script>window.pwn" not in page(project, path)
    assert (project / "site" / "csp.conf").read_text("utf-8").count("'sha256-") == 1
