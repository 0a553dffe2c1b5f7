"""Every row of the table of what works: it works, or is warned about, once, with file and line."""

from __future__ import annotations

import re
import subprocess
import xml.dom.minidom
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from mkdocs.theme import Theme

from generator import compatibility
from generator.cli import publishing
from generator.compatibility import Row
from generator.site import palette

from ..support.faults import fill
from ..support.paths import ROOT, SMALL
from ..support.project import copy_project, mkdocs

SAMPLES: Final[dict[str, Any]] = {
    "site_name": "Name & co",
    "site_description": 'Described "here"',
    "site_url": "https://example.org/R&D/",
    "site_author": "Author & co",
    "copyright": "<b>Copyright</b>",
    "repo_url": "https://example.org/you/handbook",
    "repo_name": "you/handbook",
    "edit_uri": "edit/main/docs/",
    "edit_uri_template": "",
    "nav": [{"Mine": "en/mine.md"}],
    "not_in_nav": "/en/aside.md\n/above.md\n/both/mine.md\n",
    "exclude_docs": "/README.md\n/en/excluded.md\n",
    "draft_docs": "/en/draft.md\n",
    "validation": {"links": {"anchors": "warn"}},
    "extra_css": ["own.css"],
    "extra_javascript": ["own.js", {"path": "module.js", "type": "module", "async": True}, "https://cdn.example/x.js"],
    "extra_templates": ["extra.html"],
    "hooks": ["hook.py"],
    "use_directory_urls": True,
    "INHERIT": "base.yml",
    "theme.custom_dir": "overrides",
    "theme.palette": [
        {"media": "(prefers-color-scheme)", "toggle": {"icon": "material/link", "name": "To light"}},
        {
            "media": "(prefers-color-scheme: light)",
            "scheme": "default",
            "primary": "teal",
            "accent": "lime",
            "toggle": {"icon": "material/weather-sunny", "name": "To dark"},
        },
        {
            "media": "(prefers-color-scheme: dark)",
            "scheme": "slate",
            "primary": "deep purple",
            "toggle": {"icon": "material/weather-night", "name": "To the system"},
        },
    ],
    "theme.font": {"text": "Noto Sans", "code": "Fira Code"},
    "theme.logo": "own.svg",
    "theme.favicon": "own.png",
    "theme.icon.logo": "material/lighthouse",
    "theme.icon.edit": "material/pencil",
    "theme.icon.view": "material/eye",
    "theme.icon.admonition": {"note": "octicons/tag-16"},
    "theme.icon.tag": {"default": "material/tag"},
    "theme.static_templates": ["404.html"],
    "extra.analytics": {"provider": "google", "property": "G-1"},
    "extra.consent": {"title": "Consent", "description": "May we?"},
    "extra.social": [{"icon": "fontawesome/brands/mastodon", "link": "https://social.example/@you", "name": "Us"}],
    "extra.homepage": "https://home.example/",
    "extra.alternate": [{"name": "Deutsch", "link": "https://de.example/", "lang": "de"}],
    "extra.polyfills": ["poly.js"],
    "extra.scope": "/",
    "extra.tags": {"Fire": "fire"},
    "extra.status": {"new": "Recently added"},
}
"""A value for each setting that works."""

FILES: Final = {
    "docs/en/mine.md": "---\nstatus: new\n---\n# Mine\n\n```python\nx = 1\n```\n",
    "docs/en/aside.md": "---\nhide: [navigation, toc, path, footer]\n---\n# Aside\n",
    "docs/both/mine.md": "# 我的\n",
    "docs/en/excluded.md": "# Excluded\n",
    "docs/en/draft.md": "# Draft\n",
    "docs/above.md": "# Above\n",
    "docs/own.css": "p { color: red }\n",
    "docs/own.js": "1\n",
    "docs/module.js": "1\n",
    "docs/poly.js": "1\n",
    "docs/own.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "docs/own.png": "x",
    "docs/extra.html": "<p>{{ config.site_name }}</p>",
    "hook.py": "def on_page_content(html, page, **_):\n    return html + f'<p class=\"stamp\">{page.url}</p>'\n",
    "overrides/main.html": """{% extends "base.html" %}
{% block announce %}Announced{% endblock %}
{% block extrahead %}<meta name="mine" content="{{ page.title }}">{% endblock %}
{% block footer %}{{ super() }}<p>Below</p>{% endblock %}
""",
    "overrides/partials/copyright.html": "<p>My copyright: {{ config.copyright }}</p>",
    "overrides/404.html": '{% extends "main.html" %}{% block content %}<h1>Lost</h1>{% endblock %}',
    "base.yml": "site_author: Inherited\n",
}

