"""Live editing: `mkdocs serve` on a small handbook, edited as an author would."""

from __future__ import annotations

import html
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

from generator.site import search_index

from ..support.live import Bench, Live, bare, live
from ..support.paths import SMALL
from ..support.project import copy_project

pytestmark = pytest.mark.long

EDITIONS = ("en", "both")


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    bench = Bench(copy_project(tmp_path_factory.mktemp("live"), SMALL))
    yield bench
    bench.stop()


@pytest.fixture
def server(bench: Bench) -> Iterator[Live]:
    """A server whose project is put right after each test."""
    with bench.server() as running:
        yield running


# --- what is right -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "old", "new", "shown"),
    [
        ("content/duties/lamp.yml", "en: The lamp burns.", "en: The lamp burns brightly.", "The lamp burns brightly."),
        (
            "generator/render/templates/duty.md.j2",
            '{{ m.heading(2, "duty.steps", "steps") }}',
            "## Stages { #steps }\n",
            '<h2 id="steps">Stages',
        ),
        ("generator/render/strings/en.yml", "duty.checklist: Checklist", "duty.checklist: Tick these", "Tick these"),
    ],
    ids=["content", "template", "strings"],
)
def test_an_edit_is_shown_in_every_edition_and_builds_nothing_else(
    file: str, old: str, new: str, shown: str, server: Live
) -> None:
    before = server.builds()
    server.edit(file, old, new)
    for edition in EDITIONS:
        server.shows(f"{edition}/duties/lamp/", shown)
    assert server.builds() == before


@pytest.mark.parametrize(
    ("file", "old", "new", "shown"),
    [
        ("generator/site/theme/partials/footer.html", "<footer", "<p>mine</p><footer", "<p>mine</p>"),
        ("mkdocs.yml", "edit_uri: edit/main/", "edit_uri: edit/next/", "/edit/next/content/"),
    ],
    ids=["theme", "mkdocs.yml"],
)
def test_an_edit_of_the_theme_or_of_the_configuration_is_shown(
    file: str, old: str, new: str, shown: str, server: Live
) -> None:
    server.edit(file, old, new)
    for edition in EDITIONS:
        server.shows(f"{edition}/duties/lamp/", shown)


def test_a_new_style_of_the_theme_comes_under_a_new_name(server: Live) -> None:
    before = server.get("en/tips/wipe/")
    sheet = server.project / "generator/site/theme/assets/handbook.css"
    server.edit("generator/site/theme/assets/handbook.css", "", ".mine{color:red}\n")
    server.wait(lambda: _styles(server.get("en/tips/wipe/")) != _styles(before), "another style sheet")
    (name,) = _styles(server.get("en/tips/wipe/"))
    assert ".mine{color:red}" in server.get(f"assets/{name}")
    assert sheet.exists()


def _styles(page: str) -> list[str]:
    return [part.partition('"')[0] for part in page.split("/assets/")[1:] if part.partition('"')[0].endswith(".css")]


def test_a_new_title_is_on_every_page_that_shows_it_and_in_the_search(server: Live) -> None:
    server.get("both/tips/wipe/")
    server.edit("content/duties/lamp.yml", "en: Lighting the lamp", "en: Lighting the great lamp")
    server.shows("en/duties/lamp/", "Lighting the great lamp")
    for path in ("both/tips/wipe/", "en/tips/wipe/", "en/duties/", "both/"):
        assert "Lighting the great lamp" in server.get(path), path
    assert "Lighting the great lamp" in server.get(f"en/{search_index.FILE}")
    server.edit("content/duties/lamp.yml", "en: Lighting the great lamp", "en: Lighting the lamp")
    server.hides("both/tips/wipe/", "great lamp")
    assert "great lamp" not in server.get(f"both/{search_index.FILE}")


def test_the_search_finds_a_new_text_at_once_whatever_page_was_looked_at(server: Live) -> None:
    for edition in EDITIONS:
        assert "ichthyology" not in server.get(f"{edition}/{search_index.FILE}")
    server.edit("content/tips/wipe.yml", "en: Fog.", "en: Fog, see ichthyology.")
    for edition in EDITIONS:
        server.shows(f"{edition}/{search_index.FILE}", "ichthyology")


