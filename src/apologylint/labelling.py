"""From readings to labels: what an apology's continuation does, which rules fire, and what follows for a draft."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from apologylint.analysis import Analysis, Engine
from apologylint.anatomy import Apology
from apologylint.classify import primary
from apologylint.closed_classes import ASKED_OF, INVERTED, OFFERING, OTHER_PARTIES, SUBJECTS, Words
from apologylint.explanations import explanations
from apologylint.findings import Finding, place
from apologylint.lexicon import Lexicon
from apologylint.reading import Reading
from apologylint.results import Label, Severity
from apologylint.rules import Rule
from apologylint.stance import TARGETS

_REQUESTS = frozenset(
    "could can would please what which who whom whose where when did do does may might is are was has have how "
    "kindly".split()
)
# From so many words on, what stands before a question is a clause of its own.
_CLAUSE = 6
_NEUTRAL = frozenset([Label.NEUTRAL])
_INTENT = frozenset("mean meant intend intended intention".split())
_DONE = frozenset("been had gone come done lost left made got sent taken broken fallen given seen said paid".split())
_MILD_OPENINGS = frozenset("unfortunately sadly regrettably please kindly try ensure perhaps".split())
_THANKS = frozenset("thank thanks appreciate appreciated".split())
_CONTRAST = frozenset("but however though although yet".split())
_WARM = frozenset(
    "glad thanks thank appreciate happy hope hoping delighted pleased grateful good great rest assure promise".split()
)


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
        self.explanation_rules = [r for r in rules if r.score == "explanation"]
        self.counting_rules = [r for r in rules if r.more_than]
        self.completeness_rules = [r for r in rules if r.missing or r.arrangement]

    @cached_property
    def score_rules(self) -> list[tuple[Rule, int, float, float]]:
        """With the place of the target's probability, and from where on it labels and warns."""
        threshold = self.engine.score.threshold
        rules = [r for r in self.engine.pack.rules.values() if r.score and r.score != "explanation"]
        return [(r, TARGETS.index(r.score), threshold(r.score), threshold(r.score, "warning")) for r in rules]

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
        explains = [False] * len(labels)
        for finding in explanations(self.engine, self.explanation_rules, analysis, labels):
            explains[finding.index] = True
            findings.append(finding)
        findings += self._counted(analysis)
        findings.sort(key=lambda f: (f.start, f.end, f.rule.name))
        return Judgement(tuple([frozenset(s) if s else _NEUTRAL for s in labels]), tuple(explains), tuple(findings))

    def _sentence(self, analysis: Analysis, reading: Reading) -> Iterator[Finding]:
        apologies = reading.apologies
        score = self.engine.score
        probabilities = analysis.probabilities(reading)
        for parsed in apologies:
            apology, continuation = self._read_on(reading, parsed, probabilities)
            for rule in self.apology_rules:
                if _fits(rule, apology, continuation) and not self._own_moves(rule, reading):
                    start, end = place(reading, apology.start, apology.focus)
                    severity = rule.severity
                    if continuation == "excuse" and severity is not None and rule.label is Label.NON_APOLOGY:
                        # Whether it is an excuse was the score's word: warn only where that word can be trusted.
                        sure = probabilities[TARGETS.index("excuse")] >= score.threshold("excuse", "warning")
                        severity = severity if sure else Severity.INFO
                    yield Finding(rule, reading.index, start, end, apology=apology, severity=severity)
        for match in reading.matches:
            if self._own_moves(match.rule, reading):
                continue
            start, end = place(reading, match.start, match.end)
            yield Finding(match.rule, reading.index, start, end, severity=match.rule.severity)
        for rule, target, labels, warns in self.score_rules:
            if rule.score != "defensive" and apologies:
                # Where a device is parsed the tables decide; the score speaks for sentences without one.
                continue
            probability = probabilities[target]
            if probability >= labels:
                if _vetoed(rule.score, reading):
                    continue
                sure = probability >= warns
                severity = rule.severity if sure or rule.severity is None else Severity.INFO
                yield Finding(rule, reading.index, *reading.span, probability=probability, severity=severity)

    def _own_moves(self, rule: Rule, reading: Reading) -> bool:
        """Whether a move in the same sentence switches the rule off."""
        return bool(rule.scope.unless_own_moves) and bool(reading.moves(rule.scope.unless_own_moves))

    def _read_on(self, reading: Reading, apology: Apology, probabilities: Sequence[float]) -> tuple[Apology, str]:
        """The apology and its continuation; an excuse run on is no object: "sorry the van broke down"."""
        likely = probabilities[TARGETS.index("excuse")]
        if apology.run_on and likely >= self.engine.score.threshold("excuse", "warning"):
            return replace(apology, object="nothing"), "excuse"
        return apology, self.continuation(reading, apology, probabilities)

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
        may_ask = apology.connector != "contrast" or words[0] in {"please", "kindly", "could", "can"}
        if (may_ask and _requests(words)) or (apology.object == "nothing" and _ends_asking(words)):
            return "question"
        head = words[:8]
        gives_cause = apology.object != "nothing" and apology.connector == "cause"
        # "It can't have been us" denies, it does not refuse.
        places = [k for k in range(len(head)) if not _denies(words[k : k + 4])]
        cannot = any(head[k : k + 2] in (("can", "not"), ("can", "only")) for k in places)
        offers_none = words[:3] in (("we", "do", "not"), ("i", "do", "not")) and not OFFERING.isdisjoint(words[3:5])
        refuses = cannot or offers_none or any(lexicon.match("refuse", words, k) for k in places)
        if not gives_cause and refuses:
            return "refusal"
        takes_back = apology.connector == "contrast" or apology.object == "nothing"
        likely = probabilities[TARGETS.index("excuse")]
        score = self.engine.score
        moves = [m.start - at for m in self.engine.patterns.moves(tokens, ("remedy", "next-step")) if m.start >= at]
        # "Sorry, the printer jammed twice, I'll look now": not the remedy follows the apology, but an excuse.
        excuse_first = (
            takes_back
            and likely >= score.threshold("excuse", "warning")
            and words[0] != "if"
            and min(moves, default=0) >= _CLAUSE
        )
        if moves and not excuse_first:
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
        if _owns_fault(words, lexicon):
            return "own-fault"
        is_warm = not _WARM.isdisjoint(words[:4])
        # After a bare "sorry," a cause is all that the customer gets.
        explains = probabilities[TARGETS.index("explanation")] >= score.threshold("explanation", "warning")
        is_excuse = likely >= score.threshold("excuse") or (apology.connector == "comma" and explains)
        if takes_back and is_excuse and not is_warm:
            return "excuse"
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

    def _counted(self, analysis: Analysis) -> Iterator[Finding]:
        for rule in self.counting_rules:
            places = [r for r in analysis.readings if r.apologises]
            if len(places) > rule.more_than:
                last = places[rule.more_than]
                apology = next(a for a in last.apologies if a.performer == "writer")
                start, end = place(last, apology.start, apology.focus)
                yield Finding(rule, last.index, start, end, severity=rule.severity)


