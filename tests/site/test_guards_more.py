"""What MkDocs' users do with its options does what it does, and mistakes are one line, over the page too."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ..support.faults import fill
from ..support.live import Live, live
from ..support.paths import SMALL
from ..support.project import copy_project, mkdocs


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_project(tmp_path_factory.mktemp("guards"), SMALL)


@pytest.mark.parametrize("folder", ["content", "content/duties", "generator", "docs", ".git", ".", ".."])
def test_a_site_is_never_put_over_sources(folder: str, project: Path) -> None:
    (project / ".git").mkdir(exist_ok=True)
    before = sorted(path for path in project.rglob("*") if "__pycache__" not in path.parts)
    done = mkdocs(project, "build", "-q", "-d", folder)
    assert done.returncode == 1
    assert "site_dir" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert sorted(path for path in project.rglob("*") if "__pycache__" not in path.parts) == before


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("site_name: ", "site_name: [", r"mkdocs\.yml\", line \d+"),
        ("name: material", "name: materiel", r"Unrecognised theme name: 'materiel'"),
        (
            "name: material\n  font: false",
            "name: readthedocs",
            r"made for `theme: name: material`, not for `readthedocs`",
        ),
        ("site_name: ", "sitename: ", r"Config value 'site_name': Required"),
    ],
    ids=["syntax", "no theme", "another theme", "no name"],
)
def test_a_wrong_configuration_is_said_without_a_traceback(old: str, new: str, said: str, project: Path) -> None:
    path = project / "mkdocs.yml"
    before = path.read_text("utf-8")
    assert old in before
    path.write_text(before.replace(old, new, 1), "utf-8")
    done = mkdocs(project, "build", "-q")
    path.write_text(before, "utf-8")
    assert done.returncode == 1
    assert re.search(said, done.stdout + done.stderr)
    assert "Traceback" not in done.stderr


def test_inherited_and_from_the_environment_and_from_another_folder(project: Path, tmp_path: Path) -> None:
    fill(
        project, {"other.yml": "INHERIT: mkdocs.yml\nsite_author: !ENV [HANDBOOK_AUTHOR, nobody]\ntheme:\n  logoo: x\n"}
    )
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "-f", str(project / "other.yml")],
        cwd=tmp_path,
        env={**os.environ, "HANDBOOK_AUTHOR": "somebody", "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert "other.yml:4: `logoo` is no setting of Material: did you mean `logo`?" in done.stderr
    assert '<meta name="author" content="somebody">' in (project / "site/en/index.html").read_text("utf-8")


def test_deployed_to_a_branch_it_has_its_domain_and_files(project: Path, tmp_path: Path) -> None:
    fill(project, {"docs/CNAME": "handbook.example\n", "docs/robots.txt": "User-agent: *\n"})
    remote = tmp_path / "remote.git"
    identity = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    shutil.rmtree(project / ".git", ignore_errors=True)
    for command in (
        ["init", "-q", "--bare", str(remote)],
        ["init", "-q", "."],
        ["add", "-A"],
        [*identity, "commit", "-qm", "x"],
    ):
        subprocess.run(["git", *command], cwd=project, check=True)
    settings = {"remote.origin.url": remote, "user.name": "a", "user.email": "a@example.org"}
    for key, value in settings.items():
        subprocess.run(["git", "config", key, str(value)], cwd=project, check=True)
    done = mkdocs(project, "gh-deploy", "-q")
    assert done.returncode == 0, done.stderr
    listed = ["git", "--git-dir", str(remote), "ls-tree", "--name-only", "gh-pages"]
    names = subprocess.run(listed, check=True, capture_output=True, text=True).stdout.split()
    assert {"CNAME", "robots.txt", "index.html", "en", "both", "sitemap.xml"} <= set(names)
    assert not [name for name in names if name.startswith(".generated")]


def test_what_links_to_nothing_is_said_as_the_validation_says(project: Path) -> None:
    fill(project, {"docs/en/linking.md": "# Linking\n\n[x](nowhere.md) [y](duties/lamp.md#no-such-part)\n"})
    done = mkdocs(project, "build")
    (project / "docs/en/linking.md").unlink()
    assert "'nowhere.md', but the target 'en/nowhere.md' is not found" in done.stderr
    assert "the doc 'en/duties/lamp.md' does not contain an anchor '#no-such-part'" in done.stderr


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Live]:
    made = copy_project(tmp_path / "live", SMALL)
    fill(made / "docs", {"en/mine.md": "# Mine\n\n[The lamp](duties/lamp.md)\n", "en/draft.md": "# Draft\n"})
    with (made / "mkdocs.yml").open("a", encoding="utf-8") as config:
        config.write("draft_docs: /en/draft.md\n")
    with live(made) as running:
        yield running.ready()


def test_the_preview_has_pages_of_ones_own_drafts_and_what_is_wrong_with_the_configuration(server: Live) -> None:
    assert "excluded from the built site" not in server.text()
    assert 'href="../duties/lamp/"' in server.get("en/mine/")
    assert "mkdocs-draft-marker" in server.get("en/draft/")
    assert "The lamp" in server.get("en/search/index.js")
    mine = server.project / "docs/en/mine.md"
    mine.write_text("# Mine and yours\n\nQuokka\n", "utf-8")
    server.shows("en/mine/", "Quokka")
    assert "Mine and yours" in server.get("en/duties/lamp/")
    config = server.project / "mkdocs.yml"
    good = config.read_text("utf-8")
    config.write_text(good.replace("name: material", "name: materiel"), "utf-8")
    server.shows("en/mine/", "Unrecognised theme name: &#39;materiel&#39;")
    config.write_text(good, "utf-8")
    server.hides("en/mine/", "materiel")
