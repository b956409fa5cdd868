"""``apologylint score FILE...``."""

from __future__ import annotations

import argparse
from pathlib import Path

from apologylint.cli.settings import Settings


def main(arguments: argparse.Namespace) -> int:
    """Print the measures."""
    settings = Settings(arguments)
    from apologylint.linter import Linter
    from apologylint.score import score_files

    linter = Linter(settings.for_path("."))
    paths = [Path(file) for file in arguments.files]
    text = score_files(paths, linter, arguments.json, arguments.bootstrap, arguments.part)
    print(text.rstrip("\n"))
    return 0