def _owns_fault(words: Words, lexicon: Lexicon) -> bool:
    """Whether a clause blames ourselves (guideline P5): "we forgot to send it"; not "my colleague forgot"."""
    if words[0] == "shoulda" or words[:2] in (("should", "have"), ("should", "of")):
        # "Sorry about the week but, should have had him there Monday": the subject is left out.
        return True
    ours = words[0] in {"we", "i", "our", "my", "that", "this"} and words[1:2] and words[1] not in OTHER_PARTIES
    return bool(ours) and any(lexicon.match("clear-fault", words, k) for k in range(1, min(4, len(words))))


def _requests(words: Words) -> bool:
    """Whether a clause opens with a request or question: "could you", "which one"; not "was off sick", "what a day"."""
    following = words[1] if len(words) > 1 else ""
    if words[0] in INVERTED:
        return words[-1] == "?" or following in ASKED_OF or following in SUBJECTS
    return words[0] in _REQUESTS and words[:2] not in (("what", "a"), ("what", "an"))


def _ends_asking(words: Words) -> bool:
    """Whether the clause is a question, and no question run on to a clause of some length without a comma."""
    if words[-1] != "?":
        return False
    asks = (
        k for k in range(len(words)) if words[k] in _REQUESTS and (words[k] not in INVERTED or _requests(words[k:]))
    )
    at = next(asks, None)
    return len(words) < _CLAUSE if at is None else at < _CLAUSE or words[at - 1] == ","


def _denies(words: Sequence[str]) -> bool:
    return words[:3] == ("can", "not", "have") and (words[-1].endswith("ed") or words[-1] in _DONE)


def _vetoed(target: str, reading: Reading) -> bool:
    """What overrules the score.

    A request, a remedy, thanks, softened news or a quotation is no push-back; owned fault is no non-apology; and who
    says in so many words that another did it owns nothing.
    """
    if target == "defensive":
        words = reading.words
        softened = words[0] in _MILD_OPENINGS or words[:3] == ("i", "am", "afraid")
        thanks = not _THANKS.isdisjoint(words) and _CONTRAST.isdisjoint(words)
        return reading.quotes or softened or thanks or bool(reading.moves(("next-step", "remedy")))
    if target == "ownership":
        return any(m.rule.label is Label.DEFENSIVE for m in reading.matches)
    return target == "non-apology" and bool(reading.moves(("own",)))


def _fits(rule: Rule, apology: Apology, continuation: str) -> bool:
    for name, allowed in rule.apology.items():
        value = continuation if name == "continuation" else getattr(apology, name)
        if value not in allowed:
            return False
    return True


def primaries(judgement: Judgement) -> list[Label]:
    """Primary label of each sentence."""
    return [primary(s) for s in judgement.labels]
