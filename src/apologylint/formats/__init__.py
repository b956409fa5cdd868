"""Formats: from a source to its drafts. One format a file; none of them knows rules."""

from __future__ import annotations

from apologylint.drafts import Draft, Source
from apologylint.formats.options import ReadOptions
from apologylint.formats.table import READERS, SUFFIXES, TEMPLATE_SUFFIXES, format_of, reader_of

__all__ = [
    "FORMATS",
    "SUFFIXES",
    "TEMPLATE_SUFFIXES",
    "ReadOptions",
    "format_of",
    "read_drafts",
    "show_text",
]

#: Names of all formats.
FORMATS = frozenset(READERS)

_DEFAULT = ReadOptions()


def read_drafts(source: Source, options: ReadOptions = _DEFAULT) -> list[Draft]:
    """The replies a source holds, in the order of the file.

    A plain text is always one draft, even an empty one; in every other format what holds no prose is no draft.

    Raises:
        InputError: the source cannot be parsed, or an option does not fit it.
    """
    # Imported here: whoever only looks for files, or finds all in the cache, reads no draft.
    from apologylint.formats.drafting import drafts_of
    from apologylint.formats.text import draft_of_text

    name = format_of(source, options)
    if name == "text" and options.split == "none":
        return [draft_of_text(source, options)]
    drafts: list[Draft] = []
    for value in reader_of(name)(source, options):
        drafts += drafts_of(value, source, options)
    return drafts


def show_text(draft: Draft) -> str:
    """Show what was read as the prose of a draft: its id, and the text with stand-ins as ``▒`` and quotes marked."""
    chars = list(draft.prose)
    for start, end in draft.holes:
        for at in range(start, end):
            if chars[at] not in "\r\n":
                chars[at] = "▒"
    parts: list[str] = []
    at = 0
    for start, end in draft.quoted:
        parts += ("".join(chars[at:start]), "⟦", "".join(chars[start:end]), "⟧")
        at = end
    parts.append("".join(chars[at:]))
    shown = "".join(parts).replace("\r\n", "\n").replace("\r", "\n")
    lines = [line.rstrip() for line in shown.split("\n")]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        lines.pop(0)
    title = draft.source.name + (f" [{draft.id}]" if draft.id else "")
    return "\n".join((f"--- {title}", *lines)) + "\n"
