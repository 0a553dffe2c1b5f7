"""Read the pages of a site: from the store what is known of them, and the others through Markdown.

Content and table of contents are fetched only for pages that need them: most of a site has not changed.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc
from mkdocs.utils import markdown_extensions

from ..parallel import split
from ..runtime import digest
from ..search_index import Section, sections
from . import conversion, keys, said
from .conversion import Content, Facts, NotPlainError
from .kept import Kept
from .material import Converter
from .said import Said
from .store import packed


class Reader:
    """Reads pages; `key` is a digest of what they all depend on, None where nothing may be kept.

    `key_of` gives, for the source of a page, what this one depends on besides.
    """

    def __init__(
        self, config: MkDocsConfig, files: Files, kept: Kept, key: str | None, key_of: Callable[[str], object]
    ) -> None:
        self._config = config
        self._files = files
        self._kept = kept
        self._key = key
        self._key_of = key_of
        self._converter = Converter(config)
        self._keys: dict[str, str] = {}
        self._sections: dict[str, list[Section]] = {}
        """Of pages that cannot be kept."""
        self._said: dict[str, Said] = {}
        """Of these, too."""
        self._seen = dict(_sources(config.docs_dir))
        self._targets = conversion.targets(files)
        self._led = kept.led
        self.facts: dict[str, Facts] = {}
        """By the pages' sources; those that cannot be kept are missing."""

    @property
    def keeps(self) -> bool:
        """Whether results may be kept."""
        return self._key is not None

    def read(self, pages: Sequence[Page]) -> None:
        """Give each page all but its text, and say what is to be said of it."""
        new = self._new(pages)
        found = iter(split(new, self._converted) if self._key else [None] * len(new))
        for page in pages:
            if page.file.src_uri not in self.facts:
                self._take(page, next(found))
            self.say(page)

    def glance(self, pages: Sequence[Page]) -> list[Page]:
        """Give each page what others show of it. Those returned are to be converted later."""
        later = []
        for page in self._new(pages):
            try:
                has_title = conversion.glance(page, self._config, self._files)
            except Exception as error:
                conversion.failed("reading", page, error)
                raise
            if has_title:
                later.append(page)
            else:
                self.convert(page, finishing=False)
        return later

    def convert(self, page: Page, *, finishing: bool) -> None:
        """Give a page that is new what it has; with `finishing`, which waits for it, also its text and no sections."""
        self._take(page, self._converted(page, finishing=finishing))

    def say(self, page: Page) -> None:
        """Say what was said when the page was converted."""
        facts = self.facts.get(page.file.src_uri)
        said.again(facts.said if facts else self._said.get(page.file.src_uri, []))

    def link(self, page: Page) -> None:
        """Give the page its links to places, for MkDocs to check."""
        if facts := self.facts.get(page.file.src_uri):
            conversion.link(facts, page, self._files)

    def load(self, page: Page) -> None:
        """Give the page its text, if it has none."""
        if page.content or page.file.src_uri not in self.facts:
            return
        text = self._kept.store.get(f"{self._keys[page.file.src_uri]}:text")
        if text is None:
            with said.heard():  # it was said when the page was read
                self._convert(page)
        else:
            conversion.write(text, page)

    def unload(self, page: Page) -> None:
        """Take its text from the page again, if it can be loaded: all of a site's would be much."""
        if page.file.src_uri in self.facts:
            _empty(page)

    def let_go(self) -> None:
        """Other processes may be about to load pages."""
        self._kept.store.close()

    def sections(self, page: Page) -> list[Section]:
        """What the search is to know of the page."""
        source = page.file.src_uri
        if source not in self.facts:
            return self._sections[source]
        key = self._keys[source]
        found: list[Section] | None = self._kept.store.get(f"{key}:sections")
        if found is not None:
            return found
        text = self._kept.store.get(f"{key}:text")
        if text is None:
            self.load(page)
            return sections(page.content or "")
        found = sections(text[0])
        self._kept.store.put(f"{key}:sections", packed(found))
        return found

    def changed(self, written: Sequence[str] | None = None) -> list[str] | None:
        """The sources that have been `written` since this was last asked, looked for where that is not known.

        None if some are new or gone.
        """
        if written is not None and self._seen.keys() >= set(written):
            self._seen |= {path: keys.signature(Path(self._config.docs_dir, path).stat()) for path in written}
            return list(written)
        before, self._seen = self._seen, dict(_sources(self._config.docs_dir))
        if before.keys() != self._seen.keys():
            return None
        return [path for path, found in self._seen.items() if found != before[path]]

    def forget(self, page: Page) -> None:
        """The page's source has changed."""
        self.facts.pop(page.file.src_uri, None)
        page.content = None

    def _new(self, pages: Sequence[Page]) -> list[Page]:
        """Those of the pages that have to be converted; the others are given what is known of them."""
        for page in pages:
            self._find(page)
        return [page for page in pages if page.file.src_uri not in self.facts]

    def _find(self, page: Page) -> None:
        """Take from the store what is known of the page, if all its links lead where they led."""
        file = page.file
        self.facts.pop(file.src_uri, None)
        source = self._digest_of(page) if self._key else None
        if not source:
            return
        told = self._key_of(file.src_uri)
        key = digest(self._key, file.src_uri, file.url, file.inclusion._name_, told, source)
        self._keys[file.src_uri] = key
        facts = self._kept.facts.get(key)
        if facts is None and (known := self._kept.store.get(f"{key}:facts")):
            facts = Facts(**known)
        if facts and self._led.get(key) != self._targets and conversion.current(facts, self._files.src_uris):
            self._led[key] = self._targets
        if facts and self._led.get(key) == self._targets:
            self._kept.facts[key] = self.facts[file.src_uri] = facts
            conversion.apply(facts, page)
            page.markdown = page.content = ""

    def _digest_of(self, page: Page) -> str | None:
        """A digest of the page's source, which is read only if the system says that it has been written."""
        file = page.file
        path, seen = file.abs_src_path, self._seen.get(file.src_uri)
        if path and seen and path in self._kept.sources and self._kept.sources[path][0] == seen:
            return self._kept.sources[path][1]
        try:
            source = digest(file.content_bytes)
        except OSError:  # `convert` meets it again, and says so
            return None
        if path and seen:
            self._kept.sources[path] = seen, source
        return source

    def _converted(self, page: Page, *, finishing: bool = False) -> list[Any] | None:
        """Facts of a page, and its text and sections as they are kept; or None where that cannot be."""
        try:
            facts, text = self._convert(page)
        except NotPlainError:
            return None
        if finishing:
            return [vars(facts), packed(text), None]
        _empty(page)
        return [vars(facts), packed(text), packed(sections(text[0]))]

    def _take(self, page: Page, converted: list[Any] | None) -> None:
        """Keep what converting a page has given, by whichever process."""
        if converted is None:
            try:
                self._said[page.file.src_uri] = self._convert(page)[0].said
            except NotPlainError as error:
                self._said[page.file.src_uri] = error.said
            self._sections[page.file.src_uri] = sections(page.content or "")
            return
        facts, text, found = converted
        key = self._keys[page.file.src_uri]
        self._kept.store.put(f"{key}:facts", packed(facts))
        self._kept.store.put(f"{key}:text", text)
        if found:
            self._kept.store.put(f"{key}:sections", found)
        self._kept.facts[key] = self.facts[page.file.src_uri] = Facts(**facts)
        conversion.apply(self.facts[page.file.src_uri], page)
        page.markdown = ""

    def _convert(self, page: Page) -> tuple[Facts, Content]:
        config = self._config
        config._current_page = page
        try:
            return conversion.convert(page, config, self._files, self._converter)
        except NotPlainError:
            raise
        except Exception as error:
            conversion.failed("reading", page, error)
            raise
        finally:
            config._current_page = None


def _empty(page: Page) -> None:
    page.markdown = page.content = ""
    page.toc = get_toc([])


def _sources(folder: str, inner: str = "") -> Iterator[tuple[str, list[int]]]:
    """The Markdown files in a folder, but for hidden ones, and what the system says of them."""
    if not Path(folder).is_dir():
        return
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir():
                yield from _sources(entry.path, f"{inner}{entry.name}/")
            elif entry.name.endswith(markdown_extensions):
                yield f"{inner}{entry.name}", keys.signature(entry.stat())
