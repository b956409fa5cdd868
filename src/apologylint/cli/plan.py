"""Which files a run checks, and under which settings."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from apologylint.cli.runner import Task
from apologylint.cli.settings import Settings
from apologylint.config import Config
from apologylint.globs import Globs


@dataclass
class Plan:
    """What is to be done.

    Attributes:
        tasks: files to check, in order, each once.
        errors: one line for each named path that is not there.
        excluded: named files that the settings leave out.
        other: files in folders whose suffix no reader knows.
    """

    tasks: list[Task] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    excluded: int = 0
    other: int = 0


class Planner:
    """Walks paths. Links to folders are not followed, so that no walk leaves its tree or goes in a circle."""

    def __init__(self, settings: Settings, stdin_name: str = "") -> None:
        from apologylint.formats import known_suffixes

        self._settings = settings
        self._stdin_name = stdin_name
        self._suffixes = tuple(known_suffixes())
        self._excludes: dict[int, Globs] = {}
        self._gitignores: dict[str, Globs | None] = {}

    def plan(self, paths: Sequence[str]) -> Plan:
        """Resolve the paths given on the command line."""
        plan = Plan()
        seen: set[str] = set()
        for path in paths or ["."]:
            if path == "-":
                name = self._stdin_name or "<stdin>"
                config = self._settings.for_file(self._stdin_name or ".")
                if self._stdin_name and config.force_exclude and self._excluded(name, config):
                    plan.excluded += 1
                elif name not in seen:
                    seen.add(name)
                    plan.tasks.append(Task(name, config, sys.stdin.buffer.read() if sys.stdin else b""))
            elif os.path.isdir(path):  # noqa: PTH112
                for found in self._walk(path, plan):
                    self._add(found, plan, seen)
            elif os.path.lexists(path):
                config = self._settings.for_path(path)
                if config.force_exclude and self._excluded(path, config):
                    plan.excluded += 1
                else:
                    self._add(path, plan, seen)
            else:
                plan.errors.append(f"{path}: no such file or folder")
        return plan

    def _add(self, path: str, plan: Plan, seen: set[str]) -> None:
        key = os.path.realpath(path)
        if key not in seen:
            seen.add(key)
            plan.tasks.append(Task(path, self._settings.for_file(path)))

    def _walk(self, top: str, plan: Plan) -> Iterator[str]:
        config = self._settings.for_path(top)
        if config.force_exclude and self._excluded(top, config):
            plan.excluded += 1
            return
        for where, folders, names in os.walk(top, onerror=lambda error: plan.errors.append(_unread(error))):
            folders[:] = sorted(name for name in folders if not self._left_out(_join(where, name), folder=True))
            for name in sorted(names):
                path = _join(where, name)
                if not name.lower().endswith(self._suffixes):
                    plan.other += 1
                elif not self._left_out(path, folder=False):
                    yield path

    def _left_out(self, path: str, folder: bool) -> bool:
        config = self._settings.for_path(os.path.dirname(path) or ".")  # noqa: PTH120
        if self._excluded(path, config):
            return True
        return config.respect_gitignore and self._ignored_by_git(path, folder)

    def _excluded(self, path: str, config: Config) -> bool:
        globs = self._excludes.get(id(config))
        if globs is None:
            globs = self._excludes[id(config)] = Globs((*config.exclude, *config.extend_exclude), config.root)
        return globs.matches(path)

    def _ignored_by_git(self, path: str, folder: bool) -> bool:
        """Ask each .gitignore from the file's folder up to the repository; the nearest that speaks decides."""
        where = os.path.dirname(os.path.abspath(path))  # noqa: PTH100, PTH120
        while True:
            globs = self._gitignore(where)
            said = globs.verdict(path, folder=folder) if globs is not None else None
            if said is not None:
                return said
            parent = os.path.dirname(where)  # noqa: PTH120
            if parent == where or os.path.lexists(os.path.join(where, ".git")):  # noqa: PTH118
                return False
            where = parent

    def _gitignore(self, folder: str) -> Globs | None:
        if folder not in self._gitignores:
            try:
                lines = Path(folder, ".gitignore").read_text(encoding="utf-8", errors="replace").splitlines()
            except OSError:
                lines = []
            self._gitignores[folder] = Globs(lines, folder) if lines else None
        return self._gitignores[folder]


def _join(where: str, name: str) -> str:
    return name if where == "." else os.path.join(where, name)  # noqa: PTH118


def _unread(error: OSError) -> str:
    return f"{error.filename}: cannot be read: {error.strerror}"
