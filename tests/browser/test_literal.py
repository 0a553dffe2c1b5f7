"""Whatever authors type is shown as they typed it, and does nothing: the payloads of payloads.yml in every field."""

from __future__ import annotations

import json
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser

from ..support import literal
from ..support.literal import Corpus, Payload
from ..support.project import copy_project, mkdocs
from ..support.searching import search
from ..support.server import served

DRAWN: Final = ("circle", "defs", "path", "pattern", "rect", "svg", "symbol", "text", "tspan", "use")
"""What figures are drawn with, and the icon of the edit link."""
FORMS: Final = ("fieldset", "form", "label", "legend", "option", "output", "select")
"""What filters are made of."""
ELEMENTS: Final = {
    *[
        "a",
        "b",
        "button",
        "caption",
        "code",
        "details",
        "div",
        "em",
        "footer",
        "h1",
        "h2",
        "h3",
        "i",
        "input",
        "li",
        "ol",
        "p",
    ],
    *[
        "section",
        "span",
        "strong",
        "summary",
        "table",
        "tbody",
        "td",
        "template",
        "th",
        "thead",
        "tr",
        "ul",
        *FORMS,
        *DRAWN,
    ],
}
"""What the templates make."""
ELEMENTS_ABOVE: Final = {"a", "div", "h1", "img", "nav", "p"}
"""What the two pages above the editions have."""
FOUND: Final = {"a", "li", "mark", "p", "span"}
"""What the search shows its findings in."""

CORPUS: Final = Corpus()


@dataclass(frozen=True)
class Sites:
    """Two handbooks: with a word for each payload, and with the payloads."""

    words: Path
    payloads: Path

    def pages(self) -> list[str]:
        return sorted(str(path.relative_to(self.words)) for path in self.words.rglob("*.html"))


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Sites:
    files = literal.contents(CORPUS)
    both = {"words": files, "payloads": literal.with_payloads(files, CORPUS)}

    folders = {name: tmp_path_factory.mktemp(name) for name in both}

    def built(name: str) -> Path:
        folder = folders[name]
        literal.write(both[name], folder / "typed")
        project = copy_project(folder, folder / "typed")
        # These texts are in no language, and their brackets do not close. That is checked elsewhere.
        checks = project / "generator" / "content" / "language_checks.py"
        source = checks.read_text(encoding="utf-8")
        assert "\ndef run(" in source
        checks.write_text(f"{source}\n\ndef run(*arguments):\n    return ()\n", encoding="utf-8")
        # Some are lists and tables, which no text may be.
        checks = project / "generator" / "content" / "checks.py"
        source = checks.read_text(encoding="utf-8")
        assert "\ndef _paragraphs(" in source
        checks.write_text(f"{source}\n\ndef _paragraphs(*arguments):\n    return ()\n", encoding="utf-8")
        # Nor are they words of the trade, though a token may be the name of a term.
        glossary = project / "generator" / "render" / "glossary.py"
        source = glossary.read_text(encoding="utf-8")
        assert "SHORTEST: Final = 2" in source
        glossary.write_text(source.replace("SHORTEST: Final = 2", "SHORTEST: Final = 1000"), encoding="utf-8")
        done = mkdocs(project, "build", "--strict")
        assert done.returncode == 0, done.stderr
        return project / "site"

    with ThreadPoolExecutor() as pool:
        return Sites(*pool.map(built, both))


# What the page with words must become: each word replaced by what its payload shows.
COMPARED: Final = """([words, payloads, shown]) => {
  const token = /[tau]\\d{3}q/g;
  const parse = html => new DOMParser().parseFromString(html, "text/html");
  const all = (root, kind) => {
    const nodes = [], walker = root.createTreeWalker(root, kind);
    while (walker.nextNode()) nodes.push(walker.currentNode);
    return nodes;
  };
  const expected = parse(words), given = parse(payloads);
  for (const node of all(expected, NodeFilter.SHOW_TEXT)) {
    if (node.parentElement.closest("article")) {
      const holder = expected.createElement("template");
      holder.innerHTML = node.data.replace(/[&<>]/g, c => `&#${c.charCodeAt()};`).replace(token, t => shown[t].html);
      node.replaceWith(holder.content);
    } else node.data = node.data.replace(token, t => shown[t].shown);
  }
  for (const element of all(expected, NodeFilter.SHOW_ELEMENT))
    for (const attribute of element.attributes)
      attribute.value = attribute.value.replace(
        token, t => ["href", "id"].includes(attribute.name) ? shown[t].address : shown[t].shown);
  for (const page of [expected, given]) {
    for (const item of page.querySelectorAll("[id^=checklist-]")) item.id = "";  // which comes from the words
    for (const mail of page.querySelectorAll(".hb-object")) mail.href = mail.href.replace(/[?].*&/, "?");  // the title
    for (const drawing of page.querySelectorAll("svg.f[role=group]")) {  // laid out to fit its words
      drawing.replaceWith([...drawing.querySelectorAll("a, text")].map(item => item.localName === "a"
        ? `[${item.getAttribute("href")} ${item.getAttribute("aria-label")}]`
        : item.textContent.replace(/\\s/g, "")).join(" "));
    }
    page.normalize();
    for (const node of all(page, NodeFilter.SHOW_TEXT))  // in the table of contents any white space is a space
      node.data = node.data.replace(node.parentElement.closest("article") ? /[ \\t\\n]+/g : /\\s+/g, " ");
  }
  return [expected, given].map(page => page.documentElement.outerHTML);
}"""