def test_new_and_deleted_entries_appear_and_disappear(server: Live) -> None:
    copy = server.project / "content" / "duties" / "oil.yml"
    shutil.copy(server.project / "content" / "duties" / "lamp.yml", copy)
    server.edit("content/duties/oil.yml", "en: Lighting the lamp", "en: Filling the oil")
    for edition in EDITIONS:
        server.shows(f"{edition}/duties/oil/", "Filling the oil")
        assert "Filling the oil" in server.get(f"{edition}/tips/wipe/")
        assert "Filling the oil" in server.get(f"{edition}/{search_index.FILE}")
    copy.unlink()
    server.wait(lambda: server.ask("both/duties/oil/")[0] == 404, "an end of the page")
    assert "There is no such page" in server.ask("both/duties/oil/")[1]
    for edition in EDITIONS:
        assert "Filling the oil" not in server.get(f"{edition}/tips/wipe/")
        assert "Filling the oil" not in server.get(f"{edition}/{search_index.FILE}")


def test_pages_and_files_of_an_author_appear_change_and_disappear(server: Live) -> None:
    docs = server.project / "docs"
    (docs / "en").mkdir(exist_ok=True)
    (docs / "en" / "mine.md").write_text("# My page\n\nIt begins.\n", encoding="utf-8")
    (docs / "robots.txt").write_text("User-agent: *\n", encoding="utf-8")
    server.wait(lambda: server.ask("en/mine/")[0] == 200, "the page")
    assert "User-agent" in server.get("robots.txt")
    (docs / "en" / "mine.md").write_text("# My page\n\nIt goes on.\n", encoding="utf-8")
    server.shows("en/mine/", "It goes on.")
    (docs / "en" / "mine.md").unlink()
    server.wait(lambda: server.ask("en/mine/")[0] == 404, "an end of the page")


def test_the_address_without_a_slash_leads_to_the_page(server: Live) -> None:
    server.edit("content/duties/lamp.yml", "en: The lamp burns.", "en: The lamp burns slowly.")
    server.wait(lambda: "burns slowly" in server.get("en/duties/lamp/"))
    server.edit("content/duties/lamp.yml", "en: The lamp burns slowly.", "en: The lamp burns.")
    server.wait(lambda: server.ask("en/duties/lamp")[0] == 302)
    server.hides("en/duties/lamp/", "burns slowly")


# --- what is wrong -----------------------------------------------------------------------------------------

LEFT_OUT = {
    "a reference to itself": (
        "content/tips/wipe.yml",
        "related: [alone]",
        "related: [wipe]",
        "content/tips/wipe.yml:10:11: tips.wipe.related[0]: expected another entry",
    ),
    "YAML": ("content/tips/wipe.yml", "title:", "title: [", "content/tips/wipe.yml:1:8: expected valid YAML"),
}
BROKEN = {
    "a template": (
        "generator/render/templates/tip.md.j2",
        "{{ text(entry.title) }}",
        "{{ text(entry.tittle) }}",
        "templates/tip.md.j2:2",
    ),
    "a template's syntax": ("generator/render/templates/tip.md.j2", "{{ text(", "{{ text((", "templates/tip.md.j2:2"),
    "a strings file": (
        "generator/render/strings/en.yml",
        "tip.why: Why",
        "tip.whi: Why",
        "strings/en.yml: tip.why: expected this key",
    ),
    "the settings": ("content/handbook.yml", "languages: [en, zh]", "languages: [en", "content/handbook.yml"),
    "the theme": ("generator/site/theme/main.html", "{% extends", "{{ nothing.at.all }}{% extends", "nothing"),
    "the theme's syntax": ("generator/site/theme/base.html", "<!doctype", "{% if %}<!doctype", "base.html"),
    "the page above": ("generator/site/theme/root.html", "<body>", "<body>{{ nothing.at.all }}", "nothing"),
    "mkdocs.yml": ("mkdocs.yml", "theme:", "theme: [", "mkdocs.yml"),
    "a setting of MkDocs": ("mkdocs.yml", "name: material", "name: materiel", "materiel"),
}


