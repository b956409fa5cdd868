"""Find rules' patterns in a sentence: anchors first, then spaCy's Matcher, then vetoes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from apologylint.gate import Gate
from apologylint.language import SPELLINGS, Tokenizer, Tokens
from apologylint.packs import Pack
from apologylint.patterns import Pattern
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
    """All patterns of a pack, by anchor."""

    def __init__(self, pack: Pack, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._by_anchor: dict[str, list[int]] = {}
        self._owners: list[tuple[Rule, Pattern]] = []
        self._required: list[tuple[frozenset[str], ...]] = []
        self._vetoes: dict[str, list[int]] = {}
        self._moves: dict[str, list[int]] = {}
        self._veto_anchors: dict[str, set[str]] = {}
        self._move_anchors: dict[str, set[str]] = {}
        gated: set[str] = set()
        for rule in pack.rules.values():
            for pattern in rule.patterns:
                number = self._add(rule, pattern)
                if rule.move:
                    # Recognisers run only in the window of a scope or for the steps; they do not open the gate.
                    self._moves.setdefault(rule.move, []).append(number)
                    self._move_anchors.setdefault(rule.move, set()).update(pattern.anchor)
                else:
                    gated |= pattern.anchor
                    for word in pattern.anchor:
                        self._by_anchor.setdefault(word, []).append(number)
            for pattern in rule.excepts:
                self._vetoes.setdefault(rule.name, []).append(self._add(rule, pattern))
                self._veto_anchors.setdefault(rule.name, set()).update(pattern.anchor)
        self._aliases: dict[str, str] = dict.fromkeys(DEVICE_ANCHORS, DEVICE)
        for spelling, word in SPELLINGS.items():
            if word in gated and spelling.isalpha() and len(spelling) > 1:
                self._aliases.setdefault(spelling, word)
        self.gate = Gate([*gated, *self._aliases])

    def _add(self, rule: Rule, pattern: Pattern) -> int:
        self._owners.append((rule, pattern))
        self._required.append(_required(pattern))
        return len(self._owners) - 1

    def words(self, anchors: Iterable[str]) -> set[str]:
        """Anchors as the words that patterns use."""
        return {self._aliases.get(a, a) for a in anchors} | set(anchors)

    def matches(self, tokens: Tokens, anchors: set[str]) -> list[Match]:
        """Matches of all reporting rules with an anchor among ``anchors``: not the vetoed, of overlaps the longest."""
        present = set(tokens.words)
        found = self._anchored(tokens, anchors, present)
        vetoes = {name: self._vetoing(name, tokens, present) for name in {m.rule.name for m in found}}
        return _longest(m for m in found if not any(_overlap(m, v) for v in vetoes[m.rule.name]))

    def vetoed(self, tokens: Tokens, anchors: set[str]) -> list[tuple[Match, Match]]:
        """Matches that an ``except`` pattern took away, with the veto: for ``explain``."""
        present = set(tokens.words)
        out: dict[tuple[str, int, int], tuple[Match, Match]] = {}
        for match in self._anchored(tokens, anchors, present):
            for veto in self._vetoing(match.rule.name, tokens, present):
                if _overlap(match, veto):
                    out[match.rule.name, match.start, match.end] = (match, veto)
        return list(out.values())

    def moves(self, tokens: Tokens, kinds: Iterable[str]) -> list[Match]:
        """Moves of the given kinds in a sentence."""
        present = set(tokens.words)
        out: list[Match] = []
        for kind in kinds:
            numbers = self._moves.get(kind)
            if not numbers or present.isdisjoint(self._move_anchors[kind]):
                continue
            found = self._run(numbers, tokens, present)
            vetoes = {name: self._vetoing(name, tokens, present) for name in {m.rule.name for m in found}}
            out += [m for m in found if not any(_overlap(m, v) for v in vetoes[m.rule.name])]
        return _longest(out)

    @property
    def move_kinds(self) -> tuple[str, ...]:
        """Kinds of move that the pack recognises."""
        return tuple(sorted(self._moves))

    def _vetoing(self, name: str, tokens: Tokens, present: set[str]) -> list[Match]:
        numbers = self._vetoes.get(name)
        if not numbers or present.isdisjoint(self._veto_anchors[name]):
            return []
        return self._run(numbers, tokens, present)

    def _anchored(self, tokens: Tokens, anchors: set[str], present: set[str]) -> list[Match]:
        numbers = {n for anchor in anchors & present for n in self._by_anchor.get(anchor, ())}
        return self._run(sorted(numbers), tokens, present)

    def _run(self, numbers: Iterable[int], tokens: Tokens, present: set[str]) -> list[Match]:
        """Matches of some patterns; a Matcher walks all tokens, so only those run whose every required word is here."""
        out: list[Match] = []
        for number in numbers:
            if any(present.isdisjoint(words) for words in self._required[number]):
                continue
            rule, pattern = self._owners[number]
            for start, end in self._tokenizer.find(number, pattern.tokens, tokens):
                if pattern.at_start and any(w[0].isalnum() for w in tokens.words[:start]):
                    continue
                if pattern.at_end and any(w[0].isalnum() for w in tokens.words[end:]):
                    continue
                out.append(Match(rule, start, end, pattern.source))
        return out


def _required(pattern: Pattern) -> tuple[frozenset[str], ...]:
    """Word sets of which every match holds a member, rarest first as far as size tells."""
    sets: list[frozenset[str]] = []
    for spec in pattern.tokens:
        norm = spec.get("NORM")
        if "OP" in spec and spec["OP"] not in {"1", "+"}:
            continue
        if isinstance(norm, str):
            sets.append(frozenset([norm]))
        elif isinstance(norm, dict) and set(norm) == {"IN"}:
            sets.append(frozenset(norm["IN"]))
    return tuple(sorted(sets, key=lambda s: (len(s), sorted(s))))


def _overlap(match: Match, veto: Match) -> bool:
    return veto.start < match.end and match.start < veto.end


def _longest(matches: Iterable[Match]) -> list[Match]:
    """Of overlapping matches of one rule keep the longest, then the first."""
    kept: list[Match] = []
    for match in sorted(matches, key=lambda m: (m.start - m.end, m.start, m.rule.name)):
        if not any(k.rule.name == match.rule.name and k.start < match.end and match.start < k.end for k in kept):
            kept.append(match)
    return sorted(kept, key=lambda m: (m.start, m.end, m.rule.name))
