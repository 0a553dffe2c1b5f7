"""Pages as Markdown, through Jinja2 templates that receive finished values."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import jinja2

from . import glossary
from .figures import Figures
from .glossary import Glossary
from .pages import EXPLAINED, SEARCH_BOOST, Page, Plan
from .problems import ContentError, Problem, phrase
from .speaker import Reference, Word
from .strings import Words
from .templating import FOLDER, Environment, environment
from .translations import StaleLanguages
from .uses import Said, Use
from .voice import Voice, anchor, article_anchor


def render(
    plan: Plan, words: Words, stale: StaleLanguages | None = None, folder: Path = FOLDER
) -> Iterator[tuple[str, str]]:
    """(path below docs/, Markdown) of every page of every edition; texts that are `stale` are marked.

    Raises `ContentError` when a template is broken, naming its file and line.
    """
    renderer = Renderer(environment(folder), plan, words, stale or {}, Glossary(plan.handbook))
    for page in plan.pages:
        yield from renderer.page(page)[0].items()


class Renderer:
    """Renders pages of one plan. Editions of a page come together, for they say the same texts."""

    def __init__(
        self,
        env: Environment,
        plan: Plan,
        words: Words,
        stale: StaleLanguages,
        known: Glossary,
        said: Said | None = None,
    ) -> None:
        self.env = env
        self.plan = plan
        self.words = words
        self.stale = stale
        self.glossary = known
        self.said = said or Said(plan.handbook)

    def page(self, page: Page) -> tuple[dict[str, str], list[Use]]:
        """Path below docs/ to Markdown, for every edition; and what the page uses. Raises as `render` does."""
        handbook, addresses, said = self.plan.handbook, self.plan.addresses, self.said
        said.turn()
        self.env.uses = said.uses
        explained = self.glossary if page.template in EXPLAINED else None
        made: dict[str, str] = {}
        for edition_id, edition in handbook.settings.editions.items():
            voice = Voice(handbook, self.words, edition.languages, addresses, page.path, self.stale, said, explained)
            made[f"{edition_id}/{page.path}"] = _markdown(self.env, page, voice)
        return made, list(said.uses)


def _markdown(env: Environment, page: Page, voice: Voice) -> str:
    shared = {
        "page": page,
        "voice": voice,
        "say": voice.say,
        "state": voice.state,
        "t": voice.t,
        "link": voice.link,
        "labelled": voice.labelled,
        "Word": Word,
        "Ref": Reference,
        "anchor": anchor,
        "article_anchor": article_anchor,
        "passages_of": voice.passages_of,
        "figures": Figures(voice),
    }
    try:
        body = env.get_template(f"{page.template}.md.j2").render(**shared, **page.context)
        body, used = glossary.settle(body, voice.href)
        terms = voice.terms(used)
        body += glossary.plain(env.get_template("foot.md.j2").render(terms=terms, **shared))
    except jinja2.TemplateSyntaxError as error:
        file = f"{env.folder.name}/{error.name}"
        wrong = phrase("expected.template"), phrase("found.error", message=error.message)
        raise ContentError([Problem(file, error.lineno, 1, "", *wrong)]) from error
    except jinja2.TemplateError as error:
        raise ContentError([_at_template_line(error, env.folder, page)]) from error
    return f"{_front_matter(page, voice)}\n{_tidy(body)}"


def _at_template_line(error: jinja2.TemplateError, folder: Path, page: Page) -> Problem:
    """The innermost line of a template in the traceback of `error`."""
    file, line = f"{page.template}.md.j2", 0
    trace = error.__traceback__
    while trace:
        name = Path(trace.tb_frame.f_code.co_filename)
        if name.suffix == ".j2":
            file, line = name.name, trace.tb_lineno
        trace = trace.tb_next
    wrong = phrase("expected.template-values"), phrase("found.error", message=error.message)
    return Problem(f"{folder.name}/{file}", line, 1, page.path, *wrong)


def _front_matter(page: Page, voice: Voice) -> str:
    """Title and description; JSON strings are YAML strings, whatever is in them."""
    meta = {"title": voice.name(page), "description": voice.plain(page.description)}
    lines = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in meta.items())
    if page.template in SEARCH_BOOST:
        lines += f"search:\n  boost: {SEARCH_BOOST[page.template]}\n"
    for key, values in (("scripts", page.scripts), ("hide", page.hide)):
        if values:
            lines += f"{key}: [{', '.join(values)}]\n"
    return f"---\n{lines}---\n"


def _tidy(body: str) -> str:
    """At most one empty line in a row, one newline at the end."""
    text = "\n".join(map(str.rstrip, body.split("\n")))
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    return text.strip("\n") + "\n"


def root(plan: Plan, words: Words) -> str:
    """The page above the editions. Its layout is the theme's; here is only what it has to say."""
    title = plan.handbook.settings.title
    said = Voice(plan.handbook, words, list(title.by_language), plan.addresses, "index.md").plain(title)
    return f"---\ntitle: {json.dumps(said, ensure_ascii=False)}\ntemplate: root.html\n---\n"
