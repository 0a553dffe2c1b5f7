"""The built site as files: links, languages, sitemap, edit links, and nothing asked of other hosts."""

from __future__ import annotations

import re
import shutil
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree

import pytest

from generator.content.handbook import Handbook

from ..support.handbooks import change
from ..support.paths import EDITIONS, ROOT, SMALL
from ..support.project import copy_project, mkdocs

BASE = "https://example.org/handbook/"


class Html(HTMLParser):
    """The parts of a page that the tests look at."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.links: list[str] = []
        self.resources: list[str] = []
        self.ids: list[str] = []
        self.lang = ""
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {key: value or "" for key, value in attrs}
        if "id" in values:
            self.ids.append(values["id"])
        if tag == "html":
            self.lang = values["lang"]
        elif tag in {"a", "use"} and "href" in values:
            self.links.append(values["href"])
        elif tag in {"script", "img", "iframe", "source", "video", "audio"} and "src" in values:
            self.resources.append(values["src"])
        elif tag == "link" and values.get("rel") in {"stylesheet", "icon", "preload", "preconnect", "modulepreload"}:
            self.resources.append(values["href"])


@cache
def parsed(path: Path) -> Html:
    return Html(path)


def pages(site: Path) -> list[Path]:
    found = sorted(site.rglob("*.html"))
    assert len(found) > 300
    return found


def address_of(page: Path, site: Path) -> str:
    return urljoin(BASE, str(page.relative_to(site))).removesuffix("index.html")


def broken_links(site: Path) -> list[tuple[str, str]]:
    """(page, link) for every link, script, style and image that leads nowhere in the site."""
    broken: list[tuple[str, str]] = []
    for page in sorted(site.rglob("*.html")):
        if page.name == "404.html":
            continue
        here = address_of(page, site)
        for link in (*parsed(page).links, *parsed(page).resources):
            target = urlsplit(urljoin(here, link))
            if target.netloc != "example.org" or not target.path.startswith("/handbook/"):
                continue
            file = site / unquote(target.path).removeprefix("/handbook/")
            file = file / "index.html" if file.is_dir() else file
            fragment = unquote(target.fragment)
            if not file.is_file() or (fragment and fragment != "__skip" and fragment not in parsed(file).ids):
                broken.append((here, link))
    return broken


def test_every_link_and_anchor_leads_somewhere(site: Path) -> None:
    assert len(pages(site)) > 300
    assert broken_links(site) == []


def test_the_link_check_finds_broken_links(site: Path, tmp_path: Path) -> None:
    page = tmp_path / "index.html"
    page.write_text('<html lang="en"><a href="a/">a</a><a href="#b">b</a><img src="c.png"></html>', encoding="utf-8")
    assert [link for _, link in broken_links(tmp_path)] == ["a/", "#b", "c.png"]


def test_links_in_drawings_are_checked(tmp_path: Path) -> None:
    page = tmp_path / "index.html"
    page.write_text('<html lang="en"><svg><a href="a/"><use href="#b"/></a></svg></html>', encoding="utf-8")
    assert [link for _, link in broken_links(tmp_path)] == ["a/", "#b"]


def test_ids_are_unique_on_every_page(site: Path) -> None:
    twice = [
        (str(page.relative_to(site)), sorted({i for i in parsed(page).ids if parsed(page).ids.count(i) > 1}))
        for page in pages(site)
        if len(set(parsed(page).ids)) < len(parsed(page).ids)
    ]
    assert twice == []


def test_every_entry_has_its_page_in_every_edition(site: Path, handbook: Handbook) -> None:
    own_page = ("duties", "tips", "outcomes", "cases", "debates", "answers", "publications", "guides")
    for edition in EDITIONS:
        for name in own_page:
            for entry_id in handbook.collections[name]:
                assert (site / edition / name / entry_id / "index.html").is_file()
        for name in ("terms", "ranks", "organisations", "situations"):
            ids = parsed(site / edition / name / "index.html").ids
            assert set(handbook.collections[name]) <= set(ids)


def test_editions_have_the_same_pages_and_the_same_headings(site: Path) -> None:
    def headings(edition: str) -> dict[str, list[str]]:
        return {
            str(page.relative_to(site / edition)): re.findall(r"<h[1-6] id=\"([^\"]+)\"", page.read_text("utf-8"))
            for page in (site / edition).rglob("*.html")
        }

    zh, en, both = (headings(edition) for edition in EDITIONS)
    # The glossary is in the dictionary order of its language; the rest is the same to the order.
    for other in (en, both):
        assert zh.keys() == other.keys()
        assert [name for name in zh if name != "terms/index.html" and zh[name] != other[name]] == []


@pytest.mark.parametrize(("edition", "tag"), [("zh", "zh-Hans"), ("en", "en"), ("zh-en", "zh-Hans")])
def test_pages_say_which_language_they_are_in(site: Path, edition: str, tag: str) -> None:
    assert {parsed(page).lang for page in (site / edition).rglob("*.html")} == {tag}


def test_side_by_side_every_pair_is_marked_with_its_languages(site: Path) -> None:
    for page in (site / "zh-en").rglob("index.html"):
        text = page.read_text(encoding="utf-8")
        pairs = text.count('<span class="hb-pair">')
        assert pairs > 3, page
        assert text.count('<span class="hb-pair"><span lang="zh-Hans">') == pairs, page
        article = text[text.index("<article") : text.index("</article>")]
        assert article.count('<span lang="en">') == article.count('<span lang="zh-Hans">'), page


def test_nothing_is_asked_of_another_host(site: Path) -> None:
    for page in pages(site):
        for resource in parsed(page).resources:
            assert not urlsplit(resource).netloc, (page, resource)
    for sheet in site.rglob("*.css"):
        for url in re.findall(r"url\(([^)]*)\)", sheet.read_text(encoding="utf-8")):
            assert not re.match(r"""["']?(https?:)?//""", url), (sheet, url)


