"""Source and Draft: what goes in."""

from __future__ import annotations

from dataclasses import dataclass, field

from apologylint.spans import LineIndex, OffsetMap, Span


class Source:
    """One file or string as given.

    Attributes:
        name: path as given, or a pretend name.
        text: decoded text without a byte order mark; the coordinates every diagnostic uses.
        encoding: what the file was decoded with; what a fixer has to encode with.
        bom: the byte order mark the file began with, or ``b""``.
    """

    __slots__ = ("_lines", "bom", "encoding", "name", "text")

    def __init__(self, name: str, text: str, *, encoding: str = "utf-8", bom: bytes = b"") -> None:
        self.name = name
        self.text = text
        self.encoding = encoding
        self.bom = bom
        self._lines: LineIndex | None = None

    @property
    def lines(self) -> LineIndex:
        """Line index, made on first use."""
        if self._lines is None:
            self._lines = LineIndex(self.text)
        return self._lines


@dataclass(frozen=True, slots=True)
class Draft:
    """One reply in a source.

    Attributes:
        id: what its owner calls it (macro title, key path, row); ``""`` when the file is the draft.
        prose: what a customer would read. Each placeholder is a stand-in of its own length (``Xxxx``), each
            template tag is blanks.
        source: where it is from.
        offsets: prose offsets to source offsets.
        holes: prose spans that are stand-ins; no suggestion may touch them.
        quoted: prose spans that are the customer's words; never labelled.
        customer_message: what the customer wrote, if known.
        tags: control tags of a template (``{% if %}``) and of ICU messages in order, each with the prose offset it
            stands at; ``apologylint.formats.paths`` makes the alternatives of them.
    """

    id: str
    prose: str
    source: Source
    offsets: OffsetMap = field(default_factory=OffsetMap)
    holes: tuple[Span, ...] = ()
    quoted: tuple[Span, ...] = ()
    customer_message: str | None = None
    tags: tuple[tuple[int, str], ...] = ()
