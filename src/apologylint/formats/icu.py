"""ICU messages: ``{n, plural, one {your parcel} other {your # parcels}}``."""

from __future__ import annotations

import re

_TOKEN = re.compile(r"[{}']")
_DEEPEST = 20
_ARGUMENT = re.compile(r"\{\s*[\w.]+\s*,\s*(?:plural|selectordinal|select)\s*,(?:\s*offset\s*:\s*\d+)?")
_SELECTOR = re.compile(r"\s*(?:=\d+|[\w-]+)\s*\{")
_QUOTED = re.compile(r"'[{}#|][^']*'")


def branches(text: str, start: int, end: int) -> tuple[int, list[tuple[int, int]]] | None:
    """Where the message at ``start`` ends, and the runs of prose in it, in order.

    ``None`` when it is not a well-formed message. A branch that holds another message is split around that one's
    own branches.
    """
    runs: list[tuple[int, int]] = []
    # Each level: are we inside an argument (between its selectors) or inside a branch (prose)?
    stack = ["argument"]
    match = _ARGUMENT.match(text, start, end)
    if not match:
        return None
    at = match.end()
    prose = at
    while at < end:
        if stack[-1] == "argument":
            selector = _SELECTOR.match(text, at, end)
            if selector:
                stack.append("branch")
                at = prose = selector.end()
                continue
            while at < end and text[at].isspace():
                at += 1
            if at >= end or text[at] != "}":
                return None
            stack.pop()
            at += 1
            if not stack:
                return at, runs
            prose = at
            continue
        token = _TOKEN.search(text, at, end)
        if not token:
            return None
        at = token.start()
        if token.group() == "'":
            quoted = _QUOTED.match(text, at, end)
            at = quoted.end() if quoted else at + 1
        elif token.group() == "}":
            if at > prose:
                runs.append((prose, at))
            stack.pop()
            at += 1
        else:
            nested = _ARGUMENT.match(text, at, end)
            if nested and len(stack) < _DEEPEST:
                if at > prose:
                    runs.append((prose, at))
                stack.append("argument")
                at = nested.end()
            else:
                close = text.find("}", at, end)
                if close < 0:
                    return None
                at = close + 1
    return None
