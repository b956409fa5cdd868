"""Lines of keys and values in a configuration file, for complaints and notices."""

from __future__ import annotations

import json
from pathlib import Path

from apologylint.later import later_re

_HEADER = later_re(r"\s*\[\[?\s*([^\]#]+?)\s*\]")
_KEY = later_re(r"""\s*(?:"([^"]+)"|'([^']+)'|([A-Za-z0-9_.-]+))\s*=""")


class Lines:
    """Lines of the keys of our table. tomllib gives none, and a complaint without a line costs a reader minutes."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lines: dict[str, int] | None = None
        self._text: list[str] = []

    def of(self, key: str) -> int:
        """1-based line of a key (``overrides.N.key`` inside an override), of the table it is in, or 0."""
        known = self._known()
        return known.get(key) or known.get(key.partition(".")[0], 0)

    def of_value(self, key: str, value: str) -> int:
        """1-based line of a quoted string that a key holds, in the table itself or in an override, or 0.

        A string that is broken over lines, or escaped in an unusual way, is not found.
        """
        spellings = {f"'{value}'", json.dumps(value), json.dumps(value, ensure_ascii=False)}
        known = self._known()
        for name, start in known.items():
            if key not in name.split("."):
                continue
            end = min((line for line in known.values() if line > start), default=len(self._text) + 1)
            for number in range(start, end):
                if any(spelling in self._text[number - 1] for spelling in spellings):
                    return number
        return 0

    def _known(self) -> dict[str, int]:
        if self._lines is None:
            text = self._file.read_bytes().decode("utf-8-sig", errors="replace")
            self._text = text.splitlines()
            self._lines = _key_lines(self._text, "tool.apologylint." if self._file.name == "pyproject.toml" else "")
        return self._lines


def _key_lines(lines: list[str], prefix: str) -> dict[str, int]:
    found: dict[str, int] = {}
    table = "" if not prefix else None
    overrides = -1
    fence = ""  # the quotes of a multi-line string that is open
    for number, line in enumerate(lines, 1):
        if fence:
            if fence in line:
                fence = ""
            continue
        header = _HEADER.match(line)
        if header and "=" not in line.split("]")[0]:
            name = header[1].replace('"', "").replace(" ", "") + "."
            inside = name.startswith(prefix)
            table = name[len(prefix) :] if inside else None
            if table == "overrides.":
                overrides += 1
                table = f"overrides.{overrides}."
                found.setdefault("overrides", number)
            elif table:
                found.setdefault(table[:-1], number)
        elif table is not None and (key := _KEY.match(line)):
            dotted = table + next(part for part in key.groups() if part)
            found.setdefault(dotted, number)
            found.setdefault(dotted.split(".")[0], number)
        for quotes in ('"""', "'''"):
            if line.count(quotes) % 2:
                fence = quotes
    return found
