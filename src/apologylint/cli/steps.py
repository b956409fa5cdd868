"""``apologylint steps FILE``."""

from __future__ import annotations

import argparse
import sys

from apologylint.cli.runner import Task
from apologylint.cli.settings import Settings, customer_message
from apologylint.config import did_you_mean
from apologylint.errors import ConfigError, InputError


def main(arguments: argparse.Namespace) -> int:
    """Print which steps each draft of a file holds."""
    settings = Settings(arguments)
    from apologylint.linter import Linter
    from apologylint.steps import format_steps, frameworks

    known = tuple(frameworks())
    if arguments.framework and arguments.framework not in known:
        cure = did_you_mean(arguments.framework, known) or ", ".join(known)
        raise ConfigError(f'no framework "{arguments.framework}"', cure=cure)
    name: str = arguments.file
    config = settings.for_file(name)
    raw = sys.stdin.buffer.read() if name == "-" else None
    source = Task("<stdin>" if name == "-" else name, config, raw).read()
    linter = Linter(config)
    for report in linter.check_source(source, config.read_options(), customer_message(arguments)):
        if report.error:
            raise InputError(report.error)
        print(format_steps(report, arguments.framework or known[0]).rstrip("\n"))
    return 0
