"""The Markdown of the templates as HTML, by every engine, and the literal-text guarantee with each."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from functools import partial
from html.parser import HTMLParser
from time import process_time
from typing import Any, Final

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown

from generator.content import markup
from generator.render import markdown as safe_markdown
from generator.site.markdown import Engine, UnknownTargetError, cmarkgfm_engine, pyromark_engine, render

from ..render.test_any_text import BLOCKS, CORPUS, MARKS, TEXTS, WORDS, written
from ..render.test_markdown import resolve
from ..support.paths import ROOT

ENGINES: Final[list[Engine]] = [pyromark_engine, cmarkgfm_engine]
FORMS: Final = yaml.safe_load((ROOT / "tests" / "site" / "markdown_forms.yml").read_text(encoding="utf-8"))
AT_EDGE: Final = set(
    "div p section details summary ul ol li h1 h2 h3 table thead tbody tr th td fieldset legend".split()  # noqa: SIM905
)
"""Elements at whose edges white space is not shown."""


def markdown() -> Markdown:
    """Python-Markdown exactly as mkdocs.yml sets it up."""
    extensions = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))["markdown_extensions"]
    named = [item if isinstance(item, str) else next(iter(item)) for item in extensions]
    options = {name: values for item in extensions if isinstance(item, dict) for name, values in item.items()}
    return Markdown(extensions=named, extension_configs=options)


every_engine = pytest.mark.parametrize("engine", ENGINES)


class Dom(HTMLParser):
    """HTML as a list: `(name, attributes)` where an element starts, `(name,)` where it ends, and texts."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.parts: list[Any] = [("p",)]
        assert "<!" not in page and "<?" not in page, page
        self.feed(page)
        self.close()
        self._add(("p",))
        self.parts = [part for part in self.parts[1:-1] if part]

    def _add(self, part: tuple[Any, ...]) -> None:
        if isinstance(self.parts[-1], str):
            text = re.sub(r"[ \t\n]+", " ", self.parts[-1])
            text = text.lstrip(" ") if self.parts[-2][0] in AT_EDGE else text
            self.parts[-1] = text.rstrip(" ") if part[0] in AT_EDGE else text
        self.parts.append(part)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # Python-Markdown writes `hidden="hidden"` for `hidden`.
        self._add((tag, {name: "" if name == value else value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        self._add((tag,))

    def handle_data(self, data: str) -> None:
        if isinstance(self.parts[-1], str):
            self.parts[-1] += data
        else:
            self.parts.append(data)


def dom(page: str) -> list[Any]:
    return Dom(page).parts


def without_permalinks(page: str) -> str:
    return re.sub(r'<a class="headerlink" href="#[^"]*" title="Permanent link">#</a>', "", page)


def as_written(path: str) -> str:
    return path


# --- forms -----------------------------------------------------------------------------------------------


@every_engine
@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_the_templates(form: str, engine: Engine) -> None:
    case = FORMS[form]
    assert dom(without_permalinks(render(case["markdown"], as_written, engine).html)) == dom(case["html"])


@pytest.mark.parametrize("form", [form for form, case in FORMS.items() if "only" not in case])
def test_plain_mkdocs_renders_every_form_alike(form: str) -> None:
    case = FORMS[form]
    assert dom(without_permalinks(markdown().convert(case["markdown"]))) == dom(case["html"])


# --- headings --------------------------------------------------------------------------------------------

HEADINGS: Final = """\
# <span class="x">A &amp; [B](b.md)</span> &#60;c&#62; "d" {{ #top }}

### Deep **e** &#123; .f &#125; [A1](#e){{ .hb-cite }} { #deep .hb-letter }

## 第十条\N{IDEOGRAPHIC SPACE}灯\N{NO-BREAK SPACE}&#42; { #art-十 }

<section markdown>

#### g { #g }

</section>

## h { #h }

# i { #i }
""".replace("{{", "{").replace("}}", "}")


def texts(tokens: list[Any]) -> list[Any]:
    """A table of contents with its names as they are shown."""
    return [(item["level"], item["id"], html.unescape(item["name"]), texts(item["children"])) for item in tokens]


@every_engine
@pytest.mark.parametrize(
    "text", [HEADINGS, *(f"{'#' * level} a {{ #a }}\n\n" + HEADINGS for level in range(1, 5)), "text", ""]
)
def test_the_table_of_contents_is_that_of_python_markdown(text: str, engine: Engine) -> None:
    reference: Any = markdown()
    reference.convert(text)
    page = render(text, as_written, engine)
    assert texts(page.toc) == texts(reference.toc_tokens)
    assert [token["name"] for token in page.toc if re.search("[<>]", token["name"])] == []


@every_engine
def test_a_heading_has_a_permalink_behind_its_words(engine: Engine) -> None:
    expected = '<h2 id="art-十">A <em>b</em><a class="headerlink" href="#art-十" title="Permanent link">{}</a></h2>'
    for sign, shown in {"#": "#", "¶": "¶", "<": "&lt;"}.items():
        made = render("## A *b* { #art-十 }", as_written, engine, permalink=sign).html
        assert made.strip() == expected.format(shown)


@every_engine
def test_the_languages_of_a_heading_are_kept_for_the_table_of_contents(engine: Engine) -> None:
    pair = '<span class="hb-pair"><span lang="ar" dir="rtl">ا</span> <span lang="en" dir="ltr">a & **b**</span></span>'
    marked = '<span lang="zh-Hans">字</span> <span class="hb-stale" lang="en" data-note="Not yet"></span>'
    page = render(f"## {pair} {{ #a }}\n\n## {marked} {{ #b }}\n\n## plain {{ #c }}\n", as_written, engine)
    assert page.spoken == {
        "a": '<span lang="ar" dir="rtl">ا</span> <span lang="en" dir="ltr">a &amp; b</span>',
        "b": '<span lang="zh-Hans">字</span>',
    }
    assert [token["name"] for token in page.toc] == ["ا a &amp; b", "字", "plain"]


@every_engine
@pytest.mark.parametrize(
    ("text", "title"),
    [("# A *b* &amp; &#60; { #a }", "A b &amp; &lt;"), ("text\n\n# a { #a }", "a"), ("## a { #a }", None), ("a", None)],
)
def test_the_title_is_the_first_heading_at_the_top_level(text: str, title: str | None, engine: Engine) -> None:
    assert render(text, as_written, engine).title == title


@every_engine
def test_a_heading_without_an_id_is_an_error_of_its_template(engine: Engine) -> None:
    with pytest.raises(ValueError, match="a heading without an id, which nothing can link to: A b"):
        render("## A *b*", as_written, engine)


# --- links and ids ---------------------------------------------------------------------------------------

LINKS: Final = """\
[a](a.md#x) [b](../b/index.md){ .c } [d](a.md#x) [e](a.md#art-十) [f](a.md) [p](a.md#q&amp;r)
[own](#here) [again](#art-十) [g](https://example.org/x.md#y) [h](mailto:a@example.org) [i](i.pdf#j) [k](/l.md#m)

<div class="hb-figure"><svg><a href="a.md#n"><text>o</text></a></svg></div>
"""


@every_engine
def test_links_to_pages_are_resolved_and_collected(engine: Engine) -> None:
    asked: list[str] = []

    def address(path: str) -> str:
        asked.append(path)
        return {"a.md": '../a/?b&"c"', "../b/index.md": "./"}[path]

    page = render(LINKS, address, engine)
    a = '../a/?b&"c"'
    assert [part[1]["href"] for part in dom(page.html) if part[0] == "a" and len(part) == 2] == [
        *(f"{a}#x", "./", f"{a}#x", f"{a}#art-十", a, f"{a}#q&r"),
        *("#here", "#art-十", "https://example.org/x.md#y", "mailto:a@example.org", "i.pdf#j", "/l.md#m"),
        f"{a}#n",
    ]
    assert set(asked) == {"a.md", "../b/index.md"}
    assert page.links == {
        "a.md": {"x": "a.md#x", "art-十": "a.md#art-十", "q&r": "a.md#q&r", "n": "a.md#n"},
        "": {"here": "#here", "art-十": "#art-十"},
    }


@every_engine
def test_all_unknown_targets_of_a_page_are_one_error(engine: Engine) -> None:
    text = "[a](gone.md#x) [b](a.md)\n\n- [c](../灯.md){ .d }"
    with pytest.raises(UnknownTargetError, match=r"gone\.md#x, \.\./灯\.md") as error:
        render(text, {"a.md": "a/"}.get, engine)
    assert error.value.links == ["gone.md#x", "../灯.md"]


@every_engine
def test_ids_of_elements_are_collected_wherever_they_are_written(engine: Engine) -> None:
    text = (
        '# a { #a }\n\n<div class="x" id="b" markdown>\n\n- c\n  { #c }\n- <strong id="art-十">d</strong>\n\n</div>\n\n'
        '<p id="e&amp;">id="no" data-id="no" &#60;b id="no"></p>\n\n<div data-id="no"><svg id="f"/></div>'
    )
    assert render(text, as_written, engine).ids == {"a", "b", "c", "art-十", "e&", "f"}


# --- any text --------------------------------------------------------------------------------------------

PLACES: Final = """\
# {text} { #a }

{text}

- {text}
  { #d-1 }
- {text} [{label}](x.md){ .hb-cite }
  <span class="hb-sub">{text}</span>

1. <span class="hb-when">{text}</span>
    { #steps-1 }

    {text}
    { #steps-2 }

| {text} | [{label}](x.md){ .hb-cite } |
| --- | --- |
| {text} | {text} |

[{label}](x.md){ .hb-term } [<span class="hb-pair">{label}</span>](x.md)

<p class="hb-reading">{label}</p>
<p class="x" markdown>{text}</p>

<table markdown>
<tr markdown>
<th markdown>{text}</th>
<td data-type="y" markdown>{text} <span>{text}</span></td>
</tr>
</table>

{text}

End.
"""
"""Every kind of place where the templates put a text; `label` is one without marks."""

SIGNS: Final = st.text(alphabet="*_`~^=#|\\[](){}<>&;:!$%@\"'-+.,/?0 19aé灯\t\n\N{NO-BREAK SPACE}\N{IDEOGRAPHIC SPACE}")
ANY: Final = st.one_of(TEXTS, SIGNS)


def places(text: str, label: str = "Word") -> str:
    return PLACES.replace("{text}", text).replace("{label}", label)


def shown(page: str, engine: Engine) -> list[Any]:
    return dom(render(page, as_written, engine).html)


def with_words(parts: list[Any], words: dict[str, str]) -> list[Any]:
    """`parts` with each of `words` replaced in the texts."""
    pattern = re.compile("|".join(words))

    def replaced(text: str) -> str:
        return re.sub("[ \t]+", " ", pattern.sub(lambda match: words[match[0]], text))

    return [replaced(part) if isinstance(part, str) else part for part in parts]


def assert_literal(text: str, engine: Engine) -> None:
    """`text` shows as it was typed in every kind of place, and makes no element."""
    line = markup.unwrap(text)
    safe = safe_markdown.escape(line)
    page = render(places(safe, line.translate(safe_markdown.ALWAYS)), as_written, engine)
    assert dom(page.html) == with_words(shown(places("Word"), engine), {"Word": line})
    assert html.unescape(page.title or "").split() == line.split()


@every_engine
@pytest.mark.parametrize("name", CORPUS.literal)
def test_a_payload_is_shown_as_it_was_typed(name: str, engine: Engine) -> None:
    assert_literal(CORPUS.literal[name].text, engine)


@every_engine
@pytest.mark.parametrize(("typed", "expected"), CORPUS.refused)
def test_what_the_reader_refuses_forges_nothing(typed: str, expected: str, engine: Engine) -> None:
    assert markup.unwrap(typed) == expected
    assert_literal(typed, engine)


@every_engine
@pytest.mark.parametrize("payload", CORPUS.marked, ids=lambda payload: payload.text)
def test_a_payload_within_marks_is_shown_as_it_was_typed(payload: Any, engine: Engine) -> None:
    plain = render(places("t800q"), as_written, engine).html
    assert shown(places(safe_markdown.inline(payload.text, resolve)), engine) == dom(
        plain.replace("t800q", payload.html)
    )


@every_engine
@pytest.mark.parametrize("payload", CORPUS.addresses, ids=lambda payload: payload.text)
def test_a_payload_in_an_address_leads_where_it_says(payload: Any, engine: Engine) -> None:
    made = shown(places(f"[x]({safe_markdown.address(f'https://{payload.text}')})"), engine)
    plain = render(places("t800q"), as_written, engine).html
    link = f'<a href="https://{html.escape(payload.address)}">x</a>'
    assert made == dom(plain.replace("t800q", link))


@every_engine
@settings(deadline=None)
@given(text=ANY.filter(markup.unwrap))
def test_any_text_is_shown_as_it_was_typed(text: str, engine: Engine) -> None:
    assert_literal(text, engine)


@every_engine
@settings(deadline=None)
@given(pieces=st.lists(st.tuples(st.sampled_from(MARKS), WORDS), min_size=1, max_size=5))
def test_any_text_with_marks_in_it_and_around_it(pieces: list[tuple[str, str]], engine: Engine) -> None:
    words = {f"W{index}Z": text for index, (_, text) in enumerate(pieces)}
    typed, plain = (
        safe_markdown.inline("".join(mark.format(text) for (mark, _), text in zip(pieces, texts, strict=True)), resolve)
        for texts in (words.values(), words)
    )
    assert shown(places(typed), engine) == with_words(shown(places(plain), engine), words)


@every_engine
@settings(deadline=None)
@given(blocks=st.lists(BLOCKS, min_size=1, max_size=5))
def test_any_text_in_prose(blocks: list[tuple[str, list[str]]], engine: Engine) -> None:
    typed, plain, words = written(blocks)
    page, expected = (
        shown(f'<div lang="en" markdown>\n\n{safe_markdown.prose(text, resolve)}\n\n</div>\n\nEnd.', engine)
        for text in (typed, plain)
    )
    assert page == with_words(expected, words)


TAGS: Final = set("p ul ol li strong code a h1 span table thead tbody tr th td".split())  # noqa: SIM905


@every_engine
@settings(deadline=None)
@given(text=ANY.filter(markup.unwrap))
def test_whatever_is_typed_makes_only_what_the_subset_makes(text: str, engine: Engine) -> None:
    page = places(safe_markdown.inline(text, resolve)) + f"\n{safe_markdown.prose(text, resolve)}\n\nThe end."
    parts = dom(render(page, as_written, engine).html)
    elements = [part for part in parts if isinstance(part, tuple) and len(part) == 2]
    assert {name for name, _ in elements} <= TAGS
    attributes = {name: value for _, attributes in elements for name, value in attributes.items()}
    assert set(attributes) <= {"class", "id", "href", "title", "start", "data-type"}
    for href in (attributes["href"] for _, attributes in elements if "href" in attributes):
        assert re.match(r"(https?://|mailto:|#a$|x\.md$|\.\./x/)", href), href
    assert parts[-3:] == [("p", {}), "The end.", ("p",)]


# --- hostile sizes ---------------------------------------------------------------------------------------

REPEATED: Final = {
    "braces": "{ ",
    "lists left open": "[a](b.md){ .x ",
    "lists": "[a](b.md){ .x }\n",
    "lists on lines": "a\n{ #x }\n",
    "lists of no element": "a { .x } ",
    "words of a list": "{ " + ".x " * 50 + "} ",
    "headings": "## a { #x }\n",
    "headings ever deeper": "# a { #x }\n\n## b { #y }\n\n### c { #z }\n",
    "ends of headings": "<b></h1>",
    "starts of headings": '<b><h1 id="x">',
    "starts of links": '<b><a href="b.md">',
    "starts of tags": "<a ",
    "tags left open": "<p markdown",
    "cells left open": "<td markdown>",
    "cells left open on lines": "<td markdown>\n",
    "cells of both kinds left open": "<td markdown><th markdown>",
    "cells": "<td markdown>a</td>\n",
    "paragraphs of HTML": "<p markdown>*a*</p>\n\n",
    "blocks": "<div markdown>\n\na\n\n",
    "rows": "\n| a | [b](c.md){ .d } |",
    "items": "- a\n  { #x }\n",
    "items of paragraphs": "- a\n\n    b\n    { #x }\n\n",
    "quotation marks": '<b title="',
    "ids": '<b id="x" ',
    "escaped signs": safe_markdown.escape("[](){}<>*_`|&#"),
    "escaped emphasis": safe_markdown.escape("**a *b _c `d "),
    "long words": "a" * 10,
    "blanks": " \N{NO-BREAK SPACE}",
}
"""What templates and authors may give, over and over. A page is at most some thousand of it."""


def seconds(work: Callable[[], object]) -> float:
    """Processor time of the fastest of three."""
    spent = []
    for _ in range(3):
        started = process_time()
        work()
        spent.append(process_time() - started)
    return min(spent)


@every_engine
@pytest.mark.parametrize("name", REPEATED)
def test_time_grows_as_the_page_does(name: str, engine: Engine) -> None:
    unit = REPEATED[name]
    short, long = (f"# a {{ #a }}\n\n{unit * (size // len(unit))}" for size in (10_000, 80_000))
    spent, more = (seconds(partial(render, text, as_written, engine)) for text in (short, long))
    # Linear is 8 times, quadratic 64 times. What is over in a moment cannot be told from noise.
    assert more < max(24 * spent, 0.02)