LOST: Final = {
    "docs/en/annotated.md": "# Annotated\n\nSaid (1)\n{ .annotate }\n\n1. Why\n",
    "docs/en/annotate.md": "# Not one\n\n`class=annotate` and [a link](annotated.md){ .not-annotate }\n",
    "docs/colours.css": ':root > * { --md-primary-fg-color: red }\n[data-md-color-scheme="mine"] { color: red }',
    "overrides/main.html": '{% extends "base.html" %}{% block footr %}{% endblock %}'
    "{% block content %}{{ super() }}{% block inner %}{% endblock %}{% endblock %}",
    "overrides/home.html": '{% extends "main.html" %}{% block outdated %}{% endblock %}'
    "{% block inner %}{% include 'partials/own.html' %}{% endblock %}",
    "overrides/partials/feedback.html": "",
    "overrides/partials/own.html": "",
    "overrides/partials/copyright.html": "",
    "overrides/partials/integrations/analytics/google.html": "",
}
"""Among what works, what does nothing."""

LATE: Final = """
from mkdocs.structure.files import File


def on_config(config):
    config.use_directory_urls = False
    config.theme["palette"] = {"scheme": "slate"}
    config.extra_css.append("hook.css")


def on_files(files, config):
    files.append(File.generated(config, "hook.css", content="p {}"))
    return files
"""

Config = dict[str, Any]


def write(project: Path, config: Config) -> None:
    (project / "mkdocs.yml").write_text(yaml.safe_dump(config, sort_keys=False, allow_unicode=True), "utf-8")


def start(folder: Path) -> tuple[Path, Config]:
    copy_project(folder, SMALL)
    config: Config = yaml.safe_load((folder / "mkdocs.yml").read_text("utf-8"))
    return folder, config


def put(config: Config, name: str, value: Any) -> None:
    *parents, last = name.split(".")
    for parent in parents:
        config = config.setdefault(parent, {})
    config[last] = value


