"""Weights of the learned score, packed: names in one string, whole numbers in another.

As JSON of 46,000 lists they take longer to read than a reply to judge, and a reply needs few of them.
"""

from __future__ import annotations

import base64
import sys
from array import array
from collections.abc import Callable, Mapping, Sequence, Set
from typing import NamedTuple

# A blank that no feature holds: features are made of words, marks and plain blanks.
_BETWEEN = "\u00a0"


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
    def unpacked(cls, names: str, numbers: str, width: int) -> Weights:
        """Inverse of :func:`packed`; ``width`` is the length of a row."""
        values = array("h")
        values.frombytes(base64.b64decode(numbers))
        if sys.byteorder == "big":
            values.byteswap()
        places = dict(zip(names.split(_BETWEEN), range(0, len(values), width), strict=True))
        return cls(places.keys(), _Rows(places, values, width).__getitem__)


def packed(rows: Mapping[str, Sequence[int]]) -> tuple[str, str]:
    """Names and numbers of rows, each as one string."""
    values = array("h", [number for row in rows.values() for number in row])
    if sys.byteorder == "big":
        values.byteswap()
    return _BETWEEN.join(rows), base64.b64encode(values.tobytes()).decode("ascii")


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
