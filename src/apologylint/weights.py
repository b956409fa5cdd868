"""Weights of the learned score, packed: names in one string, whole numbers in another.

As JSON of 46,000 lists they take longer to read than a reply to judge, and a reply needs few of them.
"""

from __future__ import annotations

import base64
import sys
from array import array
from collections.abc import Callable, Mapping, Sequence, Set
from typing import NamedTuple

# A sign of one byte that JSON need not escape.
_BETWEEN = "\x7f"


class Weights(NamedTuple):
    """A row of numbers for each feature.

    Attributes:
        names: the features that have one.
        row: the numbers of a feature.
    """

    names: Set[str]
    row: Callable[[str], Sequence[int]]

    @classmethod
    def of(cls, rows: Mapping[str, Sequence[int]]) -> Weights:
        """From rows that are there."""
        return cls(rows.keys(), rows.__getitem__)

    @classmethod
    def unpacked(cls, names: Sequence[str], numbers: str, width: int) -> Weights:
        """Inverse of :func:`packed`; ``width`` is the length of a row."""
        values = array("h")
        values.frombytes(base64.b64decode(numbers))
        if sys.byteorder == "big":
            values.byteswap()
        every = [name for some in names for name in some.split(_BETWEEN)]
        places = dict(zip(every, range(0, len(values), width), strict=True))
        return cls(places.keys(), _Rows(places, values, width).__getitem__)


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


class _Rows(dict[str, tuple[int, ...]]):
    """Rows that were asked for."""

    def __init__(self, places: Mapping[str, int], values: array[int], width: int) -> None:
        super().__init__()
        self._places = places
        self._values = values
        self._width = width

    def __missing__(self, name: str) -> tuple[int, ...]:
        at = self._places[name]
        row = self[name] = tuple(self._values[at : at + self._width])
        return row
