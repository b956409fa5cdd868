"""Comments in which suppressions stand, in the syntax of each format."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from typing import NamedTuple

from apologylint.drafts import Source
from apologylint.later import later_re
from apologylint.spans import Span

#: What a comment that speaks to us begins with; the second form is how other linters write it.
_MARK = later_re(r"apologylint(?::|(?=-(?:disable|enable|ignore|file-ignore)\b))")
_END_OF_LINE = r"(?=[\r\n]|\Z)"
_LONGEST = 2000
_FARTHEST = 200
_LONGEST_ENTRY = 5000
_CONTINUED = later_re(r"(?<!\\)(?:\\\\)*\\$")
_TRIPLE = later_re(r'"""|\'\'\'')
_UNIT = later_re(r"<(?:trans-)?unit\b")
_UNIT_END = later_re(r"</(?:trans-)?unit>")


class Comment(NamedTuple):
    """A comment that speaks to us.

    Attributes:
        start, end: the comment with its delimiters.
        body: from ``apologylint`` to the end of what it says.
        alone: nothing else is on its lines.
        covers: the span it is about, where the format's structure says so.
    """

    start: int
    end: int
    body: str
    alone: bool
    covers: Span | None = None


class _Syntax(NamedTuple):
    opener: re.Pattern[str]  # matched against what stands before the mark
    closer: re.Pattern[str]


def _syntax(opener: str, closer: str) -> _Syntax:
    return _Syntax(later_re(opener + r"\s*\Z", re.MULTILINE), later_re(closer))


_HTML = _syntax(r"<!--", r"\s*-->")
_TEMPLATES = (
    _syntax(r"\{\#-?", r"\s*-?\#\}"),
    _syntax(r"\{\{~?!--", r"\s*--~?\}\}"),
    _syntax(r"\{\{~?!", r"\s*~?\}\}"),
    _syntax(r"<%\#", r"\s*-?%>"),
    _syntax(r"<%!--", r"\s*--%>"),
    _syntax(r"<\#--", r"\s*-->"),
    _syntax(r"\[%-?\#", r"\s*-?%\]"),
    _syntax(r"\{%-?\s*\#", r"\s*-?%\}"),
    _syntax(r"\{%-?\s*comment\s*-?%\}", r"\s*\{%-?\s*endcomment\s*-?%\}"),
    _syntax(r"\{/\*", r"\s*\*/\}"),
)
_HASH = _syntax(r"(?:^|(?<=\s))\#+", r"[ \t]*" + _END_OF_LINE)
_SLASHES = (_syntax(r"//+", r"[ \t]*" + _END_OF_LINE), _syntax(r"/\*+", r"\s*\*+/"))
_BRACKETS = _syntax(r"^[ \t]*\[", r"\][ \t]*" + _END_OF_LINE)
_OWN: dict[str, tuple[_Syntax, ...]] = {
    "markdown": (_syntax(r"^\[//\]:[ \t]*\#[ \t]*[(\"']", r"[)\"'][ \t]*" + _END_OF_LINE),),
    "yaml": (_HASH,),
    "toml": (_HASH,),
    "properties": (_HASH, _syntax(r"^[ \t]*!", r"[ \t]*" + _END_OF_LINE)),
    "po": (_syntax(r"^\#\.?[ \t]", r"[ \t]*" + _END_OF_LINE),),
    "fluent": (_HASH,),
    "strings": _SLASHES,
    "json": _SLASHES,
    "jsonl": _SLASHES,
    "arb": _SLASHES,
    "text": (_BRACKETS,),
    "eml": (_BRACKETS,),
}
_FENCE = later_re(r"^ {0,3}(`{3,}|~{3,}).*?(?:^ {0,3}\1[`~]*[ \t]*$|\Z)", re.MULTILINE | re.DOTALL)
_FRONT_RULES = later_re(
    r"^apologylint:[ \t]*(?:\{[ \t]*|\r?\n[ \t]+)ignore:[ \t]*(?:\[([^\]]*)\]|((?:\r?\n[ \t]*-[ \t]+[^\r\n]+)+))",
    re.MULTILINE,
)
_JSON_TOKEN = later_re(r'"(?:[^"\\]|\\.)*+"|[{}]', re.DOTALL)
_JSON_KEY = '"//apologylint"'


