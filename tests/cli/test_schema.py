"""What editors and authors are shown of the models: schemas, settings, and the reference."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import referencing
import yaml
from pydantic import BaseModel

from generator.cli import new, reference, schema
from generator.cli.main import main
from generator.content.collections import MODELS
from generator.content.handbook import Handbook
from generator.content.introspection import fields_of
from generator.content.settings import Settings

from ..support.handbooks import BASE, opened
from ..support.paths import ROOT, SMALL


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
        return [f"{model.__name__}.{field.name}" for field in fields_of(model) if not field.description]

    entries: list[type[BaseModel]] = [Settings, *MODELS.values()]
    assert [name for model in (*entries, *reference._inner(entries)) for name in undescribed(model)] == []


def test_ids_are_suggested_and_a_new_entry_changes_no_other_schema(content: Path) -> None:
    before = schema.generated(opened(content))
    path = new.create(opened(content), "area", "tower")
    path.write_text(path.read_text(encoding="utf-8").replace("TODO", "x").replace("  draft: true\n", ""), "utf-8")
    after = schema.generated(opened(content))
    assert [name for name in after if after[name] != before.get(name)] == ["schemas/ids.json"]
    assert json.loads(after["schemas/ids.json"])["$defs"]["areas"]["examples"] == ["light", "tower"]
