"""Labels: two pure precedence tables (guideline A.2, A.4) over what the rules and the score found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from apologylint.results import Label, Verdict

SENTENCE_PRECEDENCE = (Label.DEFENSIVE, Label.NON_APOLOGY, Label.FAKE_APOLOGY, Label.REAL_APOLOGY)
DRAFT_PRECEDENCE = (Label.DEFENSIVE, Label.REAL_APOLOGY, Label.NON_APOLOGY, Label.FAKE_APOLOGY)


def primary(labels: Iterable[Label]) -> Label:
    """Primary label of a sentence's label set: the worst counts, neutral if there is none."""
    present = set(labels)
    return next((label for label in SENTENCE_PRECEDENCE if label in present), Label.NEUTRAL)


def verdict(primaries: Sequence[Label]) -> Verdict:
    """Verdict of a draft: one defensive sentence colours it, else one real apology saves it (guideline A.4)."""
    present = set(primaries)
    label = next((label for label in DRAFT_PRECEDENCE if label in present), Label.NEUTRAL)
    return Verdict(label, tuple(i for i, p in enumerate(primaries) if p is label))
