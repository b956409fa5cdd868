"""The alternatives of a templated draft: each path through its ``if`` tags is a reply some customer gets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice, product
from typing import NamedTuple

from apologylint.drafts import Draft
from apologylint.formats.words import words
from apologylint.spans import Span

_TAG = re.compile(r"(\{\{\{?|\{%|<%|\[%|<\?(?:php)?|</?[#@])[-~+=_]*\s*([#/^]?)\s*(\}?\s*\w*)")
_BRANCHING = words("if unless case switch ifequal ifnotequal")
_ELSE = words("else elsif elif elseif when default")
#: Blocks that a bare ``end`` closes, in dialects that have one.
_OTHER = words("for foreach while until range with block define wrapper filter try macro begin")
_DO = re.compile(r"(?:\bdo(?:\s*\|[^|]*\|)?|->|\{)\s*-?%>$")
_FINAL = re.compile(r"\W*(?:else)?\W*", re.IGNORECASE)
_DEEPEST = 20


class Paths(NamedTuple):
    """Paths through a draft.

    Attributes:
        spans: for each path the runs of prose on it, in order.
        complete: whether these are all; if not, every branch is still on at least one of them, unless tags do not
            match, when the whole prose is the one path.
    """

    spans: list[tuple[Span, ...]]
    complete: bool


@dataclass(slots=True)
class _If:
    """An ``if`` with its branches."""

    branches: list[list[Span | _If]] = field(default_factory=lambda: [[]])
    name: str = ""
    total: bool = False  # it has an else


def paths(draft: Draft, limit: int = 16) -> Paths:
    """Alternatives of a draft: without branching tags, one path with all of its prose.

    Args:
        draft: any draft.
        limit: at most so many; beyond it, one path for each first, second, third ... branch.
    """
    whole = Span(0, len(draft.prose))
    if not draft.tags:
        return Paths([(whole,)], True)
    tree = _tree(draft)
    if tree is None:
        return Paths([(whole,)], False)
    found = list(islice(_all(tree), limit + 1))
    if len(found) <= limit:
        return Paths([_joined(path) for path in found], True)
    widest = min(_widest(tree), limit)
    return Paths([_joined(_take(tree, number)) for number in range(widest)], False)


def _kind(tag: str) -> tuple[str, str]:
    """What a tag does (``if``, ``block``, ``else``, ``end`` or nothing) and the name an ``end`` would repeat."""
    match = _TAG.match(tag)
    if match is None:
        return "", ""
    opener, sigil, word = match[1], match[2], match[3].strip().lower()
    closes = word.startswith("}")
    word = word.lstrip("} \t\r\n")
    if opener.startswith("</") or sigil == "/":
        return ("end", word) if word in _BRANCHING else ("", "")
    if word in _ELSE or (sigil == "^" and not word):
        return "else", ""
    if word in _BRANCHING:
        return "if", word
    if closes or word == "end":
        return "end", ""
    if word.startswith("end") and word[3:] in _BRANCHING:
        return "end", word[3:]
    bare = opener in ("<%", "[%", "{{") and not sigil
    if bare and (word in _OTHER or _DO.search(tag)):
        return "block", ""
    return "", ""


def _tree(draft: Draft) -> list[Span | _If] | None:
    """The prose as runs and ifs; ``None`` when tags do not match."""
    root: list[Span | _If] = []
    stack: list[_If] = []
    at = 0

    def add(until: int) -> None:
        nonlocal at
        if until > at:
            (stack[-1].branches[-1] if stack else root).append(Span(at, until))
            at = until

    for place, tag in draft.tags:
        kind, name = _kind(tag)
        if not kind:
            continue
        add(place)
        if kind in ("if", "block"):
            if len(stack) >= _DEEPEST:
                return None
            node = _If(name=name, total=kind == "block")
            (stack[-1].branches[-1] if stack else root).append(node)
            stack.append(node)
        elif not stack or (name and name != stack[-1].name):
            return None
        elif kind == "else":
            stack[-1].branches.append([])
            stack[-1].total = stack[-1].total or _FINAL.fullmatch(tag) is not None
        else:
            node = stack.pop()
            if not node.total:
                node.branches.append([])
    if stack:
        return None
    add(len(draft.prose))
    return root


def _all(items: list[Span | _If]) -> Iterator[list[Span]]:
    options = [
        [[item]] if isinstance(item, Span) else [path for branch in item.branches for path in _some(branch)]
        for item in items
    ]
    return map(_flat, product(*options))


def _some(items: list[Span | _If]) -> list[list[Span]]:
    """Paths of a branch; more than anybody asks for are not made."""
    return list(islice(_all(items), 65))


def _flat(parts: tuple[list[Span], ...]) -> list[Span]:
    return [span for part in parts for span in part]


def _widest(items: list[Span | _If]) -> int:
    return max(
        (max(len(i.branches), *(_widest(b) for b in i.branches)) for i in items if isinstance(i, _If)), default=1
    )


def _take(items: list[Span | _If], number: int) -> list[Span]:
    out: list[Span] = []
    for item in items:
        out += [item] if isinstance(item, Span) else _take(item.branches[min(number, len(item.branches) - 1)], number)
    return out


def _joined(spans: list[Span]) -> tuple[Span, ...]:
    out: list[Span] = []
    for span in spans:
        if out and out[-1].end == span.start:
            out[-1] = Span(out[-1].start, span.end)
        else:
            out.append(span)
    return tuple(out)
