"""What is refused before anything is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from ..support.faults import fill, tree
from ..support.paths import SMALL
from ..support.project import copy_project, mkdocs


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One for all tests, as what they try is refused. It has been built once, so that all is there."""
    folder = tmp_path_factory.mktemp("guarded") / "project"
    folder.mkdir()
    copy_project(folder, SMALL)
    fill(folder, {".git/HEAD": "ref", "theme/mine.html": "mine"})
    assert mkdocs(folder, "build", "--quiet").returncode == 0
    return folder


SOURCES = (
    *("content", "content/duties", "content/new", "docs", "docs/en", "generator", "generator/site/theme", ".git"),
    *(".git/refs", ".", "..", "site/../content"),
)


@pytest.mark.parametrize("folder", SOURCES)
@pytest.mark.parametrize("how", ["-d", "mkdocs.yml"])
def test_a_site_over_sources_or_around_them_is_refused(how: str, folder: str, project: Path) -> None:
    before = tree(project.parent)
    config = project / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    if how == "mkdocs.yml":
        config.write_text(f"{text}site_dir: {folder}\n", encoding="utf-8")
    done = mkdocs(project, "build", *(["-d", folder] if how == "-d" else []))
    config.write_text(text, encoding="utf-8")
    assert done.returncode in (1, 2), done.stderr
    assert "Traceback" not in done.stderr
    assert "site_dir" in done.stderr + done.stdout
    assert unchanged(before, project)


@pytest.mark.parametrize("folder", ["tools", "shared", "notes", "notes/deep"])
def test_a_site_over_what_the_configuration_names_is_refused(folder: str, project: Path) -> None:
    """Hooks, the configuration that is inherited from, and what is watched besides: a build would take them away."""
    config = project / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    for file in ("tools/hook.py", "shared/base.yml", "notes/deep/todo.txt"):
        (project / file).parent.mkdir(parents=True, exist_ok=True)
        (project / file).write_text("", encoding="utf-8")
    config.write_text(
        f"INHERIT: shared/base.yml\n{text}hooks: [tools/hook.py]\nwatch: [notes/deep/todo.txt]\n", encoding="utf-8"
    )
    before = tree(project)
    done = mkdocs(project, "build", "-d", folder)
    after = tree(project)
    aside = mkdocs(project, "build", "--quiet", "-d", "tools/site")
    config.write_text(text, encoding="utf-8")
    assert done.returncode == 1
    assert "site_dir" in done.stderr + done.stdout
    assert "Traceback" not in done.stderr
    assert {path for path in after if "__pycache__" not in path} == set(before)
    assert aside.returncode == 0, aside.stderr


@pytest.mark.parametrize("folder", ["content", "content/duties", "."])
def test_pages_are_not_written_among_the_sources(folder: str, project: Path) -> None:
    before = tree(project.parent)
    config = project / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    config.write_text(f"{text}docs_dir: {folder}\n", encoding="utf-8")
    done = mkdocs(project, "build")
    config.write_text(text, encoding="utf-8")
    assert done.returncode in (1, 2), done.stderr
    assert "Traceback" not in done.stderr
    assert "docs_dir" in done.stderr + done.stdout
    assert unchanged(before, project)


def test_an_address_by_another_name_is_the_same_folder(project: Path) -> None:
    (project / "elsewhere").symlink_to("content", target_is_directory=True)
    before = tree(project.parent)
    done = mkdocs(project, "build", "-d", "elsewhere")
    (project / "elsewhere").unlink()
    assert done.returncode in (1, 2), done.stderr
    assert "Traceback" not in done.stderr
    assert tree(project / "content") == {
        path.removeprefix("project/content/"): data
        for path, data in before.items()
        if path.startswith("project/content/")
    }


def test_the_folder_of_a_theme_of_ones_own_is_a_source_too(project: Path) -> None:
    before = tree(project.parent)
    config = project / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("  name: material", "  name: material\n  custom_dir: theme"), encoding="utf-8")
    done = mkdocs(project, "build", "-d", "theme")
    config.write_text(text, encoding="utf-8")
    assert done.returncode in (1, 2), done.stderr
    assert "site_dir" in done.stderr + done.stdout
    assert unchanged(before, project)


@pytest.mark.parametrize("folder", ["public", "../public", "deep/er/public"])
def test_any_other_folder_is_as_good_as_site(folder: str, project: Path) -> None:
    done = mkdocs(project, "build", "-d", folder)
    assert done.returncode == 0, done.stderr
    assert (project / folder / "en" / "index.html").is_file()


def test_a_content_folder_that_is_named_elsewhere_is_guarded_there(tmp_path: Path) -> None:
    project = copy_project(_made(tmp_path / "project"), SMALL)
    (project / "content").rename(project / "role")
    config = project / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("content: content", "content: role"), encoding="utf-8")
    before = tree(project / "role")
    assert mkdocs(project, "build", "-d", "role").returncode in (1, 2)
    assert tree(project / "role") == before
    assert mkdocs(project, "build", "--strict").returncode == 0


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def unchanged(before: dict[str, bytes | None], project: Path) -> bool:
    after = {path: data for path, data in tree(project.parent).items() if "__pycache__" not in path}
    return after == {path: data for path, data in before.items() if "__pycache__" not in path}
