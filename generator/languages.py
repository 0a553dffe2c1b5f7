"""The languages of messages, and which one of them a reader has."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent / "messages"
LANGUAGES: Final = tuple(sorted(path.stem for path in FOLDER.glob("*.yml")))


def pick_language(locale: str) -> str:
    """The language of messages for a locale such as `zh_CN.UTF-8`; English where there is none."""
    language = locale.replace("-", "_").split("_")[0].lower()
    return language if language in LANGUAGES else "en"


def language_of_environment() -> str:
    """The language of messages where nobody named one: that of the locale."""
    return pick_language(next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), ""))
