"""The gate: whether the raw text holds any word that a rule needs.

Anchors of all rules go into one Aho-Corasick automaton, so the cost of a draft does not grow with the number of rules.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

import ahocorasick_rs

from apologylint.spans import Span


class Gate:
    """Finds anchors in lower-cased prose.

    Anchors match inside words too: the gate may open needlessly, never stay shut.
    """

    def __init__(self, anchors: Iterable[str]) -> None:
        self._anchors = sorted(set(anchors))
        self._automaton = (
            ahocorasick_rs.AhoCorasick(self._anchors, matchkind=ahocorasick_rs.MatchKind.Standard)
            if self._anchors
            else None
        )

    def hits(self, lowered: str, sentences: Sequence[Span]) -> dict[int, set[str]]:
        """Anchors found, by index of the sentence they start in."""
        out: dict[int, set[str]] = {}
        if self._automaton is None:
            return out
        starts = [s.start for s in sentences]
        for number, begin, _ in self._automaton.find_matches_as_indexes(lowered, overlapping=True):
            at = bisect_right(starts, begin) - 1
            if at >= 0:
                out.setdefault(at, set()).add(self._anchors[number])
        return out

    def opens(self, lowered: str) -> bool:
        """Whether any anchor is present."""
        return self._automaton is not None and bool(self._automaton.find_matches_as_indexes(lowered))
