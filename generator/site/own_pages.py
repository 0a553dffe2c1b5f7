"""Pages of docs/ that the generator does not make: which edition each belongs to, and where in its navigation."""

from __future__ import annotations

import posixpath
from collections.abc import Container, Iterator, Sequence
from typing import Any

from mkdocs.utils import nest_paths


def edition_of(path: str, edition_ids: Sequence[str]) -> str:
    """The edition that has the page at `path` below docs/: that of its folder, or the first."""
    folder = path.partition("/")[0]
    return folder if folder in edition_ids else edition_ids[0]


def nested(paths: Sequence[str], edition_id: str) -> list[Any]:
    """Pages of an edition as MkDocs nests what no `nav` lists: a section for each folder below that of the edition."""
    by_inner = {path.removeprefix(f"{edition_id}/"): path for path in paths}

    def whole(items: list[Any]) -> list[Any]:
        return [
            {title: whole(inner) for title, inner in item.items()} if isinstance(item, dict) else by_inner[item]
            for item in items
        ]

    return whole(nest_paths(by_inner))  # type: ignore[no-untyped-call]


def listed(nav: Sequence[Any], edition_id: str, edition_ids: Sequence[str], generated: Container[str]) -> list[Any]:
    """What of a `nav` belongs to an edition: its pages, and links to elsewhere.

    A section with pages of other editions only is left out, links in it too. So are generated pages: they have places.
    """
    kept: list[Any] = []
    for item in nav:
        for title, value in item.items() if isinstance(item, dict) else [(None, item)]:
            if isinstance(value, list):
                inner = listed(value, edition_id, edition_ids, generated)
                pages = [path for path in paths(value) if path not in generated]
                if inner and (not pages or any(edition_of(path, edition_ids) == edition_id for path in pages)):
                    kept.append({title: inner})
            elif value not in generated and (not is_page(value) or edition_of(value, edition_ids) == edition_id):
                kept.append({title: value} if title is not None else value)
    return kept


def paths(nav: Sequence[Any]) -> Iterator[str]:
    """The pages that a `nav` lists."""
    for item in nav:
        for value in item.values() if isinstance(item, dict) else [item]:
            if isinstance(value, list):
                yield from paths(value)
            elif is_page(value):
                yield value


def is_page(path: str) -> bool:
    """Whether an item of a `nav` is a file of docs/ and no link to elsewhere."""
    return ":" not in path and not path.startswith("/") and posixpath.splitext(path)[1] in (".md", ".markdown")
