"""``apologylint explain RULE|TEXT``."""

from __future__ import annotations

import argparse
import re
import sys

from apologylint.cli.settings import Settings, customer_message
from apologylint.errors import ConfigError

_RULE_NAME = re.compile(r"[a-z][a-z0-9-]*/[a-z0-9-]+\Z")
# The second half of a rule's name. No reply consists of one hyphenated word.
_HALF_A_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+\Z")


def main(arguments: argparse.Namespace) -> int:
    """Print a rule's page, or what was seen in a text and why."""
    subject: str = arguments.subject
    if _RULE_NAME.match(subject) or _HALF_A_NAME.match(subject):
        from apologylint.cli.rules import find_rule, load, page

        settings = Settings(arguments)
        print(page(find_rule(load(settings), subject, settings.for_path("."))), end="")
        return 0
    if subject == "-":
        subject = sys.stdin.buffer.read().decode("utf-8-sig", errors="replace")
    if not subject.strip():
        raise ConfigError(
            "nothing to explain", cure='give a rule\'s name or a text: apologylint explain "I am sorry if"'
        )
    from apologylint.linter import Linter

    linter = Linter(Settings(arguments).for_path("."))
    text = linter.explain(subject, customer_message(arguments))
    print(text.rstrip("\n"))
    return 0
