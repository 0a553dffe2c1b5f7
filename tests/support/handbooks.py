"""What tests do with a content folder: change it, read it, build it, and hear what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from generator import docs_folder
from generator.cli import report
from generator.content.drafts import Drafts
from generator.content.handbook import Handbook
from generator.docs_folder import Changes
from generator.pipeline import Pipeline, read
from generator.problems import ContentError, Problem

BASE = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""What reads YAML as text alone; the fast one where there is one."""


def change(path: Path, old: str, new: str) -> None:
    """Write `new` where `old` stands, once."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, (path, old)
    path.write_text(text.replace(old, new), encoding="utf-8")


def opened(content: Path) -> Handbook:
    """The handbook in `content`, of which every file can be read."""
    handbook, problems = read(content)
    assert not list(problems)
    return handbook


def problems_of(content: Path, drafts: Drafts = Drafts.LEFT_OUT) -> list[Problem]:
    """What is wrong with `content`, which must be something."""
    with pytest.raises(ContentError) as found:
        Pipeline(content).check(drafts)
    return found.value.problems


def messages_of(content: Path) -> list[str]:
    """The same in words."""
    return list(map(report.message, problems_of(content)))


def pages_of(content: Path) -> dict[str, str]:
    """The Markdown of every page."""
    return dict(Pipeline(content).run().pages())


def build(content: Path, docs: Path) -> Changes:
    """Write every page into `docs`."""
    return docs_folder.write_all(docs, Pipeline(content).run().pages())
