"""A project of its own for a test, and MkDocs in it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from .paths import ROOT


def copy_project(folder: Path, content: Path) -> Path:
    """The generator and the configuration with `content`, as published: with an address and a repository."""
    shutil.copytree(ROOT / "generator", folder / "generator", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(content, folder / "content")
    (folder / "docs").mkdir()
    shutil.copy(ROOT / "docs" / "README.md", folder / "docs")
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    config = config.replace("# site_url:", "site_url:").replace("# repo_url:", "repo_url:")
    config = config.replace("# edit_uri:", "edit_uri:")
    assert "\nsite_url: https://example.org/handbook/\n" in config
    (folder / "mkdocs.yml").write_text(config, encoding="utf-8")
    return folder


def mkdocs(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run mkdocs in `project` and keep what it says."""
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", *arguments],
        cwd=project,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1", "LC_ALL": "C"},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
