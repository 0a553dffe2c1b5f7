"""The sites of all editions, below one folder: built whole, or made to follow a change of the handbook."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from mkdocs.config.defaults import MkDocsConfig

from ..build import Built
from ..output import Changes
from . import edition
from .kept import Kept
from .loop import Site
from .outputs import Outputs

BREATH: Final = 0.002
"""Seconds between two pages that are made in a pause: for answers, and for the next edit."""

PAUSE: Final = 3.0
"""Seconds without an edit or a request before pages are finished that nobody has asked for."""


@dataclass(frozen=True)
class AllTold:
    """What all sites are made from: enough to build them when the handbook itself is gone."""

    editions: dict[str, edition.Told]
    """By their ids."""
    structure: str
    """See `Built`."""


def all_told(built: Built, root: MkDocsConfig) -> AllTold:
    """What the sites are made from under this configuration."""
    editions = built.plan.handbook.settings.editions
    return AllTold(
        {edition_id: edition.told(built, edition_id, root.use_directory_urls) for edition_id in editions},
        built.structure,
    )


class Editions:
    """The sites of one process; under a server they are `lazy`."""

    def __init__(self, kept: Kept, *, lazy: bool) -> None:
        self.sites: dict[str, Site] = {}
        """By the ids of the editions."""
        self.root: MkDocsConfig | None = None
        """The configuration that they were built with."""
        self._kept = kept
        self._lazy = lazy
        self._docs = self._folder = Path()
        self._told = AllTold({}, "")
        """What the sites were made from."""
        self._rest: Iterator[float] = iter(())
        self._whole = False

    @property
    def can_follow(self) -> bool:
        """Whether a change of the handbook needs no whole build: a strict one ends at a warning."""
        strict = self.root is None or self.root.strict
        return self._whole and not strict and all(site.puts_off for site in self.sites.values())

    def build(self, root: MkDocsConfig, told: AllTold, docs: Path, folder: Path, old: Path) -> None:
        """Build every edition from `docs` in `folder`; an earlier process may have left some of it in `old`."""
        self._whole = False
        self.root, self._docs, self._folder = root, docs, folder
        self._told = told
        sites = {
            edition_id: Site(
                edition.config_of(root, of_edition, docs / edition_id, folder / edition_id),
                self._kept,
                self._outputs(folder / edition_id, old / edition_id, self.sites.get(edition_id)),
                lazy=self._lazy,
            )
            for edition_id, of_edition in told.editions.items()
        }
        for edition_id in self.sites.keys() & sites.keys():
            sites[edition_id].asked = self.sites[edition_id].asked
        for site in sites.values():
            site.build(root.site_url if self._lazy else None, glance=not root.strict)
        self.sites = sites  # until here, what the old ones have put off is asked of them
        self._whole, self._rest = True, self._resting()

    def follow(self, built: Built) -> None:
        """Make what the sites show otherwise now; they must be able to."""
        root, before, self._whole = self.root, self._told, False
        assert root
        if built.structure != self._told.structure:
            self._told = all_told(built, root)
        if all(
            told.differs_in_names_only(before.editions[edition_id])
            and self.sites[edition_id].update(told.navigation, told.names, _written(built.written, edition_id))
            for edition_id, told in self._told.editions.items()
        ):
            self._whole, self._rest = True, self._resting()
        else:
            self.build(root, self._told, self._docs, self._folder, self._folder)

    def pay(self, path: str) -> None:
        """Make the file at this path now, if it has been put off."""
        edition_id, _, inner = path.partition("/")
        if edition_id in self.sites:
            self.sites[edition_id].pay(inner)

    def rest(self) -> float | None:
        """Do a step of what is left to do in a pause; the seconds of quiet before the next, None if there is none."""
        return next(self._rest, None)

    def _resting(self) -> Iterator[float]:
        """First of all, say what is to be said of pages."""
        for work, pause in ((Site.catch_up, PAUSE), (Site.finish, 0.0)):
            for site in self.sites.values():
                for _ in work(site):
                    yield BREATH
            self.save()
            yield pause

    def save(self) -> None:
        """Leave what was made to the next run, if everything was."""
        if self._whole:
            for site in self.sites.values():
                site.outputs.save()
            self._kept.store.save()
            self._kept.store.tidy()

    def scripts(self) -> dict[str, list[str]]:
        """Hashes of the inline scripts in pages, by their paths below the folder of the sites."""
        made = {edition_id: site.outputs.scripts() for edition_id, site in self.sites.items()}
        return {f"{edition_id}/{path}": of for edition_id, pages in made.items() for path, of in pages.items()}

    def _outputs(self, folder: Path, old: Path, before: Site | None) -> Outputs:
        """The files of an edition, and what the last run has left of them."""
        if self._lazy and before:
            before.outputs.begin()
            return before.outputs
        return Outputs(folder, old, self._kept.notes(old))


def _written(changes: Changes, edition_id: str) -> list[str] | None:
    """The pages of an edition that the generator has written; None where there may be others."""
    if changes.removed or not changes.complete:
        return None
    return [path.partition("/")[2] for path in changes.changed if path.startswith(f"{edition_id}/")]
