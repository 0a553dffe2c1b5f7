"""Texts, titles, interface words and links as Markdown: in one language, or in all languages of an edition.

With one language a text is plain; with several it is a pair of spans (or more), each marked with its `lang`. This works
inside headings, list items and table cells alike.
"""

from __future__ import annotations

import html
import posixpath
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from ..content import markup
from ..content.catalogues import Words, direction
from ..content.collections import overview_path
from ..content.entries import Entry, Term
from ..content.handbook import Handbook
from ..content.translations import StaleLanguages
from ..content.types import Statement, Text
from ..pages.plan import Address, Page, Plan
from . import markdown
from .glossary import Glossary
from .glossary import mark as term_mark


@dataclass(frozen=True)
class Word:
    """An interface word where a text could stand."""

    key: str


@dataclass(frozen=True)
class Reference:
    """A link to an entry where a text could stand."""

    id: str


@dataclass(frozen=True)
class Foreign:
    """Words in this language, where a text could stand."""

    language: str
    words: str


Sayable = Text | Word | Reference | Foreign | str

ISOLATE: Final = "\N{FIRST STRONG ISOLATE}"
END_OF_ISOLATE: Final = "\N{POP DIRECTIONAL ISOLATE}"
"""Around words that run another way than what stands beside them, where no element can say so."""

Tail = Callable[[str], str]
"""What follows a text in a language: mostly citation marks."""


def no_tail(language: str) -> str:
    """Nothing follows."""
    return ""


