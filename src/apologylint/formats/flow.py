"""Text in reading order: runs of text with gaps between them, each gap closed by what a reader sees there."""

from __future__ import annotations

import re
from html import unescape

from apologylint.formats.holes import stand_in
from apologylint.formats.markup import Markup
from apologylint.formats.strand import Cut

NOTHING, SPACE, LINE, BLOCK = range(4)
_GAPS = ("", " ", "\n", "\n\n")

_PIECE = re.compile(
    r"[ \t\r\n\f\u00a0]+|&(?:\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?", re.ASCII
)
_INVISIBLE = frozenset("\u00ad\u034f\u200b\u200c\u200e\u200f\u2060\ufeff")


def decode_entity(raw: str) -> str:
    """The characters of an entity or character reference; as it is when there is no such entity."""
    return unescape(raw)


class Flow:
    """Emits text in order. What lies between two emitted runs becomes one gap."""

    def __init__(self, text: str, *, keep_lines: bool) -> None:
        self.text = text
        self.keep_lines = keep_lines
        self.markup = Markup()
        self._gap_start = 0
        self._level = NOTHING
        self._begun = False

    def part(self, level: int) -> None:
        """The next run is at least this far from the last one."""
        self._level = max(self._level, level)

    def _close_gap(self, at: int) -> None:
        gap = _GAPS[self._level] if self._begun else ""
        same = at == self._gap_start + len(gap) and self.text.startswith(gap, self._gap_start)
        if not same:
            self.markup.cuts.append(Cut(self._gap_start, at, gap))
        self._begun = True
        self._level = NOTHING

    def run(self, start: int, end: int) -> None:
        """Verbatim characters."""
        if end > start:
            self._close_gap(start)
            self._gap_start = end

    def swap(self, start: int, end: int, text: str) -> None:
        """Characters that stand for others."""
        self._close_gap(start)
        self.markup.cuts.append(Cut(start, end, text))
        self._gap_start = end

    def hole(self, start: int, end: int) -> None:
        """A stand-in."""
        if end > start:
            self.swap(start, end, stand_in(self.text[start:end]))
            self.markup.holes.append((start, end))

    def prose(self, start: int, end: int) -> None:
        """Text with entities and white space that collapses."""
        at = start
        for match in _PIECE.finditer(self.text, start, end):
            self.run(at, match.start())
            at = match.end()
            raw = match.group()
            if raw[0] != "&":
                breaks = raw.count("\n") or raw.count("\r") if self.keep_lines else 0
                self.part((SPACE, LINE, BLOCK)[min(breaks, 2)])
                continue
            char = decode_entity(raw)
            if char == raw:
                self.run(match.start(), at)
            elif char.isspace():
                self.part(SPACE)
            elif char not in _INVISIBLE:
                self.swap(match.start(), at, char)
        self.run(at, end)

    def finish(self) -> Markup:
        """All that was found."""
        if self._gap_start < len(self.text):
            self.markup.cuts.append(Cut(self._gap_start, len(self.text)))
        return self.markup
