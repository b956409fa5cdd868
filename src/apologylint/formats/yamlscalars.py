"""The five scalar styles of YAML, decoded with the place of every character.

PyYAML tells the value and where the scalar begins and ends, not where its characters are from. What is decoded here is
held against that value; should the two ever differ, the value is used as one piece for the whole scalar, so that a
position may become vague but never wrong.
"""

from __future__ import annotations

import re

from apologylint.formats.strand import Strand, Weaver

# NEL and the two Unicode separators end a line in YAML 1.1; the separators stay what they are.
_END = r"(?:\r\n|[\r\n\x85\u2028\u2029])"
_FOLD = re.compile(rf"[ \t]*{_END}(?:[ \t]*{_END})*[ \t]*")
_BREAK = re.compile(_END)
_ESCAPE = rf"\\(?:x[0-9a-fA-F]{{2}}|u[0-9a-fA-F]{{4}}|U[0-9a-fA-F]{{8}}|[ \t]*{_END}[ \t]*|.)"
_FLOW: dict[str | None, re.Pattern[str]] = {
    None: _FOLD,
    "'": re.compile("''|" + _FOLD.pattern),
    '"': re.compile(_ESCAPE + "|" + _FOLD.pattern, re.DOTALL),
}
_HEADER = re.compile(r"[|>][-+0-9]*[ \t]*(?:#[^\r\n\x85\u2028\u2029]*)?(?:" + _END + r"|$)")
_SHORT = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "\t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b",
    "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip


def decode(text: str, start: int, end: int, style: str | None, value: str | None) -> Strand:
    """The scalar at ``[start, end)``.

    Args:
        text: the source.
        start: where the scalar begins, with its quotes or header.
        end: where it ends.
        style: ``None``, ``'``, ``"``, ``|`` or ``>``.
        value: what the parser made of it, or ``None`` to trust the decoding.
    """
    if style in ("|", ">"):
        return _block(text, start, end, style == ">", value)
    if style in ("'", '"'):
        start, end = start + 1, end - 1
    if value is not None and text[start:end] == value:
        return Strand.of(text, start, end)
    strand = _flow(text, start, end, style)
    return strand if value is None or strand.text == value else _vague(value, start, end)


def _vague(value: str, start: int, end: int) -> Strand:
    weaver = Weaver()
    weaver.swap(value, start, end)
    return weaver.strand()


def _flow(text: str, start: int, end: int, style: str | None) -> Strand:
    weaver = Weaver()
    at = start
    for match in _FLOW[style or None].finditer(text, start, end):
        raw = match.group()
        weaver.copy(text, at, match.start())
        if raw == "''":
            weaver.swap("'", *match.span())
        elif raw[0] == "\\":
            weaver.swap(_escape(raw), *match.span())
        else:
            _fold(weaver, raw, match.start())
        at = match.end()
    weaver.copy(text, at, end)
    return weaver.strand()


def _fold(weaver: Weaver, raw: str, start: int) -> None:
    first, *rest = map(_normal, _BREAK.findall(raw))
    text = "".join(rest) if first == "\n" else first + "".join(rest)
    weaver.swap(text or " ", start, start + len(raw))


def _normal(line_end: str) -> str:
    return line_end if line_end in ("\u2028", "\u2029") else "\n"


def _escape(raw: str) -> str:
    kind = raw[1]
    if kind in "xuU" and len(raw) > 2:
        code = int(raw[2:], 16)
        return "\ufffd" if 0xD800 <= code < 0xE000 or code > 0x10FFFF else chr(code)
    if len(raw) > 2 or kind in "\r\n\x85\u2028\u2029":
        return ""  # an escaped line break joins the lines
    return _SHORT.get(kind, kind)


def _block(text: str, start: int, end: int, folded: bool, value: str | None) -> Strand:
    header = _HEADER.match(text, start, end)
    if header is None:
        return _vague(value or "", start, end)
    mark = header.group()
    lines: list[tuple[int, int, int]] = []  # start, end without the line break, end
    at = header.end()
    while at < end:
        found = _BREAK.search(text, at, end)
        stop, after = (found.start(), found.end()) if found else (end, end)
        lines.append((at, stop, after))
        at = after
    filled = [text[low:high] for low, high, _ in lines if text[low:high].strip(" ")]
    indent = len(filled[0]) - len(filled[0].lstrip(" ")) if filled else 0
    if re.search(r"[1-9]", mark.partition("#")[0]) and filled and value is not None:
        # An indicator counts from the parent's indentation, which the value tells.
        first = next((line for line in re.split(r"\n", value) if line.strip(" ")), "")
        spaces = len(first) - len(first.lstrip(" "))
        indent = max(0, indent - spaces)
    strand = _lines(text, lines, indent, folded, mark)
    if value is None or strand.text == value:
        return strand
    return _vague(value, start, end)


def _lines(text: str, lines: list[tuple[int, int, int]], indent: int, folded: bool, mark: str) -> Strand:
    weaver = Weaver()
    pending: list[tuple[int, int]] = []  # line breaks that wait for the next line of text
    before: str | None = None
    for low, high, after in lines:
        begin = min(low + indent, high)
        if text[low:high].strip(" ") == "" and begin == high:
            pending.append((high, after))
            continue
        first = text[begin : begin + 1]
        if before is None:
            _breaks(weaver, text, pending)
        elif folded and before not in " \t" and first not in " \t" and _normal(text[slice(*pending[0])]) == "\n":
            if len(pending) == 1:
                weaver.swap(" ", pending[0][0], begin)
            else:
                _breaks(weaver, text, pending[1:])
        else:
            _breaks(weaver, text, pending)
        weaver.copy(text, begin, high)
        before = first
        pending = [(high, after)]
    chomp = "-" if "-" in mark.split("#", maxsplit=1)[0] else "+" if "+" in mark.split("#", maxsplit=1)[0] else ""
    if chomp == "+" or before is None:
        _breaks(weaver, text, pending if chomp == "+" else [])
    elif not chomp:
        _breaks(weaver, text, pending[:1])
    return weaver.strand()


def _breaks(weaver: Weaver, text: str, breaks: list[tuple[int, int]]) -> None:
    for low, high in breaks:
        if text[low:high] == "\n":
            weaver.copy(text, low, high)
        elif high > low:
            weaver.swap(_normal(text[low:high]), low, high)