class MissingWordError(Exception):
    """A template asks for an interface word that no strings file has."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(f"no interface word {key!r}")


@dataclass
class Shared:
    """What texts of all pages are made from, and what of them comes out alike on many pages."""

    plan: Plan
    words: Words
    stale: StaleLanguages = field(default_factory=dict)
    titles: dict[tuple[str, str], str] = field(default_factory=dict)
    plain_texts: dict[tuple[str, str, str | None], str] = field(default_factory=dict)
    """Texts without marks as Markdown: by language, words, and the words of the original where terms are marked."""
    page_texts: dict[tuple[str, int, tuple[str, ...], bool], str | None] = field(default_factory=dict)
    """Texts of the page at hand, whose editions are rendered after each other: by language, `id()`, the languages of
    the edition where another has to do, and whether the words of the trade in them are left unmarked."""
    page_path: str = ""
    relative_paths: dict[tuple[str, str], str] = field(default_factory=dict)

    @cached_property
    def runs_both_ways(self) -> bool:
        """Whether some languages of the handbook are written from left to right, and others from right to left."""
        return len(set(map(direction, self.words.values()))) > 1

    @cached_property
    def draft_titles(self) -> frozenset[int]:
        """`id()` of the titles of drafts."""
        return frozenset(id(entry.title) for entry in self.plan.handbook.entries.values() if entry.draft)

    @cached_property
    def title_ids(self) -> frozenset[int]:
        """`id()` of every text that is the title of an entry."""
        return frozenset(id(entry.title) for entry in self.plan.handbook.entries.values())

    def begin(self, path: str) -> None:
        """An edition of the page at `path` is rendered next."""
        if path != self.page_path:
            self.page_path, self.page_texts = path, {}


class TextRenderer:
    """Texts for the page at `path` of an edition in `languages`.

    With a `glossary` the words of the trade in texts are marked, and the page goes through `glossary.settle`.
    """

    def __init__(self, shared: Shared, languages: Sequence[str], path: str, glossary: Glossary | None = None) -> None:
        self.shared = shared
        self.handbook: Handbook = shared.plan.handbook
        self.words = shared.words
        self.addresses: dict[str, Address] = shared.plan.addresses
        self.languages = list(languages)
        self.path = path
        self._glossary = glossary
        shared.begin(path)

    # --- in one language ---------------------------------------------------------------------------------

    def word(self, language: str, key: str, **values: object) -> str:
        """The interface word `key`, as plain text. Raises `MissingWordError`."""
        try:
            word = self.words[language][key]
        except KeyError:
            raise MissingWordError(key) from None
        return word.format(**values) if values or "{" in word or "}" in word else word

    def inline_word(self, language: str, key: str) -> str:
        """The same as Markdown, for the middle of a line."""
        return self.word(language, key).translate(markdown.ALWAYS)

    def title(self, language: str, entry_id: str) -> str:
        """The title of an entry, as plain text."""
        known = self.shared.titles
        if (language, entry_id) not in known:
            known[language, entry_id] = self._title(language, entry_id, self._inner_title(language))
        return known[language, entry_id]

    def _title(self, language: str, entry_id: str, title_of: Callable[[str], str]) -> str:
        return markup.plain(self.available(language, self.title_of(entry_id))[1], title_of)

    def _inner_title(self, language: str, within: Text | None = None) -> Callable[[str], str]:
        """What a text shows of an entry that it refers to.

        Titles may refer to each other, in a ring too: a title within a title shows no third one.
        """
        if within is None or id(within) in self.shared.title_ids:
            return lambda entry_id: self._title(language, entry_id, str)
        return lambda entry_id: self.title(language, entry_id)

    def available(self, language: str, text: Text) -> tuple[str, str]:
        """The words of a text in `language`, or in another one where it is untranslated; and which language that is."""
        known = text.by_language
        if language in known:
            return language, known[language]
        own = next((one for one in (language, *self.handbook.settings.languages, *known) if one in known), language)
        return own, known.get(own, "")

    def title_of(self, entry_id: str) -> Text:
        """The title of an entry, in all its languages."""
        return self.handbook.entries[entry_id].title

    def bare(self, language: str, text: str) -> str:
        """`text` without marks; references show the title in `language`."""
        return markup.plain(text, lambda entry_id: self.title(language, entry_id))

    def titled(self, language: str, entry_id: str) -> str:
        """The title of an entry as Markdown, marked where it is there only in another language."""
        own, _ = self.available(language, self.title_of(entry_id))
        return self.in_own(own, language, self.title(language, entry_id).translate(markdown.ALWAYS))

    def unadorned(self, language: str, text: Text) -> str:
        """A text without its marks as Markdown, marked where it is there only in another language."""
        own, words = self.available(language, text)
        return self.in_own(own, language, markdown.escape(self.bare(own, words)))

    def in_own(self, own: str, language: str, rendered: str) -> str:
        """`rendered`, which is in the language `own`: marked where `language` is expected."""
        return rendered if own == language else f"<span {self._elsewhere_attributes(own)}>{rendered}</span>"

    def _elsewhere_attributes(self, own: str) -> str:
        return f'class="hb-elsewhere" {self.attributes(own)}'

    def in_language(self, language: str, value: Sayable) -> str | None:
        """`value` as Markdown in one language, marked where it is stale or is there only in another language.

        None where it is untranslated, and the other language stands beside it.
        """
        if not isinstance(value, Text):
            return self._unmarked(language, value)
        # Only where it is untranslated does it matter which others there are.
        others = () if language in value.by_language else tuple(self.languages)
        known, key = self.shared.page_texts, (language, id(value), others, self._glossary is None)
        if key not in known:
            rendered = self._unmarked(language, value, self._glossary)
            shown = (
                self._elsewhere(language, value) if rendered is None else rendered + self._stale_mark(language, value)
            )
            known[key] = shown and shown + self._draft_mark(language, value)
        return known[key]

    def _elsewhere(self, language: str, text: Text) -> str | None:
        """An untranslated text in another language, and a mark; None where the edition has that language too."""
        own, words = self.available(language, text)
        if not words or own in self.languages:
            return None
        rendered = markdown.inline(words, self._resolver(own, text))
        return f"<span {self.attributes(own)}>{rendered}</span>{self._untranslated_mark(language)}"

    def _draft_mark(self, language: str, title: Text) -> str:
        """As `_stale_mark`, behind the title of a draft."""
        if id(title) not in self.shared.draft_titles:
            return ""
        note = html.escape(self.word(language, "draft"))
        return f' <span class="hb-stale hb-stale--draft" {self.attributes(language)} data-note="{note}"></span>'

    def _untranslated_mark(self, language: str) -> str:
        """As `_stale_mark`. It says its language, for it may stand within what is in another one."""
        note = html.escape(self.word(language, "untranslated"))
        return f' <span class="hb-stale hb-stale--untranslated" {self.attributes(language)} data-note="{note}"></span>'

    def _unmarked(self, language: str, value: Sayable, glossary: Glossary | None = None) -> str | None:
        """As `in_language`, not marked as stale; without a glossary no word carries its meaning."""
        if isinstance(value, Word):
            return markdown.escape(self.word(language, value.key))
        if isinstance(value, Reference):
            link = f"[{self.titled(language, value.id)}]({self.href(value.id)})"
            return link + self._draft_mark(language, self.title_of(value.id))
        if isinstance(value, Foreign):
            return f"<span {self.attributes(value.language)}>{markdown.literal(value.words)}</span>"
        if isinstance(value, str):  # in whichever language it is
            return f"<bdi>{markdown.literal(value)}</bdi>" if self.shared.runs_both_ways else markdown.literal(value)
        text = value.get(language)
        if text is None:
            return None
        find = glossary.finder(language, value) if glossary else markdown.find_nothing
        if markup.has_marks(text):
            return markdown.inline(text, self._resolver(language, value), find)
        known = self.shared.plain_texts
        key = language, text, (value.get(self.handbook.settings.languages[0]) or "") if glossary else None
        rendered = known.get(key)
        if rendered is None:
            rendered = known[key] = markdown.inline(text, self._resolver(language, value), find)
        return rendered

    def _stale_mark(self, language: str, value: Text) -> str:
        """A quiet note where another language has changed and this one has not.

        Its words stand in an attribute, so that neither the search nor the table of contents takes them for text.
        """
        if language not in self.shared.stale.get(id(value), ()):
            return ""
        return f' <span class="hb-stale" data-note="{html.escape(self.word(language, "stale"))}"></span>'

    def _resolver(self, language: str, within: Text) -> markdown.Resolve:
        terms = self.handbook.all(Term) if self._glossary else {}
        title_of = self._inner_title(language, within)

        def resolve(entry_id: str) -> markdown.Target:
            known = term_mark(language, entry_id, explicit=True) if entry_id in terms else ""
            own, _ = self.available(language, self.title_of(entry_id))
            elsewhere = "" if own == language else self._elsewhere_attributes(own)
            return markdown.Target(self.href(entry_id), title_of(entry_id), known, elsewhere)

        return resolve

    def tag(self, language: str) -> str:
        """What HTML calls `language`."""
        return html.escape(self.word(language, "language.tag"))

    def attributes(self, language: str) -> str:
        """The attributes of HTML that say which language words are in.

        Which way they run is said too, unless that is the same for every language of the handbook.
        """
        runs = self.direction(language)
        return f'lang="{self.tag(language)}"' + (f' dir="{runs}"' if self.shared.runs_both_ways else "")

    def direction(self, language: str) -> str:
        """`ltr`, or `rtl` where `language` is written from right to left."""
        return direction(self.words[language])

    def attributes_of(self, text: Text | str) -> str:
        """The same with a blank before it for what `plain` gives, where the edition's languages have nothing of it."""
        if isinstance(text, str) or any(language in text.by_language for language in self.languages):
            return ""
        return f" {self.attributes(self.available(self.languages[0], text)[0])}"

    # --- addresses ---------------------------------------------------------------------------------------

    def href(self, entry_id: str) -> str:
        """The address of an entry in Markdown, relative to this page."""
        address = self.addresses[entry_id]
        relative = "" if address.path == self.path else self._relative(address.path)
        return f"{relative}#{address.anchor}" if address.anchor else relative or posixpath.basename(self.path)

    def _relative(self, path: str) -> str:
        folder = posixpath.dirname(self.path)
        known = self.shared.relative_paths.get((path, folder))
        if known is None:
            known = self.shared.relative_paths[path, folder] = posixpath.relpath(f"/{path}", f"/{folder}")
        return known

    def url(self, entry_id: str, part: str = "") -> str:
        """The address of an entry (or a part of its page: `#checklist`) as the site serves it.

        For HTML that MkDocs leaves alone: there a link must be relative to this page's folder on the site, as
        `use_directory_urls` makes them.
        """
        address = self.addresses[entry_id]
        anchor = part or (f"#{address.anchor}" if address.anchor else "")
        if address.path == self.path and anchor:
            return anchor
        relative = posixpath.relpath(_folder(address.path) or ".", _folder(self.path) or ".")
        return f"{relative}/{anchor}"

    # --- in all languages of the edition -----------------------------------------------------------------

    def each(self, of: Callable[[str], str | None], tail: Tail = no_tail) -> str:
        """What `of` gives for each language, as a pair where there are several; `tail` follows in each of them."""
        texts = [(of(language) or self._untranslated(language)) + tail(language) for language in self.languages]
        if len(texts) == 1:
            return texts[0]
        spans = [
            f"<span {self.attributes(language)}>{text}</span>"
            for language, text in zip(self.languages, texts, strict=True)
        ]
        return f'<span class="hb-pair">{" ".join(spans)}</span>'

    def _untranslated(self, language: str) -> str:
        return f'<em class="hb-untranslated">{self.inline_word(language, "untranslated")}</em>'

    def text(self, value: Sayable, tail: Tail = no_tail) -> str:
        """A text, word or link."""
        return self.each(lambda language: self.in_language(language, value), tail)

    def ui(self, key: str, **values: object) -> str:
        """An interface word."""
        return self.each(lambda language: markdown.escape(self.word(language, key, **values)))

    def field(self, key: str, *values: Sayable, tail: Tail = no_tail) -> str:
        """`**Label:** value, value`."""

        def of(language: str) -> str | None:
            rendered = [self.in_language(language, value) for value in values]
            listed = self.inline_word(language, "separator.list").join(text for text in rendered if text)
            label = markdown.escape(self.word(language, key))
            return (
                f"<strong>{label}{self.inline_word(language, 'separator.label')}</strong>{listed}" if listed else None
            )

        return self.each(of, tail)

    def joined(self, *values: Sayable) -> str:
        """Values after each other with a dot between."""

        def of(language: str) -> str:
            rendered = (self._heading_text(language, value) or self._untranslated(language) for value in values)
            return self.inline_word(language, "separator.title").join(rendered)

        return self.each(of)

    def _heading_text(self, language: str, value: Sayable) -> str | None:
        """As `in_language`, and no word carries its meaning."""
        text = self._unmarked(language, value)
        if not isinstance(value, Text):
            return text
        return self._elsewhere(language, value) if text is None else text + self._stale_mark(language, value)

    def quoted(self, text: Text, tail: Tail = no_tail) -> str:
        """A text in the quotation marks of each language; `tail` follows."""

        def of(language: str) -> str | None:
            own, words = self.available(language, text)
            if not words or (own != language and own in self.languages):
                return None
            words = self._in_quotation_marks(own, self._unmarked(own, text) or "")
            if own == language:
                return words + self._stale_mark(language, text)
            return f"<span {self.attributes(own)}>{words}</span>{self._untranslated_mark(language)}"

        return self.each(of, tail)

    def _in_quotation_marks(self, language: str, words: str) -> str:
        opening, _, closing = self.word(language, "quotation", text="\0").partition("\0")
        return f"{markdown.escape(opening)}{words}{closing.translate(markdown.ALWAYS)}"

    def prose(self, statement: Statement, tail: Tail = no_tail) -> str:
        """Paragraphs and lists; with several languages, one block for each, or pairs where they are built alike."""

        def of(language: str) -> str:
            own, text = self.available(language, statement)
            if own == language:
                rendered = markdown.prose(text, self._resolver(language, statement), self._finder(language, statement))
                return rendered + self._stale_mark(language, statement) + tail(language)
            if own in self.languages or not text:
                return self._untranslated(language) + tail(language)
            rendered = (
                markdown.prose(text, self._resolver(own, statement))
                + self._untranslated_mark(language)
                + tail(language)
            )
            return f"<div {self.attributes(own)} markdown>\n\n{rendered}\n\n</div>"

        if len(self.languages) == 1:
            return of(self.languages[0])
        rows = self._rows(statement, tail)
        if rows:
            return "\n\n".join("\n".join(block) for block in rows)
        blocks = []
        for language in self.languages:
            blocks.append(f"<div {self.attributes(language)} markdown>\n\n{of(language)}\n\n</div>")
        return '<div class="hb-pair hb-pair--block" markdown>\n\n' + "\n\n".join(blocks) + "\n\n</div>"

    def _finder(self, language: str, text: Text) -> markdown.Find:
        return self._glossary.finder(language, text) if self._glossary else markdown.find_nothing

    def _rows(self, statement: Statement, tail: Tail) -> list[list[str]]:
        """Prose by paragraphs and items, each of them a pair; nothing where these differ between the languages."""
        texts = [statement.get(language) for language in self.languages]
        written = [list(markup.blocks(text)) for text in texts if text]
        shapes = {tuple(tuple(marker for marker, _ in block) for block in blocks) for blocks in written}
        stale = any(self._stale_mark(language, statement) for language in self.languages)
        if len(written) < len(texts) or len(shapes) > 1 or stale:
            return []

        def row(items: tuple[tuple[str, str], ...], tail: Tail = no_tail) -> str:
            words = {language: text for language, (_, text) in zip(self.languages, items, strict=True)}

            def of(language: str) -> str:
                return markdown.inline(
                    words[language], self._resolver(language, statement), self._finder(language, statement)
                )

            return items[0][0] + self.each(of, tail)

        together = [list(zip(*blocks, strict=True)) for blocks in zip(*written, strict=True)]
        rows = [[row(items) for items in block] for block in together]
        rows[-1][-1] = row(together[-1][-1], tail)
        return rows

    def link(self, entry_id: str, part: str = "") -> str:
        """A link to an entry (or a part of its page: `#checklist`), showing its title."""
        address = self.href(entry_id)
        address = address.partition("#")[0] + part if part else address
        title = self.title_of(entry_id)
        link = self._titled_link(title, address, lambda own, _: self.title(own, entry_id))
        return link + self._draft_mark(self.languages[0], title)

    def titled_link(self, title: Text, address: str) -> str:
        """A link to `address`, showing a text without its marks: a link has no links in it."""
        return self._titled_link(title, address, self.bare)

    def _titled_link(self, title: Text, address: str, plain: Callable[[str, str], str]) -> str:
        def of(language: str) -> str | None:
            own, words = self.available(language, title)
            if own != language and own in self.languages:
                return None
            return self.in_own(own, language, plain(own, words).translate(markdown.ALWAYS))

        return f"[{self.each(of)}]({address})"

    def overview_link(self, name: str) -> str:
        """A link to the overview of a collection, or to another page of its own name, showing its title."""
        return f"[{self.ui(f'collection.{name}')}]({self._relative(overview_path(name))})"

    def web_link(self, url: str) -> str:
        """A link to a web address, showing it."""
        return f"[{self._unmarked(self.languages[0], url)}]({markdown.address(url)})"

    # --- plain text ----------------------------------------------------------------------------------------

    def plain(self, value: Text | str) -> str:
        """A text or interface word without any markup, for titles; languages after each other."""
        said: dict[str, str] = {}
        for language in self.languages:
            if isinstance(value, str):
                own, words = language, self.word(language, value)
            else:
                own, written = self.available(language, value)
                words = markup.plain(written, self._inner_title(own, value))
            said.setdefault(words, own)
        said.pop("", None)
        runs = {self.direction(own) for own in said.values()}
        if self.shared.runs_both_ways and runs != {self.direction(self.languages[0])}:
            return " · ".join(f"{ISOLATE}{words}{END_OF_ISOLATE}" for words in said)
        return " · ".join(said)

    def page_title(self, page: Page) -> str:
        """The title of a page, for the navigation."""
        return self.plain(page.title)

    def terms(self, ids: Iterable[str]) -> list[Term]:
        """Terms by their ids."""
        terms = self.handbook.all(Term)
        return [terms[entry_id] for entry_id in ids]

    def other_titles(self, entry: Entry) -> list[Foreign]:
        """Titles of an entry in the languages that the edition does not have."""
        others = ((one, text) for one, text in entry.title.by_language.items() if one not in self.languages)
        return [Foreign(language, self.bare(language, text)) for language, text in others]

    def other_names(self, term: Term) -> str:
        """What the term is called in the other languages, and how it is read."""
        others = {
            f"<span {self.attributes(code)}>{markdown.literal(self.bare(code, text))}</span>"
            for code, text in term.title.by_language.items()
            if code not in self.languages
        }
        return " · ".join([*sorted(others), *([markdown.literal(term.pinyin)] if term.pinyin else [])])


def _folder(path: str) -> str:
    """The folder that the page `path` is served as, "" for the home page."""
    return posixpath.dirname(path) if posixpath.basename(path) == "index.md" else path.removesuffix(".md")
