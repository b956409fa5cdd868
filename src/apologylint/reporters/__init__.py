"""Outputs. One format a file; each is a pure function from a :class:`~apologylint.reporters.base.Run` to text."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from apologylint.reporters.base import Run

__all__ = ["FORMATS", "render"]

# Name to module and what it is for. Modules are imported when asked for: nobody pays for eleven others.
FORMATS: dict[str, str] = {
    "full": "for people: the line, a mark under the words, why, better wording",
    "concise": "one line each: path:line:col: severity rule message",
    "json": "everything, in one versioned object",
    "jsonl": "one draft a line",
    "github": "annotations on a GitHub pull request",
    "gitlab": "GitLab Code Quality report",
    "sarif": "SARIF 2.1.0, for code scanning",
    "junit": "JUnit XML, for test reports",
    "checkstyle": "Checkstyle XML, for Jenkins and others",
    "rdjson": "Reviewdog Diagnostic Format",
    "markdown": "a summary table, for a pull request or a job page",
    "html": "one page to read and to send, without scripts or network",
}


def render(name: str, run: Run) -> Iterator[str]:
    """Text of a run in a format of :data:`FORMATS`, in pieces."""
    module = import_module(f"apologylint.reporters.{name}_" if name == "json" else f"apologylint.reporters.{name}")
    pieces: Iterator[str] = module.render(run)
    return pieces
