"""Pages and files of one's own in docs/, beside the generated ones."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from ..support.faults import fill
from ..support.handbooks import change
from ..support.index import loaded
from ..support.paths import ROOT, SMALL
from ..support.project import copy_project, mkdocs

OWN = {
    "en/about.md": """---
title: About us
description: Who we are
search:
  boost: 2
---
# Who we are

!!! note "Mind"
    Wombat. See [a duty](duties/lamp.md) and [a part](guide/first.md#a-part).

![A picture](../pictures/x.png)
""",
    "en/guide/first.md": "# First steps\n\n## A part\n\n[The page above](../../above.md)\n",
    "en/guide/hidden.md": "---\nsearch:\n  exclude: true\n---\n# Hidden\n\nNumbat\n",
    "en/duties/mine.md": "# A duty of mine\n",
    "both/about.md": "# 关于我们\n\n袋熊。\n",
    "above.md": "# Above\n\nPlatypus\n",
    "pictures/x.png": "x",
    "robots.txt": "User-agent: *\n",
    "CNAME": "example.org\n",
}


def project(folder: Path, files: dict[str, str], *, config: str = "", replaced: tuple[str, str] = ("", "")) -> Path:
    """The small handbook with files in docs/, and more at the end of mkdocs.yml."""
    copy_project(folder, SMALL)
    fill(folder / "docs", files)
    path = folder / "mkdocs.yml"
    path.write_text(path.read_text("utf-8").replace(*replaced, 1) + config, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    extended = ("markdown_extensions:\n", "markdown_extensions:\n  - admonition\n")
    made = project(tmp_path_factory.mktemp("own"), OWN, replaced=extended)
    done = mkdocs(made, "build", "--strict")
    assert done.returncode == 0, done.stderr
    return made / "site"


def html(site: Path, page: str) -> str:
    return (site / page / "index.html").read_text("utf-8")


def tabs(site: Path, page: str) -> list[tuple[str, str]]:
    found = re.findall(r'<a href="([^"]*)" class="md-tabs__link">(.*?)</a>', html(site, page), re.DOTALL)
    return [(href, text.strip()) for href, text in found]


def index(site: Path, edition: str) -> dict[str, Any]:
    script = (site / edition / "search" / "index.js").read_text("utf-8")
    return {url: (weight, sections) for url, weight, sections in loaded(script)[0]}


def test_a_page_of_ones_own_is_rendered_by_python_markdown_in_the_frame_of_its_edition(site: Path) -> None:
    page = html(site, "en/about")
    assert '<div class="admonition note">' in page
    assert 'href="../duties/lamp/"' in page
    assert 'href="../guide/first/#a-part"' in page
    assert "<title>About us - Keeper&#39;s Handbook</title>" in page
    assert 'content="Who we are"' in page
    assert 'lang="en"' in page
    assert "/edit/main/docs/en/about.md" in page
    assert re.search(r'href="[./]*assets/material\.\w+\.css"', page)
    assert "assets/material" not in html(site, "en/duties/lamp")


def test_it_stands_in_the_navigation_of_its_edition_only(site: Path) -> None:
    assert tabs(site, "en/duties/lamp")[-3:] == [
        ("../../../above/", "Above"),
        ("../../about/", "About us"),
        ("../../guide/first/", "Guide"),
    ]
    assert tabs(site, "both/duties/lamp")[-1] == ("../../about/", "关于我们")


def test_in_the_folder_of_a_generated_part_it_stands_in_that_part(site: Path) -> None:
    page = html(site, "en/duties/lamp")
    assert [text for _, text in tabs(site, "en/duties/lamp")].count("Duties") == 1
    assert re.search(r'href="\.\./mine/" class="md-nav__link">\s*<span class="md-ellipsis">\s*A duty of mine', page)


def test_the_language_switch_leads_to_the_page_or_where_it_is_lacking_home(site: Path) -> None:
    def switch(page: str) -> list[str]:
        switches = html(site, page).partition('class="hb-languages"')[2].partition("</nav>")[0]
        return re.findall(r'href="([^"]*)"', switches)

    assert switch("en/about") == ["./", "../../both/about/"]
    assert switch("both/about") == ["../../en/about/", "./"]
    assert switch("en/guide/first") == ["./", "../../../both/"]
    assert switch("above") == ["./", "../both/"]


def test_the_search_of_its_edition_finds_it(site: Path) -> None:
    found = index(site, "en")
    assert found["about/"][0] == 2
    assert "Wombat" in json.dumps(found["about/"][1])
    assert "Platypus" in json.dumps(found["../above/"][1])
    assert "guide/hidden/" not in found
    assert "袋熊" in json.dumps(index(site, "both")["about/"][1], ensure_ascii=False)
    assert not {"about/", "../above/"} & (index(site, "both").keys() - {"about/"})


def test_files_are_copied(site: Path) -> None:
    assert {name: (site / name).read_text("utf-8") for name in OWN if not name.endswith(".md")} == {
        name: text for name, text in OWN.items() if not name.endswith(".md")
    }


def test_nav_orders_and_names_them(tmp_path: Path) -> None:
    nav = """
nav:
  - First: en/guide/first.md
  - en/about.md
  - 我们: both/about.md
  - Elsewhere:
      - Somebody: https://example.com/
  - English only:
      - above.md
      - Other: https://example.net/
  - en/duties/lamp.md
"""
    made = project(tmp_path, {path: text for path, text in OWN.items() if "duties" not in path}, config=nav)
    fill(made / "docs", {"en/about.md": "# About us\n", "en/guide/hidden.md": "# Hidden\n"})
    done = mkdocs(made, "build")
    assert done.returncode == 0, done.stderr
    assert "nav: 'en/duties/lamp.md' is a page of the generator and has its place already." in done.stderr
    assert "- en/guide/hidden.md" in done.stderr  # not in the nav: as MkDocs says it
    assert tabs(made / "site", "en/guide/first")[-4:] == [
        ("../first/", "First"),
        ("../../about/", "About us"),
        ("https://example.com/", "Elsewhere"),
        ("../../../above/", "English only"),
    ]
    assert tabs(made / "site", "both")[-2:] == [("about/", "我们"), ("https://example.com/", "Elsewhere")]


def test_in_the_place_of_a_generated_page_it_is_named_and_nothing_is_written(tmp_path: Path) -> None:
    made = project(tmp_path, {"en/duties/lamp.md": "# Mine\n"})
    done = mkdocs(made, "build")
    assert done.returncode == 1
    assert "docs/en/duties/lamp.md: expected no file here, found one that the generator did not make" in done.stderr
    assert (made / "docs/en/duties/lamp.md").read_text("utf-8") == "# Mine\n"
    assert not (made / "site").exists()


def test_what_mkdocs_leaves_out_is_left_out(tmp_path: Path) -> None:
    settings = "not_in_nav: |\n  /en/about.md\n  /en/tips/\ndraft_docs: |\n  /above.md\n"
    made = project(tmp_path, OWN, config=settings, replaced=("exclude_docs: ", "exclude_docs: |\n  /both/about.md\n  "))
    done = mkdocs(made, "build")
    assert done.returncode == 0, done.stderr
    assert not (made / "site/above").exists()
    assert not (made / "site/both/about").exists()
    found = [text for _, text in tabs(made / "site", "en/about")]
    assert "About us" not in found
    assert "Tips" not in found
    assert (made / "site/en/tips/index.html").exists()


def test_git_sees_only_what_is_not_generated(tmp_path: Path) -> None:
    made = project(tmp_path, {"en/about.md": "# About us\n"})
    assert mkdocs(made, "build").returncode == 0
    subprocess.run(["git", "init", "-q", made], check=True)
    seen = ["git", "status", "--short", "-uall", "docs"]
    listed = subprocess.run(seen, cwd=made, check=True, capture_output=True, text=True).stdout
    assert listed == "?? docs/README.md\n?? docs/en/about.md\n"


def test_a_page_of_ones_own_is_right_with_the_configuration_as_it_comes(tmp_path: Path) -> None:
    """Without the repository's address an edit link would lead nowhere, and a strict build would fail."""
    made = project(tmp_path, {"en/about.md": "# About us\n"})
    (made / "mkdocs.yml").write_bytes((ROOT / "mkdocs.yml").read_bytes())
    done = mkdocs(made, "build", "--strict")
    assert done.returncode == 0, done.stderr
    assert 'rel="edit"' not in (made / "site/en/about/index.html").read_text("utf-8")


def test_a_page_that_is_called_as_the_handbook_is_titled_once(tmp_path: Path) -> None:
    own = {"own.md": "# keeper's  HANDBOOK\n", "en/other.md": "---\ntitle: Keeper's Handbook\n---\n\nWords\n"}
    made = project(tmp_path / "project", own)
    change(made / "content" / "tips" / "wipe.yml", "en: Alone is enough", "en: Keeper's Handbook")
    done = mkdocs(made, "build", "--strict")
    assert done.returncode == 0, done.stderr
    for path in ("own", "en/other", "en/tips/wipe", "en"):
        page = (made / "site" / path / "index.html").read_text("utf-8")
        assert re.findall("<title>(.*?)</title>", page) == ["Keeper&#39;s Handbook"], path
