"""What stands between us and the terminal: colour, notes, progress."""

from __future__ import annotations

import os
import sys
import time
from typing import TextIO

from apologylint.reporters.inert import visible

# Shorter runs are over before a counter helps anyone.
_QUIET_SECONDS = 1.0


def wants_color(choice: str, stream: TextIO | None) -> bool:
    """Decide on colour: the flag, then NO_COLOR, then FORCE_COLOR, then whether it is a terminal."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return is_terminal(stream) and os.environ.get("TERM") != "dumb" and knows_escapes(os.name)


def knows_escapes(system: str) -> bool:
    """Whether terminals of this system (``os.name``) act on escape codes. The old Windows console prints them."""
    modern = ("WT_SESSION", "TERM", "TERM_PROGRAM", "ANSICON", "ConEmuANSI")
    return system != "nt" or any(os.environ.get(name) for name in modern)


def is_terminal(stream: TextIO | None) -> bool:
    """True if the stream is open and a person is looking at it."""
    try:
        return stream is not None and stream.isatty()
    except (ValueError, OSError):
        return False


def note(text: str) -> None:
    """One line on stderr. A closed stderr is no reason to fail: the exit code still tells."""
    try:
        if sys.stderr is not None:
            sys.stderr.write(f"apologylint: {visible(text)}\n")
            sys.stderr.flush()
    except (OSError, ValueError):
        pass


class Progress:
    """A counter on stderr, on a terminal only, and only once a run has lasted."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.done = 0
        self._on = is_terminal(sys.stderr) and os.environ.get("TERM") != "dumb"
        self._next = time.monotonic() + _QUIET_SECONDS
        self._shown = False

    def step(self) -> None:
        """One more file is done."""
        self.done += 1
        if self._on and time.monotonic() >= self._next:
            self._next = time.monotonic() + 0.1
            self._shown = True
            self._write(f"\r{self._text()}")

    def close(self) -> None:
        """Take the counter away."""
        if self._shown:
            self._write(f"\r{' ' * len(self._text())}\r")

    def _text(self) -> str:
        return f"apologylint: {self.done}/{self.total} files"

    def _write(self, text: str) -> None:
        try:
            sys.stderr.write(text)
            sys.stderr.flush()
        except (OSError, ValueError):
            self._on = False
