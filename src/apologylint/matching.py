"""Find rules' patterns in a sentence: anchors first, then the pattern itself, then vetoes."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass

from apologylint.gate import Gate
from apologylint.language import REWRITTEN, SPELLINGS, Tokenizer, Tokens
from apologylint.packs import Pack
from apologylint.patterns import Pattern, places
from apologylint.rules import Rule

# Parts of words by which the gate knows that an apology device may be near, and the words they stand for.
DEVICE_ANCHORS = (
    "sorr", "sory", "srry", "sry", "soz", "apolog", "appolog", "apolig", "apols", "regret", "forgiv", "pardon",
    "excuse", "my bad", "our bad", "culpa",
)  # fmt: skip
DEVICE = "\x00device"


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
    tokenised, and only those patterns are tried.
    """

    def __init__(self, pack: Pack, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._owners: list[tuple[Rule, Pattern]] = []
        self._reporting: Index = {}
        self._moves: dict[str, Index] = {}
        self._vetoes: dict[str, list[int]] = {}
        gated: set[str] = set()
        for rule in pack.rules.values():
            for pattern in rule.patterns:
                number = self._add(rule, pattern)
                if rule.move:
                    # Recognisers run only in the window of a scope or for the steps; they do not open the gate.
                    _index(self._moves.setdefault(rule.move, {}), pattern, number)
                else:
                    gated |= pattern.anchor | pattern.second
                    _index(self._reporting, pattern, number)
            for pattern in rule.excepts:
                self._vetoes.setdefault(rule.name, []).append(self._add(rule, pattern))
        written: dict[str, tuple[str, ...]] = {spelling: (word,) for spelling, word in SPELLINGS.items()}
        self._aliases: dict[str, tuple[str, ...]] = {
            spelling: words
            for spelling, words in (written | REWRITTEN).items()
            if spelling[0].isalpha() and not gated.isdisjoint(words)
        } | dict.fromkeys(DEVICE_ANCHORS, (DEVICE,))
        self.gate = Gate({*gated, *self._aliases}.difference(DEVICE_ANCHORS), DEVICE_ANCHORS)

    def _add(self, rule: Rule, pattern: Pattern) -> int:
        self._owners.append((rule, pattern))
        return len(self._owners) - 1

    def words(self, anchors: Iterable[str]) -> set[str]:
        """Anchors as the words that patterns use."""
        found = set(anchors)
        return found.union(*(self._aliases[a] for a in found if a in self._aliases))

    def candidates(self, words: Set[str]) -> list[int]:
        """Reporting patterns whose anchor and second word are among ``words``."""
        return _candidates(self._reporting, words)

    def matches(self, tokens: Tokens, candidates: Iterable[int]) -> list[Match]:
        """Matches of the candidates: not the vetoed, of overlaps the longest."""
        found = self._run(candidates, tokens)
        vetoes = {name: self._vetoing(name, tokens) for name in {m.rule.name for m in found}}
        return _longest(m for m in found if not any(_overlap(m, v) for v in vetoes[m.rule.name]))

    def vetoed(self, tokens: Tokens, candidates: Iterable[int]) -> list[tuple[Match, Match]]:
        """Matches that an ``except`` pattern took away, with the veto: for ``explain``."""
        out: dict[tuple[str, int, int], tuple[Match, Match]] = {}
        for match in self._run(candidates, tokens):
            for veto in self._vetoing(match.rule.name, tokens):
                if _overlap(match, veto):
                    out[match.rule.name, match.start, match.end] = (match, veto)
        return list(out.values())

    def moves(self, tokens: Tokens, kinds: Iterable[str]) -> list[Match]:
        """Moves of the given kinds in a sentence."""
        present = set(tokens.words)
        numbers = [n for kind in kinds if kind in self._moves for n in _candidates(self._moves[kind], present)]
        return self.matches(tokens, numbers) if numbers else []

    @property
    def move_kinds(self) -> tuple[str, ...]:
        """Kinds of move that the pack recognises."""
        return tuple(sorted(self._moves))

    def _vetoing(self, name: str, tokens: Tokens) -> list[Match]:
        return self._run(self._vetoes.get(name, ()), tokens)

    def _run(self, numbers: Iterable[int], tokens: Tokens) -> list[Match]:
        """Matches of some patterns, tried only where a required word of each is among the tokens."""
        out: list[Match] = []
        words = tokens.words
        present = set(words)
        for number in numbers:
            rule, pattern = self._owners[number]
            if present.isdisjoint(pattern.anchor) or (pattern.second and present.isdisjoint(pattern.second)):
                continue
            found = self._tokenizer.find(number, pattern.raw, tokens) if pattern.raw else places(pattern.parts, words)
            for start, end in found:
                if pattern.at_start and any(w[0].isalnum() for w in words[:start]):
                    continue
                if pattern.at_end and any(w[0].isalnum() for w in words[end:]):
                    continue
                out.append(Match(rule, start, end, pattern.source))
        return out


# Anchor to the second words asked for, each with the patterns that ask for them.
Index = dict[str, dict[frozenset[str], list[int]]]


def _index(index: Index, pattern: Pattern, number: int) -> None:
    for word in pattern.anchor:
        index.setdefault(word, {}).setdefault(pattern.second, []).append(number)


def _candidates(index: Index, words: Set[str]) -> list[int]:
    found: set[int] = set()
    for word in words:
        for second, numbers in index.get(word, {}).items():
            if not second or not words.isdisjoint(second):
                found.update(numbers)
    return sorted(found)


def _overlap(match: Match, veto: Match) -> bool:
    return veto.start < match.end and match.start < veto.end


def _longest(matches: Iterable[Match]) -> list[Match]:
    """Of overlapping matches of one rule keep the longest, then the first."""
    kept: list[Match] = []
    for match in sorted(matches, key=lambda m: (m.start - m.end, m.start, m.rule.name)):
        if not any(k.rule.name == match.rule.name and k.start < match.end and match.start < k.end for k in kept):
            kept.append(match)
    return sorted(kept, key=lambda m: (m.start, m.end, m.rule.name))
