"""What a figure says, in every language of an edition: plain words to be measured, and where they lead."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ...content.types import EDITORS, Citation, Text
from ..citations import Citations, anchor
from ..text import TextRenderer
from .drawing import Label


class Labels:
    """Labels of figures, for the page that `texts` and `citations` are of."""

    def __init__(self, texts: TextRenderer, citations: Citations) -> None:
        self._texts = texts
        self._citations = citations
        self.url = texts.url

    def text(self, text: Text) -> Label:
        """A text without marks; the word for what is untranslated where it is."""
        return self._each(
            lambda language: (
                self._texts.bare(language, text.get(language) or "") or self._texts.word(language, "untranslated")
            )
        )

    def title(self, entry_id: str) -> Label:
        """The title of an entry."""
        return self._each(lambda language: self._texts.title(language, entry_id))

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

    def marks(self, citations: Iterable[Citation]) -> list[tuple[str, str]]:
        """What the mark of each source says, and where it leads; the editors have none."""
        texts, made = self._texts, list[tuple[str, str]]()
        first = texts.languages[0]
        for citation in citations:
            if citation.source == EDITORS:
                continue
            if citation.source in self._citations.numbers:
                made.append((self._citations.number(first, citation), f"#{anchor(citation)}"))
            else:
                made.append((self._citations.publication_label(first, citation), texts.url(citation.source)))
        return made

    def name(self, *parts: Label) -> str:
        """`parts` as the name of a link, one language after the other."""
        languages = range(len(self._texts.languages))
        return " · ".join(", ".join(part[index][1] for part in parts if part[index][1]) for index in languages)

    def plain(self, key: str) -> str:
        """An interface word on one line, languages after each other."""
        return self.name(self.word(key))

    def _each(self, of: Callable[[str], str]) -> Label:
        several = len(self._texts.languages) > 1
        return [(self._texts.tag(language) if several else None, of(language)) for language in self._texts.languages]
