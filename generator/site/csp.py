"""The Content-Security-Policy of the site, as files that web servers include.

Everything comes from the site itself; of the scripts that stand in pages only those of this build run, which
the policy names by their hashes.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

FILES: Final = {
    "csp.conf": 'add_header Content-Security-Policy "{policy}" always;\n',
    "_headers": "/*\n  Content-Security-Policy: {policy}\n",
}
"""For `include` in nginx, and for hosts that read `_headers`."""

_script = re.compile(r"<script(?P<attributes>[^>]*)>(?P<text>.*?)</script>", re.DOTALL)


def policy(scripts: Iterable[str]) -> str:
    """The policy under which pages with inline scripts of these hashes work."""
    return "; ".join(
        (
            "default-src 'none'",
            " ".join(("script-src 'self'", *sorted(set(scripts)))),
            "style-src 'self'",
            "img-src 'self' data:",
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
        )
    )


def hashes(page: str) -> list[str]:
    """Those of the inline scripts in a page of HTML, as policies name them."""
    return [_hash(text) for text in _inline(page)]


def _inline(page: str) -> Iterable[str]:
    return (match["text"] for match in _script.finditer(page) if "src=" not in match["attributes"])


def _hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def write(site: Path, scripts: Iterable[str]) -> None:
    """Write the policy for a site whose pages have inline scripts of these hashes."""
    for name, form in FILES.items():
        (site / name).write_text(form.format(policy=policy(scripts)), encoding="utf-8")
