"""Markdown files: one draft, or a collection of replies in which each is its own draft."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from apologylint.drafts import Source
from apologylint.formats.holes import mask
from apologylint.formats.markdown import front_matter
from apologylint.formats.options import ReadOptions
from apologylint.formats.prose import kind_of
from apologylint.formats.strand import Strand
from apologylint.formats.value import Kind, Value

_COLLECTION = re.compile(
    r"(?:saved|canned|predefined|standard|quick|customer|mail|review|message|support|auto)[-_ ]*(?:replies|responses)"
    r"|\breplies\b|\bresponses\b|\bmacros\b|(?:response|reply|mail|message)[-_ ]templates",
    re.IGNORECASE,
)
#: A weaker sign, believed when several replies stand in quotes or fences.
_PERHAPS = re.compile(r"(?:response|reply|macro|mail|message)[-_ ]template|canned|customer[-_ ]response", re.IGNORECASE)
_HEADING = re.compile(
    r"^ {0,3}(\#{1,6})[ \t]+(\S[^\r\n]*)(?=[\r\n]|\Z)"
    r"|^ {0,3}(?=\S)([^\r\n>#`-][^\r\n]{0,100})\r?\n(?:=+|-{3,})[ \t]*(?=[\r\n]|\Z)",
    re.MULTILINE,
)
_FENCE = re.compile(r"^ {0,3}(`{3,}+|~{3,}+)[ \t]*+(\w*+)[^\r\n]*+(?:\r\n|\r|\n)", re.MULTILINE)
_QUOTE = re.compile(r"(?:^ {0,3}>[^\r\n]*(?:\r\n|\r|\n|\Z))+", re.MULTILINE)
_NAME = re.compile(r"^[ \t]*(?:[-*][ \t]+)?(?:\*\*|__)(?:Title:[ \t]*)?([^*_\r\n]{1,120})(?:\*\*|__)", re.MULTILINE)
_PROSE_FENCES: dict[str, Kind] = {
    "": "markdown", "text": "text", "txt": "text", "plaintext": "text", "plain": "text", "email": "text",
    "md": "markdown", "markdown": "markdown", "html": "html",
}  # fmt: skip
_MARKS = re.compile(r"[*_`]+|\[([^\]]*)\]\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, its level, and what stands under it."""

    name: str
    level: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """A reply in a quote or a fence."""

    name: str
    start: int
    end: int
    kind: Kind
    quote: bool


def read_markdown(source: Source, options: ReadOptions) -> Iterator[Value]:
    """A Markdown file."""
    yield from _read(source, "markdown")


def read_mdx(source: Source, options: ReadOptions) -> Iterator[Value]:
    """An MDX file."""
    yield from _read(source, "mdx")


def _read(source: Source, kind: Kind) -> Iterator[Value]:
    text = source.text
    sections = _sections(text)
    sure = _says(source.name, sections, _COLLECTION)
    blocks = [block for section in sections for block in _blocks(text, section)]
    quotes = [block for block in blocks if block.quote]
    # A customer's words hold no placeholders: quotes that do are templates.
    templates = sum(_has_placeholder(text[block.start : block.end]) for block in quotes) > 1
    # In a collection whose replies stand in quotes or fences, what is around them is advice to the team.
    if len(blocks) > 1 and (sure or templates or _says(source.name, sections, _PERHAPS)):
        for block in blocks if sure or not templates else quotes:
            yield Value(block.name, Strand.of(text, block.start, block.end), block.kind, replies=True)
    elif sure and len(sections) > 1:
        for section in _without_introduction(sections):
            if text[section.start : section.end].strip():
                yield Value(section.name, Strand.of(text, section.start, section.end), kind, replies=True)
    else:
        yield Value("", Strand.of(text), kind)


def _says(name: str, sections: list[Section], sign: re.Pattern[str]) -> bool:
    """Whether the file's name, its folder or its first heading says that it is a collection."""
    base = re.split(r"[/\\]", name)
    title = next((section.name for section in sections if section.name), "")
    return any(sign.search(part) for part in (*base[-2:], title))


def _has_placeholder(text: str) -> bool:
    return bool(mask(text).holes)


def _without_introduction(sections: list[Section]) -> list[Section]:
    """What stands before the first heading, or under the title of the file, speaks to the team."""
    rest = [section for section in sections if section.level]
    if len(rest) > 2 and all(section.level > rest[0].level for section in rest[1:]):
        return rest[1:]
    return rest


def _sections(text: str) -> list[Section]:
    """Headings and what stands under each; code fences are no places for headings."""
    fences = _fences(text)
    out: list[Section] = []
    name, level, start = "", 0, front_matter(text)
    at = 0
    for match in _HEADING.finditer(text, start):
        while at < len(fences) and fences[at][1] <= match.start():
            at += 1
        if at < len(fences) and fences[at][0] <= match.start():
            continue
        if level or text[start : match.start()].strip():
            out.append(Section(name, level, start, match.start()))
        name = _MARKS.sub(r"\1", match[2] or match[3]).strip().rstrip("#").strip()
        level = len(match[1]) if match[1] else 1 if "=" in match.group().splitlines()[-1] else 2
        start = match.end()
    out.append(Section(name, level, start, len(text)))
    return out


def _closing(sign: str, count: int) -> re.Pattern[str]:
    return re.compile(rf"^ {{0,3}}{sign}{{{count},}}[ \t]*(?=[\r\n]|\Z)", re.MULTILINE)


def _fences(text: str) -> list[tuple[int, int, int, int, str]]:
    """Fenced blocks: outer span, inner span, what they say they hold."""
    out: list[tuple[int, int, int, int, str]] = []
    at = 0
    while match := _FENCE.search(text, at):
        close = _closing(match[1][0], len(match[1])).search(text, match.end())
        inner_end = close.start() if close else len(text)
        at = close.end() if close else len(text)
        out.append((match.start(), at, match.end(), inner_end, match[2].lower()))
    return out


def _blocks(text: str, section: Section) -> list[Block]:
    """Replies in fences and quotes of a section, named by the section, or if it has several by the line above each."""
    found: list[tuple[int, int, int, Kind, bool]] = []
    start, end = section.start, section.end
    for outer, _, low, high, holds in _fences(text[start:end]):
        kind = _PROSE_FENCES.get(holds)
        if kind is not None:
            inner = text[start + low : start + high]
            found.append((start + outer, start + low, start + high, kind if holds else kind_of(inner), False))
    found += [(match.start(), *match.span(), "markdown", True) for match in _QUOTE.finditer(text, start, end)]
    out: list[Block] = []
    before = start
    for outer, low, high, kind, quote in sorted(found):
        if outer < before:
            continue  # a quote inside a fence
        names = _NAME.findall(text, before, outer)
        name = section.name if not names or (len(found) == 1 and section.name) else names[-1].strip()
        out.append(Block(name, low, high, kind, quote))
        before = high
    return out
