"""One way to say that a source cannot be parsed."""

from __future__ import annotations

from apologylint.drafts import Source
from apologylint.errors import InputError

#: Nesting deeper than this is refused.
DEEPEST = 200


def failure(source: Source, offset: int, message: str, cure: str = "") -> InputError:
    """An input error at a code-point offset of the source."""
    line, column = source.lines.position(min(max(offset, 0), len(source.text)))
    return InputError(message, path=source.name, line=line, column=column, cure=cure)


def too_deep(source: Source, offset: int) -> InputError:
    """The error for nesting without end."""
    return failure(
        source, offset, f"nested deeper than {DEEPEST} levels", "split the file, or leave it out with exclude"
    )
