"""Problems as people and programs read them: text with the offending line, JSON, or GitHub annotations."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

from ..content import catalogues
from ..content.text_file import UnreadableError, text_of
from ..problems import Phrase, Problem, Problems, visible

MESSAGES: Final = Path(__file__).parent / "messages"
LANGUAGES: Final = tuple(sorted(path.stem for path in MESSAGES.glob("*.yml")))

FORMATS: Final = ("text", "json", "github")
BOLD, RED, RESET = "\033[1m", "\033[31m", "\033[0m"


@cache
def catalogue(language: str) -> dict[str, str]:
    """Message key to text. Raises KeyError for a language that has no file."""
    problems = Problems()
    words = catalogues.load(LANGUAGES, MESSAGES, problems)
    assert not problems, list(problems)
    return words[language]


def say(phrase: Phrase, language: str) -> str:
    """A phrase in words; nothing for the empty phrase."""
    return catalogue(language)[phrase.key].format(**dict(phrase.values)) if phrase.key else ""


def message(problem: Problem, language: str = "en") -> str:
    """One line: place, key, what was expected and found, and a hint."""
    words, file = catalogue(language), visible(problem.file)
    return words["problem"].format(
        place=f"{file}:{problem.line}:{problem.column}" if problem.line else file,
        key=words["problem.key"].format(key=visible(problem.key)) if problem.key else "",
        expected=say(problem.expected, language),
        found=say(problem.found, language),
        hint=words["problem.hint"].format(hint=say(problem.hint, language)) if problem.hint.key else "",
    )


def word(key: str, language: str, **values: object) -> str:
    """Any other text of the catalogue."""
    return catalogue(language)[key].format(**{name: visible(str(value)) for name, value in values.items()})


def count(problems: list[Problem], language: str) -> str:
    """How many there are."""
    words = catalogue(language)
    return words["count.one"] if len(problems) == 1 else words["count.many"].format(count=len(problems))


def text(problems: Iterable[Problem], language: str, roots: Iterable[Path] = (), *, colour: bool = False) -> str:
    """One message a line; with folders that file names may start from, the offending line and a caret below it."""
    roots = tuple(roots)
    lines: list[str] = []
    for problem in problems:
        line = message(problem, language)
        lines.append(f"{BOLD}{line}{RESET}" if colour else line)
        lines.extend(next(filter(None, (_excerpt(problem, root, colour=colour) for root in roots)), []))
    return "\n".join(lines)


def _excerpt(problem: Problem, root: Path, *, colour: bool) -> list[str]:
    """The line of the file and a caret under the column, or nothing where it cannot be shown."""
    if not problem.line:
        return []
    try:
        line = text_of(root / problem.file, problem.file).split("\n")[problem.line - 1].rstrip("\r")
    except (UnreadableError, IndexError):
        return []
    if not line.strip():
        return []
    line, before = visible(line), visible(line[: problem.column - 1])
    # A wide character takes two columns of a terminal; keep the caret under what it means.
    indent = "".join("  " if ord(char) > 0x2E7F else " " for char in before)
    caret = f"{RED}^{RESET}" if colour else "^"
    return [f"    {line}", f"    {indent}{caret}"]


def as_json(problems: Iterable[Problem], language: str) -> str:
    """A JSON list with one object per problem."""
    return json.dumps(
        [
            {
                "file": visible(problem.file),
                "line": problem.line,
                "column": problem.column,
                "key": visible(problem.key),
                "code": problem.expected.key.removeprefix("expected."),
                "expected": say(problem.expected, language),
                "found": say(problem.found, language),
                "hint": say(problem.hint, language),
                "message": message(problem, language),
            }
            for problem in problems
        ],
        ensure_ascii=False,
        indent=2,
    )


def github(problems: Iterable[Problem], language: str) -> str:
    """Workflow commands that show each problem at its line of a pull request."""

    def escaped(value: str, *, prop: bool = False) -> str:
        value = value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
        return value.replace(":", "%3A").replace(",", "%2C") if prop else value

    return "\n".join(
        f"::error file={escaped(visible(problem.file), prop=True)},line={max(problem.line, 1)},"
        f"col={max(problem.column, 1)}::{escaped(message(problem, language))}"
        for problem in problems
    )


def pick_language(locale: str) -> str:
    """The language of messages for a locale such as `zh_CN.UTF-8`; English where there is none."""
    language = locale.replace("-", "_").split("_")[0].lower()
    return language if language in LANGUAGES else "en"


def language_of_environment() -> str:
    """The language of messages where nobody named one: that of the locale."""
    return pick_language(next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), ""))
