"""Discovery: which files to read."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

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
        real: where it lies when links are followed; ``""`` with an error.
    """

    name: str
    named: bool = False
    error: InputError | None = None
    real: str = ""

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
    real_folders: dict[str, str] = {}
    for given in paths:
        name = os.fspath(given)
        for found in walk.start(name, force_exclude):
            if found.error is not None:
                yield found
                continue
            # What a folder lists is spelt as it lies there; a name that was given may not be, on Windows.
            real = os.path.realpath(found.name) if found.named else _real(found.name, real_folders)
            if real not in seen:
                seen.add(real)
                yield Found(found.name, found.named, real=real)


def _real(path: str, folders: dict[str, str]) -> str:
    """``os.path.realpath`` of a file, without following the links of its folder again for every file in it."""
    folder, name = os.path.split(path)
    if folder not in folders:
        folders[folder] = os.path.realpath(folder)
    real = os.path.join(folders[folder], name)  # noqa: PTH118
    return os.path.realpath(real) if os.path.islink(real) else real  # noqa: PTH114


# Folders and what their .gitignore says, nearest first; the folder where a repository ends.
_Ignores: TypeAlias = "tuple[tuple[tuple[str, GitIgnoreSpec], ...], str]"


class _Walk:
    def __init__(self, patterns: list[str], respect_gitignore: bool, root: str | os.PathLike[str]) -> None:
        self.root = _absolute(os.fspath(root))
        self._patterns = patterns
        self.respect_gitignore = respect_gitignore
        self._ignores: dict[str, _Ignores] = {}
        self._below: dict[str, str | None] = {}
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
            inside = self._inside(full)
            if inside is None:
                inside = os.path.splitdrive(full)[1].replace(os.sep, "/").lstrip("/")
            if self.excluded.match_file(inside + slash):
                return True
        if not self.respect_gitignore:
            return False
        # The nearest .gitignore that has something to say decides.
        ignores, top = self._ignores_of(os.path.dirname(full))  # noqa: PTH120
        for here, spec in ignores:
            result = spec.check_file(os.path.relpath(full, here).replace(os.sep, "/") + slash)
            if result.include is not None:
                return bool(result.include)
        return parents and top != full and self._parent_left_out(full, top)

    def _inside(self, full: str) -> str | None:
        """The path below the root, which for the files of one folder begins alike."""
        folder, name = os.path.split(full)
        if folder not in self._below:
            self._below[folder] = relative_posix(folder, self.root)
        below = self._below[folder]
        if below is None:
            return relative_posix(full, self.root)  # the root itself, at most
        return name if below == "." else f"{below}/{name}"

    def _ignores_of(self, folder: str) -> _Ignores:
        """The .gitignore files that hold for what is in a folder, nearest first, and the top of its repository."""
        if folder not in self._ignores:
            spec = self._ignore_file(folder)
            own = ((folder, spec),) if spec is not None else ()
            above = os.path.dirname(folder)  # noqa: PTH120
            if above == folder or Path(folder, ".git").exists():
                self._ignores[folder] = own, folder
            else:
                further, top = self._ignores_of(above)
                self._ignores[folder] = (*own, *further), top
        return self._ignores[folder]

    def _parent_left_out(self, full: str, top: str) -> bool:
        parent = str(Path(full).parent)
        while len(parent) > len(top):
            if self._left_out(parent, folder=True):
                return True
            parent = str(Path(parent).parent)
        return False

    def _ignore_file(self, folder: str) -> GitIgnoreSpec | None:
        try:
            with Path(folder, ".gitignore").open(encoding="utf-8", errors="replace") as file:
                return _spec(file.read(1_000_000).splitlines())
        except (OSError, ConfigError):
            return None


def _absolute(path: str) -> str:
    """Make a path absolute, links unresolved: patterns are about the path as it was given."""
    return os.path.abspath(path)  # noqa: PTH100 (resolve would follow links)


def _spec(patterns: Iterable[str]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec

    try:
        return GitIgnoreSpec.from_lines(patterns)
    except ValueError as error:
        raise ConfigError(f"bad exclude pattern: {error}", cure="write it as in a .gitignore file") from None


def _unreadable(name: str, error: OSError, *, named: bool) -> Found:
    what = "no such file" if isinstance(error, FileNotFoundError) else (error.strerror or "cannot be read").lower()
    return Found(name, named, InputError(what, path=name, cure="check the path and its permissions"))
