"""Build a handbook again after each of many random edits, and anew, and compare: `python -m tests.incremental`.

An edit may be a mistake, or mend one; it may touch texts, titles, references, whole files, lists, settings, interface
words, templates, the lock of translations, a fingerprint, or pages by hand. After each, the workshop that has lived
through all edits, and one that begins with the traces of an earlier one, must say and write what a new one does.
`tests/test_incremental.py` runs a few.
"""

from __future__ import annotations

import argparse
import itertools
import random
import re
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from generator.traces import FILE

from generator import versions
from generator.docs_folder import OWN
from generator.pipeline import Workshop
from generator.problems import ContentError, Problem

from .support.faults import tree
from .support.paths import ROOT, SMALL

STEPS = 12
"""Edits in one sequence."""
WORDS = {
    "zh": ("灯", "，然后再看一遍。", "（夜里）", "；小心。"),
    "en": ("lamp", "and then once more", "(at night)", "with care"),
}
WRONG = ("zh", "TODO", "[[nobody]]", "（", "no-such-id", "a99:1", "{", "x: y: z")


State = Mapping[Path, versions.Signature | None]


@dataclass
class Site:
    """A content folder that is being edited, and what belongs to it."""

    watched: ClassVar[tuple[str, ...]] = ("content", "templates", "strings")
    root: Path
    chance: random.Random
    original: dict[Path, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        shutil.copytree(SMALL, self.content)
        for name in ("templates", "strings"):
            shutil.copytree(ROOT / "generator" / name, self.root / name)
        self.docs.mkdir()
        self.original = {path: path.read_bytes() for path in self.root.rglob("*") if path.is_file()}

    @property
    def content(self) -> Path:
        return self.root / "content"

    @property
    def docs(self) -> Path:
        return self.root / "docs"

    def workshop(self) -> Workshop:
        return Workshop(self.content, self.docs, self.root / "templates", self.root / "strings")

    def state(self) -> State:
        """What an observer of files would notice."""
        files = (path for name in self.watched for path in [self.root / name, *(self.root / name).rglob("*")])
        return {path: versions.look(str(path)) for path in files if not path.is_dir()}

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
    added = site.chance.choice(("\nx\n", "\n{{ t('evidence') }}\n", "\n{{ nonsense }}\n", "\n{% if %}\n"))
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


def by_hand(site: Site) -> None:
    """Delete a page, or put a file among the pages; or take that away."""
    foreign = site.docs / "en" / "mine.md"
    if foreign.exists():
        foreign.unlink()
    elif site.chance.random() < 0.5 and foreign.parent.exists():
        foreign.write_text("mine", encoding="utf-8")
    elif pages := sorted(site.docs.glob("*/*/*.md")):
        site.chance.choice(pages).unlink()


def other_process(site: Site) -> None:
    """Somebody else builds something else into the same folder."""
    path = site.content / "handbook.yml"
    before = path.read_bytes() if path.exists() else b""
    path.write_bytes(before.replace(b"en: ", b"en: An ", 1))
    with suppress(ContentError):
        site.workshop().build()
    path.write_bytes(before)


EDITS: tuple[Edit, ...] = (
    *(text, text, text, text, title, title, reference, reference, mistake, mistake, mend, mend, mend, delete, rename),
    *(copy, items, swap, settings, interface, template, lock, fingerprint, touch, by_hand, other_process),
)


def _in_text(site: Site, path: Path, language: str, words: str) -> None:
    def change(lines: list[str]) -> None:
        own = [index for index, line in enumerate(lines) if re.search(rf"\b{language}: [^|\"'>{{\[]*\n$", line)]
        if own:
            at = site.chance.choice(own)
            lines[at] = f"{lines[at].rstrip()} {words}\n"

    site.lines(path, change)


def pages(docs: Path) -> dict[str, bytes | None]:
    return {path: data for path, data in tree(docs).items() if not path.startswith(".")}


def outcome(workshop: Workshop, changed: list[Path] | None = None) -> list[Problem] | tuple[str, list[str]]:
    """The problems, or what the build knows."""
    try:
        built = workshop.build(changed=changed)
    except ContentError as error:
        return error.problems
    return built.structure, [page.path for page in built.plan.pages]


def sequence(seed: int, root: Path, kinds: Counter[str], steps: int = STEPS) -> str | None:
    """Edit and compare. Gives what is wrong, if anything is."""
    site = Site(root, random.Random(seed))
    living = site.workshop()
    done: list[str] = []
    traces = b""
    good = False
    for _ in range(steps):
        state = site.state()
        if done:
            edit = site.chance.choice(EDITS)
            edit(site)
            done.append(edit.__name__)
        else:
            done.append("nothing")
        anew, restarted = _other(site, "anew"), _other(site, "restarted", traced=True)
        (restarted.docs / OWN).mkdir(exist_ok=True)
        (restarted.docs / FILE).write_bytes(_damaged(traces, site.chance))
        expected = outcome(anew)
        changed = site.changed(state)
        known = good and all(path.is_relative_to(site.content) for path in changed) and site.chance.random() < 0.8
        found = {"living": outcome(living, changed if known else None), "restarted": outcome(restarted)}
        good = not isinstance(expected, list)
        kinds["told what has changed"] += known
        for name, workshop in (("living", living), ("restarted", restarted)):
            if found[name] != expected:
                return f"seed {seed}, {done}, {name}: {found[name]} instead of {expected}"
            before, after = pages(anew.docs), pages(workshop.docs)
            if before != after:
                wrong = sorted(path for path in {**before, **after} if before.get(path) != after.get(path))
                return f"seed {seed}, {done}, {name}: other pages: {wrong}"
        traces = (restarted.docs / FILE).read_bytes()
        kinds["problems" if isinstance(expected, list) else _how_much(living, anew)] += 1
        kinds["restarted in part"] += not isinstance(expected, list) and restarted.rendered < anew.rendered
        for workshop in (anew, restarted):
            shutil.rmtree(workshop.docs.parent)
    return None


def _other(site: Site, name: str, *, traced: bool = False) -> Workshop:
    """A new workshop, with pages as they are."""
    docs = site.root / name / "docs"
    shutil.copytree(site.docs, docs, symlinks=True)
    return Workshop(site.content, docs, site.root / "templates", site.root / "strings", traced=traced)


def _damaged(traces: bytes, chance: random.Random) -> bytes:
    """Traces as they are, or now and then torn or with another byte."""
    at = chance.randrange(len(traces) + 1)
    return chance.choice((*[traces] * 8, traces[:at], traces[:at] + b"0" + traces[at + 1 :]))


def _how_much(living: Workshop, anew: Workshop) -> str:
    return "built in part" if living.rendered < anew.rendered else "built in whole"


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
    versions.YOUNG = (0, 2_000_000_000)[seed % 2]  # type: ignore[misc]
    return sequence(seed, root, kinds, steps)


if __name__ == "__main__":
    sys.exit(run(__doc__, _with_times_or_bytes, STEPS))
