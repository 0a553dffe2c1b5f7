"""Live editing: `mkdocs serve` on a small handbook, edited as an author would."""

from __future__ import annotations

import html
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from generator.site import search_index

from ..support.paths import SMALL
from ..support.project import copy_project

pytestmark = pytest.mark.long

PATIENCE = 60  # seconds; only a hung server takes them


class Server:
    """A running `mkdocs serve` and what it has said."""

    def __init__(self, project: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.project = project
        self.said: list[str] = []
        self.process = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"],
            cwd=project,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1", "LC_ALL": "C"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )
        self.listener = threading.Thread(target=self._listen, daemon=True)
        self.listener.start()
        self.base = f"http://127.0.0.1:{port}/handbook/"

    def _listen(self) -> None:
        assert self.process.stdout
        with self.process.stdout as lines:
            self.said.extend(iter(lines.readline, ""))

    def builds(self) -> int:
        """How often it has begun to build."""
        return sum("Building documentation..." in line for line in self.said)

    def get(self, path: str) -> str:
        with urllib.request.urlopen(self.base + path, timeout=PATIENCE) as answer:
            return str(answer.read().decode("utf-8"))

    def wait(self, until: Callable[[], bool]) -> None:
        """Wait for something; fail with all that the server has said."""
        end = time.monotonic() + PATIENCE
        while not until():
            assert self.process.poll() is None, "".join(self.said)
            assert time.monotonic() < end, "".join(self.said)
            time.sleep(0.05)

    def edit(self, file: str, old: str, new: str) -> None:
        """Save `file` with `new` for `old`, and wait until the server has been through it and is quiet again."""
        path = self.project / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        reloads = self._reloads()
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        self.wait(lambda: self._reloads() > reloads)
        time.sleep(1.5)  # three of the watcher's looks: a loop would show

    def _reloads(self) -> int:
        return sum("Reloading browsers" in line for line in self.said)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    project = copy_project(tmp_path_factory.mktemp("live"), SMALL)
    running = Server(project)
    running.wait(lambda: any("Serving on" in line for line in running.said))
    yield running
    running.process.terminate()
    running.process.wait(PATIENCE)
    running.listener.join(PATIENCE)


EDITIONS = ("en", "both")


def test_an_edit_of_the_content_gives_one_rebuild_and_the_new_text_everywhere(server: Server) -> None:
    before = server.builds()
    server.edit("content/duties/lamp.yml", "en: The lamp burns.", "en: The lamp burns brightly.")
    assert server.builds() == before + 1
    for edition in EDITIONS:
        assert "The lamp burns brightly." in server.get(f"{edition}/duties/lamp/")


def test_so_does_an_edit_of_a_template(server: Server) -> None:
    before = server.builds()
    server.edit("generator/templates/duty.md.j2", '{{ m.heading(2, "duty.steps", "steps") }}', "## Stages { #steps }\n")
    assert server.builds() == before + 1
    for edition in EDITIONS:
        assert re.search(r'<h2 id="steps">Stages', server.get(f"{edition}/duties/lamp/"))


def test_so_does_an_edit_of_a_strings_file(server: Server) -> None:
    before = server.builds()
    server.edit("generator/strings/en.yml", "duty.checklist: Checklist", "duty.checklist: Tick these")
    assert server.builds() == before + 1
    for edition in EDITIONS:
        assert "Tick these" in server.get(f"{edition}/duties/lamp/")


@pytest.mark.parametrize(
    ("file", "good", "broken", "said"),
    [
        (
            "content/tips/wipe.yml",
            "related: [alone]",
            "related: [alonee]",
            "content/tips/wipe.yml:10:11: tips.wipe.related[0]: expected the id of an entry, found `alonee` — did you",
        ),
        ("content/tips/wipe.yml", "title:", "title: [", "content/tips/wipe.yml:1:8: expected valid YAML"),
        ("generator/templates/tip.md.j2", "{{ say(entry.title) }}", "{{ say(entry.tittle) }}", "templates/tip.md.j2:2"),
        ("generator/strings/en.yml", "tip.why: Why", "tip.whi: Why", "strings/en.yml: tip.why: expected this key"),
        ("content/handbook.yml", "languages: [en, zh]", "languages: [en", "content/handbook.yml"),
    ],
)
def test_a_broken_file_is_reported_and_the_last_good_site_stays(
    file: str, good: str, broken: str, said: str, server: Server
) -> None:
    page = server.get("en/tips/wipe/")
    heard = len(server.said)
    server.edit(file, good, broken)
    assert said in "".join(server.said[heard:])
    shown = server.get("en/tips/wipe/")
    assert _text(shown) == _text(page)
    assert said in html.unescape(shown)  # the page says it too, over the last good text
    heard = len(server.said)
    server.edit(file, broken, good)
    assert "expected" not in "".join(server.said[heard:])
    assert "hb-problems" not in server.get("en/tips/wipe/")
    assert server.process.poll() is None


def test_a_new_title_is_in_the_navigation_of_every_page_that_is_asked_for(server: Server) -> None:
    server.get("both/tips/wipe/")
    server.edit("content/duties/lamp.yml", "en: Lighting the lamp", "en: Lighting the great lamp")
    for path in ("en/duties/lamp/", "both/tips/wipe/", "en/duties/", "both/"):
        assert "Lighting the great lamp" in server.get(path), path
    assert "Lighting the great lamp" in server.get(f"en/{search_index.FILE}")
    server.edit("content/duties/lamp.yml", "en: Lighting the great lamp", "en: Lighting the lamp")
    assert "great lamp" not in server.get("en/duties/lamp")  # by way of the address with a slash


@pytest.mark.parametrize("file", ["main.html", "root.html"])
def test_a_broken_template_of_the_theme_is_reported_and_the_last_good_pages_stay(file: str, server: Server) -> None:
    path, page = server.project / "generator" / "theme" / file, server.get("en/tips/wipe/")
    good, heard = path.read_text("utf-8"), len(server.said)
    path.write_text(good + "{% block broken %}{{ nothing.at.all }}{% endblock %}{{ nothing.at.all }}", encoding="utf-8")
    server.wait(lambda: any("Pages stay as they were" in line for line in server.said[heard:]))
    assert "'nothing' is undefined" in "".join(server.said[heard:])
    assert _text(server.get("en/tips/wipe/")) == _text(page)
    assert server.get("") != ""
    heard = len(server.said)
    path.write_text(good, encoding="utf-8")
    server.wait(lambda: any("Reloading browsers" in line for line in server.said[heard:]))
    assert _text(server.get("en/tips/wipe/")) == _text(page)


def test_after_all_that_the_next_edit_is_shown(server: Server) -> None:
    server.edit("content/tips/wipe.yml", "en: Fog.", "en: Fog, mended.")
    for edition in EDITIONS:
        assert "Fog, mended." in server.get(f"{edition}/tips/wipe/")


def test_a_build_beside_the_server_disturbs_neither(server: Server) -> None:
    tip = server.project / "content" / "tips" / "wipe.yml"
    reloads = server._reloads()
    tip.write_text(tip.read_text("utf-8").replace("en: Fog", "en: Thick fog"), encoding="utf-8")
    for arguments in ([], ["--check"]):  # while the server is at it, too
        built = subprocess.run([sys.executable, "-m", "generator", "build", *arguments], cwd=server.project)
        assert built.returncode == 0
    server.wait(lambda: server._reloads() > reloads)
    for edition in EDITIONS:
        assert "Thick fog" in server.get(f"{edition}/tips/wipe/")


def _text(page: str) -> str:
    """A page without what the server itself puts in."""
    page = re.sub(r'<aside class="hb-problems".*?</aside>', "", page, flags=re.DOTALL)
    return re.sub(r"livereload\([^)]*\)|\s+", "", page)


def test_an_open_page_shows_the_mistake_and_then_the_mended_text(server: Server, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(server.base + "both/tips/wipe/")
    server.edit("content/tips/wipe.yml", "related: [alone]", "related: [alonee]")
    notice = page.locator(".hb-problems")
    notice.wait_for(state="visible", timeout=PATIENCE * 1000)
    assert "content/tips/wipe.yml:10:11" in notice.inner_text()
    box, height = notice.bounding_box(), page.evaluate("innerHeight")
    assert box is not None
    assert box["y"] + box["height"] == pytest.approx(height, abs=2)
    server.edit("content/tips/wipe.yml", "related: [alonee]", "related: [alone]")
    notice.wait_for(state="detached", timeout=PATIENCE * 1000)
    page.close()


def test_a_reload_keeps_the_place(server: Server, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 800, "height": 300})
    page.goto(server.base + "both/duties/lamp/")
    page.evaluate("window.scrollTo(0, 350); window.isOld = true")
    place = page.evaluate("window.scrollY")
    assert place > 300
    server.edit("content/duties/lamp.yml", "title:", "# a remark\ntitle:")
    page.wait_for_function("!window.isOld", timeout=PATIENCE * 1000)
    page.wait_for_function("place => Math.abs(window.scrollY - place) < 2", arg=place)
    page.close()


def test_new_and_deleted_entries_appear_and_disappear(server: Server) -> None:
    copy = server.project / "content" / "duties" / "oil.yml"
    builds = server.builds()
    shutil.copy(server.project / "content" / "duties" / "lamp.yml", copy)
    server.wait(lambda: server.builds() > builds)
    time.sleep(2)
    assert "Lighting the lamp" in server.get("both/duties/oil/")
    copy.unlink()
    server.wait(lambda: server.builds() > builds + 1)
    time.sleep(2)
    with pytest.raises(urllib.error.HTTPError) as missing:
        server.get("both/duties/oil/")
    assert missing.value.code == 404
    missing.value.close()
