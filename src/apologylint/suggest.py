"""Better wording, made from the draft's own words where that is safe.

Only rewrites that come out clean are offered: each is judged again before it is shown (see ``diagnose``).
"""

from __future__ import annotations

from dataclasses import dataclass

from apologylint.findings import Finding
from apologylint.reading import Reading
from apologylint.results import Applicability

_DEFINITE = frozenset("this that it there our the we my these those i".split())
_DOUBTS = {("may", "have"), ("might", "have"), ("could", "have")}
_HEDGES = (("i", "guess"), ("i", "suppose"), ("kind", "of"), ("sort", "of"), ("kinda",), ("sorta",))


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A replacement for ``[start, end)`` of the sentence's own text."""

    start: int
    end: int
    replacement: str
    message: str
    applicability: Applicability


def rewrite(reading: Reading, finding: Finding) -> Rewrite | None:
    """A mechanical rewrite of the apology a finding is about, or ``None``."""
    apology = finding.apology
    if apology is None:
        return None
    tokens = reading.tokens
    words, starts, ends = tokens.words, tokens.starts, tokens.ends
    lo, hi = apology.start, min(apology.end, len(words))
    edits: list[tuple[int, int, str]] = []
    applicability = Applicability.NEEDS_REVIEW
    message = ""
    for at in range(lo, hi):
        after = words[at + 1] if at + 1 < hi else ""
        if words[at] == "if" and apology.object == "condition" and after in _DEFINITE:
            # "Sorry that that was late" is no English.
            edits.append((starts[at], starts[at + 1], "") if after == "that" else (starts[at], ends[at], "that"))
            message = "drop the condition"
            applicability = Applicability.SAFE
        elif words[at] == "any" and after and after.isalpha():
            if apology.object == "condition":
                gone = starts[at + 1] if at + 1 < len(starts) else ends[at]
                edits.append((starts[at], gone, ""))
            else:
                edits.append((starts[at], ends[at], "the"))
                message = message or 'say "the": it did happen'
                applicability = Applicability.NEEDS_REVIEW
        elif (words[at], after) in _DOUBTS and at + 2 < hi:
            edits.append((starts[at], starts[at + 2], ""))
            message = message or "say that it happened"
            applicability = Applicability.NEEDS_REVIEW
    if apology.mood == "hedged":
        for hedge in _HEDGES:
            size = len(hedge)
            for at in range(max(0, lo - 3), hi - size + 1):
                if tuple(words[at : at + size]) == hedge:
                    begin, end = starts[at], starts[at + size] if at + size < len(starts) else ends[at + size - 1]
                    edits.append((begin, end, ""))
                    message = "take the hedge out"
    if not edits:
        return None
    edits.sort()
    begin, end = edits[0][0], edits[-1][1]
    out: list[str] = []
    at = begin
    for first, last, text in edits:
        out += (reading.text[at:first], text)
        at = last
    return Rewrite(begin, end, "".join(out), message or "say it plainly", applicability)
