"""JUnit XML: a suite a file, a failed case a diagnostic, one passed case for a clean file."""

from __future__ import annotations

from collections.abc import Iterator

from apologylint.reporters.base import CheckedFile, Run
from apologylint.reporters.inert import xml


def render(run: Run) -> Iterator[str]:
    """One document. Files that could not be read are ``error`` cases."""
    failures = sum(1 for _ in run.diagnostics())
    errors = sum(1 for file in run.files if file.error is not None)
    tests = failures + sum(1 for file in run.files if not any(True for _ in file.diagnostics()))
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<testsuites name="apologylint" tests="{tests}" failures="{failures}" errors="{errors}">\n'
    for file in run.files:
        yield from _suite(file)
    yield "</testsuites>\n"


def _suite(file: CheckedFile) -> Iterator[str]:
    name = xml(file.path)
    diagnostics = list(file.diagnostics())
    tests, errors = max(len(diagnostics), 1), int(file.error is not None)
    yield f'  <testsuite name="{name}" package="apologylint" tests="{tests}" failures="{len(diagnostics)}" '
    yield f'errors="{errors}">\n'
    if file.error is not None:
        yield f'    <testcase name="readable" classname="{name}"><error message="{xml(file.error)}"/></testcase>\n'
    elif not diagnostics:
        yield f'    <testcase name="clean" classname="{name}"/>\n'
    for d in diagnostics:
        yield f'    <testcase name="{xml(d.rule)}" classname="{name}" line="{d.line}" column="{d.column}">\n'
        yield f'      <failure type="{d.severity.value}" message="{xml(d.message)}">'
        yield f"line {d.line}, column {d.column}: {xml(d.text)}</failure>\n    </testcase>\n"
    yield "  </testsuite>\n"
