"""The search index of a site: made of what was found on each page when it was converted, and only when that differs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mkdocs.structure.pages import Page

from .. import search_index
from ..runtime import digest, version
from .outputs import Output, Outputs
from .reading import Reader


class Index:
    """The index of one site, with further `names` of sections by the ids of their headings."""

    def __init__(self, names: Mapping[str, str], reader: Reader, outputs: Outputs) -> None:
        self._names = names
        self._reader = reader
        self._outputs = outputs

    def keep(self, pages: Sequence[Page]) -> bool:
        """Let the index that an earlier build left be the one of these pages. False if it is another one."""
        left, key = self._outputs.left(search_index.FILE), self._key(pages)
        if not left or not key or left.key != key:
            return False
        self._outputs.keep(search_index.FILE, left)
        return True

    def write(self, pages: Sequence[Page]) -> None:
        """Write the index of these pages."""
        found = ((page.url, _weight(page), self._reader.sections(page)) for page in pages)
        data = search_index.script(found, self._names)
        self._outputs.write(search_index.FILE, data, Output(self._key(pages) or ""))

    def _key(self, pages: Sequence[Page]) -> str | None:
        """A digest of all that the index depends on; None where that is not known of every page."""
        facts = [self._reader.facts.get(page.file.src_uri) for page in pages]
        told = [(page.url, one.digest) for page, one in zip(pages, facts, strict=True) if one]
        return digest(version(), list(self._names.items()), told) if len(told) == len(pages) else None


def _weight(page: Page) -> float:
    weight: float = (page.meta.get("search") or {}).get("boost", 1)
    return weight
