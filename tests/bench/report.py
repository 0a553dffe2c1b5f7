"""The tables and the picture, made of the figures that are kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from . import contenders, plot
from .results import FOLDER, Results

TABLES: Final = FOLDER / "README.md"
PICTURE: Final = Path(__file__).resolve().parents[2] / ".github" / "bench.svg"
PICTURED: Final = 500
"""The size that the picture shows where it was measured; else the largest."""

NOTES: Final = """\
## What is compared

- Everyone gets the same handbook in Chinese and English, about 7 KB of Markdown a page: this project its YAML, from
  which it generates that Markdown within the times below; the others the Markdown that it generated. This project
  keeps no result of a build but the site and that Markdown: a build *again* finds its pages in docs/ and writes only
  those that have changed, and makes the whole site.
- **Navigation** has the same sections for all. The others get long sections in groups of 25 pages, which spares them
  work; this project has them whole. Material without `navigation.prune` puts the whole tree on every page.
- **Search**: this project indexes every run of Chinese characters; Material cuts Chinese into words; Zensical and
  VitePress have an index of their own without that. Hugo has none here.
- **Checks**: this project checks content, links and anchors in every build; MkDocs and Zensical check links as they do
  by default. Hugo and VitePress (`ignoreDeadLinks` is not set) check what they check by default.
- **Features on the page** differ: Material and this project have tabs, breadcrumbs, a table of contents and links to
  the next page; Hugo's theme is ours and has little more than navigation, table of contents and links to the next
  page; VitePress has its default theme, and its pages are rendered again in the browser. Hugo and VitePress show the
  attribute lists (`{ .class }`) of citations and items as text: Hugo does not know them, VitePress reads them
  otherwise.
- **Builds**: one after the other, every round with everyone in turn. *cpu* is processor time of the command and all
  that it starts, *memory* that of its largest process at its peak. Material and Zensical build one site for each
  language, one after the other. Where others kept cores busy, the times on the clock are too long, most of all those of
  commands with several processes; there processor time is what compares.
- **Edits**: seconds from just before a file is saved until the page asked for over HTTP has the new text, asked every
  few milliseconds. This project: the YAML file is saved, both editions must have it; the others: one Markdown file in
  one language, and the server of Material and Zensical has only that language. *title*: until another page's
  navigation has the new title. *cpu* is the processor time of the server for one edit and the second or two until the
  next. VitePress renders in the browser: what is asked for is the module of the page.
"""


def write() -> None:
    """Write the tables and the picture."""
    every = Results.all()
    TABLES.write_text("\n".join(_tables(every)), encoding="utf-8")
    pictured = next((results for results in every if results.entries == PICTURED), every[-1])
    PICTURE.write_text(plot.picture(pictured), encoding="utf-8")


def _tables(every: list[Results]) -> Iterator[str]:
    yield "# Speed, side by side"
    yield ""
    yield "Made by `make bench`; figures are seconds, medians. *times* is the figure as a multiple of this project's"
    yield "build, or of its wait."
    yield ""
    for results in every:
        yield from _size(results)
    yield NOTES


def _size(results: Results) -> Iterator[str]:
    data = results.data
    machine = data["machine"]
    yield f"## {results.entries:,} entries, {data['pages']:,} pages in each language"
    yield ""
    yield (
        f"{data['date']}, rounds: {data['rounds']}; {machine['processor']}, {machine['cores']} cores, "
        f"{machine['memory']}, {machine['system']}, Python {machine['python']}; "
        f"others kept {results.others:.1f} cores busy."
    )
    if remark := data.get("remark"):
        yield remark
    yield ""
    for name, about in _in_order(data["about"]):
        yield f"- **{data['names'][name]}**: {about}"
    yield ""
    yield from _builds(results)
    yield ""
    yield from _waits(results)
    yield ""
    for name, why in data["failures"].items():
        yield f"- **{name}** failed: {why.splitlines()[-1] if why else why}"
    if data["failures"]:
        yield ""


def _builds(results: Results) -> Iterator[str]:
    yield "| Build | wall | times | cpu | times | memory (MB) |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: |"
    own = {kind: results.build("ours", contenders.FULL, kind) for kind in ("wall", "cpu")}
    for name, steps in _in_order(results.data["builds"]):
        for step in steps:
            cells = []
            for kind in ("wall", "cpu"):
                figure = results.build(name, step, kind)
                cells += [_seconds(figure), "" if name == "generator" else _times(figure, own[kind])]
            memory = results.build(name, step, "memory") or 0
            yield f"| {results.data['names'][name]}: {step} | {' | '.join(cells)} | {memory:.0f} |"


def _waits(results: Results) -> Iterator[str]:
    yield "| Edit under the development server | first answer | text | times | cpu | title | times | cpu |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
    for name, served in _in_order(results.data["serving"]):
        cells = [_seconds(results.wait(name, "first answer"))]
        for kind in ("text", "title"):
            figure = results.wait(name, kind)
            cells += [
                _seconds(figure),
                _times(figure, results.wait("ours", kind)),
                _seconds(results.wait(name, f"{kind}, cpu")),
            ]
        yield f"| {results.data['names'][name]} ({served['about']}) | {' | '.join(cells)} |"


def _in_order(figures: dict[str, Any]) -> list[tuple[str, Any]]:
    return [(name, figures[name]) for name in contenders.everyone() if name in figures]


def _seconds(figure: float | None) -> str:
    return "" if figure is None else plot.seconds(figure)


def _times(figure: float | None, own: float | None) -> str:
    return f"{figure / own:.2f}" if figure is not None and own else ""
