"""How one edition says things on one page: its languages, its links, its interface words.

Templates call these methods and get finished Markdown. With one language a text is plain Markdown; with
several, the languages stand side by side as a pair of spans, each marked with its `lang`, which works
inside headings, list items and table cells alike.
"""

from __future__ import annotations

import html
import posixpath
import re
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from . import grounds, markup
from .entries import Review, Term
from .glossary import Glossary
from .glossary import mark as term_mark
from .handbook import Handbook
from .pages import Address, Page, overview_path
from .sources import Damage, Provision, Publication, Silence
from .statements import EDITORS, Citation, Evidence, Statement, Text
from .strings import Words
from .translations import StaleLanguages
from .uses import ADDRESS, EVERYTHING, GLOSSARY, LABELS, ORDER_OF_ANSWERS, PASSAGES, Said, Use


@dataclass(frozen=True)
class Word:
    """An interface word where a text could stand."""

    key: str


@dataclass(frozen=True)
class Reference:
    """A link to an entry where a text could stand."""

    id: str


Sayable = Text | Word | Reference | str


class Voice:
    """Says things in `languages`, those of an edition, for the page at `path`."""

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
        """Voices that share what they have `said` must share all else but `languages`, `path` and `glossary`.

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

    # --- one language ------------------------------------------------------------------------------------

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

    def answer_name(self, language: str, answer: str) -> str:
        """The short name of an answer: `A3`."""
        self.note(ORDER_OF_ANSWERS)
        return self.word(language, "answer.short", n=self._said.numbers[answer])

    def answers(self) -> list[str]:
        """The ids of all answers, in their order."""
        self.note(ORDER_OF_ANSWERS)
        return list(self._said.numbers)

    def passages_of(self, entry_id: str, source: str) -> list[Evidence]:
        """The passages of `source` that an entry quotes; the same lines once."""
        self.note((entry_id, PASSAGES))
        return grounds.passages_of(self._handbook.entries[entry_id], source)

    def terms(self, ids: Iterable[str]) -> list[Term]:
        """Terms by their ids."""
        terms = self._handbook.all(Term)
        return [terms[entry_id] for entry_id in ids]

    def _here(self, entry_id: str) -> str:
        """What the address of an entry depends on: this page's folder, or that it is this page."""
        return self.path if self.addresses[entry_id].path == self.path else self.path.rpartition("/")[0]

    # --- every language of the edition -------------------------------------------------------------------

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

    def state(self, statement: Statement, at: str = "") -> str:
        """A statement with its citations; `at` is the entry whose page has the passages, where it is not this page."""
        return self.say(statement, self.cite(statement.source, at))

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

    def prose(self, statement: Statement) -> str:
        """Paragraphs and lists; with several languages, one block for each."""
        cite = self.cite(statement.source)

        def of(language: str) -> str:
            text = statement.get(language)
            if not text:
                return self._untranslated(language)
            find = self._finder(language, statement)
            return markup.prose(text, self._resolver(language), find) + self._stale_mark(language, statement)

        if len(self.languages) == 1:
            return f"{of(self.languages[0])}{cite}"
        rows = self._rows(statement, cite)
        if rows:
            return "\n\n".join("\n".join(block) for block in rows)
        blocks = []
        for language in self.languages:
            tail = cite if language == self.languages[-1] else ""
            blocks.append(f'<div lang="{self.tag(language)}" markdown>\n\n{of(language)}{tail}\n\n</div>')
        return '<div class="hb-pair hb-pair--block" markdown>\n\n' + "\n\n".join(blocks) + "\n\n</div>"

    def _rows(self, statement: Statement, tail: str) -> list[list[str]]:
        """Prose by paragraphs and items, each of them a pair; nothing where these differ between the languages."""
        texts = [statement.get(language) for language in self.languages]
        written = [list(markup.blocks(text)) for text in texts if text]
        shapes = {tuple(tuple(marker for marker, _ in block) for block in blocks) for blocks in written}
        stale = any(self._stale_mark(language, statement) for language in self.languages)
        if len(written) < len(texts) or len(shapes) > 1 or stale:
            return []

        def row(items: tuple[tuple[str, str], ...], tail: str = "") -> str:
            words = {language: text for language, (_, text) in zip(self.languages, items, strict=True)}

            def of(language: str) -> str:
                return markup.inline(words[language], self._resolver(language), self._finder(language, statement))

            return items[0][0] + self.each(of, tail)

        together = [list(zip(*blocks, strict=True)) for blocks in zip(*written, strict=True)]
        rows = [[row(items) for items in block] for block in together]
        rows[-1][-1] = row(together[-1][-1], tail)
        return rows

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

    # --- citations ---------------------------------------------------------------------------------------

    def cite(self, citations: Iterable[Citation], at: str = "") -> str:
        """The marks behind a statement: where it comes from, each a link, none alone on a new line."""
        return "".join([f"\N{NO-BREAK SPACE}{self._mark(citation, at)}" for citation in citations])

    def _mark(self, citation: Citation, at: str) -> str:
        here = tuple(self._here(place) for place in (citation.source, at) if place in self.addresses)
        return self._said.once(self._make_mark, "mark", citation, at, here, *self.languages)

    def _make_mark(self, citation: Citation, at: str, _: tuple[str, ...], first: str, *others: str) -> str:
        if citation.source == EDITORS:
            title = self.word(first, "cite.editors.title")
            mark = self.word(first, "cite.editors")
            return f'<span class="hb-cite hb-cite--editors" title="{title}" data-search-exclude="1">{mark}</span>'
        self.note(ORDER_OF_ANSWERS)
        if citation.source in self._said.numbers:
            number = self.number(citation).translate(markup.ALWAYS)
            page = self.href(at).partition("#")[0] if at else ""
            return f"[{number}]({page}#{anchor(citation)}){{ .hb-cite data-search-exclude=1 }}"
        label = self.publication_label(first, citation).translate(markup.ALWAYS)
        return f"[{label}]({self._rule_href(citation)}){{ .hb-cite .hb-cite--rule data-search-exclude=1 }}"

    def number(self, citation: Citation) -> str:
        """The short name of a place in an answer: `A3·22`."""
        number, lines = self._said.numbers[citation.source], ",".join(citation.places)
        return self.word(self.languages[0], "cite.answer", n=number, lines=lines)

    def publication_label(self, language: str, citation: Citation) -> str:
        """`Civil Servants Law art. 60`."""
        self.note((citation.source, LABELS), (citation.source, "short_title"))
        publication = self._handbook.all(Publication)[citation.source]
        provisions = {provision.article: provision for provision in publication.provisions}
        places = [self.article(language, provisions[place]) for place in citation.places]
        short = self.bare(language, publication.short_title.get(language) or citation.source)
        return " ".join([short, self.word(language, "separator.list").join(places)]).strip()

    def article(self, language: str, provision: Provision) -> str:
        """How a provision is cited: its own label, or its article number."""
        label = provision.label.get(language) if provision.label else None
        number = markup.unwrap(provision.article)
        return self.bare(language, label) if label else self.word(language, "cite.article", n=number)

    def key(self, prefix: str, text: Text) -> str:
        """An id for `text` that no other text of the page has, alike in all editions, and kept where texts move."""
        words = next(filter(None, map(text.get, self._handbook.settings.languages)), "")
        number = zlib.crc32(markup.unwrap(words).encode())
        while not self.first(f"{prefix}-{number & 0xFFFF:04x}"):
            number += 1
        return f"{prefix}-{number & 0xFFFF:04x}"

    def first(self, anchor: str) -> bool:
        """Whether `anchor` is not on the page yet: two passages may be the same lines, an id may not."""
        new = anchor not in self._seen
        self._seen.add(anchor)
        return new

    def passage(self, evidence: Evidence) -> str:
        """`Answer 3: …, line 22`, a link to the answer."""
        source = evidence.source

        def of(language: str) -> str:
            words = self.word(
                language,
                "evidence.passage",
                answer=self.title(language, source.source),
                lines=", ".join(source.places),
            )
            return words.translate(markup.ALWAYS)

        return f"[{self.each(of)}]({self.href(source.source)})"

    def rule(self, citation: Citation) -> str:
        """`Civil Servants Law art. 60`, a link to it."""
        label = self.each(lambda language: self.publication_label(language, citation).translate(markup.ALWAYS))
        return f"[{label}]({self._rule_href(citation)})"

    def provisions(self, citation: Citation) -> list[Provision]:
        """The provisions that `citation` names."""
        self.note((citation.source, "provisions"))
        provisions = self._handbook.all(Publication)[citation.source].provisions
        return [provision for provision in provisions if provision.article in citation.places]

    def _rule_href(self, citation: Citation) -> str:
        place = f"#{article_anchor(citation.places[0])}" if citation.places else ""
        return f"{self.href(citation.source)}{place}"

    def provision(self, provision: Provision) -> str:
        """`Article 60`, as a heading."""
        return self.each(lambda language: markup.escape(self.article(language, provision)))

    # --- small sentences of their own --------------------------------------------------------------------

    def damage(self, damage: Damage) -> str:
        """`line 49, hidden: …`."""

        def of(language: str) -> str | None:
            note = self.in_language(language, damage.note)
            lines = self.word(language, "cite.lines", lines=damage.lines)
            kind = self.word(language, f"damage.{damage.kind}")
            head = f"{lines}{self.word(language, 'separator.title')}{kind}{self.word(language, 'separator.label')}"
            return f"<strong>{markup.escape(head)}</strong>{note}" if note else None

        return self.each(of)

    def silence(self, silence: Silence) -> str:
        """`line 18: …`."""

        def of(language: str) -> str | None:
            reason = self.in_language(language, silence.reason)
            lines = self.word(language, "cite.lines", lines=silence.line)
            return f"{lines}{self.word(language, 'separator.label')}{reason}" if reason else None

        return self.each(of)

    def other_names(self, term: Term) -> str:
        """What the term is called in the other languages, and how it is read."""
        return self._said.once(self._other_names, "other names", term.id, *self.languages)

    def _other_names(self, term_id: str, *_: str) -> str:
        self.note((term_id, "title"), (term_id, "pinyin"))
        term = self._handbook.all(Term)[term_id]
        others = {
            f'<span lang="{self.tag(code)}">{markup.literal(self.bare(code, text))}</span>'
            for code, text in term.title.by_language.items()
            if code not in self.languages
        }
        return " · ".join([*sorted(others), *([markup.literal(term.pinyin)] if term.pinyin else [])])

    def reviewed(self, review: Review) -> str:
        """When an entry was last read through, and by whom."""

        def of(language: str) -> str:
            by = self.bare(language, review.by.get(language) or "") if review.by else ""
            return self.word(language, "reviewed", date=review.date, by=by or self.word(language, "reviewed.editors"))

        return self.each(lambda language: markup.escape(of(language)))


def _folder(path: str) -> str:
    """The folder that the page `path` is served as, "" for the home page."""
    return posixpath.dirname(path) if posixpath.basename(path) == "index.md" else path.removesuffix(".md")


def anchor(citation: Citation) -> str:
    """The id of the passage that `citation` leads to, on the page that quotes it."""
    return "e-" + str(citation).replace(":", "-").replace(",", "-")


def article_anchor(article: str) -> str:
    """The id of a provision on its publication's page; what an id cannot have is written as its number."""
    return "art-" + re.sub(r"[^\w.-]|_", lambda match: f"-{ord(match[0]):x}-", markup.unwrap(article))
