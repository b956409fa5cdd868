"""Strands: text on its way from source to prose that never forgets where each character is from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from apologylint.spans import OffsetMap, Piece, Span


class Cut(NamedTuple):
    """Put ``text`` where ``[start, end)`` is. A text of the same length keeps positions character by character."""

    start: int
    end: int
    text: str = ""


#: A piece while it is made: prose offset, source offset, length in the prose, length in the source, copied. Plain
#: tuples, because a dense template makes hundreds of thousands.
Row = tuple[int, int, int, int, bool]


class Weaver:
    """Collects text and the pieces it is made of, in order."""

    __slots__ = ("_length", "_parts", "_rows")

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._rows: list[Row] = []
        self._length = 0

    @property
    def length(self) -> int:
        """Code points collected so far."""
        return self._length

    def copy(self, source: str, start: int, end: int) -> None:
        """Add ``source[start:end]`` as it is."""
        if end > start:
            self.add(source[start:end], start, end - start, copied=True)

    def swap(self, text: str, start: int, end: int) -> None:
        """Add ``text``, which stands for source ``[start, end)``."""
        if text:
            self.add(text, start, end - start, copied=False)

    def add(self, text: str, source: int, source_length: int, *, copied: bool) -> None:
        """Add ``text`` with the place it is from."""
        self._parts.append(text)
        length = len(text)
        rows = self._rows
        if rows and length == source_length:
            prose, start, before, source_before, last_copied = rows[-1]
            if last_copied == copied and before == source_before and start + before == source:
                rows[-1] = (prose, start, before + length, before + length, copied)
                self._length += length
                return
        rows.append((self._length, source, length, source_length, copied))
        self._length += length

    def strand(self) -> Strand:
        """What was collected."""
        return Strand("".join(self._parts), self._rows)


@dataclass(frozen=True, slots=True)
class Strand:
    """Text and the pieces that tile it.

    Attributes:
        text: the text so far.
        rows: where each run of it is from; together they cover all of ``text``.
    """

    text: str
    rows: Sequence[Row]

    @classmethod
    def of(cls, source: str, start: int = 0, end: int | None = None) -> Strand:
        """A verbatim slice of the source."""
        end = len(source) if end is None else end
        return cls(source[start:end], ((0, start, end - start, end - start, True),) if end > start else ())

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The rows as pieces of an offset map."""
        return tuple(Piece(*row) for row in self.rows)

    def offsets(self) -> OffsetMap:
        """The map for a draft."""
        length = len(self.text)
        if len(self.rows) == 1 and self.rows[0] == (0, 0, length, length, True):
            return OffsetMap()
        return OffsetMap(self.pieces)

    def edit(self, cuts: Sequence[Cut]) -> Strand:
        """Make cuts, which are in order and do not overlap."""
        if not cuts:
            return self
        weaver = Weaver()
        walk = _Walk(self)
        at = 0
        for start, end, text in cuts:
            if at < start:
                walk.keep(weaver, at, start, None)
            if text:
                if len(text) == end - start:
                    walk.keep(weaver, start, end, text)
                else:
                    lo, hi = walk.span(start, end)
                    weaver.add(text, lo, hi - lo, copied=False)
            at = end
        walk.keep(weaver, at, len(self.text), None)
        return weaver.strand()


class _Walk:
    """Reads a strand's rows once, left to right."""

    __slots__ = ("_i", "_rows", "_text")

    def __init__(self, strand: Strand) -> None:
        self._rows = strand.rows
        self._text = strand.text
        self._i = 0

    def _seek(self, at: int) -> Row:
        rows = self._rows
        last = len(rows) - 1
        while self._i < last and rows[self._i][0] + rows[self._i][2] <= at:
            self._i += 1
        return rows[self._i]

    def keep(self, weaver: Weaver, start: int, end: int, text: str | None) -> None:
        """Take over ``[start, end)`` as it is, or as a ``text`` of the same length."""
        at = start
        while at < end:
            prose, source, length, source_length, copied = self._seek(at)
            stop = min(end, prose + length)
            run = self._text[at:stop] if text is None else text[at - start : stop - start]
            if length == source_length:
                weaver.add(run, source + at - prose, stop - at, copied=copied and text is None)
            else:
                weaver.add(run, source, source_length, copied=False)
            at = stop

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where ``[start, end)`` is from."""
        if not self._rows:
            return 0, 0
        prose, source, length, source_length, _ = self._seek(start)
        lo = source + (start - prose if length == source_length else 0)
        if end <= start:
            return lo, lo
        i = self._i
        prose, source, length, source_length, _ = self._seek(end - 1)
        self._i = i
        return lo, source + (end - prose if length == source_length else source_length)


def moved(cuts: Sequence[Cut], spans: Iterable[tuple[int, int]]) -> tuple[Span, ...]:
    """Spans of the text before the cuts, in the text after them. What was cut away wholly is left out.

    Spans are in order and do not overlap.
    """
    if not cuts:
        return tuple(Span(*span) for span in spans)
    out: list[Span] = []
    shift = 0
    i = 0

    def to(offset: int, *, end: bool) -> int:
        nonlocal shift, i
        while i < len(cuts) and cuts[i].end <= offset:
            cut = cuts[i]
            if end and cut.start == cut.end == offset:
                break
            shift += len(cut.text) - (cut.end - cut.start)
            i += 1
        if i < len(cuts) and cuts[i].start < offset:
            cut = cuts[i]
            if len(cut.text) == cut.end - cut.start:
                return offset + shift
            return cut.start + shift + (0 if end else len(cut.text))
        return offset + shift

    for start, end in spans:
        lo = to(start, end=False)
        hi = to(end, end=True)
        if hi > lo:
            out.append(Span(lo, hi))
    return tuple(out)


def positions(cuts: Sequence[Cut], offsets: Iterable[int]) -> list[int]:
    """Offsets in the text before the cuts, in the text after them. One that was cut away is where the cut ends.

    Offsets are in order.
    """
    out: list[int] = []
    shift = 0
    i = 0
    for offset in offsets:
        while i < len(cuts) and cuts[i].end <= offset:
            shift += len(cuts[i].text) - (cuts[i].end - cuts[i].start)
            i += 1
        if i < len(cuts) and cuts[i].start < offset and len(cuts[i].text) != cuts[i].end - cuts[i].start:
            out.append(cuts[i].start + shift + len(cuts[i].text))
        else:
            out.append(offset + shift)
    return out
