"""gettext catalogues: what a translation shows; the msgid where English shows that."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from apologylint.drafts import Source
from apologylint.formats.fail import failure
from apologylint.formats.options import ReadOptions
from apologylint.formats.prose import kind_of, reads_as_sentence
from apologylint.formats.strand import Strand, Weaver
from apologylint.formats.value import Value

_LINE = re.compile(r"[ \t]*(?:(#[^\r\n]*)|(msgctxt|msgid_plural|msgid|msgstr(?:\[(\d+)\])?)[ \t]*|)", re.ASCII)
_STRING = re.compile(r'[ \t]*"((?:[^"\\\r\n]|\\.)*+)"[ \t]*(?=[\r\n]|$)')
_ESCAPE = re.compile(r"\\(?:([0-7]{1,3})|x([0-9a-fA-F]{1,2})|(.))", re.DOTALL)
_SHORT = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}
_LANGUAGE = re.compile(r"^Language:[ \t]*(\S*)", re.MULTILINE | re.IGNORECASE)
_ENDS = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")


@dataclass(slots=True)
class Entry:
    """One message. Strings are kept by keyword; ``msgstr[1]`` by that name."""

    texts: dict[str, Strand] = field(default_factory=dict)
    fuzzy: bool = False
    line: int = 0


def read(source: Source, options: ReadOptions) -> Iterator[Value]:
    """The messages that read as sentences, named by context and msgid."""
    english = True
    for number, entry in enumerate(entries(source)):
        msgid = entry.texts.get("msgid")
        if msgid is None:
            continue
        if not msgid.text and number == 0:
            head = entry.texts.get("msgstr")
            found = _LANGUAGE.search(head.text) if head else None
            english = not found or not found[1] or found[1].lower().startswith("en")
            continue
        shown = {key: text for key, text in entry.texts.items() if key.startswith("msgstr") and text.text}
        if not shown or entry.fuzzy:
            shown = (
                {key: text for key, text in entry.texts.items() if key in ("msgid", "msgid_plural")} if english else {}
            )
        context = entry.texts.get("msgctxt")
        name = _short(f"{context.text}|{msgid.text}" if context else msgid.text)
        for key, text in shown.items():
            if reads_as_sentence(text.text):
                plural = key.removeprefix("msgstr").removeprefix("msgid") if len(shown) > 1 else ""
                yield Value(name + plural.replace("_plural", "[plural]"), text, kind_of(text.text))


def _short(name: str) -> str:
    name = " ".join(name.split())
    return name if len(name) <= 80 else name[:79] + "…"


def entries(source: Source) -> Iterator[Entry]:
    """Entries in order; obsolete ones (``#~``) are comments."""
    text = source.text
    entry = Entry()
    key = ""
    weaver = Weaver()
    at = 0

    def put() -> None:
        nonlocal weaver
        if key:
            entry.texts[key] = weaver.strand()
        weaver = Weaver()

    while at < len(text):
        ends = _ENDS.match(text, at)
        after = ends.end() if ends else len(text)
        line = _LINE.match(text, at)
        assert line is not None
        comment, keyword, plural = line.groups()
        body = line.end()
        if comment is not None or (
            keyword in ("msgid", "msgctxt") and any(k.startswith("msgstr") for k in (key, *entry.texts))
        ):
            put()
            key = ""
            if any(name.startswith("msgstr") for name in entry.texts):
                yield entry
                entry = Entry()
        if comment is not None:
            if comment.startswith("#,") and re.search(r"\bfuzzy\b", comment):
                entry.fuzzy = True
        elif keyword is not None:
            if key:
                put()
            key = "msgstr" if plural is None and keyword.startswith("msgstr") else keyword
            entry.line = entry.line or source.lines.position(at)[0]
            _add(source, weaver, body, after)
        elif text[body:after].strip():
            if not key:
                raise failure(source, body, "this belongs to no msgid or msgstr", "check the file with msgfmt")
            _add(source, weaver, body, after)
        at = after
    put()
    if entry.texts:
        yield entry


def _add(source: Source, weaver: Weaver, at: int, end: int) -> None:
    text = source.text
    match = _STRING.match(text, at, end)
    if match is None:
        raise failure(source, at, "expected a string in double quotes here", "check the file with msgfmt")
    start, stop = match.span(1)
    for escape in _ESCAPE.finditer(text, start, stop):
        weaver.copy(text, start, escape.start())
        if escape[1] or escape[2]:
            char = chr(int(escape[1], 8) & 0xFF if escape[1] else int(escape[2], 16))
        else:
            char = _SHORT.get(escape[3], escape[3])
        weaver.swap(char, escape.start(), escape.end())
        start = escape.end()
    weaver.copy(text, start, stop)
