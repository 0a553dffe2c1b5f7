"""How a language is written is said by its strings file, and by nothing in the code."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from generator.content.language_checks import Writing, writing
from generator.pipeline import Pipeline

from ..support.handbooks import change, messages_of
from ..support.paths import ROOT

LATIN = ("LATIN", "µ º ª ʼ ℓ")
WRITINGS = {
    "de": Writing(*LATIN, "„“ ‚‘ ()", ")", "„{text}“"),
    "pl": Writing(*LATIN, "„” () «»", ")", "„{text}”"),
    "sv": Writing(*LATIN, "”” ()", ")", "”{text}”"),
    "en": Writing(*LATIN, "“” ()", ")", "“{text}”"),
    "zh": Writing("CJK", "µ", "“” 《》 （） ()", ") ）", "“{text}”"),
}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "„Licht“ an, und „‚Licht‘ aus“"),
        ("pl", "„Światło” i «światło»"),
        ("sv", "”Ljus” på"),
        ("de", "„点灯“ heißt Licht"),
        ("en", "1) oil, 2) wick (see 3) and a) more"),
        ("en", "10 µm of oil, 1º, 2ª, the keeperʼs lamp, 3 ℓ"),
        ("zh", "1）加油 2）点灯（见3）"),
        ("zh", "甲）加油，a)点灯"),
        ("en", "i) oil, ii) wick, iii) a match, XIV) more"),
        ("zh", "十）加油，十一）点灯，二十三）睡觉"),
    ],
)
def test_what_is_right_in_a_language_is_accepted(language: str, text: str) -> None:
    assert list(WRITINGS[language].unbalanced(text)) == []
    assert WRITINGS[language].is_of(text)


@pytest.mark.parametrize(
    ("language", "text", "pair"),
    [
        ("de", "„Licht an", ("„", "“")),
        ("sv", "”Ljus på", ("”", "”")),
        ("en", "oil) and wick", ("(", ")")),
        ("en", "(1) oil, (2 wick", ("(", ")")),
        ("en", "1000) wick", ("(", ")")),
        ("zh", "加油）点灯", ("（", "）")),
        ("zh", "“点灯", ("“", "”")),
    ],
)
def test_what_is_open_is_found(language: str, text: str, pair: tuple[str, str]) -> None:
    assert list(WRITINGS[language].unbalanced(text)) == [pair]


def test_letters_of_another_script_are_foreign() -> None:
    assert not WRITINGS["en"].is_of("The 灯 is lit")
    assert not WRITINGS["en"].is_of("10 Ω of oil")
    assert not WRITINGS["zh"].is_of("The lamp")


TERM = """- id: kpi
  title:
    zh: {zh}
    en: {en}
  meaning:
    zh: 考核用的指标。
    en: A figure that performance is judged by.
    source: editors
"""


@pytest.mark.parametrize(("zh", "en"), [("KPI", "KPI"), ("kubelet", "kubelet"), ("Office 365", "Office 365")])
def test_a_name_that_two_languages_have_alike_is_a_title(zh: str, en: str, content: Path) -> None:
    terms = content / "terms.yml"
    terms.write_text(terms.read_text(encoding="utf-8") + TERM.format(zh=zh, en=en), encoding="utf-8")
    Pipeline(content).check()


@pytest.mark.parametrize(
    ("file", "old", "key"),
    [
        ("publications.yml", "short_title:\n    zh: 灯塔法\n    en: Lights Act", "short_title"),
        ("publications.yml", "issuer:\n    zh: 议会\n    en: Parliament", "issuer"),
        ("handbook.yml", "short_title:\n  zh: 看守人手册\n  en: Keeper's Handbook", "short_title"),
        ("forms/lamp-log.yml", "name:\n      zh: 天气\n      en: Weather", "name"),
        ("forms/lamp-log.yml", "example:\n      zh: 大雾\n      en: thick fog", "example"),
        ("tips/wipe.yml", "title:\n  zh: 一个人也能守\n  en: Alone is enough", "title"),
    ],
)
@pytest.mark.parametrize("name", ["SOLAS", "Wi-Fi 6E & 5G", "LH-2026/03"])
def test_a_name_may_stand_wherever_things_are_called_something(
    file: str, old: str, key: str, name: str, content: Path
) -> None:
    indent = old.split("zh")[0].split("\n")[1]
    change(content / file, old, f"{key}:\n{indent}zh: {name}\n{indent}en: {name}")
    Pipeline(content).check()


@pytest.mark.parametrize("text", ["10 μm of oil", "5 kΩ", "Δt and π", "α rays"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_greek_letters_that_stand_for_something_are_at_home(text: str, language: str) -> None:
    file = ROOT / "generator" / "render" / "strings" / f"{language}.yml"
    written = writing(yaml.safe_load(file.read_text(encoding="utf-8")))
    assert written.is_of(f"量{text}" if language == "zh" else text)


@pytest.mark.parametrize(("zh", "en"), [("KPI", "Indicator"), ("Light the lamp", "Light the lamp")])
def test_a_title_in_the_wrong_language_is_still_found(zh: str, en: str, content: Path) -> None:
    terms = content / "terms.yml"
    terms.write_text(terms.read_text(encoding="utf-8") + TERM.format(zh=zh, en=en), encoding="utf-8")
    assert "terms.kpi.title.zh: expected text in 简体中文" in messages_of(content)[0]


def test_a_third_language_brings_its_own_quotation_marks(content: Path, tmp_path: Path) -> None:
    words = tmp_path / "strings"
    words.mkdir()
    strings = Path(__file__).parents[2] / "generator" / "render" / "strings"
    for language in ("en", "zh"):
        (words / f"{language}.yml").write_text((strings / f"{language}.yml").read_text(encoding="utf-8"), "utf-8")
    german = (strings / "en.yml").read_text(encoding="utf-8")
    (words / "de.yml").write_text(german.replace("language.pairs: “”", "language.pairs: „“"), "utf-8")
    change(content / "handbook.yml", "languages: [en, zh]\neditions", "languages: [en, zh, de]\neditions")
    change(content / "duties" / "lamp.yml", "  en: Have the lamp", "  de: „Licht“ an\n  en: Have the lamp")
    Pipeline(content, words=words).check()
