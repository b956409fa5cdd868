"""Markdown inside a block: links, emphasis, code spans, escapes, entities, tags."""

from __future__ import annotations

import re

from apologylint.formats.flow import decode_entity
from apologylint.formats.holes import stand_in
from apologylint.formats.html import attributes
from apologylint.formats.htmlnames import BLOCKS, ELEMENTS
from apologylint.formats.strand import Cut
from apologylint.spans import Span

_TOKEN = re.compile(
    r"""
    (?P<slashes>(?:\\\\){2,})
  | (?P<escape>\\(?:[!-/:-@\[-`{-~]|(?=\n)))
  | (?P<code>`+)
  | (?P<auto><(?:[a-z][a-z0-9+.-]{1,31}:[^\s<>]*|[\w.+-]+@[\w.-]+)>)
  | (?P<comment><!--)
  | (?P<tag></?[A-Za-z][^<>]{0,4000}>)
  | (?P<image>!\[)
  | (?P<note>\[\^[^\]\s]{1,60}\](?!:))
  | (?P<open>\[)
  | (?P<close>\])
  | (?P<emphasis>\*+|_+|~~)
  | (?P<entity>&(?:\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)
  | (?P<newline>\n)
    """,
    re.VERBOSE,
)
_TARGET = re.compile(
    r"\(\s{0,99}(?:<[^<>\n]*>|[^\s()<]*(?:\([^\s()]*\)[^\s()]*){0,5})"
    r"(?:\s{1,99}(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?\s{0,99}\)"
)
_REFERENCE = re.compile(r"\[([^\[\]]{0,200})\]")
_SPACE = re.compile(r"\s|^$")
_QUICK = re.compile(r"[\\`<!\[*_~&]")


class Inline:
    """One run of a block at a time; cuts come out in order."""

    def __init__(self, text: str, references: frozenset[str]) -> None:
        self.text = text
        self.references = references
        self.cuts: list[Cut] = []
        self.holes: list[Span] = []
        self.no_comment_end = 0  # up to here no comment ends

    def read(self, start: int, end: int) -> None:
        """Cut the markup of ``[start, end)``."""
        text = self.text
        if not _QUICK.search(text, start, end):
            return
        first = len(self.cuts)
        brackets: list[tuple[int, bool]] = []
        openers: dict[str, list[int]] = {}
        unclosed: set[int] = set()
        at = start
        while match := _TOKEN.search(text, at, end):
            at = match.end()
            low = match.start()
            kind = match.lastgroup
            if kind == "slashes":
                # One cut for all of them: a file of nothing else would need a million.
                self.cuts.append(Cut(low, at, "\\" * ((at - low) // 2)))
            elif kind == "escape":
                self.cuts.append(Cut(low, low + 1))
                at = max(at, low + 2) if low + 2 <= end else end
            elif kind == "code":
                at = self._code(low, at, end, unclosed)
            elif kind == "auto":
                self.cuts += (Cut(low, low + 1), Cut(at - 1, at))
            elif kind == "comment":
                close = text.find("-->", at, end) if low >= self.no_comment_end else -1
                if close < 0:
                    self.no_comment_end = end
                else:
                    self.cuts.append(Cut(low, close + 3))
                    at = close + 3
            elif kind == "tag":
                self._tag(low, at)
            elif kind == "note":
                self.cuts.append(Cut(low, at))
            elif kind in ("image", "open"):
                brackets.append((low, kind == "image"))
            elif kind == "close" and brackets:
                at = self._link(*brackets.pop(), low, end)
            elif kind == "emphasis":
                self._emphasis(match, start, end, openers)
            elif kind == "entity":
                char = decode_entity(match.group())
                if char != match.group():
                    self.cuts.append(Cut(low, at, " " if char == "\xa0" else char))
        self.cuts[first:] = _in_order(self.cuts[first:])

    def _code(self, low: int, at: int, end: int, unclosed: set[int]) -> int:
        ticks = self.text[low:at]
        if len(ticks) in unclosed:
            return at
        found = at
        while True:
            found = self.text.find(ticks, found, end)
            if found < 0:
                unclosed.add(len(ticks))
                return at
            stop = found + len(ticks)
            while stop < end and self.text[stop] == "`":
                stop += 1
            if stop - found == len(ticks):
                break
            found = stop
        self.cuts += (Cut(low, at), Cut(at, found, stand_in(self.text[at:found])), Cut(found, stop))
        self.holes.append(Span(at, found))
        return stop

    def _tag(self, low: int, at: int) -> None:
        tag = self.text[low:at]
        name = tag.strip("</>").split()[0].rstrip("/") if tag.strip("</> ") else ""
        word = name.lower()
        if name == word and word not in ELEMENTS and "-" not in word and not set("=/").intersection(tag):
            self.cuts.append(Cut(low, at, stand_in(tag)))
            self.holes.append(Span(low, at))
            return
        alt = attributes(tag).get("alt") if "alt" in tag else None
        if alt and any(map(str.isalpha, alt[0])):
            self.cuts += (Cut(low, low + alt[1]), Cut(low + alt[2], at))
        else:
            self.cuts.append(Cut(low, at, "\n" if word == "br" else "\n\n" if word in BLOCKS else ""))

    def _link(self, low: int, image: bool, at: int, end: int) -> int:
        opener = Cut(low, low + (2 if image else 1))
        target = _TARGET.match(self.text, at + 1, end)
        if target:
            self.cuts += (opener, Cut(at, target.end()))
            return target.end()
        reference = _REFERENCE.match(self.text, at + 1, end)
        own = self._label(opener.end, at) if self.references else ""
        if reference and (" ".join(reference[1].split()).casefold() or own) in self.references:
            self.cuts += (opener, Cut(at, reference.end()))
            return reference.end()
        if own in self.references:
            self.cuts += (opener, Cut(at, at + 1))
        return at + 1

    def _label(self, start: int, end: int) -> str:
        return " ".join(self.text[start:end].split()).casefold() if end - start < 1000 else ""

    def _emphasis(self, match: re.Match[str], start: int, end: int, openers: dict[str, list[int]]) -> None:
        run = match.group()
        low, high = match.span()
        before = self.text[low - 1] if low > start else " "
        after = self.text[high] if high < end else " "
        if run[0] == "_" and before.isalnum() and after.isalnum():
            return
        waiting = openers.setdefault(run, [])
        if not before.isspace() and waiting and waiting[-1] < low:
            opened = waiting.pop()
            self.cuts += (Cut(opened, opened + len(run)), Cut(low, high))
        elif not after.isspace():
            waiting.append(low)


def _in_order(cuts: list[Cut]) -> list[Cut]:
    """Sorted; of two that overlap the first in order stays."""
    cuts.sort()
    out: list[Cut] = []
    end = -1
    for cut in cuts:
        if cut.start >= end:
            out.append(cut)
            end = cut.end
    return out


def merge(blocks: list[Cut], inline: list[Cut]) -> list[Cut]:
    """Put both lists of cuts in order.

    Where two overlap, the outer one wins (a tag over several indented lines, a code block with stars in it); where
    neither is the outer one, the block's.
    """
    out: list[Cut] = []
    found = sorted(
        [*((cut, 0) for cut in blocks), *((cut, 1) for cut in inline)], key=lambda one: (one[0].start, one[1])
    )
    owner = 0
    for cut, own in found:
        if out and cut.start < out[-1].end:
            last = out[-1]
            if cut.end <= last.end or own >= owner:
                continue
            out.pop()
        out.append(cut)
        owner = own
    return out
