"""Making text harmless: what comes from a reply or a path must never steer a terminal, a browser or a CI job."""

from __future__ import annotations

import re
import unicodedata

from apologylint.later import later_re

# C0, DEL, C1, line and paragraph separators, bidi and other invisible format marks, lone surrogates, a stray BOM.
_UNSAFE = later_re(
    "[\x00-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def visible(text: str) -> str:
    r"""One line with every control and bidi character spelt out (``\x1b``, ``\u202e``)."""
    return _UNSAFE.sub(_spelt, text)


def _spelt(match: re.Match[str]) -> str:
    char = match[0]
    if char in _SHORT:
        return _SHORT[char]
    code = ord(char)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def cells(text: str) -> int:
    """How many terminal columns a text takes: 2 for a wide character, 0 for a combining one."""
    if text.isascii():
        return len(text)
    total = 0
    for char in text:
        if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me", "Cf"):
            continue
        total += 2 if unicodedata.east_asian_width(char) in "WF" else 1
    return total


def xml(text: str) -> str:
    """Text for an XML or HTML element or a quoted attribute, on one line.

    ASCII only: the document says that it is UTF-8, and a redirected standard output need not be.
    """
    text = visible(text).replace("\ufffe", "\\ufffe").replace("\uffff", "\\uffff")
    text = (
        text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace('"', "&quot;")
        .replace("'", "&#39;")
    )
    return text.encode("ascii", "xmlcharrefreplace").decode("ascii")


def markdown(text: str) -> str:
    """Text for a Markdown table cell, with nothing left that Markdown or HTML would act on."""
    return re.sub(r"([\\`*_{}\[\]()#+!|~@:&<>])", lambda match: f"&#{ord(match[0])};", visible(text))
