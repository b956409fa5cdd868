"""Whether a string is something a person reads, and how it is written down."""

from __future__ import annotations

import re

from apologylint.formats.value import Kind

_WORD = re.compile(r"(?<![\w./@:#-])[^\W\d_][^\W\d_'’-]*(?![\w/@=(]|[.:]\w)")
_MASKED = re.compile(r"\{\{[^{}]*\}\}|[%$#]?\{[^{}\n]{0,80}\}|%\(\w+\)s|<[^<>]{0,200}>|https?://\S+")
_ICU = re.compile(r",\s{0,9}(?:plural|select|selectordinal)\s{0,9},")
_ENDS = re.compile(r"[.!?…。！？](?:[\"'”’)\]]|\s|$)")
_CODE = re.compile(
    r"^\s*(?:[\w-]+\s*:\s*[^;{}]{1,80};\s*)+$|^\s*[\[{<].*[\]}>]\s*$|^[\w./\\-]+$|[;{}]\s*\n|=>|\(\)|\bfunction\s*\("
    r"|^\s*(?:SELECT|INSERT) "
)
_CLOSING = re.compile(r"</[A-Za-z][\w-]{0,40}>")
_MARKDOWN = re.compile(
    r"\]\(\s*(?:https?:|\.{0,2}/|#|mailto:|\{|<)|^```|^\#{1,6} |\*\*[^*\s][^*]*\*\*|^> ", re.MULTILINE
)


def reads_as_sentence(text: str) -> bool:
    """True for a string of three words or more, or of two that end as a sentence ends.

    Names, paths, codes and labels of one or two words are what else lives in catalogues and exports.
    """
    if len(text) < 5 or (" " not in text and "\n" not in text):
        # Scripts without spaces are not English; the engine would not check them.
        return False
    head = text[:2000]
    plain = _MASKED.sub(" ", head)
    count = 0
    for _ in _WORD.finditer(plain):
        count += 1
        if count == 3:
            break
    if count < 2 or (count == 2 and not _ENDS.search(head)):
        return False
    return "<" in head or _ICU.search(head) is not None or _CODE.search(plain) is None


def kind_of(text: str) -> Kind:
    """How a string of an export is written down: as plain text, HTML or Markdown."""
    signs = "](" in text or "**" in text or "```" in text or "# " in text or "> " in text
    if signs and _MARKDOWN.search(text):
        return "markdown"
    if "<" in text or "&" in text:
        if "</" in text and _CLOSING.search(text):
            return "html"
        from apologylint.formats.html import LOOKS_LIKE_HTML

        if LOOKS_LIKE_HTML.search(text):
            return "html"
    return "text"
