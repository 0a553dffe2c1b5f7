"""Style sheets and scripts lose what no page needs, and nothing else."""

from __future__ import annotations

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


def test_a_script_loses_its_comments_only() -> None:
    assert assets.without_comments('  // why\n  f("// not a comment");\n\n') == 'f("// not a comment");\n'
