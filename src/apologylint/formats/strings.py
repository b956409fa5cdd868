"""Apple ``.strings`` files."""

from __future__ import annotations

import re
from collections.abc import Iterator

from apologylint.drafts import Source
from apologylint.formats.fail import failure
from apologylint.formats.options import ReadOptions
from apologylint.formats.prose import kind_of, reads_as_sentence
from apologylint.formats.strand import Strand, Weaver
from apologylint.formats.value import Value

_TOKEN = re.compile(
    r"""
    (?P<space>\s+ | //[^\r\n]* | /\*(?:[^*]|\*(?!/))*+\*/)
  | (?P<string>"(?:[^"\\]|\\.)*+" | '(?:[^'\\]|\\.)*+')
  | (?P<bare>[\w.$-]+)
  | (?P<sign>[=;])
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:[uU]([0-9a-fA-F]{4})(?:\\[uU]([dD][c-fC-F][0-9a-fA-F]{2}))?|([0-7]{3})|(.))", re.DOTALL)
_SHORT = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}


def read(source: Source, options: ReadOptions) -> Iterator[Value]:
    """The values that read as sentences, named by their keys."""
    for key, strand in pairs(source):
        if reads_as_sentence(strand.text):
            yield Value(key, strand, kind_of(strand.text))


def pairs(source: Source) -> Iterator[tuple[str, Strand]]:
    """Keys and values in order."""
    text = source.text
    at = 0
    parts: list[Strand] = []
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise failure(source, at, "this is not a .strings file", 'write "key" = "value";')
        at = match.end()
        kind = match.lastgroup
        if kind == "string":
            parts.append(_decode(text, match.start() + 1, at - 1))
        elif kind == "bare":
            parts.append(Strand.of(text, match.start(), at))
        elif match.group() == ";":
            if len(parts) == 2:
                yield parts[0].text, parts[1]
            parts = []
    if parts:
        raise failure(source, at, 'the last entry does not end with ";"', 'write "key" = "value";')


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
            char = chr(int(match[3], 8)) if match[3] else _SHORT.get(match[4], match[4])
        weaver.swap(char, match.start(), at)
    weaver.copy(text, at, end)
    return weaver.strand()
