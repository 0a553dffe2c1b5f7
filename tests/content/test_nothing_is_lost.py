"""Nothing that an author writes is lost in silence: each such thing is a problem with its place and a hint."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.content.collections import MODELS
from generator.content.text_file import UnreadableError
from generator.content.yaml_reader import parse
from generator.content.yaml_text import is_fit, unfit
from generator.pipeline import Pipeline
from generator.problems import ContentError

from ..support.handbooks import change, messages_of
from ..support.paths import ROOT, SMALL

SUMMARY = "  en: Have the lamp lit before dark.\n"


def said_of(content: Path, summary: str) -> list[str]:
    """What is said of the lamp's duty with another English summary."""
    change(content / "duties" / "lamp.yml", SUMMARY, summary)
    return messages_of(content)


# --- behind ` #` ---------------------------------------------------------------------------------------------


def test_a_text_that_ends_in_a_comment_is_a_problem_at_the_comment(content: Path) -> None:
    assert said_of(content, "  en: Use form #3 before dark.\n") == [
        "content/duties/lamp.yml:6:16: duties.lamp.summary.en: expected the whole text, found a comment, from ` #` on"
        " — put the whole text in quotation marks, or the comment on a line of its own"
    ]


def test_so_are_words_that_are_no_text_in_languages(content: Path) -> None:
    change(content / "publications.yml", "  adopted:", "  number: Order #7\n  adopted:")
    assert "publications.lights-act.number: expected the whole text" in messages_of(content)[0]


def test_a_comment_in_a_list_file_or_the_settings_is_found_too(content: Path) -> None:
    change(content / "areas.yml", "    en: The light", "    en: The light #1")
    change(content / "handbook.yml", "  en: What a keeper does.", "  en: What a keeper does. # and more")
    assert [message.split(": expected")[0] for message in messages_of(content)] == [
        "content/areas.yml:4:19: areas.light.title.en",
        "content/handbook.yml:9:27: handbook.tagline.en",
    ]


def test_it_is_found_in_a_file_of_which_only_the_comment_is_new(content: Path) -> None:
    pipeline = Pipeline(content)
    pipeline.run()
    change(content / "duties" / "lamp.yml", "before dark.\n", "before dark. # really\n")
    with pytest.raises(ContentError, match="no-comment"):
        pipeline.run()


@pytest.mark.parametrize(
    "summary",
    [
        '  en: "Use form #3 before dark." # as the office says\n',
        "  # as the office says\n  en: Use form A#3.\n",
        "  en: Have it lit.\n  # as the office says\n",
        "  en: | # as the office says\n    Use form #3.\n",
    ],
)
def test_a_comment_that_takes_nothing_is_fine(summary: str, content: Path) -> None:
    lamp = content / "duties" / "lamp.yml"
    change(lamp, SUMMARY, summary)
    change(lamp, "area: light\n", "area: light # the only one\n")
    change(lamp, "situations: [fog]\n", "situations: # when\n  - fog # only then\n")
    change(lamp, "reviewed: {date: 2026-11-20}\n", "reviewed:\n  date: 2026-11-20 # by all\n")
    Pipeline(content).check()


