"""HTML and MJML: the text a reader sees, in reading order.

A scanner of our own, because exact offsets and linear time on hostile input are both needed: in many Pythons still in
use ``html.parser`` takes quadratic time on ``<!--<!--<!--``. The tests hold its text to that of html5lib.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from apologylint.drafts import Source
from apologylint.formats.flow import BLOCK, LINE, NOTHING, Flow
from apologylint.formats.htmlnames import BLOCKS, CODE, ELEMENTS, RAW, SELF_CLOSING, UNREAD, VOID
from apologylint.formats.markup import Markup
from apologylint.formats.options import ReadOptions
from apologylint.formats.strand import Strand
from apologylint.formats.value import Value

_NAME = re.compile(r"</?([A-Za-z][^\s/>]{0,80})")
_REST = re.compile(r"(?:[^>\"']|\"[^\"]*+\"|'[^']*+')*+>")
_ATTRIBUTE = re.compile(r"([A-Za-z][\w:.-]{0,60})(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
_TELLING = re.compile(
    r"\b(?:alt|title|placeholder|aria-label|value|hidden|display|visibility|mso-hide|gmail_quote)\b", re.I
)
_NOT_SHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.I)
_SHOWN_ELSEWHERE = re.compile(r"pre-?header|preview", re.I)
_LETTER = re.compile(r"[^\W\d_]")
_BLOCK_TAG = re.compile(r"<(?:br|p|div|li|ul|ol|td|tr|table|h[1-6]|blockquote|body|mj-text)\b", re.I)
_EXTRA = ("title", "placeholder", "aria-label")

#: A tag of a known kind, or an entity: a string with one of these is HTML.
LOOKS_LIKE_HTML = re.compile(
    r"</?(?:a|abbr|b|blockquote|body|br|button|center|code|div|em|font|h[1-6]|head|hr|html|i|img|input|label|li|mj-\w+|mjml|"
    r"ol|p|small|span|strong|style|sub|sup|table|tbody|td|th|tr|u|ul|!doctype|attribute)\b[^<>]*>"
    r"|&(?:nbsp|amp|lt|gt|quot|apos|rsquo|lsquo|rdquo|ldquo|hellip|ndash|mdash|copy|\#\d{2,5}|\#x[0-9a-f]{2,5});",
    re.I,
)


def read(source: Source, options: ReadOptions) -> Iterable[Value]:
    """The file is one draft."""
    yield Value("", Strand.of(source.text), "html")


def read_markup(text: str) -> Markup:
    """Find the prose of HTML in which placeholders are masked already."""
    return _Reader(text).read()


def attributes(tag: str) -> dict[str, tuple[str, int, int]]:
    """Attributes of a tag by lower-case name: value and where it is in the tag. The first of a name counts."""
    out: dict[str, tuple[str, int, int]] = {}
    name = _NAME.match(tag)
    for match in _ATTRIBUTE.finditer(tag, name.end() if name else 1):
        group = match.lastindex or 1
        if group > 1:
            out.setdefault(match[1].lower(), (match[group], *match.span(group)))
        else:
            out.setdefault(match[1].lower(), ("", match.end(), match.end()))
    return out


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.flow = Flow(text, keep_lines=_BLOCK_TAG.search(text) is None)
        self.lower = text.lower() if len(text.lower()) == len(text) else text
        self.quotes: list[int] = []
        self.skipping = ""  # name of the unread element we are in
        self.depth = 0
        self.code_start = -1
        self.quotes_broken = False
        self.no_more: set[str] = set()

    def read(self) -> Markup:
        text = self.text
        at = 0
        while (sign := text.find("<", at)) >= 0:
            self._prose(at, sign)
            stop = self._markup(sign)
            if stop <= sign:  # a lone "<" is text
                self._prose(sign, sign + 1)
                stop = sign + 1
            at = stop
        self._prose(at, len(text))
        if self.quotes:
            self.flow.markup.quoted.append((self.quotes[0], len(text)))
        return self.flow.finish()

    def _prose(self, start: int, end: int) -> None:
        if end > start and not self.skipping and self.code_start < 0:
            self.flow.prose(start, end)

    def _find(self, what: str, at: int) -> int:
        """``find`` that looks to the end in vain once only."""
        if what in self.no_more:
            return -1
        found = self.lower.find(what, at)
        if found < 0:
            self.no_more.add(what)
        return found

    def _markup(self, at: int) -> int:
        """Read what a ``<`` begins; where it ends, or ``at`` when it is text."""
        text = self.text
        if text.startswith("<!--", at):
            end = self._find("-->", at + 4)
            return len(text) if end < 0 else end + 3
        if text.startswith(("<!", "<?"), at):
            end = self._find(">", at)
            return len(text) if end < 0 else end + 1
        name = _NAME.match(text, at)
        if not name:
            return at
        end = self._tag_end(name.end())
        if end < 0:
            return at
        word = name[1].lower()
        if text[at + 1] == "/":
            self._close(word, at)
        else:
            end = self._open(word, at, end)
        return end

    def _tag_end(self, at: int) -> int:
        if not self.quotes_broken:
            rest = _REST.match(self.text, at)
            if rest:
                return rest.end()
            # An open quote runs to the end of the file: from here on a tag ends at the first ">".
            self.quotes_broken = True
        end = self._find(">", at)
        return end + 1 if end >= 0 else -1

    def _open(self, word: str, at: int, end: int) -> int:
        text = self.text
        if word in RAW:
            close = self._find("</" + word, end)
            return len(text) if close < 0 else close
        closed = text[end - 2] == "/" or word in VOID
        if self.skipping:
            if word == self.skipping and not closed:
                if word in SELF_CLOSING:
                    self.skipping = ""
                else:
                    self.depth += 1
            if self.skipping:
                return end
        found = attributes(text[at:end]) if _TELLING.search(text, at, end) else {}
        if word not in ELEMENTS and "-" not in word and self._is_hole(word, at, end):
            self.flow.hole(at, end)
            return end
        self.flow.part(LINE if word == "br" else BLOCK if word in BLOCKS else NOTHING)
        if not closed and (word in UNREAD or self._hidden(found)):
            self.skipping, self.depth = word, 1
            return end
        if word == "attribute":  # Intercom: <attribute key="user.name" default="there" />
            self._intercom(at, end)
        self._read_attributes(word, found, at)
        if word in CODE and not closed and self.code_start < 0:
            self.code_start = end
        quote = word == "blockquote" or "gmail_quote" in found.get("class", ("", 0, 0))[0]
        if not closed and (quote or (self.quotes and word == "div")):
            self.quotes.append(end)
        return end

    def _close(self, word: str, at: int) -> None:
        if self.skipping:
            if word == self.skipping:
                self.depth -= 1
                if self.depth <= 0:
                    self.skipping = ""
            return
        if word in CODE and self.code_start >= 0:
            self.flow.hole(self.code_start, at)
            self.code_start = -1
        if word in BLOCKS:
            self.flow.part(BLOCK)
        if self.quotes and word in ("blockquote", "div"):
            start = self.quotes.pop()
            if not self.quotes:
                self.flow.markup.quoted.append((start, at))

    def _is_hole(self, word: str, at: int, end: int) -> bool:
        """``<customer name>`` is a blank to fill in: no attributes, no closing tag."""
        if end - at > 60:
            return False
        tag = self.text[at:end]
        # Looking no further than this keeps a file of unknown tags linear.
        return "=" not in tag and "/" not in tag and self.lower.find("</" + word, end, end + 2000) < 0

    def _hidden(self, found: dict[str, tuple[str, int, int]]) -> bool:
        style = found.get("style", ("", 0, 0))[0]
        if "hidden" not in found and not _NOT_SHOWN.search(style):
            return False
        # A hidden preheader is what the inbox shows beside the subject.
        return not _SHOWN_ELSEWHERE.search(found.get("class", ("", 0, 0))[0])

    def _intercom(self, at: int, end: int) -> None:
        default = attributes(self.text[at:end]).get("default")
        if default and _LETTER.search(default[0]):
            self.flow.prose(at + default[1], at + default[2])
        else:
            self.flow.hole(at, end)

    def _read_attributes(self, word: str, found: dict[str, tuple[str, int, int]], at: int) -> None:
        for name, (value, start, end) in found.items():
            if not _LETTER.search(value):
                continue
            button = word == "input" and found.get("type", ("", 0, 0))[0].lower() in ("submit", "button", "reset")
            if name == "alt" or (name == "value" and button):
                far = BLOCK if " " in value else NOTHING
                self.flow.part(far)
                self.flow.prose(at + start, at + end)
                self.flow.part(far)
            elif name in _EXTRA:
                self.flow.markup.extras.append((name, at + start, at + end))
