"""Where the report goes: one format on standard output, others in files."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from apologylint.cli.terminal import wants_color
from apologylint.config import did_you_mean
from apologylint.errors import ConfigError
from apologylint.files import replace_file
from apologylint.reporters import FORMATS, render
from apologylint.reporters.base import Run

# Formats for programs: they get a document even when the run could not start.
MACHINE = frozenset({"json", "jsonl", "gitlab", "sarif", "junit", "checkstyle", "rdjson"})


@dataclass(frozen=True)
class Output:
    """A format and the file it goes to (``""`` for standard output)."""

    format: str
    file: str = ""


def outputs_of(arguments: argparse.Namespace) -> list[Output]:
    """The outputs asked for; ``full`` on standard output when none was."""
    out: list[Output] = []
    for text in arguments.output:
        name, _, file = text.partition(":")
        out.append(Output(_format(name), file))
    first = arguments.output_format or os.environ.get("APOLOGYLINT_OUTPUT_FORMAT", "")
    if first or arguments.output_file or not out:
        out.insert(0, Output(_format(first or "full"), arguments.output_file or ""))
    elif all(output.file for output in out):
        # Files alone would leave a person at a terminal, or a CI log, with nothing.
        out.insert(0, Output("full"))
    if sum(not output.file for output in out) > 1:
        raise ConfigError("two outputs for standard output", cure="name a file: --output FORMAT:FILE")
    return out


def _format(name: str) -> str:
    if name not in FORMATS:
        raise ConfigError(f'no output format "{name}"', cure=did_you_mean(name, tuple(FORMATS)) or ", ".join(FORMATS))
    return name


def write_all(outputs: list[Output], run: Run, color: str) -> None:
    """Write every output; a failed write is an error, never silence."""
    for output in outputs:
        if output.file:
            write(render(output.format, replace(run, color=color == "always")), output.file)
        else:
            write(render(output.format, replace(run, color=wants_color(color, sys.stdout))))


def write(pieces: Iterator[str], file: str = "") -> None:
    """Write text to a file, whole or not at all, or to standard output."""
    if not file:
        for piece in pieces:
            sys.stdout.write(piece)
        sys.stdout.flush()
        return
    data = "".join(pieces).encode("utf-8", "backslashreplace")
    path = Path(file)
    if path.exists() and not path.is_file():
        # A pipe or a device cannot be replaced, only written to.
        with path.open("wb") as stream:
            stream.write(data)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_file(path, data, durable=False)
