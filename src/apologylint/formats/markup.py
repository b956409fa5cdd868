"""What a markup reader finds in a text: cuts that leave the prose, and the places in it that are special."""

from __future__ import annotations

from dataclasses import dataclass, field

from apologylint.formats.strand import Cut


@dataclass(slots=True)
class Markup:
    """All offsets are in the text that was read, in order.

    Attributes:
        cuts: what to take away or to replace.
        holes: stand-ins of code inside a sentence.
        quoted: what is inside quotes.
        extras: texts outside the reading order (an element's ``title``): name, start, end.
    """

    cuts: list[Cut] = field(default_factory=list)
    holes: list[tuple[int, int]] = field(default_factory=list)
    quoted: list[tuple[int, int]] = field(default_factory=list)
    extras: list[tuple[str, int, int]] = field(default_factory=list)
