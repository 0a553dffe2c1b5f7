"""A new entry to fill in: what it explains, what is left to write, and what cannot be made."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import yaml

from generator.cli import new
from generator.cli.main import main
from generator.content.collections import MODELS, singular
from generator.content.drafts import Drafts
from generator.pipeline import Pipeline, read
from generator.problems import RefusedError

from ..support.handbooks import BASE, change, opened, problems_of


def todos(path: Path) -> list[str]:
    """The lines of a file that have a TODO outside comments."""
    lines = enumerate(path.read_text(encoding="utf-8").split("\n"), 1)
    return [str(number) for number, line in lines if "TODO" in line.partition("#")[0]]


@pytest.mark.parametrize("collection", MODELS)
def test_a_new_entry_has_only_its_todos_to_mend(collection: str, content: Path) -> None:
    path = new.create(opened(content), singular(collection), "first-day")
    found = problems_of(content, Drafts.CHECKED)
    assert [str(problem.line) for problem in found] == todos(path)
    assert {problem.file for problem in found} == {str(path.relative_to(content.parent))}
    assert {problem.expected.key for problem in found} == {"expected.written"}


@pytest.mark.parametrize("collection", MODELS)
def test_switched_on_every_optional_field_has_only_its_todos_to_mend(collection: str, content: Path) -> None:
    path = new.create(opened(content), collection, "first-day")
    after = path.read_text(encoding="utf-8")
    while (switched := re.sub(r"^( *)#(?! \S)", r"\1", after, flags=re.MULTILINE)) != after:
        after = switched
    path.write_text(after, encoding="utf-8")
    found = problems_of(content, Drafts.CHECKED)
    assert {problem.expected.key for problem in found} == {"expected.written"}
    assert [str(problem.line) for problem in found] == todos(path)
    optional = [name for name, field in MODELS[collection].model_fields.items() if not field.is_required()]
    data = yaml.load(after, Loader=BASE)
    assert set(optional) <= set(data[-1] if isinstance(data, list) else data)


def test_a_skeleton_explains_every_field_and_names_what_can_be_chosen(content: Path) -> None:
    text = new.create(opened(content), "tip", "first-day").read_text(encoding="utf-8")
    for field in MODELS["tips"].model_fields.values():
        words = " ".join(re.sub(r"^ *# ", "", line) for line in text.split("\n") if re.match(" *# ", line))
        assert field.description
        assert field.description in words or field.description == MODELS["tips"].model_fields["id"].description
    assert "# Id of the area it belongs to. One of: light.\narea: TODO\n" in text


def test_a_skeleton_has_every_language_of_the_handbook(three: Path) -> None:
    text = new.create(opened(three), "tip", "first-day").read_text(encoding="utf-8")
    assert "title:\n  en: TODO\n  zh: TODO\n  fr: TODO\n" in text


def test_with_its_todos_written_over_a_new_entry_is_an_entry(content: Path) -> None:
    path = new.create(opened(content), "area", "tower")
    text = path.read_text(encoding="utf-8").replace("en: TODO", "en: The tower").replace("zh: TODO", "zh: 塔")
    path.write_text(text, encoding="utf-8")
    assert "tower" not in Pipeline(content).check()[0].entries
    path.write_text(text.replace("  draft: true\n", ""), encoding="utf-8")
    assert Pipeline(content).check()[0].entries["tower"].title.by_language == {"en": "The tower", "zh": "塔"}


@pytest.mark.parametrize(("indent", "end"), [("", "\n"), ("  ", "\n"), ("", "\r\n")])
def test_a_list_gets_a_new_item_and_is_otherwise_as_it_was(indent: str, end: str, content: Path) -> None:
    areas = content / "areas.yml"
    lines = areas.read_text(encoding="utf-8").splitlines()
    before = "".join(f"{indent}{line}{end}" for line in lines).encode()
    areas.write_bytes(before)
    new.create(opened(content), "area", "tower")
    after = areas.read_bytes()
    assert after.startswith(before)
    assert after.count(b"\n") == after.count(end.encode())
    assert [item["id"] for item in yaml.load(after, Loader=BASE)] == ["light", "tower"]


def test_a_list_that_cannot_be_continued_is_left_alone(content: Path) -> None:
    (content / "areas.yml").write_text("[{id: light, title: {en: Light}, summary: {en: Light}}]\n", encoding="utf-8")
    with pytest.raises(RefusedError, match="list-of-entries"):
        new.create(opened(content), "area", "tower")
    assert "tower" not in (content / "areas.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("kind", "entry_id", "message"),
    [
        ("dutty", "x", "dutty: expected a kind of entry, found `dutty` — did you mean `duty`?"),
        ("duty", "First day", "First day: expected small letters, digits and hyphens, found `First day`"),
        ("duty", "../x", "../x: expected small letters, digits and hyphens, found `../x`"),
        ("duty", "x" * 61, "expected small letters, digits and hyphens"),
        ("duty", "index", "index: expected an id that is not reserved, found `index`"),
        ("duty", "en", "en: expected an id that is not reserved, found `en`"),
        ("duty", "lens", "lens: expected an id of its own, found `lens` — it is taken by content/terms.yml:1"),
    ],
)
def test_what_cannot_be_made_is_refused(
    kind: str, entry_id: str, message: str, content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(content.rglob("*"))
    assert main(["new", kind, entry_id, "--content", str(content), "--lang", "en"]) == 2
    assert message in capsys.readouterr().err
    assert sorted(content.rglob("*")) == before


def test_an_entry_that_cannot_be_read_is_not_written_over(content: Path) -> None:
    (content / "duties" / "broken.yml").write_text("title: [\n", encoding="utf-8")
    with pytest.raises(RefusedError, match="own-id"):
        new.create(read(content)[0], "duty", "broken")


def test_a_new_collection_gets_its_folder(content: Path) -> None:
    shutil.rmtree(content / "cases")
    assert new.create(read(content)[0], "case", "one") == content / "cases" / "one.yml"


def test_a_word_that_begins_like_todo_is_no_todo(content: Path) -> None:
    change(content / "areas.yml", "    en: The light", "    en: TODOS of the light")
    Pipeline(content).check()


@pytest.mark.parametrize("items", [1, 2])
def test_a_list_with_a_byte_order_mark_keeps_it_and_gets_its_item(items: int, content: Path) -> None:
    areas = content / "areas.yml"
    text = areas.read_text(encoding="utf-8") + "- {id: tower, title: {en: Tower}, summary: {en: Tower}}\n" * (items - 1)
    areas.write_text(f"\ufeff{text}", encoding="utf-8")
    new.create(opened(content), "area", "quay")
    after = areas.read_text(encoding="utf-8")
    assert after.startswith(f"\ufeff{text}- id: quay\n")
    assert after.count("\ufeff") == 1


@pytest.mark.parametrize("empty", ["[]\n", "", "# None yet.\n", "# None yet.\n[ ]\n"])
def test_a_list_of_nothing_gets_its_first_item(empty: str, content: Path) -> None:
    known = opened(content)
    (content / "areas.yml").write_text(empty, encoding="utf-8")
    new.create(known, "area", "quay")
    after = (content / "areas.yml").read_text(encoding="utf-8")
    assert [area["id"] for area in yaml.load(after, Loader=BASE)] == ["quay"]
    assert after.startswith("# None yet.") == empty.startswith("# None yet.")


def test_a_list_whose_dashes_stand_alone_gets_its_item(content: Path) -> None:
    areas = content / "areas.yml"
    change(areas, "- id: light", "-\n  id: light")
    new.create(opened(content), "area", "quay")
    assert [area["id"] for area in yaml.load(areas.read_text(encoding="utf-8"), Loader=BASE)] == ["light", "quay"]


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("- id: light\n".encode("utf-16"), "expected UTF-8, found what seems to be UTF-16"),
        ("- id: 灯\n".encode("gb18030"), "expected UTF-8, found what seems to be GBK"),
        (b"- {id: light\n", "expected valid YAML"),
    ],
)
def test_of_a_list_that_cannot_be_read_it_is_said_why(
    raw: bytes, said: str, content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (content / "areas.yml").write_bytes(raw)
    assert main(["new", "area", "quay", "--content", str(content), "--lang", "en"]) == 1
    assert said in capsys.readouterr().err
    assert (content / "areas.yml").read_bytes() == raw


def test_the_place_of_a_new_item_is_said(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = len((content / "areas.yml").read_text(encoding="utf-8").splitlines()) + 1
    assert main(["new", "area", "quay", "--content", str(content), "--lang", "en"]) == 0
    assert f"areas.yml:{line} is there" in capsys.readouterr().out
    assert main(["new", "tip", "first-day", "--content", str(content), "--lang", "en"]) == 0
    assert "first-day.yml:1 is there" in capsys.readouterr().out
