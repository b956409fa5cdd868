"""How a source is to be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How a source is to be read.

    Attributes:
        format: a format's name (``"html"``), or ``None`` to go by suffix and content.
        platform: the helpdesk an export is from (``"zendesk"``), or ``None`` to go by its structure.
        text_keys: keys or key paths (``*`` allowed) whose strings are the replies; empty for the default.
        text_columns: names or 1-based numbers of the CSV columns that hold replies; empty for the default.
        placeholders: ``"auto"`` for every dialect, or the names of those to look for.
        split: ``"none"``, ``"paragraphs"``, or a line that separates the drafts of a plain text file.
        customer_key: key or column that holds what the customer wrote.
        id_keys: keys or columns a draft's id is taken from, best first.
    """

    format: str | None = None
    platform: str | None = None
    text_keys: tuple[str, ...] = ()
    text_columns: tuple[str, ...] = ()
    placeholders: Literal["auto"] | tuple[str, ...] = "auto"
    split: str = "none"
    customer_key: str = "customer_message"
    id_keys: tuple[str, ...] = ()
