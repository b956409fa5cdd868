"""Writing files so that a crash, a full disk or a second run leaves the old bytes or the new ones, never a mixture."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from apologylint.errors import InputError


def replace_file(path: Path, data: bytes, expected: bytes | None = None, *, durable: bool = True) -> None:
    """Put new bytes in a file's place, keeping its mode and any link that leads to it.

    Args:
        path: the file; a link is followed and stays a link.
        data: the new bytes.
        expected: what the file must hold now; if it holds something else, nothing is written.
        durable: wait until the bytes are on the disk. A cache need not.

    Raises:
        InputError: the file changed since it was read, or cannot be written.
    """
    import tempfile  # half of the standard library comes with it, and most runs write nothing

    target = Path(os.path.realpath(path))
    temporary = ""
    try:
        mode = target.stat().st_mode & 0o7777 if target.exists() else None
        handle, temporary = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent)
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            if durable:
                os.fsync(stream.fileno())
        if mode is None:
            mask = os.umask(0)
            os.umask(mask)
            mode = 0o666 & ~mask
        Path(temporary).chmod(mode)
        # As late as can be: an editor may have saved while the checks ran.
        if expected is not None and target.read_bytes() != expected:
            raise InputError("changed while it was being checked, left as it is", path=str(path), cure="run again")
        Path(temporary).replace(target)
        temporary = ""
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror or error}", path=str(path)) from None
    finally:
        if temporary:
            with contextlib.suppress(OSError):
                Path(temporary).chmod(0o600)  # Windows keeps a read-only file from being removed
                Path(temporary).unlink()
