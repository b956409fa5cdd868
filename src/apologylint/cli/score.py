"""``apologylint score FILE...``."""

from __future__ import annotations

import argparse

from apologylint.cli.settings import Settings


def main(arguments: argparse.Namespace) -> int:
    """Print the measures."""
    settings = Settings(arguments)
    from apologylint.linter import Linter
    from apologylint.score import score_files

    linter = Linter(settings.for_path("."))
    text = score_files(arguments.files, linter, as_json=arguments.json, bootstrap=arguments.bootstrap)
    print(text.rstrip("\n"))
    return 0
