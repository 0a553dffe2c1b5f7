"""Web fonts that mkdocs.yml names, asked of Google as Material does; none unless it does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote_plus

from mkdocs.config.defaults import MkDocsConfig

MATERIAL_FONT: Final = {"text": "Roboto", "code": "Roboto Mono"}
"""What Material asks for where mkdocs.yml says nothing of fonts; here that is nothing."""


@dataclass(frozen=True)
class Fonts:
    """Fonts for text and code."""

    text: str
    code: str

    @property
    def sheet(self) -> str:
        """The address of the style sheet that loads them."""
        families = (f"{quote_plus(self.text)}:300,300i,400,400i,700,700i", f"{quote_plus(self.code)}:400,400i,700,700i")
        return f"https://fonts.googleapis.com/css?family={'%7C'.join(families)}&display=fallback"

    @property
    def style(self) -> str:
        """The rule that uses them, before the fonts of the system."""
        text, code = (name.replace('"', "") for name in (self.text, self.code))
        return f':root{{--md-text-font:"{text}";--md-code-font:"{code}"}}'


def chosen(config: MkDocsConfig) -> Fonts | None:
    """The fonts that somebody has chosen."""
    font: Any = config.theme.get("font")
    if not font or font == MATERIAL_FONT:
        return None
    named = {**MATERIAL_FONT, **font}
    return Fonts(str(named["text"]), str(named["code"]))
