"""The gate: whether the raw text holds any word that a rule needs.

Anchors of all rules go into one Aho-Corasick automaton, so the cost of a draft does not grow with the number of rules;
and what stands between two blanks is looked at once and remembered.
"""

from __future__ import annotations

from collections.abc import Iterable

import ahocorasick_rs

from apologylint.language import normalised
from apologylint.later import later_regex
from apologylint.memo import Memo

# What the tokenizer cuts off the end of a word that is written without its apostrophe: "whats", "youll", "cannot".
_TAIL = later_regex(r"(?:s|m|ma|d|re|ve|ll|n'?t|not|na|ta)(?:'?ve)?(?!\p{L})")


def lowered(text: str) -> str:
    """A text in lower case, with blanks and apostrophes of one kind, as long as before."""
    text = normalised(text)
    low = text.lower()
    # A few capitals grow when lowered; positions matter more than they do.
    return low if len(low) == len(text) else "".join(small if len(small := c.lower()) == 1 else c for c in text)


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

    def anchors(self, sentence: str) -> set[str]:
        """Anchors in a sentence, which :func:`lowered` made ready."""
        found: set[str] = set()
        found.update(*map(self._seen.__getitem__, sentence.split(" ")))
        found.update([phrase for phrase in self._phrases if phrase in sentence])
        return found

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
