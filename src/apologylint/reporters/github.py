"""GitHub workflow commands: annotations beside the changed lines.

Format: "Workflow commands for GitHub Actions" of the GitHub documentation.
"""

from __future__ import annotations

from collections.abc import Iterator

from apologylint.reporters.base import Run
from apologylint.reporters.inert import visible

_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}


def render(run: Run) -> Iterator[str]:
    """One command a diagnostic. The log hides file names, so the message repeats the place."""
    for file, d in run.diagnostics():
        properties = [
            f"title={_value(f'apologylint ({d.rule})')}",
            f"file={_value(run.relative(file.path))}",
            f"line={d.line}",
        ]
        # GitHub rejects columns on an annotation that spans lines.
        if d.line == d.end_line:
            properties += [f"col={d.column}", f"endLine={d.end_line}", f"endColumn={max(d.end_column, d.column)}"]
        else:
            properties.append(f"endLine={d.end_line}")
        text = f"{file.path}:{d.line}:{d.column}: {d.rule} {d.message}"
        yield f"::{_COMMANDS[d.severity.value]} {','.join(properties)}::{_data(text)}\n"
    for error in run.errors:
        yield f"::error title=apologylint::{_data(error)}\n"


def _data(text: str) -> str:
    return visible(text).replace("%", "%25")


def _value(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
