"""How one edition says things on one page: what templates call, each method giving finished Markdown.

Beside texts (`speaker` has them in one language, `pair` in all of an edition) there are statements with their sources.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable

from . import grounds, markup
from .entries import Review, Term
from .pair import Pair
from .sources import Damage, Provision, Publication, Silence
from .statements import EDITORS, Citation, Evidence, Statement, Text
from .uses import LABELS, ORDER_OF_ANSWERS, PASSAGES


class Voice(Pair):
    """Says statements and where they come from, and small sentences of their own."""

    def state(self, statement: Statement, at: str = "") -> str:
        """A statement with its citations; `at` is the entry whose page has the passages, where it is not this page."""
        return self.say(statement, self.cite(statement.source, at))

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

    # --- sources -----------------------------------------------------------------------------------------

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

    # --- ids ---------------------------------------------------------------------------------------------

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


def anchor(citation: Citation) -> str:
    """The id of the passage that `citation` leads to, on the page that quotes it."""
    return "e-" + str(citation).replace(":", "-").replace(",", "-")


def article_anchor(article: str) -> str:
    """The id of a provision on its publication's page; what an id cannot have is written as its number."""
    return "art-" + re.sub(r"[^\w.-]|_", lambda match: f"-{ord(match[0]):x}-", markup.unwrap(article))
