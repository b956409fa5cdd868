"""Rows of whole numbers, summed column by column at the price of one sum."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence

# Bits of a column: a sum of a million numbers of three digits fits.
_BITS = 32
_FIELD = 1 << _BITS
_HALF = _FIELD >> 1


class PackedRows:
    """Named rows, each as one number with bits of its own for every column; packed when first asked for.

    The sum of a column must stay below two thousand million, on either side of nought.
    """

    def __init__(self, rows: Mapping[str, Sequence[int]], columns: int) -> None:
        self._rows = rows
        self._columns = columns
        self._places: dict[str, int] = {}
        # Rows in use stand side by side here, as they do not among all rows.
        self._packed: list[int] = []
        self._lock = threading.Lock()

    def places(self, names: Iterable[str]) -> tuple[int, ...]:
        """Where the rows of these names stand; of names without a row, nothing."""
        known, rows = self._places, self._rows.keys()
        out = []
        for name in names:
            place = known.get(name)
            if place is not None:
                out.append(place)
            elif name in rows:
                out.append(self._add(name))
        return tuple(out)

    def _add(self, name: str) -> int:
        with self._lock:
            if name not in self._places:
                self._packed.append(sum([number << (_BITS * k) for k, number in enumerate(self._rows[name])]))
                self._places[name] = len(self._packed) - 1
            return self._places[name]

    def totals(self, places: Iterable[int]) -> list[int]:
        """The sum of each column over the rows at these places."""
        total = sum(map(self._packed.__getitem__, places))
        out = []
        for _ in range(self._columns):
            low = (total + _HALF) % _FIELD - _HALF
            out.append(low)
            total = (total - low) >> _BITS
        return out
