"""ICU messages: ``{n, plural, one {your parcel} other {your # parcels}}``."""

from __future__ import annotations

from typing import NamedTuple

from apologylint.later import later_re

_TOKEN = later_re(r"[{}']")
_DEEPEST = 20
_ARGUMENT = later_re(r"\{\s*[\w.]+\s*,\s*(?:plural|selectordinal|select)\s*,(?:\s*offset\s*:\s*\d+)?")
_SELECTOR = later_re(r"\s*(=\d+|[\w-]+)\s*\{")
_QUOTED = later_re(r"'[{}#|][^']*'")


class Message(NamedTuple):
    """A message.

    Attributes:
        end: where it ends.
        runs: the runs of prose in it, in order. A branch that holds another message is split around that one's own
            branches.
        tags: what chooses between them, in order: ``{n, plural,``, ``one {``, ``}``.
    """

    end: int
    runs: list[tuple[int, int]]
    tags: list[tuple[int, str]]


def branches(text: str, start: int, end: int) -> Message | None:
    """The message at ``start``; ``None`` when it is not a well-formed one."""
    runs: list[tuple[int, int]] = []
    tags: list[tuple[int, str]] = []
    # Each level: are we inside an argument (between its selectors) or inside a branch (prose)?
    stack = ["argument"]
    match = _ARGUMENT.match(text, start, end)
    if not match:
        return None
    tags.append((start, match.group()))
    at = match.end()
    prose = at
    while at < end:
        if stack[-1] == "argument":
            selector = _SELECTOR.match(text, at, end)
            if selector:
                tags.append((selector.start(1), selector.group().lstrip()))
                stack.append("branch")
                at = prose = selector.end()
                continue
            while at < end and text[at].isspace():
                at += 1
            if at >= end or text[at] != "}":
                return None
            tags.append((at, "}"))
            stack.pop()
            at += 1
            if not stack:
                return Message(at, runs, tags)
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
                tags.append((at, nested.group()))
                stack.append("argument")
                at = nested.end()
            else:
                close = text.find("}", at, end)
                if close < 0:
                    return None
                at = close + 1
    return None
