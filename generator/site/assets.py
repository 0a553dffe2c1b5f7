"""The style sheet and the scripts of the site, made once for all editions.

The handbook's own style sheets go behind Material's into one file, of which only what pages can use is kept;
scripts lose their comments. Every name carries a hash of the content, so that a server may let browsers keep
the files for ever.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Final

OWN: Final = Path(__file__).parent / "theme" / "assets"
STYLES: Final = ("handbook.css", "reading.css", "figures.css", "filter.css")
"""In this order; those that exist."""

ABOVE: Final = ("favicon.svg", "root.css", "root.js")
"""What the pages above the editions use, under these names."""

DIRECTIONS: Final = ("ltr", "rtl")

KEPT: Final = (
    *("md-container", "md-content", "md-copyright", "md-ellipsis", "md-footer", "md-grid", "md-header", "md-icon"),
    *("md-logo", "md-main", "md-nav", "md-overlay", "md-path", "md-sidebar", "md-skip", "md-tabs", "md-toggle"),
    *("md-typeset", "headerlink", "js", "no-js"),
)
"""The blocks of Material that the pages have. Rules for others (admonitions, code, its own search …) are half of
its style sheet. `md-nav` stands for `md-nav__link` and `md-nav--primary` too."""


@dataclass(frozen=True)
class Assets:
    """What goes into the folder of the whole site."""

    files: dict[str, str]
    """Path below the site, to text."""
    style: str
    """Path of the style sheet of generated pages."""
    whole_style: str
    """Path of the same with all of Material's, for pages on which anything of Material's may stand."""
    scripts: dict[str, str]
    """Path of each script by its plain name: `search` → `assets/search.0123abcd.js`."""


def made(theme: Iterable[Path], more: str = "", directions: Collection[str] = DIRECTIONS) -> Assets:
    """The assets, with Material's style sheets from the first of the folders in `theme` that has them.

    `more` are rules behind all others. Generated pages run in one of the `directions`, and have rules for no other.
    """
    folders = tuple(theme)
    own = compact("".join((OWN / name).read_text("utf-8") for name in STYLES if (OWN / name).is_file()))
    own += more
    texts = {
        "handbook.css": without_unused_variables(
            for_directions("".join(map(trimmed, _material(folders))) + own, directions)
        ),
        "material.css": "".join(map(with_focus, _material(folders))) + own,
    }
    for script in sorted(OWN.glob("*.js")):
        if script.name not in ABOVE:
            texts[script.name] = without_comments(script.read_text("utf-8"))
    paths = {name: f"assets/{_named(name, text)}" for name, text in texts.items()}
    return Assets(
        {paths[name]: text for name, text in texts.items()},
        paths["handbook.css"],
        paths["material.css"],
        {name.removesuffix(".js"): path for name, path in paths.items() if name.endswith(".js")},
    )


def _named(name: str, text: str) -> str:
    stem, _, suffix = name.partition(".")
    return f"{stem}.{hashlib.sha256(text.encode()).hexdigest()[:8]}.{suffix}"


@cache
def _material(theme: tuple[Path, ...]) -> list[str]:
    """Material's style sheets: for everything, and for the colours that can be chosen."""
    sheets = []
    for part in ("main", "palette"):
        found = [sheet for folder in theme for sheet in folder.glob(f"assets/stylesheets/{part}.*.css")]
        sheets.append(compact(found[0].read_text("utf-8")))
    return sheets


# --- scripts -------------------------------------------------------------------------------------------------


def without_comments(script: str) -> str:
    """`script` without lines that are comments, empty lines, and the blanks before a line."""
    lines = (line.strip() for line in script.splitlines())
    return "".join(f"{line}\n" for line in lines if line and not line.startswith("//"))


# --- style sheets --------------------------------------------------------------------------------------------

_string = r'"(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\''


def compact(sheet: str) -> str:
    """`sheet` without comments and without the blanks that say nothing."""

    def shorter(match: re.Match[str]) -> str:
        if match["string"]:
            return match["string"]
        return "" if match["comment"] else match["sign"] or " "

    sheet = re.sub(
        rf"(?P<string>{_string})|(?P<comment>/\*.*?\*/)|\s*(?P<sign>[{{}};,])\s*|\s+", shorter, sheet, flags=re.DOTALL
    )
    return sheet.strip().replace(";}", "}")


@cache
def trimmed(sheet: str) -> str:
    """`sheet` without the rules for what no generated page has, and without colours that nobody can choose."""
    return _filtered(sheet, _is_used)


@cache
def with_focus(sheet: str) -> str:
    """`sheet` without the rules that wait for Material's script, and would hide where the keyboard is."""
    return _filtered(sheet, lambda selector: ".focus-visible" not in selector)


def for_directions(sheet: str, directions: Collection[str]) -> str:
    """`sheet` without the rules for pages that run another way."""
    others = tuple(f"[dir={quote}{other}{quote}]" for other in set(DIRECTIONS) - {*directions} for quote in ("", '"'))
    return _filtered(sheet, lambda selector: not any(other in selector for other in others)) if others else sheet


def _filtered(sheet: str, is_kept: Callable[[str], bool]) -> str:
    kept = []
    for head, body in _rules(sheet):
        if head.startswith(("@media", "@supports")):
            body = _filtered(body, is_kept)
        elif not head.startswith("@"):
            head = ",".join(filter(is_kept, _selectors(head)))
        if head and body:
            kept.append(f"{head}{{{body}}}")
    return "".join(kept)


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Selectors (or what begins with @) and what stands in the braces behind."""
    depth = start = inside = 0
    for match in re.finditer(rf"{_string}|[{{}};]", sheet):
        if match[0] == "{":
            depth += 1
            inside = match.end() if depth == 1 else inside
        elif match[0] == "}":
            depth -= 1
            if depth == 0:
                yield sheet[start : inside - 1].strip(), sheet[inside : match.start()]
                start = match.end()
        elif match[0] == ";" and depth == 0:  # @charset
            start = match.end()


def _selectors(head: str) -> list[str]:
    """The parts of a list of selectors; a comma in brackets divides nothing."""
    return re.findall(r"(?:[^,(]|\([^()]*(?:\([^()]*\)[^()]*)*\))+", head)


def _is_used(selector: str) -> bool:
    # Material's script marks focus by a class; without it, rules for all but that class would hide every focus.
    if re.search(r"\.focus-visible|::?-(?:moz|ms)-|data-md-color-(?:primary|accent)(?!=custom)", selector):
        return False
    classes = re.findall(r"\.([a-zA-Z][\w-]*)", re.sub(r":not\([^()]*\)", "", selector))
    return all(re.split("__|--", name)[0] in KEPT for name in classes)


def without_unused_variables(sheet: str) -> str:
    """`sheet` without the custom properties that nothing reads, most of which hold an icon each."""
    variable = re.compile(rf"(?<=[;{{])(--[\w-]+):(?:{_string}|[^;{{}}\"'])*(?:;|(?=\}}))")
    while True:  # one may be read only by another that nothing reads
        used = set(re.findall(r"var\(\s*(--[\w-]+)", sheet))
        unused = {match[1] for match in variable.finditer(sheet)} - used
        if not unused:
            return sheet
        sheet = variable.sub(partial(_unless, unused), sheet)


def _unless(unused: set[str], match: re.Match[str]) -> str:
    return "" if match[1] in unused else match[0]
