"""The whole flow: what is made, how often, and what is not made again."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from generator import memo
from generator.content import checks, loader
from generator.pipeline import Pipeline
from generator.problems import ContentError
from generator.render.renderer import TEMPLATES, WORDS

from .support import edits
from .support.handbooks import build, change, pages_of
from .support.paths import ROOT, SMALL, SMALL_PAGES


def test_the_same_content_gives_the_same_pages_and_writes_nothing_twice(tmp_path: Path) -> None:
    assert build(SMALL, tmp_path).changed
    again = build(SMALL, tmp_path)
    assert (again.changed, again.removed, again.kept) == ([], [], SMALL_PAGES)


def test_with_a_problem_nothing_is_written(content: Path, tmp_path: Path) -> None:
    (content / "areas.yml").write_text("", encoding="utf-8")
    with pytest.raises(ContentError):
        build(content, tmp_path / "docs")
    assert not (tmp_path / "docs").exists()


def test_what_one_build_refuses_the_next_one_builds(content: Path, tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    build(content, docs)
    change(content / "tips" / "wipe.yml", "en: Fog.", "en: Fog. [[nobody]]")
    with pytest.raises(ContentError, match=r"wipe\.yml"):
        build(content, docs)
    change(content / "tips" / "wipe.yml", "[[nobody]]", "[[lamp]]")
    assert "en/tips/wipe.md" in build(content, docs).changed


def test_a_page_that_was_edited_by_hand_is_not_overwritten(content: Path, tmp_path: Path) -> None:
    page = tmp_path / "docs" / "en" / "tips" / "wipe.md"
    build(content, tmp_path / "docs")
    page.write_text("mine", encoding="utf-8")
    change(content / "tips" / "wipe.yml", "en: Fog.", "en: Mist.")
    with pytest.raises(ContentError) as error:
        build(content, tmp_path / "docs")
    assert [problem.file for problem in error.value.problems] == ["docs/en/tips/wipe.md"]
    assert page.read_text(encoding="utf-8") == "mine"


def test_what_every_language_must_say_of_itself_is_a_problem_where_it_is_missing(tmp_path: Path) -> None:
    words = Path(shutil.copytree(WORDS, tmp_path / "strings"))
    for file in words.glob("*.yml"):
        lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
        file.write_text("".join(line for line in lines if not line.startswith("language.punctuation")), "utf-8")
    with pytest.raises(ContentError) as error:
        Pipeline(SMALL, words=words).run()
    assert {(problem.file, problem.key) for problem in error.value.problems} == {
        ("strings/en.yml", "language.punctuation"),
        ("strings/zh.yml", "language.punctuation"),
    }


# --- again and again ---------------------------------------------------------------------------------------


@pytest.mark.long
@pytest.mark.parametrize("racy", [0, memo.RACY_NANOSECONDS], ids=["times are trusted", "times say nothing"])
def test_after_any_edit_the_pages_and_the_problems_are_those_of_a_new_pipeline(
    racy: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    """A few short sequences; `--sequences 300` tries as many longer ones."""
    monkeypatch.setattr(memo, "RACY_NANOSECONDS", racy)
    count = request.config.getoption("--sequences")
    kinds: Counter[str] = Counter()
    for seed in range(1, (count or 2) + 1):
        steps = edits.STEPS if count else 8
        assert not edits.sequence(seed, tmp_path / str(seed), kinds, steps)
    assert min(kinds["pages"], kinds["problems"], kinds["problems and pages"]) > 0


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How many entries were checked against their models, and against the others."""
    monkeypatch.setattr(memo, "RACY_NANOSECONDS", 0)  # as if nothing had changed lately
    counted: Counter[str] = Counter()

    def counting(module: object, name: str) -> None:
        real = getattr(module, name)

        def call(*args: object) -> object:
            counted[name] += 1
            return real(*args)

        monkeypatch.setattr(module, name, call)

    counting(loader, "validated")
    counting(loader, "_read")
    counting(checks, "_own")
    return counted


def test_what_has_not_changed_is_not_looked_at_again(content: Path, looked_at: Counter[str]) -> None:
    time.sleep(0.02)
    pipeline = Pipeline(content)
    entries = pipeline.run().plan.handbook.entries
    files = len(list(content.rglob("*.yml")))
    assert looked_at == {"_read": files, "validated": len(entries) + 1, "_own": len(entries)}
    looked_at.clear()
    again = pipeline.run().plan.handbook.entries
    assert looked_at == {}
    assert all(again[name] is entry for name, entry in entries.items())
    time.sleep(0.02)
    change(content / "tips" / "wipe.yml", "en: Fog.", "en: Mist.")
    time.sleep(0.02)
    again = pipeline.run().plan.handbook.entries
    assert looked_at == {"_read": 1, "validated": 1, "_own": 1}
    assert [name for name, entry in entries.items() if again[name] is not entry] == ["wipe"]