def test_a_page_with_payloads_is_the_page_with_words_but_for_the_words(sites: Sites, browser: Browser) -> None:
    page = browser.new_page()
    shown = {token: asdict(payload) for token, payload in CORPUS.every.items()}
    for name in sites.pages():
        both = [(site / name).read_text(encoding="utf-8") for site in (sites.words, sites.payloads)]
        expected, given = page.evaluate(COMPARED, [*both, shown])
        assert given.split("<") == expected.split("<"), name
    page.close()


# What a page in use must be free of, and what it must have.
SEEN: Final = """([elements, texts]) => {
  const bare = text => text.replace(/\\s/g, ""), within = (parent, where) => [...parent.querySelectorAll(where)];
  const handles = element => element.getAttributeNames().some(name => /^(on|srcdoc)/i.test(name));
  const place = element => element.outerHTML.slice(0, 200);
  const href = link => link.href.baseVal === undefined ? link.href : `${new URL(link.href.baseVal, location)}`;
  const article = document.querySelector("article.md-content__inner") || document.querySelector("main");
  const scrolls = element => element !== article
    && (/auto|scroll/.test(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
  for (const details of within(document, "details")) details.open = true;
  const edge = document.documentElement.clientWidth + 1, seen = bare(article.innerText);
  return {
    ran: window.__pwned ? ["yes"] : [],
    handlers: within(document, "*").filter(handles).map(place),
    foreign: within(article, "*").map(element => element.localName).filter(name => !elements.includes(name)),
    schemes: within(document, "[href]").filter(link => href(link) && !/^(https?|mailto):/.test(href(link))).map(place),
    ends: within(document, "body > .md-container > footer, body > main > nav").length === 1 ? [] : ["no end"],
    wide: document.documentElement.scrollWidth >= edge ? [document.documentElement.scrollWidth] : [],
    beyond: within(article, "*").filter(element => !scrolls(element)).filter(
      element => element.getBoundingClientRect().right > edge).filter(
      element => !/\\p{M}{40}/u.test(element.textContent)).filter(  // these marks are on one letter, and cut off
      element => !(element.closest("svg") && /(\\p{L}\\p{M}{5,}){5}/u.test(element.textContent))).map(place),
    unseen: texts.filter(text => !seen.includes(bare(text))),
  };
}"""


def test_nothing_runs_breaks_out_or_hides_on_a_narrow_screen(
    sites: Sites, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    happened: list[str] = []
    context = browser.new_context(viewport={"width": 390, "height": 844})
    context.on("dialog", lambda dialog: happened.append(dialog.message))
    context.on("weberror", lambda error: happened.append(str(error.error)))
    context.on("request", lambda request: happened.append(request.url))
    page = context.new_page()
    with served(sites.payloads, tmp_path_factory.mktemp("host")) as address:
        for name in sites.pages():
            page.goto(address + name.removesuffix("index.html"))
            elements = ELEMENTS if "/" in name else ELEMENTS_ABOVE
            found = page.evaluate(
                SEEN, [sorted(elements), [payload.shown for payload in in_article(sites.words / name)]]
            )
            assert {problem: places for problem, places in found.items() if places} == {}, name
            # A request is all right when it is for a file of the site.
            assert [thing for thing in happened if not thing.startswith((address, "data:"))] == [], name
    context.close()


def in_article(page: Path) -> list[Payload]:
    """The payloads of the words that stand in the article of `page`, where there is one."""
    article = page.read_text(encoding="utf-8").partition("<article")[2].partition("</article>")[0]
    text = re.sub("<[^>]*>", "", article)
    return [CORPUS.every[token] for token in sorted(set(literal.TOKEN.findall(text)))]


def test_the_search_shows_payloads_as_text(
    sites: Sites, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    page = browser.new_page(viewport={"width": 1366, "height": 900})
    with served(sites.payloads, tmp_path_factory.mktemp("host")) as address:
        assert search(page, f"{address}en/", "script")
        found = page.locator(".hb-search__found")
        assert "<script>window.__pwned=1</script>" in (found.text_content() or "")
        made = found.evaluate("list => [...new Set([...list.querySelectorAll('*')].map(element => element.localName))]")
        assert set(made) <= FOUND
        assert page.evaluate("window.__pwned") is None
    page.close()


def test_the_index_of_the_search_has_the_payloads_as_text(sites: Sites) -> None:
    for edition in ("en", "both"):
        words, payloads = (index(site / edition) for site in (sites.words, sites.payloads))
        assert payloads == words, edition


def index(edition: Path) -> list[list[str]]:
    """What the search shows of each section, as text; words are replaced by what their payloads show."""
    script = (edition / "search" / "index.js").read_text(encoding="utf-8")
    start = "handbookSearch.index("
    pages, _ = json.JSONDecoder().raw_decode(script, script.index(start) + len(start))
    sections = [section for _, _, found in pages for section in found]
    return [[indexed(title), indexed(text), *map(indexed, names[:1])] for _, title, text, *names in sections]


def indexed(text: str) -> str:
    return re.sub(r"\s+", " ", literal.TOKEN.sub(lambda match: CORPUS.every[match[0]].shown, text)).strip()
