"""Edit a project at random, build it incrementally and anew, and compare: `python -m tests.equivalence`.

After each edit the server that has lived through all of them must show, byte for byte, what a new one without any
cache shows, with the same warnings; and so must a build that begins with what earlier ones have kept. Texts, titles,
entries, settings, templates, interface words, the theme and the configuration change; packages are upgraded; caches
and finished sites are damaged, or another project's. `tests/test_equivalence.py` runs a few sequences.
"""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from generator import traces

from . import incremental
from .support.paths import ROOT, SMALL
from .support.project import copy_project
from .support.faults import tree

STEPS = 8
"""Edits in one sequence."""

CACHE = ".cache/handbook"
CONFIGURATIONS = (
    ("    - navigation.prune\n", ""),
    ("    - navigation.tabs\n", ""),
    ("    - navigation.indexes\n", ""),
    ("    - content.action.edit\n", "    - navigation.sections\n"),
    ("  - tables\n", ""),
    ('      permalink: "#"\n', '      permalink: "¶"\n'),
    ("example.org/you", "example.org/other"),
    ("edit_uri: edit/main/\n", "edit_uri: edit/next/\n"),
    ("strict: false\n", "strict: true\n"),
)


class Builder:
    """`tests/rebuilder.py`, running in a project."""

    def __init__(self, root: Path) -> None:
        own = {"NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(root), "SOURCE_DATE_EPOCH": "1700000000"}
        self._process = subprocess.Popen(
            [sys.executable, str(ROOT / "tests" / "rebuilder.py")],
            cwd=root,
            env={**os.environ, **own},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
        )

    def tell(self, **told: Any) -> dict[str, Any]:
        """What it answers."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(told) + "\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer

    def close(self) -> None:
        self._process.communicate()


class Project(incremental.Site):
    """A project that is being edited, built by a process that stays."""

    watched = ("content", "generator/templates", "generator/strings", "generator/theme", "mkdocs.yml")

    def __post_init__(self) -> None:
        copy_project(self.root, SMALL)
        self.original = {
            path: path.read_bytes()
            for name in self.watched
            for path in [self.root / name, *(self.root / name).rglob("*")]
            if path.is_file()
        }
        self.packages = "none"
        self.staying, self.anew = Builder(self.root), Builder(self.root)

    def file(self, pattern: str = "content/**/*.yml") -> Path:
        return super().file(re.sub("^(strings|templates)", r"generator/\1", pattern))

    def tell(self, **told: Any) -> dict[str, Any]:
        """Tell the process that stays, or one that it starts with what is kept."""
        return self.staying.tell(packages=self.packages, docs="docs", **told)

    def close(self) -> None:
        self.staying.close()
        self.anew.close()


Edit = Callable[[Project], None]


def theme(project: Project) -> None:
    """Change a template or a style of the theme."""
    path = (
        project.root
        / "generator"
        / "theme"
        / project.chance.choice(("partials/footer.html", "main.html", "assets/handbook.css"))
    )
    added = (
        f".md-content {{ order: {project.chance.randrange(9)} }}\n"
        if path.suffix == ".css"
        else f"{{# {project.chance.random()} #}}<!-- x -->\n"
    )
    if path.name == "main.html":
        added = "{% block announce %}x{% endblock %}\n" * ("announce" not in path.read_text(encoding="utf-8"))
    path.write_text(path.read_text(encoding="utf-8") + added, encoding="utf-8")


def configuration(project: Project) -> None:
    """Change a setting of MkDocs, or change it back."""
    path = project.root / "mkdocs.yml"
    words = path.read_text(encoding="utf-8")
    old, new = project.chance.choice(CONFIGURATIONS)
    path.write_text(words.replace(old, new) if old in words else words, encoding="utf-8")


def broken_link(project: Project) -> None:
    """Let a template write links that lead nowhere, or to no place: MkDocs warns of them."""
    path = project.root / "generator" / "templates" / project.chance.choice(("terms.md.j2", "tip.md.j2", "duty.md.j2"))
    added = project.chance.choice(("\n[x](nowhere.md)\n", "\n[x](#nowhere)\n", "\n[x](/absolute)\n"))
    path.write_text(path.read_text(encoding="utf-8") + added, encoding="utf-8")


def broken(project: Project) -> None:
    """Break what the site above the editions is made from, or mend it."""
    path, added = project.root / "generator" / "theme" / "404.html", "{% if %}\n"
    words = path.read_text(encoding="utf-8")
    path.write_text(words.replace(added, "") if added in words else words + added, encoding="utf-8")


EDITS: tuple[Edit, ...] = (
    *(incremental.text, incremental.text, incremental.text, incremental.text, incremental.title, incremental.title),
    *(incremental.reference, incremental.reference, incremental.mistake, incremental.mend, incremental.mend),
    *(incremental.delete, incremental.rename, incremental.copy, incremental.items, incremental.settings),
    *(incremental.interface, incremental.template, incremental.touch, theme, configuration, broken_link, broken_link),
    *(incremental.swap, broken),
)


def upgrade(project: Project) -> None:
    """Another package is installed."""
    project.packages = f"package-{project.chance.randrange(9)}.dist-info"


def damage(project: Project) -> None:
    """Something happens to what is kept."""
    places = *sorted((project.root / CACHE).rglob("*")), project.docs / traces.FILE
    files = [path for path in places if path.is_file()]
    path = project.chance.choice(files)
    data = bytearray(path.read_bytes())
    match project.chance.randrange(5):
        case 0:
            path.unlink()
        case 1:
            path.write_bytes(data[: len(data) // 2])
        case 2:
            path.write_bytes(project.chance.choice(files).read_bytes())
        case 3:
            path.write_text('["x", {"en/index.html": [1, 2]}]', encoding="utf-8")
        case _:
            for _ in range(40):
                if data:
                    data[project.chance.randrange(len(data))] ^= 1 << project.chance.randrange(8)
            path.write_bytes(data)


def finished(project: Project) -> None:
    """Somebody writes into, or deletes, a finished page."""
    pages = sorted((project.root / "site").rglob("*.html"))
    for path in project.chance.sample(pages, min(3, len(pages))):
        path.unlink() if project.chance.random() < 0.5 else path.write_text("x", encoding="utf-8")


def nothing(project: Project) -> None:
    """All stays as it was."""


BETWEEN: tuple[Edit, ...] = (nothing, upgrade, damage, damage, finished)
"""What can happen while nothing runs."""


def sequence(seed: int, root: Path, kinds: Counter[str], steps: int = STEPS) -> str | None:
    """Edit and compare. Gives what is wrong, if anything is."""
    project, done = Project(root, random.Random(seed)), list[str]()
    try:
        wrong = _compare(project, kinds, steps, done)
    finally:
        project.close()
    return wrong and f"seed {seed}, {done}: {wrong}"


def _compare(project: Project, kinds: Counter[str], steps: int, done: list[str]) -> str | None:
    last: dict[str, bytes | None] = {}
    running, before = False, project.state()
    for step in range(steps):
        if step:
            edit = project.chance.choice(EDITS)
            edit(project)
            done.append(edit.__name__)
        if running and project.chance.random() < 0.25:  # the next edit, or the end, comes before anybody looks
            project.tell(do="edit", changed=list(map(str, project.changed(before))), looks=False)
            done.append("unseen")
            kinds["unseen"] += 1
            last.clear()
        else:
            if wrong := serve(project, running, before, last, kinds):
                return wrong
            running = running or bool(last)
        before = project.state()
        if step % 3 == 2 or step == steps - 1:
            if running:
                project.tell(do="stop")
                running = False
            between = project.chance.choice(BETWEEN)
            between(project)
            done.append(between.__name__)
            if wrong := _build(project, kinds):
                return wrong
    if running:
        project.tell(do="stop")
    return None


def serve(
    project: Project,
    running: bool,
    before: incremental.State,
    last: dict[str, bytes | None],
    kinds: Counter[str],
) -> str | None:
    """Compare what the server shows with what a new one would show; after a mistake, with the last good state."""
    changed = list(map(str, project.changed(before)))
    if running:
        found = project.tell(do="edit", changed=changed, looks=True)
        if found["end"] != "done":  # the server says so and waits: another edit will mend it
            kinds["server stopped at an error"] += 1
    else:
        found = project.tell(do="serve")
    if not running and found["end"] != "done":
        project.tell(do="stop")
    expected = _anew(project, "served")
    if expected["end"] == "done":
        shown = tree(Path(found["served"])) if "served" in found else {}
        wrong = _difference(expected, found, project.root / "anew" / "site", shown)
        kinds["served"] += 1
        last.clear()
        last.update(shown)
        return wrong
    if running and found["end"] == "done" and last:
        kinds["last good"] += 1
        shown = tree(Path(found["served"]))
        same = all(Path(path).is_relative_to(project.root / "content") for path in changed)
        if not found["notice"] or (same and shown != last):
            return "the last good pages are gone, or the notice is not there"
        last.clear()
        last.update(shown)  # in another theme, maybe
    if not running:
        last.clear()
    return None


def _build(project: Project, kinds: Counter[str]) -> str | None:
    old = tree(project.root / "site")
    found = project.tell(do="build", site="site")
    expected = _anew(project, "build")
    kinds["built" if expected["end"] == "done" else "not built"] += 1
    if expected["end"] != "done":
        same = found["end"] == expected["end"] and tree(project.root / "site") == old
        return None if same else f"{found['end']} instead of {expected['end']}, or the site is another"
    return _difference(expected, found, project.root / "anew" / "site", tree(project.root / "site"))


def _anew(project: Project, how: str) -> dict[str, Any]:
    anew = project.root / "anew"
    shutil.rmtree(anew, ignore_errors=True)
    (anew / "docs").mkdir(parents=True)
    environment = {"HANDBOOK_NO_CACHE": "1"}
    return project.anew.tell(do=how, docs="anew/docs", site="anew/site", environment=environment)


def _difference(
    expected: dict[str, Any], found: dict[str, Any], site: Path, shown: dict[str, bytes | None]
) -> str | None:
    if (expected["end"], expected["said"]) != (found["end"], found["said"]):
        return f"{found['end']}, {found['said']} instead of {expected['end']}, {expected['said']}"
    should = tree(site)
    if wrong := sorted(path for path in {**should, **shown} if should.get(path) != shown.get(path)):
        return f"other files: {wrong[:9]}"
    return None


if __name__ == "__main__":
    sys.exit(incremental.run(__doc__, sequence, STEPS))