# --- emptied lists -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=[ROOT / "content", SMALL], ids=["real", "small"])
def emptied(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Pipeline:
    """One for all collections of a handbook: what one of them does not touch is not read again."""
    return Pipeline(Path(shutil.copytree(request.param, tmp_path_factory.mktemp("emptied") / "content")))


@pytest.mark.parametrize("name", MODELS)
def test_an_emptied_collection_gives_pages_or_problems(emptied: Pipeline, name: str, tmp_path: Path) -> None:
    content = emptied.content
    filled = [path for path in (content / name, content / f"{name}.yml") if path.exists()]
    for path in filled:
        path.rename(tmp_path / path.name)
    (content / f"{name}.yml").write_text("[]\n", encoding="utf-8")
    try:
        renderer = emptied.run()
    except ContentError as error:
        assert error.problems
    else:
        assert all(page.context is not None for page in renderer.plan.pages)
    finally:
        (content / f"{name}.yml").unlink()
        for path in filled:
            (tmp_path / path.name).rename(path)


def test_what_an_emptied_list_held_is_said_at_each_reference(content: Path) -> None:
    (content / "situations.yml").write_text("[]\n", encoding="utf-8")
    assert [message.partition(":")[0] for message in messages_of(content)] == [
        "content/duties/lamp.yml",
        "content/forms/lamp-log.yml",
        "content/playbooks/fog-bank.yml",
        "content/schedules/keeper-year.yml",
        "content/tips/wipe.yml",
    ]


# --- invisible characters ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("督\u200b办", "200B"),
        ("len\u00ads", "00AD"),
        ("len\u2060s", "2060"),
        ("len\u200ds", "200D"),
        ("督\u200c办", "200C"),
        ("len\ufeffs", "FEFF"),
        ("督\u200e办", "200E"),
        ("len\u200fs", "200F"),
        ("督\u061c办", "061C"),
        ("len\u034fs", "034F"),
        ("督\ufe0f办", "FE0F"),
        ("len\U000e0100s", "E0100"),
        ("督\u3164办", "3164"),
        ("len\u115fs", "115F"),
        ("督\uffa0办", "FFA0"),
        ("len\u17b4s", "17B4"),
        ("督\u180b办", "180B"),
        ("len\ufff9s", "FFF9"),
        ("督\u206a办", "206A"),
        ("len\U0001d173s", "1D173"),
        ("督\U0001bca0办", "1BCA0"),
    ],
)
def test_nothing_invisible_stands_in_a_word(words: str, code: str) -> None:
    for text in (f"en: {words}\n", f'en: "{words.encode("unicode_escape").decode()}"\n'):
        with pytest.raises(UnreadableError) as refusal:
            parse(text, "x.yml")
        assert f"'{code}'" in str(refusal.value)


def test_the_quick_look_at_a_file_misses_no_character() -> None:
    for char in map(chr, (*range(0x20000), *range(0xE0000, 0xE0200))):
        for text in (f"a{char}a", f"督{char}办", f"{char}\n"):
            assert is_fit(text) is not any(unfit(text)), hex(ord(char))


@pytest.mark.parametrize(
    "words", ["👩\u200d💻", "می\u200cخواهم", "क्\u200dष", "שלום\u200f!", "葛\U000e0100城", "☎\ufe0f"]
)
def test_joiners_stay_where_they_are_written(words: str) -> None:
    assert parse(f"en: {words}\n", "x.yml").data == {"en": words}


@pytest.mark.parametrize("blank", [" ", "\u3000", "\u00a0", "\u2003\u200e"])
def test_a_text_in_which_nothing_can_be_seen_is_a_problem(blank: str, content: Path) -> None:
    """It would be a page without a title, where another language has one."""
    change(content / "tips" / "wipe.yml", "en: Alone is enough", f'en: "{blank}"')
    change(content / "handbook.yml", "label: English", f'label: "{blank}"')
    change(content / "handbook.yml", "short: EN", f'short: "{blank}"')
    said = messages_of(content)
    assert [message.split(", found")[0].split(": ", 1)[1] for message in said] == [
        "handbook.editions.en.label: expected text",
        "handbook.editions.en.short: expected text",
        "tips.wipe.title.en: expected text",
    ]


# --- numbers -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lines", ["２-３", "2-0_3", "+2-3", "2 - 3", "2-３"])
def test_numbers_of_lines_are_figures_and_nothing_else(lines: str, content: Path) -> None:
    """They are shown as they are written."""
    change(content / "answers.yml", 'lines: "2-3"', f'lines: "{lines}"')
    assert messages_of(content)[0] == (
        "content/answers.yml:24:3: answers.k2.lines: expected line numbers such as `22`, `22-24` or `43,44`, "
        f"found `{lines}`"
    )


