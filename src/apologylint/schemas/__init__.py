"""JSON Schemas, generated from the models. ``python -m apologylint.schemas`` writes them; a test compares."""

from __future__ import annotations

import dataclasses
import json
import types
import typing
from enum import Enum
from pathlib import Path
from typing import Any

from apologylint.config_options import OPTIONS, OVERRIDE_TARGETS, Option
from apologylint.results import Diagnostic, Label, Related, Sentence, Severity, Step, Suggestion

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
# Attributes that to_dict leaves out: reason and former names are the rule's, the draft is the object around it.
_UNSEEN = {Diagnostic: {"why", "draft", "formerly"}, Sentence: {"premature_explanation"}}


def report_schema() -> dict[str, Any]:
    """Schema of ``--output-format json``."""
    labels = [label.value for label in Label]
    draft = {
        "id": {"type": "string", "description": "Title, key path or row; empty when the file is the draft."},
        "language": {"type": "string", "description": '"en", or "unknown" when it was not checked.'},
        "verdict": {"enum": labels},
        "premature_explanation": {"type": "boolean"},
        "sentences": {"type": "array", "items": _model(Sentence)},
        "steps": {"type": "array", "items": _model(Step)},
        "diagnostics": {"type": "array", "items": _model(Diagnostic)},
    }
    file = {
        "path": {"type": "string"},
        "error": {"type": ["string", "null"]},
        "drafts": {"type": "array", "items": _object(draft)},
    }
    count = {"type": "integer", "minimum": 0}
    summary = {
        **dict.fromkeys(("files", "drafts", "excluded", "suppressed", "silenced"), count),
        "diagnostics": _object({severity.value: count for severity in Severity}),
        "verdicts": _object(dict.fromkeys(labels, count)),
    }
    return {
        "$schema": _DRAFT,
        "title": "apologylint report",
        "description": "Offsets are 0-based code points of the decoded file, half-open; lines and columns 1-based.",
        **_object(
            {
                "version": {"const": 1},
                "tool": _object({"name": {"const": "apologylint"}, "version": {"type": "string"}}),
                "files": {"type": "array", "items": _object(file)},
                "errors": {"type": "array", "items": {"type": "string"}},
                "notices": {"type": "array", "items": {"type": "string"}},
                "summary": _object(summary),
            }
        ),
    }


def config_schema() -> dict[str, Any]:
    """Schema of apologylint.toml, and of ``[tool.apologylint]``, for editors."""
    properties = {option.key: _option(option) for option in OPTIONS}
    strings = {"type": "array", "items": {"type": "string"}}
    targets: dict[str, Any] = dict.fromkeys(OVERRIDE_TARGETS, strings)
    per_file = {option.key: _option(option) for option in OPTIONS if option.per_file}
    properties["overrides"]["items"] = {
        "type": "object",
        "properties": {**targets, **per_file},
        "anyOf": [{"required": [name]} for name in OVERRIDE_TARGETS],
        "additionalProperties": False,
    }
    return {
        "$schema": _DRAFT,
        "title": "apologylint configuration",
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }


def _option(option: Option) -> dict[str, Any]:
    shape: dict[str, Any]
    if option.kind == "strings":
        shape = {"type": "array", "items": {"type": "string", "minLength": 1}}
    elif option.kind == "bool":
        shape = {"type": "boolean"}
    elif option.kind == "choice":
        shape = {"enum": list(option.choices)}
    elif option.kind == "table":
        value: dict[str, Any] = {"enum": list(option.choices)} if option.choices else {"type": "string"}
        shape = {"type": "object", "additionalProperties": value}
    elif option.kind == "overrides":
        shape = {"type": "array"}
    else:
        shape = {"type": "string"}
    default = list(option.default) if isinstance(option.default, tuple) else option.default
    return {"description": option.doc, **shape, "default": default}


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _model(model: type) -> dict[str, Any]:
    hints = typing.get_type_hints(model)
    skip = _UNSEEN.get(model, set())
    return _object({f.name: _type(hints[f.name]) for f in dataclasses.fields(model) if f.name not in skip})


def _type(hint: Any) -> dict[str, Any]:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        inner = [_type(argument) for argument in arguments if argument is not type(None)]
        return {"anyOf": [*inner, {"type": "null"}]}
    if origin in (tuple, frozenset):
        return {"type": "array", "items": _type(arguments[0])}
    if isinstance(hint, type) and issubclass(hint, Enum):
        return {"enum": [member.value for member in hint]}
    if hint in (Suggestion, Related):
        return _model(hint)
    if hint is int:
        return {"type": "integer", "minimum": 0}
    return {bool: {"type": "boolean"}, str: {"type": "string"}}[hint]


def schema_text(name: str) -> str:
    """Text of ``report`` or ``config`` as shipped."""
    schema = {"report": report_schema, "config": config_schema}[name]()
    return json.dumps(schema, indent=2, ensure_ascii=True) + "\n"


def main() -> None:
    """Write the files beside this one."""
    for name in ("report", "config"):
        Path(__file__).with_name(f"{name}.json").write_text(schema_text(name), encoding="utf-8", newline="\n")
