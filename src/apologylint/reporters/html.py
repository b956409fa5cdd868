"""One self-contained page: no script, no network, nothing that a reply or a path could smuggle in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from apologylint.reporters.base import CheckedFile, Run, plural
from apologylint.reporters.inert import xml
from apologylint.results import Diagnostic, Report

_CSS = """
body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#222;background:#fff}
h2{font-size:1.1rem;border-bottom:1px solid #ccc;overflow-wrap:anywhere}
table{border-collapse:collapse}td,th{padding:.2rem .8rem;text-align:left;border-bottom:1px solid #ddd}
article{margin:1rem 0;padding:.6rem 1rem;border-left:.3rem solid #888;background:#f7f7f7}
.error{border-color:#b00020}.warning{border-color:#b8860b}.info{border-color:#1565c0}
del{background:#fdd;text-decoration:none}ins{background:#dfd;text-decoration:none}
code{font-size:.9em}p{margin:.3rem 0}.quiet{color:#666}
@media(prefers-color-scheme:dark){body{color:#ddd;background:#1b1b1b}article{background:#262626}
del{background:#5a1a1a}ins{background:#1a4a1a}.quiet{color:#999}}
""".strip().replace("\n", "")


def render(run: Run) -> Iterator[str]:
    """The page, a file at a time."""
    counts = run.counts()
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    # The policy forbids every load, so that even a mistake in escaping could not run or fetch anything.
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
    yield '<meta name="viewport" content="width=device-width">\n'
    yield f"<title>apologylint report</title>\n<style>{_CSS}</style>\n</head>\n<body>\n<h1>apologylint report</h1>\n"
    yield (
        f"<p>{plural(counts['error'], 'error')}, {plural(counts['warning'], 'warning')}, {counts['info']} info "
        f"in {plural(len(run.files), 'file')}.</p>\n"
    )
    yield from _verdicts(run)
    for file in run.files:
        yield from _file(file)
    if run.errors:
        yield "<h2>Not checked</h2>\n<ul>\n"
        for error in run.errors:
            yield f"<li>{xml(error)}</li>\n"
        yield "</ul>\n"
    yield f'<p class="quiet">apologylint {xml(run.version)}</p>\n</body>\n</html>\n'


def _verdicts(run: Run) -> Iterator[str]:
    verdicts = Counter(report.verdict.label.value for file in run.files for report in file.reports)
    if not verdicts:
        return
    yield "<table>\n<tr><th>verdict</th><th>drafts</th></tr>\n"
    for label, count in sorted(verdicts.items(), key=lambda item: (-item[1], item[0])):
        yield f"<tr><td>{label}</td><td>{count}</td></tr>\n"
    yield "</table>\n"


def _file(file: CheckedFile) -> Iterator[str]:
    reports = [report for report in file.reports if report.diagnostics]
    if not reports:
        return
    yield f"<h2>{xml(file.path)}</h2>\n"
    for report in reports:
        if report.id:
            yield f'<h3>{xml(report.id)} <small class="quiet">{report.verdict.label.value}</small></h3>\n'
        for d in report.diagnostics:
            yield from _diagnostic(file, report, d)


def _diagnostic(file: CheckedFile, report: Report, d: Diagnostic) -> Iterator[str]:
    yield f'<article class="{d.severity.value}">\n'
    yield f"<p><strong>{xml(d.message)}</strong></p>\n"
    yield f'<p class="quiet">{d.severity.value} <code>{xml(d.rule)}</code>, line {d.line}, column {d.column}</p>\n'
    before, after = _context(file, report, d)
    yield f"<p>{xml(before)}<del>{xml(d.text)}</del>{xml(after)}</p>\n"
    if d.why.strip():
        yield f"<p>{xml(' '.join(d.why.split()))}</p>\n"
    for suggestion in d.suggestions:
        if suggestion.replacement:
            yield f"<p>Better: <ins>{xml(suggestion.replacement)}</ins> {xml(suggestion.message)}</p>\n"
        else:
            yield f"<p>Better: {xml(suggestion.message)}</p>\n"
    yield "</article>\n"


def _context(file: CheckedFile, report: Report, d: Diagnostic) -> tuple[str, str]:
    """The rest of the sentence around a diagnostic."""
    if file.source is None:
        return "", ""
    for sentence in report.sentences:
        if sentence.start <= d.start < sentence.end:
            return file.source.text[sentence.start : d.start], file.source.text[d.end : max(sentence.end, d.end)]
    return "", ""
