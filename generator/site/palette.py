"""The colours of `theme.palette`, as Material names them, in the contrast of the handbook's own look.

The look has one colour, for links, marks and rules: `primary` takes its place, and `accent` that of what a pointer is
over. Each is darkened on light paper and lightened on dark until it can be read there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

CONTRAST: Final = 4.6
"""What WCAG asks of text is 4.5."""
PAPERS: Final = {"default": ("#f4f1ea", "#22272e"), "slate": ("#252a32", "#e4e2dc")}
"""Of each scheme, the paper on which the contrast is least, and the ink: see handbook.css."""
OWN: Final = ("custom", "")
"""The handbook's own colour, or what a style sheet of one's own says."""
INK: Final = ("black", "white")
"""As `primary`, Material's names for a header without colour: here what has no colour is in ink."""


@dataclass(frozen=True)
class Option:
    """One palette that a reader can choose."""

    id: str
    """What a reader's choice is remembered by: another handbook on the same host has other options."""
    scheme: str
    primary: str
    accent: str
    media: str
    icon: str
    """Of the button that leads to the next; none where there is nothing to choose."""
    name: str


def listed(palette: Any) -> list[dict[str, Any]]:
    """What `theme.palette` says, as it is written there: of one option, of several or of none."""
    return [palette] if isinstance(palette, dict) else palette or []


def options(palette: Any) -> list[dict[str, Any]]:
    """The options of `theme.palette`, one or several; none is the handbook's own light and dark."""
    made = []
    for option in listed(palette):
        toggle = option.get("toggle") or {}
        scheme, primary, accent = (
            str(option.get(key, default)).replace(" ", "-")
            for key, default in (("scheme", "default"), ("primary", "custom"), ("accent", "custom"))
        )
        media = str(option.get("media", ""))
        shown = str(toggle.get("icon", "")), str(toggle.get("name", ""))
        made.append(asdict(Option(" ".join((media, scheme, primary, accent)), scheme, primary, accent, media, *shown)))
    return made


def style(sheet: str, chosen: Iterable[dict[str, Any]]) -> str:
    """The rules for the colours of these options; `sheet` is Material's with the colours."""
    rules: dict[str, None] = {}
    for option in chosen:
        for kind, variable in (("primary", "--hb-seal"), ("accent", "--md-accent-fg-color")):
            colour = colours(sheet, kind).get(option[kind])
            if option[kind] in OWN or (colour is None and option[kind] not in INK):
                continue
            for scheme, (paper, ink) in PAPERS.items():
                shown = ink if option[kind] in INK or colour is None else readable(colour, paper, ink)
                place = f'[data-hb-{kind}="{option[kind]}"][data-md-color-scheme="{scheme}"][data-md-color-primary]'
                rules[f"{place}{{{variable}:{shown}}}"] = None
    return "".join(rules)


@cache
def colours(sheet: str, kind: str) -> dict[str, str]:
    """Material's colours of a kind (`primary`, `accent`) by their names."""
    rule = re.compile(rf"\[data-md-color-{kind}=([\w-]+)\]\{{[^}}]*?--md-{kind}-fg-color:#([0-9a-f]{{3,8}})")
    found = {name: digits for name, digits in rule.findall(sheet) if name not in INK}
    return {
        name: "#" + (digits if len(digits) > 5 else "".join(2 * one for one in digits))
        for name, digits in found.items()
    }


def readable(colour: str, paper: str, ink: str) -> str:
    """`colour` with as much of `ink` as it takes to be read on `paper`."""
    for share in range(0, 101, 2):
        mixed = [round(a + (b - a) * share / 100) for a, b in zip(_parts(colour), _parts(ink), strict=True)]
        if contrast(shown := "#" + "".join(f"{part:02x}" for part in mixed), paper) >= CONTRAST:
            return shown
    return ink


def contrast(one: str, other: str) -> float:
    """As WCAG reckons it."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _fractions(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _fractions(colour: str) -> Iterator[float]:
    return (part / 255 for part in _parts(colour))


def _parts(colour: str) -> list[int]:
    return [int(colour[place : place + 2], 16) for place in (1, 3, 5)]


def sheet(theme: Iterable[Path]) -> str:
    """Material's style sheet with the colours, from the first of the folders that has it."""
    found = [path for folder in theme for path in folder.glob("assets/stylesheets/palette.*.css")]
    return found[0].read_text("utf-8") if found else ""
