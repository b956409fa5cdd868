"""One draft a line, as in the JSON object, with its path; a file that could not be read is a line of its own."""

from __future__ import annotations

import json
from collections.abc import Iterator

from apologylint.reporters.base import Run


def render(run: Run) -> Iterator[str]:
    """Lines of JSON, ASCII only."""
    for file in run.files:
        if file.error is not None:
            yield json.dumps({"path": file.path, "error": file.error}) + "\n"
        for report in file.reports:
            yield json.dumps({"path": file.path, "error": None, **report.to_dict()}) + "\n"
