"""What of the templates in `custom_dir` no page ever shows: Material would, or nobody does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import jinja2
from jinja2 import meta, nodes

from .unsupported import meant

ROOTS: Final = ("main.html", "root.html", "404.html", "partials/nav-item.html", "partials/tabs.html")
"""The templates that are asked for by name; all others are included by these."""
BY_NAME: Final = ("partials/integrations/analytics/", "partials/languages/")
"""Of which a setting names one."""
OF_PLUGINS: Final = ("partials/post.html",)


def unused(env: jinja2.Environment, own: Path, material: Iterable[Path]) -> Iterator[str]:
    """What stands in the folder `own` for nothing, in sentences; `material` are the folders of Material's templates."""
    names = sorted(path.relative_to(own).as_posix() for path in own.rglob("*.html"))
    used = set(_reached(env, [*ROOTS, *(name for name in names if "/" not in name)]))
    for name in names:
        is_materials = name.startswith("partials/") and any((folder / name).is_file() for folder in material)
        if is_materials and name not in used and not name.startswith(BY_NAME) and name not in OF_PLUGINS:
            yield f"`{name}` in `custom_dir` is shown nowhere: pages here do not include it."
        if name in used:
            yield from _lost_blocks(env, name)


def _parsed(env: jinja2.Environment, name: str) -> nodes.Template | None:
    try:
        assert env.loader
        return env.parse(env.loader.get_source(env, name)[0], name)
    except (jinja2.TemplateNotFound, jinja2.TemplateSyntaxError, UnicodeDecodeError):
        return None  # rendering says what is wrong


def _reached(env: jinja2.Environment, roots: Iterable[str]) -> Iterator[str]:
    waiting, seen = list(roots), set()
    while waiting:
        name = waiting.pop()
        if name not in seen and (tree := _parsed(env, name)):
            seen.add(name)
            yield name
            waiting += filter(None, meta.find_referenced_templates(tree))


def _lost_blocks(env: jinja2.Environment, name: str) -> Iterator[str]:
    """The blocks with which a template fills nothing of those that it extends."""
    tree, known = _parsed(env, name), set[str]()
    filled = [node.name for node in tree.body if isinstance(node, nodes.Block)] if tree else []
    parents = list(_parents(env, tree))
    for parent in parents:
        known |= {block.name for block in parent.find_all(nodes.Block)}
    for block in filled if parents else []:
        if block not in known:
            yield f"block `{block}` of `{name}` in `custom_dir` is in no page here{meant(block, known)}"


def _parents(env: jinja2.Environment, tree: nodes.Template | None) -> Iterator[nodes.Template]:
    for _ in range(10):
        extended = next(tree.find_all(nodes.Extends), None) if tree else None
        if not extended or not isinstance(extended.template, nodes.Const):
            return
        tree = _parsed(env, extended.template.value)
        if tree:
            yield tree
