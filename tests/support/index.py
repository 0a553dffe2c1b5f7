"""A search index as data."""

from __future__ import annotations

import json
from typing import Any


def loaded(script: str) -> list[Any]:
    """What a script hands to the search: its pages, characters, spellings and common words."""
    call = "handbookSearch.index("
    start = script.index(call) + len(call)
    arguments: list[Any] = json.loads(f"[{script[start : script.rindex(')')]}]")
    return arguments
