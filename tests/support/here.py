"""`mkdocs build` in the process of the tests, which saves starting another one."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build
from mkdocs.config import load_config

from .paths import ROOT


def content_project(folder: Path, content: Path) -> Path:
    """What an author has who has installed the generator: the content, docs/ and the configuration, as published."""
    shutil.copytree(content, folder / "content")
    (folder / "docs").mkdir()
    shutil.copy(ROOT / "docs" / "README.md", folder / "docs")
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    config = config.replace("# site_url:", "site_url:").replace("# repo_url:", "repo_url:")
    config = config.replace("# edit_uri:", "edit_uri:")
    (folder / "mkdocs.yml").write_text(config, encoding="utf-8")
    return folder


def build_here(project: Path, *, file: str = "mkdocs.yml", **settings: Any) -> list[str]:
    """Build the site of `project`; the warnings. Raises what MkDocs raises, a strict build for a warning."""
    log, heard = logging.getLogger("mkdocs"), _Warnings()
    log.addHandler(heard)
    try:
        config = load_config(str(project / file), **settings)
        config.plugins.on_startup(command="build", dirty=False)
        try:
            build(config)
        finally:
            config.plugins.on_shutdown()
    finally:
        log.removeHandler(heard)
    return heard.said


class _Warnings(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())
