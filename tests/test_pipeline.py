"""Each module of the generator on its own: quotations, relations, plan, strings, command line."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator.cli import report
from generator.cli.main import main
from generator.content import catalogues as strings
from generator.content import quotations
from generator.content.loader import Handbook
from generator.content.types import Citation
from generator.pages import planner as plan
from generator.pages import relations
from generator.pipeline import Workshop, build, check
from generator.problems import ContentError, Problems

from .support.paths import EDITIONS, ROOT, SMALL


@pytest.fixture(scope="module")
def small() -> Handbook:
    return check(SMALL)[0]


# --- quotations --------------------------------------------------------------------------------------------

DOCUMENT = "天黑以前一定要把灯点亮，不能等船来催。\n一个人守灯也不难，雾天才难。\n"


@pytest.fixture
def fingerprint(tmp_path: Path) -> quotations.Fingerprint:
    (tmp_path / "f").write_text(quotations.write(DOCUMENT), encoding="ascii")
    return quotations.read(tmp_path / "f")


@pytest.mark.parametrize(
    ("quote", "lines", "stands"),
    [
        ("不能等船来催", [1], True),
        ("不能等船来催", [2], False),
        ("不能等船来催", [1, 2], True),
        ("点亮,不能等", [1], True),  # half- or full-width is one to a reader
        ("不能等船来摧", [1], False),
        ("不能船等来催", [1], False),
        ("天黑以前…不能等", [1], True),
        ("天黑以前…雾天才", [1], False),
    ],
)
def test_a_quotation_stands_in_its_lines_or_not(
    quote: str, lines: list[int], stands: bool, fingerprint: quotations.Fingerprint
) -> None:
    assert quotations.stands_in(quote, lines, fingerprint) is stands


def test_a_fingerprint_does_not_hold_the_text() -> None:
    assert quotations.write(DOCUMENT).isascii()


# --- citations ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "source", "lines"),
    [("a03:22", "a03", (22,)), ("a03:22-24", "a03", (22, 23, 24)), ("a08:43,44,48", "a08", (43, 44, 48))],
)
def test_citations(written: str, source: str, lines: tuple[int, ...]) -> None:
    citation = Citation.parse(written)
    assert (citation.source, citation.lines, str(citation)) == (source, lines, written)


@pytest.mark.parametrize("written", ["", "A03:1", "a03:", "a03: 1", "a03:1,", "a03::1", "a 3:1"])
def test_what_is_no_citation(written: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        Citation.parse(written)


# --- relations and plan ------------------------------------------------------------------------------------


def test_a_relation_written_once_is_shown_on_both_sides(small: Handbook) -> None:
    related = relations.of(small).related
    assert small.entries["lamp"].related == ["wipe"]
    assert "wipe" in related["lamp"]
    assert "lamp" in related["wipe"]
    assert "two-keepers" in related["harbour"]


def test_sources_know_what_rests_on_them(small: Handbook) -> None:
    resting = relations.of(small).resting_on
    assert list(resting["k1"]) == ["lamp", "two-keepers", "alone", "staying-awake"] or set(resting["k1"]) == {
        "lamp",
        "two-keepers",
        "alone",
        "staying-awake",
    }
    assert set(resting["lights-act"]) == {"lamp"}
    assert "editors" not in resting


def test_every_entry_has_an_address_on_a_planned_page(handbook: Handbook) -> None:
    planned = plan.plan(handbook)
    paths = [page.path for page in planned.pages]
    assert len(paths) == len(set(paths))
    assert set(planned.addresses) == set(handbook.entries)
    assert {address.path for address in planned.addresses.values()} <= set(paths)


def test_every_edition_has_the_same_pages(docs: Path) -> None:
    pages = {
        edition: {str(p.relative_to(docs / edition)) for p in (docs / edition).rglob("*.md")} for edition in EDITIONS
    }
    assert pages["zh"] == pages["en"] == pages["zh-en"]
    assert len(pages["zh"]) > 100


# --- strings -----------------------------------------------------------------------------------------------


def test_a_key_that_one_language_lacks_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "en.yml").write_text("a: A\nb: B\n", encoding="utf-8")
    (tmp_path / "zh.yml").write_text("a: 甲\nbb: 乙\nc:\n  d: e\n", encoding="utf-8")
    problems = Problems()
    strings.load(["en", "zh"], problems, tmp_path)
    assert [report.message(problem).removeprefix(tmp_path.name) for problem in sorted(problems)] == [
        "/en.yml: bb: expected this key, found nothing — is `b` meant for it?",
        "/zh.yml: b: expected this key, found nothing — is `bb` meant for it?",
        "/zh.yml:3:1: c: expected text, found nested keys — keys are flat",
    ]


def test_what_every_language_must_say_of_itself_is_a_problem_where_it_is_missing(tmp_path: Path) -> None:
    words = tmp_path / "strings"
    shutil.copytree(strings.FOLDER, words)
    for file in words.glob("*.yml"):
        lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
        file.write_text("".join(line for line in lines if not line.startswith("language.punctuation")), "utf-8")
    with pytest.raises(ContentError) as error:
        Workshop(SMALL, tmp_path / "docs", words=words).build()
    assert {(problem.file, problem.key) for problem in error.value.problems} == {
        ("strings/en.yml", "language.punctuation"),
        ("strings/zh.yml", "language.punctuation"),
    }


# --- build and command line --------------------------------------------------------------------------------


def test_the_same_content_gives_the_same_pages_and_writes_nothing_twice(tmp_path: Path) -> None:
    assert build(SMALL, tmp_path).written.changed
    assert build(SMALL, tmp_path).written.changed == []


def test_with_a_problem_nothing_is_written(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(SMALL, content)
    (content / "areas.yml").write_text("", encoding="utf-8")
    with pytest.raises(ContentError):
        build(content, tmp_path / "docs")
    assert not (tmp_path / "docs").exists()


def test_a_broken_template_is_named_with_its_line(tmp_path: Path) -> None:
    generator = tmp_path / "generator"
    shutil.copytree(ROOT / "generator", generator, ignore=shutil.ignore_patterns("__pycache__"))
    for text, said in (
        (
            "# {{ say(entry.title) }}\n{{ nonsense }}\n",
            "templates/tip.md.j2:2:1: tips/wipe.md: expected values that exist",
        ),
        ("# x\n\n{% if %}\n", "templates/tip.md.j2:3:1: expected a valid template"),
    ):
        (generator / "templates" / "tip.md.j2").write_text(text, encoding="utf-8")
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "generator",
                "build",
                "--lang",
                "en",
                "--content",
                str(SMALL),
                "--docs",
                str(tmp_path / "docs"),
            ],
            cwd=tmp_path,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 1
        assert said in done.stderr
        assert "Traceback" not in done.stderr


def test_the_generator_works_where_mkdocs_is_not_installed(tmp_path: Path) -> None:
    program = (
        "import sys; sys.modules.update(mkdocs=None, material=None);"
        "from generator.__main__ import main; sys.exit(main(sys.argv[1:]))"
    )
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            program,
            "build",
            "--lang",
            "en",
            "--content",
            str(SMALL),
            "--docs",
            str(tmp_path / "docs"),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "docs" / "en" / "duties" / "lamp.md").exists()


def test_exit_statuses(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--lang", "en", "--content", str(SMALL)]) == 0
    assert capsys.readouterr().out == "19 entries, no problems\n"
    content = tmp_path / "content"
    shutil.copytree(SMALL, content)
    (content / "terms.yml").write_text("- id: lens\n", encoding="utf-8")
    assert main(["check", "--lang", "en", "--content", str(content)]) == 1
    assert "content/terms.yml:1:3: terms.lens.title: expected the key `title`, found nothing" in capsys.readouterr().err
    assert main(["fingerprint", str(tmp_path / "none.txt")]) == 2
    with pytest.raises(SystemExit) as usage:
        main(["nonsense"])
    assert usage.value.code == 2


def test_nothing_in_the_generator_names_the_post_or_counts_on_two_languages() -> None:
    for path in sorted((ROOT / "generator").rglob("*")):
        if path.suffix in {".py", ".j2", ".html", ".css", ".js", ".xml", ".yml"}:
            text = path.read_text(encoding="utf-8").lower()
            for word in ("办公室", "主任", "office director", "general office", "bangongshi"):
                assert word not in text, (path, word)
