"""End tags that an XML text lacks or has too many of, so that what a person can read in it can be read here."""

from __future__ import annotations

import re
from typing import NamedTuple

from apologylint.formats.fail import DEEPEST

_TAG = re.compile(rb"""<(/?)([^\s<>/"'=!?]+)(?:[^<>"']|"[^"<]*"|'[^'<]*')*+>""")
#: One begins only after the other has ended.
_SIBLINGS = (b"source", b"target")
_OTHER = ((b"<!--", b"-->"), (b"<![CDATA[", b"]]>"), (b"<?", b"?>"))


class Repair(NamedTuple):
    """At byte ``at`` leave out ``dropped`` bytes and put ``added``."""

    at: int
    dropped: int
    added: bytes


def repairs(data: bytes) -> list[Repair] | None:
    """What makes the tags of a text match: an element ends at the latest where one around it does.

    ``None`` when that is not all that is wrong with it.
    """
    out: list[Repair] = []
    stack: list[bytes] = []
    at = data.find(b"<")
    while at >= 0:
        end = _after(data, at)
        if end is None:
            return None
        tag = _TAG.match(data, at, end)
        if tag is not None and tag[1]:
            if tag[2] not in stack:
                out.append(Repair(at, end - at, b""))
            elif missing := _ends(stack, tag[2]):
                out.append(Repair(at, 0, missing))
        elif tag is not None and data[end - 2 : end - 1] != b"/":
            for other in _SIBLINGS if tag[2] in _SIBLINGS else ():
                if other in stack:
                    out.append(Repair(at, 0, _ends(stack, other) + b"</" + other + b">"))
            stack.append(tag[2])
            if len(stack) > DEEPEST:
                return None
        at = data.find(b"<", end)
    return out if not stack else None


def _ends(stack: list[bytes], name: bytes) -> bytes:
    """Take elements off the stack down to ``name``: the end tags of those above it."""
    missing = b""
    while (top := stack.pop()) != name:
        missing += b"</" + top + b">"
    return missing


def _after(data: bytes, at: int) -> int | None:
    """Where the tag, comment or section at ``at`` ends."""
    for opener, closer in _OTHER:
        if data.startswith(opener, at):
            end = data.find(closer, at + len(opener))
            return end + len(closer) if end >= 0 else None
    tag = _TAG.match(data, at)
    return tag.end() if tag else None
