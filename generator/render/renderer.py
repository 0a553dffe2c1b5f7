"""Pages as Markdown, through Jinja2 templates that receive finished values."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, Final

import jinja2

from ..pages.plan import Page, Plan
from ..problems import ContentError, Phrase, Problem, code, did_you_mean, phrase
from . import collation, glossary, markdown
from .citations import Citations, anchor, article_anchor
from .figures import Figures
from .glossary import Glossary
from .text import MissingWordError, Reference, Shared, TextRenderer, Word

TEMPLATES: Final = Path(__file__).parent / "templates"
WORDS: Final = Path(__file__).parent / "strings"


def environment(folder: Path = TEMPLATES) -> jinja2.Environment:
    """The template environment. A name that is not there is an error, never an empty place."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder),
        undefined=jinja2.StrictUndefined,
        autoescape=False,  # the output is Markdown; every text goes through `markdown.escape`
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,  # the pipeline makes another environment for other templates
    )


class Renderer:
    """Renders the pages of one plan. Every method raises `ContentError` when a template is broken, naming its line."""

    def __init__(self, env: jinja2.Environment, folder: Path, shared: Shared, known_terms: Glossary) -> None:
        self.env = env
        self.folder = folder
        """Where the templates are."""
        self.shared = shared
        self.glossary = known_terms

    @property
    def plan(self) -> Plan:
        return self.shared.plan

    def texts(self, edition_id: str, path: str, terms: Glossary | None = None) -> TextRenderer:
        """Texts for the page at `path` of an edition."""
        return TextRenderer(self.shared, self.plan.handbook.settings.editions[edition_id].languages, path, terms)

    def page(self, page: Page, edition_id: str) -> str:
        """The Markdown of a page in one edition."""
        texts = self.texts(edition_id, page.path, self.glossary if page.explains_terms else None)
        citations = Citations(texts)
        names: dict[str, Any] = {
            "page": page,
            "texts": texts,
            "citations": citations,
            "figures": Figures(texts, citations),
            "text": texts.text,
            "ui": texts.ui,
            "link": texts.link,
            "field": texts.field,
            "cited": citations.cited,
            "Word": Word,
            "Ref": Reference,
            "anchor": anchor,
            "article_anchor": article_anchor,
            "initials": partial(collation.initials, available=texts.available),
        }
        try:
            body = self.env.get_template(f"{page.template}.md.j2").render(**names, **page.context)
            body, used = glossary.settle(body, texts.href)
            foot = self.env.get_template("foot.md.j2").render(terms=texts.terms(used), **names)
            body += glossary.plain(foot)
            return f"{_front_matter(page, texts)}\n{_tidy(body)}"
        except Exception as error:  # whatever a template does wrong: an attribute, a number, a ring of macros
            raise ContentError([self._problem(error, page)]) from error

    def pages(self) -> Iterator[tuple[str, str]]:
        """(path below docs/, Markdown) of every page of every edition."""
        for page in self.plan.pages:
            for edition_id in self.plan.handbook.settings.editions:
                yield f"{edition_id}/{page.path}", self.page(page, edition_id)
        yield "index.md", self.landing_page()

    def landing_page(self) -> str:
        """The page above the editions, which leads to each of them. The theme has a layout of its own for it."""
        settings = self.plan.handbook.settings
        texts = TextRenderer(self.shared, list(settings.title.by_language), "index.md")
        title = texts.plain(settings.title)
        links = (
            f"- [{markdown.literal(edition.label)}]({edition_id}/index.md)"
            for edition_id, edition in settings.editions.items()
        )
        listed = "\n".join(links)
        return f"---\ntitle: {json.dumps(title, ensure_ascii=False)}\n---\n\n# {markdown.escape(title)}\n\n{listed}\n"

    # --- what is wrong with a template -------------------------------------------------------------------

    def _problem(self, error: Exception, page: Page) -> Problem:
        """What is wrong, at the innermost line of a template in the traceback of `error`."""
        if isinstance(error, jinja2.TemplateSyntaxError):
            file = f"{self.folder.name}/{error.name}"
            wrong = phrase("expected.template"), phrase("found.error", message=error.message)
            return Problem(file, error.lineno, 1, "", *wrong)
        file, line = f"{page.template}.md.j2", 0
        trace = error.__traceback__
        while trace:
            name = Path(trace.tb_frame.f_code.co_filename)
            if name.suffix == ".j2":
                file, line = name.name, trace.tb_lineno
            trace = trace.tb_next
        return Problem(f"{self.folder.name}/{file}", line, 1, page.path, *self._explained(error))

    def _explained(self, error: Exception) -> tuple[Phrase, ...]:
        if isinstance(error, MissingWordError):
            known = next(iter(self.shared.words.values()), {})
            hint = did_you_mean(error.key, known) or phrase("hint.add-word", key=error.key)
            return phrase("expected.interface-word"), code(error.key), hint
        message = getattr(error, "message", None) or f"{type(error).__name__}: {error}"
        return phrase("expected.template-values"), phrase("found.error", message=message)


def _front_matter(page: Page, texts: TextRenderer) -> str:
    """Title and description; JSON strings are YAML strings, whatever is in them."""
    meta = {"title": texts.page_title(page), "description": texts.plain(page.description)}
    lines = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in meta.items())
    if page.search_weight != 1:
        lines += f"search:\n  boost: {page.search_weight}\n"
    for key, values in (("scripts", page.needed_scripts), ("hide", page.hide)):
        if values:
            lines += f"{key}: [{', '.join(values)}]\n"
    return f"---\n{lines}---\n"


def _tidy(body: str) -> str:
    """At most one empty line in a row, one newline at the end."""
    text = "\n".join(map(str.rstrip, body.split("\n")))
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    return text.strip("\n") + "\n"
