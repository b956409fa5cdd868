"""Discovery: which files to read."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from apologylint.errors import ConfigError, InputError
from apologylint.formats.table import format_of_name
from apologylint.globs import relative_posix

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

#: Folders nobody keeps replies in. Hidden folders are left out as well.
DEFAULT_EXCLUDE = (
    "node_modules/", "bower_components/", "__pycache__/", "venv/", "site-packages/", "vendor/bundle/",
    "package.json", "package-lock.json", "npm-shrinkwrap.json", "tsconfig*.json", "composer.json", "pnpm-lock.yaml",
    "pyproject.toml", "Cargo.toml", "requirements*.txt", "robots.txt",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read.

    Attributes:
        name: the path as it is shown, made from the path as it was given.
        named: it was given by name, not found in a folder.
        error: why it cannot be read, or ``None``.
    """

    name: str
    named: bool = False
    error: InputError | None = None

    @property
    def path(self) -> Path:
        """The file."""
        return Path(self.name)


def discover(
    paths: Iterable[str | os.PathLike[str]],
    *,
    exclude: Sequence[str] = DEFAULT_EXCLUDE,
    extend_exclude: Sequence[str] = (),
    respect_gitignore: bool = True,
    force_exclude: bool = False,
    root: str | os.PathLike[str] = ".",
) -> Iterator[Found]:
    """Files in order: paths as given, folders sorted, each file once.

    Args:
        paths: files and folders.
        exclude: gitignore-style patterns, relative to ``root``, in place of the default ones.
        extend_exclude: more of them.
        respect_gitignore: leave out of folders what ``.gitignore`` files name.
        force_exclude: leave out even files given by name.
        root: folder the patterns are relative to.

    A path that does not exist, or is neither file nor folder, comes out with an ``error``, so that others go on.
    """
    walk = _Walk([*exclude, *extend_exclude], respect_gitignore, root)
    seen: set[str] = set()
    for given in paths:
        name = os.fspath(given)
        for found in walk.start(name, force_exclude):
            if found.error is None:
                real = os.path.realpath(found.name)
                if real in seen:
                    continue
                seen.add(real)
            yield found


class _Walk:
    def __init__(self, patterns: list[str], respect_gitignore: bool, root: str | os.PathLike[str]) -> None:
        self.root = _absolute(os.fspath(root))
        self._patterns = patterns
        self.respect_gitignore = respect_gitignore
        self.ignores: dict[str, GitIgnoreSpec | None] = {}
        if tuple(patterns) != DEFAULT_EXCLUDE:
            _ = self.excluded  # a bad pattern is told, even if no file comes to be compared with it

    @cached_property
    def excluded(self) -> GitIgnoreSpec | None:
        """The patterns; made when first asked for, since a file given by name is not compared with them."""
        return _spec(self._patterns) if self._patterns else None

    def start(self, name: str, force_exclude: bool) -> Iterator[Found]:
        try:
            mode = Path(name).stat().st_mode
        except OSError as error:
            yield _unreadable(name, error, named=True)
            return
        except ValueError:  # a NUL in the path
            yield Found(name, True, InputError("no such file", path=name.replace("\0", "\\0"), cure="check the path"))
            return
        if stat.S_ISDIR(mode):
            yield from self._folder(name)
        elif not stat.S_ISREG(mode):
            yield Found(name, True, InputError("not a regular file", path=name, cure="pass its text on standard input"))
        elif not (force_exclude and self._left_out(name, folder=False, parents=True)):
            yield Found(name, named=True)

    def _folder(self, top: str) -> Iterator[Found]:
        stack = [top]
        while stack:
            name = stack.pop()
            if not Path(name).is_dir():
                yield Found(name)
                continue
            try:
                with os.scandir(name) as entries:
                    inside = sorted(entries, key=lambda entry: entry.name)
            except OSError as error:
                yield _unreadable(name, error, named=False)
                continue
            keep: list[str] = []
            for entry in inside:
                path = entry.path
                if self._wanted(entry, path):
                    keep.append(path)
            stack += reversed(keep)

    def _wanted(self, entry: os.DirEntry[str], path: str) -> bool:
        try:
            if entry.is_dir(follow_symlinks=False):
                return not entry.name.startswith(".") and not self._left_out(path, folder=True)
            if format_of_name(entry.name) is None or not entry.is_file():
                return False
        except OSError:
            return False
        return not self._left_out(path, folder=False)

    def _left_out(self, path: str, *, folder: bool, parents: bool = False) -> bool:
        full = _absolute(path)
        slash = "/" if folder else ""
        if self.excluded is not None:
            inside = relative_posix(full, self.root)
            if inside is None:
                inside = os.path.splitdrive(full)[1].replace(os.sep, "/").lstrip("/")
            if self.excluded.match_file(inside + slash):
                return True
        if not self.respect_gitignore:
            return False
        # The nearest .gitignore that has something to say decides.
        here = str(Path(full).parent)
        while True:
            spec = self._ignore_file(here)
            if spec is not None:
                result = spec.check_file(os.path.relpath(full, here).replace(os.sep, "/") + slash)
                if result.include is not None:
                    return bool(result.include)
            above = str(Path(here).parent)
            if above == here or Path(here, ".git").exists():
                return parents and here != full and self._parent_left_out(full, here)
            here = above

    def _parent_left_out(self, full: str, top: str) -> bool:
        parent = str(Path(full).parent)
        while len(parent) > len(top):
            if self._left_out(parent, folder=True):
                return True
            parent = str(Path(parent).parent)
        return False

    def _ignore_file(self, folder: str) -> GitIgnoreSpec | None:
        if folder not in self.ignores:
            spec = None
            try:
                with Path(folder, ".gitignore").open(encoding="utf-8", errors="replace") as file:
                    spec = _spec(file.read(1_000_000).splitlines())
            except (OSError, ConfigError):
                pass
            self.ignores[folder] = spec
        return self.ignores[folder]


def _absolute(path: str) -> str:
    """Make a path absolute, links unresolved: patterns are about the path as it was given."""
    return os.path.normpath(Path.cwd() / path)


def _spec(patterns: Iterable[str]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec

    try:
        return GitIgnoreSpec.from_lines(patterns)
    except ValueError as error:
        raise ConfigError(f"bad exclude pattern: {error}", cure="write it as in a .gitignore file") from None


def _unreadable(name: str, error: OSError, *, named: bool) -> Found:
    what = "no such file" if isinstance(error, FileNotFoundError) else (error.strerror or "cannot be read").lower()
    return Found(name, named, InputError(what, path=name, cure="check the path and its permissions"))
