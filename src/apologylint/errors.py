"""What apologylint raises. Every message is one line: what is wrong, where, and how to mend it."""

from __future__ import annotations


class ApologylintError(Exception):
    """Base of all errors raised on purpose.

    Attributes:
        message: what is wrong, without the place.
        path: file it is about, or ``""``.
        line: 1-based line, or ``0`` when the place is the whole file.
        column: 1-based column in code points, or ``0``.
        cure: what the reader can do about it, or ``""``.
    """

    def __init__(self, message: str, *, path: str = "", line: int = 0, column: int = 0, cure: str = "") -> None:
        self.message = message
        self.path = path
        self.line = line
        self.column = column
        self.cure = cure
        super().__init__(str(self))

    def __str__(self) -> str:
        place = self.path
        if self.line:
            place += f":{self.line}"
            if self.column:
                place += f":{self.column}"
        head = f"{place}: {self.message}" if place else self.message
        return f"{head} ({self.cure})" if self.cure else head

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (type(self), self.message, self.path, self.line, self.column, self.cure))


def _rebuild(
    kind: type[ApologylintError], message: str, path: str, line: int, column: int, cure: str
) -> ApologylintError:
    return kind(message, path=path, line=line, column=column, cure=cure)


class InputError(ApologylintError):
    """A file or stream could not be read, decoded or parsed."""


class ConfigError(ApologylintError):
    """A configuration file or option is wrong."""


class RuleError(ApologylintError):
    """A rule file, lexicon or pack is wrong."""
