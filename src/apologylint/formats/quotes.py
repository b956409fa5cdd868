"""The customer's own words in plain text: quoted lines, and what follows "On ... wrote:"."""

from __future__ import annotations

import re
from collections.abc import Callable

from apologylint.later import later_re
from apologylint.spans import Span

_LINES = later_re(r"^[ \t]{0,3}>[^\r\n]*(?:\r\n|\r|\n|\Z)", re.MULTILINE)
_ATTRIBUTION = later_re(
    r"^[ \t>]{0,9}(?:On\b[^\r\n]{4,200}|[^\r\n]{0,120}\d[^\r\n]{0,120})"
    r"(?:\r?\n[^\r\n]{0,100})?\bwrote:[ \t]*(?:\r\n|\r|\n|\Z)",
    re.MULTILINE,
)
_ORIGINAL = later_re(
    r"^[ \t]{0,3}(?:-{2,}[ \t]*(?:Original|Forwarded) (?:Message|Appointment|message)[ \t]*-{2,}"
    r"|_{10,}[ \t]*\r?\n[ \t]*From:)",
    re.MULTILINE | re.IGNORECASE,
)
_SIGNS = re.compile(r"^[ \t]{0,3}>|wrote:|^[ \t]{0,3}(?:--|__)", re.MULTILINE).search


def may_quote(text: str) -> bool:
    """A cheap test: nearly every reply is free of quotes."""
    return ">" in text or "wrote:" in text or "--" in text or "__" in text


def quoted_spans(text: str) -> tuple[Span, ...]:
    """Runs of quoted text, in order."""
    if not may_quote(text) or not _SIGNS(text):
        return ()
    spans: list[Span] = [Span(*match.span()) for match in _LINES.finditer(text)]
    end = len(text)
    last_marked = spans[-1].start if spans else -1
    original = _ORIGINAL.search(text)
    if original:
        spans.append(Span(original.start(), end))
    for match in _ATTRIBUTION.finditer(text) if "wrote:" in text else ():
        # Marked lines after it are quoted one by one, so that answers between them stay the writer's.
        spans.append(Span(match.start(), match.end() if match.end() <= last_marked else end))
    return _united(spans, text.__getitem__)


def _united(spans: list[Span], read: Callable[[slice], str]) -> tuple[Span, ...]:
    """In order; those that touch, or have only blank lines between them, become one."""
    out: list[Span] = []
    for span in sorted(spans):
        if out and (span.start <= out[-1].end or not read(slice(out[-1].end, span.start)).strip()):
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return tuple(out)
