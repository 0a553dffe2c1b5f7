"""Under `mkdocs serve` a page is made when it is asked for, and nothing else is the matter with it."""

from __future__ import annotations

import copy
import logging
import threading
from pathlib import Path
from typing import Any

import jinja2
import pytest
from generator.site.kept import Kept
from generator.site.loop import Site
from generator.site.outputs import Outputs

from generator.site import said

from .support.faults import fill, tree
from .test_loop import NAV, PAGES, SERVED, a_project, by_loop, config_of

PAGE = "part/a/index.html"
OTHER = "part/b/index.html"
FEATURES = ("navigation.tabs", "navigation.indexes", "navigation.footer")


@pytest.fixture(autouse=True)
def _one_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return a_project(tmp_path / "project", NAV, features=FEATURES)


def lazy(project: Path, tmp_path: Path, glance: bool = False) -> Site:
    kept = Kept.at(tmp_path / "kept")
    outputs = Outputs(project / "site", None, kept.notes(project / "site"))
    site = Site(config_of(project, "site"), kept, outputs, lazy=True)
    site.build(SERVED, glance)
    return site


def pages(project: Path) -> dict[str, bytes | None]:
    return {path: data for path, data in tree(project / "site").items() if path.endswith(".html")}


def pause(site: Site) -> None:
    """Long enough for all that is left to do."""
    for step in (site.catch_up(), site.finish()):
        for _ in step:
            pass


def renamed(site: Site, title: str) -> list[Any]:
    """The navigation with another title for the only page that has one of its own there."""
    nav = copy.deepcopy(list(site.config.nav or []))
    nav[2] = {title: "empty.md"}
    return nav


def test_one_page_is_made_at_once_the_others_when_asked_for_or_in_a_pause(project: Path, tmp_path: Path) -> None:
    site = lazy(project, tmp_path)
    assert sorted(pages(project).keys() - {"404.html", "extra.html"}) == ["index.html"]
    site.pay(PAGE)
    assert sorted(pages(project).keys() - {"404.html", "extra.html"}) == ["index.html", PAGE]
    pause(site)
    found = tree(project / "site")
    assert found == by_loop(a_project(tmp_path / "anew", NAV, features=FEATURES), serve_url=SERVED)


def test_a_glance_gives_other_pages_all_that_they_show_of_one(project: Path, tmp_path: Path) -> None:
    site = lazy(project, tmp_path, glance=True)
    site.pay(PAGE)
    assert b"Previous: The &lt;part&gt;" in (pages(project)[PAGE] or b"")


def test_what_is_said_of_pages_is_said_once_all_are_read(
    project: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "mkdocs"):
        by_loop(project, serve_url=SERVED)
        expected = warnings(caplog)
        site = lazy(project, tmp_path, glance=True)
        assert warnings(caplog) == []
        site.pay(PAGE)
        pause(site)
        assert warnings(caplog) == expected
        pause(lazy(project, tmp_path / "other"))
        assert warnings(caplog) == expected
    assert len(expected) == 5


def warnings(caplog: pytest.LogCaptureFixture) -> list[str]:
    found = [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]
    caplog.clear()
    return found


def test_another_title_is_in_every_page_that_is_asked_for_and_no_other_is_written(
    project: Path, tmp_path: Path
) -> None:
    site = lazy(project, tmp_path)
    pause(site)
    before = pages(project)
    site.pay(PAGE)
    assert site.update(renamed(site, "Renamed"), {})
    after = pages(project)
    assert [path for path in after if after[path] != before[path]] == [PAGE]  # it was asked for last
    site.pay(OTHER)
    assert b"Renamed" in (pages(project)[OTHER] or b"")
    assert b"Renamed" not in (pages(project)["index.html"] or b"")


@pytest.mark.parametrize("asked", [(), (OTHER,)], ids=["none", "one"])
def test_the_next_process_makes_what_nobody_has_asked_for(project: Path, tmp_path: Path, asked: tuple[str]) -> None:
    site = lazy(project, tmp_path)
    pause(site)
    nav = NAV.replace("Empty", "Renamed")
    fill(project / "docs", {"part/b.md": "# Changed\n"})
    assert site.update(renamed(site, "Renamed"), {})
    for path in asked:
        site.pay(path)
    site.outputs.save()
    site._kept.store.save()
    changed = {**PAGES, "part/b.md": "# Changed\n"}
    expected = by_loop(a_project(tmp_path / "anew", nav, features=FEATURES, pages=changed), serve_url=SERVED)
    a_project(project, nav, features=FEATURES, pages=changed)
    assert by_loop(project, Kept.at(tmp_path / "kept"), SERVED) == expected


def test_a_page_that_comes_goes_or_moves_is_not_an_update(project: Path, tmp_path: Path) -> None:
    site = lazy(project, tmp_path)
    nav = list(site.config.nav or [])
    assert not site.update(nav[:-2], {})
    assert not site.update([nav[2], nav[0], nav[1]], {})
    fill(project / "docs", {"new.md": "# New\n"})
    assert not site.update(nav, {})


def test_a_wrong_template_is_heard_of_at_once(project: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    fill(project / "theme", {"main.html": "{% if page %}{{ nothing.at.all }}{% endif %}"})
    with pytest.raises(jinja2.UndefinedError):
        lazy(project, tmp_path)
    assert "Error building page 'index.md': 'nothing' is undefined" in caplog.text


def test_what_cannot_be_made_is_owed_still(project: Path, tmp_path: Path) -> None:
    template = '{% if page.title == "B" and wrong is not defined %}{{ nothing.at.all }}{% endif %}'
    fill(project / "theme", {"main.html": template + "x"})
    site = lazy(project, tmp_path)
    for _ in range(2):
        with pytest.raises(jinja2.UndefinedError):
            site.pay(OTHER)
    assert OTHER not in pages(project)
    site.pay(PAGE)
    assert pages(project)[PAGE] == b"x"


def test_a_plugin_that_is_not_known_makes_every_page_wait_for_nothing(project: Path, tmp_path: Path) -> None:
    fill(project, {"hook.py": "def on_page_content(html, **kwargs):\n    return html + 'x'\n"})
    config = project / "mkdocs.yml"
    config.write_text(config.read_text("utf-8") + f"hooks: ['{project}/hook.py']\n", encoding="utf-8")
    site = lazy(project, tmp_path)
    assert not site.puts_off
    assert {PAGE, OTHER} <= pages(project).keys()


def test_what_another_thread_says_is_not_taken_to_be_said_of_a_page(caplog: pytest.LogCaptureFixture) -> None:
    log = logging.getLogger("mkdocs.livereload")
    with caplog.at_level(logging.INFO, "mkdocs"), said.heard() as heard:
        log.info("of a page")
        other = threading.Thread(target=log.info, args=("of a request",))
        other.start()
        other.join()
    assert [text for *_, text in heard] == ["of a page"]
