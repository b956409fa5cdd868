"""One report of a draft with branches, from the reports of the replies it makes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace

from apologylint.classify import SENTENCE_PRECEDENCE, primary
from apologylint.results import Diagnostic, Label, Report, Sentence, Step, Verdict


def merged(reports: Sequence[Report], once: Collection[str]) -> Report:
    """All that the reports say, each thing once.

    The verdict is the worst, defensive before non-apology before fake-apology; a real apology counts for more than
    neutral, which says nothing about a reply. A recovery step is held when every path holds it.

    Args:
        reports: of the paths of one draft, one at least; of these ``suppressed`` is the largest count.
        once: rules that speak of a draft as a whole, wherever they say it; of these the first diagnostic is kept.
    """
    verdicts = {report.verdict.label for report in reports}
    label = next((each for each in SENTENCE_PRECEDENCE if each in verdicts), Label.NEUTRAL)
    sentences = _sentences(s for report in reports for s in report.sentences)
    places = {(s.start, s.end): index for index, s in enumerate(sentences)}
    evidence = {
        places[s.start, s.end]
        for report in reports
        if report.verdict.label is label
        for s in map(report.sentences.__getitem__, report.verdict.sentences)
    }
    return Report(
        path=reports[0].path,
        id=reports[0].id,
        verdict=Verdict(label, tuple(sorted(evidence))),
        premature_explanation=any(report.premature_explanation for report in reports),
        sentences=sentences,
        diagnostics=_diagnostics((d for report in reports for d in report.diagnostics), once),
        language=next((r.language for r in reports if r.language == "en"), reports[0].language),
        suppressed=max(report.suppressed for report in reports),
        approved=tuple(sorted({wording for report in reports for wording in report.approved})),
        find_steps=_steps(reports),
    )


def _sentences(sentences: Iterable[Sentence]) -> tuple[Sentence, ...]:
    """In order of position. Sentences that only part of the way share may overlap."""
    found: dict[tuple[int, int], Sentence] = {}
    for one in sentences:
        other = found.get((one.start, one.end), one)
        labels = one.labels | other.labels
        if len(labels) > 1:
            labels -= {Label.NEUTRAL}
        early = one.premature_explanation or other.premature_explanation
        found[one.start, one.end] = Sentence(one.start, one.end, primary(labels), labels, early)
    return tuple(found[place] for place in sorted(found))


def _diagnostics(diagnostics: Iterable[Diagnostic], once: Collection[str]) -> tuple[Diagnostic, ...]:
    """Of the same rule at the same place the loudest, with what all of them propose and relate to."""
    found: dict[tuple[str, int, int], Diagnostic] = {}
    for one in diagnostics:
        place = (one.rule, one.start, one.end)
        other = found.get(place)
        if other is None or other == one:
            found[place] = one
            continue
        loud = max(other, one, key=lambda d: d.severity.rank)
        # A rewrite must be right for every customer who gets it.
        both = tuple(s for s in loud.suggestions if s in other.suggestions and s in one.suggestions)
        found[place] = replace(loud, suggestions=both, related=tuple(dict.fromkeys((*other.related, *one.related))))
    out: list[Diagnostic] = []
    said: set[str] = set()
    for one in sorted(found.values(), key=lambda d: (d.start, d.end, d.rule)):
        if one.rule not in said:
            out.append(one)
        if one.rule in once:
            said.add(one.rule)
    return tuple(out)


def _steps(reports: Sequence[Report]) -> Callable[[], tuple[Step, ...]]:
    def find() -> tuple[Step, ...]:
        held = set.intersection(*({step.step for step in report.steps} for report in reports))
        steps = {step for report in reports for step in report.steps if step.step in held}
        return tuple(sorted(steps, key=lambda s: (s.start, s.end, s.step)))

    return find
