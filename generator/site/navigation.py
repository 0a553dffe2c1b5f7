"""The navigation of a site, put together for each page from parts that are rendered once.

Pages of one folder have the same links, so each item is rendered once per folder, by Material's own macros. What
differs from page to page is which item is marked and which sections are open: a page gets what stands before and
behind its own item. Of a section with very many items a page shows those around it, and a link to the section's
first page for the rest; otherwise the pages of such a section would grow with it, and the site with its square.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, Final

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from .editions import Edition

WINDOW: Final = 60
"""Items of one section that a page shows at most."""


@dataclass(eq=False)
class _Stub:
    """Stands where a template expects a page or a section."""

    url: str = ""
    title: str = ""
    children: list[Any] | None = None
    active: bool = False
    is_index: bool = False
    meta: dict[str, Any] = field(default_factory=dict)


_OPEN_SECTION: Final = _Stub(active=True)
"""The section around an item that is shown."""


@dataclass
class _FolderItems:
    """What pages with the same relative links share."""

    page: Any
    render: Callable[..., str]
    items: dict[int, str] = field(default_factory=dict)
    open: dict[int, tuple[str, str]] = field(default_factory=dict)
    tabs: dict[int, str] = field(default_factory=dict)


class _SectionItems:
    """The items of one section, or of the top."""

    def __init__(self, items: Sequence[Any], index: Any) -> None:
        self.index = index
        self.items = [item for item in items if item is not index]
        self.places = {id(item): place for place, item in enumerate(items, 1)}
        self.first: Any = items[0] if items else _OPEN_SECTION
        while self.first.children:
            self.first = self.first.children[0]
        self._numbers = {id(item): number for number, item in enumerate(self.items)}
        self._windows: dict[int, Sequence[Any]] = {}

    def window(self, marked: Any) -> Sequence[Any]:
        """At most `WINDOW` items, `marked` among them; None stands for those left out at either end."""
        start = self.start(marked)
        if start not in self._windows:
            left_out, end = [None], start + WINDOW
            shown = self.items[start:end]
            self._windows[start] = [*left_out[: start > 0], *shown, *left_out[: end < len(self.items)]]
        return self._windows[start]

    def start(self, marked: Any) -> int:
        """The first item of the window around `marked`, or around the first item."""
        return max(0, min(self._numbers.get(id(marked), 0) - WINDOW // 2, len(self.items) - WINDOW))


class Navigator:
    """The parts of the navigation of one site."""

    def __init__(self, nav: Navigation, config: MkDocsConfig, edition: Edition, env: jinja2.Environment) -> None:
        self._nav = nav
        self._config = config
        self._edition = edition
        self._env = env
        self._folders: dict[str, _FolderItems] = {}
        self._features = config.theme.get("features") or []
        self._trails = _trails(nav.items, ())
        self._branches: dict[int, _SectionItems] = {}

    def around(self, page: Page) -> tuple[str, str]:
        """What stands before and behind the item of `page` itself; all of it before where `page` has no item."""
        return self._list(self._folder(page), page, None, self._trail(page), "__nav", 1)

    def has_item(self, page: Page) -> bool:
        """Whether the page has an item of its own: neither hidden nor the first page that its section stands for."""
        if id(page) not in self._trails:
            return False
        trail = self._trail(page)
        return page is not self._branch(trail[-1]).index if trail else True

    def tabs(self, page: Page) -> str:
        """The tabs above the page, rendered once per folder and open section."""
        if "navigation.tabs" not in self._features:
            return ""
        folder, trail = self._folder(page), self._trail(page)
        top = id(trail[0]) if trail else id(page)
        if top not in folder.tabs:
            was, page.active = page.active, True
            folder.tabs[top] = self._env.get_template("partials/tabs.html").render(self._context(folder.page))
            page.active = was
        return folder.tabs[top]

    def _trail(self, page: Page) -> tuple[Any, ...]:
        return self._trails.get(id(page), ())

    def _folder(self, page: Page) -> _FolderItems:
        stand = _stub_for(page)
        if stand.url not in self._folders:
            template = self._env.get_template("partials/nav-item.html")
            module: Any = template.make_module(self._context(stand))
            self._folders[stand.url] = _FolderItems(stand, lambda *parts: _dense(module.render(*parts)))
        return self._folders[stand.url]

    def _context(self, page: Any) -> dict[str, Any]:
        return {
            "nav": self._nav,
            "page": page,
            "base_url": get_relative_url(".", page.url),
            "config": self._config,
            "edition": self._edition,
            "features": self._features,
            "lang": self.lang,
        }

    @functools.cached_property
    def words(self) -> Callable[[str], str]:
        """The interface words of the theme by their keys, each looked up once."""
        module: Any = self._env.get_template("partials/language.html").make_module({"edition": self._edition})
        words: Callable[[str], str] = functools.cache(module.t)
        return words

    @functools.cached_property
    def lang(self) -> SimpleNamespace:
        """The same where Material's templates import a module of them."""
        return SimpleNamespace(t=self.words)

    def _list(
        self, folder: _FolderItems, page: Page, section: Any, trail: tuple[Any, ...], path: str, level: int
    ) -> tuple[str, str]:
        """The items of a section in two parts; between them is the place of the page itself."""
        branch = self._branch(section)
        marked = trail[0] if trail else page
        before: list[str] = []
        behind: list[str] = []
        now = before
        for item in branch.window(marked):
            if item is None:
                now.append(self._rest(folder, branch, section))
            elif item is not marked:
                now.append(self._item(folder, item, branch, path, level, section))
            elif item is page:
                now = behind
            else:
                place = f"{path}_{branch.places[id(item)]}"
                opening, closing = self._open(folder, item, place, level, section)
                inner = self._list(folder, page, item, trail[1:], place, level + 1)
                before += [opening, inner[0]]
                behind += [inner[1], closing]
                now = behind
        return "".join(before), "".join(behind)

    def _item(self, folder: _FolderItems, item: Any, branch: _SectionItems, path: str, level: int, section: Any) -> str:
        """An item that is not marked."""
        if id(item) not in folder.items:
            place = f"{path}_{branch.places[id(item)]}" if item.children else ""
            folder.items[id(item)] = folder.render(item, place, level, section and _OPEN_SECTION)
        return folder.items[id(item)]

    def _open(self, folder: _FolderItems, section: Any, path: str, level: int, above: Any) -> tuple[str, str]:
        """What encloses the items of an open section, its own first page among it."""
        if id(section) not in folder.open:
            index, mark = self._branch(section).index, _Stub("#", "-")
            children = [index] if index and len(section.children) == 1 else [child for child in (index, mark) if child]
            stand = _Stub(title=section.title, children=children, active=True)
            whole = folder.render(stand, path, level, above and _OPEN_SECTION)
            opening, found, closing = whole.partition(folder.render(mark, "", level + 1, stand))
            folder.open[id(section)] = (opening, closing if found else "")
        return folder.open[id(section)]

    def _rest(self, folder: _FolderItems, branch: _SectionItems, section: Any) -> str:
        """The link to the items that are not shown."""
        first = branch.index or branch.first
        return folder.render(_Stub(first.url, f"… {section.title if section else first.title}"), "", 1, None)

    def _branch(self, section: Any) -> _SectionItems:
        if id(section) not in self._branches:
            items = section.children if section else self._nav.items
            indexed = section is not None and "navigation.indexes" in self._features
            index = next((item for item in items if indexed and getattr(item, "is_index", False)), None)
            self._branches[id(section)] = _SectionItems(items, index)
        return self._branches[id(section)]


def _dense(html: str) -> str:
    """The same without the indentation and empty lines of the template: a page has a hundred items.

    And without attributes that the template leaves empty and HTML does not allow to be.
    """
    return "\n".join(filter(None, map(str.strip, html.replace(' tabindex=""', "").split("\n")))) + "\n"


def _trails(items: Sequence[Any], above: tuple[Any, ...]) -> dict[int, tuple[Any, ...]]:
    """The sections around each page, from the top."""
    trails: dict[int, tuple[Any, ...]] = {}
    for item in items:
        if item.children is None:
            trails[id(item)] = above
        else:
            trails.update(_trails(item.children, (*above, item)))
    return trails


def _stub_for(page: Page) -> Any:
    """A page with the same relative links as `page` and all its neighbours."""
    if page.is_index:
        return page
    folder = page.url.rstrip("/").rpartition("/")[0]
    ending = "/" if page.url.endswith("/") else ".html"
    return _Stub(f"{folder}/*{ending}" if folder else f"*{ending}")
