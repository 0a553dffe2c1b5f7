"""Random edits of a handbook, and whether a pipeline that has lived through them makes what a new one makes.

An edit may be a mistake, or mend one; it may touch texts, titles, references, whole files, lists, settings, interface
words, templates, the lock of translations or a fingerprint, and hide that it did. After each, the pipeline that has
lived through all of them must give the pages, or the problems, that a new one gives.
`python -m tests.support.edits --sequences 300` tries many; `tests/test_pipeline.py` a few.
"""

from __future__ import annotations

import argparse
import itertools
import os
import random
import re
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from generator import memo
from generator.memo import FileState, file_state
from generator.pipeline import Pipeline
from generator.problems import ContentError, Problem
from generator.render.renderer import TEMPLATES
from generator.render.renderer import WORDS as STRINGS

from .paths import SMALL

STEPS = 12
"""Edits in one sequence."""
WORDS = {
    "zh": ("灯", "，然后再看一遍。", "（夜里）", "；小心。"),
    "en": ("lamp", "and then once more", "(at night)", "with care"),
}
WRONG = ("zh", "TODO", "[[nobody]]", "（", "no-such-id", "a99:1", "{", "x: y: z")


State = Mapping[Path, FileState | None]


@dataclass
class Site:
    """A content folder that is being edited, and what belongs to it."""

    watched: ClassVar[tuple[str, ...]] = ("content", "templates", "strings")
    root: Path
    chance: random.Random
    original: dict[Path, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        shutil.copytree(SMALL, self.content)
        shutil.copytree(TEMPLATES, self.root / "templates")
        shutil.copytree(STRINGS, self.root / "strings")
        self.original = {path: path.read_bytes() for path in self.root.rglob("*") if path.is_file()}

    @property
    def content(self) -> Path:
        return self.root / "content"

    @property
    def docs(self) -> Path:
        return self.root / "docs"

    def pipeline(self) -> Pipeline:
        return Pipeline(self.content, self.root / "templates", self.root / "strings")

    def state(self) -> State:
        """What an observer of files would notice."""
        files = (path for name in self.watched for path in [self.root / name, *(self.root / name).rglob("*")])
        return {path: file_state(str(path)) for path in files if not path.is_dir()}

    def changed(self, before: State) -> list[Path]:
        """The files that an observer would tell of."""
        now = self.state()
        return [path for path in {**before, **now} if before.get(path) != now.get(path)]

    def file(self, pattern: str = "content/**/*.yml") -> Path:
        return self.chance.choice(sorted(self.root.glob(pattern)))

    def lines(self, path: Path, change: Callable[[list[str]], object]) -> None:
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        if lines:
            change(lines)
        path.write_text("".join(lines), encoding="utf-8", newline="")


Edit = Callable[[Site], None]


def text(site: Site) -> None:
    """Say more in some text."""
    language = site.chance.choice(("zh", "en"))
    _in_text(site, site.file(), language, site.chance.choice(WORDS[language]))


def reference(site: Site) -> None:
    """Mention some entry, or nobody, in some text."""
    stems = [path.stem for path in site.content.glob("*/*.yml")] + ["lens", "nobody"]
    _in_text(site, site.file(), "en", f"[[{site.chance.choice(stems)}]]")


def title(site: Site) -> None:
    """Change the title of an entry."""
    path = site.file()

    def change(lines: list[str]) -> None:
        titles = [index for index, line in enumerate(lines) if re.match(r" *(- )?title:", line)]
        if titles:
            at = site.chance.choice(titles)
            found = next((index for index in range(at, min(at + 3, len(lines))) if "en:" in lines[index]), None)
            if found is not None:
                lines[found] = re.sub(r"en: ([^}\n]*)", r"en: \1 again", lines[found], count=1)

    site.lines(path, change)


def mistake(site: Site) -> None:
    """Write something wrong, or leave something out."""

    def change(lines: list[str]) -> None:
        at = site.chance.randrange(len(lines))
        match site.chance.randrange(4):
            case 0:
                del lines[at]
            case 1:
                lines.insert(at, lines[at])
            case 2:
                lines[at] = lines[at].rstrip("\n") + site.chance.choice(WRONG) + "\n"
            case _:
                lines[at] = re.sub(r": .*", f": {site.chance.choice(WRONG)}", lines[at])

    site.lines(site.file(), change)


def draft(site: Site) -> None:
    """Make a draft of an entry, or an entry of a draft."""
    path = site.file("content/*/*.yml")
    words = path.read_text(encoding="utf-8")
    words = words.removeprefix("draft: true\n") if words.startswith("draft: true\n") else f"draft: true\n{words}"
    path.write_text(words, encoding="utf-8", newline="")


def mend(site: Site) -> None:
    """Put some files back as they were at first, or all."""
    files = sorted(site.original)
    for path in files if site.chance.random() < 0.5 else site.chance.sample(files, min(8, len(files))):
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_bytes() != site.original[path]:
            path.write_bytes(site.original[path])


def swap(site: Site) -> None:
    """Write the languages of a text the other way round."""

    def change(lines: list[str]) -> None:
        form = r"( +)(?:zh|en): [^|\"'>{\[]*\n$"
        own = [re.match(form, line) for line in lines]
        pairs = [at for at, (one, other) in enumerate(itertools.pairwise(own)) if one and other and one[1] == other[1]]
        if pairs:
            at = site.chance.choice(pairs)
            lines[at : at + 2] = reversed(lines[at : at + 2])

    site.lines(site.file(), change)


def delete(site: Site) -> None:
    """Delete an entry with a file of its own."""
    site.file("content/*/*.yml").unlink()
    if not list(site.content.glob("*/*.yml")):
        mend(site)


def rename(site: Site) -> None:
    """Rename an entry, mostly in all that refers to it too."""
    path = site.file("content/*/*.yml")
    new = f"{path.stem}-{site.chance.randrange(9)}"
    path.rename(path.with_stem(new))
    if site.chance.random() < 0.8:
        for other in site.content.rglob("*.yml"):
            words = other.read_text(encoding="utf-8")
            other.write_text(re.sub(rf"\b{path.stem}\b", new, words), encoding="utf-8", newline="")


def copy(site: Site) -> None:
    """A new entry, like another one."""
    path = site.file("content/*/*.yml")
    shutil.copy(path, path.with_stem(f"{path.stem}-copy"))


def items(site: Site) -> None:
    """Reorder, double or drop the items of a list file."""
    path = site.chance.choice([path for path in sorted(site.content.glob("*.yml")) if path.stem != "handbook"])
    parts = re.split(r"(?m)^(?=- )", path.read_text(encoding="utf-8"))
    match site.chance.randrange(3):
        case 0:
            parts[1:] = site.chance.sample(parts[1:], len(parts) - 1)
        case 1:
            del parts[site.chance.randrange(len(parts))]
        case _:
            parts.append(parts[-1])
    path.write_text("".join(parts), encoding="utf-8", newline="")


def settings(site: Site) -> None:
    """Change the settings: a text, an edition, a language."""
    path = site.content / "handbook.yml"
    words = path.read_text(encoding="utf-8") if path.exists() else ""
    swaps = (("both:", "pair:"), ("pair:", "both:"), ("[en, zh]", "[zh, en]"), ("en: ", "en: The "), ("[en]", "[fr]"))
    path.write_text(words.replace(*site.chance.choice(swaps), 1), encoding="utf-8", newline="")


def interface(site: Site) -> None:
    """Change an interface word, or leave one out."""

    def change(lines: list[str]) -> None:
        at = site.chance.randrange(len(lines))
        if site.chance.random() < 0.2:
            del lines[at]
        elif re.match(r"\w[\w.-]*: [^\"'|\[{]*\n", lines[at]) and not lines[at].startswith("language."):
            lines[at] = lines[at].rstrip("\n") + "x\n"

    site.lines(site.file("strings/*.yml"), change)


def template(site: Site) -> None:
    """Change a template, or break it."""
    path = site.file("templates/**/*.j2")
    added = site.chance.choice(("\nx\n", "\n{{ ui('evidence') }}\n", "\n{{ nonsense }}\n", "\n{% if %}\n"))
    path.write_text(path.read_text(encoding="utf-8") + added, encoding="utf-8", newline="")


def lock(site: Site) -> None:
    """Take lines out of the lock, or change some."""

    def change(lines: list[str]) -> None:
        for _ in range(3):
            at = site.chance.randrange(len(lines))
            lines[at] = site.chance.choice(("", lines[at].replace("en=", "en=0")[: len(lines[at])], lines[at]))

    if (site.content / "translations.lock").exists():
        site.lines(site.content / "translations.lock", change)


def fingerprint(site: Site) -> None:
    """Change the fingerprint of the source document."""
    path = site.file("content/*.fingerprint")
    words = path.read_text(encoding="ascii")
    at = site.chance.randrange(len(words))
    path.write_text(words[:at] + site.chance.choice(("", "0", "\n")) + words[at + 1 :], encoding="ascii")


def touch(site: Site) -> None:
    """Write files again as they are."""
    for _ in range(3):
        path = site.file()
        path.write_bytes(path.read_bytes())


def disguise(site: Site) -> None:
    """Change a text and keep the size and the time of its file: in place, or by another file in its place."""
    path = site.file()
    words = path.read_text(encoding="utf-8")
    places = [match.start() for match in re.finditer(r"(?<=en: )\w", words)]
    if not places:
        return
    at = site.chance.choice(places)
    changed, before = f"{words[:at]}{site.chance.choice('AXY')}{words[at + 1 :]}", path.stat()
    beside = path if site.chance.random() < 0.5 else path.with_name(f".{path.name}")
    beside.write_text(changed, encoding="utf-8", newline="")
    os.utime(beside, ns=(before.st_atime_ns, before.st_mtime_ns))
    beside.replace(path)


def link(site: Site) -> None:
    """Put a link to the file in its place, or the other way round."""
    path = site.file("content/*/*.yml")
    if path.is_symlink():
        path.unlink()
        shutil.copy(SMALL / "tips" / "wipe.yml", path)
        return
    elsewhere = site.content / f"{path.stem}.txt"
    path.rename(elsewhere)
    path.symlink_to(elsewhere)


EDITS: tuple[Edit, ...] = (
    *(
        text,
        text,
        text,
        text,
        title,
        title,
        reference,
        reference,
        mistake,
        mistake,
        draft,
        mend,
        mend,
        mend,
        delete,
        rename,
    ),
    *(copy, items, swap, settings, interface, template, lock, fingerprint, touch, disguise, disguise, link),
)


def _in_text(site: Site, path: Path, language: str, words: str) -> None:
    def change(lines: list[str]) -> None:
        own = [index for index, line in enumerate(lines) if re.search(rf"\b{language}: [^|\"'>{{\[]*\n$", line)]
        if own:
            at = site.chance.choice(own)
            lines[at] = f"{lines[at].rstrip()} {words}\n"

    site.lines(path, change)


Outcome = tuple[list[Problem], dict[str, str]]
"""The problems, and the Markdown of every page."""


def outcome(pipeline: Pipeline) -> Outcome:
    """What `pipeline` makes of the content as it is."""
    try:
        return [], dict(pipeline.run().pages())
    except ContentError as error:
        return error.problems, {}


def preview(pipeline: Pipeline) -> Outcome:
    """What it makes of all that has no problem."""
    try:
        renderer, problems = pipeline.preview()
        return problems, dict(renderer.pages())
    except ContentError as error:
        return error.problems, {}


def sequence(seed: int, root: Path, kinds: Counter[str], steps: int = STEPS) -> str | None:
    """Edit and compare. Gives what is wrong, if anything is."""
    site = Site(root, random.Random(seed))
    living = site.pipeline()
    done: list[str] = []
    for _ in range(steps):
        if done:
            edit = site.chance.choice(EDITS)
            edit(site)
            done.append(edit.__name__)
        else:
            done.append("nothing")
        for look in (outcome, preview):
            found, expected = look(living), look(site.pipeline())
            kinds[" and ".join(name for name, some in zip(("problems", "pages"), expected, strict=True) if some)] += 1
            if found != expected:
                return f"seed {seed}, {done}: {look.__name__}: {_difference(found, expected)}"
    return None


def _difference(found: Outcome, expected: Outcome) -> str:
    if found[0] != expected[0]:
        return f"{list(map(str, found[0]))} instead of {list(map(str, expected[0]))}"
    pages, wanted = found[1], expected[1]
    return f"other pages: {sorted(path for path in {**pages, **wanted} if pages.get(path) != wanted.get(path))}"


Sequence = Callable[[int, Path, Counter[str], int], str | None]


def run(description: str | None, sequence: Sequence, steps: int) -> int:
    """Run as many sequences as the command line asks for; exit status 1 if any fails."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sequences", type=int, default=300)
    parser.add_argument("--steps", type=int, default=steps)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    failed = 0
    kinds: Counter[str] = Counter()
    for seed in range(options.seed, options.seed + options.sequences):
        with tempfile.TemporaryDirectory() as folder:
            wrong = sequence(seed, Path(folder) / "project", kinds, options.steps)
        if wrong:
            failed += 1
            print(wrong, flush=True)
        if seed % 10 == 0:
            print(f"{seed} … {dict(kinds)}", file=sys.stderr, flush=True)
    print(f"{options.sequences} sequences, {failed} failed, {dict(kinds)}")
    return 1 if failed else 0


def _with_times_or_bytes(seed: int, root: Path, kinds: Counter[str], steps: int) -> str | None:
    """Every other sequence where files change so fast that their times say nothing."""
    memo.RACY_NANOSECONDS = (0, 2_000_000_000)[seed % 2]  # type: ignore[misc]
    return sequence(seed, root, kinds, steps)


if __name__ == "__main__":
    sys.exit(run(__doc__, _with_times_or_bytes, STEPS))