@pytest.mark.parametrize("what", LEFT_OUT)
def test_a_broken_entry_takes_only_itself_out_until_it_is_mended(what: str, server: Live) -> None:
    file, good, broken, said = LEFT_OUT[what]
    paths = ("en/tips/wipe/", "both/tips/wipe/", "en/tips/", "both/duties/lamp/", "", f"en/{search_index.FILE}")
    before = {path: bare(server.get(path)) for path in paths}
    heard = len(server.said)
    server.edit(file, good, broken)
    server.edit("content/duties/lamp.yml", "en: The lamp burns.", "en: The lamp burns brightly.")
    for edition in EDITIONS:
        server.shows(f"{edition}/duties/lamp/", "The lamp burns brightly.")
    server.wait(lambda: said in server.text(heard), "a word of it in the terminal")
    for edition in EDITIONS:  # its own page is the last good one
        assert bare(server.get(f"{edition}/tips/wipe/")) == before[f"{edition}/tips/wipe/"]
    assert "What has a problem is left out" in server.text(heard)
    for path in ("en/tips/wipe/", "en/duties/lamp/", "en/tips/"):
        assert said in html.unescape(server.ask(path)[1])
        assert "What has a problem is left out" in server.ask(path)[1]
    for path in ("en/tips/", "both/tips/", "en/duties/lamp/", f"en/{search_index.FILE}", f"both/{search_index.FILE}"):
        assert "tips/wipe" not in bare(server.get(path)), path
    server.edit("content/duties/lamp.yml", "en: The lamp burns brightly.", "en: The lamp burns.")
    server.edit(file, broken, good)
    server.shows("en/tips/wipe/", "Fog.")
    server.hides("en/tips/wipe/", "hb-problems")
    assert {path: bare(server.get(path)) for path in paths} == before
    assert "Traceback" not in server.text()


def test_a_server_begins_with_what_can_be_shown(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "project", SMALL)
    tip = project / "content" / "tips" / "wipe.yml"
    tip.write_text(tip.read_text(encoding="utf-8").replace("area: light", "area: lightt"), encoding="utf-8")
    with live(project) as server:
        assert "lightt" in server.text()
        assert "lightt" in server.get("en/duties/lamp/")
        assert server.ask("en/tips/wipe/")[0] == 404
        server.edit("content/tips/wipe.yml", "lightt", "light")
        server.shows("en/tips/wipe/", "Fog.")
        assert "hb-problems" not in server.get("en/tips/wipe/")


def test_a_deleted_entry_takes_nothing_out_but_what_refers_to_it(server: Live) -> None:
    debate = server.project / "content" / "debates" / "alone.yml"
    text = debate.read_bytes()
    assert "debates/alone" in bare(server.get("en/tips/wipe/"))
    debate.unlink()
    server.hides("en/tips/wipe/", "debates/alone")
    for path in ("en/tips/wipe/", "both/tips/wipe/"):
        page = html.unescape(server.get(path))
        assert "content/tips/wipe.yml:10:11: tips.wipe.related[0]" in page
        assert "Fog." in bare(page)
    assert "tips/wipe" in server.get("en/tips/")
    debate.write_bytes(text)
    server.hides("en/tips/wipe/", "hb-problems")


def test_of_hundreds_of_problems_the_notice_names_the_causes_and_some_more(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "project", SMALL)
    tips = project / "content" / "tips"
    for number in range(25):
        (tips / f"wipe-{number}.yml").write_bytes((tips / "wipe.yml").read_bytes())
    with (project / "content" / "answers.yml").open("a", encoding="utf-8") as file:
        file.write("- [\n")
    with live(project) as server:
        said = re.findall(r"<li>(.*?)</li>", server.get("en/").partition('class="hb-problems"')[2])
        assert len(said) == 21
        assert said[0].startswith("content/answers.yml:")
        last = re.fullmatch("and ([0-9]+) more, which the terminal names", said[-1])
        assert last
        assert int(last[1]) > 5
        assert all(f"content/tips/wipe-{number}.yml" in server.text() for number in range(25))


