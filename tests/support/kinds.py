"""One page of every kind: enough to meet every template and everything that stands on any page."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from generator.content.handbook import Handbook
from generator.pages.planner import plan

ABOVE = ("", "404.html")
"""The pages that belong to no edition, below the address of the site."""


def fullest(handbook: Handbook, site: Path) -> dict[str, str]:
    """The fullest page of each template, as a place in an edition: `duty` → `duties/itinerary/`."""
    templates = _by_template(handbook)
    parts = _parts_of(handbook, site, templates)
    return {template: max(places, key=lambda place: len(parts[place])) for template, places in templates.items()}


def kinds(handbook: Handbook, site: Path) -> list[str]:
    """Pages of an edition, as places in it.

    The fullest page of each template, then pages with what is on none of these, until nothing is left over. So a new
    template, and a new element or class on a page, is measured without anybody thinking of it.
    """
    chosen = [*fullest(handbook, site).values()]
    parts = _parts_of(handbook, site, _by_template(handbook))
    left = frozenset().union(*parts.values()).difference(*(parts[place] for place in chosen))
    while left:
        chosen.append(max(parts, key=lambda place: len(parts[place] & left)))
        left -= parts[chosen[-1]]
    return chosen


def _by_template(handbook: Handbook) -> dict[str, list[str]]:
    templates: dict[str, list[str]] = {}
    for page in plan(handbook).pages:
        place = page.path.removesuffix(".md").removesuffix("index")
        templates.setdefault(page.template, []).append(place if place.endswith("/") or not place else f"{place}/")
    return templates


def _parts_of(handbook: Handbook, site: Path, templates: Mapping[str, Sequence[str]]) -> dict[str, frozenset[str]]:
    editions = handbook.settings.editions
    edition = max(editions, key=lambda name: len(editions[name].languages))
    return {place: _parts(site / edition / place / "index.html") for places in templates.values() for place in places}


@cache
def _parts(page: Path) -> frozenset[str]:
    """Elements with their classes and types."""
    tags = re.findall(r"<([a-z][\w-]*)((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>", page.read_text(encoding="utf-8"))
    found = set()
    for name, attributes in tags:
        values = dict(re.findall(r'\s(class|type|role)="([^"]*)"', attributes))
        found |= {f"{name}.{one}" for one in (values.pop("class", "").split() or [""])}
        found |= {f"{name}[{key}={value}]" for key, value in values.items()}
    return frozenset(found)
