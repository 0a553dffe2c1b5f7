"""What a site under `mkdocs serve` does not make at once: pages, and its search index.

A changed title changes every page, and an author looks at one of them. So a page is read and put into the template
before it is answered with; the others in small steps, in a pause. What nobody has asked for before the server ends
still lies there as it was, under the key of what it was made from: the next process sees that it is another one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from mkdocs.structure.pages import Page

from ..search_index import FILE
from .finishing import Finisher
from .outputs import Outputs
from .reading import Reader


class Later:
    """The pages of one site that are still to be made; `index` makes its search index."""

    def __init__(self, reader: Reader, finisher: Finisher, outputs: Outputs, index: Callable[[], None]) -> None:
        self._reader = reader
        self.finisher = finisher
        self._outputs = outputs
        self._index = index
        self._owes_index = False
        self._unread: dict[str, Page] = {}
        """By their sources."""
        self._unfinished: dict[str, Page] = {}
        """By where they go."""

    def put_off(self, pages: Iterable[Page], unread: Iterable[Page]) -> None:
        """Make these pages later; some of them are `unread` yet."""
        self._unread |= {page.file.src_uri: page for page in unread}
        self._unfinished |= {page.file.dest_uri: page for page in pages}
        self._owes_index = True
        for path in (*self._unfinished, FILE):
            self._outputs.leave(path)

    def make(self, path: str) -> None:
        """Make the file at this path, if it has been put off. Raises what making it raises; then it is still owed."""
        if page := self._unfinished.get(path):
            if page.file.src_uri in self._unread:
                self._convert(page, finishing=True)
            self.finisher.finish([page])
            del self._unfinished[path]
        elif path == FILE and self._owes_index:
            for _ in self.read():
                pass
            self._index()
            self._owes_index = False

    def read(self) -> Iterator[None]:
        """Read page after page."""
        for page in [*self._unread.values()]:
            if page.file.src_uri in self._unread:  # else it has been asked for meanwhile
                self._convert(page, finishing=False)
                yield

    def finish(self) -> Iterator[None]:
        """Finish page after page."""
        for path in [*self._unfinished]:
            if path in self._unfinished:
                self.make(path)
                yield

    def _convert(self, page: Page, *, finishing: bool) -> None:
        self._reader.convert(page, finishing=finishing)
        del self._unread[page.file.src_uri]
