"""Sets of words, written down as text."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """Split a text into the set of its words."""
    return frozenset(text.split())
