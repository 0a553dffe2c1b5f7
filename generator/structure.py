"""What every page of the site shows of all the others: names, order and addresses, as one short digest.

While it is the same, a changed text concerns only the pages that say it; when it is not, every page has another
navigation, header or language switch.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from .entries import Term
from .pages import Part, Plan
from .sources import Publication
from .statements import Text
from .strings import Words


def told(plan: Plan, words: Words) -> tuple[object, ...]:
    """What the digest is made from. It is quickly compared with that of an earlier time, for most of it is the same."""
    handbook = plan.handbook
    return (
        [handbook.settings],
        words,
        list(handbook.entries),
        [_said(entry.title) for entry in handbook.entries.values()],
        [(term.pinyin, term.also) for term in handbook.all(Term).values()],
        [_said(publication.short_title) for publication in handbook.all(Publication).values()],
        list(_lines(plan.navigation)),
    )


def digest(told: tuple[object, ...]) -> str:
    """A short text for `told`, the same in every process."""
    return hashlib.blake2b(repr(told).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _said(text: Text) -> object:
    return list(text.by_language.items())  # in which order is seen, too


def _lines(parts: list[Part]) -> Iterator[object]:
    for part in parts:
        yield part.title
        yield [page.path for page in part.pages]
        yield [(page.template, page.source, _word(page.title)) for page in part.pages]
        yield from _lines(part.parts)
        yield ()


def _word(title: object) -> object:
    return title if isinstance(title, str) else None  # a text is that of an entry or of the settings
