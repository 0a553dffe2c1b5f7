"""Chromium 100 and Safari 15.4 (spring 2022) run the scripts and lose nothing by what the style sheets use.

What a browser has is read from the compatibility data of MDN; see node/newer.mjs.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Template

from generator.site import palette

from ..support import nodejs
from ..support.paths import ROOT

OWN = ROOT / "generator" / "site" / "theme" / "assets"

PROGRESSIVE = {
    "<input autocapitalize>": "what is typed into the search may begin with a capital, which is the same to it",
    "@page": "the printed sheet has the margins of the printer",
    "accent-color": "ticks have the colour of the system",
    "break-after: avoid": "a printed heading may stand at the foot of a page",
    "overscroll-behavior": "at the end of a list, the page behind it moves",
    "print-color-adjust": "the older name stands beside it",
    "size": "a wide register is printed upright",
    "user-select": "the older name stands beside it",
    "text-decoration: dotted": "words with a meaning are underlined as links are",
    "text-autospace": "Chinese and Latin stand closer together",
    "overflow-x: clip": "an unbreakable word makes the page wider",
    "outline": "Safari draws it with square corners",
    "maximize": "the first page may mark an edition in another script of the reader's language",
    "inert": "the keyboard can leave the open navigation for what lies behind it",
    ":has": "pairs in titles and boxes take more room",
}
"""What may be used although an old browser lacks it, and what its reader sees instead."""


def newer(*files: Path) -> list[tuple[str, int, str, str, bool]]:
    """(file, line, feature, browsers that have it, whether nothing stands in for it) in `files`."""
    answer: Any = nodejs.run("newer.mjs", text="\n".join(map(str, files)))
    return [(Path(file).name, *rest) for file, *rest in answer]


def test_the_scripts_and_style_sheets_are_for_old_browsers_too(site: Path) -> None:
    files = sorted([*OWN.rglob("*.js"), *OWN.rglob("*.css")])
    assert len(files) >= 4
    found = newer(*files)
    assert [use for use in found if use[2] not in PROGRESSIVE and use[4]] == []
    unused = {use for use in PROGRESSIVE if not use.startswith("<")} - {use[2] for use in found}
    assert unused == set(), "no longer used: take it off the list"


def test_the_pages_are_for_old_browsers_too(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 300
    assert [use for use in newer(*pages) if use[2] not in PROGRESSIVE] == []


def test_the_script_of_the_palettes_is_for_old_browsers_too(tmp_path: Path) -> None:
    """It stands only in pages of a site whose mkdocs.yml has a `palette`."""
    template = Template((OWN.parent / "partials" / "javascripts" / "palette.html").read_text("utf-8"))
    chosen = [{"media": "(prefers-color-scheme: dark)", "scheme": "slate", "toggle": {"icon": "x/y", "name": "Light"}}]
    page = tmp_path / "page.html"
    page.write_text(f"<p>1</p>{template.render(palette=palette.options(chosen))}", "utf-8")
    assert "handbookPalette" in page.read_text("utf-8")
    assert newer(page) == []


NEWER = {
    "class A { static { b(); } }": "syntax: ",
    "await a();": "syntax: ",
    "[1].findLast(Boolean); [1].toSorted();": "toSorted",
    'document.body["showPopover"]();': "showPopover",
    "structuredClone(1); /(?<=a)b/.test('b');": "regexp lookbehind",
    "document.addEventListener('scrollend', f);": "scrollend event",
    "a.inert = true;": "inert",
    "if (URL.canParse(a)) b();": "canParse",
    "a { color: color-mix(in srgb, red, blue); }": "color: color-mix()",
    "a { & b { color: red; } }": "nesting",
    "a { height: 100dvh; }": "height: dvh",
    "@container (width > 1px) { a { color: red; } }": "@container",
    "@media (width > 1px) { a { color: red; } }": "@media (a < b)",
    "a:has(b), c { color: red; }": ":has in one list with selectors that all browsers know",
    "a { colour: red; }": "colour: unknown",
    "a { text-wrap: balance; }": "text-wrap",
    "<p popover id=p></p>": "<p popover>",
    "<search></search>": "<search>",
    "<p>1</p><script>await a()</script>": "syntax: ",
}
"""What must be found, and as what."""

OLD = (
    "a { height: 100vh; height: 100dvh; }",
    "@supports (color: color-mix(in srgb, red, blue)) { a { color: color-mix(in srgb, red, blue); } }",
    "a { color: var(--b); inset: 0; aspect-ratio: 1; } a:focus-visible, a:is(b) { gap: 1px; }",
    "d ||= 1; for (const a of b?.c ?? []) a.closest('d').classList.toggle(`${a.at(-1)}`);",
    "const a = { share: 1 }; a.share = a.phrase = 1;",
    '<dialog id="a"><details open><summary>b</summary></details></dialog>',
)
"""What every browser has, or has something else for."""


def test_what_is_newer_is_found_and_nothing_else(tmp_path: Path) -> None:
    files = {}
    for number, text in enumerate([*NEWER, *OLD]):
        kind = "html" if text.startswith("<") else "css" if text.startswith(("a ", "a:", "@")) and "{" in text else "js"
        files[f"{number}.{kind}"] = text
        (tmp_path / f"{number}.{kind}").write_text(text, encoding="utf-8")
    found: dict[str, list[str]] = {text: [] for text in files.values()}
    for file, _, use, _, alone in newer(*(tmp_path / name for name in files)):
        if alone:
            found[files[file]].append(use)
    missed = {text: found[text] for text, use in NEWER.items() if not any(it.startswith(use) for it in found[text])}
    assert missed == {}
    assert {text: found[text] for text in OLD if found[text]} == {}
