"""Which texts follow a change in another language, and the lock that says which belonged together."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import yaml

from generator.cli.main import main
from generator.content import translations
from generator.pipeline import Pipeline
from generator.render.renderer import WORDS

from ..support.handbooks import build, change, messages_of, opened

STALE = 'class="hb-stale"'
"""The mark of a text that does not follow; one that is not translated has another."""


def test_a_text_changed_in_one_language_makes_the_others_stale_until_they_follow(three: Path) -> None:
    change(three / "areas.yml", "    en: The light", "    en: The great light")
    (found,) = translations.stale(opened(three))
    assert (found.entry_id, found.path) == ("light", ("title",))
    assert (sorted(found.languages), sorted(found.changed)) == (["fr", "zh"], ["en"])

    change(three / "areas.yml", "    fr: Le feu", "    fr: Le grand feu")
    (found,) = translations.stale(opened(three))
    assert (sorted(found.languages), sorted(found.changed)) == (["zh"], ["en", "fr"])

    change(three / "areas.yml", "    zh: 灯\n", "    zh: 大灯\n")
    assert translations.stale(opened(three)) == []


def test_a_confirmed_text_is_current(content: Path) -> None:
    change(content / "areas.yml", "    en: The light", "    en: The great light")
    change(content / "duties" / "lamp.yml", "  en: Lighting the lamp", "  en: Lighting it up")
    assert {found.entry_id for found in translations.stale(opened(content))} == {"light", "lamp"}
    translations.confirm(opened(content), ["light"])
    assert {found.entry_id for found in translations.stale(opened(content))} == {"lamp"}
    translations.confirm(opened(content))
    assert translations.stale(opened(content)) == []
    handbook = opened(content)
    texts = [text for model in translations.models(handbook).values() for _, text in model.index.texts]
    confirmed = list(translations.confirmed(handbook))
    assert confirmed == [text for text in texts if len(text.by_language) > 1]


def test_a_change_that_is_taken_back_leaves_nothing_stale(content: Path) -> None:
    change(content / "areas.yml", "    en: The light", "    en: The great light")
    change(content / "areas.yml", "    en: The great light", "    en: The light")
    assert translations.stale(opened(content)) == []


WIPE = "  - zh: 玻璃脏了，光就暗。\n    en: A dirty glass dims the light.\n    source: editors\n"


@pytest.mark.parametrize(
    "why",
    [
        "  - {zh: 新的第一条。, en: A new first one., source: editors}\n" + WIPE,
        WIPE + "  - {zh: 新的一条。, en: A new one., source: editors}\n",
        WIPE + WIPE,
        WIPE.replace("A dirty glass dims", "A dirty glass\n      dims"),
        "  - {zh: 换掉了。, en: Replaced., source: editors}\n",
        WIPE.replace("    en: A dirty glass dims the light.\n", ""),
    ],
    ids=["inserted", "added", "repeated", "wrapped anew", "changed in both", "one language removed"],
)
def test_texts_that_are_moved_or_new_are_current(why: str, content: Path) -> None:
    path = content / "tips" / "wipe.yml"
    path.write_text(re.sub(r"(?<=\nwhy:\n)(  .*\n)+", WIPE, path.read_text(encoding="utf-8")), encoding="utf-8")
    translations.confirm(opened(content))
    path.write_text(re.sub(r"(?<=\nwhy:\n)(  .*\n)+", why, path.read_text(encoding="utf-8")), encoding="utf-8")
    assert translations.stale(opened(content)) == []


@pytest.mark.parametrize(
    ("before", "after", "stale"),
    [
        (["Wipe", "Clean"], ["Wipe", "Polish"], [1]),
        (["Wipe", "Clean"], ["Clean", "Wipe"], []),
        (["Wipe"], ["Wipe", "Clean"], []),
        (["Wipe"], ["Polish", "Clean"], [0]),
        (["Wipe", "Wipe"], ["Wipe", "Clean"], [1]),
    ],
    ids=["one changed", "exchanged", "a new one", "one changed and a new one", "one of two alike changed"],
)
def test_of_texts_that_share_a_word_only_the_changed_one_is_stale(
    before: list[str], after: list[str], stale: list[int], content: Path
) -> None:
    path = content / "tips" / "wipe.yml"
    for words in (before, after):
        why = "".join(f"  - {{zh: 擦, en: {word}, source: editors}}\n" for word in words)
        path.write_text(re.sub(r"(?<=\nwhy:\n)(  .*\n)+", why, path.read_text(encoding="utf-8")), encoding="utf-8")
        if words is before:
            translations.confirm(opened(content))
    assert [found.path[-1] for found in translations.stale(opened(content))] == stale


def test_the_lock_is_sorted_has_a_line_for_each_text_and_no_line_for_one_language(content: Path) -> None:
    change(content / "areas.yml", "    en: The light\n", "")
    translations.confirm(opened(content))
    head, *lines = (content / translations.FILE).read_text(encoding="utf-8").splitlines()
    assert head.startswith("# ")
    assert lines == sorted(lines)
    assert [len(line.split()) for line in lines if line.startswith("light ")] == [3]
    assert translations.confirm(opened(content)) is False


def test_merged_locks_are_read_and_a_damaged_one_is_a_problem_that_confirming_mends(content: Path) -> None:
    lock = content / translations.FILE
    lines = lock.read_text(encoding="utf-8").splitlines(keepends=True)
    lock.write_text("".join(lines + lines[:0:-1]), encoding="utf-8")
    Pipeline(content).check()
    lock.write_text("<<<<<<< HEAD\n" + "".join(lines), encoding="utf-8")
    assert messages_of(content) == [
        "content/translations.lock:1:1: expected an entry and a hash for each language, found `<<<<<<< HEAD` — make it "
        "again with `status --confirm`"
    ]
    assert main(["status", "--confirm", "--content", str(content)]) == 0
    Pipeline(content).check()


def test_readers_of_the_stale_language_see_a_mark_on_that_text_only(three: Path, tmp_path: Path) -> None:
    words = Path(shutil.copytree(WORDS, tmp_path / "strings"))
    shutil.copy(words / "en.yml", words / "fr.yml")
    change(words / "fr.yml", "language.tag: en", "language.tag: fr")
    change(three / "areas.yml", "    en: Lamp and lens.", "    en: Lamp, lens and glass.")
    translations.confirm(opened(three), ["lamp"])
    pages = dict(Pipeline(three, words=words).run().pages())
    marked = {path: text.count(STALE) for path, text in pages.items() if STALE in text}
    assert marked == {"both/duties/index.md": 1, "both/tips/index.md": 1}  # the area heads both
    (line,) = [line for line in pages["both/duties/index.md"].splitlines() if STALE in line]
    note = yaml.safe_load((words / "zh.yml").read_text(encoding="utf-8"))["stale"]
    assert f'<span lang="zh-Hans">灯和镜片。 <span class="hb-stale" data-note="{note}"></span></span>' in line


def test_building_leaves_the_lock_alone_and_marks_what_is_stale(content: Path, tmp_path: Path) -> None:
    change(content / "tips" / "wipe.yml", "  zh: 一个人也能守", "  zh: 一个人也守得住")
    lock = (content / translations.FILE).read_bytes()
    build(content, tmp_path / "docs")
    assert (content / translations.FILE).read_bytes() == lock
    page = (tmp_path / "docs" / "en" / "tips" / "wipe.md").read_text(encoding="utf-8")
    assert re.search(r'^# Alone is enough <span class="hb-stale" data-note="[^"]+"></span> \{ #wipe \}$', page, re.M)
    assert STALE not in (tmp_path / "docs" / "en" / "duties" / "lamp.md").read_text(encoding="utf-8")