@pytest.mark.parametrize("broken", ["related: [alonee]", "related: alone", "related: ["])
def test_while_an_entry_is_broken_no_other_is_looked_at_again(
    broken: str, content: Path, looked_at: Counter[str]
) -> None:
    """Each was, at every edit, as long as something could not be read."""
    time.sleep(0.02)
    pipeline = Pipeline(content)
    pipeline.preview()
    change(content / "tips" / "wipe.yml", "related: [alone]", broken)
    time.sleep(0.02)
    pipeline.preview()
    looked_at.clear()
    time.sleep(0.02)
    change(content / "duties" / "lamp.yml", "en: The lamp burns.", "en: The lamp glows.")
    time.sleep(0.02)
    assert "The lamp glows." in dict(pipeline.preview()[0].pages())["en/duties/lamp.md"]
    assert looked_at["_read"] == 1
    assert looked_at["_own"] <= 2, "the entry as it is, and without its reference to the broken one"
    looked_at.clear()
    pipeline.preview()
    assert looked_at == {}


def test_of_a_list_only_the_changed_item_is_looked_at_again(content: Path, looked_at: Counter[str]) -> None:
    with (content / "areas.yml").open("a", encoding="utf-8") as file:
        file.write("- id: tower\n  title: {zh: 塔, en: The tower}\n  summary: {zh: 塔楼。, en: The building.}\n")
    time.sleep(0.02)
    pipeline = Pipeline(content)
    pipeline.check()
    looked_at.clear()
    change(content / "areas.yml", "en: The building.", "en: The whole building.")
    time.sleep(0.02)
    assert pipeline.check()[0].entries["tower"]
    assert looked_at == {"_read": 1, "validated": 1, "_own": 1}


def test_a_file_that_was_only_written_again_changes_nothing(content: Path, looked_at: Counter[str]) -> None:
    time.sleep(0.02)
    pipeline = Pipeline(content)
    entries = pipeline.run().plan.handbook.entries
    looked_at.clear()
    for path in content.rglob("*.yml"):
        path.write_text(f"# read through\n\n{path.read_text(encoding='utf-8')}", encoding="utf-8")
    time.sleep(0.02)
    again = pipeline.run().plan.handbook.entries
    assert looked_at == {"_read": len(list(content.rglob("*.yml")))} | {"validated": 1}  # the settings
    assert all(again[name] is entry for name, entry in entries.items())
    assert pages_of(content) == pages_of(SMALL)


def test_templates_that_change_or_come_are_used(content: Path, tmp_path: Path) -> None:
    templates = Path(shutil.copytree(TEMPLATES, tmp_path / "templates"))
    pipeline = Pipeline(content, templates)
    assert "one more" not in dict(pipeline.run().pages())["en/terms.md"]
    with (templates / "terms.md.j2").open("a", encoding="utf-8") as file:
        file.write("\n{% include 'more.md.j2' %}\n")
    with pytest.raises(ContentError, match=r"terms\.md\.j2"):
        dict(pipeline.run().pages())
    (templates / "more.md.j2").write_text("one more", encoding="utf-8")
    assert "one more" in dict(pipeline.run().pages())["en/terms.md"]
    (templates / "more.md.j2").write_text("and another", encoding="utf-8")
    assert "and another" in dict(pipeline.run().pages())["en/terms.md"]


# --- what it depends on ------------------------------------------------------------------------------------


def test_the_generator_works_where_mkdocs_is_not_installed(tmp_path: Path) -> None:
    program = (
        "import sys; sys.modules.update(mkdocs=None, material=None, pyromark=None, watchfiles=None, markdown=None);"
        "from generator.cli.main import main; sys.exit(main(sys.argv[1:]))"
    )
    command = ["build", "--lang", "en", "--content", str(SMALL), "--docs", str(tmp_path / "docs")]
    done = subprocess.run([sys.executable, "-c", program, *command], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "docs" / "en" / "duties" / "lamp.md").exists()


ROOMS = {  # what each may import from, besides itself
    "": set[str](),
    "content": {""},
    "pages": {"", "content"},
    "render": {"", "content", "pages"},
    "pipeline": {"", "content", "pages", "render"},
    "cli": {"", "content", "pages", "render", "pipeline"},
    "site": {"", "content", "pages", "render", "pipeline", "cli"},
}
"""The rooms from left to right; `""` are the modules that know nothing of handbooks."""


def test_each_room_imports_only_from_those_to_its_left() -> None:
    generator = ROOT / "generator"
    for path in sorted(generator.rglob("*.py")):
        place = path.relative_to(generator).with_suffix("").parts
        if place == ("__main__",):
            continue
        room = _room(place)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.level:
                base = place[: len(place) - node.level]
                inner = [node.module.split(".")] if node.module else [[alias.name] for alias in node.names]
                for name in ((*base, *parts) for parts in inner):
                    assert _room(name) in ROOMS[room] | {room}, (path, name)
            elif isinstance(node, ast.ImportFrom | ast.Import):
                named = [node.module] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
                assert not any(str(name).startswith("generator") for name in named), path


def _room(place: tuple[str, ...]) -> str:
    return place[0] if place[0] in ROOMS else ""


def test_nothing_in_the_generator_names_the_post_or_counts_on_two_languages() -> None:
    for path in sorted((ROOT / "generator").rglob("*")):
        if path.suffix in {".py", ".j2", ".html", ".css", ".js", ".xml", ".yml"}:
            text = path.read_text(encoding="utf-8").lower()
            for word in ("办公室", "主任", "office director", "general office", "bangongshi"):
                assert word not in text, (path, word)
