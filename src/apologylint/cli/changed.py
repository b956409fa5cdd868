"""``--diff-base REV``: the lines that changed since a git revision."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import NamedTuple

from apologylint.errors import ConfigError
from apologylint.globs import relative_posix

_HUNK = re.compile(rb"^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@", re.M)


class _Lines(NamedTuple):
    """What changed in a file: lines as they are numbered now."""

    changed: set[int]
    cut_after: set[int]


class ChangedLines:
    """Changed lines by file, asked of git once.

    Args:
        revision: anything ``git diff`` takes; the working tree is compared with it.
        folder: where git is asked.
    """

    def __init__(self, revision: str, folder: str = ".") -> None:
        if revision.startswith("-") or not revision.strip():
            raise ConfigError(f'"{revision}" is not a git revision')
        self._folder = folder
        self._revision = revision
        top = self._git("rev-parse", "--show-toplevel").rstrip(b"\n")
        self._top = os.path.realpath(os.fsdecode(top))
        self._git("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
        listed = self._git("diff", "--name-only", "-z", "--no-renames", "--diff-filter=AM", revision, "--")
        self._changed = {os.fsdecode(name) for name in listed.split(b"\0") if name}
        new = self._git("ls-files", "--others", "--exclude-standard", "-z", "--full-name", ":/")
        self._new = {os.fsdecode(name) for name in new.split(b"\0") if name}
        self._lines: dict[str, _Lines] = {}

    def touches(self, path: str, first: int, last: int) -> bool:
        """True if any line from first to last is new or changed, or a line between them was taken out."""
        name = relative_posix(os.path.realpath(path), self._top)
        if name is None or name in self._new:
            return True  # of a file outside the repository git knows nothing: all of it is new
        if name not in self._changed:
            return False
        if name not in self._lines:
            self._lines[name] = self._of(name)
        lines = self._lines[name]
        changed = any(line in lines.changed for line in range(first, last + 1))
        return changed or any(line in lines.cut_after for line in range(first, last))

    def _of(self, name: str) -> _Lines:
        # One file a call: its name never has to be read out of quoted diff headers.
        patch = self._git(
            "diff", "--unified=0", "--no-color", "--no-ext-diff", "--no-textconv", "--no-renames", "--text",
            self._revision, "--", f":(top,literal){name}",
        )  # fmt: skip
        lines = _Lines(set(), set())
        for match in _HUNK.finditer(patch):
            start, count = int(match[1]), int(match[2]) if match[2] is not None else 1
            lines.changed.update(range(start, start + count))
            if not count:
                lines.cut_after.add(start)
        return lines

    def _git(self, *arguments: str) -> bytes:
        try:
            done = subprocess.run(
                ["git", *arguments], cwd=self._folder, capture_output=True, check=False, stdin=subprocess.DEVNULL
            )
        except OSError:
            raise ConfigError("--diff-base needs git, which was not found") from None
        if done.returncode:
            said = done.stderr.decode("utf-8", "replace").strip().splitlines()
            reason = said[0] if said else f'git does not know "{self._revision}"'
            raise ConfigError(f"--diff-base: {reason}", cure="in CI, fetch the history of the base branch")
        return done.stdout


def working_folder(paths: list[str]) -> str:
    """Folder to ask git in: that of the first path."""
    for path in paths:
        if path != "-" and Path(path).exists():
            return path if Path(path).is_dir() else str(Path(path).parent)
    return "."
