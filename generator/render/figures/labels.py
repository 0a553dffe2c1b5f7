"""What a figure says, in every language of an edition: plain words to be measured, and where they lead."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ...content.types import EDITORS, Citation, Text
from ..citations import Citations, anchor
from ..text import TextRenderer
from .drawing import Label, Tag


class Labels:
    """Labels of figures, for the page that `texts` and `citations` are of."""

    def __init__(self, texts: TextRenderer, citations: Citations) -> None:
        self._texts = texts
        self._citations = citations
        self.url = texts.url

    def text(self, text: Text) -> Label:
        """A text without marks, in the languages of the edition that have it, or in another one."""
        return self._available(text, self._texts.bare)

    def title(self, entry_id: str) -> Label:
        """The title of an entry."""
        return self._available(self._texts.title_of(entry_id), lambda own, _: self._texts.title(own, entry_id))

    def word(self, key: str, **values: object) -> Label:
        """An interface word."""
        return self._each(lambda language: self._texts.word(language, key, **values))

    def answers(self, key: str, answers: Iterable[str]) -> Label:
        """The interface word `key` with the short names of `answers` for `{answers}`."""
        return self._each(
            lambda language: self._texts.word(
                language,
                key,
                answers=self._texts.word(language, "separator.list").join(
                    self._citations.answer_name(language, answer) for answer in answers
                ),
            )
        )

    def marks(self, citations: Iterable[Citation]) -> list[tuple[tuple[Tag | None, str], str]]:
        """What the mark of each source says, and where it leads; the editors have none."""
        texts, made = self._texts, list[tuple[tuple[Tag | None, str], str]]()
        first = texts.languages[0]
        for citation in citations:
            if citation.source == EDITORS:
                continue
            if citation.source in self._citations.numbers:
                made.append(((None, self._citations.number(first, citation)), f"#{anchor(citation)}"))
            else:
                own, words = self._citations.publication_label(first, citation)
                said = (None if own == first else self._tag(own), words)
                made.append((said, texts.url(citation.source)))
        return made

    def name(self, *parts: Label) -> str:
        """`parts` as the name of a link, one language after the other."""
        languages = range(len(self._texts.languages))
        said = (", ".join(part[index][1] for part in parts if part[index][1]) for index in languages)
        return " · ".join(filter(None, said))

    def plain(self, key: str) -> str:
        """An interface word on one line, languages after each other."""
        return self.name(self.word(key))

    def _each(self, of: Callable[[str], str]) -> Label:
        several = len(self._texts.languages) > 1
        return [(self._tag(language) if several else None, of(language)) for language in self._texts.languages]

    def _available(self, text: Text, plain: Callable[[str, str], str]) -> Label:
        """The same for a text, of which another language may have to do; where one of the edition has it, it does."""
        texts, made = self._texts, list[tuple[Tag | None, str]]()
        for language in texts.languages:
            own, words = texts.available(language, text)
            tag = self._tag(own) if own != language or len(texts.languages) > 1 else None
            said = "" if own != language and own in texts.languages else plain(own, words)
            made.append((tag, said))
        return made if any(said for _, said in made) else self.word("untranslated")

    def _tag(self, language: str) -> Tag:
        texts = self._texts
        return Tag(texts.tag(language), texts.direction(language) if texts.shared.runs_both_ways else "")
