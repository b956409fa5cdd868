"""What the gate has to look for on behalf of a rule's patterns, known without the patterns themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from functools import cached_property
from typing import overload

from apologylint.patterns import Pattern

# Anchors of patterns, and for each of them the sets of words of which one has to be there as well.
Openings = Mapping[str, Set[frozenset[str]]]


def openings(patterns: Iterable[Pattern]) -> Openings:
    """What the gate has to look for on behalf of some patterns."""
    found: dict[str, set[frozenset[str]]] = {}
    for pattern in patterns:
        for word in pattern.anchor:
            found.setdefault(word, set()).add(pattern.second or pattern.anchor)
    return found


class LaterPatterns(Sequence[Pattern]):
    """Patterns that are read when first asked for; what they open the gate for is known before.

    Attributes:
        openings: see :func:`openings`.
    """

    def __init__(self, openings: Openings, read: Callable[[], Sequence[Pattern]]) -> None:
        self.openings = openings
        self._read = read

    @cached_property
    def _patterns(self) -> Sequence[Pattern]:
        return self._read()

    @overload
    def __getitem__(self, at: int) -> Pattern: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Pattern]: ...
    def __getitem__(self, at: int | slice) -> Pattern | Sequence[Pattern]:
        return self._patterns[at]

    def __len__(self) -> int:
        return len(self._patterns)
