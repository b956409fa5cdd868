"""Strands: text on its way from source to prose that never forgets where each character is from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from apologylint.spans import OffsetMap, Piece, Span


class Cut(NamedTuple):
    """Put ``text`` where ``[start, end)`` is. A text of the same length keeps positions character by character."""

    start: int
    end: int
    text: str = ""


class Weaver:
    """Collects text and the pieces it is made of, in order."""

    __slots__ = ("_length", "_parts", "_pieces")

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._pieces: list[Piece] = []
        self._length = 0

    def copy(self, source: str, start: int, end: int) -> None:
        """Add ``source[start:end]`` as it is."""
        if end > start:
            self._parts.append(source[start:end])
            self._push(Piece(self._length, start, end - start, end - start))

    def swap(self, text: str, start: int, end: int) -> None:
        """Add ``text``, which stands for source ``[start, end)``."""
        if text:
            self._parts.append(text)
            self._push(Piece(self._length, start, len(text), end - start, copied=False))

    def add(self, text: str, piece: Piece) -> None:
        """Add ``text`` with a ready piece; its prose offset is set here."""
        self._parts.append(text)
        self._push(replace(piece, prose=self._length))

    def _push(self, piece: Piece) -> None:
        self._length += piece.prose_length
        if self._pieces:
            last = self._pieces[-1]
            if (
                last.copied == piece.copied
                and last.prose_length == last.source_length
                and piece.prose_length == piece.source_length
                and last.source + last.source_length == piece.source
            ):
                length = last.prose_length + piece.prose_length
                self._pieces[-1] = Piece(last.prose, last.source, length, length, last.copied)
                return
        self._pieces.append(piece)

    def strand(self) -> Strand:
        """What was collected."""
        return Strand("".join(self._parts), tuple(self._pieces))


@dataclass(frozen=True, slots=True)
class Strand:
    """Text and the pieces that tile it.

    Attributes:
        text: the text so far.
        pieces: where each run of it is from; together they cover all of ``text``.
    """

    text: str
    pieces: tuple[Piece, ...]

    @classmethod
    def of(cls, source: str, start: int = 0, end: int | None = None) -> Strand:
        """A verbatim slice of the source."""
        end = len(source) if end is None else end
        return cls(source[start:end], (Piece(0, start, end - start, end - start),) if end > start else ())

    def offsets(self) -> OffsetMap:
        """The map for a draft."""
        if len(self.pieces) == 1 and self.pieces[0] == Piece(0, 0, len(self.text), len(self.text)):
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
            walk.keep(weaver, at, start, copied=True, text=None)
            if text and len(text) == end - start:
                walk.keep(weaver, start, end, copied=False, text=text)
            elif text:
                lo, hi = walk.span(start, end)
                weaver.add(text, Piece(0, lo, len(text), hi - lo, copied=False))
            at = end
        walk.keep(weaver, at, len(self.text), copied=True, text=None)
        return weaver.strand()


class _Walk:
    """Reads a strand's pieces once, left to right."""

    __slots__ = ("_i", "_pieces", "_text")

    def __init__(self, strand: Strand) -> None:
        self._pieces = strand.pieces
        self._text = strand.text
        self._i = 0

    def _seek(self, at: int) -> int:
        pieces = self._pieces
        while self._i < len(pieces) - 1 and pieces[self._i].prose + pieces[self._i].prose_length <= at:
            self._i += 1
        return self._i

    def keep(self, weaver: Weaver, start: int, end: int, *, copied: bool, text: str | None) -> None:
        while start < end:
            piece = self._pieces[self._seek(start)]
            stop = min(end, piece.prose + piece.prose_length)
            length = stop - start
            into = start - piece.prose
            whole = piece.copied and copied
            if piece.prose_length == piece.source_length:
                made = Piece(0, piece.source + into, length, length, whole)
            else:
                made = Piece(0, piece.source, length, piece.source_length, copied=False)
            if text is None:
                weaver.add(self._text[start:stop], made)
            else:
                weaver.add(text[:length], made)
                text = text[length:]
            start = stop

    def span(self, start: int, end: int) -> tuple[int, int]:
        if not self._pieces:
            return 0, 0
        i = self._seek(start)
        first = self._pieces[i]
        same = first.prose_length == first.source_length
        lo = first.source + (start - first.prose if same else 0)
        if end <= start:
            return lo, lo
        last = self._pieces[self._seek(end - 1)]
        self._i = i
        same = last.prose_length == last.source_length
        return lo, last.source + (end - last.prose if same else last.source_length)


def moved(cuts: Sequence[Cut], spans: Iterable[tuple[int, int]]) -> tuple[Span, ...]:
    """Spans of the text before the cuts, in the text after them. What was cut away wholly is left out.

    Spans are in order and do not overlap.
    """
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
