"""Weights of the learned score, packed: names in one string, whole numbers in another.

As JSON of 46,000 lists they take longer to read than a reply to judge, and a reply needs few of them.
"""

from __future__ import annotations

import base64
import sys
from array import array
from collections.abc import Iterator, KeysView, Mapping, Sequence

# A sign of one byte that JSON need not escape.
_BETWEEN = "\x7f"


class Weights(Mapping[str, list[int]]):
    """Rows of numbers by feature, each unpacked when it is asked for.

    Args:
        names, numbers: as :func:`packed` made them.
        width: length of a row.
    """

    __slots__ = ("_places", "_values", "_width")

    def __init__(self, names: Sequence[str], numbers: str, width: int) -> None:
        self._values = array("h")
        self._values.frombytes(base64.b64decode(numbers))
        if sys.byteorder == "big":
            self._values.byteswap()
        self._width = width
        every = [name for some in names for name in some.split(_BETWEEN)]
        self._places = dict(zip(every, range(0, len(self._values), width), strict=True))

    def __getitem__(self, name: str) -> list[int]:
        at = self._places[name]
        return self._values[at : at + self._width].tolist()

    def __contains__(self, name: object) -> bool:
        return name in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def keys(self) -> KeysView[str]:
        """The features, of a kind that is quick to intersect with."""
        return self._places.keys()


def packed(rows: Mapping[str, Sequence[int]]) -> tuple[list[str], str]:
    """Names and numbers of rows. Two strings of names: with an emoji in it a string takes four bytes a character.

    Raises:
        ValueError, OverflowError: a name or a number that cannot be packed.
    """
    if any(_BETWEEN in name for name in rows):
        raise ValueError("a feature with a delete character in it")
    plain = [name for name in rows if name.isascii()]
    other = [name for name in rows if not name.isascii()]
    values = array("h", [number for name in (*plain, *other) for number in rows[name]])
    if sys.byteorder == "big":
        values.byteswap()
    names = [_BETWEEN.join(some) for some in (plain, other) if some]
    return names, base64.b64encode(values.tobytes()).decode("ascii")
