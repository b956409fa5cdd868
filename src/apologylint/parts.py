"""A file of parts: a line of JSON that says what is in it, then one for each part, read when it is asked for.

Never pickle: it is read from disk by everyone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zlib import crc32

# Name of a compiled pack, in the folder of its rules.
COMPILED = "compiled.jsonl"
_FORMAT = 4


def joined(head: Mapping[str, Any], parts: Mapping[str, Any]) -> str:
    """Text of a file of parts; ``head`` is what is to be known without them."""
    lines = {name: _line(part) for name, part in parts.items()}
    sizes = {name: len(line) for name, line in lines.items()}
    checksum = crc32("".join(lines.values()).encode())
    return _line({"format": _FORMAT, **head, "sizes": sizes, "checksum": checksum}) + "".join(lines.values())


def _line(data: Any) -> str:
    # ASCII: one emoji in a part would make each of its characters four bytes in memory.
    return json.dumps(data, separators=(",", ":")) + "\n"


def head_of(file: Path) -> Mapping[str, Any]:
    """The head alone.

    Raises:
        OSError, ValueError, KeyError, TypeError: it is not there, of another version, or damaged.
    """
    with file.open("rb") as stream:
        return _head(stream.readline())


def _head(line: bytes) -> Mapping[str, Any]:
    head: Mapping[str, Any] = json.loads(line)
    if head["format"] != _FORMAT:
        raise ValueError("of another version")
    return head


class Parts:
    """A file of parts.

    Attributes:
        head: what is known without them.

    Raises:
        OSError, ValueError, KeyError, TypeError: it is not there, of another version, or damaged.
    """

    def __init__(self, file: Path) -> None:
        raw = file.read_bytes()
        at = raw.find(b"\n") + 1
        self.head = _head(raw[:at])
        # Views, not copies: most of it is never looked at.
        data = memoryview(raw)
        if self.head["checksum"] != crc32(data[at:]):
            raise ValueError("damaged")
        self._lines: dict[str, memoryview] = {}
        for name, size in self.head["sizes"].items():
            self._lines[name] = data[at : at + size]
            at += size

    def part(self, name: str) -> Any:
        """A part, read anew."""
        return json.loads(bytes(self._lines[name]))
