"""The payloads of payloads.yml stand in every field; what they show is seen in `tests/browser/test_literal.py`."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Final

import pytest
import yaml

from generator.content.loader import load
from generator.problems import Problems

from ..support import literal
from ..support.handbooks import change, pages_of, problems_of
from ..support.literal import Corpus

CORPUS: Final = Corpus()


def test_every_payload_stands_somewhere() -> None:
    used = set(literal.TOKEN.findall(json.dumps(literal.contents(Corpus()))))
    unused = [name for name, payload in CORPUS.literal.items() if payload.token not in used]
    assert unused == [name for name, payload in CORPUS.literal.items() if literal.is_refused(payload.text)]
    assert [payload.text for payload in (*CORPUS.marked, *CORPUS.addresses) if payload.token not in used] == []


def test_a_payload_stands_in_every_field_that_takes_text(tmp_path: Path) -> None:
    literal.write(literal.contents(Corpus()), tmp_path)
    handbook = load(tmp_path, Problems())
    assert handbook
    entries = [*handbook.entries.values(), handbook.settings, *handbook.settings.editions.values()]
    models = [model for entry in entries for model in literal.models_in(entry)]
    filled = {(type(model), name) for model in models for name in type(model).model_fields if getattr(model, name)}
    wanted = set(literal.text_fields())
    assert len(wanted) > 80
    assert wanted - filled == set()


@pytest.mark.parametrize(
    "text",
    [payload.text for payload in CORPUS.literal.values() if literal.is_refused(payload.text)],
    ids=[name for name, payload in CORPUS.literal.items() if literal.is_refused(payload.text)],
)
def test_what_cannot_be_one_paragraph_or_is_seen_by_nobody_is_a_problem(text: str, content: Path) -> None:
    files = yaml.load((content / "areas.yml").read_text(encoding="utf-8"), yaml.BaseLoader)
    files[0]["summary"]["en"] = text
    (content / "areas.yml").write_text(json.dumps(files), encoding="utf-8")  # as escapes, which hide nothing
    assert {problem.file for problem in problems_of(content)} == {"content/areas.yml"}


# --- what texts may do to each other ---------------------------------------------------------------------------


def test_titles_may_refer_to_each_other_in_a_ring(content: Path) -> None:
    for name, title in {"duties/lamp.yml": "Lamp and [[wipe]]", "tips/wipe.yml": "Wipe the [[lamp]]"}.items():
        text = (content / name).read_text(encoding="utf-8")
        text = re.sub(r"(?m)^title:\n  zh: .*\n  en: .*$", f'title:\n  en: "{title}"', text)
        (content / name).write_text(text, encoding="utf-8")
    pages = pages_of(content)
    lamp = pages["en/duties/lamp.md"]
    # Wherever it is named it is called the same.
    assert 'title: "Lamp and Wipe the lamp"' in lamp
    assert "# Lamp and [Wipe the lamp](../tips/wipe.md) { #lamp }" in lamp
    assert "- [Lamp and Wipe the lamp](lamp.md)" in pages["en/duties/index.md"]
    assert "- [Wipe the Lamp and wipe](../tips/wipe.md)" in lamp  # no link within a link
    assert 'title: "Wipe the Lamp and wipe"' in pages["en/tips/wipe.md"]
    assert not [
        path
        for path, text in pages.items()
        if re.search(r"Lamp and \[?Wipe the Lamp and|Wipe the \[?Lamp and Wipe", text)
    ]


def test_a_term_of_signs_alone_stands_under_its_id(content: Path) -> None:
    change(content / "terms.yml", "en: lens", 'en: "***"')
    assert "## L { #letter-l .hb-letter }" in pages_of(content)["en/terms.md"]
