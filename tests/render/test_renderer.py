"""Pages through their templates: a mistake in a template is a problem with its file, line and a hint."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.cli import report
from generator.cli.main import main
from generator.pipeline import Pipeline
from generator.problems import ContentError
from generator.render.renderer import TEMPLATES, WORDS, Renderer

from ..support.handbooks import change, pages_of
from ..support.paths import SMALL


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TEMPLATES, tmp_path / "templates"))


def said(templates: Path, words: Path = WORDS) -> list[str]:
    """What is said of the first page that cannot be made."""
    with pytest.raises(ContentError) as found:
        for _ in Pipeline(SMALL, templates, words).run().pages():
            pass
    assert report.text(found.value.problems, "zh")
    return [report.message(problem) for problem in found.value.problems]


def with_line(template: Path, line: str) -> int:
    """Write `line` at the end of a template; its number."""
    text = template.read_text(encoding="utf-8").rstrip("\n") + "\n"
    template.write_text(f"{text}{line}\n", encoding="utf-8")
    return text.count("\n") + 1


BROKEN = {
    "a name that is not there": ("{{ nonsense }}", "'nonsense' is undefined"),
    "a field that is not there": ("{{ text(entry.advise) }}", "has no attribute 'advise'"),
    "an optional text that is not written": ("{{ text(none) }}", ""),
    "a number for a text": ("{{ text(1) }}", ""),
    "an id that no entry has": ('{{ link("nobody") }}', "nobody"),
    "a division by nothing": ("{{ 1 // 0 }}", "zero"),
    "a call of what is no function": ("{{ page() }}", "not callable"),
    "a macro that calls itself": ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "recursion"),
    "a template that is not there": ("{% include 'none.md.j2' %}", "none.md.j2"),
    "an attribute of nothing": ("{{ none.x.y }}", "has no attribute 'x'"),
}


@pytest.mark.parametrize(("line", "expected"), BROKEN.values(), ids=BROKEN)
def test_a_mistake_in_a_template_is_named_with_its_line(line: str, expected: str, templates: Path) -> None:
    number = with_line(templates / "tip.md.j2", line)
    (message,) = said(templates)
    assert message.startswith(f"templates/tip.md.j2:{number}:1: tips/wipe.md: expected values that exist, found ")
    assert expected in message


def test_a_template_that_cannot_be_read_is_named_with_the_line(templates: Path) -> None:
    number = with_line(templates / "tip.md.j2", "{% if %}")
    assert said(templates)[0].startswith(f"templates/tip.md.j2:{number}:1: expected a valid template, found ")
    number = with_line(templates / "macros.md.j2", "{% endif %}")
    assert said(templates)[0].startswith(f"templates/macros.md.j2:{number}:1: expected a valid template, found ")


def test_a_template_in_another_encoding_is_a_problem(templates: Path) -> None:
    (templates / "tip.md.j2").write_bytes("# 提示\n".encode("gbk"))
    assert said(templates)[0].startswith("templates/tip.md.j2")


def test_a_missing_template_is_a_problem(templates: Path) -> None:
    (templates / "tip.md.j2").unlink()
    assert said(templates)[0].startswith("templates/tip.md.j2: tips/")


# --- interface words -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("template", "page"),
    [("tip.md.j2", "tips/wipe.md"), ("macros.md.j2", ""), ("foot.md.j2", ""), ("figures/careers.md.j2", "")],
)
@pytest.mark.parametrize(
    "line", ['{{ ui("tip.exampel") }}', '{{ field("tip.exampel", "x") }}', '{{ text(Word("tip.exampel")) }}']
)
def test_a_missing_interface_word_is_named_with_file_line_and_a_hint(
    line: str, template: str, page: str, templates: Path
) -> None:
    path = templates / template
    if template == "macros.md.j2":  # imported: only what is in a macro is ever rendered
        text = path.read_text(encoding="utf-8")
        assert "{% macro heading(" in text
        at = text.index("\n", text.index("{% macro heading(")) + 1
        path.write_text(f"{text[:at]}{line}\n{text[at:]}", encoding="utf-8")
        number = text.count("\n", 0, at) + 1
    else:
        number = with_line(path, line)
    (message,) = said(templates)
    place, _, rest = message.partition(": ")
    assert place == f"templates/{path.name}:{number}:1"
    assert page in rest
    assert "expected an interface word" in rest
    assert "found `tip.exampel` — " in rest


def test_the_hint_is_the_word_that_was_meant_or_how_to_add_one(templates: Path) -> None:
    with_line(templates / "tip.md.j2", '{{ ui("evidense") }}')
    assert said(templates)[0].endswith("did you mean `evidence`?")
    change(templates / "tip.md.j2", "evidense", "entirely.new.thing")
    assert "entirely.new.thing" in said(templates)[0].partition(" — ")[2]


def test_a_word_that_was_taken_out_of_every_language_is_a_problem_and_no_traceback(tmp_path: Path) -> None:
    """Whatever word it is: some are asked for by templates, some by figures, some by the planner, some by the theme."""
    lines = (WORDS / "en.yml").read_text(encoding="utf-8").splitlines()
    keys = [line.partition(":")[0] for line in lines if line and line[0] not in "#- "]
    pages = dict(Pipeline(SMALL).run().pages())
    named = 0
    for key in {*random.Random(1).sample(keys, 12), "collection.tips", "home.title"}:
        words = Path(shutil.copytree(WORDS, tmp_path / key))
        for file in words.glob("*.yml"):
            kept = [line for line in file.read_text("utf-8").splitlines(True) if not line.startswith(f"{key}:")]
            file.write_text("".join(kept), encoding="utf-8")
        try:
            assert dict(Pipeline(SMALL, words=words).run().pages()) == pages, key  # the theme's word, or a check's
        except ContentError as error:
            named += 1
            assert any(key in report.message(problem) for problem in error.problems), key
    assert named >= 2


def test_a_word_with_a_wrong_brace_is_a_problem(tmp_path: Path) -> None:
    words = Path(shutil.copytree(WORDS, tmp_path / "strings"))
    for wrong in ("{", "{n", "}", "{0}", "{date.x}", "{answers!z}"):
        for key in ("reviewed", "evidence"):
            text = (WORDS / "en.yml").read_text(encoding="utf-8")
            lines = [f"{key}: 'x {wrong}'" if one.startswith(f"{key}:") else one for one in text.splitlines()]
            (words / "en.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")
            assert said(TEMPLATES, words), wrong


def test_the_command_line_says_it_too(
    templates: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    number = with_line(templates / "tip.md.j2", "{{ nonsense }}")
    defaults = Pipeline.__init__.__defaults__
    assert defaults
    monkeypatch.setattr(Pipeline.__init__, "__defaults__", (templates, *defaults[1:]))
    command = ["build", "--lang", "en", "--content", str(SMALL), "--docs", str(tmp_path / "docs")]
    assert main(command) == 1
    assert f"templates/tip.md.j2:{number}:1: tips/wipe.md: expected values that exist" in capsys.readouterr().err
    assert not [path for path in (tmp_path / "docs").rglob("*") if path.is_file()]


# --- pages ---------------------------------------------------------------------------------------------------


def every(renderer: Renderer) -> Iterator[tuple[str, str]]:
    for page in renderer.plan.pages:
        for edition_id in renderer.plan.handbook.settings.editions:
            yield page.path, edition_id


def test_a_page_is_the_same_whichever_was_made_before(tmp_path: Path) -> None:
    """What comes out alike on many pages is kept, and what is only alike on one must not be."""
    pipeline = Pipeline(SMALL)
    expected = dict(pipeline.run().pages())
    for seed in range(3):
        renderer = pipeline.run()
        chance = random.Random(seed)
        pages = {page.path: page for page in renderer.plan.pages}
        order = [*every(renderer), *every(renderer)]
        chance.shuffle(order)
        for path, edition_id in order:
            other = renderer.texts(chance.choice(list(renderer.plan.handbook.settings.editions)), path)
            for entry in chance.sample(list(renderer.plan.handbook.entries.values()), 3):
                for _, text in entry.index.texts:  # without the words of the trade, as the theme asks for titles
                    other.text(text)
                    other.plain(text)
            assert renderer.page(pages[path], edition_id) == expected[f"{edition_id}/{path}"], (seed, path)


def test_every_page_has_one_title_in_front_and_every_edition_the_same_headings(docs: Path) -> None:
    for page in (docs / "zh").rglob("*.md"):
        found = []
        for edition in ("zh", "en", "zh-en"):
            text = (docs / edition / page.relative_to(docs / "zh")).read_text(encoding="utf-8")
            assert text.startswith('---\ntitle: "'), page
            assert text.endswith("\n") and not text.endswith("\n\n")
            assert "\n\n\n" not in text
            assert "\x01" not in text, "a mark of the glossary is left"
            headings = [line.rpartition("{ #")[2] for line in text.splitlines() if line.startswith("#")]
            if page.name == "terms.md":  # in the order of a dictionary of each language
                headings = sorted(own for own in headings if not own.startswith("letter-"))
            found.append(headings)
        assert found[0] == found[1] == found[2], page


@pytest.mark.parametrize("stance", ["supports", "qualifies", "contradicts"])
def test_what_a_quotation_says_of_an_outcome_is_the_same_on_the_comparison(stance: str, content: Path) -> None:
    likelihood = f"likelihood:\n  - source: k2:2\n    stance: {stance}"
    if stance != "supports":
        change(content / "outcomes" / "harbour.yml", "likelihood:\n  - source: k2:2\n    stance: supports", likelihood)
    pages = pages_of(content)
    said = f'<span class="hb-stance">{stance}</span>'
    assert said in pages["en/outcomes/harbour.md"]
    (line,) = [line for line in pages["en/compare.md"].splitlines() if "not hard either" in line]
    assert (said in line) == (stance != "supports")


@pytest.mark.parametrize(("lines", "shown"), [("3", False), ("2", True)])
def test_a_limit_about_lines_that_a_page_does_not_quote_is_left_out_with_all_around_it(
    lines: str, shown: bool, content: Path
) -> None:
    limit = f"<strong>line {lines}: </strong>Whom it greets is not said."
    change(content / "answers.yml", 'lines: "3"\n      zh: 没有说问候', f'lines: "{lines}"\n      zh: 没有说问候')
    pages = pages_of(content)
    assert f"- {limit}\n" in pages["en/answers/k2.md"]
    for path in ("tips/wipe.md", "outcomes/harbour.md"):  # both quote line 2, and no other answer
        page = pages[f"en/{path}"]
        assert ("<summary>How far these answers can be relied on</summary>" in page) is shown
        assert (limit in page) is shown
        assert ("- [Second letter](../answers/k2.md)\n" in page) is shown
    debate = pages["en/debates/alone.md"]
    assert "- [First letter](../answers/k1.md)\n" in debate
    assert ("- [Second letter](../answers/k2.md)\n" in debate) is shown


@pytest.mark.parametrize(
    ("source", "marked"),
    [("[k2:2, editors]", True), ("k2:2", False), ("editors", False), ("[lights-act:7, editors]", False)],
)
def test_editors_are_named_where_their_words_stand_in_one_sentence_with_a_speakers(
    source: str, marked: bool, content: Path
) -> None:
    change(content / "tips" / "wipe.yml", "  source: [k2:2, editors]", f"  source: {source}")
    page = pages_of(content)["en/tips/wipe.md"]
    (lead,) = [line for line in page.splitlines() if line.startswith("Alone, ")]
    assert ('<span class="hb-editors"' in lead) is marked
