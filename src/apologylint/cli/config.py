"""``apologylint config show|schema``."""

from __future__ import annotations

import argparse
import json

from apologylint.cli.settings import Settings


def main(arguments: argparse.Namespace) -> int:
    """Print settings or schema as JSON."""
    if arguments.action == "schema":
        from apologylint.schemas import schema_text

        print(schema_text("config"), end="")
        return 0
    print(json.dumps(Settings(arguments).for_file(arguments.path).to_dict(), indent=2))
    return 0
