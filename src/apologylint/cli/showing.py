"""``--show-text``: the prose that was found, as the checks see it."""

from __future__ import annotations

from collections.abc import Iterator

from apologylint.cli.runner import Task
from apologylint.formats import read_drafts, show_text
from apologylint.reporters.inert import visible


def prose_of(task: Task) -> Iterator[str]:
    """Each draft of a file under a line with its name; stand-ins and quotes are marked."""
    for draft in read_drafts(task.read(), task.config.read_options()):
        for line in show_text(draft).split("\n")[:-1]:
            yield visible(line) + "\n"
