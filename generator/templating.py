"""The template environment: strict, and watching which fields of which entries a template looks at.

Jinja asks its environment for every attribute and item, and the context for every call: both are meant to be
overridden, as its own sandbox does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from types import BuiltinMethodType, FunctionType, MethodType
from typing import Any, Final, cast

import jinja2
from jinja2.runtime import Context, Macro

from .entries import Entry
from .model import COLLECTIONS
from .pages import Group
from .relations import Relations
from .speaker import Reference, Word
from .statements import Citation, Model
from .uses import ANY, EVERYTHING, RELATIONS, Use
from .versions import Versions

FOLDER: Final = Path(__file__).parent / "templates"

_FIELDS: Final[dict[type, frozenset[str]]] = {kind: frozenset(kind.model_fields) for kind in COLLECTIONS.values()}
_WATCHED: Final = frozenset({*_FIELDS, Group, Relations})
_HARMLESS: Final = {str, int, bool, float, type(None), Citation, Reference, Word}
"""Kinds of values that hold no entries; models other than entries join them when they are met."""
_CALLED: Final = frozenset({MethodType, FunctionType, BuiltinMethodType, type})
_PASSED: Final = frozenset({"_loop_vars", "_block_vars"})
"""Arguments that are Jinja's own."""
_VALUES: Final[tuple[type, ...]] = (list, tuple, set, frozenset, type({}.values()))


class Environment(jinja2.Environment):
    """As `environment` makes it. `uses` is where the template that is rendered next notes what it looks at."""

    uses: set[Use]
    folder: Path

    def getattr(self, obj: Any, attribute: str) -> Any:
        if type(obj) in _WATCHED:
            _note(self.uses, obj, attribute)
        try:
            return getattr(obj, attribute)
        except AttributeError:
            return super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        if type(obj) in _WATCHED:
            _note(self.uses, obj, argument)
        return super().getitem(obj, argument)


class _Context(Context):
    """Notes the entries that a template hands to Python; other macros are watched themselves."""

    environment: Environment

    def call(__self, __obj: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        # What Jinja does for every callable takes longer than most of ours.
        if type(__obj) is Macro:
            return __obj(__self.eval_ctx, *args, **{key: kwargs[key] for key in kwargs if key not in _PASSED})
        for value in args:
            if type(value) not in _HARMLESS:
                __self.environment.uses.update(whole(value))
        if not kwargs.keys() <= _PASSED:
            __self.environment.uses.update(whole({key: kwargs[key] for key in kwargs if key not in _PASSED}))
        elif type(__obj) in _CALLED and not hasattr(__obj, "jinja_pass_arg"):
            return __obj(*args)
        return super().call(__obj, *args, **kwargs)


def environment(folder: Path = FOLDER) -> Environment:
    """The template environment. A name that is not there is an error, never an empty place."""
    made = Environment(
        loader=jinja2.FileSystemLoader(folder),
        undefined=jinja2.StrictUndefined,
        autoescape=False,  # the output is Markdown; every text goes through `markup.escape`
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    made.context_class = _Context
    made.uses = set()
    made.folder = folder
    return made


def version(versions: Versions, folder: Path = FOLDER) -> object:
    """Something that is another for other templates."""
    return [(str(path), versions.of(str(path))) for path in sorted(folder.rglob("*"))]


def whole(value: Any) -> Iterator[Use]:
    """The use of every entry in `value`, however deep, with all that it has."""
    kind = type(value)
    if kind in _HARMLESS:
        return
    if isinstance(value, Entry):
        yield value.id, ANY
    elif isinstance(value, Model):
        _HARMLESS.add(kind)
    elif isinstance(value, Relations):
        yield RELATIONS
    elif isinstance(value, dict):
        for item in value.values():
            yield from whole(item)
    elif isinstance(value, _VALUES):
        for item in cast(Iterable[Any], value):
            yield from whole(item)
    elif isinstance(value, Iterator):
        yield EVERYTHING  # it can be looked at only once
    elif is_dataclass(value):
        for field in fields(value):
            yield from whole(getattr(value, field.name))


def _note(uses: set[Use], obj: Any, attribute: Any) -> None:
    """That a template looks at `attribute` of `obj`; at a method, which may look at all fields, as at all of them."""
    known = _FIELDS.get(type(obj))
    if known is not None:
        if attribute in known:
            uses.add((obj.id, attribute))
        elif hasattr(type(obj), attribute):
            uses.add((obj.id, ANY))
    elif type(obj) is Group:
        if obj.title is not None and attribute in ("title", "summary"):
            uses.add((obj.id, attribute))
    elif type(obj) is Relations:
        uses.add(RELATIONS)
