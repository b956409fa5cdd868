"""Where a compiled pattern matches a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from apologylint.patterns import CLAUSE_BREAKS, Pattern, Tok


def places(pattern: Pattern, words: Sequence[str], where: Mapping[str, Sequence[int]]) -> list[tuple[int, int]]:
    """Where a pattern matches: tokens, half-open; from each start the longest, of overlapping ones the longest, first.

    The same as spaCy's Matcher with ``greedy="LONGEST"`` finds for ``Pattern.tokens``, without a Matcher to build for
    each of some thousand patterns and without a walk over tokens that cannot start a match.

    Args:
        pattern: a pattern with parts.
        words: the sentence.
        where: places of each of its words.
    """
    before = range(pattern.least, pattern.most + 1)
    starts = {at - back for word in pattern.anchor.intersection(where) for at in where[word] for back in before}
    found = []
    for start in starts:
        if start >= 0:
            end = _reach(pattern.parts, words, start)
            if end > start:
                found.append((start, end))
    if len(found) > 1:
        found.sort(key=lambda place: (place[0] - place[1], place[0]))
        kept: list[tuple[int, int]] = []
        for start, end in found:
            if not any(start < other[1] and other[0] < end for other in kept):
                kept.append((start, end))
        return sorted(kept)
    return found


def _reach(parts: Sequence[Tok], words: Sequence[str], start: int) -> int:
    """The furthest end of a match from ``start``, or -1."""
    size = len(words)
    end = start
    for number, part in enumerate(parts):
        # As far as the parts are plain there is one way only.
        if part.optional or part.gap:
            return _spread(parts[number:], words, end)
        if end >= size or not (words[end] in part.words if part.words else words[end] not in CLAUSE_BREAKS):
            return -1
        end += 1
    return end


def _spread(parts: Sequence[Tok], words: Sequence[str], start: int) -> int:
    """The furthest end of a match whose parts can take more or fewer words, or -1."""
    size = len(words)
    at = {start}
    for part in parts:
        if part.gap:
            edge = at
            for _ in range(part.gap):
                edge = {i + 1 for i in edge if i < size and words[i] not in CLAUSE_BREAKS}
                at = at | edge
            continue
        wanted = part.words
        step = {i + 1 for i in at if i < size and (words[i] in wanted if wanted else words[i] not in CLAUSE_BREAKS)}
        at = at | step if part.optional else step
        if not at:
            return -1
    return max(at)
