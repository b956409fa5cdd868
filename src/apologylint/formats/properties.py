"""Java ``.properties`` files."""

from __future__ import annotations

import re
from collections.abc import Iterator

from apologylint.drafts import Source
from apologylint.formats.options import ReadOptions
from apologylint.formats.prose import kind_of, reads_as_sentence
from apologylint.formats.strand import Strand, Weaver
from apologylint.formats.value import Value

_LOGICAL = re.compile(
    r"[ \t\f]*(?:(?P<comment>[#!][^\r\n]*)|(?P<line>(?:[^\\\r\n]|\\(?:\r\n|[\s\S]))*+))(?:\r\n|\r|\n|$)"
)
_KEY = re.compile(r"(?P<key>(?:[^\\=:\s]|\\(?:\r\n[ \t\f]*|[\r\n][ \t\f]*|.))*+)[ \t\f]*(?:[=:][ \t\f]*)?")
_ESCAPE = re.compile(
    r"\\(?:u([0-9a-fA-F]{4})(?:\\u([dD][c-fC-F][0-9a-fA-F]{2}))?|((?:\r\n|\r|\n)[ \t\f]*)|(.)|$)", re.S
)
_SHORT = {"n": "\n", "t": "\t", "r": "\r", "f": "\f"}


def read(source: Source, options: ReadOptions) -> Iterator[Value]:
    """The values that read as sentences, named by their keys."""
    for key, strand in pairs(source):
        if reads_as_sentence(strand.text):
            yield Value(key, strand, kind_of(strand.text))


def pairs(source: Source) -> Iterator[tuple[str, Strand]]:
    """Keys and values in order."""
    text = source.text
    at = 0
    while at < len(text):
        match = _LOGICAL.match(text, at)
        if match is None or match.end() == at:
            break
        at = match.end()
        start, end = match.span("line") if match["comment"] is None else (0, 0)
        if start >= end:
            continue
        key = _KEY.match(text, start, end)
        if key is None:
            continue
        yield _decode(text, *key.span("key")).text, _decode(text, key.end(), end)


def _decode(text: str, start: int, end: int) -> Strand:
    weaver = Weaver()
    at = start
    for match in _ESCAPE.finditer(text, start, end):
        weaver.copy(text, at, match.start())
        at = match.end()
        if match[1]:
            unit = int(match[1], 16)
            if match[2] and 0xD800 <= unit < 0xDC00:
                char = chr(0x10000 + ((unit - 0xD800) << 10) + (int(match[2], 16) - 0xDC00))
            else:
                char = "\ufffd" if 0xD800 <= unit < 0xE000 else chr(unit)
                at = match.start() + 6
        else:
            char = "" if match[3] is not None else _SHORT.get(match[4] or "", match[4] or "")
        weaver.swap(char, match.start(), at)
    weaver.copy(text, at, end)
    return weaver.strand()
