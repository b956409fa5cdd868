"""A summary for a pull request comment or ``$GITHUB_STEP_SUMMARY``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from apologylint.reporters.base import Run, plural
from apologylint.reporters.inert import markdown

# GitHub refuses a step summary above 1 MB; a table longer than this is read by nobody anyway.
_MOST_ROWS = 500


def render(run: Run) -> Iterator[str]:
    """A headline, a table of verdicts, a table of diagnostics."""
    counts = run.counts()
    yield "## apologylint\n\n"
    yield (
        f"{plural(counts['error'], 'error')}, {plural(counts['warning'], 'warning')}, {counts['info']} info "
        f"in {plural(len(run.files), 'file')}.\n"
    )
    verdicts = Counter(report.verdict.label.value for file in run.files for report in file.reports)
    if verdicts:
        yield "\n| verdict | drafts |\n|---|---:|\n"
        for label, count in sorted(verdicts.items(), key=lambda item: (-item[1], item[0])):
            yield f"| {label} | {count} |\n"
    rows = list(run.diagnostics())
    if rows:
        yield "\n| place | severity | rule | what |\n|---|---|---|---|\n"
        for file, d in rows[:_MOST_ROWS]:
            place = f"{file.path}:{d.line}:{d.column}" + (f" ({d.draft})" if d.draft else "")
            yield f"| {markdown(place)} | {d.severity.value} | {markdown(d.rule)} | {markdown(d.message)} |\n"
        if len(rows) > _MOST_ROWS:
            yield f"\n... and {len(rows) - _MOST_ROWS} more.\n"
    if run.errors:
        yield "\n### Not checked\n\n"
        for error in run.errors:
            yield f"- {markdown(error)}\n"
