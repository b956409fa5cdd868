"""``--add-ignore``: put a comment above each line that has diagnostics, in the file's own comment syntax."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from apologylint.cli.terminal import note
from apologylint.drafts import Source
from apologylint.errors import ApologylintError
from apologylint.files import replace_file
from apologylint.fixes import encode
from apologylint.formats import format_of
from apologylint.reporters.base import CheckedFile, plural
from apologylint.results import Report

if TYPE_CHECKING:
    from apologylint.cli.check import Outcome
    from apologylint.cli.runner import Task

_COMMENTS = {
    **dict.fromkeys(("markdown", "html", "mjml", "xliff"), "<!-- {} -->"),
    **dict.fromkeys(("yaml", "toml", "properties", "fluent"), "# {}"),
    "po": "# {}",
    "text": "[{}]",
}
_TEMPLATES = {
    **dict.fromkeys((".j2", ".jinja", ".jinja2", ".njk", ".twig"), "{{# {} #}}"),
    **dict.fromkeys((".hbs", ".handlebars"), "{{{{!-- {} --}}}}"),
    ".mustache": "{{{{! {} }}}}",
    ".liquid": "{{% comment %}}{}{{% endcomment %}}",
    ".erb": "<%# {} %>",
}


def add_ignores(outcome: Outcome, reason: str) -> int:
    """Add comments to every file that can hold them; each is checked to do its work before anything is written."""
    if re.search(r"[\r\n]|--|#\}|\}\}|%\}|%>|\]", reason):
        note("--add-ignore: the reason cannot hold a line end, --, or the end of a comment")
        return 2
    tasks = {task.path: task for task in outcome.plan.tasks}
    added = left = 0
    for file in outcome.files:
        before = sum(1 for _ in file.diagnostics())
        if not before:
            continue
        try:
            count, rest = _one_file(outcome, tasks[file.path], file, reason)
        except ApologylintError as error:
            note(str(error))
            outcome.errors.append(str(error))
            count, rest = 0, before
        added += count
        left += rest
    note(f"{plural(added, 'comment')} added")
    if left:
        note(f"{plural(left, 'diagnostic')} left: no comment can stand there (use [[overrides]] or a baseline)")
    return 2 if outcome.errors else int(left > 0)


def _one_file(outcome: Outcome, task: Task, file: CheckedFile, reason: str) -> tuple[int, int]:
    """Comments added, diagnostics left."""
    assert file.source is not None
    comment = _comment(file.source, task)
    lines = sorted({d.line for d in file.diagnostics()}, reverse=True)
    if comment is None or task.raw is not None:
        return 0, sum(1 for _ in file.diagnostics())
    added = 0
    now = file
    # From the bottom up, so that the lines still to come keep their numbers.
    for line in lines:
        rules = sorted({d.rule for d in now.diagnostics() if d.line == line})
        tried = _with_comment(outcome, task, now, line, comment, rules, reason)
        if tried is not None:
            now = tried
            added += 1
    if added:
        assert now.source is not None
        old = encode(file.source, file.source.text)
        replace_file(Path(task.path), encode(file.source, now.source.text), expected=old)
    return added, sum(1 for _ in now.diagnostics())


def _with_comment(
    outcome: Outcome, task: Task, file: CheckedFile, line: int, comment: str, rules: list[str], reason: str
) -> CheckedFile | None:
    source = file.source
    assert source is not None
    words = f"apologylint: ignore-next-line[{', '.join(rules)}]" + (f" -- {reason}" if reason else "")
    start = source.lines.line_start(line)
    indent = re.match(r"[ \t]*", source.text[start:])
    end = next((end for end in ("\r\n", "\n", "\r") if end in source.text), "\n")
    text = source.text[:start] + (indent[0] if indent else "") + comment.format(words) + end + source.text[start:]
    new = Source(source.name, text, encoding=source.encoding, bom=source.bom)
    reports = outcome.runner.check_again(task.path, task.config, new)
    same = _ids(reports) == _ids(file.reports)
    wanted = sum(1 for d in file.diagnostics() if d.line != line)
    after = replace(file, reports=tuple(reports), source=new)
    broken = any(report.error is not None for report in reports)
    # Inside a block scalar or a code fence a comment is text: then it silences nothing, and must not stay.
    return after if same and not broken and sum(1 for _ in after.diagnostics()) == wanted else None


def _comment(source: Source, task: Task) -> str | None:
    suffix = Path(source.name).suffix.lower()
    return _TEMPLATES.get(suffix) or _COMMENTS.get(format_of(source, task.config.read_options()))


def _ids(reports: Sequence[Report]) -> list[str]:
    """Ids of the drafts; a report without sentences may be one about comments, which come and go here."""
    return [report.id for report in reports if report.sentences]
