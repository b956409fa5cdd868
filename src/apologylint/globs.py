"""Gitignore-style path patterns, relative to one directory."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec


class Globs:
    """Patterns as ``.gitignore`` reads them: the last one that matches decides, ``!`` takes back.

    Attributes:
        root: the directory that patterns with a slash start from.
    """

    __slots__ = ("_patterns", "_spec", "root")

    def __init__(self, patterns: Sequence[str], root: str | os.PathLike[str]) -> None:
        self.root = os.path.abspath(root)  # noqa: PTH100 (abspath keeps links; resolve would not)
        self._patterns = tuple(patterns)
        self._spec: GitIgnoreSpec | None = None

    def __bool__(self) -> bool:
        return bool(self._patterns)

    def matches(self, path: str | os.PathLike[str]) -> bool:
        """True if the path, or a folder above it below the root, is meant.

        A path outside the root is compared by its name alone, since no anchored pattern can mean it.
        """
        if not self._patterns:
            return False
        return self._compiled().match_file(relative_posix(path, self.root) or Path(path).name)

    def verdict(self, path: str | os.PathLike[str], *, folder: bool = False) -> bool | None:
        """What the last matching pattern says: True to leave out, False to take back, ``None`` when none matches."""
        if not self._patterns:
            return None
        relative = relative_posix(path, self.root)
        if relative is None:
            return None
        return self._compiled().check_file(relative + "/" * folder).include

    def _compiled(self) -> GitIgnoreSpec:
        if self._spec is None:
            # Imported here: a run without patterns should not pay for pathspec.
            from pathspec import GitIgnoreSpec

            self._spec = GitIgnoreSpec.from_lines(self._patterns)
        return self._spec


def relative_posix(path: str | os.PathLike[str], root: str | os.PathLike[str]) -> str | None:
    """The path below ``root`` with forward slashes, or ``None`` when it lies elsewhere."""
    try:
        # Not by comparing strings: on Windows "c:\\Replies" and "C:\\replies" are one folder.
        relative = os.path.relpath(os.path.abspath(path), os.path.abspath(root)).replace(os.sep, "/")  # noqa: PTH100
    except ValueError:  # two Windows drives
        return None
    return None if relative == ".." or relative.startswith("../") else relative
