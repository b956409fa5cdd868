"""From readings to labels: what an apology's continuation does, which rules fire, which sentences explain too early."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from apologylint.analysis import Analysis, Engine, Reading
from apologylint.anatomy import Apology
from apologylint.classify import primary
from apologylint.language import Tokens
from apologylint.results import Label, Severity
from apologylint.rules import Rule
from apologylint.stance import TARGETS

# Probability of the score from which an excuse is worth a warning.
SURE = 0.5
_REQUESTS = frozenset(
    "could can would please what which who whom whose where when did do does may might is are was has have how "
    "kindly".split()
)
_INTENT = frozenset("mean meant intend intended intention".split())
_WARM = frozenset(
    "glad thanks thank appreciate happy hope hoping delighted pleased grateful good great rest assure promise".split()
)


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


@dataclass(frozen=True, slots=True)
class Judgement:
    """Label sets and explanation flags by sentence, and all findings in order of position."""

    labels: tuple[frozenset[Label], ...]
    explanations: tuple[bool, ...]
    findings: tuple[Finding, ...]


class Judge:
    """The rules of a pack, sorted by what they look at."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        rules = list(engine.pack.rules.values())
        self.apology_rules = [r for r in rules if r.apology]
        self.score_rules = [r for r in rules if r.score and r.score != "explanation"]
        self.explanation_rules = [r for r in rules if r.score == "explanation"]
        self.counting_rules = [r for r in rules if r.more_than]
        self.completeness_rules = [r for r in rules if r.missing]

    def judge(self, analysis: Analysis) -> Judgement:
        """Labels, flags and findings of a draft."""
        labels: list[set[Label]] = []
        findings: list[Finding] = []
        for reading in analysis.readings:
            found: set[Label] = set()
            if not reading.silent:
                for finding in self._sentence(analysis, reading):
                    findings.append(finding)
                    if finding.rule.sets_label and finding.rule.label is not None:
                        found.add(finding.rule.label)
                        if finding.rule.label is Label.NON_APOLOGY:
                            found -= {Label.REAL_APOLOGY} if finding.rule.apology else set()
            labels.append(found)
        findings = [f for f in findings if self._in_scope(f, labels)]
        labels = self._relabel(len(labels), findings)
        explanations = [False] * len(labels)
        for finding in self._explanations(analysis, labels):
            explanations[finding.index] = True
            findings.append(finding)
        findings += self._counted(analysis)
        findings.sort(key=lambda f: (f.start, f.end, f.rule.name))
        return Judgement(
            tuple(frozenset(s) or frozenset([Label.NEUTRAL]) for s in labels), tuple(explanations), tuple(findings)
        )

    def _sentence(self, analysis: Analysis, reading: Reading) -> Iterator[Finding]:
        apologies = reading.apologies
        score = self.engine.score
        probabilities = analysis.probabilities(reading)
        for apology in apologies:
            continuation = self.continuation(reading, apology, probabilities)
            for rule in self.apology_rules:
                if _fits(rule, apology, continuation) and not self._own_moves(rule, reading):
                    start, end = _place(reading, apology.start, apology.focus)
                    severity = rule.severity
                    if continuation == "excuse" and severity is not None and rule.label is Label.NON_APOLOGY:
                        # Whether it is an excuse was the score's word: warn only when it is more likely than not.
                        severity = severity if probabilities[TARGETS.index("non-apology")] >= SURE else Severity.INFO
                    yield Finding(rule, reading.index, start, end, apology=apology, severity=severity)
        for match in reading.matches:
            if self._own_moves(match.rule, reading):
                continue
            start, end = _place(reading, match.start, match.end)
            yield Finding(match.rule, reading.index, start, end, severity=match.rule.severity)
        for rule in self.score_rules:
            if rule.score != "defensive" and apologies:
                # Where a device is parsed the tables decide; the score speaks for sentences without one.
                continue
            probability = probabilities[TARGETS.index(rule.score)]
            if probability >= score.threshold(rule.score):
                if _vetoed(rule.score, reading):
                    continue
                sure = probability >= score.threshold(rule.score, "warning")
                severity = rule.severity if sure or rule.severity is None else Severity.INFO
                yield Finding(rule, reading.index, *reading.span, probability=probability, severity=severity)

    def _own_moves(self, rule: Rule, reading: Reading) -> bool:
        """Whether a move in the same sentence switches the rule off."""
        return bool(rule.scope.unless_own_moves) and bool(reading.moves(rule.scope.unless_own_moves))

    def continuation(self, reading: Reading, apology: Apology, probabilities: Sequence[float]) -> str:
        """What the clause joined to an apology does: none, question, refusal, remedy, own-fault, excuse or other."""
        at = apology.continuation
        if at is None:
            return "none"
        tokens = reading.tokens
        words = tokens.words[at:]
        if not any(w[0].isalpha() for w in words):
            return "none"
        lexicon = self.engine.pack.lexicon
        if words[0] in _REQUESTS and (
            apology.connector != "contrast" or words[0] in {"please", "kindly", "could", "can"}
        ):
            return "question"
        if tokens.words[-1] == "?" and apology.object == "nothing":
            return "question"
        head = words[:8]
        gives_cause = apology.object != "nothing" and apology.connector == "cause"
        cannot = "can" in head and ("not" in head or "only" in head)
        if not gives_cause and (cannot or any(lexicon.match("refuse", words, k) for k in range(len(head)))):
            return "refusal"
        moves = self.engine.patterns.moves(tokens, ("remedy", "next-step"))
        if any(m.start >= at for m in moves):
            return "remedy"
        if apology.object == "nothing" and (
            words[0] in {"your", "something"}
            or any(lexicon.match("harm", words, k) for k in (1, 2) if words[0] in {"the", "this", "that", "my", "our"})
        ):
            # "Sorry, your parcel is late" names the failure: what, not why (guideline P4).
            return "own-fault"
        if words[:2] in (("i", "know"), ("i", "understand"), ("we", "know"), ("we", "understand")):
            return "other"
        if ("not" in words[:5] and set(words[:7]) & _INTENT) or ("never" in words[:4] and set(words[:7]) & _INTENT):
            # "Sorry, we never meant to hurt you": the plea is an add-on (contested case EX066).
            return "other"
        takes_back = apology.connector == "contrast" or apology.object == "nothing"
        is_warm = not _WARM.isdisjoint(words[:4])
        is_excuse = probabilities[TARGETS.index("non-apology")] >= self.engine.score.threshold("non-apology")
        if takes_back and is_excuse and not is_warm:
            return "excuse"
        if words[0] in {"we", "i", "our", "my", "that", "this"} and any(
            lexicon.match("clear-fault", words, k) for k in range(1, min(4, len(words)))
        ):
            return "own-fault"
        return "other"

    def _in_scope(self, finding: Finding, labels: Sequence[set[Label]]) -> bool:
        scope = finding.rule.scope
        if scope.unless_labels:
            near = labels[finding.index] | (labels[finding.index - 1] if finding.index else set())
            if near & scope.unless_labels:
                return False
        return not (scope.unless_draft and any(s & scope.unless_draft for s in labels))

    def _relabel(self, count: int, findings: Iterable[Finding]) -> list[set[Label]]:
        labels: list[set[Label]] = [set() for _ in range(count)]
        emptied: set[int] = set()
        for finding in findings:
            if finding.rule.sets_label and finding.rule.label is not None:
                labels[finding.index].add(finding.rule.label)
                if finding.rule.label is Label.NON_APOLOGY and finding.apology is not None:
                    emptied.add(finding.index)
        for index in emptied:
            # The apology that an excuse takes back is not a real one (guideline A.2, T2e); another in it may be.
            labels[index].discard(Label.REAL_APOLOGY)
        return labels

    def eligible(self, analysis: Analysis, index: int) -> tuple[int, tuple[int, int]] | None:
        """The apology that sentence ``index`` would explain too early: its sentence and prose span (guideline A.3).

        ``None`` when there is none in reach, when a remedy, next step or question stands between, when the customer
        asked, or when the sentence is itself a request.
        """
        reading = analysis.readings[index]
        if reading.silent or analysis.customer_asked:
            return None
        if reading.words[:1] in (["please"], ["kindly"], ["pls"]) or reading.text.rstrip().endswith("?"):
            return None
        own = [a for a in reading.apologies if a.performer == "writer" and reading.apologises]
        if own:
            return index, _place(reading, own[0].start, own[0].focus)
        for back in (1, 2):
            at = index - back
            if at < 0:
                return None
            earlier = analysis.readings[at]
            if earlier.apologises:
                apology = next(a for a in earlier.apologies if a.performer == "writer")
                tail = self.engine.patterns.moves(earlier.tokens, ("remedy", "next-step"))
                if any(m.start >= apology.end for m in tail):
                    return None
                return at, _place(earlier, apology.start, apology.focus)
            if self._blocks(earlier):
                return None
        return None

    def _blocks(self, reading: Reading) -> bool:
        return reading.text.rstrip(" \u200d\"')*").endswith("?") or bool(reading.moves(("remedy", "next-step")))

    def _explanations(self, analysis: Analysis, labels: Sequence[set[Label]]) -> Iterator[Finding]:
        if not self.explanation_rules or not analysis.apologises:
            return
        at = TARGETS.index("explanation")
        for rule in self.explanation_rules:
            threshold = self.engine.score.threshold("explanation")
            for reading in analysis.readings:
                reach = self.eligible(analysis, reading.index)
                if reach is None or not labels[reach[0]] & rule.scope.after:
                    continue
                related = reach[1]
                probability = analysis.probabilities(reading)[at]
                if probability >= threshold or self._cued(reading):
                    start, end = self._cause_span(reading)
                    sure = probability >= self.engine.score.threshold("explanation", "warning") or self._cued(reading)
                    severity = rule.severity if sure else Severity.INFO
                    yield Finding(
                        rule, reading.index, start, end, related=related, probability=probability, severity=severity
                    )

    def _cued(self, reading: Reading) -> bool:
        """Whether a cause is given in so many words, outside what the apology is for, and nobody here takes it on."""
        causes = reading.moves(("explain",))
        if not causes or reading.moves(("own",)):
            return False
        after = max((a.focus for a in reading.apologies if a.performer == "writer"), default=0)
        return any(m.start >= after for m in causes)

    def _cause_span(self, reading: Reading) -> tuple[int, int]:
        """The explaining part: what is joined on, when the apology stands in the same sentence."""
        for apology in reading.apologies:
            if apology.performer == "writer" and apology.end < len(reading.tokens.words):
                at = apology.end
                while at < len(reading.tokens.words) and not reading.tokens.words[at][0].isalnum():
                    at += 1
                if at < len(reading.tokens.words):
                    return reading.span.start + reading.tokens.starts[at], reading.span.end
        return reading.span.start, reading.span.end

    def _counted(self, analysis: Analysis) -> Iterator[Finding]:
        for rule in self.counting_rules:
            places = [r for r in analysis.readings if r.apologises]
            if len(places) > rule.more_than:
                last = places[rule.more_than]
                apology = next(a for a in last.apologies if a.performer == "writer")
                start, end = _place(last, apology.start, apology.focus)
                yield Finding(rule, last.index, start, end, severity=rule.severity)


def _vetoed(target: str, reading: Reading) -> bool:
    """What overrules the score: a request or softened news is no push-back; owned fault is no non-apology."""
    if target == "defensive":
        first = reading.words[:3]
        softened = first[:1] in (["unfortunately"], ["sadly"], ["regrettably"]) or first == ["i", "am", "afraid"]
        return softened or bool(reading.moves(("next-step",)))
    return target == "non-apology" and bool(reading.moves(("own",)))


def _fits(rule: Rule, apology: Apology, continuation: str) -> bool:
    for name, allowed in rule.apology.items():
        value = continuation if name == "continuation" else getattr(apology, name)
        if value not in allowed:
            return False
    return True


def _place(reading: Reading, start: int, end: int) -> tuple[int, int]:
    tokens: Tokens = reading.tokens
    last = min(max(end - 1, start), len(tokens.ends) - 1)
    return reading.span.start + tokens.starts[start], reading.span.start + tokens.ends[last]


def primaries(judgement: Judgement) -> list[Label]:
    """Primary label of each sentence."""
    return [primary(s) for s in judgement.labels]
