"""What is said in one language on one page: texts, titles, interface words and addresses, as Markdown.

Everything that is taken from the handbook is noted, so that a page is rendered again when that changes: see `uses`.
"""

from __future__ import annotations

import html
import posixpath
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from . import markup
from .entries import Term
from .glossary import Glossary
from .glossary import mark as term_mark
from .handbook import Handbook
from .pages import Address
from .statements import Text
from .strings import Words
from .translations import StaleLanguages
from .uses import ADDRESS, EVERYTHING, GLOSSARY, Said, Use


@dataclass(frozen=True)
class Word:
    """An interface word where a text could stand."""

    key: str


@dataclass(frozen=True)
class Reference:
    """A link to an entry where a text could stand."""

    id: str


Sayable = Text | Word | Reference | str


class Speaker:
    """Says things in single languages, for the page at `path` of an edition in `languages`."""

    def __init__(
        self,
        handbook: Handbook,
        words: Words,
        languages: list[str],
        addresses: dict[str, Address],
        path: str,
        stale: StaleLanguages | None = None,
        said: Said | None = None,
        glossary: Glossary | None = None,
    ) -> None:
        """Speakers that share what they have `said` must share all else but `languages`, `path` and `glossary`.

        With a `glossary` the words of the trade in texts are marked, and the page goes through its `settle`.
        """
        self._handbook = handbook
        self.words = words
        self.languages = languages
        self.addresses = addresses
        self.path = path
        self._stale = stale or {}
        self._glossary = glossary
        self._seen: set[str] = set()
        self._said = said or Said(handbook)
        if glossary:
            self.note(GLOSSARY)

    @property
    def handbook(self) -> Handbook:
        """All of it: the page is rendered again whatever changes. What is asked for often has a method of its own."""
        self.note(EVERYTHING)
        return self._handbook

    def using(self, *uses: Use) -> Handbook:
        """The handbook, to somebody who takes no more of it than these `uses`."""
        self.note(*uses)
        return self._handbook

    def note(self, *uses: Use) -> None:
        """Say what the page uses."""
        self._said.uses.update(uses)

    def word(self, language: str, key: str, **values: object) -> str:
        """The interface word `key`, as plain text."""
        word = self.words[language][key]
        return word.format(**values) if values or "{" in word or "}" in word else word

    def title(self, language: str, entry_id: str) -> str:
        """The title of an entry, as plain text."""
        return self._said.once(self._whole_title, "title", language, entry_id)

    def _whole_title(self, language: str, entry_id: str) -> str:
        return self._title(language, entry_id, lambda inner: self._title(language, inner, str))

    def _title(self, language: str, entry_id: str, title_of: Callable[[str], str]) -> str:
        """As `title`; `title_of` names what the title itself refers to. Titles may refer to each other in a ring."""
        text = self.title_of(entry_id).get(language)
        return markup.plain(text, title_of) if text else entry_id

    def title_of(self, entry_id: str) -> Text:
        """The title of an entry, in all its languages."""
        self.note((entry_id, "title"))
        return self._handbook.entries[entry_id].title

    def bare(self, language: str, text: str) -> str:
        """`text` without marks; references show the title in `language`."""
        return markup.plain(text, lambda entry_id: self.title(language, entry_id))

    def in_language(self, language: str, value: Sayable) -> str | None:
        """`value` as Markdown in one language, marked where it is stale; None where it is untranslated."""
        return self._in_language(language, value, explained=self._glossary is not None)

    def _quietly(self, language: str, value: Sayable) -> str | None:
        """As `in_language`, and no word carries its meaning: for headings of all kinds and quotations."""
        return self._in_language(language, value, explained=False)

    def _in_language(self, language: str, value: Sayable, explained: bool) -> str | None:
        known, key = self._said.texts, (language, id(value), explained)
        if key in known:
            return known[key]
        words = self._unmarked(language, value, explained)
        said = None if words is None else words + self._stale_mark(language, value)
        if isinstance(value, Text):  # all else may be gone before the page is, and its `id()` another's
            known[key] = said
        return said

    def _finder(self, language: str, text: Text) -> markup.Find:
        return self._glossary.finder(language, text) if self._glossary else markup.find_nothing

    def _unmarked(self, language: str, value: Sayable, explained: bool = False) -> str | None:
        if isinstance(value, Word):
            return markup.escape(self.word(language, value.key))
        if isinstance(value, Reference):
            return self._said.once(self._reference, "reference", language, value.id, self._here(value.id))
        if isinstance(value, str):
            return markup.literal(value)
        text = value.get(language)
        if text is None:
            return None
        find = self._finder(language, value) if explained else markup.find_nothing
        if markup.has_marks(text):
            return markup.inline(text, self._resolver(language), find)
        known, key = self._said.unmarked, (language, text, self._original(value) if explained else None)
        said = known.get(key)
        if said is None:
            said = known[key] = markup.inline(text, self._resolver(language), find)
        return said

    def _original(self, text: Text) -> str:
        return text.get(self._handbook.settings.languages[0]) or ""

    def _reference(self, language: str, entry_id: str, *_: str) -> str:
        return f"[{self.title(language, entry_id).translate(markup.ALWAYS)}]({self.href(entry_id)})"

    def _stale_mark(self, language: str, value: Sayable) -> str:
        """A quiet note where another language has changed and this one has not.

        Its words stand in an attribute, so that neither the search nor the table of contents takes them for text.
        """
        if language not in self._stale.get(id(value), ()):
            return ""
        return f' <span class="hb-stale" data-note="{html.escape(self.word(language, "stale"))}"></span>'

    def _resolver(self, language: str) -> markup.Resolve:
        terms = self._handbook.all(Term) if self._glossary else {}

        def resolve(entry_id: str) -> markup.Target:
            known = term_mark(language, entry_id, explicit=True) if entry_id in terms else ""
            return markup.Target(self.href(entry_id), self.title(language, entry_id), known)

        return resolve

    def href(self, entry_id: str) -> str:
        """The address of an entry, relative to this page."""
        self.note((entry_id, ADDRESS))
        address = self.addresses[entry_id]
        relative = "" if address.path == self.path else self._said.relative(address.path, self.path)
        return f"{relative}#{address.anchor}" if address.anchor else relative or posixpath.basename(self.path)

    def url(self, entry_id: str, part: str = "") -> str:
        """The address of an entry (or a part of its page: `#checklist`) as the site serves it.

        For HTML that MkDocs leaves alone: there a link must be relative to this page's folder on the site, as
        `use_directory_urls` makes them.
        """
        self.note((entry_id, ADDRESS))
        address = self.addresses[entry_id]
        anchor = part or (f"#{address.anchor}" if address.anchor else "")
        if address.path == self.path and anchor:
            return anchor
        target = _folder(address.path)
        relative = posixpath.relpath(target or ".", _folder(self.path) or ".")
        return f"{relative}/{anchor}"

    def terms(self, ids: Iterable[str]) -> list[Term]:
        """Terms by their ids."""
        terms = self._handbook.all(Term)
        return [terms[entry_id] for entry_id in ids]

    def _here(self, entry_id: str) -> str:
        """What the address of an entry depends on: this page's folder, or that it is this page."""
        return self.path if self.addresses[entry_id].path == self.path else self.path.rpartition("/")[0]


def _folder(path: str) -> str:
    """The folder that the page `path` is served as, "" for the home page."""
    return posixpath.dirname(path) if posixpath.basename(path) == "index.md" else path.removesuffix(".md")