def test_the_sitemap_names_every_page_with_its_languages(site: Path) -> None:
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    tree = ElementTree.parse(site / "sitemap.xml")
    locations = {url.findtext("s:loc", namespaces=space): url for url in tree.iterfind("s:url", space)}
    expected = {address_of(page, site) for page in pages(site) if page.name != "404.html"}
    assert set(locations) == expected
    entry = locations[BASE + "en/duties/itinerary/"]
    alternates = {link.get("hreflang"): link.get("href") for link in entry.iterfind("x:link", space)}
    assert alternates == {
        "zh-Hans": BASE + "zh/duties/itinerary/",
        "en": BASE + "en/duties/itinerary/",
        "x-default": BASE + "zh/duties/itinerary/",
    }
    assert not list(site.glob("*/sitemap.xml"))


def test_the_missing_page_speaks_both_languages_and_offers_every_edition(site: Path) -> None:
    page = site / "404.html"
    text = page.read_text(encoding="utf-8")
    assert "没有这一页" in text
    assert "There is no such page" in text
    assert parsed(page).links == [f"/handbook/{edition}/" for edition in EDITIONS]
    assert not list(site.glob("*/404.html"))


def test_edit_links_lead_to_the_yaml(site: Path) -> None:
    def edit_links(page: str) -> set[str]:
        return {link for link in parsed(site / page / "index.html").links if "/edit/" in link}

    repository = "https://example.org/you/handbook/edit/main/"
    assert edit_links("zh/duties/itinerary") == {repository + "content/duties/itinerary.yml"}
    assert edit_links("en/terms") == {repository + "content/terms.yml"}
    assert edit_links("en/answers/a03") == {repository + "content/answers.yml"}
    assert edit_links("zh-en") == {repository + "content/handbook.yml"}
    assert edit_links("zh/duties") == set()


def test_without_a_repository_there_is_no_edit_link(tmp_path: Path) -> None:
    project = copy_project(tmp_path, SMALL)
    config = project / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("\nrepo_url:", "\n# repo_url:"), encoding="utf-8")
    done = mkdocs(project, "build", "--strict")
    assert done.returncode == 0, done.stderr
    links = [link for page in (project / "site").rglob("*.html") for link in Html(page).links]
    assert links
    assert [link for link in links if "/edit/" in link or link.endswith(".yml")] == []


def test_a_handbook_of_another_post_builds_strictly(tmp_path: Path) -> None:
    project = copy_project(tmp_path, SMALL)
    done = mkdocs(project, "build", "--strict")
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in (project / "site").iterdir() if path.is_dir()) == ["assets", "both", "en"]
    assert broken_links(project / "site") == []
    english = (project / "site/en/duties/lamp/index.html").read_text("utf-8")
    # A text that is not there is shown in a language that is, as such, and never passed off as a translation.
    shown = re.findall(
        r'<span lang="zh-Hans">法律规定了时间。</span> <span class="hb-stale[^>]*"Not translated yet"', english
    )
    assert len(shown) == english.count("法律规定了时间") == 1