def test_a_draft_is_shown_with_a_mark_and_a_build_beside_has_it_not(server: Live) -> None:
    before = server.builds()
    command = [sys.executable, "-m", "generator", "new", "tip", "oil"]
    subprocess.run(command, cwd=server.project, check=True, capture_output=True)
    for edition in EDITIONS:
        server.shows(f"{edition}/tips/oil/", "hb-stale--draft")
        assert "hb-stale--draft" in server.get(f"{edition}/tips/")
        assert "tips/oil" in server.get(f"{edition}/{search_index.FILE}")
        assert "hb-problems" not in server.get(f"{edition}/tips/oil/")
    server.edit("content/duties/lamp.yml", "related: [wipe]", "related: [wipe, oil]")
    server.shows("en/duties/lamp/", "tips/oil/")
    assert "hb-problems" not in server.get("en/duties/lamp/")
    assert server.builds() == before + 1
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    strict = subprocess.run(command, cwd=server.project, capture_output=True, text=True, encoding="utf-8")
    assert strict.returncode == 1
    assert "lamp.related[1]: expected an entry that is finished, found the draft `oil`" in strict.stderr
    server.edit("content/duties/lamp.yml", "related: [wipe, oil]", "related: [wipe]")
    built = subprocess.run(command, cwd=server.project, capture_output=True, text=True, encoding="utf-8")
    assert built.returncode == 0, built.stderr
    site = server.project / "site"
    assert not (site / "en" / "tips" / "oil").exists()
    for path in ("en/tips/index.html", "en/index.html", f"en/{search_index.FILE}", "sitemap.xml"):
        assert "tips/oil" not in (site / path).read_text(encoding="utf-8")
    shutil.rmtree(site)


@pytest.mark.parametrize("what", BROKEN)
def test_what_is_broken_is_said_over_the_last_good_pages_until_it_is_mended(what: str, server: Live) -> None:
    file, good, broken, said = BROKEN[what]
    paths = ("en/tips/wipe/", "both/tips/wipe/", "en/duties/lamp/", "", f"en/{search_index.FILE}")
    before = {path: bare(server.get(path)) for path in paths}
    heard = len(server.said)
    server.edit(file, good, broken)
    server.shows("en/tips/wipe/", 'class="hb-problems"')
    server.wait(lambda: said in server.text(heard), "a word of it in the terminal")
    assert said in html.unescape(server.get("en/tips/wipe/"))
    assert {path: bare(server.get(path)) for path in paths} == before
    server.edit(file, broken, good)
    server.hides("en/tips/wipe/", "hb-problems")
    heard = len(server.said)
    assert {path: bare(server.get(path)) for path in paths} == before
    assert said not in server.text(heard)
    assert "Traceback" not in server.text()
    assert server.process.poll() is None


def test_the_notice_is_in_the_language_of_the_edition(server: Live) -> None:
    server.edit("content/tips/wipe.yml", "related: [alone]", "related: [alonee]")
    server.shows("en/duties/lamp/", 'class="hb-problems" role="alert" lang="en"')
    english, chinese = (html.unescape(server.get(f"{edition}/duties/lamp/")) for edition in EDITIONS)
    assert "expected the id of an entry" in english
    assert 'class="hb-problems" role="alert" lang="zh"' in chinese
    assert "应为 某个条目的 id" in chinese
    assert "expected the id of an entry" not in chinese


@pytest.mark.parametrize("what", ["the theme's syntax", "mkdocs.yml"])
def test_what_is_broken_elsewhere_is_said_until_it_is_mended_however_right_the_content_is(
    what: str, server: Live
) -> None:
    file, good, broken, said = BROKEN[what]
    server.edit(file, good, broken)
    server.shows("en/tips/wipe/", "hb-problems")
    with server.noticed():
        server.edit("content/tips/wipe.yml", "en: Fog.", "en: Mist.")
    assert said in html.unescape(server.get("en/tips/wipe/"))
    server.edit(file, broken, good)
    server.hides("en/tips/wipe/", "hb-problems")
    for edition in EDITIONS:
        assert "Mist." in server.get(f"{edition}/tips/wipe/")
        assert "Mist." in server.get(f"{edition}/{search_index.FILE}")


