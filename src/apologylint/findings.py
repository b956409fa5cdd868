"""Findings: rules that fired, in prose coordinates."""

from __future__ import annotations

from dataclasses import dataclass

from apologylint.anatomy import Apology
from apologylint.reading import Reading
from apologylint.results import Severity
from apologylint.rules import Rule


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that fired, in prose coordinates.

    Attributes:
        rule: the rule.
        index: sentence it fired in; ``-1`` for the draft as a whole.
        start, end: code points of the prose.
        related: span of the apology it follows, for an explanation.
        apology: the parsed apology it is about, if any.
        probability: of the learned score, if that decided.
        severity: the rule's, or info where the score labels but is not sure enough to warn.
    """

    rule: Rule
    index: int
    start: int
    end: int
    related: tuple[int, int] | None = None
    apology: Apology | None = None
    probability: float = 0.0
    severity: Severity | None = None


def place(reading: Reading, start: int, end: int) -> tuple[int, int]:
    """Prose span of a reading's tokens ``[start, end)``."""
    tokens = reading.tokens
    last = min(max(end - 1, start), len(tokens.ends) - 1)
    return reading.span.start + tokens.starts[start], reading.span.start + tokens.ends[last]
