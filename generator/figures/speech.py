"""What a figure says, in every language of an edition: plain words to be measured, and where they lead."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ..statements import EDITORS, Citation, Text
from ..voice import Voice, anchor
from .drawing import Said


class Speech:
    """Plain words in the languages of `voice`, for the page that it speaks on."""

    def __init__(self, voice: Voice) -> None:
        self._voice = voice
        self.url = voice.url

    def text(self, text: Text) -> Said:
        """A text without marks; the word for what is untranslated where it is."""
        return self._each(
            lambda language: (
                self._voice.bare(language, text.get(language) or "") or self._voice.word(language, "untranslated")
            )
        )

    def title(self, entry_id: str) -> Said:
        """The title of an entry."""
        return self._each(lambda language: self._voice.title(language, entry_id))

    def word(self, key: str, **values: object) -> Said:
        """An interface word."""
        return self._each(lambda language: self._voice.word(language, key, **values))

    def answers(self, key: str, answers: Iterable[str]) -> Said:
        """The interface word `key` with the short names of `answers` for `{answers}`."""
        return self._each(
            lambda language: self._voice.word(
                language,
                key,
                answers=self._voice.word(language, "separator.list").join(
                    self._voice.answer_name(language, answer) for answer in answers
                ),
            )
        )

    def marks(self, citations: Iterable[Citation]) -> list[tuple[str, str]]:
        """What the mark of each source says, and where it leads; "" for the editors, who stand nowhere else."""
        voice, made = self._voice, list[tuple[str, str]]()
        answers = voice.answers()
        for citation in citations:
            if citation.source == EDITORS:
                made.append((voice.word(voice.languages[0], "cite.editors"), ""))
            elif citation.source in answers:
                made.append((voice.number(citation), f"#{anchor(citation)}"))
            else:
                made.append((voice.publication_label(voice.languages[0], citation), voice.url(citation.source)))
        return made

    def name(self, *parts: Said) -> str:
        """`parts` as the name of a link, one language after the other."""
        languages = range(len(self._voice.languages))
        return " · ".join(", ".join(part[index][1] for part in parts if part[index][1]) for index in languages)

    def plain(self, key: str) -> str:
        """An interface word on one line, languages after each other."""
        return self.name(self.word(key))

    def _each(self, of: Callable[[str], str]) -> Said:
        several = len(self._voice.languages) > 1
        return [
            (self._voice.words[language]["language.tag"] if several else None, of(language))
            for language in self._voice.languages
        ]
