"""Fluent ``.ftl`` messages; and FreeMarker templates, which use the same suffix."""

from __future__ import annotations

import re
from collections.abc import Iterator

from apologylint.drafts import Source
from apologylint.formats import template
from apologylint.formats.options import ReadOptions
from apologylint.formats.prose import kind_of, reads_as_sentence
from apologylint.formats.strand import Strand, Weaver
from apologylint.formats.value import Value

_FREEMARKER = re.compile(r"<\#|</\#|<@|\$\{|<--|^[A-Z][^=\r\n]*[,.!?]", re.MULTILINE)
_MESSAGE = re.compile(r"^-?[a-zA-Z][\w-]*[ \t]*=", re.MULTILINE)
_START = re.compile(r"(-?[a-zA-Z][\w-]*)[ \t]*=[ \t]*|[ \t]+(\.[a-zA-Z][\w-]*)[ \t]*=[ \t]*")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_VARIANT = re.compile(r"[ \t]*\*?\[[ \t]*[\w.-]{1,60}[ \t]*\][ \t]*")
_SELECTOR = re.compile(r"\{[^{}\r\n]{1,120}->[ \t]*$")
_LITERAL = re.compile(r"\{[ \t]*\"((?:[^\"\\\r\n]|\\.)*)\"[ \t]*\}")


def read(source: Source, options: ReadOptions) -> Iterator[Value]:
    """The messages of a Fluent file, or the text of a FreeMarker template."""
    if not is_fluent(source.text):
        yield from template.read(source, options)
        return
    for name, strand in messages(source):
        if reads_as_sentence(strand.text):
            yield Value(name, strand, kind_of(strand.text))


def is_fluent(text: str) -> bool:
    """True for Fluent, false for FreeMarker."""
    return _MESSAGE.search(text) is not None and _FREEMARKER.search(text) is None


def messages(source: Source) -> Iterator[tuple[str, Strand]]:
    """Messages, terms and their attributes in order. Variants of a selector follow one another on their own lines."""
    text = source.text
    name, owner = "", ""
    weaver = Weaver()
    used = False
    at = 0
    while at < len(text):
        match = _LINE.match(text, at)
        end = match.end() if match else len(text)
        body = len(text[at:end].rstrip("\r\n")) + at
        start = _START.match(text, at, body)
        if start and (start[1] or owner):
            if used:
                yield name, weaver.strand()
            weaver, used = Weaver(), False
            owner = start[1] or owner
            name = start[1] or owner + start[2]
            used = _piece(text, weaver, start.end(), body, begun=False)
        elif name and (text[at : at + 1] in (" ", "\t", "}", "[", "*") or body == at):
            used = _piece(text, weaver, at, body, begun=used) or used
        else:
            if used:
                yield name, weaver.strand()
            weaver, used, name, owner = Weaver(), False, "", ""
        at = end
    if used:
        yield name, weaver.strand()


def _piece(text: str, weaver: Weaver, start: int, end: int, *, begun: bool) -> bool:
    """Add one line of a pattern; true if there was anything to add."""
    while start < end and text[start] in " \t":
        start += 1
    variant = _VARIANT.match(text, start, end)
    if variant:
        start = variant.end()
    line = text[start:end].rstrip()
    end = start + len(line)
    if line == "}":
        return False
    selector = _SELECTOR.search(line)
    if selector:
        end = start + selector.start()
    if end <= start:
        return False
    if begun:
        weaver.swap("\n\n" if variant else "\n", start, start)
    at = start
    for literal in _LITERAL.finditer(text, start, end):
        weaver.copy(text, at, literal.start())
        weaver.swap(literal[1], *literal.span()) if literal[1] else None
        at = literal.end()
    weaver.copy(text, at, end)
    return True
