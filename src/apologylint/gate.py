"""The gate: whether the raw text holds any word that a rule needs.

Anchors of all rules go into one Aho-Corasick automaton, so the cost of a draft does not grow with the number of rules;
and what stands between two blanks is looked at once and remembered.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import ahocorasick_rs
import regex

from apologylint.memo import Memo
from apologylint.spans import Span

# What the tokenizer cuts off the end of a word that is written without its apostrophe: "whats", "youll", "cannot".
_TAIL = regex.compile(r"(?:s|m|ma|d|re|ve|ll|n'?t|not|na|ta)(?:'?ve)?(?!\p{L})")


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
        self._phrases = [anchor for anchor in self._anchors if " " in anchor]
        self._seen = Memo(self._in_piece)

    def hits(self, lowered: str, sentences: Sequence[Span]) -> dict[int, set[str]]:
        """Anchors found, by index of the sentence they stand in. All blanks must be plain ones."""
        out: dict[int, set[str]] = {}
        phrases = [phrase for phrase in self._phrases if phrase in lowered]
        for at, (start, end) in enumerate(sentences):
            sentence = lowered[start:end]
            found: set[str] = set()
            found.update(*map(self._seen.__getitem__, sentence.split(" ")))
            if phrases:
                found.update(phrase for phrase in phrases if phrase in sentence)
            if found:
                out[at] = found
        return out

    def _in_piece(self, piece: str) -> frozenset[str]:
        """Anchors in what stands between two blanks."""
        found: set[str] = set()
        if self._automaton is None:
            return frozenset()
        anchors, whole, size = self._anchors, self._whole, len(piece)
        for number, begin, end in self._automaton.find_matches_as_indexes(piece, overlapping=True):
            if number < whole:
                if begin and piece[begin - 1].isalpha():
                    continue
                if end < size and piece[end].isalpha() and _TAIL.match(piece, end) is None:
                    continue
            found.add(anchors[number])
        return frozenset(found)
