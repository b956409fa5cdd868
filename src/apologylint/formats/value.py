"""What a reader yields: one string of a source that may be a reply, decoded, not yet prose."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from apologylint.drafts import Source
from apologylint.formats.options import ReadOptions
from apologylint.formats.strand import Strand

Kind = Literal["text", "html", "markdown", "mdx"]


@dataclass(frozen=True, slots=True)
class Value:
    """One string of a source.

    Attributes:
        id: what its owner calls it.
        strand: the decoded string, mapped to the source.
        kind: how its prose is written down.
        customer_message: what the customer wrote, if known.
        replies: quote marks (``>``) hold the reply itself, not the customer's words.
        always: yield a draft even if there is no prose in it.
        tags: what chooses between parts of the string, where the format itself has branches; as in ``Draft.tags``.
    """

    id: str
    strand: Strand
    kind: Kind = "text"
    customer_message: str | None = None
    replies: bool = False
    always: bool = False
    tags: tuple[tuple[int, str], ...] = ()


Reader = Callable[[Source, ReadOptions], Iterable[Value]]
