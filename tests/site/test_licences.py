"""Whatever a site ships that others made is named in it, with its licence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import material
import pytest

from generator.site import licences

from ..support.paths import ROOT, SMALL
from ..support.project import copy_project, mkdocs

ICONS = Path(material.__file__).parent / "templates" / ".icons"
DRAWN = re.compile(r'<path d="([^"]{20,})"')


@pytest.fixture(scope="module")
def sets() -> dict[str, set[str]]:
    """Which sets of icons have a drawing."""
    found: dict[str, set[str]] = {}
    for path in ICONS.rglob("*.svg"):
        for drawn in DRAWN.findall(path.read_text("utf-8")):
            found.setdefault(drawn, set()).add(path.relative_to(ICONS).parts[0])
    return found


def made_by_others(site: Path, sets: dict[str, set[str]]) -> Iterator[licences.Part]:
    """The parts that are seen in the files of a site themselves."""
    for path in site.rglob("*"):
        text = path.read_text("utf-8") if path.suffix in (".html", ".css", ".js") else ""
        if path.suffix == ".css" and ".md-typeset" in text:
            yield licences.MATERIAL
        for owners in filter(None, map(sets.get, DRAWN.findall(text))):
            yield licences.ICONS["material" if "material" in owners else min(owners)]
        if path.match("search/index.js"):
            yield from (licences.CHARACTERS, licences.READINGS)


def test_the_site_names_everything_in_it_that_others_made(small_site: Path, sets: dict[str, set[str]]) -> None:
    notice = (small_site / licences.FILE).read_text("utf-8")
    parts = set(made_by_others(small_site, sets))
    assert parts >= {licences.MATERIAL, licences.CHARACTERS, licences.READINGS, licences.ICONS["material"]}
    for part in parts:
        assert f"- {part.name}: {part.where}.\n  {part.licence}, {part.home}\n" in notice
        assert f"{'=' * 80}\n{part.name}\n\n" in notice, "its licence is there as a whole"
    for words in ("Permission is hereby granted", "Pictogrammers Free License", "Apache License\nVersion 2.0"):
        assert words in notice


def test_every_package_that_leaves_something_in_a_site_is_named(small_site: Path) -> None:
    """Of what is installed to build a site, only these three leave more in it than what they were asked to write."""
    notice = (small_site / licences.FILE).read_text("utf-8")
    for package in {part.package for part in (licences.MATERIAL, licences.CHARACTERS, licences.READINGS)}:
        (text,) = (
            path
            for path in metadata.files(package) or []
            if path.name.startswith("LICEN") and path.parts[0].endswith(".dist-info")
        )
        assert f"\n\n{text.read_text('utf-8').strip()}\n" in notice
    assert "<svg" not in notice, "an icon is no licence, whatever it is called"


def test_every_page_leads_to_the_licences(small_site: Path) -> None:
    for path in small_site.rglob("*.html"):
        links = re.findall(r"<(?:a|link)\b[^>]*>", path.read_text("utf-8"))
        target = next(link for link in links if 'rel="license"' in link)
        address = re.search(r'href="([^"]*)"', target)
        assert address
        inner = address[1].removeprefix("/handbook/")  # the 404 page does not know from where it is shown
        above = path.parent if inner == address[1] else small_site
        assert (above / inner).resolve() == (small_site / licences.FILE).resolve(), path


def test_the_notice_of_the_project_names_all_that_a_site_may_name() -> None:
    notice = (ROOT / "NOTICE").read_text("utf-8")
    for part in (licences.MATERIAL, licences.CHARACTERS, licences.READINGS, *licences.ICONS.values()):
        assert part.name in notice
        assert f"{part.home}, {part.licence}" in notice
    assert set(licences.ICONS) == {path.name for path in ICONS.iterdir() if path.is_dir()}


def test_icons_that_mkdocs_yml_asks_for_are_named(tmp_path: Path, sets: dict[str, set[str]]) -> None:
    project = copy_project(tmp_path / "project", SMALL)
    config = project / "mkdocs.yml"
    config.write_text(
        config.read_text("utf-8").replace("theme:\n", "theme:\n  icon:\n    logo: octicons/book-24\n"), encoding="utf-8"
    )
    done = mkdocs(project, "build", "--strict")
    assert done.returncode == 0, done.stderr
    notice = (project / "site" / licences.FILE).read_text("utf-8")
    assert "- Octicons:" in notice
    assert "GitHub Inc." in notice
    assert "- Font Awesome" not in notice
    (project / "docs" / "mine.md").write_text("# Mine\n", encoding="utf-8")
    done = mkdocs(project, "build", "--strict")
    assert done.returncode == 0, done.stderr
    notice = (project / "site" / licences.FILE).read_text("utf-8")
    assert all(f"- {part.name}:" in notice for part in set(made_by_others(project / "site", sets)))
    assert "- Font Awesome" in notice
