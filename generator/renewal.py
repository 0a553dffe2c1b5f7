"""Which pages have to be rendered again: those that show something else, and those that used what has changed.

A page is rendered again when its plan has another shape, or when one of its uses (see `uses`) is among the changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Final

from . import glossary
from .entries import Entry
from .handbook import Handbook
from .pages import Address, Page, Plan
from .reader import KeyPath
from .relations import Relations
from .settings import Settings
from .statements import Text
from .strings import Words
from .translations import Stale, StaleIn, StaleLanguages
from .uses import ADDRESS, ANY, DERIVED, EVERYTHING, GLOSSARY, ORDER_OF_ANSWERS, ORDER_OF_RANKS, RELATIONS, Use


@dataclass(frozen=True)
class Basis:
    """All that pages are made from."""

    plan: Plan
    words: Words
    stale: StaleIn
    templates: object
    """Another one for other templates."""


@dataclass(frozen=True)
class Done:
    """A page that has been rendered."""

    page: Page | None
    """None for the one above the editions, which is always rendered."""
    shape: object
    uses: frozenset[Use]
    digests: dict[str, str]
    """Path below docs/, one for each edition, to the digest of what was written there."""


def changes(old: Basis, new: Basis) -> set[Use] | None:
    """The uses of what differs; None where everything does."""
    before, now = old.plan.handbook, new.plan.handbook
    if (
        before.settings is not now.settings
        or old.words != new.words
        or old.templates != new.templates
        or _marks(old.stale[""][2]) != _marks(new.stale[""][2])
    ):
        return None
    changed = {
        use
        for entry_id in {**before.entries, **now.entries}
        if (one := before.entries.get(entry_id)) is not (other := now.entries.get(entry_id))
        for use in _differences(entry_id, one, other)
    }
    for entry_id, (*_, stale) in new.stale.items():
        earlier = old.stale.get(entry_id)
        if earlier and earlier[2] is not stale and (marks := _marks(earlier[2]) ^ _marks(stale)):
            changed.update((entry_id, str(path[0])) for path, _ in marks)
            changed.add((entry_id, ANY))
    if old.plan.addresses is not new.plan.addresses:
        changed.update((key, ADDRESS) for key in _different(old.plan.addresses, new.plan.addresses))
    for use in (ORDER_OF_ANSWERS, ORDER_OF_RANKS):
        if list(before.collections[use[1]]) != list(now.collections[use[1]]):
            changed.add(use)
    if glossary.told(before) != glossary.told(now):
        changed.add(GLOSSARY)
    if old.plan.relations is not new.plan.relations:
        changed.add(RELATIONS)
    if changed or list(before.entries) != list(now.entries):
        changed.add(EVERYTHING)
    return changed


def _differences(entry_id: str, old: Entry | None, new: Entry | None) -> set[Use]:
    """The uses of an entry that differ, `ANY` among them."""
    if old is None or new is None or type(old) is not type(new):
        kinds = {type(entry) for entry in (old, new) if entry}
        names = {name for kind in kinds for name in (*kind.model_fields, *DERIVED.get(kind, ()))}
        return {(entry_id, name) for name in (*names, ANY, ADDRESS)}
    names = {name for name in type(old).model_fields if not _equal(getattr(old, name), getattr(new, name))}
    names |= {name for name, derive in DERIVED.get(type(old), {}).items() if derive(old) != derive(new)}
    return {(entry_id, name) for name in (*names, ANY)}


def _equal(old: Any, new: Any) -> bool:
    return bool(old == new) and repr(old) == repr(new)  # the languages of a text have an order


def _marks(found: list[Stale]) -> set[tuple[KeyPath, frozenset[str]]]:
    return {(stale.path, stale.languages) for stale in found}


def _different(old: Mapping[str, Address], new: Mapping[str, Address]) -> set[str]:
    return {key for key in {**old, **new} if old.get(key) != new.get(key)}


def shape(page: Page, stale: StaleLanguages) -> object:
    """What a page is planned to show: entries by their ids, texts with their words and whether those are stale."""
    return tuple(_shape(getattr(page, field.name), stale) for field in fields(page))


_PLAIN: Final = (str, int, type(None))


def _shape(value: Any, stale: StaleLanguages) -> object:
    if isinstance(value, _PLAIN):
        return value
    if isinstance(value, Entry):
        return value.id
    if isinstance(value, Text):
        return repr(value), stale.get(id(value))
    if isinstance(value, Relations | Settings | Handbook):
        return type(value)  # what differs in them is among the changes
    if isinstance(value, Mapping):
        return tuple((key, _shape(item, stale)) for key, item in value.items())
    if isinstance(value, list | tuple):
        return [item.id if isinstance(item, Entry) else _shape(item, stale) for item in value]
    if is_dataclass(value):
        return type(value), tuple(_shape(getattr(value, field.name), stale) for field in fields(value))
    return value
