"""Applying suggestions to files. Only reported spans change, and only where that cannot hurt what surrounds them."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath

from apologylint.drafts import Source
from apologylint.errors import InputError
from apologylint.reporters.base import CheckedFile
from apologylint.reporters.inert import visible
from apologylint.results import Applicability

# Whatever the dialect, a placeholder or a tag is written with at least one of these. An edit whose words hold one is
# left to a person: half a placeholder in a template is worse than a bad apology.
_MARKUP = re.compile(r"[{}\[\]<>%$|\\]|&\w+;")
# In these files quotes, backslashes, colons and hashes are syntax and a line end may be.
_DATA_SUFFIXES = frozenset({".json", ".jsonl", ".ndjson", ".yaml", ".yml", ".csv", ".tsv", ".po", ".pot", ".toml"})
_DATA_SYNTAX = re.compile(r"[\"'\\:#,;\t\r\n]")
_XML_SYNTAX = re.compile(r"[&<>]")


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Replace ``source[start:end]`` by ``text``, because of ``rule``."""

    start: int
    end: int
    text: str
    rule: str


def edits(file: CheckedFile, *, unsafe: bool = False) -> list[Edit]:
    """The edits to make in one pass: the best allowed suggestion of each diagnostic, none overlapping another."""
    if file.source is None:
        return []
    text = file.source.text
    found: list[Edit] = []
    for d in file.diagnostics():
        for s in d.suggestions:
            if s.replacement is None or (s.applicability is not Applicability.SAFE and not unsafe):
                continue
            if _harmless(text[s.start : s.end], s.replacement, PurePath(file.path).suffix.lower()):
                found.append(Edit(s.start, s.end, s.replacement, d.rule))
                break
    chosen: list[Edit] = []
    for edit in sorted(found):
        if not chosen or edit.start >= chosen[-1].end:
            chosen.append(edit)
    return chosen


def _harmless(old: str, new: str, suffix: str) -> bool:
    if old == new or _MARKUP.search(old) or re.search(r"[{}\[\]%$|\\]", new):
        return False
    if suffix in _DATA_SUFFIXES:
        # What the old words already hold, the string around them is known to bear.
        return not set(_DATA_SYNTAX.findall(new)) - set(_DATA_SYNTAX.findall(old))
    return not _XML_SYNTAX.search(new)


def apply(text: str, chosen: list[Edit]) -> str:
    """The text after the edits."""
    parts: list[str] = []
    at = 0
    for edit in chosen:
        parts += (text[at : edit.start], edit.text)
        at = edit.end
    return "".join((*parts, text[at:]))


def encode(source: Source, text: str) -> bytes:
    """Bytes of a text, written down as the source was: same byte order mark, same encoding, same line ends."""
    try:
        return source.bom + text.encode(source.encoding)
    except (UnicodeError, LookupError):
        cure = "save the file as UTF-8"
        raise InputError(
            f"better wording cannot be written in {source.encoding}", path=source.name, cure=cure
        ) from None


def diff(old: str, new: str, path: str) -> Iterator[str]:
    """Unified diff. Control characters are spelt out, since it goes to a terminal."""
    lines = difflib.unified_diff(_lines(old), _lines(new), visible(path), visible(path), lineterm="", n=2)
    for line in lines:
        yield (line if line.startswith(("---", "+++")) else line[:1] + visible(line[1:])) + "\n"


def _lines(text: str) -> list[str]:
    lines = re.split(r"\r\n|\n|\r", text)
    return lines if lines[-1] else lines[:-1]
