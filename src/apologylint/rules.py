"""The Rule: one YAML file, validated. Fields are documented in docs/rule-language.md."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from apologylint.openings import LaterPatterns, Openings, openings
from apologylint.patterns import Pattern, Tok
from apologylint.results import Label, Severity


@dataclass(frozen=True, slots=True)
class Example:
    """A text of a rule file. ``mark`` is the exact span to be reported (``[[...]]`` in the file), if given."""

    text: str
    mark: tuple[int, int] | None = None
    note: str = ""
    rewrite: str = ""
    customer_message: str | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a rule may fire.

    Attributes:
        after: labels of which one must stand in an earlier sentence (or earlier in the same one).
        within: how many sentences back ``after`` looks.
        unless_moves: moves that, standing between, switch the rule off.
        unless_customer_asked: off when the customer asked for the reason.
        unless_labels: off when one of these labels stands in the same or the previous sentence.
        unless_draft: off when one of these labels stands anywhere in the draft.
        unless_own_moves: moves that, standing in the same sentence, switch the rule off.
    """

    after: frozenset[Label] = frozenset()
    within: int = 0
    unless_moves: frozenset[str] = frozenset()
    unless_customer_asked: bool = False
    unless_labels: frozenset[Label] = frozenset()
    unless_draft: frozenset[Label] = frozenset()
    unless_own_moves: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Rule:
    """A validated rule.

    Attributes:
        name: ``<label or group>/<kebab-name>``, from its path.
        severity: ``None`` for a recogniser, which feeds labels, scopes and steps and reports nothing.
        sets_label: whether a match adds ``label`` to its sentence. Info rules report without labelling.
        apology: conditions over a parsed Apology: field to allowed values.
        score: the learned score this rule reports, or ``""``.
        move: what a recogniser recognises, or ``""``.
        more_than: fires when more than this many sentences hold an apology; 0 = not a counting rule.
        missing: for completeness rules: steps of which none is in the draft.
        arrangement: for completeness rules: what is wrong with the order or measure of the draft (see completeness.py).
        aliases: names it had before; settings, comments and baselines may still use them.
    """

    name: str
    title: str
    label: Label | None
    severity: Severity | None
    message: str
    why: str = ""
    better: str = ""
    since: str = "0.1.0"
    when_wrong: str = ""
    sets_label: bool = True
    patterns: Sequence[Pattern] = ()
    excepts: Sequence[Pattern] = ()
    apology: Mapping[str, frozenset[str]] = field(default_factory=dict)
    score: str = ""
    move: str = ""
    more_than: int = 0
    missing: frozenset[str] = frozenset()
    arrangement: str = ""
    scope: Scope = Scope()
    match_examples: tuple[Example, ...] = ()
    no_match_examples: tuple[Example, ...] = ()
    references: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    path: str = ""

    @property
    def group(self) -> str:
        """First half of the name."""
        return self.name.partition("/")[0]

    @property
    def openings(self) -> Openings:
        """What the gate has to look for on behalf of its patterns."""
        return self.patterns.openings if isinstance(self.patterns, LaterPatterns) else openings(self.patterns)

    @property
    def examples(self) -> Mapping[str, tuple[Example, ...]]:
        """Examples by kind: ``match`` and ``no-match``."""
        return {"match": self.match_examples, "no-match": self.no_match_examples}


def rule_to_data(rule: Rule, sets: WordSets) -> dict[str, Any]:
    """Plain JSON-able data of a compiled rule, examples left out."""
    return {
        "name": rule.name,
        "title": rule.title,
        "label": rule.label,
        "severity": rule.severity,
        "message": rule.message,
        "why": rule.why,
        "better": rule.better,
        "since": rule.since,
        "when_wrong": rule.when_wrong,
        "sets_label": rule.sets_label,
        "patterns": [pattern_to_data(p, sets) for p in rule.patterns],
        "excepts": [pattern_to_data(p, sets) for p in rule.excepts],
        "apology": {k: sorted(v) for k, v in rule.apology.items()},
        "score": rule.score,
        "move": rule.move,
        "more_than": rule.more_than,
        "missing": sorted(rule.missing),
        "arrangement": rule.arrangement,
        "scope": {
            name: value if isinstance(value, bool | int) else sorted(value)
            for name in Scope.__slots__
            for value in [getattr(rule.scope, name)]
        },
        "references": list(rule.references),
        "aliases": list(rule.aliases),
        "path": rule.path,
    }


def rule_from_data(data: Mapping[str, Any], patterns: Sequence[Pattern], excepts: Sequence[Pattern]) -> Rule:
    """Inverse of :func:`rule_to_data`; ``patterns`` and ``excepts`` are those of the rule."""
    scope = data["scope"]
    return Rule(
        name=data["name"],
        title=data["title"],
        label=Label(data["label"]) if data["label"] else None,
        severity=Severity(data["severity"]) if data["severity"] else None,
        message=data["message"],
        why=data["why"],
        better=data["better"],
        since=data["since"],
        when_wrong=data["when_wrong"],
        sets_label=data["sets_label"],
        patterns=patterns,
        excepts=excepts,
        apology={k: frozenset(v) for k, v in data["apology"].items()},
        score=data["score"],
        move=data["move"],
        more_than=data["more_than"],
        missing=frozenset(data["missing"]),
        arrangement=data["arrangement"],
        scope=Scope(
            after=frozenset(map(Label, scope["after"])),
            within=scope["within"],
            unless_moves=frozenset(scope["unless_moves"]),
            unless_customer_asked=scope["unless_customer_asked"],
            unless_labels=frozenset(map(Label, scope["unless_labels"])),
            unless_draft=frozenset(map(Label, scope["unless_draft"])),
            unless_own_moves=frozenset(scope["unless_own_moves"]),
        ),
        references=tuple(data["references"]),
        aliases=tuple(data["aliases"]),
        path=data["path"],
    )


class WordSets:
    """Word sets by number: one set serves many patterns of a compiled pack."""

    def __init__(self) -> None:
        self._numbers: dict[frozenset[str], int] = {}

    def number(self, words: frozenset[str]) -> int:
        """Number of a set; a new one if it is new."""
        return self._numbers.setdefault(words, len(self._numbers))

    def to_data(self) -> list[list[str]]:
        """The sets in order of number."""
        return [sorted(words) for words in self._numbers]


def pattern_to_data(pattern: Pattern, sets: WordSets) -> list[Any]:
    """Plain data of a pattern: a part is the number of its set, -1 less that if optional, or a list with its gap."""
    parts = [
        [part.gap] if part.gap else -1 - sets.number(part.words) if part.optional else sets.number(part.words)
        for part in pattern.parts
    ]
    anchor, second = sets.number(pattern.anchor), sets.number(pattern.second)
    reach = [pattern.least, pattern.most]
    return [pattern.source, parts, anchor, second, *reach, pattern.at_start, pattern.at_end, list(pattern.raw)]


def pattern_from_data(data: list[Any], sets: Sequence[frozenset[str]]) -> Pattern:
    """Inverse of :func:`pattern_to_data`."""
    source, parts, anchor, second, least, most, at_start, at_end, raw = data
    tokens = tuple(_part(part, sets) for part in parts)
    return Pattern(source, tokens, sets[anchor], sets[second], least, most, at_start, at_end, tuple(raw))


def _part(data: int | list[int], sets: Sequence[frozenset[str]]) -> Tok:
    if isinstance(data, list):
        return Tok(gap=data[0])
    return Tok(sets[-1 - data], optional=True) if data < 0 else Tok(sets[data])
