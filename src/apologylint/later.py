"""Regular expressions that are compiled when first used.

A run needs few of the hundreds there are, and to compile them all takes longer than to check a short reply.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    import regex


def later_re(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern of the standard library, compiled when first used."""
    return cast("re.Pattern[str]", _Later(lambda: re.compile(pattern, flags)))


def later_regex(pattern: str, flags: int = 0) -> regex.Pattern[str]:
    """A pattern of ``regex``, compiled when first used."""

    def compiled() -> object:
        import regex

        return regex.compile(pattern, flags)

    return cast("regex.Pattern[str]", _Later(compiled))


class _Later:
    """Has the attributes of a pattern, each from the first time that it is asked for."""

    def __init__(self, compiled: Callable[[], object]) -> None:
        self._compiled = compiled

    def __getattr__(self, name: str) -> Any:
        # Only asked for what is not there yet: kept, so that a second use costs what the pattern's own would.
        found = self.__dict__[name] = getattr(self._compiled(), name)
        return found
