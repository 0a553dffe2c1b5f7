"""Random edits under a running `mkdocs serve`: what it shows after each must be what a new build makes.

Pages, search indexes and whatever else the site has, to the byte: all that has no problem, drafts too, and a notice
where something is left out. Where nothing can be shown, the last pages stay, with a notice of why.
`python -m tests.support.previewed --sequences 100` tries many; `tests/site/test_any_edit.py` a few.
"""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Final

from . import edits
from .live import Live, bare
from .paths import SMALL
from .project import copy_project

STEPS: Final = 8
"""Edits in one sequence."""
PATIENCE: Final = 20.0
"""Seconds until an edit is shown; only one that never is takes them."""

CONFIGURATIONS: Final = (
    ("    - navigation.prune\n", ""),
    ("    - navigation.tabs\n", ""),
    ("    - navigation.indexes\n", "    - navigation.sections\n"),
    ("  - tables\n", ""),
    ("example.org/you", "example.org/other"),
    ("edit_uri: edit/main/\n", "edit_uri: edit/next/\n"),
    ("theme:\n", "theme: [\n"),
)
NOT_SERVED: Final = ("csp.conf", "_headers", "sitemap.xml.gz")
"""What `mkdocs build` writes for hosts."""

# Builds the project in the working folder, each time in a process that has imported all and built nothing. What has no
# problem is built, drafts too, as a preview has it: only what the plugin reads is another than in `mkdocs build`.
_BUILDER: Final = """
import json, logging, os, sys
from mkdocs.commands.build import build
from mkdocs.config import load_config
load_config("mkdocs.yml")
for line in sys.stdin:
    told = json.loads(line)
    reading, writing = os.pipe()
    if not os.fork():
        end = "done"
        try:
            config = load_config(told["config"], site_dir=told["site"], strict=False)
            config.site_url = told["url"]
            config.plugins.on_startup(command="build", dirty=False)
            plugin = config.plugins["handbook"]
            def read():
                global end
                renderer, problems = plugin.pipeline.preview()
                end = "left out" if problems else "done"
                return renderer
            plugin.read = read
            build(config)
        except BaseException as error:
            end = f"{type(error).__name__}: {error}"
        os.write(writing, end.encode()[:4000])
        os._exit(0)
    os.close(writing)
    with open(reading, "rb") as answer:
        print(json.dumps(answer.read().decode("utf-8", "replace")), flush=True)
    os.wait()
"""


class Builder:
    """Makes the site of a project anew, as `mkdocs build` does."""

    def __init__(self, project: Path) -> None:
        self._project = project
        self._process = subprocess.Popen(
            [sys.executable, "-c", _BUILDER],
            cwd=project,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "LC_ALL": "C"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
        )

    def files(self, url: str) -> tuple[str, dict[str, str]]:
        """Whether something is `left out` of the site, and path to text of all that a browser may ask for.

        In place of that, why there is no site, and nothing.
        """
        anew = self._project.parent / "anew"
        shutil.rmtree(anew, ignore_errors=True)
        for name in ("docs", "content"):
            if (self._project / name).exists():
                shutil.copytree(self._project / name, anew / name, symlinks=True)
        shutil.copy(self._project / "mkdocs.yml", anew)
        for link in anew.rglob("*"):
            if link.is_symlink() and (target := link.readlink()).is_relative_to(self._project):
                link.unlink()
                link.symlink_to(anew / target.relative_to(self._project))
        told = {"config": str(anew / "mkdocs.yml"), "site": str(anew / "site"), "url": url}
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(told) + "\n")
        self._process.stdin.flush()
        end: str = json.loads(self._process.stdout.readline())
        if end not in ("done", "left out"):
            return end, {}
        found = {path.relative_to(anew / "site").as_posix(): path for path in (anew / "site").rglob("*")}
        return end, {
            name: bare(path.read_text(encoding="utf-8"))
            for name, path in found.items()
            if path.is_file() and name not in NOT_SERVED
        }

    def close(self) -> None:
        self._process.communicate()


class Project(edits.Site):
    """A project that is being edited."""

    def __post_init__(self) -> None:
        self.root.mkdir(parents=True)
        copy_project(self.root, SMALL)
        self.original = self.now()

    def file(self, pattern: str = "content/**/*.yml") -> Path:
        return super().file(re.sub("^(strings|templates)", r"generator/render/\1", pattern))

    def now(self) -> dict[Path, bytes]:
        """All that can be edited."""
        places = [self.root / "mkdocs.yml", self.docs, self.content]
        places += [self.root / "generator" / name for name in ("render/templates", "render/strings", "site/theme")]
        files = (path for place in places for path in [place, *place.rglob("*")])
        return {path: path.read_bytes() for path in files if path.is_file()}


Edit = Callable[[Project], None]


def theme(project: Project) -> None:
    """Change a template, a style or a script of the theme, or break a template."""
    folder = project.root / "generator" / "site" / "theme"
    path = folder / project.chance.choice(
        ("partials/footer.html", "main.html", "root.html", "404.html", "assets/handbook.css", "assets/reading.js")
    )
    added = {".css": f".md-content{{order:{project.chance.randrange(9)}}}\n", ".js": "void 0;\n"}.get(path.suffix)
    if added is None:
        added = project.chance.choice(("<!-- x -->\n", "<!-- y -->\n", "{% if %}\n", "{{ nothing.at.all }}\n"))
    if path.name == "main.html":
        added = "{% block announce %}x{% endblock %}\n" * ("announce" not in path.read_text(encoding="utf-8"))
    path.write_text(path.read_text(encoding="utf-8") + added, encoding="utf-8")


