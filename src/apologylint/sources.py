"""Sources: which files to read, and how bytes become text. Nothing is guessed and nothing is skipped in silence."""

from __future__ import annotations

import codecs
import os
import re
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from apologylint.drafts import Source
from apologylint.errors import ConfigError, InputError
from apologylint.formats.table import format_of_name

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

#: Files larger than this are refused.
SIZE_LIMIT = 5_000_000

#: Folders nobody keeps replies in. Hidden folders are left out as well.
DEFAULT_EXCLUDE = (
    "node_modules/", "bower_components/", "__pycache__/", "venv/", "site-packages/", "vendor/bundle/",
    "package.json", "package-lock.json", "npm-shrinkwrap.json", "tsconfig*.json", "composer.json", "pnpm-lock.yaml",
    "pyproject.toml", "Cargo.toml", "requirements*.txt", "robots.txt",
)  # fmt: skip

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = {
    "xliff": re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]+)[\"']"),
    "html": re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w.:-]+)", re.I),
    "po": re.compile(rb"\"Content-Type:[^\"\n]{0,200}?charset=([\w.:-]+)", re.I),
    "eml": re.compile(rb"^(?:Content-Type:|\s)[^\n]{0,400}?charset\s*=\s*\"?([\w.:-]+)", re.I | re.M),
}
_FALLBACK = {"properties": "iso-8859-1"}


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
            real = os.path.realpath(found.name)
            if found.error is not None or real not in seen:
                seen.add(real)
                yield found


class _Walk:
    def __init__(self, patterns: list[str], respect_gitignore: bool, root: str | os.PathLike[str]) -> None:
        self.root = os.path.abspath(root)
        self.excluded = _spec(patterns) if patterns else None
        self.respect_gitignore = respect_gitignore
        self.ignores: dict[str, GitIgnoreSpec | None] = {}

    def start(self, name: str, force_exclude: bool) -> Iterator[Found]:
        try:
            mode = os.stat(name).st_mode
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
            if not os.path.isdir(name):
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
                path = os.path.join(name, entry.name)
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
        full = os.path.abspath(path)
        slash = "/" if folder else ""
        if self.excluded is not None:
            inside = os.path.relpath(full, self.root).replace(os.sep, "/")
            if inside.startswith("../"):
                inside = full.lstrip("/").replace(os.sep, "/")
            if self.excluded.match_file(inside + slash):
                return True
        if not self.respect_gitignore:
            return False
        # The nearest .gitignore that has something to say decides.
        here = os.path.dirname(full)
        while True:
            spec = self._ignore_file(here)
            if spec is not None:
                result = spec.check_file(os.path.relpath(full, here).replace(os.sep, "/") + slash)
                if result.include is not None:
                    return bool(result.include)
            above = os.path.dirname(here)
            if above == here or os.path.exists(os.path.join(here, ".git")):
                return parents and here != full and self._parent_left_out(full, here)
            here = above

    def _parent_left_out(self, full: str, top: str) -> bool:
        parent = os.path.dirname(full)
        while len(parent) > len(top):
            if self._left_out(parent, folder=True):
                return True
            parent = os.path.dirname(parent)
        return False

    def _ignore_file(self, folder: str) -> GitIgnoreSpec | None:
        if folder not in self.ignores:
            spec = None
            try:
                with open(os.path.join(folder, ".gitignore"), encoding="utf-8", errors="replace") as file:
                    spec = _spec(file.read(1_000_000).splitlines())
            except (OSError, ConfigError):
                pass
            self.ignores[folder] = spec
        return self.ignores[folder]


