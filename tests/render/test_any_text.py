"""Any text at all, through the real Markdown, in every kind of place where the templates put one."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any
from unicodedata import category

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown import Markdown

from generator.content import markup
from generator.render import markdown
from generator.site import markdown as native_markdown

from ..support.literal import Corpus
from ..support.paths import ROOT
from .test_markdown import resolve


def python_markdown(*more: str) -> Convert:
    """Python-Markdown exactly as mkdocs.yml sets it up, and with more extensions."""
    extensions = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))["markdown_extensions"]
    named = [item if isinstance(item, str) else next(iter(item)) for item in extensions]
    options = {name: values for item in extensions if isinstance(item, dict) for name, values in item.items()}
    converter = Markdown(extensions=[*named, *more], extension_configs=options)

    def convert(text: str) -> str:
        converted: str = converter.reset().convert(text)
        return converted

    return convert


def native(engine: native_markdown.Engine) -> Convert:
    """What the site has, by one of its engines."""
    return lambda text: native_markdown.render(text, lambda path: path, engine).html


Convert = Callable[[str], str]
CONVERTERS: dict[str, Convert] = {
    "pulldown-cmark": native(native_markdown.pyromark_engine),
    "the reference implementation": native(native_markdown.cmarkgfm_engine),
    "what plain MkDocs would do": python_markdown(),
    "with extensions that a handbook may add": python_markdown(
        "abbr", "admonition", "def_list", "footnotes", "pymdownx.snippets", "pymdownx.superfences", "pymdownx.tasklist"
    ),
}
"""What may make HTML of the Markdown in docs/."""

PAGE = """\
# {text} {{ #a }}

<div class="hb-lead" markdown>

{text}

</div>

