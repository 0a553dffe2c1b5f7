"""PyYAML's scanner and parser in Python, as strict as the specification, and twice as fast.

PyYAML takes several things that YAML calls invalid, and so shows a text that its author did not mean: lines of a
quotation or of brackets that stand left of what they belong to, a `#` that follows a bracket at once, a lone `-` or the
beginning of a text `?` in brackets, and empty lines that are deeper than the block text below them.
"""

from __future__ import annotations

from typing import Any, Final

import yaml
from yaml.scanner import ScannerError

_BREAKS: Final = "\r\n\x85\u2028\u2029"
_ENDS: Final = "\0" + _BREAKS

SHALLOW: Final = "found a line that is not indented before the end"
LOW_BLOCK: Final = "found a block text that is not indented"
CLOSE_COMMENT: Final = "found a comment without a space before it"
DEEP_BLANK: Final = "found an empty line deeper than the text"


class StrictLoader(yaml.SafeLoader):
    """Gives the events of YAML 1.2; directives are refused before they are read."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.opened: list[yaml.Mark] = []
        """The brackets that are not closed yet."""

    def forward(self, length: int = 1) -> None:
        """Move on. PyYAML counts lines character by character, and for more line ends than are left here."""
        start, end = self.pointer, self.pointer + length
        self.pointer = end
        self.index += length
        if lines := self.buffer.count("\n", start, end):
            self.line += lines
            self.column = end - self.buffer.rfind("\n", start, end) - 1
        else:
            self.column += length

    def fetch_flow_collection_start(self, token: Any) -> None:
        self.opened.append(self.get_mark())
        super().fetch_flow_collection_start(token)

    def fetch_flow_collection_end(self, token: Any) -> None:
        if self.opened:
            self.opened.pop()
        super().fetch_flow_collection_end(token)

    def fetch_directive(self) -> None:
        raise ScannerError(None, None, "directive", self.get_mark())

    def scan_to_next_token(self) -> None:
        if self.peek() == "#" and self.pointer and self.buffer[self.pointer - 1] not in " \t\n":
            raise ScannerError(None, None, CLOSE_COMMENT, self.get_mark())
        super().scan_to_next_token()
        self._refuse_shallow()

    def scan_plain_spaces(self, indent: int, start_mark: Any) -> Any:
        chunks = super().scan_plain_spaces(indent, start_mark)
        if self.peek() != "#":  # a comment may stand anywhere
            self._refuse_shallow()
        return chunks

    def _refuse_shallow(self) -> None:
        """What stands in brackets is deeper than the key or item that has it, on every line."""
        if self.flow_level and self.column <= self.indent and self.peek() != "\0":
            raise ScannerError("in brackets", self.opened[0], SHALLOW, self.get_mark())

    def scan_flow_scalar_breaks(self, double: bool, start_mark: Any) -> list[str]:
        chunks: list[str] = []
        while True:
            if self.prefix(3) in ("---", "...") and self.peek(3) in f"{_ENDS} \t":
                problem = "found unexpected document separator"
                raise ScannerError("while scanning a quoted scalar", start_mark, problem, self.get_mark())
            self._skip(" ")
            indented = self.get_mark()
            self._skip(" \t")
            if self.peek() not in _BREAKS:
                if indented.column <= self.indent and self.peek() != "\0":
                    raise ScannerError("in quotation marks", start_mark, SHALLOW, indented)
                return chunks
            chunks.append(str(self.scan_line_break()))  # type: ignore[no-untyped-call]

    def _skip(self, chars: str) -> None:
        length = 0
        while self.peek(length) in chars:
            length += 1
        self.forward(length)

    def fetch_block_scalar(self, style: str) -> None:
        if self.column <= self.indent:
            raise ScannerError(None, None, LOW_BLOCK, self.get_mark())
        super().fetch_block_scalar(style)

    def scan_block_scalar_indentation(self) -> Any:
        start = self.pointer
        chunks, deepest, end_mark = super().scan_block_scalar_indentation()
        # What stands there is a part of the text, or behind it.
        if max(self.indent + 1, 1) <= self.column < deepest and self.peek() != "\0":
            blank = max(self.buffer[start : self.pointer].split("\n")[:-1], key=len)
            at = self.buffer.index(blank, start)
            mark = yaml.Mark(self.name, at, self.buffer.count("\n", 0, at), 0, None, 0)
            raise ScannerError(None, None, DEEP_BLANK, mark)
        return chunks, deepest, end_mark

    def check_key(self) -> bool:
        if self.flow_level and self.peek(1) not in f"{_ENDS} \t,[]{{}}":  # a text, whose beginning PyYAML cuts off
            raise ScannerError(None, None, "but got '?'", self.get_mark())
        return bool(super().check_key())

    def check_plain(self) -> bool:
        is_lone = self.flow_level and self.peek() == "-" and self.peek(1) in ",[]{}"
        return bool(super().check_plain()) and not is_lone
