"""Markdown and MDX: blocks, line by line, each with its exact place in the file.

A line machine of our own, because Markdown libraries tell the lines of a block but not where in a line its text is,
and a position must never be found again by searching. The tests hold its text to that of markdown-it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from apologylint.formats.inline import Inline, merge
from apologylint.formats.markup import Markup
from apologylint.formats.strand import Cut

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_QUOTE = re.compile(r"[ ]{0,3}>[ \t]?")
_ITEM = re.compile(r"[ ]{0,3}(?:[-+*]|\d{1,9}[.)])(?:[ \t]+|(?=[\r\n]|$))(?:\[[ xX]\][ \t]+)?")
_FENCE = re.compile(r"[ ]{0,3}(`{3,}|~{3,})[ \t]*([^`\r\n]*)")
_HEADING = re.compile(r"[ ]{0,3}\#{1,6}(?:[ \t]+|(?=[\r\n]|$))")
_CLOSING = re.compile(r"(?:(?<=\s)|^)\#+[ \t]*$")
_RULE = re.compile(r"[ ]{0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,}|=+[ \t]*|-+[ \t]*)[\r\n]*$")
_BREAK = re.compile(r"[ ]{0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})[\r\n]*$")
_REFERENCE = re.compile(r"[ ]{0,3}\[(?!\^)((?:[^\[\]\\]|\\.){1,200})\]:[ \t]*\S+[ \t]*(?:[\"'(][^\r\n]*)?[\r\n]*$")
_NOTE = re.compile(r"[ ]{0,3}\[\^[^\]\s]{1,60}\]:[ \t]*")
_ALERT = re.compile(r"\[!\w{1,20}\][+-]?[ \t]*")
_TABLE_RULE = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*[\r\n]*$")
_COLONS = re.compile(r"[ ]{0,3}:::.*")
_UNREAD = re.compile(r"[ ]{0,3}<(script|style|pre|textarea|svg|template)\b", re.I)
_ESM = re.compile(r"(?:import|export)\s[^\r\n]*")
_PIPE = re.compile(r"(?<!\\)\|")


@dataclass(slots=True)
class _State:
    """Where the line machine is."""

    fence: str = ""
    fence_depth: int = 0
    indent: int = 0  # columns of list content we are in
    blank: bool = True  # was the last line blank
    code: bool = False  # in indented code
    paragraph: list[tuple[int, int]] = field(default_factory=list)
    quote: int = -1  # start of the quoted lines we are in
    table: bool = False
    esm: bool = False


def front_matter(text: str) -> int:
    """Where the front matter ends; 0 without one."""
    if not text.startswith(("---", "+++")):
        return 0
    close = re.compile(r"\n" + re.escape(text[:3]) + r"[ \t]*(?:\r?\n|$)").search(text, 3)
    return close.end() if close and text[3:4] in "\r\n \t" else 0


def read_markup(text: str, *, mdx: bool = False, replies: bool = False) -> Markup:
    """Find the prose of Markdown in which placeholders are masked already.

    Args:
        text: the Markdown.
        mdx: leave out ``import`` and ``export`` lines.
        replies: quote marks hold the reply itself.
    """
    return _Blocks(text, mdx=mdx, replies=replies).read()


class _Blocks:
    def __init__(self, text: str, *, mdx: bool, replies: bool) -> None:
        self.text = text
        self.mdx = mdx
        self.replies = replies
        self.markup = Markup()
        self.state = _State()
        self.references: set[str] = set()
        self.runs: list[tuple[int, int]] = []
        self.skip_to = 0
        self.no_comment_end = False

    def read(self) -> Markup:
        text = self.text
        at = front_matter(text)
        if at:
            self._cut(0, at)
        while at < len(text):
            match = _LINE.match(text, at)
            end = match.end() if match else len(text)
            self._line(at, end)
            at = max(end, self.skip_to)
        self._end_paragraph()
        self._end_quote(len(text))
        inline = Inline(text, frozenset(self.references))
        for start, end in self.runs:
            inline.read(start, end)
        self.markup.cuts = merge(self.markup.cuts, inline.cuts)
        made = {(cut.start, cut.end) for cut in self.markup.cuts}
        self.markup.holes = [(hole.start, hole.end) for hole in inline.holes if hole in made]
        return self.markup

    def _cut(self, start: int, end: int, text: str = "") -> None:
        if end > start or text:
            self.markup.cuts.append(Cut(start, end, text))

    def _end_paragraph(self) -> None:
        if self.state.paragraph:
            self.runs.append((self.state.paragraph[0][0], self.state.paragraph[-1][1]))
            self.state.paragraph.clear()

    def _end_quote(self, at: int) -> None:
        if self.state.quote >= 0:
            if not self.replies:
                self.markup.quoted.append((self.state.quote, at))
            self.state.quote = -1

    def _line(self, start: int, end: int) -> None:
        text, state = self.text, self.state
        at, depth = self._quotes(start, end) if not state.fence or state.fence_depth else (start, 0)
        if state.fence and depth < state.fence_depth:
            state.fence = ""
        body = text[at:end].rstrip("\r\n")
        stop = at + len(body)
        if state.fence:
            self._in_fence(start, end, body)
            return
        if depth and state.quote < 0:
            self._end_paragraph()
            state.quote = start
        elif not depth and state.quote >= 0 and not self._is_lazy(at, stop):
            self._end_paragraph()
            self._end_quote(start)
        if at > start:
            self._cut(start, at)
        if not body.strip():
            self._end_paragraph()
            state.blank, state.table, state.esm = True, False, False
            return
        blank, state.blank = state.blank, False
        indent = len(body.expandtabs(4)) - len(body.expandtabs(4).lstrip())
        if self._is_code(indent, blank):
            self._cut(at, stop)
            return
        at = self._items(at, stop, indent, blank)
        if at < stop:
            self._content(at, stop, end)

    def _quotes(self, start: int, end: int) -> tuple[int, int]:
        depth = 0
        while depth < 50 and (mark := _QUOTE.match(self.text, start, end)):
            start = mark.end()
            depth += 1
        return start, depth

    def _is_lazy(self, at: int, stop: int) -> bool:
        """Tell whether a line without a quote mark goes on with the quoted paragraph before it."""
        begins = (_FENCE, _HEADING, _BREAK, _ITEM)
        blank = not self.text[at:stop].strip()
        return bool(self.state.paragraph) and not blank and not any(mark.match(self.text, at, stop) for mark in begins)

    def _in_fence(self, start: int, end: int, body: str) -> None:
        self._cut(start, end)
        close = body.strip()
        if (
            close
            and close[0] == self.state.fence[0]
            and set(close) == {close[0]}
            and len(close) >= len(self.state.fence)
        ):
            self.state.fence = ""
            self.state.blank = True

    def _is_code(self, indent: int, blank: bool) -> bool:
        state = self.state
        if state.code or blank:
            state.code = indent >= state.indent + 4 and not state.paragraph
        if state.code:
            return True
        if blank and indent < state.indent:
            state.indent = indent if indent >= 2 else 0
        return False

    def _items(self, at: int, stop: int, indent: int, blank: bool) -> int:
        """Cut the indentation and the list marks; where the text begins."""
        text, state = self.text, self.state
        first = at
        while at < stop and text[at] in " \t":
            at += 1
        marked = False
        while not _BREAK.match(text, at, stop) and (mark := _ITEM.match(text, at, stop)):
            inside = not marked and bool(state.paragraph) and not blank and not state.indent
            if inside and text[at].isdigit() and not text.startswith(("1.", "1)"), at):
                break  # a number at the start of a wrapped line begins no list
            marked = True
            at = mark.end()
        if marked:
            self._end_paragraph()
            state.indent = indent + (at - first - (len(text[first:at]) - len(text[first:at].lstrip())))
            state.table = False
        # An item is a block of its own: a blank line before it, unless there is one.
        self._cut(first, at, "\n" if marked and not blank else "")
        return at

    def _content(self, at: int, stop: int, end: int) -> None:
        text, state = self.text, self.state
        fence = _FENCE.match(text, at, stop)
        if fence and (fence[1][0] == "~" or "`" not in text[fence.end(1) : stop]):
            self._end_paragraph()
            state.fence, state.fence_depth = fence[1], int(state.quote >= 0)
            self._cut(at, end)
            return
        if state.esm or (self.mdx and not state.paragraph and _ESM.match(text, at, stop)):
            state.esm = True
            self._cut(at, stop)
        elif _COLONS.match(text, at, stop) or (
            state.paragraph and _TABLE_RULE.match(text, at, stop) and self._head(at, stop)
        ):
            self._cut(at, stop)
        elif (_RULE if state.paragraph else _BREAK).match(text, at, stop):
            self._end_paragraph()
            self._cut(at, stop)
        elif heading := _HEADING.match(text, at, stop):
            self._heading(at, stop, end, heading.end())
        elif not state.paragraph and (reference := _REFERENCE.match(text, at, stop)):
            self.references.add(" ".join(reference[1].split()).casefold())
            self._cut(at, stop)
        elif self._unread(at, stop):
            pass
        elif state.table:
            self._row(at, stop)
        else:
            if not state.paragraph and (mark := _NOTE.match(text, at, stop) or _ALERT.match(text, at, stop)):
                self._cut(at, mark.end())
                at = mark.end()
            state.paragraph.append((at, stop))

    def _heading(self, at: int, stop: int, end: int, begin: int) -> None:
        self._end_paragraph()
        self._cut(at, begin, "\n" if at and not self.state.blank else "")
        closing = _CLOSING.search(self.text, max(begin, stop - 80), stop)
        close = closing.start() if closing else stop
        self.runs.append((begin, close))
        # The next line is another block, whether or not there is a blank line.
        self._cut(close, end, "\n\n" if end > stop else "")
        self.state.blank = True

    def _head(self, at: int, stop: int) -> bool:
        """The line before a delimiter row is the head of a table."""
        state = self.state
        if "|" not in self.text[at:stop] or "|" not in self.text[slice(*state.paragraph[-1])]:
            return False
        row = state.paragraph.pop()
        self._end_paragraph()
        self._row(*row)
        state.table = True
        return True

    def _row(self, start: int, stop: int) -> None:
        """Cells of a table; each is a block."""
        pipes = [match.start() for match in _PIPE.finditer(self.text, start, stop)]
        edges = [start, *[edge for pipe in pipes for edge in (pipe, pipe + 1)], stop]
        for low, high in zip(edges[::2], edges[1::2], strict=True):
            if self.text[low:high].strip():
                self.runs.append((low, high))
        for number, pipe in enumerate(pipes):
            outer = number == len(pipes) - 1 and not self.text[pipe + 1 : stop].strip()
            self._cut(pipe, pipe + 1, "" if outer else "\n\n")

    def _unread(self, at: int, stop: int) -> bool:
        """Comments over several lines, and HTML blocks that hold no prose."""
        text = self.text
        block = _UNREAD.match(text, at, stop)
        opener, closer = (block[0], f"</{block[1]}") if block else ("<!--", "-->")
        start = at if block else text.find(opener, at, stop)
        if start < 0 or self.no_comment_end or (not block and text.find(closer, start, stop) >= 0):
            return False
        found = text.find(closer, start)
        if found < 0:
            self.no_comment_end = True
            return False
        close = text.find(">", found)
        close = close + 1 if close >= 0 else len(text)
        if start > at:
            self.state.paragraph.append((at, start))
        self._end_paragraph()
        self._cut(start, close)
        self.skip_to = close
        return True
