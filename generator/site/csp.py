"""The Content-Security-Policy of the site, as files that web servers include.

Everything comes from the site itself, unless what somebody adds to it (a page in docs/, `extra_javascript`, a template)
names another host: then the policy names that host, for that kind of thing. Of the scripts and styles that stand in
pages only those of this build run, which the policy names by their hashes.
"""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

FILES: Final = {
    "csp.conf": 'add_header Content-Security-Policy "{policy}" always;\n',
    "_headers": "/*\n  Content-Security-Policy: {policy}\n",
}
"""For `include` in nginx, and for hosts that read `_headers`."""

BASE: Final[Mapping[str, tuple[str, ...]]] = {
    "default-src": ("'none'",),
    "script-src": ("'self'",),
    "style-src": ("'self'",),
    "img-src": ("'self'", "data:"),
    "connect-src": ("'self'",),
    "base-uri": ("'none'",),
    "form-action": ("'none'",),
    "frame-ancestors": ("'none'",),
}
"""What every site needs, and no more."""

LOADED: Final = {
    "script": ("script-src", "src"),
    "img": ("img-src", "src"),
    "iframe": ("frame-src", "src"),
    "audio": ("media-src", "src"),
    "video": ("media-src", "src"),
    "source": ("media-src", "src"),
    "form": ("form-action", "action"),
    "object": ("object-src", "data"),
    "embed": ("object-src", "src"),
}
"""By the tag: the directive that allows what it loads, and the attribute that names it."""

ANALYTICS: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "google": {
        "script-src": ("https://www.googletagmanager.com",),
        "img-src": ("https://*.google-analytics.com", "https://*.googletagmanager.com"),
        "connect-src": (
            *("https://*.google-analytics.com", "https://*.analytics.google.com", "https://*.googletagmanager.com"),
        ),
    }
}
"""What a provider of `extra.analytics` asks for beyond what its template names, as its own manual says."""

Sources = Mapping[str, set[str]]
"""Directives to what they allow beyond `BASE`."""

_element = re.compile(r"<(script|style)\b([^>]*)>(.*?)</\1>", re.DOTALL)
_tag = re.compile(r"<(script|img|iframe|audio|video|source|form|object|embed|link)\s([^>]*)>")
_attribute = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_style = re.compile(r"style\s*=")
_styled = re.compile(r"""<[a-z][^<>]*?\sstyle\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_on = re.compile(r"on[a-z]+\s*=")
_handler = re.compile(r"""<[a-z][^<>]*?\son[a-z]+\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)


class Policy:
    """The policy as it grows with each page that is written."""

    def __init__(self) -> None:
        self.sources: dict[str, set[str]] = defaultdict(set)

    def allow(self, sources: Mapping[str, Iterable[str]]) -> None:
        """Allow more: directives to what they are to allow."""
        for directive, values in sources.items():
            self.sources[directive] |= set(values)

    def allow_page(self, page: str) -> None:
        """Allow what a page of HTML has in it or loads."""
        for tag, attributes, text in _element.findall(page):
            name = tag.lower()
            if name == "style" or not re.search(r"\bsrc\s*=|\btype\s*=\s*[\"']?application/", attributes):
                self.sources[f"{name}-src"].add(_hash(text))
        for tag, written in _tag.findall(page):
            values = {name.lower(): html.unescape(a or b or c) for name, a, b, c in _attribute.findall(written)}
            if tag.lower() == "link":
                if values.get("rel", "").lower() == "stylesheet":
                    self._allow_host("style-src", values.get("href", ""))
            else:
                directive, attribute = LOADED[tag.lower()]
                self._allow_host(directive, values.get(attribute, ""))
        # Nearly no page has any, and to look at every tag for them takes three times as long as all else here.
        lower = page.lower()
        for directive, sign, found in (("style-src", _style, _styled), ("script-src", _on, _handler)):
            has_any = any(lower[one.start() - 1].isspace() for one in sign.finditer(lower))
            for written in found.findall(page) if has_any else ():
                self.sources[directive] |= {"'unsafe-hashes'", _hash(html.unescape("".join(written)))}

    def _allow_host(self, directive: str, address: str) -> None:
        parts = urlsplit(address)
        if parts.netloc and parts.scheme in ("", "http", "https"):
            self.sources[directive].add(f"{parts.scheme or 'https'}://{parts.netloc}")
        elif directive in ("media-src", "frame-src", "object-src", "form-action") and address and not parts.scheme:
            self.sources[directive].add("'self'")

    def __str__(self) -> str:
        directives = []
        for directive in dict.fromkeys((*BASE, *sorted(self.sources))):
            allowed = [*(BASE.get(directive, ())), *sorted(self.sources.get(directive, set()))]
            if len(allowed) > 1:
                allowed = [source for source in dict.fromkeys(allowed) if source != "'none'"]
            directives.append(" ".join((directive, *allowed)))
        return "; ".join(directives)


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def write(site: Path, policy: Policy) -> None:
    """Write the policy for a site. A file of that name that somebody put into docs/ is theirs."""
    for name, form in FILES.items():
        if not (site / name).exists():
            (site / name).write_text(form.format(policy=policy), encoding="utf-8")
