"""For people: the line, a mark under the words, why it hurts, better wording. And a quiet word for a good reply."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from apologylint.reporters.ansi import Style
from apologylint.reporters.base import CheckedFile, Run, plural
from apologylint.reporters.inert import cells, visible
from apologylint.results import Applicability, Diagnostic, Label, Report, Suggestion

_WIDTH = 100
# More than this from one file says "this is not a file of replies", and buries the other files.
_MOST = 1000
# Above this many good replies their lines would hide what needs work; a count is enough.
_MOST_GOOD = 10


def render(run: Run) -> Iterator[str]:
    """Diagnostics file by file, good news, then one line of counts."""
    paint = Style(run.color)
    # "why" is the same paragraph for every hit of a rule: told once a run.
    told: set[str] = set()
    for file in run.files:
        found = [(report, d) for report in file.reports for d in report.diagnostics]
        for number, (report, d) in enumerate(found):
            if number == _MOST:
                yield f"{visible(file.path)}: {plural(len(found) - _MOST, 'diagnostic')} more, not shown\n\n"
                break
            yield from _diagnostic(file, report, d, paint, d.rule not in told)
            told.add(d.rule)
    if run.good_news:
        yield from _good_news(run, paint)
    yield _counts(run, paint)


def _diagnostic(file: CheckedFile, report: Report, d: Diagnostic, paint: Style, why: bool) -> Iterator[str]:
    place = f"{visible(file.path)}:{d.line}:{d.column}"
    draft = f" [{visible(d.draft)}]" if d.draft else ""
    severity = paint(d.severity.value, d.severity.value)
    yield f"{paint(place, 'bold')}: {severity} {paint(visible(d.rule), 'cyan')}{draft}\n"
    yield f"  {visible(d.message)}\n"
    yield from _snippet(file, d, paint)
    for related in d.related:
        yield f"  {paint('see', 'dim')}: line {related.line}: {visible(related.message)}\n"
    if why and d.why.strip():
        yield from _paragraph("why", d.why, paint)
    for suggestion in d.suggestions:
        yield from _better(file, report, d, suggestion, paint)
    yield "\n"


def _better(file: CheckedFile, report: Report, d: Diagnostic, s: Suggestion, paint: Style) -> Iterator[str]:
    head = paint("better", "green")
    if s.replacement is None:
        yield from _wrap(f"  {head}: ", visible(s.message), 10)
        return
    note = " (--fix)" if s.applicability is Applicability.SAFE else ""
    yield from _wrap(f"  {head}: ", f'"{visible(_rewritten(file, report, d, s, s.replacement))}"{note}', 10)
    if s.message:
        yield from _wrap("          ", visible(s.message), 10)


def _rewritten(file: CheckedFile, report: Report, d: Diagnostic, s: Suggestion, replacement: str) -> str:
    """The whole sentence with the better words in it: a lone "the" tells nobody where it goes."""
    if file.source is None:
        return replacement
    text = file.source.text
    bounds = next(((x.start, x.end) for x in report.sentences if x.start <= d.start < x.end), (d.start, d.end))
    start, end = min(bounds[0], s.start), max(bounds[1], s.end)
    return " ".join(f"{text[start : s.start]}{replacement}{text[s.end : end]}".split())


def _paragraph(head: str, text: str, paint: Style) -> Iterator[str]:
    yield from _wrap(f"  {paint(head, 'dim')}: ", visible(" ".join(text.split())), len(head) + 4)


def _wrap(head: str, text: str, indent: int) -> Iterator[str]:
    import textwrap  # nothing to say, nothing to wrap

    lines = textwrap.wrap(text, _WIDTH - indent, break_long_words=False, break_on_hyphens=False) or [""]
    yield f"{head}{lines[0]}\n"
    for line in lines[1:]:
        yield f"{' ' * indent}{line}\n"


def _snippet(file: CheckedFile, d: Diagnostic, paint: Style) -> Iterator[str]:
    """Show the line with carets; a long line is cut to a window around the span, a long span to its first line."""
    line = file.line(d.line)
    if not line:
        return
    start = d.column - 1
    stop = d.end_column - 1 if d.end_line == d.line else len(line)
    stop = max(stop, start + 1)
    lo = 0 if len(line) <= _WIDTH else max(0, min(start - 30, len(line) - _WIDTH))
    hi = min(len(line), lo + _WIDTH)
    stop = min(stop, hi)
    before, marked, after = (
        visible(part.replace("\t", " ")) for part in (line[lo:start], line[start:stop], line[stop:hi])
    )
    head, tail = "..." if lo else "", "..." if hi < len(line) else ""
    gutter = f"{d.line:>5} | "
    yield f"{paint(gutter, 'dim')}{head}{before}{paint(marked, d.severity.value)}{after}{tail}\n"
    caret = "^" * max(cells(marked), 1)
    yield f"{' ' * (len(gutter) - 2)}{paint('|', 'dim')} {' ' * (len(head) + cells(before))}"
    yield f"{paint(caret, d.severity.value)}{paint(' ...', 'dim') if d.end_line != d.line else ''}\n"


def _good_news(run: Run, paint: Style) -> Iterator[str]:
    good = [(file, report) for file in run.files for report in file.reports if is_good(report)]
    if len(good) > _MOST_GOOD:
        yield paint(f"{plural(len(good), 'reply')} with a real apology and nothing to mend\n", "dim")
        return
    for file, report in good:
        draft = f" [{visible(report.id)}]" if report.id else ""
        yield f"{paint(f'{visible(file.path)}{draft}: {praise(report)}', 'dim')}\n"


def is_good(report: Report) -> bool:
    """Whether a draft apologises for real and nothing at warning or above was said about it."""
    return (
        report.verdict.label is Label.REAL_APOLOGY
        and not report.premature_explanation
        and all(d.severity.rank < 2 for d in report.diagnostics)
    )


def praise(report: Report) -> str:
    """Name what is right: real apology, owned, remedy offered."""
    steps = {step.step for step in report.steps}
    words = ["real apology"]
    if "own" in steps:
        words.append("owned")
    if steps & {"remedy", "offer"}:
        words.append("remedy offered")
    if "prevent" in steps:
        words.append("prevention named")
    return ", ".join(words)


def _counts(run: Run, paint: Style) -> str:
    counts: Counter[str] = run.counts()
    drafts = sum(len(file.reports) for file in run.files)
    files = sum(1 for file in run.files if file.error is None)
    where = f"{plural(drafts, 'draft')} in {plural(files, 'file')}"
    unread = len(run.errors)
    tail = f", {plural(unread, 'file')} not checked" if unread else ""
    silenced = sum(file.silenced for file in run.files)
    if silenced:
        tail += f", {silenced} silenced"
    if unread and not files:
        return paint(f"{plural(unread, 'file')} not checked.\n", "bold")
    if not files:
        return "Nothing was checked.\n"
    if not sum(counts.values()):
        news = "Nothing new" if silenced else "Nothing to mend"
        return paint(f"{news}: {where}{tail}.\n", "dim" if unread else "green")
    parts = [plural(counts[name], name) for name in ("error", "warning") if counts[name]]
    if counts["info"]:
        parts.append(f"{counts['info']} info")
    return paint(f"{', '.join(parts)}: {where}{tail}.\n", "bold")
