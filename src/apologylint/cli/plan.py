"""Which files a run checks, and under which settings."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from apologylint.baseline import DEFAULT_NAME as BASELINE
from apologylint.cli.runner import Task
from apologylint.cli.settings import Settings
from apologylint.config import Config
from apologylint.config_files import NAMES
from apologylint.globs import Globs, relative_posix
from apologylint.sources import Found, discover


@dataclass
class Plan:
    """What is to be done.

    Attributes:
        tasks: files to check, in order, each once.
        errors: one line for each named path that is not there.
        excluded: named paths that the settings leave out.
    """

    tasks: list[Task] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    excluded: int = 0


class Planner:
    """Finds files, and the configuration that is nearest to each."""

    def __init__(self, settings: Settings, stdin_name: str = "") -> None:
        self._settings = settings
        self._stdin_name = stdin_name
        self._excludes: dict[int, Globs] = {}

    def plan(self, paths: Sequence[str]) -> Plan:
        """Resolve the paths given on the command line."""
        plan = Plan()
        seen: set[str] = set()
        for path in paths or ["."]:
            if path == "-":
                self._stdin(plan, seen)
                continue
            count = len(plan.tasks) + len(plan.errors)
            known = False
            for found, config in self._found(path):
                known = known or found.real in seen
                if found.error is not None:
                    plan.errors.append(str(found.error))
                elif found.real not in seen:
                    seen.add(found.real)
                    plan.tasks.append(Task(found.name, self._settings.narrowed(config, found.name)))
            if len(plan.tasks) + len(plan.errors) == count and not known and not os.path.isdir(path):  # noqa: PTH112
                plan.excluded += 1
        return plan

    def _stdin(self, plan: Plan, seen: set[str]) -> None:
        name = self._stdin_name or "<stdin>"
        config = self._settings.for_file(self._stdin_name or ".")
        if self._stdin_name and config.force_exclude and self._excluded(name, config):
            plan.excluded += 1
        elif name not in seen:
            seen.add(name)
            plan.tasks.append(Task(name, config, sys.stdin.buffer.read() if sys.stdin is not None else b""))

    def _found(self, path: str) -> Iterator[tuple[Found, Config]]:
        """The files of a path, each with its settings before overrides."""
        top = self._settings.for_path(path)
        known: dict[str, Config] = {}
        for found in discover(
            [path],
            exclude=top.exclude,
            extend_exclude=top.extend_exclude,
            respect_gitignore=top.respect_gitignore,
            force_exclude=top.force_exclude,
            root=top.root,
        ):
            config = top
            if found.error is None:
                folder = os.path.dirname(found.name)  # noqa: PTH120
                if folder not in known:
                    known[folder] = self._settings.for_path(folder or ".")
                config = known[folder]
            # A folder further down may have a configuration of its own, whose excludes hold there.
            if not found.named and (
                _is_ours(found.name, config) or (config is not top and self._excluded(found.name, config))
            ):
                continue
            yield Found(_short(found.name), found.named, found.error, found.real), config

    def _excluded(self, path: str, config: Config) -> bool:
        globs = self._excludes.get(id(config))
        if globs is None:
            globs = self._excludes[id(config)] = Globs((*config.exclude, *config.extend_exclude), config.root)
        return globs.matches(path)


def _is_ours(name: str, config: Config) -> bool:
    """True for our own files: settings, a baseline, rules. Their words are not replies."""
    base = os.path.basename(name)  # noqa: PTH119
    if base in NAMES or base == BASELINE or (config.baseline and relative_posix(name, config.baseline) == "."):
        return True
    return any(relative_posix(name, folder) is not None for folder in config.rules)


def _short(name: str) -> str:
    """The name without a leading ``./``, which only the default path puts there."""
    return name[2:] if name.startswith(("./", f".{os.sep}")) and len(name) > 2 else name
