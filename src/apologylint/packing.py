"""Rows of whole numbers, summed column by column at the price of one sum."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

# Bits of a column: a sum of a million numbers of three digits fits.
_BITS = 32
_FIELD = 1 << _BITS
_HALF = _FIELD >> 1


class PackedRows(dict[str, int]):
    """Named rows, each as one number with bits of its own for every column; packed when first asked for.

    The sum of a column must stay below two thousand million, on either side of nought.
    """

    def __init__(self, rows: Mapping[str, Sequence[int]], columns: int) -> None:
        super().__init__()
        self._rows = rows
        self._columns = columns

    def __missing__(self, name: str) -> int:
        packed = self[name] = sum([number << (_BITS * k) for k, number in enumerate(self._rows[name])])
        return packed

    def totals(self, names: Iterable[str]) -> list[int]:
        """The sum of each column over the rows of these names."""
        total = sum(map(self.__getitem__, names))
        out = []
        for _ in range(self._columns):
            low = (total + _HALF) % _FIELD - _HALF
            out.append(low)
            total = (total - low) >> _BITS
        return out
