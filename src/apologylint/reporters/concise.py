"""``path:line:col: severity rule message``: the line that editors and grep understand."""

from __future__ import annotations

from collections.abc import Iterator

from apologylint.reporters.base import Run
from apologylint.reporters.inert import visible


def render(run: Run) -> Iterator[str]:
    """One line a diagnostic; nothing when all is well."""
    for file, d in run.diagnostics():
        place = f"{visible(file.path)}:{d.line}:{d.column}"
        yield f"{place}: {d.severity.value} {visible(d.rule)} {visible(d.message)}\n"
