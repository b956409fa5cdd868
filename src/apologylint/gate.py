"""The gate: whether the raw text holds any word that a rule needs.

Anchors of all rules go into one Aho-Corasick automaton, so the cost of a draft does not grow with the number of rules.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

import ahocorasick_rs

from apologylint.later import later_regex
from apologylint.spans import Span

# What the tokenizer cuts off the end of a word that is written without its apostrophe: "whats", "youll", "cannot".
_TAIL = later_regex(r"(?:s|m|ma|d|re|ve|ll|n'?t|not|na|ta)(?:'?ve)?(?!\p{L})")


class Gate:
    """Finds anchors in lower-cased prose: ``words`` where no letter stands beside them, ``parts`` anywhere.

    It may open needlessly, never stay shut.
    """

    def __init__(self, words: Iterable[str], parts: Iterable[str] = ()) -> None:
        every = set(words)
        whole = sorted(w for w in every if w.isalpha())
        self._anchors = [*whole, *sorted(every.difference(whole).union(parts))]
        self._whole = len(whole)
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
        anchors, whole, size = self._anchors, self._whole, len(lowered)
        starts = [s.start for s in sentences]
        for number, begin, end in self._automaton.find_matches_as_indexes(lowered, overlapping=True):
            if number < whole:
                if begin and lowered[begin - 1].isalpha():
                    continue
                if end < size and lowered[end].isalpha() and _TAIL.match(lowered, end) is None:
                    continue
            at = bisect_right(starts, begin) - 1
            if at >= 0:
                out.setdefault(at, set()).add(anchors[number])
        return out
