"""The search index of a site, page by page, with what `search_words` adds; nothing is cut up twice.

What a page gives depends on the page alone, but for one thing: which runs of characters are in some heading of the
site. So a page's part of the index is kept under the page's digest and one of all headings.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from mkdocs.structure.pages import Page

from .. import search_words
from .keys import digest
from .store import LostError, Store

Entry = dict[str, Any]
"""A section in the index: location, title, text, and what makes it weigh more."""


class Sections:
    """The entries of every page of one site."""

    def __init__(
        self, store: Store, titles: dict[str, list[str]], versions: str, romanised: Mapping[str, str] | None
    ) -> None:
        """`romanised` is for `search_words`, without which the index is Material's own."""
        self._store = store
        self._titles = titles
        self._romanised = romanised
        self._key = digest("search", versions, romanised and sorted(romanised.items()))
        self._pages: dict[str, tuple[str, list[str]]] = {}
        """URL of a page to the key of its entries and the runs in their headings, in the order of the index."""
        self._new: dict[str, list[Entry]] = {}
        self._keys: dict[str, str] = {}
        self.changed = True
        """Whether the index is another than `index` last gave."""

    def expect(self, page: Page, content: str) -> bool:
        """Say that `page` is in the index, with a digest of its content; whether its entries are known."""
        key = digest(self._key, page.url, page.title, page.meta.get("search"), page.meta.get("tags"), content)
        self._keys[page.url] = key
        if self._pages.get(page.url, ("",))[0] == key:
            return True
        titles = self._titles.get(key) or self._store.get(f"{key}:titles")
        if titles is None:
            return False
        self._titles[key] = titles
        self._pages[page.url] = key, titles
        self.changed = True
        return True

    def knows(self, page: Page) -> bool:
        """Whether the entries of the page, as it was last expected, are known."""
        return page.url in self._pages and self._pages[page.url][0] == self._keys.get(page.url)

    def learn(self, page: Page, entries: list[Entry]) -> None:
        """The entries of a page that was not known."""
        self._new[page.url] = entries

    def take(self, url: str) -> list[Entry] | None:
        """The entries that were learnt last, for another process."""
        return self._new.pop(url, None)

    def add(self, url: str, entries: list[Entry]) -> None:
        """Keep the entries of a page."""
        key, titles = self._keys[url], search_words.names_of(entries)
        self._store.put(f"{key}:entries", entries)
        self._store.put(f"{key}:titles", titles)
        self._pages[url] = key, titles
        self.changed = True

    def order(self, urls: list[str]) -> None:
        """Let the index have these pages, in this order."""
        if list(self._pages) != urls:
            self._pages = {url: self._pages[url] for url in urls if url in self._pages}
            self.changed = True

    def index(self, settings: Mapping[str, Any]) -> str:
        """The whole index as JSON."""
        known = {name for _, titles in self._pages.values() for name in titles}
        with_words = digest(self._key, sorted(known))
        parts = [self._part(key, digest(with_words, key), known) for key, _ in self._pages.values()]
        self.changed = False
        docs = ",".join(part for part in parts if part)
        return f'{{"config":{_json(settings)},"docs":[{docs}]}}'

    def key(self, settings: Mapping[str, Any]) -> str:
        """A digest of all that `index` depends on."""
        return digest(self._key, _json(settings), list(self._pages.items()))

    def _part(self, key: str, part_key: str, known: set[str]) -> str:
        part = self._store.get(part_key)
        if part is None:
            entries = self._store.get(f"{key}:entries")
            if entries is None:
                raise LostError
            if self._romanised is not None:
                search_words.add(entries, self._romanised, known)
            part = _json(entries)[1:-1]
            self._store.put(part_key, part)
        return str(part)


def _json(value: object) -> str:
    """As Material writes it."""
    return json.dumps(value, separators=(",", ":"), default=str)
