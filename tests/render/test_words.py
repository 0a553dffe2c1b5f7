"""Interface words: whatever asks for one finds it, and there is none that nobody asks for."""

from __future__ import annotations

import re

import pytest
import yaml

from generator.content.collections import COLLECTIONS, COMPARE, OUTCOME_MAP
from generator.content.language_checks import ABOUT_LANGUAGE
from generator.render.renderer import WORDS

from ..support.paths import ROOT

GENERATOR = ROOT / "generator"
SOURCES = sorted(
    path for path in GENERATOR.rglob("*") if path.suffix in (".py", ".j2", ".html", ".js", ".xml") and path.is_file()
)
LANGUAGES = sorted(path.stem for path in WORDS.glob("*.yml"))

KEY = r"[a-z][a-z0-9_-]*(?:\.[a-z0-9_-]+)+"
ASKED = re.compile(rf"""(?:\b(?:ui|field|Word|said?y?|heading|section|boxed)\((?:\d,\s*)?|words\[)["']({KEY})["']""")
"""What a template asks for by its whole name."""
MADE = re.compile(r"""["']([a-z][a-z0-9.-]*\.)(?:\{[^{}]*\}|["']\s*~)""")
"""The beginning of a name that is put together: `f"kind.{kind}"`, `"kind." ~ kind`."""


def words(language: str) -> dict[str, str]:
    known: dict[str, str] = yaml.safe_load((WORDS / f"{language}.yml").read_text(encoding="utf-8"))
    return known


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_that_a_template_names_is_there(language: str) -> None:
    known = words(language)
    asked = {
        key
        for path in SOURCES
        if path.suffix in (".j2", ".html", ".xml")
        for key in ASKED.findall(path.read_text(encoding="utf-8"))
    }
    assert len(asked) > 80
    assert asked - known.keys() == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_collection_and_page_of_its_own_has_its_words(language: str) -> None:
    known = words(language)
    listed = [declared.name for declared in COLLECTIONS if declared.overview] + [COMPARE, OUTCOME_MAP]
    needed = {f"collection.{name}{end}" for name in listed for end in ("", ".lead")}
    assert needed - known.keys() == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_translated_for_nobody(language: str) -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
    named = set(re.findall(rf"""["'`]({KEY}|[a-z][a-z_-]*)["'`]""", code))
    made = tuple(MADE.findall(code))
    unused = [
        key for key in words(language) if key not in named and not key.startswith(made) and key not in ABOUT_LANGUAGE
    ]
    assert " ".join(unused) == ""
