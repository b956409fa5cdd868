"""What a reply to a complaint lacks or has in the wrong order: opt-in findings that change no label (taxonomy C9xx)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import takewhile

from apologylint.analysis import Analysis
from apologylint.explanations import cued
from apologylint.findings import Finding
from apologylint.labelling import Judge, Judgement
from apologylint.reading import Reading
from apologylint.results import Label


def lacking(analysis: Analysis, judgement: Judgement, judge: Judge, held: Iterable[str]) -> Iterator[Finding]:
    """Findings of the completeness rules: a rule's steps of which the draft holds none, or its arrangement.

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
        if rule.arrangement:
            at = ARRANGEMENTS[rule.arrangement](analysis, judgement)
            if at is not None:
                yield Finding(rule, at.index, at.span.start, at.span.end, severity=rule.severity)
        elif not rule.missing & have:
            yield Finding(rule, -1, first.span.start, first.span.end, severity=rule.severity)


def answers_complaint(analysis: Analysis, judgement: Judgement) -> bool:
    """Whether the draft answers a complaint: it says sorry, pushes back, or the message names a harm."""
    if any(labels - {Label.NEUTRAL} for labels in judgement.labels):
        return True
    if any(a.object == "hearing" for r in analysis.readings for a in r.apologies):
        return True
    lexicon = analysis.engine.pack.lexicon
    return analysis.message is not None and bool(lexicon.present(("harm", "emotion"), sorted(analysis.message.words)))


# "I'm sorry about this", "for the situation", "for your bad experience": could stand under any complaint.
_VAGUE = frozenset(
    "this that it all any the a an your our such situation issue issues problem problems matter experience bad poor "
    "inconvenience trouble caused you for about with to regarding over so very much again "
    "we i are am sorry apologise apologize apologies apology regret my sincere sincerely sincerest deeply deepest "
    "really truly terribly extremely accept owe want would like do please offer must can only 's".split()
)
# An apology is to stand in one of the first three sentences, a greeting not counted.
_SOON = 3
_MANY = 3


def _apology_late(analysis: Analysis, judgement: Judgement) -> Reading | None:
    """The first real apology, when it is not among the first three sentences."""
    body = [r for r in analysis.readings if not r.silent and not (r.index == 0 and len(r.words) <= _SOON + 1)]
    for place, reading in enumerate(body):
        if Label.REAL_APOLOGY in judgement.labels[reading.index]:
            return reading if place >= _SOON else None
    return None


def _apology_vague(analysis: Analysis, judgement: Judgement) -> Reading | None:
    """The first real apology, when none of them says what it is for."""
    real = [r for r in analysis.readings if Label.REAL_APOLOGY in judgement.labels[r.index]]
    for reading in real:
        named = any(
            not _VAGUE.issuperset(w for w in reading.tokens.words[a.start : a.end] if w[0].isalpha())
            for a in reading.apologies
        )
        if named or not reading.apologies or reading.moves(("own",)):
            return None
    return real[0] if real else None


def _cause_first(analysis: Analysis, judgement: Judgement) -> Reading | None:
    """A cause before the first apology, when the customer did not ask."""
    if analysis.customer_asked or not analysis.apologises:
        return None
    before = takewhile(lambda r: not r.apologises, analysis.readings)
    return next((r for r in before if not r.silent and cued(r)), None)


def _causes_many(analysis: Analysis, judgement: Judgement) -> Reading | None:
    """The third sentence that explains, when the customer did not ask."""
    if analysis.customer_asked:
        return None
    causes = [r for r in analysis.readings if not r.silent and (judgement.explanations[r.index] or cued(r))]
    return causes[_MANY - 1] if len(causes) >= _MANY else None


ARRANGEMENTS: Mapping[str, Callable[[Analysis, Judgement], Reading | None]] = {
    "apology-late": _apology_late,
    "apology-vague": _apology_vague,
    "cause-first": _cause_first,
    "causes-many": _causes_many,
}