def _spec(patterns: Iterable[str]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec

    try:
        return GitIgnoreSpec.from_lines(patterns)
    except ValueError as error:
        raise ConfigError(f"bad exclude pattern: {error}", cure="write it as in a .gitignore file") from None


def _unreadable(name: str, error: OSError, *, named: bool) -> Found:
    what = "no such file" if isinstance(error, FileNotFoundError) else (error.strerror or "cannot be read").lower()
    return Found(name, named, InputError(what, path=name, cure="check the path and its permissions"))


def read_source(
    path: str | os.PathLike[str] | bytes,
    name: str | None = None,
    encoding: str | None = None,
    *,
    size_limit: int = SIZE_LIMIT,
) -> Source:
    """Decode a file, or bytes as they came from standard input.

    Tried in this order: byte order mark; the encoding the format itself declares; strict UTF-8; ``encoding``. Nothing is
    guessed. Bytes with a NUL that are not UTF-16 or UTF-32 are a binary file.

    Raises:
        InputError: it cannot be read, is too large, is binary, or is in none of these encodings.
    """
    if isinstance(path, bytes):
        data, name = path, name or "<stdin>"
        _check_size(len(data), name, size_limit)
    else:
        name = name or os.fspath(path)
        data = _read_bytes(path, name, size_limit)
    for bom, codec in _BOMS:
        if data.startswith(bom):
            return Source(name, _decode(data[len(bom) :], codec, name, len(bom)), encoding=codec, bom=bom)
    kind = format_of_name(name) or "text"
    for codec in _candidates(data, kind, encoding):
        try:
            return Source(name, data.decode(codec), encoding=codec)
        except (UnicodeDecodeError, LookupError):
            continue
    if encoding is not None and not _known(encoding):
        raise InputError(f"unknown encoding {encoding!r}", path=name, cure="name one that Python knows, such as cp1252")
    nul = data.find(b"\0")
    if nul >= 0:
        raise InputError(
            f"binary file: NUL at byte {nul}",
            path=name,
            cure="leave it out with exclude, or set encoding if it is UTF-16",
        )
    _decode(data, encoding or "utf-8", name, 0)
    raise AssertionError("unreachable")


def _candidates(data: bytes, kind: str, encoding: str | None) -> Iterator[str]:
    wide = encoding is not None and encoding.lower().replace("_", "-").startswith(
        ("utf-16", "utf-32", "utf16", "utf32")
    )
    if b"\0" in data:
        if encoding is not None and wide and _known(encoding):
            yield encoding
        return
    pattern = _DECLARED.get("html" if kind in ("mjml", "template") else kind)
    declared = pattern.search(data[:100_000] if kind == "eml" else data[:4_000]) if pattern else None
    named = declared[1].decode("ascii") if declared else None
    if named and not _known(named):
        named = None
    if kind == "eml":
        # A mail is bytes; each part has its own charset, and most write all of it in ASCII.
        yield "utf-8"
    if named:
        yield named
    yield "utf-8"
    if encoding is not None and _known(encoding):
        yield encoding
    if kind in _FALLBACK:
        yield _FALLBACK[kind]


def _known(encoding: str) -> bool:
    try:
        info = codecs.lookup(encoding)
    except (LookupError, ValueError):
        return False
    return bool(getattr(info, "_is_text_encoding", True)) and info.name not in ("idna", "punycode", "undefined")


def _decode(data: bytes, codec: str, name: str, skipped: int) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(
            f"not {codec.upper()}: byte 0x{data[error.start]:02x} at offset {error.start + skipped}",
            path=name,
            line=line,
            cure="save the file as UTF-8, or name its encoding with the encoding option",
        ) from None


def _check_size(size: int, name: str, limit: int) -> None:
    if size > limit:
        raise InputError(
            f"{size:,} bytes are more than the limit of {limit:,}",
            path=name,
            cure="raise size-limit, or leave it out with exclude",
        )


def _read_bytes(path: str | os.PathLike[str], name: str, limit: int) -> bytes:
    try:
        # O_NONBLOCK: a pipe put where a file was must not hang us.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (OSError, ValueError) as error:
        what = (
            "no such file"
            if isinstance(error, FileNotFoundError)
            else getattr(error, "strerror", None) or "cannot be read"
        )
        raise InputError(what.lower(), path=name, cure="check the path and its permissions") from None
    try:
        with open(handle, "rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise InputError("not a regular file", path=name, cure="pass its text on standard input")
            _check_size(status.st_size, name, limit)
            data = file.read(limit + 1)
    except OSError as error:
        raise InputError((error.strerror or "cannot be read").lower(), path=name, cure="check the file") from None
    _check_size(len(data), name, limit)
    return data
