"""The publishers' page: what somebody wrote by hand, and between two marks what of MkDocs and Material works."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from .. import compatibility

FILE: Final = "PUBLISHING.md"
START: Final = "<!-- works: written by `python -m generator schema` from generator/compatibility.py -->"
END: Final = "<!-- /works -->"


def pages(root: Path) -> dict[str, str]:
    """The page with its table as of today, by its path; nothing where there is no such page."""
    path = root / FILE
    if not path.exists():
        return {}
    before, _, rest = path.read_text(encoding="utf-8").partition(START)
    table = "\n".join(compatibility.table())
    return {FILE: f"{before}{START}\n\n{table}\n{END}{rest.partition(END)[2]}"}
