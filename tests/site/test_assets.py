"""Style sheets and scripts lose what no page needs, and nothing else."""

from __future__ import annotations

from importlib.metadata import distribution
from pathlib import Path

from generator.site import assets


def test_a_style_sheet_loses_what_is_not_used_and_nothing_else() -> None:
    sheet = assets.compact("""
    /* a comment */ :root { --used: url("data:x;y{z}"); --unused: 1px; --read-by-unused: var(--used) }
    .md-nav__link:not(.md-search), .md-search__form { color: var(--used) }
    @media print { .md-search { color: red } .md-header { margin : 0 auto } }
    @media screen { .admonition { color: red } }
    :focus:not(.focus-visible) { outline: none }
    [data-md-color-primary=red] { color: red } a::after { content: "/* } */  ;" }
    """)
    assert assets.without_unused_variables(assets.trimmed(sheet)) == (
        ':root{--used: url("data:x;y{z}");}.md-nav__link:not(.md-search){color: var(--used)}'
        '@media print{.md-header{margin : 0 auto}}a::after{content: "/* } */  ;"}'
    )


def test_rules_for_either_direction_are_kept() -> None:
    """Of what Material has for the pages here, as many rules for one direction as for the other."""
    sheet = "[dir=ltr] .md-nav{left:0}[dir=rtl] .md-nav,[dir=rtl] .admonition{right:0}[dir=rtl] .admonition{top:0}"
    assert assets.trimmed(sheet) == "[dir=ltr] .md-nav{left:0}[dir=rtl] .md-nav{right:0}"
    folder = Path(str(distribution("mkdocs-material").locate_file("material"))) / "templates"
    whole = assets.made([folder]).files
    sheet = next(text for path, text in whole.items() if path.startswith("assets/handbook.") and path.endswith(".css"))
    counts = [sheet.count(f"[dir={direction}]") for direction in ("ltr", "rtl")]
    assert min(counts) > 30
    assert counts[1] >= counts[0]


def test_where_all_pages_run_the_same_way_there_are_no_rules_for_the_other() -> None:
    sheet = '[dir=ltr] .a,.b{left:0}[dir=rtl] .a{right:0}@media print{[dir="rtl"] .b,.c{top:0}[dir=rtl] .d{top:0}}'
    assert assets.for_directions(sheet, ["ltr"]) == "[dir=ltr] .a,.b{left:0}@media print{.c{top:0}}"
    assert assets.for_directions(sheet, ["ltr", "rtl"]) == sheet


def test_a_script_loses_its_comments_only() -> None:
    assert assets.without_comments('  // why\n  f("// not a comment");\n\n') == 'f("// not a comment");\n'
