"""The parse in plain words: what was seen in each sentence and why it got its label."""

from __future__ import annotations

from apologylint.analysis import Analysis
from apologylint.classify import primary
from apologylint.explanations import eligible
from apologylint.labelling import Judge
from apologylint.results import Label
from apologylint.stance import TARGETS


def explain(analysis: Analysis, judge: Judge) -> str:
    """Sentence by sentence: label, apologies, rules that matched, matches that were vetoed, what moved the score."""
    judgement = judge.judge(analysis)
    lines: list[str] = []
    for reading, labels, explains in zip(analysis.readings, judgement.labels, judgement.explanations, strict=True):
        lines.append(f"{reading.index + 1}. {' '.join(reading.text.split())}")
        names = ", ".join(sorted(labels))
        lines.append(
            f"   label: {primary(labels)}"
            + (f" (set: {names})" if len(labels) > 1 else "")
            + ("; premature explanation" if explains else "")
        )
        if reading.silent:
            lines.append("   the customer's own words: not labelled")
            continue
        probabilities = analysis.probabilities(reading)
        for apology in reading.apologies:
            words = " ".join(reading.tokens.raw[apology.start : apology.end])
            lines.append(
                f'   apology: "{words}": device {apology.device}, by the {apology.performer}, {apology.mood}; '
                f"for: {apology.object}; doubt: {apology.doubt}; then: {apology.connector}, "
                f"{judge.continuation(reading, apology, probabilities)}"
            )
        for finding in judgement.findings:
            if finding.index == reading.index:
                text = " ".join(analysis.prose[finding.start : finding.end].split())
                how = f", score {finding.probability:.2f}" if finding.probability else ""
                quiet = "" if finding.rule.severity else " (no diagnostic)"
                lines.append(f'   matched: {finding.rule.name}{quiet}{how}: "{text}"')
        if reading.anchors:
            for match, veto in judge.engine.patterns.vetoed(reading.tokens):
                lines.append(f'   vetoed: {match.rule.name} ({match.pattern}) by except "{veto.pattern}"')
        for target, probability in zip(TARGETS, probabilities, strict=True):
            threshold = judge.engine.score.threshold(target)
            # Ownership and words in the place of an apology are asked of sentences without one, excuses of the others.
            asked = target in {"defensive", "explanation"} or (target == "excuse") == bool(reading.apologies)
            if asked and probability >= max(0.1, threshold / 2):
                moved = judge.engine.score.contributions(analysis.features(reading), target)
                shown = ", ".join(f"{name} {weight:+.2f}" for name, weight in moved)
                lines.append(f"   score {target}: {probability:.2f} (labels from {threshold:.2f}); moved by {shown}")
        if (
            explains is False
            and eligible(judge.engine, analysis, reading.index) is None
            and Label.REAL_APOLOGY not in labels
            and analysis.apologises
        ):
            lines.append(
                "   an explanation here would not be premature"
                + (": the customer asked" if analysis.customer_asked else "")
            )
    if analysis.message is not None:
        lines.append(
            "customer's message: "
            + ("asks for the reason" if analysis.message.asks_why else "does not ask for the reason")
        )
    return "\n".join(lines) + "\n"
