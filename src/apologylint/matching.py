"""Find rules' patterns in a sentence: anchors first, then the pattern itself, then vetoes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from apologylint.gate import Gate, lowered
from apologylint.language import REWRITTEN, SPELLINGS, Tokenizer
from apologylint.packs import Pack
from apologylint.patterns import Pattern, Tok
from apologylint.places import places
from apologylint.rules import Rule
from apologylint.tokens import Tokens

# Parts of words by which the gate knows that an apology device may be near, and the words they stand for.
DEVICE_ANCHORS = (
    "sorr", "sory", "srry", "sry", "soz", "apolog", "appolog", "apolig", "apols", "regret", "forgiv", "pardon",
    "excuse", "my bad", "our bad", "culpa",
)  # fmt: skip
DEVICE = "\x00device"
# An index of more pairs than this for one pattern costs more to make than it saves.
_MOST_PAIRS = 16


@dataclass(frozen=True, slots=True)
class Match:
    """A rule's pattern found in a sentence. Tokens are half-open; ``pattern`` is its source text."""

    rule: Rule
    start: int
    end: int
    pattern: str


class Patterns:
    """All patterns of a pack, by anchor.

    The gate looks for anchors and second words in the raw text; only sentences that hold both of some pattern are
    tokenised, and only patterns are tried of which the tokens hold two words.
    """

    def __init__(self, pack: Pack, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._rules = pack.rules
        # Recognisers run only in the window of a scope or for the steps; they do not open the gate.
        reporting = [rule for rule in pack.rules.values() if not rule.move]
        self._gated: dict[str, set[frozenset[str]]] = {}
        for rule in reporting:
            for word, others in rule.openings.items():
                self._gated.setdefault(word, set()).update(others)
        gated = set(self._gated).union(*(words for others in self._gated.values() for words in others))
        written: dict[str, tuple[str, ...]] = {spelling: (word,) for spelling, word in SPELLINGS.items()}
        self._aliases: dict[str, tuple[str, ...]] = {
            spelling: words
            for spelling, words in (written | REWRITTEN).items()
            if spelling[0].isalpha() and not gated.isdisjoint(words)
        } | dict.fromkeys(DEVICE_ANCHORS, (DEVICE,))
        self.gate = Gate({*gated, *self._aliases}.difference(DEVICE_ANCHORS), DEVICE_ANCHORS)

    @cached_property
    def _tables(self) -> _Tables:
        """The patterns themselves, which a draft that the gate does not open for never needs."""
        return _Tables(self._rules.values())

    def seen(self, sentence: str) -> set[str]:
        """Anchors that the gate sees in a sentence, as the words that patterns use."""
        anchors = self.gate.anchors(lowered(sentence))
        return anchors.union(*map(self._aliases.__getitem__, self._aliases.keys() & anchors))

    def may_match(self, words: Set[str]) -> bool:
        """Whether the anchor and the second word of any reporting pattern are among ``words``."""
        for anchor in self._gated.keys() & words:
            for second in self._gated[anchor]:
                if not second.isdisjoint(words):
                    return True
        return False

    def matches(self, tokens: Tokens) -> list[Match]:
        """Matches of reporting rules: not the vetoed, of overlaps the longest."""
        return self._chosen(self._tables.reporting, tokens)

    def _chosen(self, index: Index, tokens: Tokens) -> list[Match]:
        found = self._run(index.candidates(tokens), tokens)
        vetoes = {name: self._vetoing(name, tokens) for name in {m.rule.name for m in found}}
        return _longest(m for m in found if not any(_overlap(m, v) for v in vetoes[m.rule.name]))

    def vetoed(self, tokens: Tokens) -> list[tuple[Match, Match]]:
        """Matches that an ``except`` pattern took away, with the veto: for ``explain``."""
        out: dict[tuple[str, int, int], tuple[Match, Match]] = {}
        for match in self._run(self._tables.reporting.candidates(tokens), tokens):
            for veto in self._vetoing(match.rule.name, tokens):
                if _overlap(match, veto):
                    out[match.rule.name, match.start, match.end] = (match, veto)
        return list(out.values())

    def moves(self, tokens: Tokens, kinds: Iterable[str]) -> list[Match]:
        """Moves of the given kinds in a sentence."""
        known = self._tables.moves
        return [m for kind in kinds if kind in known for m in self._chosen(known[kind], tokens)]

    @property
    def move_kinds(self) -> tuple[str, ...]:
        """Kinds of move that the pack recognises."""
        return tuple(sorted(self._tables.moves))

    def _vetoing(self, name: str, tokens: Tokens) -> list[Match]:
        return self._run(self._tables.vetoes.get(name, ()), tokens)

    def _run(self, numbers: Sequence[int], tokens: Tokens) -> list[Match]:
        """Matches of some patterns, tried only where a required word of each is among the tokens."""
        out: list[Match] = []
        if not numbers:
            return out
        owners = self._tables.owners
        words, where = tokens.words, tokens.where
        for number in numbers:
            rule, pattern = owners[number]
            if pattern.anchor.isdisjoint(where) or (pattern.second and pattern.second.isdisjoint(where)):
                continue
            found = self._tokenizer.find(number, pattern.raw, tokens) if pattern.raw else places(pattern, words, where)
            for start, end in found:
                if pattern.at_start and any(w[0].isalnum() for w in words[:start]):
                    continue
                if pattern.at_end and any(w[0].isalnum() for w in words[end:]):
                    continue
                out.append(Match(rule, start, end, pattern.source))
        return out


class _Tables:
    """All patterns by number, and where to look them up.

    Attributes:
        owners: the rule and the pattern of each number.
        reporting: of rules that report.
        moves: of recognisers, by kind of move.
        vetoes: numbers of ``except`` patterns by rule.
    """

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.owners: list[tuple[Rule, Pattern]] = []
        self.reporting = Index()
        self.moves: dict[str, Index] = {}
        self.vetoes: dict[str, list[int]] = {}
        for rule in rules:
            for pattern in rule.patterns:
                index = self.moves.setdefault(rule.move, Index()) if rule.move else self.reporting
                index.add(pattern, self._add(rule, pattern))
            for pattern in rule.excepts:
                self.vetoes.setdefault(rule.name, []).append(self._add(rule, pattern))

    def _add(self, rule: Rule, pattern: Pattern) -> int:
        self.owners.append((rule, pattern))
        return len(self.owners) - 1


class Index:
    """Finds the patterns that may match by their two rarest words, or by two or three that stand side by side."""

    def __init__(self) -> None:
        self._alone: dict[str, list[int]] = {}
        self._second: dict[str, dict[frozenset[str], list[int]]] = {}
        # With how far from the first of the pair a third word must stand, and which.
        self._pair: dict[tuple[str, str], list[tuple[int, int, frozenset[str]]]] = {}

    def add(self, pattern: Pattern, number: int) -> None:
        """Enter a pattern under each word of its anchor, or under its pairs if these are few."""
        pairs, shift, third = _pairs(pattern)
        for pair in pairs:
            self._pair.setdefault(pair, []).append((number, shift, third))
        if pairs:
            return
        for anchor in pattern.anchor:
            if pattern.second:
                self._second.setdefault(anchor, {}).setdefault(pattern.second, []).append(number)
            else:
                self._alone.setdefault(anchor, []).append(number)

    def candidates(self, tokens: Tokens) -> list[int]:
        """Patterns that may match a sentence, in order of number."""
        found: set[int] = set()
        words, where = tokens.words, tokens.where
        for pair in self._pair.keys() & tokens.pairs:
            for at in where[pair[0]]:
                if words[at + 1 : at + 2] == pair[1:]:
                    before, after = words[at - 1] if at else "", words[at + 2] if at + 2 < len(words) else ""
                    for number, shift, third in self._pair[pair]:
                        if not shift or (before if shift < 0 else after) in third:
                            found.add(number)
        for anchor in self._alone.keys() & where.keys():
            found.update(self._alone[anchor])
        for anchor in self._second.keys() & where.keys():
            for second, numbers in self._second[anchor].items():
                if not second.isdisjoint(where):
                    found.update(numbers)
        return sorted(found)


_NO_PAIRS: tuple[list[tuple[str, str]], int, frozenset[str]] = ([], 0, frozenset())


def _pairs(pattern: Pattern) -> tuple[list[tuple[str, str]], int, frozenset[str]]:
    """The pairs of an anchor and the part beside it, then how far from the first a third part is, and its words.

    No pairs if there is no such part, or too many; no words if there is no third.
    """
    parts = pattern.parts
    for at, (first, then) in enumerate(pairwise(parts)):
        beside = pattern.anchor in (first.words, then.words)
        if beside and _required(first) and _required(then) and 0 < len(first.words) * len(then.words) <= _MOST_PAIRS:
            pairs = [(a, b) for a in first.words for b in then.words]
            for shift in (-1, 2):
                if 0 <= at + shift < len(parts) and _required(parts[at + shift]) and parts[at + shift].words:
                    return pairs, shift, parts[at + shift].words
            return pairs, 0, frozenset()
    return _NO_PAIRS


def _required(part: Tok) -> bool:
    return not (part.optional or part.gap)


def _overlap(match: Match, veto: Match) -> bool:
    return veto.start < match.end and match.start < veto.end


def _longest(matches: Iterable[Match]) -> list[Match]:
    """Of overlapping matches of one rule keep the longest, then the first."""
    kept: list[Match] = []
    for match in sorted(matches, key=lambda m: (m.start - m.end, m.start, m.rule.name)):
        if not any(k.rule.name == match.rule.name and k.start < match.end and match.start < k.end for k in kept):
            kept.append(match)
    return sorted(kept, key=lambda m: (m.start, m.end, m.rule.name))
