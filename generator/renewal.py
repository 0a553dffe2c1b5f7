"""Which pages have to be rendered again: those that show something else, and those that used what has changed.

A page is rendered again when its plan has another shape, or when one of its uses (see `uses`) is among the changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from types import FunctionType, NoneType
from typing import Any, Final

from . import glossary
from .entries import Entry
from .facets import Facts
from .handbook import Handbook
from .pages import Address, Page, Plan
from .reader import KeyPath
from .relations import Relations
from .runtime import digest
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
    """None for the one above the editions, which is always rendered; and in what an earlier process has left."""
    shape: str
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


def same_marks(old: Basis, new: Basis) -> bool:
    """Whether the same texts are stale: if so a page that is the same object has the same shape."""
    return old.stale.keys() == new.stale.keys() and all(
        (before := old.stale[entry_id][2]) is now or _marks(before) == _marks(now)
        for entry_id, (*_, now) in new.stale.items()
    )


def shape(page: Page, stale: StaleLanguages) -> str:
    """A digest of what a page is planned to show: entries by their ids, texts with their words, and what is stale."""
    return digest(_shape(page, stale))


def _shape(value: object, stale: StaleLanguages) -> object:
    kind = type(value)
    if kind not in _ways:
        _ways[kind] = _way(kind)
    way = _ways[kind]
    return way(value, stale) if way else value


_Way = Callable[[Any, StaleLanguages], object]

_ways: Final[dict[type, _Way | None]] = {}
"""The way of each kind of value that has been met: a plan has thousands of a few kinds."""


def _way(kind: type) -> _Way | None:
    """What makes the shape of a value of this kind; None where it is the value itself."""
    if issubclass(kind, Entry):
        return _id
    if issubclass(kind, Text):
        return _words
    if issubclass(kind, Relations | Settings | Handbook):
        return _kind  # what differs in them is among the changes
    if kind is FunctionType:
        return _name
    if issubclass(kind, Facts):
        return _facts
    if issubclass(kind, Mapping):
        return _of_mapping
    if issubclass(kind, list | tuple):
        return _of_list
    if is_dataclass(kind):
        names = [field.name for field in fields(kind)]
        return lambda value, stale: (kind.__qualname__, [_shape(getattr(value, name), stale) for name in names])
    return None if kind in (str, int, bool, NoneType) else _told


def _id(value: Entry, _: StaleLanguages) -> object:
    return value.id


def _words(value: Text, stale: StaleLanguages) -> object:
    return repr((type(value), value.by_language, value.__dict__)), sorted(stale.get(id(value), ()))


def _name(value: FunctionType, _: StaleLanguages) -> object:
    return value.__module__, value.__qualname__  # its `repr` is another in every process


def _kind(value: object, _: StaleLanguages) -> object:
    return type(value).__qualname__


def _told(value: object, _: StaleLanguages) -> object:
    return repr(value)


def _facts(value: Facts, _: StaleLanguages) -> object:
    return dict(value)


def _of_mapping(value: Mapping[Any, Any], stale: StaleLanguages) -> object:
    return [(key, _shape(item, stale)) for key, item in value.items()]


def _of_list(value: Iterable[Any], stale: StaleLanguages) -> object:
    return [_shape(item, stale) for item in value]
