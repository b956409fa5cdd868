"""Entry of the console script. Nothing here may import the engine: ``--help`` and ``--version`` must be instant."""

from __future__ import annotations

import contextlib
import errno
import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn, TextIO

from apologylint import __version__

# Command to module; each module has ``main(arguments) -> exit code``.
_COMMANDS = {
    "check": "check",
    "explain": "explain",
    "rules": "rules",
    "score": "score",
    "steps": "steps",
    "baseline": "baseline",
    "config": "config",
    "completion": "completion",
}

# New objects after which the garbage collector looks for unreachable ones: some megabytes at most.
_COLLECT_AFTER = 50_000


def run() -> NoReturn:
    """Run with the process's arguments and exit."""
    # Imports make a million objects and no garbage: a collector that looks for it often only walks them again.
    gc.set_threshold(_COLLECT_AFTER)
    code = main()
    # The interpreter walks everything once more as it ends, though the process's memory is about to go anyway.
    gc.freeze()
    raise SystemExit(code)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return the exit code. Never a traceback, and never 0 when the output was lost."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        _prepare_streams()
        code = _dispatch(arguments)
        if sys.stdout is not None:
            sys.stdout.flush()
        return code
    except SystemExit as stop:
        return _flushed(stop.code if isinstance(stop.code, int) else 2)
    except BrokenPipeError:
        return _undelivered()
    except KeyboardInterrupt:
        _drop_stdout()
        return _complain("interrupted")
    except Exception as error:
        # This is how Windows says that the reader left.
        if os.name == "nt" and isinstance(error, OSError) and error.errno == errno.EINVAL and not error.filename:
            return _undelivered()
        if os.environ.get("APOLOGYLINT_DEBUG"):
            raise
        _drop_stdout()
        return _complain(_told(error))


def _undelivered() -> int:
    """The reader left (`| head`): nothing to say, but the report did not arrive."""
    _drop_stdout()
    return 2


def _dispatch(arguments: list[str]) -> int:
    first = arguments[0] if arguments else ""
    if first in ("-V", "--version"):
        print(f"apologylint {__version__}")
        return 0
    from apologylint.cli.parser import build

    if not arguments:
        build().print_help(sys.stderr)
        return 2
    if first not in _COMMANDS and first not in ("-h", "--help"):
        arguments = ["check", *arguments]
    parsed = build(arguments[0]).parse_args(arguments)
    module = import_module(f"apologylint.cli.{_COMMANDS[parsed.command]}")
    code: int = module.main(parsed)
    return code


def _prepare_streams() -> None:
    """A character that the locale cannot show must not end the run."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError, OSError):
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    if os.name == "nt":
        with contextlib.suppress(AttributeError, ValueError, OSError):
            _same_bytes_everywhere(sys.stdout)
    if sys.stdout is None:
        raise OSError(9, "standard output is closed")


def _same_bytes_everywhere(stdout: TextIO) -> None:
    """Redirected output on Windows: UTF-8 with plain line ends, as elsewhere, unless the environment asks otherwise."""
    if not stdout.isatty() and not os.environ.get("PYTHONIOENCODING"):
        stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[attr-defined]


def _flushed(code: int) -> int:
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except (OSError, ValueError):
        _drop_stdout()
        return 2
    return code


def _drop_stdout() -> None:
    """If standard output is broken, keep the interpreter from failing once more when it flushes at exit."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except (OSError, ValueError):
        with contextlib.suppress(Exception):
            null = os.open(os.devnull, os.O_WRONLY)
            os.dup2(null, 1)
            os.close(null)


def _told(error: Exception) -> str:
    from apologylint.errors import ApologylintError

    if isinstance(error, ApologylintError):
        return str(error)
    if isinstance(error, OSError) and error.strerror:
        name = f"{error.filename}: " if error.filename else ""
        return f"{name}{error.strerror}"
    return f"internal error: {type(error).__name__}: {error} (set APOLOGYLINT_DEBUG=1 to see where, and report it)"


def _complain(text: str) -> int:
    from apologylint.cli.terminal import note

    note(text)
    return 2
