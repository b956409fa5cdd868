"""Sources: how bytes become text. Nothing is guessed and nothing is skipped in silence."""

from __future__ import annotations

import codecs
import os
import re
import stat
from collections.abc import Iterator

from apologylint.discovery import DEFAULT_EXCLUDE, Found, discover
from apologylint.drafts import Source
from apologylint.errors import InputError
from apologylint.formats.table import format_of_name

__all__ = ["DEFAULT_EXCLUDE", "SIZE_LIMIT", "Found", "discover", "read_source"]

#: Files larger than this are refused.
SIZE_LIMIT = 5_000_000

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


def read_source(
    path: str | os.PathLike[str] | bytes,
    name: str | None = None,
    encoding: str | None = None,
    *,
    size_limit: int = SIZE_LIMIT,
) -> Source:
    """Decode a file, or bytes as they came from standard input.

    Tried in this order: byte order mark; the encoding the format itself declares; strict UTF-8; ``encoding``. Nothing
    is guessed. Bytes with a NUL that are not UTF-16 or UTF-32 are a binary file.

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
            cure="split it, or leave it out with exclude",
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
        with os.fdopen(handle, "rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise InputError("not a regular file", path=name, cure="pass its text on standard input")
            _check_size(status.st_size, name, limit)
            # A buffer as large as the limit for every small file takes longer than to read it.
            data = file.read(status.st_size + 1)
            if len(data) > status.st_size:
                data += file.read(limit + 1 - len(data))  # it grew, or is of a kind that says no size
    except OSError as error:
        raise InputError((error.strerror or "cannot be read").lower(), path=name, cure="check the file") from None
    _check_size(len(data), name, limit)
    return data
