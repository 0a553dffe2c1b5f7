"""The picture: two panels of points on a logarithmic scale, written as SVG by hand.

A file of its own colours, light or dark as the reader's system is, on its own ground, so that it can be read on any
page; the figures stand beside the points, so that nobody has to read them off the scale.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from html import escape
from typing import Final

from .results import Results

WIDTH: Final = 820
LABELS: Final = 300
"""Width of the names on the left."""
BUSY: Final = 0.3
"""Cores that others may keep busy before times on the clock mean nothing."""
ROW: Final = 24
TOP: Final = 86
GAP: Final = 70

STYLE: Final = """
svg { font: 13px -apple-system, "Segoe UI", Helvetica, Arial, "Noto Sans", sans-serif; }
.ground { fill: #ffffff; stroke: #d0d7de; } text { fill: #1f2328; } .quiet { fill: #59636e; font-size: 12px; }
.title { font-size: 15px; font-weight: 600; } .line { stroke: #d0d7de; } .stem { stroke: #9198a1; stroke-width: 2; }
.point { fill: #6e7781; } .ours .point { fill: #cf222e; } .ours .stem { stroke: #cf222e; }
.ours text { font-weight: 600; }
@media (prefers-color-scheme: dark) {
  .ground { fill: #0d1117; stroke: #3d444d; } text { fill: #f0f6fc; } .quiet { fill: #9198a1; }
  .line { stroke: #3d444d; } .stem { stroke: #656c76; } .point { fill: #9198a1; }
  .ours .point { fill: #ff7b72; } .ours .stem { stroke: #ff7b72; }
}
"""

BUILDS: Final = (
    ("ours", "full", "This project"),
    ("hugo", "full", "Hugo"),
    ("zensical", "cold", "Zensical, first build"),
    ("zensical", "nothing changed", "Zensical, nothing changed"),
    ("material-prune", "full", "Material, navigation.prune"),
    ("static-i18n", "full", "Material + static-i18n"),
    ("material", "full", "Material"),
    ("vitepress", "full", "VitePress"),
)
WAITS: Final = (
    ("ours", "This project"),
    ("vitepress", "VitePress"),
    ("zensical", "Zensical"),
    ("hugo", "Hugo"),
    ("material-prune", "Material, navigation.prune"),
    ("static-i18n", "Material + static-i18n"),
)

Row = tuple[str, float, bool]
"""A name, seconds, and whether it is this project."""


def picture(results: Results) -> str:
    """The picture of one size of handbook."""
    busy = results.others >= BUSY
    kind, wait, measured = (
        ("cpu", "text, cpu", "processor time, for the machine was busy")
        if busy
        else ("wall", "text", "time on the clock")
    )
    builds = [
        (label, figure, name == "ours") for name, step, label in BUILDS if (figure := results.build(name, step, kind))
    ]
    waits = [(label, figure, name == "ours") for name, label in WAITS if (figure := results.wait(name, wait))]
    height = TOP + (len(builds) + len(waits)) * ROW + 2 * GAP
    machine, date = results.data["machine"], results.data["date"]
    about = f"{date}, {machine['cores']} cores of {machine['processor']}, Python {machine['python']}"
    title = f"{results.entries:,} entries in two languages: seconds, logarithmic; less is better"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'role="img" aria-label="Seconds to build and to serve an edit, this project beside others">',
        f"<style>{STYLE}</style>",
        f'<rect class="ground" x="0.5" y="0.5" width="{WIDTH - 1}" height="{height - 1}" rx="6"/>',
        f'<text class="title" x="20" y="30">{title}</text>',
        f'<text class="quiet" x="20" y="50">{escape(about)}</text>',
        *_panel(f"Build of the whole site ({measured})", sorted(builds, key=lambda row: row[1]), TOP),
        *_panel(
            f"Save → new text served ({measured})", sorted(waits, key=lambda row: row[1]), TOP + len(builds) * ROW + GAP
        ),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def seconds(value: float) -> str:
    """Three figures at most."""
    return (
        f"{value:.3f}"
        if value < 0.1
        else f"{value:.2f}"
        if value < 10
        else f"{value:.1f}"
        if value < 100
        else f"{value:.0f}"
    )


def _panel(title: str, rows: list[Row], top: int) -> Iterator[str]:
    """One scale with a row for each figure."""
    yield f'<text class="quiet" x="20" y="{top}">{escape(title)}</text>'
    if not rows:
        return
    low = math.floor(math.log10(min(value for _, value, _ in rows)))
    high = max(math.ceil(math.log10(max(value for _, value, _ in rows))), low + 1)
    left, right = LABELS, WIDTH - 90
    bottom = top + 12 + len(rows) * ROW

    def at(value: float) -> float:
        return left + (math.log10(value) - low) / (high - low) * (right - left)

    for power in range(low, high + 1):
        x = at(10**power)
        yield f'<path class="line" d="M{x:.1f} {top + 10}V{bottom}"/>'
        yield f'<text class="quiet" x="{x:.1f}" y="{bottom + 16}" text-anchor="middle">{10**power:g} s</text>'
    for number, (label, value, ours) in enumerate(rows):
        y = top + 12 + number * ROW + ROW // 2
        yield '<g class="ours">' if ours else "<g>"
        yield f'<text x="{left - 14}" y="{y + 4}" text-anchor="end">{escape(label)}</text>'
        yield f'<path class="stem" d="M{left} {y}H{at(value):.1f}"/>'
        yield f'<circle class="point" cx="{at(value):.1f}" cy="{y}" r="5"/>'
        yield f'<text x="{at(value) + 11:.1f}" y="{y + 4}">{seconds(value)}</text>'
        yield "</g>"
