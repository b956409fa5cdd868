"""Positions: half-open spans in code points, line indexes, and the map from prose back to source."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple


class Span(NamedTuple):
    """Half-open ``[start, end)`` in code points."""

    start: int
    end: int

    def overlaps(self, other: tuple[int, int]) -> bool:
        """True if the two spans share at least one code point."""
        return self.start < other[1] and other[0] < self.end

    def contains(self, other: tuple[int, int]) -> bool:
        """True if ``other`` lies wholly inside this span."""
        return self.start <= other[0] and other[1] <= self.end


class LineIndex:
    """Offset to 1-based line and column.

    LF, CRLF and a lone CR end a line (CRLF once); U+2028 and form feed do not. Columns count code points.
    """

    __slots__ = ("_starts",)

    def __init__(self, text: str) -> None:
        starts = [0]
        if "\r" in text:
            i, n = 0, len(text)
            while i < n:
                c = text[i]
                if c == "\r" and i + 1 < n and text[i + 1] == "\n":
                    i += 1
                    starts.append(i + 1)
                elif c in "\r\n":
                    starts.append(i + 1)
                i += 1
        else:
            at = text.find("\n")
            while at >= 0:
                starts.append(at + 1)
                at = text.find("\n", at + 1)
        self._starts = starts

    def position(self, offset: int) -> tuple[int, int]:
        """1-based ``(line, column)`` of a code-point offset."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def line_start(self, line: int) -> int:
        """Offset of the first code point of a 1-based line."""
        return self._starts[line - 1]

    def __len__(self) -> int:
        return len(self._starts)


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of prose and the run of source it was made from.

    Equal lengths mean character by character; unequal ones (an entity, an escape) mean all for all.
    ``copied`` is false where the prose is not what the source says, whatever the lengths: a stand-in, a folded line.
    """

    prose: int
    source: int
    prose_length: int
    source_length: int
    copied: bool = True


class OffsetMap:
    """Monotone map from prose offsets to source offsets, both in code points.

    Prose between two pieces does not exist: pieces tile the prose. The empty map is the identity.
    """

    __slots__ = ("_pieces", "_starts")

    def __init__(self, pieces: Iterable[Piece] = ()) -> None:
        self._pieces = tuple(p for p in pieces if p.prose_length)
        self._starts = [p.prose for p in self._pieces]

    @classmethod
    def shifted(cls, by: int, length: int) -> OffsetMap:
        """A map that only adds ``by``."""
        return cls((Piece(0, by, length, length),))

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The pieces in order."""
        return self._pieces

    def _piece(self, offset: int) -> Piece:
        return self._pieces[max(bisect_right(self._starts, offset) - 1, 0)]

    def span(self, start: int, end: int) -> Span:
        """Source span of the prose span ``[start, end)``.

        The start of a piece that maps all for all maps to that piece's source start, its end to its source end.
        """
        if not self._pieces:
            return Span(start, end)
        first = self._piece(start)
        copied = first.prose_length == first.source_length
        lo = first.source + (start - first.prose if copied else 0)
        if end <= start:
            return Span(lo, lo)
        last = self._piece(end - 1)
        if last.prose_length == last.source_length:
            hi = last.source + (end - last.prose)
        else:
            hi = last.source + last.source_length
        return Span(lo, hi)

    def is_verbatim(self, start: int, end: int) -> bool:
        """True if the prose span is one unbroken, character-by-character copy of source text.

        Only such a span may be edited in place.
        """
        if not self._pieces:
            return True
        if end <= start:
            return False
        expect: int | None = None
        at = start
        while at < end:
            p = self._piece(at)
            if not p.copied or p.prose_length != p.source_length:
                return False
            lo = p.source + (at - p.prose)
            if expect is not None and lo != expect:
                return False
            stop = min(end, p.prose + p.prose_length)
            expect = p.source + (stop - p.prose)
            at = stop
        return True