- {text}
  {{ #d-1 }}
- [{label}](../x.md)
  <span class="hb-sub">{text}</span>
- <strong>Label: </strong>{text}, [{label}](../x.md)

1. <span class="hb-when">{text} · {text}</span>
    {{ #steps-1 }}

    {text}\N{NO-BREAK SPACE}[A1](#e){{ .hb-cite data-search-exclude=1 }}

    **{text}**

## <span class="hb-pair"><span lang="zh">{text}</span> <span lang="en">{text}</span></span> {{ #b }}

<span class="hb-pair"><span lang="zh">{text}</span> <span><span lang="en">“{text}”</span> [A1](#e)</span></span>

<details class="hb-words" data-search-exclude markdown>
<summary>Meanings</summary>

- [{label}](../x.md) {text}
  <span class="hb-sub">{text}</span>

</details>

<section class="hb-position" markdown>

### {text} {{ #c }}

[<span class="hb-pair"><span lang="zh">{label}</span> <span lang="en">{label}</span></span>](../x.md)

<div class="hb-pair hb-pair--block" markdown>

<div lang="zh" markdown>

{text}

</div>

</div>

</section>

| {text} | {label} |
| --- | --- |
| {text} | [{label}](../x.md) {text} |
| {text} <span class="hb-sub">{text}</span> | <span class="hb-pair"><span lang="zh">{text}</span> {text}</span> |

<table class="hb-compare" markdown>
<thead markdown>
<tr markdown>
<th scope="col" data-type="x" markdown>[{label}](../x.md)</th>
</tr>
</thead>
<tbody markdown>
<tr markdown>
<td data-type="x" markdown><span class="hb-said">{text} [A1](#e){{ .hb-cite data-search-exclude=1 }}</span></td>
<td class="hb-silent">{text}</td>
</tr>
</tbody>
</table>

<p class="hb-check__end" markdown><b>1</b> <span>{text}</span></p>

<p class="hb-reading">{text}</p>

{text}

End.
"""
"""Every kind of place where the templates put a text; `label` is one without its links."""


class Html(HTMLParser):
    """A page as a list of tags with their attributes, and of texts between them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.parts: list[Any] = []
        assert "<!" not in page and "<?" not in page, page
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.parts.append((tag, attrs))

    def handle_endtag(self, tag: str) -> None:
        self.parts.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        self.parts.append(re.sub(r"[ \t\n]+", " ", data))  # a browser shows one space

    def with_words(self, words: dict[str, str]) -> list[Any]:
        """The parts, with each of `words` replaced in the texts."""
        pattern = re.compile("|".join(words))
        return [
            pattern.sub(lambda match: words[match[0]], part) if isinstance(part, str) else part for part in self.parts
        ]


def pages(text: str, label: str) -> list[Html]:
    """The page with `text` in every place, as each converter makes it."""
    page = PAGE.format(text=text, label=label)
    return [Html(convert(page)) for convert in CONVERTERS.values()]


PLAIN_PAGES = pages("Word", "Word")


@pytest.mark.parametrize("convert", CONVERTERS.values(), ids=CONVERTERS)
def test_a_list_in_prose_keeps_its_kind_and_its_first_number(convert: Convert) -> None:
    made = convert(markdown.prose("- a\n1. b\n\n3. c\n4. d\n\n1999999999. e", resolve))
    assert (
        re.sub(r"\s+", "", html.unescape(made))
        == '<ul><li>a1.b</li></ul><olstart="3"><li>c</li><li>d</li></ol><p>1999999999.e</p>'
    )


CORPUS = Corpus()

MEANINGFUL = [
    *(payload.text for payload in CORPUS.literal.values() if len(payload.text) <= 24),
    *(typed for typed, _ in CORPUS.refused),
    *CORPUS.fragments,
]
TEXTS = st.lists(st.one_of(st.sampled_from(MEANINGFUL), st.text(max_size=4)), max_size=8).map("".join)
WORDS = TEXTS.map(lambda text: markup.unwrap(re.sub(r"[`*|\[\]]", " ", text))).filter(bool)
"""Texts on one line that are never part of a mark."""


def squeezed(text: str) -> str:
    return re.sub("[ \t]+", " ", text)


@settings(deadline=None, max_examples=200)
@given(TEXTS.filter(markup.unwrap))
def test_any_text_that_takes_no_marks_is_shown_as_it_was_typed(text: str) -> None:
    line = markup.unwrap(text)
    for page, plain in zip(pages(markdown.literal(text), line.translate(markdown.ALWAYS)), PLAIN_PAGES, strict=True):
        assert page.parts == plain.with_words({"Word": squeezed(line)})


@given(TEXTS)
def test_one_line_has_all_of_the_text_but_for_white_space_and_what_is_no_text(text: str) -> None:
    line = markup.unwrap(text)
    assert len(line.splitlines()) <= 1
    wanted = [char for char in text if not (char.isspace() or category(char) == "Cc" or is_noncharacter(char))]
    assert [char for char in line if not char.isspace()] == wanted


def is_noncharacter(char: str) -> bool:
    return "\ufdd0" <= char <= "\ufdef" or char in "\ufffe\uffff"


@pytest.mark.parametrize(("typed", "shown"), CORPUS.refused)
def test_what_the_reader_refuses_would_forge_nothing(typed: str, shown: str) -> None:
    assert markup.unwrap(typed) == shown
    for page, plain in zip(pages(markdown.literal(typed), "Word"), PLAIN_PAGES, strict=True):
        assert "".join(part for part in page.parts if isinstance(part, str)).count(shown) >= 12
        assert [part for part in page.parts if not isinstance(part, str)] == [
            part for part in plain.parts if not isinstance(part, str)
        ]


MARKS = ("{}", "**{}**", "`{}`", "[{}](https://example.org/?a=1&copy;=b_c_d)", "[[lamp|{}]]", "**a `{}` [[lamp]]**")


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(MARKS), WORDS), min_size=1, max_size=6))
@example([("{}", "Look!"), ("[{}](https://example.org/?a=1&copy;=b_c_d)", "x.png")])  # no image
@example([("`{}`", "<b>{: onclick=x }"), ("{}", "{: onclick=x }")])
def test_any_text_with_marks_in_it_and_around_it_is_shown_as_it_was_typed(pieces: list[tuple[str, str]]) -> None:
    words = {f"W{index}Z": text for index, (_, text) in enumerate(pieces)}
    typed, plain = (
        markdown.inline("".join(mark.format(text) for (mark, _), text in zip(pieces, texts, strict=True)), resolve)
        for texts in (words.values(), words)
    )
    for page, wanted in zip(pages(typed, "Word"), pages(plain, "Word"), strict=True):
        assert page.parts == wanted.with_words({word: squeezed(text) for word, text in words.items()})


PARAGRAPHS = WORDS.filter(lambda text: not re.match(r"(-|[0-9]+\.)\s", text)).map(lambda text: [text])
FORMS = {"{}": PARAGRAPHS, "- {}": st.lists(WORDS, min_size=1, max_size=3), "1. {}": st.lists(WORDS, min_size=1)}
BLOCKS = st.one_of(*(st.tuples(st.just(form), items) for form, items in FORMS.items()))


def written(blocks: list[tuple[str, list[str]]]) -> tuple[str, str, dict[str, str]]:
    """Blocks of prose with their texts, the same with a word in place of each text, and which word stands for which."""
    words: dict[str, str] = {}
    typed, plain = [], []
    for form, items in blocks:
        names = [f"W{len(words) + index}Z" for index in range(len(items))]
        words |= dict(zip(names, items, strict=True))
        typed.append("\n".join(map(form.format, items)))
        plain.append("\n".join(map(form.format, names)))
    return "\n\n".join(typed), "\n\n".join(plain), words


@settings(deadline=None)
@given(st.lists(BLOCKS, min_size=1, max_size=5))
def test_any_text_in_paragraphs_and_lists_is_shown_as_it_was_typed(blocks: list[tuple[str, list[str]]]) -> None:
    typed, plain, words = written(blocks)
    for page, wanted in zip(*map(prose_pages, (typed, plain)), strict=True):
        assert page.parts == wanted.with_words({word: squeezed(text) for word, text in words.items()})


def prose_pages(text: str) -> list[Html]:
    """A page with `text` as prose where the templates have it, as each converter makes it."""
    prose = markdown.prose(text, resolve)
    blocks = f'<div class="hb-pair" markdown>\n\n<div lang="en" markdown>\n\n{prose}\n\n</div>\n\n</div>'
    page = f"## x {{ #x }}\n\n{blocks}\n\n{prose}\n\nEnd.\n"
    return [Html(convert(page)) for convert in CONVERTERS.values()]


PLAIN_TAGS = [part for page in PLAIN_PAGES for part in page.parts if isinstance(part, tuple)]
TAGS = {tag for tag, _ in PLAIN_TAGS} | {"p", "ul", "ol", "li", "strong", "code", "a"}
ATTRIBUTES = {name for _, attributes in PLAIN_TAGS for name, _ in attributes} | {"href", "start"}


@settings(deadline=None)
@given(TEXTS.filter(markup.unwrap))
def test_whatever_is_typed_makes_only_what_the_subset_makes(text: str) -> None:
    for page in (*pages(markdown.inline(text, resolve), "Word"), *prose_pages(text)):
        tags = [part for part in page.parts if isinstance(part, tuple)]
        assert {tag for tag, _ in tags} <= TAGS
        attributes = [attribute for _, found in tags for attribute in found]
        assert {name for name, _ in attributes} <= ATTRIBUTES
        for href in (value for name, value in attributes if name == "href"):
            assert re.match(r"(https?://|mailto:|#[a-ex]$|\.\./x)", href or ""), href
        assert [part for part in page.parts if str(part).strip()][-3:] == [("p", []), "End.", "/p"]
