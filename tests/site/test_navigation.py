"""The navigation is put together from parts, and is the one that Material renders; of a long section it is a window."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from mkdocs.config import load_config
from mkdocs.structure.files import File
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page

from generator.pipeline import Pipeline
from generator.site.editions import editions
from generator.site.navigation import WINDOW, Navigator
from generator.site.plugin import THEME

from ..support.here import build_here, content_project
from ..support.paths import SMALL

FEATURES = ("navigation.tabs", "navigation.indexes", "navigation.prune", "navigation.sections", "navigation.expand")

HOOK = '''
"""Renders the navigation of each page by our parts and by Material's own macros, and writes down both."""
import json
from pathlib import Path
from mkdocs.plugins import event_priority

seen = {}
NAV = """{% import "partials/language.html" as lang with context %}{% set features = config.theme.features %}
{% include "partials/nav.html" %}"""
TABS = NAV.replace("nav.html", "tabs.html")

@event_priority(-200)
def on_env(env, **_):
    seen["env"] = env

@event_priority(-200)
def on_page_context(context, page, **_):
    if context.get("navigation"):
        made = [seen["env"].from_string(text).render for text in (NAV, TABS)]
        bare = {**context, "navigation": None}
        tabs = "navigation.tabs" in context["config"].theme["features"]
        seen[page.file.src_uri] = {
            "url": page.url,
            "ours": [made[0](context), context["navigation"]["tabs"]],
            "theirs": [made[0](bare), made[1](bare) if tabs else ""],
        }

def on_post_build(config):
    del seen["env"]
    Path(config.config_file_path).with_name("seen.json").write_text(json.dumps(seen))
'''


def plain(parts: list[str], url: str) -> list[str]:
    """The lines, with one spelling for each address, and without what HTML does not allow or Material leaves out."""
    text = re.sub(r'href="([^"]*)"', lambda link: f'href="{urljoin(url, link[1])}"', "\n".join(parts))
    text = re.sub(r'(id="__toc") aria-label="[^"]+"', r"\1", text)
    return [line.strip() for line in text.replace(' tabindex=""', "").split("\n") if line.strip()]


@pytest.mark.parametrize(
    ("features", "urls"),
    [
        ((), True),
        (FEATURES[:1], True),
        (FEATURES[1:2], True),
        (FEATURES[:3], True),
        (FEATURES[:3], False),
        (FEATURES[2:], True),
        (FEATURES, True),
    ],
    ids=["none", "tabs", "indexes", "as we have it", "as we have it, files", "others", "all"],
)
def test_the_navigation_that_is_put_together_is_the_one_that_material_renders(
    features: tuple[str, ...], urls: bool, tmp_path: Path
) -> None:
    project = content_project(tmp_path, SMALL)
    (project / "hook.py").write_text(HOOK, encoding="utf-8")
    config = project / "mkdocs.yml"
    text = re.sub(r"(?m)^    - navigation\.\w+\n", "", config.read_text(encoding="utf-8"))
    listed = "".join(f"    - {feature}\n" for feature in features)
    text = text.replace("  features:\n", f"  features:\n{listed}" if listed else "  features: []\n")
    config.write_text(f"{text}hooks: [hook.py]\nuse_directory_urls: {str(urls).lower()}\n", encoding="utf-8")
    build_here(project)
    seen = json.loads((project / "seen.json").read_text(encoding="utf-8"))
    assert len(seen) > 40
    for page, both in seen.items():
        url = f"https://x/{both['url']}"
        assert plain(both["ours"], url) == plain(both["theirs"], url), page
    assert any(both["ours"][1] for both in seen.values()) is ("navigation.tabs" in features)


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Any, Any]:
    """A configuration, an edition and the environment of templates."""
    project = content_project(tmp_path_factory.mktemp("parts"), SMALL)
    config = load_config(str(project / "mkdocs.yml"))
    config.theme.dirs.insert(0, str(THEME))
    edition = editions(Pipeline(SMALL).run(), use_directory_urls=True)["en"]
    return config, edition, config.theme.get_env()


def long_section(count: int, parts: tuple[Any, Any, Any]) -> tuple[Navigator, list[Page]]:
    config, edition, env = parts

    def page(path: str) -> Page:
        return Page(path, File(path, None, "", True), config)

    pages = [page("many/index.md"), *(page(f"many/p{number:03}.md") for number in range(count))]
    home = page("index.md")
    section = Section("Many", [*pages])
    for one in pages:
        one.parent = section
    return Navigator(Navigation([home, section], [home, *pages]), config, edition, env), pages


def test_pages_do_not_grow_with_their_section(parts: tuple[Any, Any, Any]) -> None:
    sizes = []
    for count in (100, 200):
        navigator, pages = long_section(count, parts)
        shown = "".join(navigator.around(pages[count // 2]))
        assert len(re.findall(r'href="\.\./p\d+/"', shown)) == WINDOW - 1  # all but itself
        assert shown.count("… Many") == 2  # before and behind
        for edge in (pages[0], pages[1], pages[-1]):
            assert "".join(navigator.around(edge)).count("… Many") == 1
        sizes.append(len(shown))
    assert sizes[0] == pytest.approx(sizes[1], rel=0.01)


@pytest.mark.parametrize("count", [1, WINDOW - 1, WINDOW])
def test_a_section_that_fits_is_shown_as_a_whole(count: int, parts: tuple[Any, Any, Any]) -> None:
    navigator, pages = long_section(count, parts)
    for page in (pages[0], pages[1], pages[-1]):
        shown = "".join(navigator.around(page))
        assert "…" not in shown
        assert len(set(re.findall(r"many/p\d+\.md", shown))) == count - (page is not pages[0])
