"""What of a handbook can be shown although something in it is wrong.

Entries with problems are taken out, and what refers to them, or to what nobody has written, goes too: an id from its
list, a reference in a text becomes words, and where something has to refer to one of them, the smallest part that the
rest can do without. What remains has no problem.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial, reduce
from typing import Any, TypeVar

from pydantic import ValidationError

from ..memo import Memo
from ..problems import ContentError, Problem, code, phrase
from . import markup
from .entries import Entry
from .handbook import Handbook, Origin, Unread
from .introspection import Indexed
from .settings import Settings
from .types import EDITORS
from .validation import changed
from .yaml_reader import KeyPath

M = TypeVar("M", bound=Indexed)

Check = Callable[[Handbook], list[Problem]]


def sound_part(
    handbook: Handbook, problems: list[Problem], check: Check, memo: Memo | None = None
) -> tuple[Handbook, list[Problem]]:
    """The part of `handbook` without `problems`, and a problem for whatever goes with the entries that have some.

    `check` tells what is wrong with such a part. With the memo of an earlier time, an entry that loses what it lost is
    the very same object. Raises `ContentError` where the settings have to go.
    """
    memo = memo or Memo()
    rest = replace(handbook, unread=Unread())
    follow: list[Problem] = []
    found = problems
    while True:
        broken = _entries_with(rest, found)
        rest = _with(rest, {one: entry for one, entry in rest.entries.items() if one not in broken})
        settled = _settled(rest, follow, memo)
        if settled is None:
            raise ContentError([*problems, *follow])
        rest, found = settled, check(settled)
        if not found:
            said = set(map(_place, problems))  # of a reference to nobody
            return rest, [problem for problem in follow if _place(problem) not in said]
        follow += found
        if not _entries_with(rest, found):
            raise ContentError([*problems, *follow])


def _place(problem: Problem) -> tuple[str, int, int, str]:
    return problem.file, problem.line, problem.column, problem.key


def _entries_with(handbook: Handbook, problems: list[Problem]) -> set[str]:
    """Ids of the entries that have `problems`."""
    owners = {problem.owner for problem in problems}
    return {one for one in handbook.entries if handbook.origins[one].name in owners}


def _with(handbook: Handbook, entries: Mapping[str, Entry]) -> Handbook:
    """`handbook` with these of its entries, as they are now."""
    collections = {
        name: {one: entries[one] for one in inside if one in entries} for name, inside in handbook.collections.items()
    }
    return replace(handbook, collections=collections, entries=entries)


def _settled(handbook: Handbook, follow: list[Problem], memo: Memo) -> Handbook | None:
    """`handbook` without a reference to what is not there; None where the settings need one."""
    while True:
        entries: dict[str, Entry] = {}
        for one, entry in handbook.entries.items():
            if kept := _mended(handbook, entry, handbook.origins[one], follow, memo):
                entries[one] = kept
        settings = _mended(handbook, handbook.settings, handbook.origins[""], follow, memo)
        if settings is None:
            return None
        if settings is handbook.settings and all(entries.get(one) is entry for one, entry in handbook.entries.items()):
            return handbook
        handbook = replace(_with(handbook, entries), settings=settings)


@dataclass(frozen=True)
class _Dangling:
    """A place that refers to an entry which is not there."""

    path: KeyPath
    id: str
    is_in_text: bool = False


def _mended(handbook: Handbook, model: M, origin: Origin, follow: list[Problem], memo: Memo) -> M | None:
    """`model` without references to what is not there; None where it needs one of them."""
    dangling = tuple(_dangling(handbook, model))
    if not dangling:
        return model
    mended, cut = memo(("mended", origin.name, dangling), (model,), partial(_cut, model, dangling))
    for one, path in cut:
        left_out = phrase("hint.part-left-out" if path else "hint.left-out")
        follow.append(replace(origin.problem(one.path, phrase("expected.sound"), code(one.id), left_out), owner=""))
    return mended


def _dangling(handbook: Handbook, model: Indexed) -> Iterator[_Dangling]:
    for references in model.index.references:
        known = handbook.collections[references.collection] if references.collection else handbook.entries
        yield from (_Dangling(path, one) for path, one in references.ids if one not in known)
    sources = {EDITORS, *handbook.collections["answers"], *handbook.collections["publications"]}
    for path, citation in model.index.citations:
        if citation.source not in sources:
            yield _Dangling(path, citation.source)
    for path, one in model.index.mentions:
        if one not in handbook.entries:
            yield _Dangling(path, one, is_in_text=True)
    for number, door in enumerate(model.doors if isinstance(model, Settings) else ()):
        for index, page in enumerate(door.pages):
            if not handbook.collections.get(page.value, True):
                yield _Dangling(("doors", number, "pages", index), page.value)


def _cut(model: M, dangling: tuple[_Dangling, ...]) -> tuple[M | None, list[tuple[_Dangling, KeyPath]]]:
    """`model` without these places; and those that took a part around them along, with its path (none: all of it)."""
    kind = type(model)
    data = model.model_dump(mode="json", exclude_unset=True)
    gone = {one.id for one in dangling}
    for one in dangling:
        if one.is_in_text:
            data = changed(data, one.path, markup.without_references(_at(data, one.path), gone))
    cut: list[tuple[_Dangling, KeyPath]] = []
    last: KeyPath | None = None
    # The last first, so that the places before it stay where they are.
    for one in sorted((one for one in dangling if not one.is_in_text), key=lambda one: one.path, reverse=True):
        if last is not None and one.path[: len(last)] == last:
            continue
        parts = (one.path[:length] for length in range(len(one.path), 0, -1))
        last = next((part for part in parts if _is_valid(kind, changed(data, part))), None)
        if last is None:
            return None, [(one, ())]
        data = changed(data, last)
        if last != one.path:
            cut.append((one, last))
    return kind.model_validate(data), cut


def _at(data: Any, path: KeyPath) -> Any:
    return reduce(operator.getitem, path, data)


def _is_valid(kind: type[Indexed], data: Any) -> bool:
    try:
        kind.model_validate(data)
    except ValidationError:
        return False
    return True
