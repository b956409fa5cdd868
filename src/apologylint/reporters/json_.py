"""The published JSON object. Its schema is ``apologylint/schemas/report.json``."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from apologylint.reporters.base import CheckedFile, Run
from apologylint.results import Label, Severity

FORMAT_VERSION = 1


def render(run: Run) -> Iterator[str]:
    """Pieces of one JSON object, a file at a time. ASCII only, so that no reader meets a raw control character."""
    head = json.dumps({"name": "apologylint", "version": run.version})
    yield f'{{"version": {FORMAT_VERSION}, "tool": {head}, "files": ['
    for number, file in enumerate(run.files):
        yield (",\n" if number else "\n") + json.dumps(file_data(file))
    yield f'{chr(10) if run.files else ""}], "errors": {json.dumps(list(run.errors))}, '
    yield f'"notices": {json.dumps(list(run.notices))}, '
    yield f'"summary": {json.dumps(summary(run))}}}\n'


def file_data(file: CheckedFile) -> dict[str, Any]:
    """Plain data of one file."""
    return {"path": file.path, "error": file.error, "drafts": [report.to_dict() for report in file.reports]}


def summary(run: Run) -> dict[str, Any]:
    """Counts of the whole run."""
    counts = run.counts()
    verdicts: Counter[str] = Counter()
    suppressed = 0
    for file in run.files:
        for report in file.reports:
            verdicts[report.verdict.label.value] += 1
            suppressed += report.suppressed
    return {
        "files": len(run.files),
        "drafts": sum(len(file.reports) for file in run.files),
        "excluded": run.excluded,
        "suppressed": suppressed,
        "silenced": sum(file.silenced for file in run.files),
        "diagnostics": {severity.value: counts[severity.value] for severity in Severity},
        "verdicts": {label.value: verdicts[label.value] for label in Label},
    }
