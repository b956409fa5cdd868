"""Explanations that come too early: which sentences could be one, and which are (guideline A.3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from apologylint.analysis import Analysis, Engine
from apologylint.closed_classes import CONTRAST
from apologylint.findings import Finding, place
from apologylint.reading import Reading
from apologylint.results import Label, Severity
from apologylint.rules import Rule
from apologylint.stance import TARGETS


def eligible(engine: Engine, analysis: Analysis, index: int) -> tuple[int, tuple[int, int]] | None:
    """The apology that sentence ``index`` would explain too early: its sentence and prose span (guideline A.3).

    ``None`` when there is none in reach, when a remedy, next step or question stands between, when the customer
    asked, or when the sentence is itself a request.
    """
    reading = analysis.readings[index]
    if reading.silent or analysis.customer_asked:
        return None
    if reading.words[:1] in (("please",), ("kindly",), ("pls",)) or reading.text.rstrip().endswith("?"):
        return None
    own = [a for a in reading.apologies if a.performer == "writer" and reading.apologises]
    if own:
        return index, place(reading, own[0].start, own[0].focus)
    for back in (1, 2):
        at = index - back
        if at < 0:
            return None
        earlier = analysis.readings[at]
        if earlier.apologises:
            apology = next(a for a in earlier.apologies if a.performer == "writer")
            tail = engine.patterns.moves(earlier.tokens, ("remedy", "next-step"))
            if any(m.start >= apology.end for m in tail):
                return None
            return at, place(earlier, apology.start, apology.focus)
        if _blocks(earlier):
            return None
    return None


def _blocks(reading: Reading) -> bool:
    return reading.text.rstrip(" \u200d\"')*").endswith("?") or bool(reading.moves(("remedy", "next-step")))


def explanations(
    engine: Engine, rules: Sequence[Rule], analysis: Analysis, labels: Sequence[set[Label]]
) -> Iterator[Finding]:
    """Findings of the explanation rules in a draft whose sentences are labelled."""
    if not rules or not analysis.apologises:
        return
    at = TARGETS.index("explanation")
    for rule in rules:
        threshold = engine.score.threshold("explanation")
        for reading in analysis.readings:
            reach = eligible(engine, analysis, reading.index)
            if reach is None or not labels[reach[0]] & rule.scope.after:
                continue
            related = reach[1]
            probability = analysis.probabilities(reading)[at]
            if not cued(reading) and (_acts_first(reading) or _denies(engine, reading, labels[reading.index])):
                continue
            sure = probability >= engine.score.threshold("explanation", "warning") or cued(reading)
            # After "but" stands a counter-claim as often as a cause.
            contrasts = not CONTRAST.isdisjoint(reading.words[:1]) or any(
                a.connector == "contrast" for a in reading.apologies
            )
            if sure or (probability >= threshold and not contrasts):
                start, end = _cause_span(reading)
                severity = rule.severity if sure else Severity.INFO
                yield Finding(
                    rule, reading.index, start, end, related=related, probability=probability, severity=severity
                )


def _acts_first(reading: Reading) -> bool:
    """Whether what comes after the apology is a remedy or a next step before it is anything else."""
    moves = reading.moves(("remedy", "next-step"))
    if reading.apologies:
        after = max((a.continuation or 0 for a in reading.apologies), default=0)
        return after > 0 and any(after <= m.start <= after + 1 for m in moves)
    half = len(reading.tokens.words) // 2
    return any(m.start <= half for m in moves)


def _denies(engine: Engine, reading: Reading, labels: Set[Label]) -> bool:
    """Whether what is set against the apology is no cause: "but it wasn't our fault", "but other guests ..."."""
    after = min((a.end for a in reading.apologies if a.connector == "contrast"), default=-1)
    if after < 0:
        return False
    words, lexicon = reading.tokens.words, engine.pack.lexicon
    compares = any(lexicon.match(name, words, k) for name in ("others", "nobody") for k in range(after, len(words)))
    return compares or Label.DEFENSIVE in labels


def cued(reading: Reading) -> bool:
    """Whether a cause is given in so many words, outside what the apology is for, and nobody here takes it on."""
    causes = reading.moves(("explain",))
    if not causes or reading.moves(("own",)):
        return False
    after = max((a.focus for a in reading.apologies if a.performer == "writer"), default=0)
    return any(m.start >= after for m in causes)


def _cause_span(reading: Reading) -> tuple[int, int]:
    """The explaining part: what is joined on, when the apology stands in the same sentence."""
    for apology in reading.apologies:
        if apology.performer == "writer" and apology.end < len(reading.tokens.words):
            at = apology.end
            while at < len(reading.tokens.words) and not reading.tokens.words[at][0].isalnum():
                at += 1
            if at < len(reading.tokens.words):
                return reading.span.start + reading.tokens.starts[at], reading.span.end
    return reading.span.start, reading.span.end