def by_state(rows: tuple[Row, ...], *states: str) -> list[str]:
    return [row.name for row in rows if row.state in states]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with everything at once that works."""
    project, config = start(tmp_path_factory.mktemp("all"))
    for name, value in SAMPLES.items():
        put(config, name, value)
    del config["edit_uri_template"]  # it takes the place of `edit_uri`
    config["theme"]["features"] = by_state(compatibility.FEATURES, "works", "differently")
    config["markdown_extensions"] = [
        {"toc": {"permalink": "#", "title": "What is here"}},
        *(name for name in by_state(compatibility.EXTENSIONS, "works", "differently") if name != "toc"),
    ]
    fill(project, FILES)
    write(project, config)
    done = mkdocs(project, "build", "--strict")
    assert done.returncode == 0, done.stderr
    return project / "site"


def page(site: Path, path: str) -> str:
    return (site / path / "index.html").read_text("utf-8")


def test_there_is_a_sample_of_every_setting_that_works() -> None:
    assert set(SAMPLES) == set(by_state(compatibility.SETTINGS, "works", "differently"))


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("en/duties/lamp", text)
        for text in (
            '<meta name="author" content="Author &amp; co">',
            '<link rel="stylesheet" href="../../../own.css">',
            '<script src="../../../own.js"></script>',
            '<script src="../../../module.js" type="module" async></script>',
            '<script src="https://cdn.example/x.js"></script>',
            '<img src="../../../own.svg" alt="" height="28">',
            '<link rel="icon" href="../../../own.png">',
            "<p>My copyright: <b>Copyright</b></p>",
            '<meta name="mine" content="',
            "Announced",
            "<p>Below</p>",
            '<a href="https://example.org/you/handbook">you/handbook</a>',
            'href="https://social.example/@you"',
            'href="https://home.example/"',
            '<a href="https://de.example/" hreflang="de" lang="de">Deutsch</a>',
            '<link rel="alternate" hreflang="de" href="https://de.example/">',
            '<p class="stamp">en/duties/lamp/</p>',
            "https://fonts.googleapis.com/css?family=Noto+Sans",
            'data-hb-features="header.autohide navigation.tracking"',
            "md-header--lifted",
            "md-nav--integrated",
            'rel="edit"',
            "/raw/main/content/duties/lamp.yml",
            'data-option="(prefers-color-scheme: light) default teal lime"',
            "__md_analytics",
            'name="consent"',
            "--md-admonition-icon--note",
            "</span>What is here</label>",
            '__md_scope=new URL("/",location)',
            " - Name &amp; co</title>",
            '<link rel="canonical" href="https://example.org/R&amp;D/en/duties/lamp/">',
            '<meta property="og:url" content="https://example.org/R&amp;D/en/duties/lamp/">',
        )
    ]
    + [
        ("both/mine", "<h1"),
        ("en/mine", "Fira+Code"),
        ("en/mine", 'title="Recently added"'),
        ("en/aside", 'md-sidebar--primary" hidden'),
    ],
)
def test_it_is_in_the_pages_of_every_edition(path: str, shown: str, site: Path) -> None:
    assert shown in page(site, path)


def test_the_page_for_what_is_missing_can_be_ones_own(site: Path) -> None:
    missing = (site / "404.html").read_text("utf-8")
    assert "<h1>Lost</h1>" in missing
    assert "Announced" in missing


def test_what_mkdocs_leaves_out_is_not_there(site: Path) -> None:
    assert not (site / "en/excluded").exists()
    assert not (site / "en/draft").exists()
    assert (site / "extra.html").read_text("utf-8") == "<p>Name & co</p>"


def test_the_policy_names_what_was_added(site: Path) -> None:
    line = (site / "csp.conf").read_text("utf-8")
    policy = dict(each.split(" ", 1) for each in line.split('"')[1].split("; "))
    assert {"'self'", "https://cdn.example", "https://www.googletagmanager.com"} <= set(policy["script-src"].split())
    assert "https://fonts.googleapis.com" in policy["style-src"].split()
    assert "https://fonts.gstatic.com" in policy["font-src"].split()
    assert "'unsafe-inline'" not in line
    assert "'unsafe-eval'" not in line


def test_sitemap_and_heads_name_only_what_is_well_formed(site: Path) -> None:
    found = xml.dom.minidom.parse(str(site / "sitemap.xml"))
    places = [node.firstChild.nodeValue for node in found.getElementsByTagName("loc")]  # type: ignore[union-attr]
    assert "https://example.org/R&D/en/duties/lamp/" in places
    assert "https://example.org/R&D/en/mine/" in places


@pytest.mark.parametrize("scheme", ["default", "slate"])
def test_every_colour_of_material_can_be_read(scheme: str) -> None:
    sheet = palette.sheet(map(Path, Theme(name="material").dirs))
    paper, ink = palette.PAPERS[scheme]
    for kind in ("primary", "accent"):
        known = palette.colours(sheet, kind)
        assert {"amber", "deep-purple", "teal", "light-blue"} <= known.keys()
        for colour in known.values():
            assert palette.contrast(palette.readable(colour, paper, ink), paper) >= 4.5


def test_what_does_nothing_is_named_once_with_file_and_line(tmp_path: Path) -> None:
    project, config = start(tmp_path)
    settings = by_state(compatibility.SETTINGS, "not")
    samples = {"extra.generator": False, "theme.language": "de"}
    for name in settings:
        put(config, name, samples.get(name, "material/plus"))
    put(config, "extra", {**config["extra"], "analytics": {"feedback": {"title": "?"}}})
    features = by_state(compatibility.FEATURES, "not")
    config["theme"]["features"] += [*features, "navigation.tops", "no.such"]
    config["theme"]["palette"] = [
        {"primary": "teal"},
        {"primary": "teel", "scheme": "slat"},
        {"scheme": "mine"},
    ]
    config["theme"] |= {"faviconn": "x", "logo": "no.png", "favicon": "no.ico", "custom_dir": "overrides"}
    config["theme"]["icon"] |= {"clos": "material/close", "edit": "material/penci"}
    config["extra_css"] = ["missing.css", "colours.css"]
    config["exta_css"] = []
    assert {row.name for row in compatibility.PLUGINS if row.state == "not"} == compatibility.FATAL
    config["plugins"].append({"search": {"separator": "x"}})
    fill(project, LOST)
    fence = {"name": "mermaid", "class": "mermaid", "format": "!!python/name:x"}
    config["markdown_extensions"].append({"pymdownx.superfences": {"custom_fences": [fence]}})
    write(project, config)
    path = project / "mkdocs.yml"
    path.write_text(
        path.read_text("utf-8").replace("'!!python/name:x'", "!!python/name:pymdownx.superfences.fence_code_format")
    )
    lines = path.read_text("utf-8").splitlines()
    done = mkdocs(project, "build")
    assert done.returncode == 0, done.stderr
    for name in (*settings, *features):
        (said,) = re.findall(rf"mkdocs\.yml:(\d+): `{re.escape(name)}` does nothing here\.", done.stderr)
        assert name.rpartition(".")[2] in lines[int(said) - 1]
    for end in (
        "`navigation.tops` is no feature of Material: did you mean `navigation.top`?",
        "`no.such` is no feature of Material.",
        "`teel` is no colour of Material: did you mean `teal`?",
        "`faviconn` is no setting of Material: did you mean `favicon`?",
        "`exta_css` is no setting of MkDocs: did you mean `extra_css`?",
        "`missing.css` under `extra_css` is not in docs/.",
        "`no.png` under `logo` is not in docs/.",
        "`no.ico` under `favicon` is not in docs/.",
        "`slat` is no scheme of Material: did you mean `slate`?",
        "there is no icon `material/penci`.",
        "`clos` under `icon` is no setting of Material: did you mean `close`?",
        "`separator` of the plugin `search` does nothing here. The search is the handbook's own.",
        "`--md-primary-fg-color` in `colours.css` colours nothing here: set `--hb-seal`.",
        "block `footr` of `main.html` in `custom_dir` is in no page here: did you mean `footer`?",
        "block `outdated` of `home.html` in `custom_dir` is in no page here.",
        "`partials/feedback.html` in `custom_dir` is shown nowhere: pages here do not include it.",
        "Mermaid draws with Material's script, which is not loaded: a drawing is shown as its text.",
    ):
        (said,) = re.findall(rf"mkdocs\.yml:(\d+): {re.escape(end)}", done.stderr)
        named = re.findall("`([^`]+)`", end) or ["custom_fences"]
        assert any(word in lines[int(said) - 1] for word in named), end
    assert done.stderr.count("annotations need Material's script") == 1
    assert "en/annotated.md: annotations need Material's script, which is not loaded" in done.stderr
    for one in ("mine", "poly", "own.html", "content", "inner"):
        assert f"`{one}` " not in done.stderr
    del config["exta_css"]  # at which MkDocs itself ends
    write(project, config)
    before = (project / "site/index.html").stat().st_ino
    done = mkdocs(project, "build", "--strict")
    assert done.returncode == 1
    assert (project / "site/index.html").stat().st_ino == before


@pytest.mark.parametrize("strict", [[], ["--strict"]])
def test_a_key_that_mkdocs_does_not_know_has_a_meaning_also_where_mkdocs_ends_at_it(
    strict: list[str], tmp_path: Path
) -> None:
    project, _ = start(tmp_path)
    (project / "mkdocs.yml").rename(project / "other.yml")
    path = project / "mine.yml"
    path.write_text("INHERIT: other.yml\nsite_nmae: Mine\n", "utf-8")
    done = mkdocs(project, "build", "-f", "mine.yml", *strict)
    assert done.returncode == len(strict)
    assert done.stderr.count("mine.yml:2: `site_nmae` is no setting of MkDocs: did you mean `site_name`?") == 1


def test_what_a_hook_sets_is_heeded(tmp_path: Path) -> None:
    project, config = start(tmp_path)
    fill(project, {"hook.py": LATE, "docs/main.css": "p {}"})
    write(project, {**config, "hooks": ["hook.py"], "extra_css": ["main.css"]})
    done = mkdocs(project, "build", "--strict")
    assert done.returncode == 0, done.stderr
    lamp = (project / "site/en/duties/lamp.html").read_text("utf-8")
    assert 'data-md-color-scheme="slate"' in lamp
    assert "hook.css" in lamp
    assert 'href="../situations.html"' in lamp
    assert 'href="../situations/"' not in lamp
    assert 'href="en/index.html"' in (project / "site/index.html").read_text("utf-8")


def test_the_table_of_the_publishers_is_of_today() -> None:
    assert publishing.pages(ROOT) == {publishing.FILE: (ROOT / publishing.FILE).read_text("utf-8")}


def test_without_an_address_there_is_no_sitemap_and_the_name_is_the_handbooks(tmp_path: Path) -> None:
    project, config = start(tmp_path)
    del config["site_url"]
    write(project, config)
    done = mkdocs(project, "build", "--strict", "--no-directory-urls")
    assert done.returncode == 0, done.stderr
    assert not list((project / "site").glob("sitemap*"))
    lamp = (project / "site/en/duties/lamp.html").read_text("utf-8")
    assert "- Keeper's Handbook</title>" in lamp or "- Keeper&#39;s Handbook</title>" in lamp
    for name in ("index.html", "404.html", "en/index.html", "en/duties/lamp.html", "both/duties/index.html"):
        text = (project / "site" / name).read_text("utf-8")
        leads = [link for link in re.findall(r'href="([^"#]*)', text) if "//" not in link and "mailto:" not in link]
        folders = [link for link in leads if link.endswith(("/", ".."))]
        assert folders == [], name


def test_only_translated_pages_are_alternates_and_git_knows_when_they_changed(tmp_path: Path) -> None:
    project, config = start(tmp_path)
    settings = project / "content/handbook.yml"
    zh = "  zh:\n    label: 中文\n    short: 中\n    languages: [zh]\n"
    settings.write_text(settings.read_text("utf-8").replace("doors:", f"{zh}doors:", 1), "utf-8")
    fill(project, {"content/terms.yml": (project / "content/terms.yml").read_text("utf-8")})
    write(project, config)
    day = {"GIT_AUTHOR_DATE": "2024-05-06T12:00:00", "GIT_COMMITTER_DATE": "2024-05-06T12:00:00"}
    identity = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    for command in (["init", "-q"], ["add", "-A"], [*identity, "commit", "-qm", "x"]):
        subprocess.run(["git", *command], cwd=project, check=True, env={"PATH": "/usr/bin:/bin:/usr/local/bin", **day})
    done = mkdocs(project, "build", "--strict")
    assert done.returncode == 0, done.stderr
    heads = re.findall(r'<link rel="alternate" hreflang="([^"]*)"', page(project / "site", "en/duties/lamp"))
    assert heads == ["en", "zh-Hans", "x-default"]
    assert "<lastmod>2024-05-06</lastmod>" in (project / "site/sitemap.xml").read_text("utf-8")


def test_it_is_said_by_the_untranslated_themselves() -> None:
    from generator.pipeline import Pipeline
    from generator.site import heads

    plan = Pipeline(SMALL).run().plan
    assert heads.untranslated(plan, "en") == set()
    assert "duties/lamp.md" in heads.untranslated(plan, "de")
    assert "duties/index.md" not in heads.untranslated(plan, "de")
