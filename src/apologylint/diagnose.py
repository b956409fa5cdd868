"""Findings in prose to diagnostics in the source: severities, overlaps, suppressions, suggestions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from apologylint.analysis import Analysis
from apologylint.config import Config
from apologylint.drafts import Draft
from apologylint.findings import Finding
from apologylint.labelling import Judge, Judgement
from apologylint.results import Applicability, Diagnostic, Label, Related, Severity, Suggestion
from apologylint.spans import Span
from apologylint.suggest import rewrite

if TYPE_CHECKING:
    from apologylint.suppressions import Suppressions

LONGEST_QUOTE = 60
# A rewrite costs another reading of the whole draft. A reply has room for hundreds; a book of apologies gets a few, for
# the loudest findings, and the rule's advice for the others.
REREAD = 200_000

#: A rule, and where in the source it fired.
Place = tuple[str, int, int]


def diagnose(
    draft: Draft,
    analysis: Analysis,
    judgement: Judgement,
    judge: Judge,
    config: Config,
    suppressions: Suppressions | None,
) -> tuple[tuple[Diagnostic, ...], set[Place], tuple[str, ...]]:
    """Diagnostics in order of position; what was silenced, by rule and span in the source; approved wordings used."""
    silenced: set[Place] = set()
    used: set[str] = set()
    out: list[Diagnostic] = []
    suggester = _Suggester(draft, analysis, judge)
    for finding, severity in _chosen(judgement.findings, config, draft.id):
        approved = _approved(finding, draft.prose, config.approved)
        if approved:
            used.update(approved)
            silenced.add((finding.rule.name, *draft.offsets.span(finding.start, finding.end)))
            continue
        diagnostic = _diagnostic(finding, severity, draft, suggester, config)
        if suppressions and suppressions.match(
            diagnostic.rule, diagnostic.start, diagnostic.end, diagnostic.line, diagnostic.end_line
        ):
            silenced.add((diagnostic.rule, diagnostic.start, diagnostic.end))
            continue
        out.append(diagnostic)
    out.sort(key=lambda d: (d.start, d.end, d.rule))
    return tuple(out), silenced, tuple(sorted(used))


def _chosen(findings: Sequence[Finding], config: Config, draft_id: str) -> Iterator[tuple[Finding, Severity]]:
    """Findings to report. Of several that say the same of one place the loudest and most exact is kept."""
    ranked: list[tuple[Finding, Severity]] = []
    for finding in findings:
        rule = finding.rule
        severity = config.severity_of(rule.name, rule.label, finding.severity, draft_id)
        if severity is not None:
            ranked.append((finding, severity))
    ranked.sort(key=lambda item: (bool(item[0].rule.score), -item[1].rank, item[0].start, item[0].rule.name))
    kept: list[tuple[Finding, Severity]] = []
    for finding, severity in ranked:
        if not any(_hides(other, finding) for other, _ in kept):
            kept.append((finding, severity))
            yield finding, severity


def _hides(kept: Finding, other: Finding) -> bool:
    """Whether a kept finding makes another one needless."""
    if kept.index != other.index or kept.index < 0:
        return False
    if other.rule.score:
        # The score speaks of whole sentences: it is silent where a rule with a pattern already says the same; an
        # explanation inside a non-apology or a defence is one fault, not two (guideline A.3).
        if other.rule.score == "explanation":
            return kept.rule.label in {Label.NON_APOLOGY, Label.DEFENSIVE} and kept.severity is not Severity.INFO
        return kept.rule.label is other.rule.label and not (
            kept.severity is Severity.INFO and other.severity is not Severity.INFO
        )
    overlap = kept.start < other.end and other.start < kept.end
    # Rules of one label compete for a place; pieces of advice do not.
    return overlap and kept.rule.group == other.rule.group and kept.rule.label is not None


def _approved(finding: Finding, prose: str, approved: Sequence[str]) -> list[str]:
    """The wordings the configuration allows, word for word, that the finding lies inside of."""
    return [
        wording
        for wording in approved
        if any(m.start() <= finding.start and finding.end <= m.end() for m in _wording(wording).finditer(prose))
    ]


@lru_cache(maxsize=256)
def _wording(wording: str) -> re.Pattern[str]:
    """A wording as it may stand in a reply: whole words, lines broken wherever there is a blank."""
    words = r"\s+".join(map(re.escape, wording.split()))
    head, tail = (r"\b" if end.isalnum() else "" for end in (wording.strip()[0], wording.strip()[-1]))
    return re.compile(f"{head}{words}{tail}")


def _diagnostic(
    finding: Finding, severity: Severity, draft: Draft, suggester: _Suggester, config: Config
) -> Diagnostic:
    rule = finding.rule
    span = draft.offsets.span(finding.start, finding.end)
    lines = draft.source.lines
    line, column = lines.position(span.start)
    end_line, end_column = lines.position(span.end)
    shown = " ".join(draft.prose[finding.start : finding.end].split())
    for hole in draft.holes:
        if finding.start <= hole[0] and hole[1] <= finding.end:
            shown = " ".join(draft.source.text[span.start : span.end].split())
            break
    if len(shown) > LONGEST_QUOTE:
        shown = shown[: LONGEST_QUOTE - 1].rstrip() + "\u2026"
    related: tuple[Related, ...] = ()
    if finding.related is not None:
        there = draft.offsets.span(*finding.related)
        related = (
            Related(
                "the apology it follows",
                there.start,
                there.end,
                *lines.position(there.start),
                *lines.position(there.end),
            ),
        )
    return Diagnostic(
        rule=rule.name,
        label=rule.label,
        severity=severity,
        message=rule.message.replace("{match}", shown),
        start=span.start,
        end=span.end,
        line=line,
        column=column,
        end_line=end_line,
        end_column=end_column,
        text=draft.source.text[span.start : span.end],
        suggestions=suggester.suggestions(finding, span),
        related=related,
        why=rule.why,
        draft=draft.id,
        formerly=config.former_names(rule.name),
    )


class _Suggester:
    """Better wording for the findings of a draft; what it would write is judged first."""

    def __init__(self, draft: Draft, analysis: Analysis, judge: Judge) -> None:
        self._draft = draft
        self._analysis = analysis
        self._judge = judge
        self._readings_left = max(1, REREAD // max(1, len(draft.prose)))

    def suggestions(self, finding: Finding, span: Span) -> tuple[Suggestion, ...]:
        """A rewrite that comes out clean, if there is one, and the rule's own advice."""
        out: list[Suggestion] = []
        if finding.index >= 0:
            reading = self._analysis.readings[finding.index]
            change = rewrite(reading, finding)
            if change is not None:
                begin, end = reading.span.start + change.start, reading.span.start + change.end
                if self._may_edit(begin, end) and self._clean(change.replacement, begin, end, reading.span):
                    there = self._draft.offsets.span(begin, end)
                    out.append(Suggestion(change.message, change.replacement, *there, change.applicability))
        if finding.rule.better:
            out.append(Suggestion(finding.rule.better, None, span.start, span.end, Applicability.NEEDS_REVIEW))
        return tuple(out)

    def _may_edit(self, begin: int, end: int) -> bool:
        touches = any(h[0] < end and begin < h[1] for h in self._draft.holes)
        return not touches and self._draft.offsets.is_verbatim(begin, end)

    def _clean(self, replacement: str, begin: int, end: int, sentence: Span) -> bool:
        """Whether the rewritten sentence is free of errors and warnings in its place."""
        if not self._readings_left:
            return False
        self._readings_left -= 1
        prose = self._draft.prose[:begin] + replacement + self._draft.prose[end:]
        shift = len(replacement) - (end - begin)
        # Only what the rewrite changes is read anew.
        analysis = self._judge.engine.analyse(prose, self._draft.customer_message, known=self._analysis.known)
        limit = Span(sentence.start, sentence.end + shift)
        return not any(
            f.severity is not None and f.severity.rank >= 2 and f.start < limit.end and limit.start < f.end
            for f in self._judge.judge(analysis).findings
        )
