"""Baseline: diagnostics a team has decided to live with for now.

The file has no line numbers, no dates and no versions, and one entry a line, so that two branches merge.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from apologylint.errors import ConfigError
from apologylint.files import replace_file
from apologylint.globs import relative_posix
from apologylint.reporters.base import CheckedFile
from apologylint.reporters.fingerprints import fingerprints
from apologylint.results import Diagnostic

DEFAULT_NAME = ".apologylint-baseline.json"
_VERSION = 1


@dataclass
class Baseline:
    """Entries by path, and which of them were met.

    Attributes:
        file: where it lies; paths inside are relative to its folder.
        entries: path to ``rule:fingerprint`` strings.
        met: entries that a diagnostic matched in this run.
        checked: paths seen in this run.
        renamed: met entries that go by an old name of their rule, and what they are called now, by path.
    """

    file: Path
    entries: dict[str, set[str]] = field(default_factory=dict)
    met: dict[str, set[str]] = field(default_factory=dict)
    checked: set[str] = field(default_factory=set)
    renamed: dict[str, dict[str, str]] = field(default_factory=dict)

    @classmethod
    def load(cls, file: Path) -> Baseline:
        """Read a baseline, or raise a ConfigError that says what is wrong with it."""
        try:
            data = json.loads(file.read_text(encoding="utf-8-sig"))
        except OSError as error:
            raise ConfigError(f"cannot be read: {error.strerror}", path=str(file)) from None
        except (ValueError, RecursionError):
            raise ConfigError("is not a baseline", path=str(file), cure=_CURE) from None
        entries = data.get("entries") if isinstance(data, dict) else None
        if not isinstance(entries, dict) or data.get("version") != _VERSION:
            raise ConfigError("is not a baseline of version 1", path=str(file), cure=_CURE)
        for path, items in entries.items():
            if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
                raise ConfigError(f'entry "{path}" is not a list of strings', path=str(file), cure=_CURE)
        return cls(file, {path: set(items) for path, items in entries.items()})

    def path_of(self, file: CheckedFile) -> str:
        """The name a file goes by in the baseline."""
        return relative_posix(file.path, self.file.parent) or file.path.replace(os.sep, "/")

    def apply(self, file: CheckedFile) -> CheckedFile:
        """The file without the diagnostics that the baseline holds."""
        path = self.path_of(file)
        if file.error is None:
            self.checked.add(path)
        known = self.entries.get(path)
        if not known:
            return file
        entries = iter(_entries(file, path))
        met = self.met.setdefault(path, set())

        def new(_: Diagnostic) -> bool:
            names = next(entries)
            entry = next((entry for entry in names if entry in known), None)
            if entry is None:
                return True
            met.add(entry)
            if entry != names[0]:
                self.renamed.setdefault(path, {})[entry] = names[0]
            return False

        return keep(file, new)

    def add(self, file: CheckedFile) -> None:
        """Take in every diagnostic of a file, and forget what it held about that file before."""
        path = self.path_of(file)
        found = {entries[0] for entries in _entries(file, path)}
        self.entries.pop(path, None)
        if found:
            self.entries[path] = found

    def stale(self) -> Mapping[str, set[str]]:
        """Entries of checked files that nothing matched, and entries of files that are gone."""
        out: dict[str, set[str]] = {}
        for path, items in self.entries.items():
            gone = not (self.file.parent / path).exists()
            left = items if gone else items - self.met.get(path, set())
            if left and (gone or path in self.checked):
                out[path] = set(left)
        return out

    def prune(self) -> int:
        """Drop stale entries and say how many; give those of renamed rules their new name."""
        count = 0
        for path, names in self.renamed.items():
            self.entries[path] = {names.get(item, item) for item in self.entries[path]}
            self.met[path] = {names.get(item, item) for item in self.met[path]}
        self.renamed.clear()
        for path, items in self.stale().items():
            count += len(items)
            self.entries[path] -= items
            if not self.entries[path]:
                del self.entries[path]
        return count

    def __len__(self) -> int:
        return sum(len(items) for items in self.entries.values())

    def save(self) -> None:
        """Write it: sorted, one entry a line, atomically."""
        data: dict[str, Any] = {
            "version": _VERSION,
            "entries": {path: sorted(items) for path, items in sorted(self.entries.items())},
        }
        replace_file(self.file, (json.dumps(data, indent=1) + "\n").encode("ascii"))


def _entries(file: CheckedFile, path: str) -> list[tuple[str, ...]]:
    """What each diagnostic is called in a baseline: by today's name of its rule, then by the former ones."""
    found = list(file.diagnostics())
    columns = []
    for age in range(max((len(d.formerly) for d in found), default=0) + 1):

        def name(d: Diagnostic, age: int = age) -> str:
            return (d.rule, *d.formerly)[min(age, len(d.formerly))]

        columns.append([f"{name(d)}:{mark}" for d, mark in zip(found, fingerprints(file, path, name), strict=True)])
    return list(zip(*columns, strict=True))


_CURE = "write it anew with: apologylint baseline write"


def keep(file: CheckedFile, wanted: Callable[[Diagnostic], bool]) -> CheckedFile:
    """The file with only those diagnostics for which ``wanted`` is true; the rest are counted as silenced."""
    reports = []
    dropped = 0
    for report in file.reports:
        kept = tuple(d for d in report.diagnostics if wanted(d))
        dropped += len(report.diagnostics) - len(kept)
        reports.append(report if len(kept) == len(report.diagnostics) else replace(report, diagnostics=kept))
    return replace(file, reports=tuple(reports), silenced=file.silenced + dropped) if dropped else file
