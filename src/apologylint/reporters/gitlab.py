"""GitLab Code Quality report, as "Code Quality" of the GitLab documentation describes it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from apologylint.reporters.base import Run
from apologylint.reporters.fingerprints import fingerprints
from apologylint.reporters.inert import visible

_SEVERITIES = {"error": "major", "warning": "minor", "info": "info"}


def render(run: Run) -> Iterator[str]:
    """One JSON array; ``[]`` when all is well. GitLab does not show ``check_name``, so the text begins with it."""
    entries: list[dict[str, Any]] = []
    for file in run.files:
        path = run.relative(file.path)
        for d, fingerprint in zip(file.diagnostics(), fingerprints(file, path), strict=True):
            entries.append(
                {
                    "description": f"{d.rule}: {visible(d.message)}",
                    "check_name": d.rule,
                    "fingerprint": fingerprint,
                    "severity": _SEVERITIES[d.severity.value],
                    "location": {"path": visible(path), "lines": {"begin": d.line, "end": d.end_line}},
                }
            )
    yield json.dumps(entries, indent=1) + "\n"
