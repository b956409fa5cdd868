"""The structure of an e-mail: parts with their headers, and bodies decoded with the place of every character."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from apologylint.formats.strand import Strand, Weaver

if TYPE_CHECKING:
    from email.message import Message

_HEADERS_END = re.compile(r"(?>\r\n|\r|\n)(?>\r\n|\r|\n)|^(?:\r\n|\r|\n)")
_ENCODED = re.compile(
    r"(?:=[0-9a-fA-F]{2}(?:=[ \t]*(?:\r\n|\r|\n)(?==[0-9a-fA-F]{2}))?)+"
    r"|=[ \t]*(?:\r\n|\r|\n)|[ \t]+(?=\r\n|\r|\n)"
)
_BYTE = re.compile(r"=([0-9a-fA-F]{2})")
_LINE_END = re.compile(r"\r\n|\r")
_DEEPEST = 20
_MOST_PARTS = 200


@dataclass(frozen=True, slots=True)
class Part:
    """A part without parts of its own."""

    type: str
    charset: str
    encoding: str
    attached: bool
    start: int
    end: int


def parts(text: str) -> Iterator[Part]:
    """Leaf parts in order, those of a ``multipart/alternative`` included."""
    stack = [(0, len(text), 0)]
    count = 0
    while stack and count < _MOST_PARTS:
        start, end, depth = stack.pop()
        count += 1
        match = _HEADERS_END.search(text, start, end)
        body = match.end() if match else end
        headers = _headers(text[start:body])
        kind = headers.get_content_type()
        boundary = headers.get_boundary()
        if kind.startswith("multipart/") and boundary and depth < _DEEPEST:
            stack += [(low, high, depth + 1) for low, high in reversed(_split(text, body, end, boundary))]
            continue
        attached = headers.get_content_disposition() == "attachment" or kind.startswith("message/")
        charset = headers.get_content_charset() or "utf-8"
        encoding = str(headers.get("Content-Transfer-Encoding", "")).strip().lower()
        yield Part(kind, charset, encoding, attached, body, end)


def _headers(text: str) -> Message:
    from email.parser import HeaderParser

    # The first line of a mailbox file is no header.
    if text.startswith("From "):
        text = text.split("\n", 1)[-1]
    # A charset or boundary is ASCII; anything else in a header must not raise.
    return HeaderParser().parsestr(text.encode("ascii", "replace").decode())


def _split(text: str, start: int, end: int, boundary: str) -> list[tuple[int, int]]:
    pattern = re.compile(r"^--" + re.escape(boundary) + r"(--)?[ \t]*(?:\r\n|\r|\n|\Z)", re.MULTILINE)
    out: list[tuple[int, int]] = []
    begin = -1
    for match in pattern.finditer(text, start, end):
        if begin >= 0:
            # The line break before a boundary belongs to the boundary.
            stop = match.start()
            stop -= 2 if text[stop - 2 : stop] == "\r\n" else 1 if stop and text[stop - 1] in "\r\n" else 0
            out.append((begin, max(begin, stop)))
        begin = -1 if match[1] else match.end()
        if match[1]:
            break
    if begin >= 0:
        out.append((begin, end))
    return out


def body_of(text: str, part: Part) -> Strand:
    """The decoded body; line ends become LF."""
    if part.encoding == "quoted-printable":
        return _quoted_printable(text, part)
    if part.encoding == "base64":
        return _base64(text, part)
    weaver = Weaver()
    at = part.start
    for match in _LINE_END.finditer(text, part.start, part.end):
        weaver.copy(text, at, match.start())
        weaver.swap("\n", *match.span())
        at = match.end()
    weaver.copy(text, at, part.end)
    return weaver.strand()


def _codec(charset: str) -> codecs.CodecInfo:
    try:
        info = codecs.lookup(charset)
        return info if getattr(info, "_is_text_encoding", True) else codecs.lookup("utf-8")
    except LookupError:
        return codecs.lookup("utf-8")


def _quoted_printable(text: str, part: Part) -> Strand:
    weaver = Weaver()
    decoder = _codec(part.charset).incrementaldecoder("replace")
    at = part.start
    for match in _ENCODED.finditer(text, part.start, part.end):
        _copy_lines(text, weaver, at, match.start())
        at = match.end()
        raw = match.group()
        if not re.match(r"=[0-9a-fA-F]{2}", raw):
            continue  # a soft line break, or blanks that transport added
        begin = match.start()
        # A soft line break may part the bytes of one character.
        codes = list(_BYTE.finditer(text, match.start(), match.end()))
        for code in codes:
            char = decoder.decode(bytes([int(code[1], 16)]), code is codes[-1])
            if char:
                weaver.swap(char, begin, code.end())
                begin = code.end()
        decoder.reset()
    _copy_lines(text, weaver, at, part.end)
    return weaver.strand()


def _copy_lines(text: str, weaver: Weaver, start: int, end: int) -> None:
    for match in _LINE_END.finditer(text, start, end):
        weaver.copy(text, start, match.start())
        weaver.swap("\n", *match.span())
        start = match.end()
    weaver.copy(text, start, end)


def _base64(text: str, part: Part) -> Strand:
    """Four characters of source hold up to three bytes; a character of prose maps to the groups its bytes are in."""
    import base64
    import binascii

    weaver = Weaver()
    digits = [(match.start(), match.group()) for match in re.finditer(r"[A-Za-z0-9+/]", text[part.start : part.end])]
    decoder = _codec(part.charset).incrementaldecoder("replace")
    begin = part.start + digits[0][0] if digits else part.start
    for at in range(0, len(digits), 4):
        group = digits[at : at + 4]
        code = "".join(digit for _, digit in group)
        try:
            data = base64.b64decode(code + "=" * (-len(code) % 4))
        except binascii.Error:
            break
        chars = decoder.decode(data, at + 4 >= len(digits))
        end = part.start + group[-1][0] + 1
        if chars:
            weaver.swap(chars.replace("\r", ""), begin, end)
            begin = end
    return weaver.strand()
