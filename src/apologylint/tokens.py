"""A tokenised sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain, pairwise
from typing import Any, NamedTuple

MAX_TOKENS = 400


class Cut(NamedTuple):
    """What a text is cut into; see :class:`Tokens`."""

    words: tuple[str, ...]
    raw: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]


class Tokens:
    """A tokenised sentence, at most ``MAX_TOKENS`` of it. What few sentences are asked for is made when they are.

    Attributes:
        words: normalised forms, as patterns are written.
    """

    __slots__ = ("_cuts", "_make_doc", "_pairs", "_pieces", "_places", "_where", "words")

    def __init__(self, pieces: Sequence[str], cuts: Sequence[Cut], make_doc: Callable[[], Any]) -> None:
        self.words = tuple(chain.from_iterable([cut.words for cut in cuts]))[:MAX_TOKENS]
        self._pieces = pieces
        self._cuts = cuts
        self._make_doc = make_doc
        self._places: tuple[tuple[int, ...], tuple[int, ...]] | None = None
        self._where: dict[str, list[int]] | None = None
        self._pairs: set[tuple[str, str]] | None = None

    @property
    def raw(self) -> tuple[str, ...]:
        """As written."""
        return tuple(chain.from_iterable([cut.raw for cut in self._cuts]))[:MAX_TOKENS]

    @property
    def starts(self) -> tuple[int, ...]:
        """Where each begins: code points in the sentence's own text."""
        return self._found()[0]

    @property
    def ends(self) -> tuple[int, ...]:
        """Where each ends."""
        return self._found()[1]

    @property
    def where(self) -> dict[str, list[int]]:
        """Places of each word."""
        if self._where is None:
            where: dict[str, list[int]] = {}
            for at, word in enumerate(self.words):
                where.setdefault(word, []).append(at)
            self._where = where
        return self._where

    @property
    def pairs(self) -> set[tuple[str, str]]:
        """Words that stand side by side."""
        if self._pairs is None:
            self._pairs = set(pairwise(self.words))
        return self._pairs

    @property
    def doc(self) -> Any:
        """The spaCy Doc whose NORM attributes are ``words``, made by the pipeline of this thread."""
        return self._make_doc()

    def _found(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        if self._places is None:
            starts: list[int] = []
            ends: list[int] = []
            at = 0
            for piece, cut in zip(self._pieces, self._cuts, strict=True):
                starts += [at + start for start in cut.starts]
                ends += [at + end for end in cut.ends]
                at += len(piece) + 1
            self._places = tuple(starts[:MAX_TOKENS]), tuple(ends[:MAX_TOKENS])
        return self._places