def test_a_third_language_is_added_by_data_alone(tmp_path: Path) -> None:
    project = copy_project(tmp_path, ROOT / "content")
    words = (project / "generator/render/strings/en.yml").read_text("utf-8")
    words = words.replace("language.name: English", "language.name: français")
    words = words.replace("language.tag: en", "language.tag: fr").replace("language.theme: en", "language.theme: fr")
    words = words.replace("untranslated: Not translated yet", "untranslated: Pas encore traduit")
    (project / "generator/render/strings/fr.yml").write_text(words, encoding="utf-8")
    settings = project / "content/handbook.yml"
    text = settings.read_text("utf-8").replace("languages: [zh, en]\neditions:", "languages: [zh, en, fr]\neditions:")
    editions = text[text.index("editions:") : text.index("doors:")]
    new = "  fr:\n    label: français\n    short: FR\n    languages: [fr]\n"
    new += "  three:\n    label: 三语\n    short: 三语\n    languages: [zh, en, fr]\n"
    settings.write_text(text.replace(editions, "editions:\n" + new), encoding="utf-8")
    duty = project / "content/duties/itinerary.yml"
    duty.write_text(
        re.sub(
            r"(?m)^title:\n(  zh: .*\n)(  en: .*\n)", r"title:\n\1\2  fr: L’emploi du temps\n", duty.read_text("utf-8")
        ),
        encoding="utf-8",
    )
    done = mkdocs(project, "build", "--strict")
    assert done.returncode == 0, done.stderr
    assert broken_links(project / "site") == []
    french = (project / "site/fr/duties/itinerary/index.html").read_text("utf-8")
    assert '<html lang="fr"' in french
    assert "L’emploi du temps" in french
    assert "Pas encore traduit" in french
    three = (project / "site/three/duties/itinerary/index.html").read_text("utf-8")
    assert re.search(r'<h1 id="itinerary">.*lang="zh-Hans".*lang="en".*lang="fr".*</h1>', three)


def test_a_strict_build_fails_on_problems_and_keeps_the_pages(tmp_path: Path) -> None:
    project = copy_project(tmp_path, SMALL)
    assert mkdocs(project, "build", "--strict").returncode == 0
    page = project / "docs/en/tips/wipe.md"
    before = page.read_text("utf-8")
    tip = project / "content/tips/wipe.yml"
    tip.write_text(tip.read_text("utf-8").replace("related: [alone]", "related: [alonee]"), encoding="utf-8")
    done = mkdocs(project, "build", "--strict")
    assert done.returncode == 1
    assert "content/tips/wipe.yml:10:11: tips.wipe.related[0]: expected the id of an entry" in done.stderr
    assert "Traceback" not in done.stderr
    assert page.read_text("utf-8") == before


# --- what readers and publishers have found ---------------------------------------------------------------------


def test_no_page_is_titled_twice(site: Path) -> None:
    for page in pages(site):
        title = re.search(r"<title>(.*?)</title>", page.read_text("utf-8"))
        assert title
        parts = title[1].split(" - ")
        assert len(set(parts)) == len(parts), (page, title[1])


def test_a_mark_of_a_source_is_in_the_language_of_the_text_before_it(site: Path) -> None:
    marks = 0
    for page in (site / "zh-en" / "duties").rglob("index.html"):
        for text in re.findall(r'<span lang="en">((?:(?!<span lang=).)*?)</span>', page.read_text("utf-8")):
            for mark in re.findall(r'class="hb-cite[^>]*>([^<]*)<', text):
                marks += 1
                assert not re.search("[\u4e00-\u9fff]", mark), (page, mark)
    assert marks > 500


def test_the_missing_page_recommends_nothing_that_it_does_not_have(site: Path) -> None:
    page = (site / "404.html").read_text("utf-8")
    assert "hb-search" not in page
    assert not re.search("search|搜索", re.sub("<[^>]*>", "", page.partition("<main")[2]))


def test_without_outcomes_nothing_leads_to_their_map(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "project", SMALL)
    for folder in ("outcomes", "cases", "debates"):
        shutil.rmtree(project / "content" / folder)
    change(project / "content" / "tips" / "wipe.yml", "related: [alone]\n", "")
    done = mkdocs(project, "build", "--strict")
    assert done.returncode == 0, done.stderr
    assert not list((project / "site").rglob("outcome-map"))
