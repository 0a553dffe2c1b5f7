"""A handbook whose every text field holds a payload, and the same handbook with a plain word in its place.

Both come from the small handbook. Each payload has a token; the page with payloads must be the page with
tokens, each token replaced by what the payload shows. Nothing else may differ.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from html import escape
from pathlib import Path
from typing import Any, Final

import yaml
from pydantic import BaseModel

from generator.content import markup, quotations, yaml_text
from generator.content.collections import MODELS
from generator.content.introspection import fields_of, is_text
from generator.content.models import Section
from generator.content.settings import Edition, Settings
from generator.content.types import Statement
from generator.render.citations import article_anchor

from .paths import SMALL, TESTS

LANGUAGES: Final = ("zh", "en")
TOKEN: Final = re.compile(r"[tau]\d{3}q")
PLAIN: Final = {"number", "pinyin", "label", "short", "article", "url"}
"""Fields that have one string for all languages and take no marks."""
STRUCTURE = {"id", "fingerprint", "language", "languages", "lines", "line", "line_count", "longest_quote"}
STRUCTURE |= {"also", "contact", "date", "unlike", "rows", "month", "daily", "optional", "varies", "draft"}
STRUCTURE |= {"word", "instead", "unless", "adopted", "in_force", "first_in_force"}
"""Fields that take no text: ids, names of files, languages, numbers, dates, addresses, words to look for."""
SEVERAL: Final = {"steps", "careers", "positions", "sections", "provisions", "doors"}
"""Lists of which the test wants more than the small handbook has; lists of texts all grow."""


@dataclass(frozen=True)
class Payload:
    """What is typed, and what the page shows of it: as text, as HTML in a statement, and in an address."""

    token: str
    text: str
    shown: str
    html: str
    address: str = ""


def spaced(text: str) -> str:
    """`text` with each run of white space as one space; a no-break space is none of it."""
    return re.sub(r"[ \t\n]+", " ", text).strip()


class Corpus:
    """The payloads of payloads.yml, handed out in turn."""

    def __init__(self) -> None:
        data = yaml.safe_load((TESTS / "payloads.yml").read_text(encoding="utf-8"))
        self.refused: list[tuple[str, str]] = data["refused"]
        self.fragments: list[str] = data["fragments"]
        self.literal = {name: _literal(index, item) for index, (name, item) in enumerate(data["literal"].items())}
        self.marked = [_marked(800 + index, item) for index, item in enumerate(data["marked"].values())]
        self.addresses = [_address(index, item) for index, item in enumerate(data["addresses"].values())]
        self.articles = [
            _literal(index, payload.text, "a", article_anchor(payload.text).removeprefix("art-"))
            for index, payload in enumerate(self.literal.values())
            if not is_refused(payload.text)
        ]
        self._turn: dict[int, int] = {}

    @cached_property
    def every(self) -> dict[str, Payload]:
        """Token to payload."""
        each = (*self.literal.values(), *self.marked, *self.addresses, *self.articles)
        return {payload.token: payload for payload in each}

    def take(self, among: list[Payload], fits: Callable[[Payload], bool] = lambda _: True) -> str:
        """The token of the next payload that fits."""
        while True:
            turn = self._turn[id(among)] = self._turn.get(id(among), -1) + 1
            if fits(payload := among[turn % len(among)]):
                return payload.token

    @cached_property
    def texts(self) -> list[Payload]:
        """What a text of one paragraph may hold."""
        return [payload for payload in self.literal.values() if not is_refused(payload.text)]

    @cached_property
    def statements(self) -> list[Payload]:
        """What a text may hold that is nobody's title."""
        return [*self.marked, *self.texts]


def has_lines(text: str) -> bool:
    """Whether lines of `text` are laid out and would be joined: one alone is shown as it is typed."""
    return "\n" in text.strip() and bool(markup.laid_out(text))


def is_refused(text: str) -> bool:
    """Whether no text of one paragraph may be `text`: it holds what nobody sees, or lines that mean to stay lines."""
    return bool(next(yaml_text.unfit(text), None) or has_lines(text) or markup.has_paragraphs(text))


def _literal(index: int, item: Any, kind: str = "t", address: str = "") -> Payload:
    item = item if isinstance(item, dict) else {"text": item}
    text = item["text"] * item.get("times", 1)
    shown = spaced(text)
    return Payload(f"{kind}{index:03}q", text, shown, escape(shown), address)


def _marked(index: int, item: dict[str, str]) -> Payload:
    bare = re.sub(r"<[^>]*>", "", item["html"])
    shown = bare.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return Payload(f"t{index:03}q", item["text"], shown, item["html"])


def _address(index: int, item: dict[str, str]) -> Payload:
    return Payload(f"u{index:03}q", item["text"], item["text"], escape(item["text"]), item["href"])


def text_fields() -> Iterator[tuple[type[BaseModel], str]]:
    """Every field of every model that takes text. Fails for a field that this module does not know."""
    models: list[type[BaseModel]] = [Settings, *MODELS.values()]
    for model in models:  # which grows
        for field in fields_of(model):
            if field.inner:
                models.extend({field.inner} - set(models))
            elif field.refers_to is None and not field.choices and not field.cites:
                assert field.name in PLAIN | STRUCTURE, (model, field.name)
            if is_text(field.inner) or (field.name in PLAIN and not field.inner):
                yield model, field.name


def models_in(value: object) -> Iterator[BaseModel]:
    """Every model in `value`, itself too."""
    if isinstance(value, BaseModel):
        yield value
    inner = vars(value) if isinstance(value, BaseModel) else value
    for part in inner.values() if isinstance(inner, dict) else inner if isinstance(inner, list) else ():
        yield from models_in(part)


