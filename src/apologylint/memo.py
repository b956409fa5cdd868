"""Bounded memories of what was worked out for words."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

K = TypeVar("K", bound=str | tuple[str, ...])
V = TypeVar("V")
LONGEST = 120


class Recent(dict[K, V]):
    """Values of words in use: at most twice ``limit`` of them.

    Whenever ``limit`` are in it they are set aside, and of those set aside the ones asked for again come back: what is
    in use stays, without a list of who was used when. A key of more than ``longest`` code points is not kept:
    somebody's endless word will hardly come again and is not worth its room.
    """

    __slots__ = ("_aside", "_limit", "_longest")

    def __init__(self, limit: int, longest: int = LONGEST) -> None:
        super().__init__()
        self._limit = limit
        self._longest = longest
        self._aside: dict[K, V] = {}

    def recall(self, key: K) -> V | None:
        """The value of a key, if it is still here."""
        value = self.get(key)
        if value is None:
            value = self._aside.get(key)
            if value is not None:
                self.keep(key, value)
        return value

    def keep(self, key: K, value: V) -> None:
        """Remember a value."""
        if len("".join(key)) <= self._longest:
            if len(self) >= self._limit:
                self._aside = dict(self)
                self.clear()
            self[key] = value


class Memo(Recent[K, V]):
    """A pure function of words, remembered: ``memo[key]`` is ``make(key)``."""

    __slots__ = ("_make",)

    def __init__(self, make: Callable[[K], V], limit: int = 6_000) -> None:
        super().__init__(limit)
        self._make = make

    def __missing__(self, key: K) -> V:
        aside = self._aside
        value = aside[key] if key in aside else self._make(key)
        self.keep(key, value)
        return value
