"""The author's day: new entries, the state of the translations, and what editors and authors are shown of the model."""

from __future__ import annotations

import io
import json
import re
import shutil
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import referencing
import yaml
from pydantic import BaseModel

from generator.cli import new as skeleton
from generator.cli import progress, reference, report, schema, status
from generator.cli.main import main
from generator.content import catalogues as strings
from generator.content import translations
from generator.content.introspection import facts, singular
from generator.content.loader import Handbook
from generator.content.models import COLLECTIONS
from generator.content.settings import Settings
from generator.pages import planner as plan
from generator.pipeline import build, check, read
from generator.problems import ContentError, Problems, RefusedError
from generator.render import renderer as render

from .support.paths import ROOT, SMALL

BASE = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # the fast one where there is one


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of the small handbook."""
    return Path(shutil.copytree(SMALL, tmp_path / "content"))


@pytest.fixture
def three(content: Path) -> Path:
    """The same with a third language, in which one text is written."""
    change(content / "handbook.yml", "languages: [en, zh]", "languages: [en, zh, fr]")
    change(content / "handbook.yml", "    languages: [zh, en]", "    languages: [zh, en, fr]")
    change(content / "areas.yml", "    en: The light", "    en: The light\n    fr: Le feu")
    translations.confirm(opened(content))
    return content


def opened(content: Path) -> Handbook:
    handbook, problems = read(content)
    assert not list(problems)
    return handbook


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, (path, old)
    path.write_text(text.replace(old, new), encoding="utf-8")


def said(problems: Any) -> list[str]:
    return [report.message(problem) for problem in problems]


# --- new entries -------------------------------------------------------------------------------------------


def todos(path: Path) -> list[str]:
    """The lines of a file that have a TODO outside comments."""
    lines = enumerate(path.read_text(encoding="utf-8").split("\n"), 1)
    return [str(number) for number, line in lines if "TODO" in line.partition("#")[0]]


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_a_new_entry_has_only_its_todos_to_mend(collection: str, content: Path) -> None:
    path = skeleton.create(opened(content), singular(collection), "first-day")
    with pytest.raises(ContentError) as found:
        check(content)
    assert [str(problem.line) for problem in found.value.problems] == todos(path)
    assert {problem.file for problem in found.value.problems} == {str(path.relative_to(content.parent))}
    assert {problem.expected.key for problem in found.value.problems} == {"expected.written"}


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_switched_on_every_optional_field_has_only_its_todos_to_mend(collection: str, content: Path) -> None:
    path = skeleton.create(opened(content), collection, "first-day")
    after = path.read_text(encoding="utf-8")
    while (switched := re.sub(r"^( *)#(?! \S)", r"\1", after, flags=re.MULTILINE)) != after:
        after = switched
    path.write_text(after, encoding="utf-8")
    with pytest.raises(ContentError) as found:
        check(content)
    assert {problem.expected.key for problem in found.value.problems} == {"expected.written"}
    assert [str(problem.line) for problem in found.value.problems] == todos(path)
    optional = [name for name, field in COLLECTIONS[collection].model_fields.items() if not field.is_required()]
    data = yaml.load(after, Loader=BASE)
    assert set(optional) <= set(data[-1] if isinstance(data, list) else data)


def test_a_skeleton_explains_every_field_and_names_what_can_be_chosen(content: Path) -> None:
    text = skeleton.create(opened(content), "tip", "first-day").read_text(encoding="utf-8")
    for field in COLLECTIONS["tips"].model_fields.values():
        words = " ".join(re.sub(r"^ *# ", "", line) for line in text.split("\n") if re.match(" *# ", line))
        assert field.description
        assert field.description in words or field.description == COLLECTIONS["tips"].model_fields["id"].description
    assert "# Id of the area it belongs to. One of: light.\narea: TODO\n" in text


def test_a_skeleton_has_every_language_of_the_handbook(three: Path) -> None:
    text = skeleton.create(opened(three), "tip", "first-day").read_text(encoding="utf-8")
    assert "title:\n  en: TODO\n  zh: TODO\n  fr: TODO\n" in text


def test_with_its_todos_written_over_a_new_entry_is_an_entry(content: Path) -> None:
    path = skeleton.create(opened(content), "area", "tower")
    text = path.read_text(encoding="utf-8").replace("en: TODO", "en: The tower").replace("zh: TODO", "zh: 塔")
    path.write_text(text, encoding="utf-8")
    assert check(content)[0].entries["tower"].title.by_language == {"en": "The tower", "zh": "塔"}


@pytest.mark.parametrize(("indent", "end"), [("", "\n"), ("  ", "\n"), ("", "\r\n")])
def test_a_list_gets_a_new_item_and_is_otherwise_as_it_was(indent: str, end: str, content: Path) -> None:
    areas = content / "areas.yml"
    lines = areas.read_text(encoding="utf-8").splitlines()
    before = "".join(f"{indent}{line}{end}" for line in lines).encode()
    areas.write_bytes(before)
    skeleton.create(opened(content), "area", "tower")
    after = areas.read_bytes()
    assert after.startswith(before)
    assert after.count(b"\n") == after.count(end.encode())
    assert [item["id"] for item in yaml.load(after, Loader=BASE)] == ["light", "tower"]


def test_a_list_that_cannot_be_continued_is_left_alone(content: Path) -> None:
    (content / "areas.yml").write_text("[{id: light, title: {en: Light}, summary: {en: Light}}]\n", encoding="utf-8")
    with pytest.raises(RefusedError, match="list-of-entries"):
        skeleton.create(opened(content), "area", "tower")
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
        skeleton.create(read(content)[0], "duty", "broken")


def test_a_new_collection_gets_its_folder(content: Path) -> None:
    shutil.rmtree(content / "cases")
    assert skeleton.create(read(content)[0], "case", "first") == content / "cases" / "first.yml"


def test_a_word_that_begins_like_todo_is_no_todo(content: Path) -> None:
    change(content / "areas.yml", "    en: The light", "    en: TODOS of the light")
    check(content)


# --- translations ------------------------------------------------------------------------------------------


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
    assert translations.unconfirmed(opened(content)) == 0


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
    check(content)
    lock.write_text("<<<<<<< HEAD\n" + "".join(lines), encoding="utf-8")
    with pytest.raises(ContentError) as found:
        check(content)
    assert said(found.value.problems) == [
        "content/translations.lock:1:1: expected an entry and a hash for each language, found `<<<<<<< HEAD` — make it "
        "again with `status --confirm`"
    ]
    assert main(["status", "--confirm", "--content", str(content)]) == 0
    check(content)


def test_without_a_lock_everything_is_current_and_unconfirmed(content: Path) -> None:
    (content / translations.FILE).unlink()
    found = status.status(opened(content))
    assert found.stale == []
    assert found.unconfirmed == sum(row.texts for row in found.rows if row.language == "en") - 1  # one has no English


def test_readers_of_the_stale_language_see_a_mark_on_that_text_only(three: Path) -> None:
    change(three / "areas.yml", "    en: Lamp and lens.", "    en: Lamp, lens and glass.")
    handbook = opened(three)
    words = strings.load(["en", "zh"], Problems())
    words["fr"] = {**words["en"], "language.tag": "fr", "stale": "L’autre langue a changé"}
    translations.confirm(handbook, ["lamp"])
    pages = dict(render.render(plan.plan(handbook), words, translations.stale_languages(handbook)))
    marked = {path: text.count("hb-stale") for path, text in pages.items() if "hb-stale" in text}
    assert marked == {"both/duties/index.md": 1, "both/tips/index.md": 1}  # the area heads both
    (line,) = [line for line in pages["both/duties/index.md"].splitlines() if "hb-stale" in line]
    note = words["zh"]["stale"]
    assert f'<span lang="zh-Hans">灯和镜片。 <span class="hb-stale" data-note="{note}"></span></span>' in line


def test_building_leaves_the_lock_alone_and_marks_what_is_stale(content: Path, tmp_path: Path) -> None:
    change(content / "tips" / "wipe.yml", "  zh: 一个人也能守", "  zh: 一个人也守得住")
    lock = (content / translations.FILE).read_bytes()
    build(content, tmp_path / "docs")
    assert (content / translations.FILE).read_bytes() == lock
    page = (tmp_path / "docs" / "en" / "tips" / "wipe.md").read_text(encoding="utf-8")
    assert re.search(r'^# Alone is enough <span class="hb-stale" data-note="[^"]+"></span> \{ #wipe \}$', page, re.M)
    assert "hb-stale" not in (tmp_path / "docs" / "en" / "duties" / "lamp.md").read_text(encoding="utf-8")


# --- status ------------------------------------------------------------------------------------------------


def test_status_counts_each_collection_in_each_language(three: Path) -> None:
    change(three / "areas.yml", "    en: The light", "    en: The great light")
    rows = {(row.collection, row.language): row for row in status.status(opened(three)).rows}
    assert rows["areas", "zh"] == status.Row("areas", "zh", texts=2, translated=2, missing=0, stale=1, percent=50)
    assert rows["areas", "fr"] == status.Row("areas", "fr", texts=2, translated=1, missing=1, stale=1, percent=0)
    assert rows["areas", "en"].percent == 100
    assert {language for collection, language in rows} == {"en", "zh", "fr"}
    assert {collection for collection, language in rows} == {"handbook.yml", *COLLECTIONS}


def test_status_says_where_and_strictly_it_fails(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(content / "areas.yml", "    en: The light", "    en: The great light")
    arguments = ["--content", str(content), "--lang", "en"]
    assert main(["status", *arguments]) == 0
    plain = capsys.readouterr().out
    stale = "content/areas.yml:3:5: areas.light.title.zh: expected words that follow the change in en, found the words"
    assert stale in plain
    assert "expected the text in en, found nothing" not in plain
    assert main(["status", "--strict", *arguments]) == 1
    strict = capsys.readouterr().out
    assert stale in strict
    assert strict.count("expected the text in en, found nothing") == 1
    assert main(["status", "--strict", "--format", "github", *arguments]) == 1
    assert "::error file=content/areas.yml,line=3,col=5::" in capsys.readouterr().out
    assert main(["status", "--format", "json", *arguments]) == 0
    data = json.loads(capsys.readouterr().out)
    assert (len(data["stale"]), len(data["missing"]), data["unconfirmed"]) == (1, 1, 1)
    assert {"collection": "areas", "language": "zh", "texts": 2, "translated": 2, "missing": 0, "stale": 1}.items() <= (
        next(row for row in data["rows"] if (row["collection"], row["language"]) == ("areas", "zh")).items()
    )


def test_status_is_strictly_content_with_a_complete_handbook(handbook: Handbook) -> None:
    assert main(["status", "--strict", "--content", str(ROOT / "content")]) == 0


def test_status_works_while_something_else_is_wrong(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    skeleton.create(opened(content), "tip", "first-day")
    assert main(["status", "--content", str(content), "--lang", "en"]) == 0
    assert "Left out is what `check` has problems with" in capsys.readouterr().err
    assert main(["status", "--confirm", "--content", str(content)]) == 1


def test_only_entries_that_exist_can_be_confirmed(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (content / translations.FILE).read_bytes()
    assert main(["status", "--confirm", "lmap", "--content", str(content), "--lang", "en"]) == 2
    assert "did you mean `lamp`?" in capsys.readouterr().err
    assert (content / translations.FILE).read_bytes() == before
    assert main(["status", "--confirm", "handbook.yml", "--content", str(content)]) == 0


def test_columns_stand_below_each_other_in_chinese_too(content: Path) -> None:
    rows = status.status(opened(content)).rows
    for language in report.LANGUAGES:
        lines = status.table(rows, language).splitlines()
        assert len({status._width(line) for line in lines}) == 1


@pytest.mark.parametrize("folder", [ROOT / "content", SMALL], ids=["real", "small"])
def test_every_text_is_confirmed(folder: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(folder, tmp_path / "content"))
    translations.confirm(opened(copy))
    now, committed = ((at / translations.FILE).read_text(encoding="utf-8") for at in (copy, folder))
    assert now == committed, "read the changed texts side by side, then run: python -m generator status --confirm"


# --- schemas and reference ---------------------------------------------------------------------------------


def test_schemas_editor_settings_and_reference_are_those_of_the_models(handbook: Handbook) -> None:
    generated = schema.generated(handbook)
    ids = f"{schema.FOLDER}/{schema.IDS}"
    stale = [
        path
        for path, text in generated.items()
        if path != ids and (not (ROOT / path).exists() or (ROOT / path).read_text(encoding="utf-8") != text)
    ]
    assert stale == [], "run: python -m generator schema"
    assert {f"{schema.FOLDER}/{path.name}" for path in (ROOT / schema.FOLDER).iterdir()} <= set(generated)


def test_the_command_writes_them_beside_the_content_and_keeps_what_an_author_added(content: Path) -> None:
    root = content.parent
    (root / ".vscode").mkdir()
    (root / ".vscode" / "settings.json").write_text('{"editor.rulers": [120]}', encoding="utf-8")
    (root / "CONTRIBUTING.md").write_text(
        f"# By hand\n\n{reference.START}\nstale rows\n{reference.END}\n\nMore.\n", encoding="utf-8"
    )
    assert main(["schema", "--content", str(content)]) == 0
    settings = json.loads((root / ".vscode" / "settings.json").read_text(encoding="utf-8"))
    assert settings["editor.rulers"] == [120]
    assert settings["yaml.schemas"]["./schemas/duty.json"] == ["content/duties/*.yml", "content/duties/*.yaml"]
    page = (root / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert page.startswith("# By hand\n\n")
    assert page.endswith("\n\nMore.\n")
    assert "stale rows" not in page
    assert schema.write(opened(content)) == []


def test_comments_in_the_editor_s_settings_are_not_lost(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = content.parent / ".vscode" / "settings.json"
    settings.parent.mkdir()
    settings.write_text("{} // mine", encoding="utf-8")
    assert main(["schema", "--content", str(content), "--lang", "en"]) == 2
    assert ".vscode/settings.json: expected JSON without comments" in capsys.readouterr().err
    assert settings.read_text(encoding="utf-8") == "{} // mine"


def loaded(path: Path, loader: Any = BASE) -> Any:
    """What a program sees that knows nothing of this generator; dates are text in the YAML of editors."""
    return json.loads(json.dumps(yaml.load(path.read_text(encoding="utf-8"), loader), default=str))


def validator(made: dict[str, Any], handbook: Handbook) -> jsonschema.Draft202012Validator:
    ids = referencing.Resource.from_contents(schema.schemas(handbook)[schema.IDS][1])
    registry: referencing.Registry[Any] = referencing.Registry().with_resource(schema.IDS, ids)
    return jsonschema.Draft202012Validator(made, registry=registry)


def test_schemas_are_schemas() -> None:
    for _, made in schema.schemas(opened(SMALL)).values():
        jsonschema.Draft202012Validator.check_schema(made)


@pytest.mark.parametrize(
    ("folder", "loader"),
    [(SMALL, BASE), (ROOT / "content", BASE), (ROOT / "content", getattr(yaml, "CSafeLoader", yaml.SafeLoader))],
    ids=["small", "real", "real as editors read it"],
)
def test_every_file_is_valid_by_its_schema(folder: Path, loader: Any) -> None:
    handbook = opened(folder)
    root, covered, wrong = folder.parent, set(), []
    for globs, made in schema.schemas(handbook).values():
        checking = validator(made, handbook)
        for path in (path for glob in globs for path in sorted(root.glob(glob))):
            covered.add(path)
            wrong += [f"{path.name}: {error.json_path}" for error in checking.iter_errors(loaded(path, loader))]
    assert wrong == []
    assert covered >= set(folder.rglob("*.yml"))


@pytest.mark.parametrize(
    ("file", "path", "value"),
    [
        ("tip", ("advise",), "x"),
        ("tip", ("id",), "x"),
        ("tip", ("title", "de"), "x"),
        ("tip", ("title", "en"), ""),
        ("tip", ("title",), "x"),
        ("tip", ("why",), []),
        ("tip", ("area",), "No Id"),
        ("tip", ("advice", "source"), "a03: 1"),
        ("outcome", ("kind",), "sideways"),
        ("documents", (0, "line_count"), "many"),
        ("publications", (0, "url"), "ftp://x"),
        ("handbook", ("languages",), []),
        ("strings", ("nonsense",), "x"),
    ],
)
def test_schemas_refuse_what_check_would(file: str, path: tuple[Any, ...], value: Any) -> None:
    handbook = opened(SMALL)
    globs, made = schema.schemas(handbook)[f"{file}.json"]
    root = ROOT if globs[0].startswith("generator/") else SMALL.parent
    data = yaml.load(
        next(path for glob in globs for path in sorted(root.glob(glob))).read_text("utf-8"), yaml.BaseLoader
    )
    assert validator(made, handbook).is_valid(data)
    inner = data
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    assert not validator(made, handbook).is_valid(data)


def test_schemas_have_the_languages_of_the_handbook_and_every_description(three: Path) -> None:
    handbook = opened(three)
    for _, made in schema.schemas(handbook).values():
        for text in (made["$defs"][name] for name in ("Text", "Statement") if name in made.get("$defs", {})):
            assert [key for key in text["properties"] if key != "source"] == ["en", "zh", "fr"]
    tip = schema.schemas(handbook)["tip.json"][1]
    assert all("description" in field for field in tip["properties"].values())


def test_every_field_of_every_model_says_what_it_is_for(handbook: Handbook) -> None:
    def undescribed(model: Any) -> list[str]:
        return [f"{model.__name__}.{field.name}" for field in facts(model) if not field.description]

    entries: list[type[BaseModel]] = [Settings, *COLLECTIONS.values()]
    assert [name for model in (*entries, *reference._inner(entries)) for name in undescribed(model)] == []


def test_ids_are_suggested_and_a_new_entry_changes_no_other_schema(content: Path) -> None:
    before = schema.generated(opened(content))
    path = skeleton.create(opened(content), "area", "tower")
    path.write_text(path.read_text(encoding="utf-8").replace("TODO", "x"), encoding="utf-8")
    after = schema.generated(opened(content))
    assert [name for name in after if after[name] != before.get(name)] == ["schemas/ids.json"]
    assert json.loads(after["schemas/ids.json"])["$defs"]["areas"]["examples"] == ["light", "tower"]


# --- progress ----------------------------------------------------------------------------------------------


class Screen(io.StringIO):
    def __init__(self, *, terminal: bool) -> None:
        super().__init__()
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal


def progressed(*, terminal: bool, seconds: float) -> str:
    """What is shown while ten items come in so many seconds."""
    screen, now = Screen(terminal=terminal), iter(range(100))
    words = "{done}/{total}".format
    assert list(progress.shown("abcdefghij", 10, words, screen, lambda: next(now) * seconds / 10)) == list("abcdefghij")
    return screen.getvalue()


def test_progress_is_shown_on_a_terminal_after_a_second_and_wiped_at_the_end() -> None:
    assert progressed(terminal=True, seconds=0.5) == ""
    assert progressed(terminal=False, seconds=50) == ""
    long = progressed(terminal=True, seconds=50)
    assert "1/10" in long
    assert long.endswith("\r\033[K")
