"""Checkstyle XML (format 4.3), read by Jenkins and many others."""

from __future__ import annotations

from collections.abc import Iterator

from apologylint.reporters.base import Run
from apologylint.reporters.inert import xml


def render(run: Run) -> Iterator[str]:
    """A file element for each file that has something to tell."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<checkstyle version="4.3">\n'
    for file in run.files:
        lines = [
            f'    <error line="{d.line}" column="{d.column}" severity="{d.severity.value}" '
            f'message="{xml(d.message)}" source="apologylint.{xml(d.rule)}"/>\n'
            for d in file.diagnostics()
        ]
        if file.error is not None:
            lines.append(f'    <error line="1" severity="error" message="{xml(file.error)}" source="apologylint"/>\n')
        if lines:
            yield f'  <file name="{xml(file.path)}">\n{"".join(lines)}  </file>\n'
    yield "</checkstyle>\n"
