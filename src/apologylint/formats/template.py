"""Templates (``.erb``, ``.hbs``, ``.liquid`` ...): read as the text they wrap."""

from __future__ import annotations

import re
from collections.abc import Iterator

from apologylint.drafts import Source
from apologylint.formats.options import ReadOptions
from apologylint.formats.strand import Strand
from apologylint.formats.value import Kind, Value

_TAGS = re.compile(
    r"</?(?:a|b|body|br|button|center|div|em|font|form|h[1-6]|head|header|html|img|input|label|li|link|mjml|mj-\w+|nav|p|"
    r"script|section|select|small|span|strong|style|table|td|th|tr|ul)\b[^<>]*>",
    re.IGNORECASE,
)
_MARKDOWN = re.compile(r"^\#{1,6} \S|\]\((?:https?:|/|\#)|^```", re.MULTILINE)
_TEMPLETOR = re.compile(r"^\$def with\b", re.MULTILINE)
_TEMPLETOR_CODE = re.compile(
    r"^[ \t]*\$(?:def with|code|if|elif|else|for|while|var)\b[^\r\n]*|^[ \t]*\$ [^\r\n]*", re.MULTILINE
)


def read(source: Source, options: ReadOptions) -> Iterator[Value]:
    """The file is one draft, of the kind its text is."""
    yield Value("", _strand(source.text), wrapped_kind(source.text))


def read_html(source: Source, options: ReadOptions) -> Iterator[Value]:
    """An ``.html`` file; one without any tag is text whose line ends count."""
    text = source.text
    strand = _strand(text)
    yield Value("", strand, "html" if _TAGS.search(text) or "&" in text or "<!--" in text else "text")


def wrapped_kind(text: str) -> Kind:
    """What a template wraps, by its content."""
    markdown = len(_MARKDOWN.findall(text))
    if markdown > 2 and markdown * 3 > len(_TAGS.findall(text)):
        return "markdown"
    return "html" if _TAGS.search(text) else "text"


def _strand(text: str) -> Strand:
    strand = Strand.of(text)
    if _TEMPLETOR.search(text):
        from apologylint.formats.holes import blanks
        from apologylint.formats.strand import Cut

        strand = strand.edit([Cut(*m.span(), blanks(m.group())) for m in _TEMPLETOR_CODE.finditer(text) if m.group()])
    return strand