def configuration(project: Project) -> None:
    """Change a setting of MkDocs, or break the file."""
    path = project.root / "mkdocs.yml"
    words = path.read_text(encoding="utf-8")
    path.write_text(words.replace(*project.chance.choice(CONFIGURATIONS)), encoding="utf-8")


def own_page(project: Project) -> None:
    """Write a page or a file of one's own into docs/, or take it away."""
    path = project.docs / project.chance.choice(("mine.md", "en/mine.md", "en/tips/mine.md", "robots.txt", "en/x.txt"))
    if path.exists() and project.chance.random() < 0.5:
        path.unlink()
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"# Mine {project.chance.randrange(9)}\n\nwords\n", encoding="utf-8")


def replace(project: Project) -> None:
    """Let another folder take the place of content/, or of a folder in it, with one text changed."""
    folder = project.chance.choice([project.content, *(path for path in project.content.iterdir() if path.is_dir())])
    new, old = project.root / "new", project.root.parent / f"old-{project.chance.random()}"
    shutil.copytree(folder, new, symlinks=True)
    folder.rename(old)
    new.rename(folder)
    edits.text(project)


EDITS: tuple[Edit, ...] = (*edits.EDITS, theme, theme, theme, configuration, configuration, own_page, own_page, replace)


def sequence(seed: int, root: Path, kinds: Counter[str], steps: int = STEPS) -> str | None:
    """Edit and compare. Gives what is wrong, if anything is."""
    project, done = Project(root, random.Random(seed)), list[str]()
    builder, live = Builder(root), Live(root)
    try:
        live.ready()
        wrong = _compare(project, builder, live, kinds, steps, done)
    except AssertionError as error:
        wrong = str(error)
    finally:
        live.stop()
        builder.close()
    return wrong and f"seed {seed}, {done}: {wrong}"


def _compare(
    project: Project, builder: Builder, live: Live, kinds: Counter[str], steps: int, done: list[str]
) -> str | None:
    last: dict[str, str] = {}
    good: dict[Path, bytes] = {}
    asked: list[str] = []
    is_right = True
    for step in range(steps):
        if step:
            mends = not is_right and project.chance.random() < 0.5
            edit = edits.mend if mends else project.chance.choice(EDITS)
            edit(project)
            done.append(edit.__name__)
        if step < steps - 1 and project.chance.random() < 0.2:  # the next edit comes before anybody looks
            done.append("unseen")
            continue
        now, (end, expected) = project.now(), builder.files(live.base)
        is_right = end == "done"
        if expected:
            kinds["site" if is_right else "left out"] += 1
            wrong = _waited(partial(_wrong, expected, live, asked, is_right=is_right))
            last, good = expected, now
        else:
            changed = [path for path in {**good, **now} if good.get(path) != now.get(path)]
            of_content = all(path.is_relative_to(project.content) for path in changed)
            kinds["mistake" if of_content else "mistake elsewhere"] += 1
            wrong = _waited(lambda: "" if _has_notice(live, asked) else "no notice")
            wrong = wrong or (_difference(last, live, asked) if of_content else "")
            wrong = wrong and f"after {end!r}: {wrong}"
        if wrong:
            return f"{wrong}\n{live.end()}"
    return None


def _waited(wrong: Callable[[], str]) -> str:
    """What is wrong still when the server has had its time."""
    end = time.monotonic() + PATIENCE
    while (found := wrong()) and time.monotonic() < end:
        time.sleep(0.05)
    return found


def _has_notice(live: Live, asked: list[str]) -> bool:
    return any('class="hb-problems"' in live.ask(path)[1] for path in asked)


def _wrong(expected: dict[str, str], live: Live, asked: list[str], *, is_right: bool) -> str:
    """As `_difference`; or where a notice is missing, or is one too many."""
    if wrong := _difference(expected, live, asked):
        return wrong
    if _has_notice(live, asked) == is_right:
        return "a notice" if is_right else "no notice"
    return ""


def _difference(expected: dict[str, str], live: Live, asked: list[str]) -> str:
    """Where the server shows something else than `expected`, or what was `asked` for before and is no more."""

    def shown(path: str) -> str:
        status, text = live.ask(path.removesuffix("index.html"))
        return bare(text) if status == 200 else f"{status}"

    def is_gone(path: str) -> bool:
        """Or it is the last good page of what is left out, and says so."""
        status, text = live.ask(path.removesuffix("index.html"))
        return status == 404 or 'class="hb-problems"' in text

    gone = [path for path in asked if path not in expected]
    asked[:] = [*expected, *gone]
    with ThreadPoolExecutor(2) as pool:
        found = dict(zip(expected, pool.map(shown, expected), strict=True))
        there = [path for path, is_so in zip(gone, pool.map(is_gone, gone), strict=True) if not is_so]
    wrong = [path for path in expected if found[path] != expected[path]]
    if not wrong and not there:
        return ""
    if not wrong:
        return f"still there: {there[:9]}"
    shown_here = [f"{path}: {_first(expected[path], found[path])}" for path in (wrong[0], wrong[-1])]
    return "\n".join([f"{len(wrong)} differ: {wrong[:9]}", *shown_here])


def _first(expected: str, found: str) -> str:
    """Where two texts begin to differ."""
    at = next((at for at, (one, two) in enumerate(zip(expected, found, strict=False)) if one != two), len(expected))
    return f"{found[max(0, at - 60) : at + 60]!r} instead of {expected[max(0, at - 60) : at + 60]!r}"


if __name__ == "__main__":
    sys.exit(edits.run(__doc__, sequence, STEPS))