# --- the handbook ----------------------------------------------------------------------------------------


def contents(corpus: Corpus) -> dict[str, Any]:
    """File name to data of the handbook with tokens."""
    files: dict[str, Any] = {}
    for path in sorted(SMALL.rglob("*.yml")):
        name = str(path.relative_to(SMALL))
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
        if path.stem == "publications":
            data = _grown(data, len(corpus.addresses))
        kind = Settings if name == "handbook.yml" else MODELS.get(path.stem) or MODELS[path.parent.name]
        files[name] = _filled(kind, data, corpus) if isinstance(data, dict) else _items(kind, data, corpus)
    files["documents.yml"][0]["longest_quote"] = "100000"
    # The names of editions are few, and stand in attributes too.
    editions = files["handbook.yml"]["editions"]
    editions["en"]["label"] = corpus.literal["image in quotes"].token
    editions["both"]["label"] = corpus.literal["references twice over"].token
    # Terms stand under their first letters, which must be those of the tokens.
    files["terms.yml"][0]["title"] = {
        "zh": corpus.literal["end of a text area"].token,
        "en": corpus.literal["end of the title"].token,
    }
    for publication in files["publications.yml"]:
        for provision in publication["provisions"][::2]:
            del provision["label"]  # then it is cited by its number
    return files


def _filled(model: type[BaseModel], data: dict[str, Any], corpus: Corpus) -> dict[str, Any]:
    """`data` of a `model` with tokens in every text, also in those that may be left out and are."""
    filled = dict(data)
    if is_text(model):
        among = corpus.statements if issubclass(model, Statement) else corpus.texts
        filled |= {language: corpus.take(among) for language in LANGUAGES}
    for field in fields_of(model):
        if field.name in PLAIN and not field.inner:
            filled[field.name] = _plain(field.name, data, corpus)
        elif field.name == "editions":
            filled[field.name] = {key: _filled(Edition, item, corpus) for key, item in data[field.name].items()}
        elif field.inner and (field.name in data or is_text(field.inner)):
            blank = {"source": "editors"} if issubclass(field.inner, Statement) else {}
            given = data.get(field.name, [blank] if field.many else blank)
            grows = is_text(field.inner) or field.name in SEVERAL
            filled[field.name] = (
                _items(field.inner, _grown(given) if grows else given, corpus)
                if field.many
                else _filled(field.inner, given, corpus)
            )
    if model is Section:
        filled["body"] |= {language: _prose(corpus) for language in LANGUAGES}
    return filled


def _items(model: type[BaseModel], items: list[Any], corpus: Corpus) -> list[Any]:
    return [_filled(model, item, corpus) for item in items]


def _grown(items: list[dict[str, Any]], count: int = 6) -> list[dict[str, Any]]:
    """`items` and more like the first of them, each with an id of its own."""
    first = {key: value for key, value in items[0].items() if key != "article"}
    more = [first | ({"id": f"{first['id']}-{n}"} if "id" in first else {}) for n in range(count - len(items))]
    return [*items, *more]


def _plain(name: str, data: dict[str, Any], corpus: Corpus) -> str:
    if name == "article":
        return data.get(name) or corpus.take(corpus.articles)  # what is there is cited
    if name == "url":
        return f"https://{corpus.take(corpus.addresses)}"
    return corpus.take(corpus.texts, lambda payload: name != "short" or len(payload.text) <= 6)


def _prose(corpus: Corpus) -> str:
    """Paragraphs and both kinds of list; what would be a list or several blocks there is left to other fields."""

    def one_line(payload: Payload) -> bool:
        return "\n" not in payload.text

    def paragraph(payload: Payload) -> bool:
        return one_line(payload) and not re.match(r"\s*(-|[0-9]+\.)\s", payload.text)

    items = [corpus.take(corpus.statements, one_line) for _ in range(4)]
    ends = [corpus.take(corpus.statements, paragraph) for _ in range(2)]
    return "{}\n\n- {}\n- {}\n\n1. {}\n2. {}\n\n{}".format(ends[0], *items, ends[1])


def with_payloads(data: Any, corpus: Corpus) -> Any:
    """`data` with what authors typed in place of the tokens."""
    if isinstance(data, dict):
        return {key: with_payloads(value, corpus) for key, value in data.items()}
    if isinstance(data, list):
        return [with_payloads(item, corpus) for item in data]
    return TOKEN.sub(lambda match: corpus.every[match[0]].text, data)


def write(files: dict[str, Any], folder: Path) -> None:
    """The content folder of `files`, with a fingerprint that has every quotation in every line."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml.dump(data, Dumper=Dumper, allow_unicode=True, width=1_000_000), encoding="utf-8")
    document = files["documents.yml"][0]
    line = " ".join(" ".join(quote[document["language"]].split()) for quote in _quotes(list(files.values())))
    lines = [line] * int(document["line_count"])
    (folder / document["fingerprint"]).write_text(quotations.write("\n".join(lines)), encoding="ascii")


def _quotes(data: Any) -> Iterator[dict[str, str]]:
    if isinstance(data, dict) and "quote" in data:
        yield data["quote"]
    for inner in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from _quotes(inner)


class Dumper(yaml.SafeDumper):
    """Without aliases, which the reader refuses; several lines are kept as lines, and no long one is broken."""

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def text(self, text: str) -> yaml.ScalarNode:
        return self.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


Dumper.add_representer(str, Dumper.text)
