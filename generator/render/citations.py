"""Statements with where they come from: citation marks, passages, rules, and the ids that links to them need."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Final

from ..content import markup
from ..content.entries import Review
from ..content.sources import Answer, Damage, Limit, Provision, Publication, Silence
from ..content.types import EDITORS, Citation, Evidence, Statement, Text
from ..content.validation import TODO
from ..pages import relations
from . import markdown
from .text import Tail, TextRenderer

GAP: Final = "\0"
"""Where something that is Markdown already comes into a word: a character that is in no text."""


class Citations:
    """Citations for the page that `texts` are rendered for."""

    def __init__(self, texts: TextRenderer) -> None:
        self.texts = texts
        self._ids: set[str] = set()
        """Those that the page has so far."""
        self._marks: dict[tuple[str, Citation, str], str] = {}

    # --- statements --------------------------------------------------------------------------------------

    def cited(self, statement: Statement, at: str = "") -> str:
        """A statement with its citations; `at` is the entry whose page has the passages, where it is not this page."""
        return self.texts.text(statement, self.tail(statement.source, at))

    def prose(self, statement: Statement) -> str:
        """Paragraphs and lists with their citations."""
        return self.texts.prose(statement, self.tail(statement.source))

    def marks(self, citations: Iterable[Citation], at: str = "") -> str:
        """The marks of these citations, for where no statement stands before them."""
        known = list(citations)
        return self.tail(known, at)(self.texts.languages[0])

    def tail(self, citations: Iterable[Citation], at: str = "") -> Tail:
        """The marks behind a statement in each language: where it comes from, each a link, none alone on a new line.

        What is the editors' own has no mark, unless it stands in one sentence with what somebody has said: else it
        would be taken for that.
        """
        known = list(citations)
        cited = [citation for citation in known if citation.source != EDITORS]
        is_partly_ours = len(cited) < len(known) and any(citation.source in self.numbers for citation in cited)

        def of(language: str) -> str:
            marks = [self._mark(language, citation, at) for citation in cited]
            if is_partly_ours:
                word = markdown.escape(self.texts.word(language, "cite.editors"))
                marks.append(f'<span class="hb-editors" data-search-exclude>{word}</span>')
            return "".join([f"\N{NO-BREAK SPACE}{mark}" for mark in marks])

        return of

    def _mark(self, language: str, citation: Citation, at: str) -> str:
        key = language, citation, at
        if key not in self._marks:
            self._marks[key] = self._new_mark(language, citation, at)
        return self._marks[key]

    def _new_mark(self, language: str, citation: Citation, at: str) -> str:
        if citation.source in self.numbers:
            number = self.number(language, citation).translate(markdown.ALWAYS)
            page = self.texts.href(at).partition("#")[0] if at else ""
            return f"[{number}]({page}#{anchor(citation)}){{ .hb-cite data-search-exclude=1 }}"
        label = self._rule_label(language, citation)
        return f"[{label}]({self._rule_href(citation)}){{ .hb-cite .hb-cite--rule data-search-exclude=1 }}"

    # --- answers -----------------------------------------------------------------------------------------

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each answer, in their order."""
        return {answer: number for number, answer in enumerate(self.texts.handbook.all(Answer), 1)}

    def answer_name(self, language: str, answer: str) -> str:
        """The short name of an answer: `A3`."""
        return self.texts.word(language, "answer.short", n=self.numbers[answer])

    def number(self, language: str, citation: Citation) -> str:
        """The short name of a place in an answer: `A3·22`."""
        number, lines = self.numbers[citation.source], ",".join(citation.places)
        return self.texts.word(language, "cite.answer", n=number, lines=lines)

    def passages_of(self, entry_id: str, source: str) -> list[Evidence]:
        """The passages of `source` that an entry quotes; the same lines once."""
        return relations.passages_of(self.texts.handbook.entries[entry_id], source)

    def passage(self, evidence: Evidence) -> str:
        """`Answer 3: …, line 22`, a link to the answer."""
        source = evidence.source
        if source.source == EDITORS:  # in a draft, whose author has still to name the answer
            return f"`{TODO}`"

        def of(language: str) -> str:
            words = self.texts.word(language, "evidence.passage", answer=GAP, lines=", ".join(source.places))
            return words.translate(markdown.ALWAYS).replace(GAP, self.texts.titled(language, source.source))

        return f"[{self.texts.each(of)}]({self.texts.href(source.source)})"

    def damage(self, damage: Damage) -> str:
        """`line 49, hidden: …`."""

        def of(language: str) -> str | None:
            word = self.texts.word
            note = self.texts.in_language(language, damage.note)
            lines = word(language, "cite.lines", lines=damage.lines)
            kind = word(language, f"damage.{damage.kind}")
            head = f"{lines}{word(language, 'separator.title')}{kind}"
            return self._labelled(language, head, note) if note else None

        return self.texts.each(of)

    def limit(self, limit: Limit) -> str:
        """`line 60: …`; the text alone where it is about the whole answer."""

        def of(language: str) -> str | None:
            text = self.texts.in_language(language, limit)
            if not text or limit.lines is None:
                return text
            return self._labelled(language, self.texts.word(language, "cite.lines", lines=limit.lines), text)

        return self.texts.each(of)

    def _labelled(self, language: str, label: str, text: str) -> str:
        head = f"{label}{self.texts.word(language, 'separator.label')}"
        return f"<strong>{markdown.escape(head)}</strong>{text}"

    def silence(self, silence: Silence) -> str:
        """`line 18: …`."""

        def of(language: str) -> str | None:
            reason = self.texts.in_language(language, silence.reason)
            lines = self.texts.word(language, "cite.lines", lines=silence.line)
            head = f"{lines}{self.texts.word(language, 'separator.label')}"
            return f"{markdown.escape(head)}{reason}" if reason else None

        return self.texts.each(of)

    # --- publications --------------------------------------------------------------------------------------

    def publication_label(self, language: str, citation: Citation) -> tuple[str, str]:
        """`Civil Servants Law art. 60` as plain text, and before it the language that it is in.

        That is another one where the publication has no short title in `language`.
        """
        own = self._language_of(language, citation)
        bare = (
            piece if isinstance(piece, str) else self.texts.bare(*self.texts.available(own, piece))
            for piece in self._label(own, citation)
        )
        return own, "".join(bare)

    def _rule_label(self, language: str, citation: Citation) -> str:
        """The same as Markdown, marked where it is in another language."""
        own = self._language_of(language, citation)
        return self.texts.in_own(
            own, language, "".join(self._shown(own, piece) for piece in self._label(own, citation))
        )

    def _language_of(self, language: str, citation: Citation) -> str:
        return self.texts.available(language, self._publication(citation).short_title)[0]

    def _label(self, language: str, citation: Citation) -> Iterator[Text | str]:
        publication = self._publication(citation)
        provisions = {provision.article: provision for provision in publication.provisions}
        yield publication.short_title
        for index, place in enumerate(citation.places):
            yield self.texts.word(language, "separator.list") if index else " "
            yield self._article(language, provisions[place])

    def _publication(self, citation: Citation) -> Publication:
        return self.texts.handbook.all(Publication)[citation.source]

    def _article(self, language: str, provision: Provision) -> Text | str:
        """How a provision is cited: its own label, or its article number."""
        return provision.label or self.texts.word(language, "cite.article", n=markup.unwrap(provision.article))

    def _shown(self, language: str, piece: Text | str) -> str:
        return markdown.escape(piece) if isinstance(piece, str) else self.texts.unadorned(language, piece)

    def rule(self, citation: Citation) -> str:
        """`Civil Servants Law art. 60`, a link to it."""
        label = self.texts.each(lambda language: self._rule_label(language, citation))
        return f"[{label}]({self._rule_href(citation)})"

    def provisions(self, citation: Citation) -> list[Provision]:
        """The provisions that `citation` names."""
        provisions = self.texts.handbook.all(Publication)[citation.source].provisions
        return [provision for provision in provisions if provision.article in citation.places]

    def provision_link(self, source: str, provision: Provision) -> str:
        """`Civil Servants Law art. 60`, a link to this provision."""
        return self.rule(Citation(source, (provision.article,)))

    def provision_title(self, provision: Provision) -> str:
        """`Article 60`, as a heading."""
        return self.texts.each(lambda language: self._shown(language, self._article(language, provision)))

    def _rule_href(self, citation: Citation) -> str:
        place = f"#{article_anchor(citation.places[0])}" if citation.places else ""
        return f"{self.texts.href(citation.source)}{place}"

    # --- ids ---------------------------------------------------------------------------------------------

    def new_id(self, prefix: str, text: Text) -> str:
        """An id for `text` that no other text of the page has, alike in all editions, and kept where texts move."""
        words = next(filter(None, map(text.get, self.texts.handbook.settings.languages)), "")
        number = zlib.crc32(markup.unwrap(words).encode())
        while not self.is_new(f"{prefix}-{number & 0xFFFF:04x}"):
            number += 1
        return f"{prefix}-{number & 0xFFFF:04x}"

    def is_new(self, own_id: str) -> bool:
        """Whether this id is not on the page yet: two passages may be the same lines, an id may not."""
        new = own_id not in self._ids
        self._ids.add(own_id)
        return new

    def reviewed(self, review: Review) -> str:
        """When an entry was last read through, and by whom."""

        def of(language: str) -> str:
            editors = markdown.escape(self.texts.word(language, "reviewed.editors"))
            by = self.texts.unadorned(language, review.by) if review.by else editors
            return markdown.escape(self.texts.word(language, "reviewed", date=review.date, by=GAP)).replace(GAP, by)

        return self.texts.each(of)


def anchor(citation: Citation) -> str:
    """The id of the passage that `citation` leads to, on the page that quotes it."""
    return "e-" + str(citation).replace(":", "-").replace(",", "-")


def article_anchor(article: str) -> str:
    """The id of a provision on its publication's page; what an id cannot have is written as its number."""
    return "art-" + re.sub(r"[^\w.-]|_", lambda match: f"-{ord(match[0]):x}-", markup.unwrap(article))