def test_while_mkdocs_yml_is_broken_the_content_can_be_worked_on(server: Live) -> None:
    file, good, broken, _ = BROKEN["mkdocs.yml"]
    server.edit(file, good, broken)
    server.shows("en/tips/wipe/", "hb-problems")
    server.edit("content/tips/wipe.yml", "en: Fog.", "en: Mist.")
    for edition in EDITIONS:
        server.shows(f"{edition}/tips/wipe/", "Mist.")
        server.shows(f"{edition}/{search_index.FILE}", "Mist.")
        assert server.ask(f"{edition}/ranks/")[0] == 200  # nobody has asked for it before
    assert server.ask("en/no/such/page/")[0] == 404
    assert "There is no such page" in server.ask("en/no/such/page/")[1]


def test_two_mistakes_are_both_said_and_each_until_it_is_mended(server: Live) -> None:
    server.edit("content/tips/wipe.yml", "related: [alone]", "related: [alonee]")
    server.shows("en/tips/wipe/", "alonee")
    server.edit("content/duties/lamp.yml", "related: [wipe]", "related: [wiper]")
    server.shows("en/ranks/", "wiper")
    assert "alonee" in server.get("en/ranks/")
    server.edit("content/tips/wipe.yml", "related: [alonee]", "related: [alone]")
    server.hides("en/tips/wipe/", "alonee")
    assert "wiper" in server.get("en/tips/wipe/")
    server.edit("content/duties/lamp.yml", "related: [wiper]", "related: [wipe]")
    server.hides("en/tips/wipe/", "hb-problems")


def test_a_page_that_cannot_be_made_and_never_was_says_what_is_wrong(server: Live) -> None:
    file, good, broken, _ = BROKEN["the theme's syntax"]
    server.edit(file, good, broken)
    server.wait(lambda: "hb-problems" in server.ask("en/ranks/")[1], "the notice")


# --- folders and files that others write ---------------------------------------------------------------------


def test_a_content_folder_that_another_takes_the_place_of_is_followed(server: Live, tmp_path: Path) -> None:
    content = server.project / "content"
    shutil.copytree(content, tmp_path / "new")
    (tmp_path / "new" / "tips" / "wipe.yml").write_text(
        (content / "tips" / "wipe.yml").read_text(encoding="utf-8").replace("en: Fog.", "en: Swapped."),
        encoding="utf-8",
    )
    content.rename(tmp_path / "old")
    shutil.move(tmp_path / "new", content)
    server.shows("en/tips/wipe/", "Swapped.")
    server.edit("content/tips/wipe.yml", "en: Swapped.", "en: Edited.")
    server.shows("en/tips/wipe/", "Edited.")
    content.rename(tmp_path / "gone")
    server.shows("en/tips/wipe/", "hb-problems")
    assert "Edited." in server.get("en/tips/wipe/")
    shutil.move(tmp_path / "old", content)
    server.shows("en/tips/wipe/", "Fog.")
    server.hides("en/tips/wipe/", "hb-problems")
    server.edit("content/tips/wipe.yml", "en: Fog.", "en: Once more.")
    server.shows("en/tips/wipe/", "Once more.")


def test_a_folder_that_goes_to_the_trash_and_comes_back_is_noticed(server: Live, tmp_path: Path) -> None:
    duties = server.project / "content" / "duties"
    shutil.move(duties, tmp_path / "trash")
    server.shows("en/tips/wipe/", "hb-problems")
    shutil.move(tmp_path / "trash", duties)
    server.hides("en/tips/wipe/", "hb-problems")
    server.edit("content/duties/lamp.yml", "en: The lamp burns.", "en: The lamp glows.")
    server.shows("en/duties/lamp/", "The lamp glows.")


