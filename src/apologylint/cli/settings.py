"""From the command line to a Config: which file holds, and the flags laid over it."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import Any

from apologylint.config import Config, check_choice
from apologylint.config_files import ConfigFinder, load_config
from apologylint.config_options import BY_KEY, SEVERITIES
from apologylint.errors import ConfigError, InputError

# A flag with several values takes them comma-separated, repeated, or both, as ruff does.
_LISTS = ("select", "ignore", "placeholders", "text_keys", "text_columns", "exclude", "extend_exclude", "extend_select")
_PLAIN = ("profile", "completeness", "platform", "format", "split", "encoding", "force_exclude", "respect_gitignore")
# The customer's message is one ticket, not a mailbox.
_LARGEST_MESSAGE = 1_000_000


class Settings:
    """Settings of a run: one finder of configuration files and the flags that beat them all."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        fixed: Config | None = None
        named = arguments.config or os.environ.get("APOLOGYLINT_CONFIG", "")
        if arguments.isolated:
            fixed = Config(root=str(Path.cwd()))
        elif named:
            # Paths in a file named on the command line start where the person stands, as with ruff.
            fixed = load_config(named, root=str(Path.cwd()))
        self._finder = ConfigFinder(fixed)
        self._flags = _flags(arguments)
        self._known: dict[int, tuple[Config, Config]] = {}

    def for_path(self, path: str) -> Config:
        """Settings for a path, before per-file overrides. The same object for the same configuration file."""
        found = self._finder.for_path(path)
        if id(found) not in self._known:
            # The one that was found is kept as well, lest its id be given to another.
            self._known[id(found)] = found, self._laid_over(found)
        return self._known[id(found)][1]

    def seen(self) -> list[Config]:
        """Settings of every configuration asked for so far, before per-file overrides."""
        return [config for _, config in self._known.values()]

    def for_file(self, path: str) -> Config:
        """Settings for a file, overrides applied."""
        return self.narrowed(self.for_path(path), path)

    def narrowed(self, config: Config, path: str) -> Config:
        """The settings that :meth:`for_path` gives for a file, overrides applied; flags beat those too."""
        narrowed = config.for_path(path)
        return config if narrowed is config else self._laid_over(narrowed)

    def _laid_over(self, config: Config) -> Config:
        flags = dict(self._flags)
        if "severity" in flags:
            flags["severity"] = {**config.severity, **flags["severity"]}
        for name in ("extend_select", "extend_exclude", "ignore"):
            if name in flags:
                flags[name] = (*getattr(config, name), *flags[name])
        return config.replace(**flags) if flags else config


def _flags(arguments: argparse.Namespace) -> dict[str, Any]:
    flags: dict[str, Any] = {}
    for name in _LISTS:
        given = getattr(arguments, name, None)
        if given is not None:
            items = tuple(item.strip() for part in given for item in part.split(",") if item.strip())
            flags[name] = items
    for name in _PLAIN:
        value = getattr(arguments, name, None)
        if value is not None:
            flags[name] = value
    if getattr(arguments, "rules", None):
        flags["rules"] = tuple(os.path.abspath(folder) for folder in arguments.rules)  # noqa: PTH100
    severity = {}
    for pair in getattr(arguments, "severity", ()):
        name, equals, level = pair.partition("=")
        if not equals:
            raise ConfigError(f'--severity takes NAME=LEVEL, not "{pair}"', cure="--severity defensive=error")
        check_choice(f"--severity {name}", level, SEVERITIES, "")
        severity[name] = level
    if severity:
        flags["severity"] = severity
    if getattr(arguments, "fail_level", None):
        flags["fail_level"] = arguments.fail_level
    cache = getattr(arguments, "cache_dir", None) or os.environ.get("APOLOGYLINT_CACHE_DIR", "")
    if cache:
        flags["cache_dir"] = os.path.abspath(cache)  # noqa: PTH100
    assert all(name.replace("_", "-") in BY_KEY for name in flags)
    return flags


def customer_message(arguments: argparse.Namespace) -> str | None:
    """Text of ``--customer-message FILE``."""
    name: str | None = arguments.customer_message
    if name is None:
        return None
    try:
        raw = Path(name).read_bytes()
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", path=name) from None
    if len(raw) > _LARGEST_MESSAGE:
        raise InputError("is larger than 1 MB", path=name)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"not UTF-8 at byte {error.start}", path=name) from None
