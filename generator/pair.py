"""The same in every language of an edition: plain with one language, and with several a pair of spans.

Each span is marked with its `lang`; this works inside headings, list items and table cells alike.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable

from . import markup
from .pages import Page, overview_path
from .speaker import Sayable, Speaker
from .statements import Text


class Pair(Speaker):
    """Says things in all languages of the edition, beside each other."""

    def each(self, of: Callable[[str], str | None], tail: str = "") -> str:
        """What `of` gives for each language, as a pair where there are several; `tail` follows the last.

        The tail stays where a reader hides any of the languages: it is beside the last, not within it.
        """
        texts = [of(language) or self._untranslated(language) for language in self.languages]
        if len(texts) == 1:
            return texts[0] + tail
        spans = [
            f'<span lang="{self.tag(language)}">{text}</span>'
            for language, text in zip(self.languages, texts, strict=True)
        ]
        if tail:
            spans[-1] = f"<span>{spans[-1]}{tail}</span>"
        return f'<span class="hb-pair">{" ".join(spans)}</span>'

    def tag(self, language: str) -> str:
        """What HTML calls `language`."""
        return self.words[language]["language.tag"]

    def _untranslated(self, language: str) -> str:
        return f'<em class="hb-untranslated">{self.word(language, "untranslated")}</em>'

    def say(self, value: Sayable, tail: str = "") -> str:
        """A text, word or link."""
        return self.each(lambda language: self.in_language(language, value), tail)

    def t(self, key: str, **values: object) -> str:
        """An interface word."""
        if not values:
            known = self._said.words.get((key, *self.languages))
            if known is None:
                known = self.each(lambda language: markup.escape(self.word(language, key)))
                self._said.words[key, *self.languages] = known
            return known
        return self.each(lambda language: markup.escape(self.word(language, key, **values)))

    def labelled(self, key: str, *values: Sayable, tail: str = "") -> str:
        """`**Label:** value, value`."""

        def of(language: str) -> str | None:
            said = [self.in_language(language, value) for value in values]
            listed = self.word(language, "separator.list").join(text for text in said if text)
            label = markup.escape(self.word(language, key))
            return f"<strong>{label}{self.word(language, 'separator.label')}</strong>{listed}" if listed else None

        return self.each(of, tail)

    def joined(self, *values: Sayable) -> str:
        """Values after each other with a dot between."""

        def of(language: str) -> str:
            said = (self._quietly(language, value) or self._untranslated(language) for value in values)
            return self.word(language, "separator.title").join(said)

        return self.each(of)

    def quoted(self, text: Text, tail: str = "") -> str:
        """A text in the quotation marks of each language; `tail` follows."""

        def of(language: str) -> str | None:
            words = self._unmarked(language, text)
            quoted = self.word(language, "quotation", text=words) if words else None
            return quoted and quoted + self._stale_mark(language, text)

        return self.each(of, tail)

    def link(self, entry_id: str, part: str = "") -> str:
        """A link to an entry (or a part of its page: `#checklist`), showing its title."""
        return self._said.once(self._link, "link", entry_id, part, self._here(entry_id), *self.languages)

    def _link(self, entry_id: str, part: str, *_: str) -> str:
        title = self.title_of(entry_id)

        def of(language: str) -> str | None:
            # Without marks: a link has no links in it.
            return self.title(language, entry_id).translate(markup.ALWAYS) if title.get(language) else None

        address = self.href(entry_id)
        return f"[{self.each(of)}]({address.partition('#')[0] + part if part else address})"

    def titled_link(self, title: Text, address: str) -> str:
        """A link to `address`, showing a text without its marks: a link has no links in it."""

        def of(language: str) -> str | None:
            words = title.get(language)
            return self.bare(language, words).translate(markup.ALWAYS) if words else None

        return f"[{self.each(of)}]({address})"

    def overview_link(self, name: str) -> str:
        """A link to the overview of a collection, or to another page of its own name, showing its title."""
        relative = posixpath.relpath(overview_path(name), posixpath.dirname(self.path) or ".")
        return f"[{self.t(f'collection.{name}')}]({relative})"

    def web_link(self, url: str) -> str:
        """A link to a web address, showing it."""
        return f"[{markup.literal(url)}]({markup.address(url)})"

    def plain(self, value: Text | str) -> str:
        """A text or interface word without any markup, for titles; languages after each other."""
        said = (
            self.word(language, value) if isinstance(value, str) else self.bare(language, value.get(language) or "")
            for language in self.languages
        )
        return " · ".join(dict.fromkeys(filter(None, said)))

    def name(self, page: Page) -> str:
        """The title of a page, for the navigation; its file's name where it is not translated."""
        return self.plain(page.title) or posixpath.basename(page.path).removesuffix(".md")
