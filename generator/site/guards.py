"""What is refused before anything is written."""

from __future__ import annotations

import socket
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort

from ..cli import report

_GENERATOR: Final = Path(__file__).resolve().parent.parent


def refuse_site_dir(config: MkDocsConfig, content: Path, inherited: Iterable[Path] = ()) -> None:
    """A build empties `site_dir`. Raises `Abort` where that would take sources with it.

    Of `inherited` configurations, hooks and what is watched besides, a site may lie in the folder, but not around them.
    """
    site = Path(config.site_dir).resolve()
    project = Path(config.config_file_path or "mkdocs.yml").resolve().parent
    theme = [Path(config.theme.custom_dir)] if config.theme.custom_dir else []
    sources = (content, Path(config.docs_dir), _GENERATOR, project / ".git", *theme)
    hooks = (Path(module.__file__) for module in dict(config["hooks"]).values())
    for source in (*sources, project, *inherited, *hooks, *map(Path, config.watch)):
        own = source.resolve()
        is_within = source in sources and site.is_relative_to(own)
        if is_within or own.is_relative_to(site):
            language = report.language_of_environment()
            raise Abort(report.word("site-dir.source", language, site=site, source=own))


def refuse_docs_dir(config: MkDocsConfig, content: Path) -> None:
    """A build writes the generated pages into `docs_dir`. Raises `Abort` where that is among the sources of them."""
    docs = Path(config.docs_dir).resolve()
    for source in (content, _GENERATOR):
        own = source.resolve()
        if docs.is_relative_to(own):
            language = report.language_of_environment()
            raise Abort(report.word("docs-dir.source", language, docs=docs, source=own))


def refuse_other_theme(config: MkDocsConfig) -> None:
    """Raises `Abort` where the theme is not Material, whose templates and style sheets the handbook uses."""
    if config.theme.name != "material":
        language = report.language_of_environment()
        raise Abort(report.word("theme.other", language, name=config.theme.name or config.theme.custom_dir or "null"))


def refuse_taken_port(config: MkDocsConfig) -> None:
    """Raises `Abort` where another server has the address, before a build that nobody could see."""
    host, port = config.dev_addr
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:  # OverflowError: no port has such a number
            language = report.language_of_environment()
            message = getattr(error, "strerror", None) or error
            raise Abort(report.word("port.taken", language, address=f"{host}:{port}", message=message)) from None