def test_a_content_folder_that_is_a_link_is_followed_when_it_leads_elsewhere(tmp_path: Path) -> None:
    """As a deployment switches versions."""
    project = copy_project(tmp_path / "project", SMALL)
    content = project / "content"
    content.rename(project / "one")
    shutil.copytree(project / "one", project / "two")
    tip = project / "two" / "tips" / "wipe.yml"
    tip.write_text(tip.read_text(encoding="utf-8").replace("en: Fog.", "en: The second."), encoding="utf-8")
    content.symlink_to("one")
    with live(project) as server:
        assert "Fog." in server.get("en/tips/wipe/")
        (project / "next").symlink_to("two")
        (project / "next").rename(content)
        server.shows("en/tips/wipe/", "The second.")
        server.edit("two/tips/wipe.yml", "en: The second.", "en: The second, edited.")
        server.shows("en/tips/wipe/", "The second, edited.")


def test_a_build_beside_the_server_disturbs_neither(server: Live) -> None:
    server.edit("content/tips/wipe.yml", "en: Fog.", "en: Thick fog.")
    for command in (["mkdocs", "build", "--quiet"], ["generator", "build"], ["generator", "build", "--check"]):
        done = subprocess.run(
            [sys.executable, "-m", *command], cwd=server.project, capture_output=True, text=True, encoding="utf-8"
        )
        assert done.returncode == 0, done.stderr
    server.edit("content/tips/wipe.yml", "en: Thick fog.", "en: Thicker fog.")
    for edition in EDITIONS:
        server.shows(f"{edition}/tips/wipe/", "Thicker fog.")


# --- many at once ------------------------------------------------------------------------------------------


def test_many_who_ask_while_somebody_writes_get_whole_pages(server: Live) -> None:
    paths = [f"{edition}/{path}" for edition in EDITIONS for path in ("", "tips/wipe/", "duties/lamp/", "terms/")] * 12

    def whole(path: str) -> bool:
        status, page = server.ask(path)
        return status == 200 and page.rstrip().endswith("</html>")

    with ThreadPoolExecutor(16) as pool:
        answers = [pool.submit(whole, path) for path in paths]
        for number in range(6):
            with server.noticed():
                server.edit("content/tips/wipe.yml", "en: Fog", f"en: Fog {number}")
        assert all(answer.result() for answer in answers)
    server.shows("en/tips/wipe/", "Fog 5 4 3 2 1 0.")


def test_clients_that_are_slow_or_say_nothing_keep_nobody_waiting(server: Live) -> None:
    address = (server.host, server.port)
    with ExitStack() as open_ones:
        silent, slow, waiting = (
            [open_ones.enter_context(socket.create_connection(address)) for _ in range(20)] for _ in range(3)
        )
        for one in slow:  # does not read what it has asked for
            one.sendall(b"GET /handbook/en/tips/wipe/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        for one in waiting:  # an open page that waits for a change
            one.sendall(b"GET /livereload/99999999999999/1 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        for one in silent:
            one.sendall(b"GET /handbook/en/")
        server.edit("content/tips/wipe.yml", "en: Fog.", "en: Slow fog.")
        server.shows("en/tips/wipe/", "Slow fog.")
        for one in silent:  # they are still waited for: nobody had to go for the edit to be shown
            one.settimeout(0)
            with pytest.raises(BlockingIOError):
                one.recv(1)


# --- who may ask -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "localhost:8000", "handbook.localhost", "[::1]:8000"])
def test_this_machine_may_ask_by_any_of_its_names(host: str, server: Live) -> None:
    assert server.ask("en/", {"Host": host})[0] == 200


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", "10.0.0.1", "[::2]"])
def test_a_page_elsewhere_cannot_read_the_preview_under_a_name_of_its_own(host: str, server: Live) -> None:
    status, text = server.ask("en/", {"Host": host})
    assert status == 403
    assert "--dev-addr" in text
    assert "handbook" not in text


@pytest.mark.parametrize("path", ["en/%00/x", "en/../../../etc/passwd", "en/%2e%2e/%2e%2e/mkdocs.yml", "%ff/", "en//"])
def test_no_address_can_make_it_stumble_or_lead_out(path: str, server: Live) -> None:
    heard = len(server.said)
    status, text = server.ask(path)
    assert status in (200, 302, 404)
    assert "root:" not in text
    assert "edit_uri" not in text
    assert "Traceback" not in server.text(heard)
    server.get("en/")
