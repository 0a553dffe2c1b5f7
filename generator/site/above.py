"""What the site above the editions shows of the handbook: the page that offers them, the 404 page, the sitemap."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from .. import report
from ..build import Built
from ..problems import Problem
from ..voice import Voice
from . import edition


def shown(built: Built, docs: Path, use_directory_urls: bool) -> dict[str, object]:
    """The values for its templates."""
    plan, words = built.plan, built.words
    settings = plan.handbook.settings
    voices = {language: Voice(plan.handbook, words, [language], plan.addresses, "") for language in settings.languages}
    return {
        "page": (docs / "index.md").read_bytes(),
        "editions": [edition.facts(built, edition_id) for edition_id in settings.editions],
        "languages": [
            {
                "tag": words[language]["language.tag"],
                "title": voice.plain(settings.title),
                "tagline": voice.plain(settings.tagline),
                "words": words[language],
            }
            for language, voice in voices.items()
        ],
        "urls": [edition.address(page.path, use_directory_urls).removeprefix("./") for page in plan.pages],
    }


def problems(found: Sequence[Problem], languages: Sequence[str]) -> dict[str, Any] | None:
    """What every page says about problems in the content, in the first of `languages` that messages exist in."""
    if not found:
        return None
    language = next(filter(report.LANGUAGES.__contains__, languages), "en")
    return {
        "language": language,
        "title": report.word("serve.kept", language),
        "messages": [report.message(problem, language) for problem in found],
    }
