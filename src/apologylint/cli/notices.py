"""What a run says about the settings themselves: approved wordings nobody uses, old names of rules."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from apologylint.config import Config
from apologylint.config_files import place_of
from apologylint.globs import relative_posix
from apologylint.reporters.base import plural

if TYPE_CHECKING:
    from apologylint.baseline import Baseline
    from apologylint.cli.check import Outcome


def notices(outcome: Outcome, paths: Sequence[str], baseline: Baseline | None) -> tuple[str, ...]:
    """One line each, naming file and line of the setting where that is known."""
    lines = [*_old_names(outcome), *_unused(outcome, paths)]
    renamed = sum(len(names) for names in baseline.renamed.values()) if baseline is not None else 0
    if baseline is not None and renamed:
        cure = "apologylint baseline prune renews them"
        lines.append(f"{baseline.file}: {plural(renamed, 'entry')} under old names of rules ({cure})")
    return tuple(dict.fromkeys(lines))


def _old_names(outcome: Outcome) -> Iterator[str]:
    # Asked of the settings that were used to check: a run from the cache alone reads no rules, and says nothing.
    for config in outcome.runner.settings_used():
        for key, name in config.selectors():
            today = config.canonical(name)
            if today != name:
                yield f"{_head(config, key, name)}{name} is now called {today}"


def _unused(outcome: Outcome, paths: Sequence[str]) -> Iterator[str]:
    """Approved wordings that silenced nothing. Single files, as pre-commit names them, prove nothing."""
    if not all(os.path.isdir(path) for path in paths):  # noqa: PTH112
        return
    used: set[tuple[str, str]] = set()
    origins = {task.path: task.config.origin for task in outcome.plan.tasks}
    for file in outcome.files:
        if file.error is not None:
            return  # it may be the one
        used |= {(origins[file.path], wording) for report in file.reports for wording in report.approved}
    for config in outcome.settings.seen():
        tables = [config.approved, *(override.settings.get("approved", ()) for override in config.overrides)]
        for wording in dict.fromkeys(wording for table in tables for wording in table):
            if (config.origin, wording) not in used:
                yield f'{_head(config, "approved", wording)}approved wording silenced nothing here: "{wording}"'


def _head(config: Config, key: str, value: str) -> str:
    place = place_of(config, key, value) or (config.origin if key == "approved" else "")
    return f"{relative_posix(place, '.') or place}: " if place else ""
