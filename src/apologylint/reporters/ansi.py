"""The few escape codes used. A library for this would cost more to import than everything else a fast run does."""

from __future__ import annotations

_CODES = {
    "bold": "1",
    "dim": "2",
    "red": "31",
    "green": "32",
    "yellow": "33",
    "blue": "34",
    "cyan": "36",
    "error": "1;31",
    "warning": "1;33",
    "info": "1;34",
}


class Style:
    """Paints text, or leaves it as it is."""

    __slots__ = ("on",)

    def __init__(self, on: bool) -> None:
        self.on = on

    def __call__(self, text: str, style: str) -> str:
        """Text in a style of the table above."""
        return f"\x1b[{_CODES[style]}m{text}\x1b[0m" if self.on else text
