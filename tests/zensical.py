"""`make zensical`: the Markdown of docs/ as Zensical builds it, beside the site that MkDocs has built from the same.

Zensical follows Material. Here it has its own look and none of our plugin: what differs is what moving would cost.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from difflib import SequenceMatcher
from html import unescape
from pathlib import Path
from typing import Any, Final

import yaml

from .support.paths import ROOT

SHOWN: Final = 10
"""Pages whose texts differ that are named."""

_article = re.compile(r"<article\b[^>]*>(.*)</article>", re.DOTALL)
_outside = re.compile(r"<(script|style|template|svg|button|footer)\b.*?</\1>", re.DOTALL)
_links = re.compile(
    r'<a class="headerlink".*?</a>|<span class="hb-switch".*?</span>|<nav class="md-path".*?</nav>', re.DOTALL
)
_tag = re.compile(r"<[^>]*>")


def configuration(folder: Path) -> dict[str, Any]:
    """What Zensical needs to know: the extensions of mkdocs.yml, and a template for the page above the editions."""
    (folder / "overrides").mkdir()
    (folder / "overrides" / "root.html").write_text('{% extends "main.html" %}\n', encoding="utf-8")
    ours = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    return {
        "site_name": ours["site_name"],
        "docs_dir": "docs",
        "site_dir": (folder / "site").relative_to(ROOT).as_posix(),
        "theme": {"name": "material", "font": False, "custom_dir": (folder / "overrides").relative_to(ROOT).as_posix()},
        "markdown_extensions": ours["markdown_extensions"],
    }


def words(page: Path) -> list[str]:
    """The words of the text of a page."""
    found = _article.search(page.read_text(encoding="utf-8"))
    html = _links.sub(" ", _outside.sub(" ", found[1] if found else ""))
    return unescape(_tag.sub(" ", html)).replace("¶", " ").replace("#", " ").split()


def main() -> int:
    """Build, compare, and say what differs; 1 where Zensical does not build."""
    with tempfile.TemporaryDirectory(dir=ROOT, prefix=".zensical-") as made:
        folder = Path(made)
        config = ROOT / ".zensical.yml"  # it takes docs/ only from below the folder of its configuration
        config.write_text(yaml.safe_dump(configuration(folder), allow_unicode=True), encoding="utf-8")
        try:
            built = subprocess.run([sys.executable, "-m", "zensical", "build", "-f", str(config)], cwd=ROOT)
        finally:
            config.unlink()
        if built.returncode:
            return 1
        sites = {"MkDocs": ROOT / "site", "Zensical": folder / "site"}
        pages = {
            name: {path.relative_to(site).as_posix(): path for path in site.rglob("*.html")}
            for name, site in sites.items()
        }
        print("\n".join(_differences(pages["MkDocs"], pages["Zensical"])))
    return 0


def _differences(ours: dict[str, Path], theirs: dict[str, Path]) -> list[str]:
    both = sorted(ours.keys() & theirs.keys())
    other = []
    for page in both:
        one, two = words(ours[page]), words(theirs[page])
        if one != two:
            other.append((SequenceMatcher(None, one, two, autojunk=False).ratio(), page))
    lines = [f"{len(both)} pages in both; the words are the same on {len(both) - len(other)}"]
    lines += [f"only MkDocs: {page}" for page in sorted(ours.keys() - theirs.keys())]
    lines += [f"only Zensical: {page}" for page in sorted(theirs.keys() - ours.keys())]
    lines += [f"{share:.0%} alike: {page}" for share, page in sorted(other)[:SHOWN]]
    lines.append(
        "Never there: one search and navigation for each edition, the language switch, our scripts and style sheets,"
    )
    lines.append("the page above the editions, and the Content-Security-Policy; all of it is in generator/site/.")
    return lines


if __name__ == "__main__":
    sys.exit(main())
