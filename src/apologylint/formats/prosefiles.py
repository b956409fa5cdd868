"""Markdown files: one draft, or a collection of replies in which each is its own draft."""

from __future__ import annotations

import re
from collections.abc import Iterator

from apologylint.drafts import Source
from apologylint.formats.markdown import front_matter
from apologylint.formats.options import ReadOptions
from apologylint.formats.strand import Strand
from apologylint.formats.value import Kind, Value

_COLLECTION = re.compile(
    r"(?:saved|canned|predefined|standard|customer|email|review|message|support|auto)[-_ ]*(?:repl(?:y|ies)|responses?)"
    r"|\brepl(?:y|ies)\b|\bresponses\b|\bmacros?\b|(?:response|reply|email|message)[-_ ]templates?",
    re.IGNORECASE,
)
_HEADING = re.compile(r"^ {0,3}(\#{1,6})[ \t]+(\S[^\r\n]*)$|^ {0,3}(?=\S)([^\r\n>#`-][^\r\n]{0,100})\r?\n(?:=+|-{3,})[ \t]*$", re.MULTILINE)
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})[ \t]*(\w*)[^\r\n]*(?:\r\n|\r|\n)", re.MULTILINE)
_QUOTE = re.compile(r"(?:^ {0,3}>[^\r\n]*(?:\r\n|\r|\n|\Z))+", re.MULTILINE)
_NAME = re.compile(r"^[ \t]*(?:[-*][ \t]+)?(?:\*\*|__)(?:Title:[ \t]*)?([^*_\r\n]{1,120})(?:\*\*|__)", re.MULTILINE)
_PROSE_FENCES: dict[str, Kind] = {
    "": "markdown", "text": "text", "txt": "text", "plaintext": "text", "plain": "text", "email": "text", "md": "markdown",
    "markdown": "markdown", "html": "html",
}  # fmt: skip
_MARKS = re.compile(r"[*_`]+|\[([^\]]*)\]\([^)]*\)")


def read_markdown(source: Source, options: ReadOptions) -> Iterator[Value]:
    """A Markdown file."""
    yield from _read(source, "markdown")


def read_mdx(source: Source, options: ReadOptions) -> Iterator[Value]:
    """An MDX file."""
    yield from _read(source, "mdx")


def _read(source: Source, kind: Kind) -> Iterator[Value]:
    text = source.text
    sections = _sections(text)
    if not _is_collection(source.name, sections):
        yield Value("", Strand.of(text), kind)
        return
    blocks = [(name, *block) for name, start, end in sections for block in _blocks(text, name, start, end)]
    # In a collection whose replies stand in quotes or fences, what is around them is advice to the team.
    if len(blocks) > 1:
        for _, name, start, end, block in blocks:
            yield Value(name, Strand.of(text, start, end), block, replies=True)
        return
    for name, start, end in sections:
        if text[start:end].strip():
            yield Value(name, Strand.of(text, start, end), kind, replies=True)


def _is_collection(name: str, sections: list[tuple[str, int, int]]) -> bool:
    """By the file's name or its first heading, and when there is more than one section."""
    if len(sections) < 2:
        return False
    base = re.split(r"[/\\]", name)
    title = next((title for title, _, _ in sections if title), "")
    return any(_COLLECTION.search(part) for part in (*base[-2:], title))


def _sections(text: str) -> list[tuple[str, int, int]]:
    """Headings and what stands under each; code fences are no places for headings."""
    fences = _fences(text)
    out: list[tuple[str, int, int]] = []
    name, start = "", front_matter(text)
    at = 0
    for match in _HEADING.finditer(text, start):
        while at < len(fences) and fences[at][1] <= match.start():
            at += 1
        if at < len(fences) and fences[at][0] <= match.start():
            continue
        if out or text[start : match.start()].strip() or name:
            out.append((name, start, match.start()))
        title = match[2] or match[3]
        name, start = _MARKS.sub(r"\1", title).strip().rstrip("#").strip(), match.end()
    out.append((name, start, len(text)))
    return out


def _fences(text: str) -> list[tuple[int, int, int, int, str]]:
    """Fenced blocks: outer span, inner span, what they say they hold."""
    out: list[tuple[int, int, int, int, str]] = []
    at = 0
    while match := _FENCE.search(text, at):
        close = re.compile(r"^ {0,3}" + re.escape(match[1]) + r"+[ \t]*$", re.MULTILINE).search(text, match.end())
        inner_end = close.start() if close else len(text)
        at = close.end() if close else len(text)
        out.append((match.start(), at, match.end(), inner_end, match[2].lower()))
    return out


def _blocks(text: str, heading: str, start: int, end: int) -> Iterator[tuple[str, int, int, Kind]]:
    """Replies in fences and quotes of a section, each with the name nearest above it."""
    found: list[tuple[int, int, int, Kind]] = []
    for outer, _, low, high, holds in _fences(text[start:end]):
        if holds in _PROSE_FENCES:
            found.append((start + outer, start + low, start + high, _PROSE_FENCES[holds]))
    found += [(match.start(), *match.span(), "markdown") for match in _QUOTE.finditer(text, start, end)]
    before = start
    fence_end = start
    for outer, low, high, kind in sorted(found):
        if outer < fence_end:
            continue  # a quote inside a fence
        names = _NAME.findall(text, before, outer)
        yield (names[-1].strip() if names else heading), low, high, kind
        before = fence_end = high
