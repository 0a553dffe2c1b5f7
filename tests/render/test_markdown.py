"""The inline subset as Markdown: what its marks give, and what is text after all."""

from __future__ import annotations

from time import process_time

import pytest

from generator.content import markup
from generator.render import markdown
from generator.render.markdown import Target

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
    assert markdown.inline(text, resolve) == expected


def test_prose_has_paragraphs_and_lists() -> None:
    text = "One\ntwo.\n\n- a\n- b\n  more\n\n1. x\n2. y\n"
    assert markdown.prose(text, resolve) == "One two.\n\n- a\n- b more\n\n1. x\n2. y"


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
    assert markdown.address(url) == address


@pytest.mark.parametrize("url", ["javascript:alert(1)", "JaVaScRiPt:x", "data:x", "//a.b", "/a", "ftp://a", "https:a"])
def test_a_link_to_anything_else_is_shown_as_text(url: str) -> None:
    assert "](" not in markdown.inline(f"[x]({url})", resolve).replace("&#93;(", "")


def test_much_of_anything_takes_no_time() -> None:
    for piece in ("<", "*", "`", "[", "[[a", "**a", "[a](", "- a\n", "\n", "a\u0301", "**`[["):
        start = process_time()
        markdown.prose(piece * 20_000, resolve)
        markup.plain(piece * 20_000, str)
        list(markup.references(piece * 20_000))
        assert soon(process_time() - start, 2), piece
