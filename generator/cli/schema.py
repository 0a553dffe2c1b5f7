"""JSON Schemas of every kind of file, from the models: an editor completes keys and shows what each is for.

They say what one file can know; `check` says the rest. Ids of entries stand in one file of their own, as examples,
so that a new entry changes no other schema and is no mistake in an editor whose copy is old.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, cast

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from ..content import catalogues
from ..content.collections import MODELS, singular
from ..content.files import SETTINGS_FILE, SUFFIXES
from ..content.handbook import Handbook
from ..content.introspection import is_text, purpose
from ..content.settings import Settings
from ..content.text_file import replace_text
from ..content.types import ID_PATTERN, REFERS_TO
from ..problems import Problems, RefusedError, phrase
from ..render.renderer import WORDS
from . import publishing, reference, report

FOLDER: Final = "schemas"
IDS: Final = "ids.json"
EDITOR: Final = ".vscode/settings.json"
DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"

SCALAR: Final = ["string", "number", "boolean"]
"""What text may look like to an editor: `2024` and `yes` are text to this generator, and not to YAML."""

Schema = dict[str, Any]


def write(handbook: Handbook) -> list[str]:
    """Write schemas, editor settings and the authors' reference beside the content; the paths that changed."""
    root = handbook.folder.resolve().parent
    return [path for path, text in generated(handbook).items() if replace_text(root / path, text)]


def generated(handbook: Handbook) -> dict[str, str]:
    """Path beside the content, to the text that belongs there."""
    root = handbook.folder.resolve().parent
    made = schemas(handbook)
    return {
        **{f"{FOLDER}/{name}": _as_text(schema) for name, (_, schema) in made.items()},
        EDITOR: _editor_settings(root / EDITOR, {name: globs for name, (globs, _) in made.items() if globs}),
        reference.FILE: reference.page(root / reference.FILE),
        **publishing.pages(root),
    }


def schemas(handbook: Handbook) -> dict[str, tuple[list[str], Schema]]:
    """File name to the files that it is for, as globs, and the schema."""
    languages, content = handbook.settings.languages, handbook.folder.name
    made: dict[str, tuple[list[str], Schema]] = {}
    for name, model in MODELS.items():
        listed = any((handbook.folder / f"{name}{suffix}").is_file() for suffix in SUFFIXES)
        if listed:
            made[f"{name}.json"] = _globs(f"{content}/{name}"), _list_of(_of(model, languages))
        if not listed or (handbook.folder / name).is_dir():
            made[f"{singular(name)}.json"] = _globs(f"{content}/{name}/*"), _without_id(_of(model, languages))
    made["handbook.json"] = [f"{content}/{SETTINGS_FILE}"], _of(Settings, languages)
    words = _flat(WORDS, "Interface words of one language.", catalogues.CHOICES, catalogues.OPTIONAL)
    made["strings.json"] = ["generator/render/strings/*.yml"], words
    made["messages.json"] = ["generator/cli/messages/*.yml"], _flat(report.MESSAGES, "Messages of one language.")
    made[IDS] = [], _ids(handbook)
    return made


def _of(model: type[BaseModel], languages: list[str]) -> Schema:
    class Generator(_Generator):
        text_languages = languages

    schema = {"$schema": DRAFT, **model.model_json_schema(schema_generator=Generator)}
    return cast(Schema, _linked(schema))


def _list_of(schema: Schema) -> Schema:
    definitions = schema.pop("$defs", {})
    return {"$schema": schema.pop("$schema"), "type": "array", "items": schema, "$defs": definitions}


def _without_id(schema: Schema) -> Schema:
    """The id of an entry with a file of its own is the file's name."""
    del schema["properties"]["id"]
    schema["required"].remove("id")
    return schema


def _flat(
    folder: Path,
    description: str,
    choices: Mapping[str, Sequence[str]] = MappingProxyType({}),
    optional: Collection[str] = (),
) -> Schema:
    """Files of one text a key, all keys the same in every language but for those that are `optional`."""
    words = catalogues.load((path.stem for path in sorted(folder.glob("*.yml"))), folder, Problems())
    keys = sorted({key for flat in words.values() for key in flat}.difference(optional))
    return {
        "$schema": DRAFT,
        "description": description,
        "type": "object",
        "properties": {
            **{key: {"type": SCALAR} for key in sorted({*keys, *optional})},
            **{key: {"enum": list(allowed), "default": allowed[0]} for key, allowed in choices.items()},
        },
        "required": keys,
        "additionalProperties": False,
    }


def _ids(handbook: Handbook) -> Schema:
    known: Mapping[str, Iterable[str]] = {**handbook.collections, "any": handbook.entries}
    id_of = {"type": SCALAR, "pattern": ID_PATTERN}
    return {"$schema": DRAFT, "$defs": {name: {**id_of, "examples": sorted(ids)} for name, ids in known.items()}}


def _linked(node: Any) -> Any:
    """`node` with each reference to an entry as a link to the ids of that collection."""
    if isinstance(node, list):
        return [_linked(item) for item in node]
    if not isinstance(node, dict):
        return node
    if "enum" in node:
        return {key: value for key, value in node.items() if key != "title"}
    if REFERS_TO in node:
        link = {"$ref": f"{IDS}#/$defs/{node[REFERS_TO]}"}
        return {**link, "description": node["description"]} if "description" in node else link
    return {key: _linked(value) for key, value in node.items()}


class _Generator(GenerateJsonSchema):
    """What authors type, where that is wider or narrower than what pydantic says of the models."""

    text_languages: list[str]

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        made = super().model_schema(schema)
        made.pop("title", None)
        made["description"] = purpose(cast(type[BaseModel], schema["cls"]))
        if is_text(schema["cls"]):
            words = {
                name: {"type": SCALAR, "minLength": 1, "description": f"In {name}."} for name in self.text_languages
            }
            made["properties"] = {**words, **made.get("properties", {})}
            made["additionalProperties"] = False
        return made

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchemaValue:
        return {**super().str_schema(schema), "type": SCALAR}

    def int_schema(self, schema: core_schema.IntSchema) -> JsonSchemaValue:
        return {**super().int_schema(schema), "type": ["integer", "string"], "pattern": "^[0-9]+$"}

    def bool_schema(self, schema: core_schema.BoolSchema) -> JsonSchemaValue:
        return {**super().bool_schema(schema), "type": ["boolean", "string"], "pattern": "^(true|false|yes|no)$"}

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])  # left out, never `null`

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        made = super().default_schema(schema)
        if not made.get("default"):
            made.pop("default", None)
        return made


def _globs(stem: str) -> list[str]:
    return [f"{stem}{suffix}" for suffix in SUFFIXES]


def _editor_settings(path: Path, wired: Mapping[str, list[str]]) -> str:
    """The editor's settings with the schemas wired; whatever else they hold stays."""
    try:
        others = dict(json.loads(path.read_text(encoding="utf-8")) if path.exists() else {})
    except (ValueError, TypeError) as error:  # an editor allows comments there, which would be lost
        raise RefusedError(EDITOR, phrase("expected.json"), phrase("found.error", message=error)) from None
    return _as_text({**others, "yaml.schemas": {f"./{FOLDER}/{name}": globs for name, globs in wired.items()}})


def _as_text(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
