"""Plain text: the file is one draft, or a log of many."""

from __future__ import annotations

import re
from collections.abc import Iterator

from apologylint.drafts import Draft, Source
from apologylint.formats.drafting import draft_of
from apologylint.formats.holes import may_hold
from apologylint.formats.options import ReadOptions
from apologylint.formats.quotes import may_quote
from apologylint.formats.strand import Strand
from apologylint.formats.value import Value
from apologylint.later import later_re

_BLANK_LINES = later_re(r"(?:(?:^|(?<=\n)|(?<=\r)(?!\n))[ \t]*(?>\r\n|\r|\n))+")


def read(source: Source, options: ReadOptions) -> Iterator[Value]:
    """One value, or one for each paragraph or each part between separator lines, named by its number."""
    text = source.text
    if options.split == "none":
        yield Value("", Strand.of(text), always=True)
        return
    if options.split == "paragraphs":
        pattern = _BLANK_LINES
    else:
        pattern = re.compile(rf"^[ \t]*{re.escape(options.split)}[ \t]*(?:\r\n|\r|\n|\Z)", re.MULTILINE)
    number = 0
    at = 0
    for match in [*pattern.finditer(text), None]:
        start, end = at, match.start() if match else len(text)
        at = match.end() if match else end
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if end > start:
            number += 1
            yield Value(str(number), Strand.of(text, start, end))


def draft_of_text(source: Source, options: ReadOptions) -> Draft:
    """The whole text as one draft; the short way for the many calls with a string."""
    if not may_hold(source.text) and not may_quote(source.text):
        return Draft("", source.text, source)
    return draft_of(Value("", Strand.of(source.text)), source, options)
