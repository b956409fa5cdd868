"""``apologylint baseline write|prune|show``."""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from apologylint.baseline import DEFAULT_NAME, Baseline
from apologylint.cli.check import run_checks
from apologylint.cli.settings import Settings
from apologylint.cli.terminal import note
from apologylint.reporters.base import plural


def main(arguments: argparse.Namespace) -> int:
    """Run one of the three actions."""
    config = Settings(arguments).for_path(".")
    file = Path(arguments.baseline or config.baseline or DEFAULT_NAME)
    if arguments.action == "show":
        return _show(Baseline.load(file))
    baseline = Baseline.load(file) if file.is_file() or arguments.action == "prune" else Baseline(file)
    outcome = run_checks(arguments)
    for checked in outcome.files:
        # A file that could not be read keeps its entries: nothing is known about it.
        if checked.error is None:
            if arguments.action == "write":
                baseline.add(checked)
            else:
                baseline.apply(checked)
    if arguments.action == "write":
        baseline.save()
        note(f"{plural(len(baseline), 'diagnostic')} in {file}")
    else:
        renewed = sum(len(names) for names in baseline.renamed.values())
        dropped = baseline.prune()
        baseline.save()
        also = f", {renewed} under a new name" if renewed else ""
        note(f"{plural(dropped, 'diagnostic')} dropped{also}, {len(baseline)} left in {file}")
    return 2 if outcome.errors else 0


def _show(baseline: Baseline) -> int:
    rules: Counter[str] = Counter(item.rpartition(":")[0] for items in baseline.entries.values() for item in items)
    for rule, count in sorted(rules.items(), key=lambda item: (-item[1], item[0])):
        print(f"{count:>5}  {rule}")
    print(f"{plural(len(baseline), 'diagnostic')} in {plural(len(baseline.entries), 'file')}")
    return 0
