import html
import re

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown

from generator import markup
from generator.markup import Target

from .conftest import ROOT


def resolve(entry_id: str) -> Target:
    return Target(f"../x/{entry_id}.md", f"<{entry_id}>")


def markdown() -> Markdown:
    """Python-Markdown exactly as mkdocs.yml sets it up."""
    extensions = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))["markdown_extensions"]
    named = [item if isinstance(item, str) else next(iter(item)) for item in extensions]
    options = {name: values for item in extensions if isinstance(item, dict) for name, values in item.items()}
    return Markdown(extensions=named, extension_configs=options)


CONVERTER = markdown()


def shown(text: str) -> str:
    """What a reader sees of `text` in a paragraph, a list item and a heading; all three must agree."""
    page = f"{text}\n\n- {text}\n\n## {text} {{ #id }}\n\nEnd.\n"
    result = CONVERTER.reset().convert(page)
    match = re.fullmatch(
        r'<p>(.*?)</p>\n<ul>\n<li>(.*?)</li>\n</ul>\n<h2 id="id">(.*?)<a class="headerlink".*?</a></h2>\n<p>End\.</p>',
        result,
        re.DOTALL,
    )
    assert match, result
    for part in match.groups():
        assert "<" not in part, result
    first, *others = (html.unescape(part) for part in match.groups())
    assert all(other == first for other in others), result
    return first


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "plain"),
        ("**bold** and `co*de`", "<strong>bold</strong> and <code>co&#42;de</code>"),
        ("[words](https://a.b/c_d?e=f&g)", "[words](https://a.b/c_d?e=f&g)"),
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
    ((expected, found, _),) = markup.complaints("[x](ftp://y) [z](https://y)")
    assert (expected, found) == ("a link to http, https or mailto", "`ftp://y`")


MEANINGFUL = """<b> * ** _ ` [ ] ( ) { } # | \\ ~ ^ $ > ! &amp; & {:#x} [^1] *[a]: !!! === --- 1. + : --8<-- {{x}} '
""".split()  # noqa: SIM905  (a list literal would be a page long)


@given(st.lists(st.one_of(st.sampled_from(MEANINGFUL), st.text(max_size=4)), max_size=12).map("".join))
def test_any_text_is_shown_as_it_was_typed(text: str) -> None:
    # The subset's own marks are tested above; here they are broken up so that everything is literal.
    literal = markup.unwrap(re.sub(r"[`\[\]]|\*\*", " ", text)).strip()
    literal = " ".join(literal.split())
    if not literal or not literal.isprintable():
        return
    assert shown(markup.escape(literal)) == literal
