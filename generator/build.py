"""The pipeline on one screen: content → checked handbook → plan → Markdown → docs/."""

from __future__ import annotations

import gc
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from . import checks, glossary, output, parallel, plan, render, renewal, strings, structure, templating, translations
from .glossary import Glossary
from .handbook import Handbook, load
from .kept import Kept
from .output import Changes
from .pages import Page, Plan
from .problems import ContentError, Problems
from .renewal import Basis, Done
from .strings import Words
from .templating import Environment
from .traces import Traces
from .translations import Lock
from .uses import ORDER_OF_ANSWERS, Said, Use

Track = Callable[[Iterable[tuple[str, str]], int], Iterable[tuple[str, str]]]
"""Passes pages on as they come, of which there will be so many, and may say so."""


@dataclass(frozen=True)
class Built:
    """What a build knows: the site is made from it."""

    plan: Plan
    words: Words
    written: Changes
    structure: str
    """Differs when titles, navigation, addresses, settings or interface words do: then every page is another."""

    @property
    def paths(self) -> list[str]:
        """Of every page, below docs/."""
        editions = self.plan.handbook.settings.editions
        return ["index.md", *(f"{edition}/{page.path}" for edition in editions for page in self.plan.pages)]


def read(content: Path) -> tuple[Handbook, Problems]:
    """What can be read, whatever else is wrong. Raises `ContentError` where the settings cannot."""
    problems = Problems()
    handbook = load(content, problems)
    if handbook is None:
        raise ContentError(problems)
    return handbook, problems


def check(content: Path) -> tuple[Handbook, Words]:
    """Read and check everything. Raises `ContentError` with every problem found."""
    return _checked(content, Kept())[:2]


def build(
    content: Path,
    docs: Path,
    track: Track | None = None,
    *,
    traced: bool = True,
    changed: Collection[Path] | None = None,
) -> Built:
    """Make the Markdown of every edition in `docs`. Raises `ContentError`; then nothing was written.

    Only what a change asks for is done again: where it is `traced` also in the first build of a process. What a
    process has written it then trusts to be there, but for pages that come and go: who edits a page by hand hears of
    it when that page is to be written, or from the next process. Where the files that have `changed` since the last
    time are known, others are not looked at.
    """
    key = content.resolve(), docs.resolve()
    if key not in _workshops:
        _workshops[key] = Workshop(content, docs, traced=traced)
    return _workshops[key].build(track, changed)


def forget() -> None:
    """Let go of all that is kept for further builds in this process."""
    _workshops.clear()
    gc.unfreeze()
    gc.collect()


def pending(content: Path, docs: Path) -> Changes:
    """What `build` would change in `docs`; nothing is written. Raises `ContentError`."""
    return output.compare(docs, Workshop(content, docs).pages())


_workshops: dict[tuple[Path, Path], Workshop] = {}

_AT_ONCE: Final = 256
"""How many pages are rendered before any of them goes on, each in every edition."""


Texts = Iterable[tuple[str, str | output.Same]]
"""Path below docs/, and Markdown."""


