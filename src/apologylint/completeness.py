"""What a reply to a complaint lacks: opt-in findings that never change a label (taxonomy C9xx)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from apologylint.analysis import Analysis
from apologylint.findings import Finding
from apologylint.labelling import Judge, Judgement
from apologylint.results import Label


def lacking(analysis: Analysis, judgement: Judgement, judge: Judge, held: Iterable[str]) -> Iterator[Finding]:
    """Findings of the completeness rules: one a rule of whose steps the draft holds none.

    Args:
        analysis: the draft, read.
        judgement: its labels.
        judge: the rules.
        held: steps that the draft holds.
    """
    if not analysis.readings or not answers_complaint(analysis, judgement):
        return
    have = set(held)
    first = next((r for r in analysis.readings if not r.silent), analysis.readings[0])
    for rule in judge.completeness_rules:
        wanted = rule.scope.after
        if wanted and not any(labels & wanted for labels in judgement.labels):
            continue
        if not rule.missing & have:
            yield Finding(rule, -1, first.span.start, first.span.end, severity=rule.severity)


def answers_complaint(analysis: Analysis, judgement: Judgement) -> bool:
    """Whether the draft answers a complaint: it says sorry, pushes back, or the message names a harm."""
    if any(labels - {Label.NEUTRAL} for labels in judgement.labels):
        return True
    if any(a.object == "hearing" for r in analysis.readings for a in r.apologies):
        return True
    lexicon = analysis.engine.pack.lexicon
    return analysis.message is not None and bool(lexicon.present(("harm", "emotion"), sorted(analysis.message.words)))