# --- dates ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "date", ["2026-02-30", "2026-13", "2026-00-01", "0000-01", "'２０２６-01-01'", "yesterday", "2026"]
)
def test_a_date_that_does_not_exist_is_a_problem(date: str, content: Path) -> None:
    change(content / "duties" / "lamp.yml", "reviewed: {date: 2026-11-20}", f"reviewed: {{date: {date}}}")
    shown = date.strip("'")
    assert messages_of(content) == [
        f"content/duties/lamp.yml:11:12: duties.lamp.reviewed.date: expected a day or month of the calendar, found "
        f"`{shown}` — for example `2026-11-22` or `2026-11`"
    ]


@pytest.mark.parametrize("key", ["adopted", "in_force", "first_in_force"])
def test_so_is_one_of_a_publication(key: str, content: Path) -> None:
    file = content / "publications.yml"
    lines = [line for line in file.read_text(encoding="utf-8").split("\n") if not line.startswith(f"  {key}:")]
    lines.insert(1, f"  {key}: 2026-02-30")
    file.write_text("\n".join(lines), encoding="utf-8")
    said = messages_of(content)
    assert f"publications.lights-act.{key}: expected a day or month of the calendar, found `2026-02-30`" in said[0]


# --- lists, tables and headings in a paragraph ---------------------------------------------------------------


@pytest.mark.parametrize(
    "lines",
    [
        ("Take care", "- oil", "- wick"),
        ("* oil", "* wick"),
        ("Take care", "1. oil", "2. wick"),
        ("1) oil", "2) wick"),
        ("| oil | wick |", "| --- | --- |", "| 1 | 2 |"),
        ("## Oil", "Take care."),
    ],
)
@pytest.mark.parametrize("style", ["|", ">", ""])
def test_a_list_a_table_or_a_heading_is_a_problem_where_its_lines_are_joined(
    lines: tuple[str, ...], style: str, content: Path
) -> None:
    if not style and lines[0].startswith(("*", "|", "#")):
        style = "|-"  # the parser refuses such a start, or takes it for a comment
    said = said_of(content, f"  en: {style}\n" + "".join(f"    {line}\n" for line in lines))
    (found,) = [message for message in said if "expected one paragraph" in message]
    assert "summary.en: expected one paragraph, whose lines are joined, found the line `" in found
    assert found.endswith("where a field takes lists, put `|` behind its key")


def test_several_paragraphs_are_a_problem_where_there_is_one(content: Path) -> None:
    said = said_of(content, "  en: |\n    Have it lit.\n\n    Before dark.\n")
    assert "expected one paragraph, whose lines are joined, found several paragraphs" in said[0]


def test_prose_keeps_its_lines_unless_yaml_joins_them(content: Path) -> None:
    about = content / "guides" / "about.yml"
    text = about.read_text(encoding="utf-8")
    assert "- 一" in text
    Pipeline(content).check()
    about.write_text(text.replace("|", ">"), encoding="utf-8")
    assert "put `|` behind its key" in messages_of(content)[0]


@pytest.mark.parametrize(
    "text",
    [
        "- 5 degrees at night",
        "It was in\n2012. Then it changed.",
        "a\n-b",
        "a | b\nc | d",
        "First line\nsecond line",
        "#3\n#4",
    ],
)
def test_what_only_looks_like_a_list_is_text(text: str, content: Path) -> None:
    block = "".join(f"    {line}\n" for line in text.split("\n"))
    change(content / "duties" / "lamp.yml", SUMMARY, f"  en: |\n{block}")
    Pipeline(content).check()


def test_lines_that_a_quoted_text_keeps_are_not_lost() -> None:
    assert parse("en: '- a\n\n  - b'\n", "x.yml").data == {"en": "- a\n- b"}
    with pytest.raises(UnreadableError, match="one-paragraph"):
        parse("en: '- a\n\n  - b\n  - c'\n", "x.yml")
