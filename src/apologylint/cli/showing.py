"""``--show-text``: the prose that was found, as the checks see it."""

from __future__ import annotations

from collections.abc import Iterator

from apologylint.cli.runner import Task
from apologylint.reporters.inert import visible


def prose_of(task: Task) -> Iterator[str]:
    """Each draft of a file under a line with its place."""
    from apologylint.formats import read_drafts
    from apologylint.sources import decode, read_bytes

    raw = task.raw if task.raw is not None else read_bytes(task.path)
    source = decode(raw, task.path, task.config.encoding or None)
    for draft in read_drafts(source, task.config.read_options()):
        first = len(draft.prose) - len(draft.prose.lstrip())
        at = draft.offsets.span(first, first + 1).start if draft.prose.strip() else 0
        line, column = source.lines.position(at)
        name = f" [{visible(draft.id)}]" if draft.id else ""
        yield f"{visible(task.path)}:{line}:{column}{name}\n"
        for text in draft.prose.splitlines():
            if text.strip():
                yield f"    {visible(text)}\n"
