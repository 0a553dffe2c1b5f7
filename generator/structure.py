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
from .strings import Words


def told(plan: Plan, words: Words) -> tuple[object, ...]:
    """What the digest is made from: settings, interface words, every entry's names, and the navigation."""
    handbook = plan.handbook
    return (
        repr(handbook.settings),
        words,
        [(entry_id, entry.title.by_language) for entry_id, entry in handbook.entries.items()],
        list(_lines(plan.navigation)),
        [(term.id, term.pinyin, term.also) for term in handbook.all(Term).values()],
        [(publication.id, publication.short_title.by_language) for publication in handbook.all(Publication).values()],
    )


def digest(told: tuple[object, ...]) -> str:
    """A short text for `told`, the same in every process."""
    return hashlib.blake2b(repr(told).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _lines(parts: list[Part]) -> Iterator[tuple[object, ...]]:
    for part in parts:
        yield repr(part.title), [(page.path, page.template, page.source, _word(page.title)) for page in part.pages]
        yield from _lines(part.parts)
        yield ()


def _word(title: object) -> object:
    return title if isinstance(title, str) else None  # a text is that of an entry or of the settings
