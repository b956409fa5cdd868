"""A bounded memory of what was worked out for words."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

K = TypeVar("K", bound=str | tuple[str, ...])
V = TypeVar("V")
# A longer key is somebody's endless word: it will hardly come again and is not worth its room.
LONGEST = 120


class Memo(dict[K, V]):
    """A pure function of words, remembered: ``memo[key]`` is ``make(key)``.

    At most twice ``limit`` keys are kept. Whenever ``limit`` are in it they are set aside, and of those set aside the
    ones asked for again come back: what is in use stays, without a list of who was used when.
    """

    __slots__ = ("_aside", "_limit", "_make")

    def __init__(self, make: Callable[[K], V], limit: int = 16_000) -> None:
        super().__init__()
        self._make = make
        self._limit = limit
        self._aside: dict[K, V] = {}

    def __missing__(self, key: K) -> V:
        aside = self._aside
        value = aside[key] if key in aside else self._make(key)
        if sum(map(len, key)) <= LONGEST:
            if len(self) >= self._limit:
                self._aside = dict(self)
                self.clear()
            self[key] = value
        return value
