"""The inline subset: what its marks give, and what is text after all."""

from time import process_time

import pytest

from generator.content import markup
from generator.content.markup import Target

from ..support.timing import soon


def resolve(entry_id: str) -> Target:
    return Target(f"../x/{entry_id}.md", f"<{entry_id}>")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "plain"),
        ("**bold** and `co*de`", "<strong>bold</strong> and <code>co&#42;de</code>"),
        ("[words](https://a.b/c_d?e=f&g)", "[words](https://a.b/c_d?e=f&amp;g)"),
        ("[[lamp]]", "[&#60;lamp&#62;](../x/lamp.md)"),
        ("[[lamp|the *light*]]", "[the &#42;light&#42;](../x/lamp.md)"),
        ("**see [[lamp|it]]**", "<strong>see [it](../x/lamp.md)</strong>"),
        ("[x](javascript:alert(1))", "&#91;x&#93;(javascript:alert(1))"),
        ("1. not a list", "1&#46; not a list"),
        ("- not a list", "&#45; not a list"),
        ("一行\n接着\nand on", "一行接着 and on"),
        ("“引”\n接着", "“引”接着"),
    ],
)
def test_the_inline_subset(text: str, expected: str) -> None:
    assert markup.inline(text, resolve) == expected


def test_prose_has_paragraphs_and_lists() -> None:
    text = "One\ntwo.\n\n- a\n- b\n  more\n\n1. x\n2. y\n"
    assert markup.prose(text, resolve) == "One two.\n\n- a\n- b more\n\n1. x\n2. y"


def test_plain_text_drops_marks_and_shows_titles() -> None:
    assert markup.plain("**a** `b` [c](https://d) [[e]] [[f|g]]", str.upper) == "a b c E g"


def test_references_are_found_everywhere() -> None:
    assert list(markup.references("[[a]] **[[b|x]]** `[[c]]`")) == ["a", "b"]


def test_a_link_to_another_scheme_is_a_complaint() -> None:
    assert list(markup.bad_links("[x](ftp://y) [z](https://y)")) == ["ftp://y"]


def test_plain_text_takes_marks_for_what_the_page_takes_them_for() -> None:
    assert markup.plain("`**a**` [**b**](https://c) **`d`**", str.upper) == "**a** **b** d"


def test_a_reference_is_found_wherever_it_is_one_in_the_text_or_in_prose() -> None:
    # In prose the backquotes stand in different paragraphs, so what is between them is no code.
    assert list(markup.references("`a\n\n[[b]] `")) == ["b"]
    assert list(markup.references("- `a\n- [[b]] `")) == ["b"]
    assert list(markup.references("[[b\n| x]]")) == ["b"]


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://a.b/c_d?e=f&g#h", "https://a.b/c_d?e=f&amp;g#h"),
        ("https://a.b/c (d)", "https://a.b/c%20%28d%29"),
        ("https://a.b/%20", "https://a.b/%20"),
        ("https://a.b/灯", "https://a.b/%E7%81%AF"),
        ("https://[::1]/", "https://%5B::1%5D/"),
        ("mailto:a@b.c", "mailto:a@b.c"),
    ],
)
def test_an_address_fits_into_a_link(url: str, address: str) -> None:
    assert markup.address(url) == address


@pytest.mark.parametrize("url", ["javascript:alert(1)", "JaVaScRiPt:x", "data:x", "//a.b", "/a", "ftp://a", "https:a"])
def test_a_link_to_anything_else_is_shown_as_text(url: str) -> None:
    assert "](" not in markup.inline(f"[x]({url})", resolve).replace("&#93;(", "")


def test_much_of_anything_takes_no_time() -> None:
    for piece in ("<", "*", "`", "[", "[[a", "**a", "[a](", "- a\n", "\n", "a\u0301", "**`[["):
        start = process_time()
        markup.prose(piece * 20_000, resolve)
        markup.plain(piece * 20_000, str)
        list(markup.references(piece * 20_000))
        assert soon(process_time() - start, 2), piece
