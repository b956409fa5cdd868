"""TOML. ``tomllib`` judges the file; the scanner here walks what is known to be valid and knows where strings are."""

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
    r'''
    (?P<space>[ \t\r\n]+|\#[^\r\n]*)
  | (?P<multi>"""(?:[^"\\]|\\.|"(?!""))*+"{3,5})
  | (?P<multiraw>\'\'\'(?:[^']|'(?!''))*+'{3,5})
  | (?P<string>"(?:[^"\\\r\n]|\\.)*+")
  | (?P<raw>'[^'\r\n]*')
  | (?P<double>\[\[|\]\])
  | (?P<sign>[\[\]{},=.])
  | (?P<bare>[^\s\[\]{},=.\#"']+)
    ''',
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([ \t]*\r?\n[ \t\r\n]*)|(.))|\r\n", re.DOTALL)
_SHORT = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "e": "\x1b"}
_PLACE = re.compile(r"^(.*) \(at (?:line (\d+), column (\d+)|end of document)\)$")
_MOST_PARTS = 200


def read(source: Source, options: ReadOptions) -> Iterator[Value]:
    """The replies of a TOML file."""
    yield from select(parse(source), options)


def parse(source: Source) -> Mapping:
    """The tree of a TOML file."""
    import tomllib

    at = 0
    for line in source.text.splitlines(keepends=True):
        # tomllib takes quadratic time on these.
        if line.count(".") > _MOST_PARTS and re.split("[=\"']", line, maxsplit=1)[0].count(".") > _MOST_PARTS:
            raise failure(source, at, f"a key of more than {_MOST_PARTS} parts", "leave the file out with exclude")
        at += len(line)
    try:
        tomllib.loads(source.text)
    except tomllib.TOMLDecodeError as error:
        found = _PLACE.match(str(error))
        offset = len(source.text)
        if found and found[2]:
            offset = source.lines.line_start(min(int(found[2]), len(source.lines))) + int(found[3]) - 1
        raise failure(source, offset, found[1] if found else str(error), "mend the file") from None
    except RecursionError:
        raise too_deep(source, 0) from None
    return _Scanner(source).scan()


class _Scanner:
    def __init__(self, source: Source) -> None:
        self.source = source
        self.text = source.text
        self.at = 0
        self.root = Mapping()

    def _peek(self, *, lines: bool = True) -> tuple[str, int, int]:
        while True:
            match = _TOKEN.match(self.text, self.at)
            if match is None:
                return ("end", self.at, self.at)
            if match.lastgroup != "space":
                kind = match.lastgroup or ""
                return (match.group() if kind in ("sign", "double") else kind, match.start(), match.end())
            self.at = match.end()

    def _next(self) -> tuple[str, int, int]:
        token = self._peek()
        self.at = token[2]
        return token

    def scan(self) -> Mapping:
        """Walk the file; it is valid."""
        table = self.root
        while (token := self._peek())[0] != "end":
            if token[0] in ("[", "[["):
                self._next()
                path = self._path()
                self._next()
                table = _table(self.root, path, several=token[0] == "[[")
            else:
                before = self.at
                self._pair(table)
                if self.at <= before:  # cannot be in a valid file; never loop
                    raise self._lost()
        return self.root

    def _lost(self) -> InputError:
        return failure(self.source, self.at, "this TOML is beyond this reader", "write the value in a simpler way")

    def _path(self) -> list[str]:
        path = [self._key()]
        while self._peek()[0] == ".":
            self._next()
            path.append(self._key())
        return path

    def _key(self) -> str:
        kind, start, end = self._next()
        if kind in ("string", "raw"):
            return self._string(kind, start, end).text
        return self.text[start:end]

    def _pair(self, table: Mapping) -> None:
        path = self._path()
        self._next()  # "="
        target = _table(table, path[:-1], several=False) if len(path) > 1 else table
        target.items.append((path[-1], self._value(1)))

    def _value(self, depth: int) -> Node:
        kind, start, end = self._next()
        if depth > DEEPEST:
            raise too_deep(self.source, start)
        if kind in ("multi", "multiraw", "string", "raw"):
            return Text(self._string(kind, start, end))
        if kind in ("[", "[["):
            items = Items()
            if kind == "[[":
                self.at -= 1  # two arrays begin here
            while not (token := self._peek())[0].startswith("]"):
                items.items.append(self._value(depth + 1))
                if self._peek()[0] == ",":
                    self._next()
                elif self.at <= token[1]:
                    raise self._lost()
            self._next()
            if token[0] == "]]":
                self.at -= 1
            return items
        if kind == "{":
            table = Mapping()
            while self._peek()[0] not in ("}", "end"):
                self._pair(table)
                if self._peek()[0] == ",":
                    self._next()
            self._next()
            return table
        # A number or a date: it may hold dots and a space.
        while self._peek()[0] == "." or (self._peek()[0] == "bare" and self._same_line(end)):
            end = self._next()[2]
        return Atom(self.text[start:end])

    def _same_line(self, end: int) -> bool:
        return "\n" not in self.text[end : self.at]

    def _string(self, kind: str, start: int, end: int) -> Strand:
        text = self.text
        quotes = 3 if kind.startswith("multi") else 1
        start, end = start + quotes, end - quotes
        if quotes == 3:
            start += 2 if text.startswith("\r\n", start) else 1 if text.startswith("\n", start) else 0
        weaver = Weaver()
        at = start
        for match in _ESCAPE.finditer(text, start, end):
            raw = match.group()
            if raw[0] == "\\" and "raw" in kind:
                if not raw.endswith("\r\n"):
                    continue
                weaver.copy(text, at, match.end() - 2)
                weaver.swap("\n", match.end() - 2, match.end())
            else:
                weaver.copy(text, at, match.start())
                weaver.swap("\n" if raw == "\r\n" else _escape(match), match.start(), match.end())
            at = match.end()
        weaver.copy(text, at, end)
        return weaver.strand()


def _escape(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    if code:
        return chr(int(code, 16))
    return "" if match[3] is not None else _SHORT.get(match[4], match[4])


def _table(root: Mapping, path: list[str], *, several: bool) -> Mapping:
    """The table at a path, made if need be; for ``[[path]]`` a new one at its end."""
    here = root
    for number, key in enumerate(path):
        node = here.get(key)
        last = number == len(path) - 1
        if several and last:
            if not isinstance(node, Items):
                node = Items()
                here.items.append((key, node))
            node.items.append(Mapping())
        elif node is None:
            node = Mapping()
            here.items.append((key, node))
        if isinstance(node, Items):
            node = node.items[-1]
        if not isinstance(node, Mapping):
            return Mapping()
        here = node
    return here
