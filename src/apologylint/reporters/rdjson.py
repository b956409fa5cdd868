"""Reviewdog Diagnostic Format. Its columns count UTF-8 bytes, as ``reviewdog.proto`` says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from apologylint.reporters.base import HOMEPAGE, CheckedFile, Run
from apologylint.reporters.inert import visible

_SEVERITIES = {"error": "ERROR", "warning": "WARNING", "info": "INFO"}


def render(run: Run) -> Iterator[str]:
    """One object with every diagnostic; suggestions carry the text to put in."""
    found: list[dict[str, Any]] = []
    for file, d in run.diagnostics():
        entry: dict[str, Any] = {
            "message": visible(d.message),
            "location": {
                "path": visible(run.relative(file.path)),
                "range": {
                    "start": _position(file, d.line, d.column),
                    "end": _position(file, d.end_line, d.end_column),
                },
            },
            "severity": _SEVERITIES[d.severity.value],
            "code": {"value": d.rule},
        }
        edits = [
            {"range": _range(file, s.start, s.end), "text": s.replacement}
            for s in d.suggestions
            if s.replacement is not None and file.source is not None
        ]
        if edits:
            entry["suggestions"] = edits
        found.append(entry)
    yield json.dumps({"source": {"name": "apologylint", "url": HOMEPAGE}, "diagnostics": found}) + "\n"


def _position(file: CheckedFile, line: int, column: int) -> dict[str, int]:
    before = file.line(line)[: column - 1]
    # Without the text the code-point column is the best that can be said.
    width = len(before.encode("utf-8", "surrogatepass")) if file.source is not None else column - 1
    return {"line": line, "column": width + 1}


def _range(file: CheckedFile, start: int, end: int) -> dict[str, dict[str, int]]:
    assert file.source is not None
    lines = file.source.lines
    return {"start": _position(file, *lines.position(start)), "end": _position(file, *lines.position(end))}
