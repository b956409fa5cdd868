"""What the format tests share."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from apologylint.drafts import Draft, Source
from apologylint.formats import ReadOptions, read_drafts

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Case:
    """A look-alike of a real file, and what is to be read in it."""

    name: str
    text: str
    drafts: list[tuple[str, str]]


def read(name: str, text: str, **options: object) -> list[Draft]:
    """Drafts of a text; their maps are checked on the way."""
    drafts = read_drafts(Source(name, text), ReadOptions(**options))  # type: ignore[arg-type]
    for draft in drafts:
        check(draft)
    return drafts


def proses(name: str, text: str, **options: object) -> list[str]:
    return [draft.prose for draft in read(name, text, **options)]


def ids(name: str, text: str, **options: object) -> list[str]:
    return [draft.id for draft in read(name, text, **options)]


def check(draft: Draft) -> None:
    """The map tiles the prose, is monotone, and tells the truth."""
    text = draft.source.text
    pieces = draft.offsets.pieces
    at = 0
    source = 0
    shared: tuple[int, int] | None = None
    for piece in pieces:
        assert piece.prose == at
        # Parts of what maps all for all share one run of source.
        assert piece.source >= source or (piece.source, piece.source_length) == shared
        shared = (piece.source, piece.source_length) if piece.prose_length != piece.source_length else None
        at += piece.prose_length
        source = piece.source + piece.source_length
        if piece.copied and piece.prose_length == piece.source_length:
            assert text[piece.source : source] == draft.prose[piece.prose : at]
    assert at == len(draft.prose) or (not pieces and text.startswith(draft.prose))
    for spans in (draft.holes, draft.quoted):
        before = 0
        for start, end in spans:
            assert before <= start < end <= len(draft.prose)
            before = end
    for start, end in draft.holes:
        assert not draft.offsets.is_verbatim(start, end) or not pieces
    for match in re.finditer(r"\w+", draft.prose):
        span = draft.offsets.span(*match.span())
        assert 0 <= span.start <= span.end <= len(text)
        if draft.offsets.is_verbatim(*match.span()):
            assert text[span.start : span.end] == match.group()


def shown(draft: Draft) -> str:
    """Prose for comparing: one ``▒`` for each stand-in, white space folded."""
    parts: list[str] = []
    at = 0
    for start, end in draft.holes:
        parts += (draft.prose[at:start], "▒")
        at = end
    text = "".join([*parts, draft.prose[at:]]).replace("\r\n", "\n").replace("\r", "\n")
    text = re.sub(r"[ \t]*\n[ \t]*", "\n", re.sub(r"[ \t]+", " ", text))
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def cases() -> list[Case]:
    """Every case under ``data``: ``=== name``, the file, then ``@@@ id`` and the prose of each draft."""
    out: list[Case] = []
    for path in sorted(DATA.glob("*.cases")):
        for chunk in re.split(r"^=== ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
            name, _, rest = chunk.partition("\n")
            text, *drafts = re.split(r"^@@@ ?", rest, flags=re.MULTILINE)
            pairs = [tuple(part.split("\n", 1)) for part in drafts]
            out.append(Case(name.strip(), text, [(key.strip(), prose.strip()) for key, prose in pairs]))
    return out


def work(what: Callable[[], object]) -> int:
    """Functions called, Python's own and those in C: work that can be counted on any machine."""
    calls = 0

    def count(frame: object, event: str, argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        what()
    finally:
        sys.setprofile(None)
    return calls
