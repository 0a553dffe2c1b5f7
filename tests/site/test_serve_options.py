"""`mkdocs serve` with the options that MkDocs' users know, and what it refuses to begin with."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from generator.site import search_index

from ..support.faults import tree
from ..support.live import Live, free_port, live
from ..support.paths import SMALL
from ..support.project import copy_project, mkdocs

pytestmark = pytest.mark.long

TIP = "content/tips/wipe.yml"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return copy_project(tmp_path / "project", SMALL)


def test_without_live_reload_the_whole_site_is_served_as_it_is(project: Path) -> None:
    with live(project, "--no-livereload") as server:
        page = server.get("en/tips/wipe/")
        assert "Fog." in page
        assert "livereload" not in page
        assert "Fog." in server.get(f"both/{search_index.FILE}")
        assert server.ask("en/no/such/page/")[0] == 404


@pytest.mark.parametrize(
    "options", [("--dirty",), ("--clean",), ("--strict",), ("--watch-theme",)], ids=lambda one: one[0]
)
def test_an_edit_is_shown_with_every_option(options: tuple[str, ...], project: Path) -> None:
    with live(project, *options) as server:
        assert "Fog." in server.get("en/tips/wipe/")
        server.edit(TIP, "en: Fog.", "en: Mist.")
        for edition in ("en", "both"):
            server.shows(f"{edition}/tips/wipe/", "Mist.")
            server.shows(f"{edition}/{search_index.FILE}", "Mist.")
        server.edit("content/duties/lamp.yml", "en: Lighting the lamp", "en: Lighting the great lamp")
        server.shows("both/tips/wipe/", "Lighting the great lamp")


def test_from_another_folder_the_project_is_found_by_its_configuration(project: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    server = Live(elsewhere, "-f", str(project / "mkdocs.yml")).ready()
    try:
        assert "Fog." in server.get("en/tips/wipe/")
        server.edit(str(project / TIP), "en: Fog.", "en: Mist.")
        server.shows("en/tips/wipe/", "Mist.")
    finally:
        server.stop()
    assert list(elsewhere.iterdir()) == []


def test_a_folder_that_is_watched_besides_leads_to_a_whole_build(project: Path) -> None:
    (project / "more").mkdir()
    (project / "more" / "note.txt").write_text("1", encoding="utf-8")
    with live(project, "--watch", "more") as server:
        before = server.builds()
        with server.noticed():
            (project / "more" / "note.txt").write_text("2", encoding="utf-8")
        assert server.builds() == before + 1
        assert "Fog." in server.get("en/tips/wipe/")


def test_a_strict_server_ends_at_a_warning(project: Path) -> None:
    (project / "docs" / "mine.md").write_text("# Mine\n\n[nowhere](nowhere.md)\n", encoding="utf-8")
    server = Live(project, "--strict")
    assert server.ended() == 1
    assert "nowhere.md" in server.text()
    assert "strict mode" in server.text()
    assert "Serving on" not in server.text()
    assert "Traceback" not in server.text()


def test_a_server_that_is_not_strict_only_says_the_warning(project: Path) -> None:
    (project / "docs" / "mine.md").write_text("# Mine\n\n[nowhere](nowhere.md)\n", encoding="utf-8")
    with live(project) as server:
        assert "nowhere.md" in server.text()
        assert "Mine" in server.get("mine/")


@pytest.mark.parametrize("options", [(), ("--no-livereload",), ("--strict",), ("--clean",)], ids=str)
def test_a_port_that_is_taken_is_said_in_one_line_before_anything_is_built(
    options: tuple[str, ...], project: Path
) -> None:
    before = tree(project)
    with socket.create_server(("127.0.0.1", 0)) as other:
        address = f"127.0.0.1:{other.getsockname()[1]}"
        done = subprocess.run(
            [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", address, *options],
            cwd=project,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "LC_ALL": "C", "PYTHONDONTWRITEBYTECODE": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            timeout=60,
        )
    assert done.returncode == 1
    said = [line for line in done.stdout.splitlines() if line.strip() and "Building documentation" not in line]
    assert len(said) == 1
    assert address in said[0]
    assert "--dev-addr" in said[0]
    assert tree(project) == before


def test_a_port_that_there_is_not_is_said_in_one_line(project: Path) -> None:
    done = mkdocs(project, "serve", "--dev-addr", "127.0.0.1:80000")
    assert done.returncode == 1
    assert "127.0.0.1:80000 cannot be used" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("options", [(), ("--strict",), ("--clean",)], ids=str)
def test_a_handbook_with_a_mistake_is_said_and_served_without_it_unless_that_is_asked_for(
    project: Path, options: tuple[str, ...]
) -> None:
    tip = project / TIP
    tip.write_text(tip.read_text("utf-8").replace("related: [alone]", "related: [alonee]"), encoding="utf-8")
    server = Live(project, *options)
    if options:
        assert server.ended() == 1
    else:
        try:
            assert "hb-problems" in server.ready().get("en/duties/lamp/")
            page = server.get("en/tips/wipe/")
            assert "Alone is enough" in page
            assert "debates/alone/" not in page.partition("<article")[2]  # only what is wrong is left out
        finally:
            server.stop()
    assert "content/tips/wipe.yml:10:11: tips.wipe.related[0]: expected the id of an entry" in server.text()
    assert "Traceback" not in server.text()


def test_a_server_that_is_stopped_leaves_nothing_behind(project: Path) -> None:
    before = tree(project)
    folders = set(Path(tempfile.gettempdir()).glob("mkdocs_*"))
    with live(project) as server:
        server.get("en/tips/wipe/")
        server.edit(TIP, "en: Fog.", "en: Mist.")
        server.shows("en/tips/wipe/", "Mist.")
        server.edit(TIP, "en: Mist.", "en: Fog.")
        own = set(Path(tempfile.gettempdir()).glob("mkdocs_*")) - folders
        server.process.send_signal(signal.SIGINT)
        assert server.ended() == 0
        assert "Traceback" not in server.text()
    assert own
    assert not [folder for folder in own if folder.exists() and str(folder) in server.text()]
    left = {path: data for path, data in tree(project).items() if "__pycache__" not in path}
    assert left == before


def test_a_free_port_of_the_other_family_is_served_too(project: Path) -> None:
    if not socket.has_ipv6:
        pytest.skip("this machine has no IPv6")
    port = free_port("::1")
    server = Live(project, "--dev-addr", f"[::1]:{port}")
    try:
        server.ready()
        server.host, server.port = "::1", port
        assert "Fog." in server.get("en/tips/wipe/")
    finally:
        server.stop()


WITHOUT_EVENTS = """
import runpy, watchfiles
def watch(*_, stop_event, rust_timeout, **__):
    {0}
    while not stop_event.wait(rust_timeout / 1000):
        yield set()