def comments(source: Source, format: str) -> Iterator[Comment]:
    """Comments that begin with ``apologylint:`` or as ``apologylint-disable`` does, in order."""
    text = source.text
    syntaxes = (*_OWN.get("markdown" if format == "mdx" else format, ()), *_TEMPLATES)
    if format != "text":
        syntaxes = (_HTML, *syntaxes)
    markdown = format in ("markdown", "mdx")
    code = [match.span() for match in _FENCE.finditer(text)] if markdown else []
    if markdown or format in ("html", "template"):
        yield from _front_matter(text)
    if format in ("json", "jsonl", "arb") and _JSON_KEY in text:
        yield from _json_keys(text)
    starts = [low for low, _ in code]
    for mark in _MARK.finditer(text):
        at = mark.start()
        fence = bisect_right(starts, at) - 1
        if fence < 0 or at >= code[fence][1]:
            comment = _comment_at(text, at, syntaxes)
            if comment and not (markdown and text[comment.start - 1 : comment.start] == "`"):
                yield comment


def _comment_at(text: str, at: int, syntaxes: tuple[_Syntax, ...]) -> Comment | None:
    before = text[max(0, at - 80) : at]
    for syntax in syntaxes:
        opener = syntax.opener.search(before)
        if opener is None:
            continue
        closer = syntax.closer.search(text, at, min(len(text), at + _LONGEST))
        if closer is None:
            continue
        start = at - len(before) + opener.start()
        end = closer.end()
        line_start = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
        rest = re.compile(r"[ \t]*" + _END_OF_LINE).match(text, end)
        alone = not text[line_start:start].strip() and rest is not None
        return Comment(start, end, text[at : closer.start()], alone)
    return None


def _front_matter(text: str) -> Iterator[Comment]:
    from apologylint.formats.markdown import front_matter

    end = front_matter(text)
    for match in _FRONT_RULES.finditer(text, 0, end):
        names = match[1] if match[1] is not None else ",".join(re.findall(r"-[ \t]+([^\s#]+)", match[2]))
        yield Comment(*match.span(), f"apologylint: file-ignore[{names}]", alone=True)


def _json_keys(text: str) -> Iterator[Comment]:
    """``"//apologylint": "ignore[rule]"`` is about the object it stands in."""
    stack: list[int] = []
    waiting: list[tuple[int, int, int, str]] = []  # depth, start, end, what it says
    key_at = -1
    for match in _JSON_TOKEN.finditer(text):
        token = match.group()
        if token == "{":
            stack.append(match.start())
        elif token == "}" and stack:
            start = stack.pop()
            while waiting and waiting[-1][0] > len(stack):
                _, low, high, says = waiting.pop()
                yield Comment(low, high, says, alone=False, covers=Span(start, match.end()))
        elif key_at >= 0:
            says = token[1:-1]
            says = says if _MARK.match(says) else f"apologylint: {says}"
            waiting.append((len(stack), key_at, match.end(), says))
            key_at = -1
        elif token == _JSON_KEY:
            key_at = match.start()


def lines_of(source: Source) -> list[str]:
    """The lines of a source, as its line index counts them."""
    return re.split(r"\r\n|\r|\n", source.text)


def reach(lines: list[str], format: str, line: int) -> tuple[int, int]:
    """First and last line of what begins at a line or after it: a line, or an entry of the format."""
    first = line
    far = min(len(lines), line + _FARTHEST)
    hashes = format in ("yaml", "fluent", "toml", "properties")
    while first < far and (not lines[first - 1].strip() or (hashes and lines[first - 1].lstrip().startswith("#"))):
        first += 1
    return first, _last(lines, format, first, min(len(lines), first + _LONGEST_ENTRY))


def _last(lines: list[str], format: str, first: int, far: int) -> int:
    def until(ends: Callable[[str], bool], start: int = first) -> int:
        """The first line from ``start`` that ends the entry."""
        return next((number for number in range(start, far) if ends(lines[number - 1])), far)

    head = lines[first - 1]
    if format in ("yaml", "fluent"):
        own = _indent(head) if format == "yaml" else 0
        after = until(lambda line: bool(line.strip()) and _indent(line) <= own, first + 1)
        return after if after == far and _indent(lines[far - 1]) > own else max(first, after - 1)
    if format == "po":
        after = until(lambda line: not line.strip())
        return after if lines[after - 1].strip() else max(first, after - 1)
    if format == "properties":
        return until(lambda line: not _CONTINUED.search(line))
    if format == "strings":
        return until(lambda line: line.rstrip().endswith(";"))
    if format == "xliff" and _UNIT.search(head):
        return until(lambda line: _UNIT_END.search(line) is not None)
    quote = _TRIPLE.search(head) if format == "toml" else None
    if quote and head.count(quote.group()) % 2:
        return until(lambda line: quote.group() in line, first + 1)
    return first


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