class Workshop:
    """Builds one handbook again and again, and keeps what it has made."""

    def __init__(
        self,
        content: Path,
        docs: Path,
        templates: Path = templating.FOLDER,
        words: Path = strings.FOLDER,
        *,
        traced: bool = False,
    ) -> None:
        self.content = content
        self.docs = docs
        self.templates = templates
        self.words = words
        self.traced = traced
        """Whether it begins with what an earlier process has left, and leaves its own to the next."""
        self.kept = Kept()
        self.last: Basis | None = None
        """What the pages in `done` were made from."""
        self.done: dict[str, Done] = {}
        """Every page by its path below that of its edition; under no path the one above the editions."""
        self.state: output.State | None = None
        """What docs/ was left like; None where that is not known."""
        self.structure = ""
        self.said: Said | None = None
        self.rendered = 0
        """How many pages the last build rendered, each in every edition."""

    def build(self, track: Track | None = None, changed: Collection[Path] | None = None) -> Built:
        """As the function of this name."""
        versions = self.kept.versions
        versions.changed = None if changed is None else {str(path) for path in changed}
        try:
            with _uncollected():
                basis = self._basis()
        finally:
            versions.changed = None  # whoever looks later sees what has happened since
        if not self.last:
            gc.freeze()  # the handbook stays as long as the process does
        try:
            done, written = self._written(basis, track)
        except BaseException:
            self.said = None  # some of it was said for a build that never was
            raise
        if not self.state:
            self.state = output.state(self.docs, _digests(done))
        self.structure = self._structure(basis)
        self.last, self.done = basis, done
        return Built(basis.plan, basis.words, written, self.structure)

    def pages(self) -> dict[str, str]:
        """Every page: path below docs/ to text."""
        return {path: text for path, text in self._rendered(self._basis(), None, None)[1] if isinstance(text, str)}

    def _basis(self) -> Basis:
        kept = self.kept
        handbook, words, lock = _checked(self.content, kept, self.words)
        stale = translations.stale_in(handbook, lock, self.last.stale if self.last else None)
        return Basis(plan.plan(handbook, kept), words, stale, templating.version(kept.versions, self.templates))

    def _rendered(self, basis: Basis, changed: set[Use] | None, track: Track | None) -> tuple[dict[str, Done], Texts]:
        """Those that have to be rendered for what has `changed`, as they come; and then, every page as it is."""
        stale = translations.stale_languages(basis.plan.handbook, basis.stale)
        said = None
        if changed is not None and ORDER_OF_ANSWERS not in changed:
            said, self.said = self.said, None
        if said and changed:
            said.forget(changed)
        words = self._glossary(basis.plan.handbook)
        renderer = render.Renderer(self._environment(basis), basis.plan, basis.words, stale, words, said)
        done: dict[str, Done] = {}
        to_do: list[tuple[Page, str]] = []
        planned = {page.path: page for page in basis.plan.pages}
        same_marks = self.last is not None and renewal.same_marks(self.last, basis)
        for page in planned.values():
            known = self.done.get(page.path) if changed is not None else None
            shape = known.shape if known and known.page is page and same_marks else renewal.shape(page, stale)
            if known and known.shape == shape and known.uses.isdisjoint(changed or ()):
                done[page.path] = known if known.page is page else replace(known, page=page)
            else:
                to_do.append((page, shape))

        def found() -> Iterator[tuple[str, output.Same]]:
            """Pages of an earlier process; what is no more as that left it is to be rendered too."""
            for path, known in list(done.items()):
                if output.has(self.docs, known.digests):
                    yield from ((name, output.Same(digest)) for name, digest in known.digests.items())
                else:
                    to_do.append((planned[path], done.pop(path).shape))

        def rendered() -> Iterator[tuple[str, str]]:
            root = render.root(basis.plan, basis.words)
            done[""] = Done(None, "", frozenset(), {"index.md": output.digest(root)})
            yield "index.md", root
            known: dict[Use, Use] = {}  # each once: there are a hundred times as many uses as different ones
            for start in range(0, len(to_do), _AT_ONCE):
                some = to_do[start : start + _AT_ONCE]
                made = parallel.split([page for page, _ in some], renderer.page)
                for (page, shape), (texts, uses) in zip(some, made, strict=True):
                    digests = {path: output.digest(text) for path, text in texts.items()}
                    used = frozenset(known.setdefault(use, use) for use in uses)
                    done[page.path] = Done(page, shape, used, digests)
                    yield from texts.items()
            self.said = renderer.said

        def all_of_them() -> Texts:
            if not self.last:
                yield from found()
            self.rendered = len(to_do)
            count = 1 + len(to_do) * len(basis.plan.handbook.settings.editions)
            yield from track(rendered(), count) if track else rendered()

        return done, all_of_them()

    def _written(self, basis: Basis, track: Track | None) -> tuple[dict[str, Done], Changes]:
        """Render and write what is not as it was left."""
        if self.last and self.state and self.state == self.state.now(self.docs):
            done, pages = self._rendered(basis, renewal.changes(self.last, basis), track)
            fresh = {path: text for path, text in pages if isinstance(text, str)}
            new = _digests({path: known for path, known in done.items() if self.done.get(path) is not known})
            old = _digests({path: known for path, known in self.done.items() if done.get(path) is not known})
            fresh = {path: text for path, text in fresh.items() if new[path] != old.get(path)}
            gone = [path for path in old if path not in new]
            kept = sum(len(known.digests) for known in done.values()) - len(fresh)
            if not fresh and not gone:
                return done, Changes([], [], kept, complete=True)
            left, self.state = self.state, None
            if output.update(self.docs, fresh, old, gone, left):
                if not gone and fresh.keys() <= old.keys():  # all folders are those that were there
                    self.state = left.now(self.docs)
                return done, Changes(list(fresh), gone, kept, complete=True)
        self.state = None
        traces = Traces(self.docs, basis, self.templates) if self.traced else None
        self.done = traces.load() if traces and not self.last else {}
        done, pages = self._rendered(basis, set() if self.done else None, track)
        changes = output.write_all(self.docs, pages)
        if traces and self.rendered and basis.templates == templating.version(self.kept.versions, self.templates):
            traces.save(done)  # else a template was changed while pages were rendered
        return done, changes

    def _environment(self, basis: Basis) -> Environment:
        return self.kept.get("templates", basis.templates, lambda _: templating.environment(self.templates))

    def _glossary(self, handbook: Handbook) -> Glossary:
        return self.kept.get("glossary", glossary.told(handbook), lambda _: Glossary(handbook))

    def _structure(self, basis: Basis) -> str:
        """The digest of the structure: the one it had, where nothing has changed that it is made from."""
        last = self.last
        if last and last.words == basis.words and structure.same(last.plan, basis.plan):
            return self.structure
        return structure.digest(basis.plan, basis.words)


def _digests(done: Mapping[str, Done]) -> dict[str, str]:
    """Path below docs/ to the digest of the page there."""
    return {path: digest for page in done.values() for path, digest in page.digests.items()}


def _checked(content: Path, kept: Kept, folder: Path = strings.FOLDER) -> tuple[Handbook, Words, Lock]:
    """The handbook without a problem, and what else pages are made from. Raises `ContentError`."""
    problems = Problems()
    handbook = load(content, problems, kept)
    words: Words = {}
    lock: Lock = {}
    if handbook:
        words = strings.kept_words(handbook.settings.languages, problems, kept, folder)
        checks.run(handbook, words, problems, kept)
        lock = translations.kept_lock(content, problems, kept)
    problems.raise_if_any()
    if handbook is None:
        raise ContentError([])
    return handbook, words, lock


@contextmanager
def _uncollected() -> Iterator[None]:
    """Nothing of a handbook is garbage soon, and looking for garbage in all of it takes a third of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
