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
DEVICE_ANCHORS = ("sorr", "sory", "srry", "sry", "soz", "apolog", "appolog", "apolig", "apols", "regret", "forgiv", "pardon", "excuse", "my bad", "our bad", "culpa")  # fmt: skip
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
        self._vetoes: dict[str, list[int]] = {}
        self._moves: dict[str, list[int]] = {}
        gated: set[str] = set()
        for rule in pack.rules.values():
            for pattern in rule.patterns:
                number = self._add(rule, pattern)
                if rule.move:
                    # Recognisers run only in the window of a scope or for the steps; they do not open the gate.
                    self._moves.setdefault(rule.move, []).append(number)
                else:
                    gated |= pattern.anchor
                    for word in pattern.anchor:
                        self._by_anchor.setdefault(word, []).append(number)
            for pattern in rule.excepts:
                self._vetoes.setdefault(rule.name, []).append(self._add(rule, pattern))
        self._aliases: dict[str, str] = dict.fromkeys(DEVICE_ANCHORS, DEVICE)
        for spelling, word in SPELLINGS.items():
            if word in gated and spelling.isalpha() and len(spelling) > 1:
                self._aliases.setdefault(spelling, word)
        self.gate = Gate([*gated, *self._aliases])

    def _add(self, rule: Rule, pattern: Pattern) -> int:
        self._owners.append((rule, pattern))
        return len(self._owners) - 1

    def words(self, anchors: Iterable[str]) -> set[str]:
        """Anchors as the words that patterns use."""
        return {self._aliases.get(a, a) for a in anchors} | set(anchors)

    def matches(self, tokens: Tokens, anchors: set[str]) -> list[Match]:
        """Matches of all reporting rules whose anchor is among ``anchors``, vetoed ones left out, longest first kept."""
        numbers: set[int] = set()
        present = set(tokens.words)
        for anchor in anchors:
            if anchor in present:
                numbers.update(self._by_anchor.get(anchor, ()))
        found = [m for number in sorted(numbers) for m in self._run(number, tokens)]
        if not found:
            return found
        vetoed: dict[str, list[Match]] = {}
        for name in {m.rule.name for m in found}:
            vetoed[name] = [v for number in self._vetoes.get(name, ()) for v in self._run(number, tokens, present)]
        return _longest(m for m in found if not any(v.start < m.end and m.start < v.end for v in vetoed[m.rule.name]))

    def vetoed(self, tokens: Tokens, anchors: set[str]) -> list[tuple[Match, Match]]:
        """Matches that an ``except`` pattern took away, with the veto: for ``explain``."""
        present = set(tokens.words)
        out = []
        for anchor in anchors & present:
            for number in self._by_anchor.get(anchor, ()):
                for match in self._run(number, tokens):
                    for veto_number in self._vetoes.get(match.rule.name, ()):
                        out += [(match, v) for v in self._run(veto_number, tokens, present) if v.start < match.end and match.start < v.end]
        return out

    def moves(self, tokens: Tokens, kinds: Iterable[str]) -> list[Match]:
        """Moves of the given kinds in a sentence."""
        present = set(tokens.words)
        out: list[Match] = []
        for kind in kinds:
            for number in self._moves.get(kind, ()):
                rule, pattern = self._owners[number]
                if present.isdisjoint(pattern.anchor):
                    continue
                found = self._run(number, tokens)
                if found and not any(
                    v.start < m.end and m.start < v.end for m in found for n in self._vetoes.get(rule.name, ()) for v in self._run(n, tokens, present)
                ):
                    out += found
        return _longest(out)

    @property
    def move_kinds(self) -> tuple[str, ...]:
        """Kinds of move that the pack recognises."""
        return tuple(sorted(self._moves))

    def _run(self, number: int, tokens: Tokens, present: set[str] | None = None) -> list[Match]:
        rule, pattern = self._owners[number]
        if present is not None and present.isdisjoint(pattern.anchor):
            return []
        matcher = self._tokenizer.matcher(number, (pattern.tokens,))
        out = []
        for _, start, end in matcher(tokens.doc):
            if pattern.at_start and any(w[0].isalnum() for w in tokens.words[:start]):
                continue
            if pattern.at_end and any(w[0].isalnum() for w in tokens.words[end:]):
                continue
            out.append(Match(rule, start, end, pattern.source))
        return out


def _longest(matches: Iterable[Match]) -> list[Match]:
    """Of overlapping matches of one rule keep the longest, then the first."""
    kept: list[Match] = []
    for match in sorted(matches, key=lambda m: (m.start - m.end, m.start, m.rule.name)):
        if not any(k.rule.name == match.rule.name and k.start < match.end and match.start < k.end for k in kept):
            kept.append(match)
    return sorted(kept, key=lambda m: (m.start, m.end, m.rule.name))
