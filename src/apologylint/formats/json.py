"""JSON, JSON lines and ARB, with the place of every character of every string.

More is read than the standard allows, since exports are what they are: comments, trailing commas, raw control
characters in strings, and lines that a tool logged before it wrote the JSON. The walk is a loop with a depth limit, so
that no nesting ends in a RecursionError.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from apologylint.drafts import Source
from apologylint.errors import InputError
from apologylint.formats.fail import DEEPEST, failure, too_deep
from apologylint.formats.options import ReadOptions
from apologylint.formats.replies import select
from apologylint.formats.strand import Strand, Weaver
from apologylint.formats.tree import Atom, Items, Mapping, Node, Text
from apologylint.formats.value import Value

_TOKEN = re.compile(
    r"""
    (?P<space>[\ \t\r\n\ufeff]++)
  | (?P<string>"(?:[^"\\]|\\.)*+")
  | (?P<sign>[{}\[\],:])
  | (?P<word>-?(?:\d[\d.eE+-]*+|Infinity)|true\b|false\b|null\b|NaN\b)
  | (?P<comment>//[^\r\n]*+|/\*(?:[^*]|\*(?!/))*+\*/)
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})(?:\\u([dD][c-fC-F][0-9a-fA-F]{2}))?|(.))", re.DOTALL)
_SHORT = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", '"': '"', "\\": "\\", "/": "/"}
_WORDS: dict[str, object] = {"true": True, "false": False, "null": None}
_LINE = re.compile(r"[^\r\n]+")
_OPENS = re.compile(r"[ \t\r\n\ufeff]*+[{\[\"/]")
_DOCUMENT = re.compile(r"(?:^|(?<=\r))(?=[{\[][ \t]*(?:[\r\n\"{\[\]}]|\Z))", re.MULTILINE)


def read(source: Source, options: ReadOptions) -> Iterator[Value]:
    """The replies of a JSON file."""
    try:
        tree = parse(source)
    except InputError:
        start = None if _OPENS.match(source.text) else _DOCUMENT.search(source.text)
        if start is None:
            raise
        tree = parse(source, start.start())
    yield from select(tree, options)


def read_lines(source: Source, options: ReadOptions) -> Iterator[Value]:
    """The replies of a file with one JSON value a line."""
    for match in _LINE.finditer(source.text):
        line = match.group().lstrip("\ufeff \t")
        if line and not line.startswith("//"):
            node = parse(source, *match.span())
            yield from select(node, options, path=f"line {source.lines.position(match.start())[0]}")


def read_arb(source: Source, options: ReadOptions) -> Iterator[Value]:
    """The messages of an Application Resource Bundle."""
    yield from select(parse(source), options, catalogue=True)


def parse(source: Source, start: int = 0, end: int | None = None) -> Node:
    """The tree of one JSON text."""
    return _Parser(source, start, len(source.text) if end is None else end).parse()


def decode(text: str, start: int, end: int) -> Strand:
    """The string between the quotes at ``start - 1`` and ``end``."""
    at = text.find("\\", start, end)
    if at < 0:
        return Strand.of(text, start, end)
    weaver = Weaver()
    done = start
    while at >= 0:
        match = _ESCAPE.match(text, at, end)
        if match is None:
            break
        weaver.copy(text, done, at)
        done = match.end()
        if match[3] is not None:
            char = _SHORT.get(match[3], match[3])
        else:
            unit = int(match[1], 16)
            if match[2] and 0xD800 <= unit < 0xDC00:
                char = chr(0x10000 + ((unit - 0xD800) << 10) + (int(match[2], 16) - 0xDC00))
            else:
                # A lone surrogate is no character; nothing downstream could encode it.
                char = "\ufffd" if 0xD800 <= unit < 0xE000 else chr(unit)
                done = at + 6
        weaver.swap(char, at, done)
        at = text.find("\\", done, end)
    weaver.copy(text, done, end)
    return weaver.strand()


class _Parser:
    def __init__(self, source: Source, start: int, end: int) -> None:
        self.source = source
        self.text = source.text
        self.at = start
        self.end = end

    def _next(self) -> tuple[str, int, int]:
        """The next token that means something: its kind (a sign is its own kind) and place."""
        while self.at < self.end:
            match = _TOKEN.match(self.text, self.at, self.end)
            if match is None:
                broken = self.text[self.at] == '"'
                what = "this string is not closed" if broken else "this is not JSON"
                raise failure(self.source, self.at, what, "mend the file; a JSON parser will refuse it too")
            self.at = match.end()
            kind = match.lastgroup or ""
            if kind not in ("space", "comment"):
                return (match.group() if kind == "sign" else kind, match.start(), match.end())
        return ("end", self.end, self.end)

    def _expected(self, what: str, at: int) -> Exception:
        return failure(self.source, at, f"expected {what} here", "mend the file; a JSON parser will refuse it too")

    def parse(self) -> Node:
        stack: list[Mapping | Items] = []
        key = ""
        kind, start, stop = self._next()
        while True:
            # A value begins here.
            node: Node
            if kind == "string":
                node = Text(decode(self.text, start + 1, stop - 1))
            elif kind == "word":
                raw = self.text[start:stop]
                node = Atom(_WORDS.get(raw, raw))
            elif kind in ("{", "["):
                node = Mapping() if kind == "{" else Items()
                if len(stack) >= DEEPEST:
                    raise too_deep(self.source, start)
            elif kind == "]" and stack and isinstance(stack[-1], Items):
                node = stack.pop()  # an empty list, or a comma before its end
                if not stack:
                    return self._root(node)
                closed = self._after(stack)
                if closed is not None:
                    return self._root(closed)
                key, (kind, start, stop) = self._begin(stack)
                continue
            else:
                raise self._expected("a value", start)
            if stack:
                top = stack[-1]
                if isinstance(top, Mapping):
                    top.items.append((key, node))
                else:
                    top.items.append(node)
            if isinstance(node, Mapping | Items):
                stack.append(node)
                if isinstance(node, Items):
                    kind, start, stop = self._next()
                    continue
            elif not stack:
                return self._root(node)
            else:
                closed = self._after(stack)
                if closed is not None:
                    return self._root(closed)
            key, (kind, start, stop) = self._begin(stack)
            while kind == "}":
                done = stack.pop()
                if not stack:
                    return self._root(done)
                closed = self._after(stack)
                if closed is not None:
                    return self._root(closed)
                key, (kind, start, stop) = self._begin(stack)

    def _begin(self, stack: list[Mapping | Items]) -> tuple[str, tuple[str, int, int]]:
        """The key, if we are in an object, and the first token of the value; ``}`` when the object ends."""
        token = self._next()
        if isinstance(stack[-1], Items) or token[0] == "}":
            return "", token
        if token[0] != "string":
            raise self._expected("a key in double quotes", token[1])
        key = decode(self.text, token[1] + 1, token[2] - 1).text
        colon = self._next()
        if colon[0] != ":":
            raise self._expected('":"', colon[1])
        return key, self._next()

    def _after(self, stack: list[Mapping | Items]) -> Node | None:
        """What follows a value: a comma, or the ends of collections. The root when all are closed."""
        while True:
            kind, start, _ = self._next()
            if kind == ",":
                return None
            if kind != ("}" if isinstance(stack[-1], Mapping) else "]"):
                raise self._expected('"," or the end of the collection', start)
            done = stack.pop()
            if not stack:
                return done

    def _root(self, node: Node) -> Node:
        kind, start, _ = self._next()
        if kind != "end":
            raise failure(
                self.source,
                start,
                "there is more after the end of the JSON value",
                "name the file .jsonl if it has one value a line",
            )
        return node
