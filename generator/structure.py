"""What every page of the site shows of all the others: names, order and addresses, as one short digest.

While it is the same, a changed text concerns only the pages that say it; when it is not, every page has another
navigation, header or language switch.
"""

from __future__ import annotations

from collections.abc import Iterator

from . import runtime
from .entries import Entry, Term
from .pages import Page, Part, Plan
from .sources import Publication
from .statements import Text
from .strings import Words


def digest(plan: Plan, words: Words) -> str:
    """A short text, the same in every process."""
    entries = [_said(entry) for entry in plan.handbook.entries.items()]
    return runtime.digest(plan.handbook.settings, words, entries, list(_lines(plan.navigation)))


def same(old: Plan, new: Plan) -> bool:
    """Whether both plans have the same digest, as can be seen quickly: most of two plans are the very same objects."""
    before, now = old.handbook, new.handbook
    return (
        before.settings is now.settings
        and list(before.entries) == list(now.entries)
        and all(
            entry is (other := before.entries[key]) or _said((key, entry)) == _said((key, other))
            for key, entry in now.entries.items()
        )
        and _same(old.navigation, new.navigation)
    )


def _same(old: list[Part], new: list[Part]) -> bool:
    return len(old) == len(new) and all(
        _word(one.title) == _word(other.title)
        and len(one.pages) == len(other.pages)
        and all(page is now or _line(page) == _line(now) for page, now in zip(one.pages, other.pages, strict=True))
        and _same(one.parts, other.parts)
        for one, other in zip(old, new, strict=True)
    )


def _said(named: tuple[str, Entry]) -> object:
    entry_id, entry = named
    texts = [entry.title, *([entry.short_title] if isinstance(entry, Publication) else [])]
    own = (entry.pinyin, entry.also) if isinstance(entry, Term) else ()
    return entry_id, [list(text.by_language.items()) for text in texts], own  # in which order is seen, too


def _lines(parts: list[Part]) -> Iterator[object]:
    for part in parts:
        yield _word(part.title)
        yield [_line(page) for page in part.pages]
        yield from _lines(part.parts)
        yield ()


def _line(page: Page) -> object:
    return page.path, page.template, page.source, _word(page.title)


def _word(title: Text | str) -> str | None:
    return title if isinstance(title, str) else None  # a text is that of an entry or of the settings
