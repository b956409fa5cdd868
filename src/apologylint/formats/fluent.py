"""Fluent ``.ftl`` messages; and FreeMarker templates, which use the same suffix."""

from __future__ import annotations

import re
from collections.abc import Iterator

from apologylint.drafts import Source
from apologylint.formats import template
from apologylint.formats.options import ReadOptions
from apologylint.formats.prose import kind_of, reads_as_sentence
from apologylint.formats.strand import Weaver
from apologylint.formats.value import Value

_FREEMARKER = re.compile(r"<\#|</\#|<@|\$\{|<--|^[A-Z][^=\r\n]*[,.!?]", re.MULTILINE)
_MESSAGE = re.compile(r"^-?[a-zA-Z][\w-]*[ \t]*=", re.MULTILINE)
_START = re.compile(r"(-?[a-zA-Z][\w-]*)[ \t]*=[ \t]*|[ \t]+(\.[a-zA-Z][\w-]*)[ \t]*=[ \t]*")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_VARIANT = re.compile(r"[ \t]*(\*?)\[[ \t]*([\w.-]{1,60})[ \t]*\][ \t]*")
_SELECTOR = re.compile(r"\{[ \t]*([^{}\r\n]{1,120}?)[ \t]*->[ \t]*$")
_LITERAL = re.compile(r"\{[ \t]*\"((?:[^\"\\\r\n]|\\.)*)\"[ \t]*\}")


def read(source: Source, options: ReadOptions) -> Iterator[Value]:
    """The messages of a Fluent file, or the text of a FreeMarker template."""
    if not is_fluent(source.text):
        yield from template.read(source, options)
        return
    for name, pattern in messages(source):
        strand = pattern.weaver.strand()
        if reads_as_sentence(strand.text):
            yield Value(name, strand, kind_of(strand.text), tags=tuple(pattern.tags))


def is_fluent(text: str) -> bool:
    """True for Fluent, false for FreeMarker."""
    return _MESSAGE.search(text) is not None and _FREEMARKER.search(text) is None


class Pattern:
    """The text of a message while it is read.

    Attributes:
        weaver: the text.
        tags: what chooses between variants, written as in an ICU message, each with its place in the text.
        used: whether there is any text.
    """

    def __init__(self) -> None:
        self.weaver = Weaver()
        self.tags: list[tuple[int, str]] = []
        self.used = False
        self.depth = 0

    def line(self, text: str, start: int, end: int) -> None:
        """Add one line."""
        while start < end and text[start] in " \t":
            start += 1
        if self.depth and text.startswith("}", start):
            self.depth -= 1
            self._tag("}")
            start += 1
        variant = _VARIANT.match(text, start, end) if self.depth else None
        if variant:
            start = variant.end()
        line = text[start:end].rstrip()
        end = start + len(line)
        selector = _SELECTOR.search(line)
        if selector:
            end = start + selector.start()
        if variant or end > start:
            if self.used:
                self.weaver.swap("\n\n" if variant else "\n", start, start)
            if variant:
                self._tag(f"{'other' if variant[1] else variant[2]} {{")
            self._copy(text, start, end)
        if selector:
            self.depth += 1
            self._tag(f"{{{selector[1]},")

    def _tag(self, tag: str) -> None:
        self.tags.append((self.weaver.length, tag))

    def _copy(self, text: str, start: int, end: int) -> None:
        self.used = self.used or end > start
        at = start
        for literal in _LITERAL.finditer(text, start, end):
            self.weaver.copy(text, at, literal.start())
            self.weaver.swap(literal[1], *literal.span())
            at = literal.end()
        self.weaver.copy(text, at, end)


def messages(source: Source) -> Iterator[tuple[str, Pattern]]:
    """Messages, terms and their attributes in order. Variants of a selector follow one another on their own lines."""
    text = source.text
    name, owner = "", ""
    pattern = Pattern()
    at = 0
    while at < len(text):
        match = _LINE.match(text, at)
        end = match.end() if match else len(text)
        body = len(text[at:end].rstrip("\r\n")) + at
        start = _START.match(text, at, body)
        if start and (start[1] or owner):
            if pattern.used:
                yield name, pattern
            pattern = Pattern()
            owner = start[1] or owner
            name = start[1] or owner + start[2]
            pattern.line(text, start.end(), body)
        elif name and (text[at : at + 1] in (" ", "\t", "}", "[", "*") or body == at):
            pattern.line(text, at, body)
        else:
            if pattern.used:
                yield name, pattern
            pattern, name, owner = Pattern(), "", ""
        at = end
    if pattern.used:
        yield name, pattern