watchfiles.watch = watch
runpy.run_module("mkdocs", run_name="__main__", alter_sys=True)
"""


@pytest.mark.parametrize(
    "how", ["pass", "raise OSError('OS file watch limit reached.')"], ids=["network mount", "no watch left"]
)
def test_where_the_system_tells_of_no_change_it_is_shown_within_seconds_and_that_is_said(
    how: str, project: Path
) -> None:
    with live(project, program=WITHOUT_EVENTS.format(how)) as server:
        server.edit(TIP, "en: Fog.", "en: Mist.")
        server.shows("en/tips/wipe/", "Mist.")
        server.edit("mkdocs.yml", "edit_uri: edit/main/", "edit_uri: edit/next/")
        server.shows("en/tips/wipe/", "/edit/next/")
        server.wait(lambda: "files are looked at" in server.text(), "a word of it")
        assert "Traceback" not in server.text()


def test_what_an_earlier_build_left_in_docs_is_not_shown(project: Path) -> None:
    """An old text, and a page that is no more."""
    done = subprocess.run([sys.executable, "-m", "generator", "build"], cwd=project, capture_output=True)
    assert done.returncode == 0
    shutil.copy(project / "docs/en/tips/wipe.md", project / "docs/en/tips/wipe.bak")
    with live(project) as server:
        server.edit(TIP, "en: Fog.", "en: Mist.")
        server.shows("en/tips/wipe/", "Mist.")
        assert "Fog." not in server.get("en/tips/wipe/")
