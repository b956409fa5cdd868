"""Configuration files: which one holds for a path, and how it becomes a Config."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from apologylint.config import Config, Override, check_choice, did_you_mean
from apologylint.config_lines import Lines
from apologylint.config_options import BY_KEY, OPTIONS, OVERRIDE_TARGETS, Option
from apologylint.errors import ConfigError

# Nearest folder first, and in one folder in this order.
NAMES = (".apologylint.toml", "apologylint.toml", "pyproject.toml")

_MAX_BYTES = 1_000_000
_PATH_KEYS = ("rules", "baseline", "cache-dir")


class ConfigFinder:
    """Finds the configuration of each path, reading each file once.

    Attributes:
        fixed: the one Config for every path, when ``--config`` or ``--isolated`` chose it.
    """

    def __init__(self, fixed: Config | None = None) -> None:
        self.fixed = fixed
        self._by_folder: dict[str, Config] = {}

    def for_path(self, path: str) -> Config:
        """Settings for a file or folder, before its per-file overrides."""
        if self.fixed is not None:
            return self.fixed
        absolute = os.path.abspath(path)  # noqa: PTH100 (a link is configured where it lies)
        folder = absolute if os.path.isdir(absolute) else os.path.dirname(absolute)  # noqa: PTH112, PTH120
        return self._for_folder(folder)

    def _for_folder(self, folder: str) -> Config:
        known = self._by_folder.get(folder)
        if known is not None:
            return known
        parent = os.path.dirname(folder)  # noqa: PTH120
        for name in NAMES:
            table = _table_of(Path(folder, name)) if Path(folder, name).is_file() else None
            if table is not None:
                config = _build(Path(folder, name), table)
                break
        else:
            config = self._for_folder(parent) if parent != folder else Config(root=str(Path.cwd()))
        self._by_folder[folder] = config
        return config


def load_config(path: str | os.PathLike[str], root: str | None = None) -> Config:
    """Read one configuration file; ``root`` is where its paths start (its own folder unless given)."""
    file = Path(path)
    if not file.is_file():
        raise ConfigError("no such configuration file", path=str(path))
    table = _table_of(file)
    if table is None:
        raise ConfigError("no [tool.apologylint] table", path=str(path), cure="add the table, or name another file")
    return _build(file, table, root)


def place_of(config: Config, key: str, value: str) -> str:
    """``file:line`` of a string in a setting, in the file itself or one it extends.

    ``""`` when it is not found: it came from a flag, or is written over several lines.
    """
    file, seen = Path(config.origin), set[Path]()
    while config.origin and file not in seen and file.is_file():
        seen.add(file)
        line = Lines(file).of_value(key, value)
        if line:
            return f"{file}:{line}"
        base = (_table_of(file) or {}).get("extend", "")
        file = Path(os.path.abspath(os.path.join(file.parent, base)))  # noqa: PTH100, PTH118
    return ""


def find_config(path: str = ".") -> Config:
    """The configuration that holds for a path."""
    return ConfigFinder().for_path(path)


def _table_of(file: Path) -> dict[str, Any] | None:
    """Our table in a file; ``None`` for a pyproject.toml without one."""
    import tomllib

    try:
        raw = file.read_bytes()
        if len(raw) > _MAX_BYTES:
            raise ConfigError("configuration file is larger than 1 MB", path=str(file))
        if file.name == "pyproject.toml" and b"apologylint" not in raw:
            return None
        document = tomllib.loads(raw.decode("utf-8-sig").replace("\r\n", "\n"))
    except OSError as error:
        raise ConfigError(f"cannot be read: {error.strerror or error}", path=str(file)) from None
    except UnicodeDecodeError:
        raise ConfigError("is not UTF-8", path=str(file)) from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        place = re.search(r" \(at line (\d+), column (\d+)\)$", str(error))
        line, column = (int(place[1]), int(place[2])) if place else (0, 0)
        text = str(error)[: place.start()] if place else str(error)
        raise ConfigError(f"not valid TOML: {text}", path=str(file), line=line, column=column) from None
    if file.name == "pyproject.toml":
        tool = document.get("tool")
        table = tool.get("apologylint") if isinstance(tool, dict) else None
        if table is not None and not isinstance(table, dict):
            raise ConfigError("[tool.apologylint] is not a table", path=str(file))
        return table
    return document


def _build(file: Path, table: dict[str, Any], root: str | None = None) -> Config:
    folder = os.path.abspath(root if root is not None else file.parent)  # noqa: PTH100
    values = _resolve(file, table, folder, ())
    return Config(**values, root=folder, origin=str(file))


def _resolve(file: Path, table: dict[str, Any], folder: str, seen: tuple[str, ...]) -> dict[str, Any]:
    """Fields of Config from a table and all it extends, own keys last."""
    key = os.path.realpath(file)
    lines = Lines(file)
    if key in seen:
        raise ConfigError('"extend" goes in a circle', path=str(file), line=lines.of("extend"))
    values: dict[str, Any] = {}
    if "extend" in table:
        base = table["extend"]
        if not isinstance(base, str):
            raise ConfigError('"extend" is a path', path=str(file), line=lines.of("extend"))
        target = Path(os.path.abspath(os.path.join(file.parent, base)))  # noqa: PTH100, PTH118
        inner = _table_of(target) if target.is_file() else None
        if inner is None:
            reason = "has no [tool.apologylint] table" if target.is_file() else "does not exist"
            raise ConfigError(f'"extend": {base} {reason}', path=str(file), line=lines.of("extend"))
        values = _resolve(target, inner, str(target.parent), (*seen, key))
    for name, value in table.items():
        option = BY_KEY.get(name)
        if option is None:
            _unknown(name, tuple(BY_KEY), file, lines.of(name))
            continue
        if name == "extend":
            continue
        if option.kind == "overrides":
            values["overrides"] = (*values.get("overrides", ()), *_overrides(value, file, lines))
            continue
        checked = _value(option, value, file, lines.of(name))
        if option.kind == "table" and option.choices:
            for inner, item in value.items():
                check_choice(f"{name}.{inner}", item, option.choices, str(file), lines.of(f"{name}.{inner}"))
        if name in _PATH_KEYS:
            checked = _absolute(checked, folder)
        if name.startswith("extend-"):
            checked = (*values.get(option.field, ()), *checked)
        values[option.field] = checked
    return values


def _absolute(value: Any, folder: str) -> Any:
    if isinstance(value, tuple):
        return tuple(_absolute(item, folder) for item in value)
    return os.path.normpath(os.path.join(folder, value)) if value else value  # noqa: PTH118


def _unknown(name: str, known: tuple[str, ...], file: Path, line: int) -> None:
    raise ConfigError(f'unknown key "{name}"', path=str(file), line=line, cure=did_you_mean(name, known))


def _value(option: Option, value: Any, file: Path, line: int) -> Any:
    """The value as a field of Config, or a ConfigError that says what it should be."""
    where: dict[str, Any] = {"path": str(file), "line": line}
    if option.kind == "strings":
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise ConfigError(f'"{option.key}" is a list of strings', **where, cure=option.example)
        if not all(item.strip() for item in value):
            raise ConfigError(f'"{option.key}" holds an empty string', **where)
        return tuple(value)
    if option.kind == "table":
        if not isinstance(value, dict) or not all(isinstance(item, str) for item in value.values()):
            raise ConfigError(f'"{option.key}" is a table of strings', **where, cure=option.example)
        return dict(value)
    if option.kind == "bool":
        if not isinstance(value, bool):
            raise ConfigError(f'"{option.key}" is true or false', **where)
        return value
    if option.kind == "choice":
        check_choice(option.key, value, option.choices, str(file), line)
        return value
    if not isinstance(value, str):
        raise ConfigError(f'"{option.key}" is a string', **where, cure=option.example)
    return value


def _overrides(value: Any, file: Path, lines: Lines) -> list[Override]:
    place: dict[str, Any] = {"path": str(file), "line": lines.of("overrides")}
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise ConfigError('"overrides" is an array of tables', **place, cure="[[tool.apologylint.overrides]]")
    out = []
    for number, item in enumerate(value):
        targets: dict[str, tuple[str, ...]] = {}
        settings: dict[str, Any] = {}
        for name, inner in item.items():
            line = lines.of(f"overrides.{number}.{name}")
            option = BY_KEY.get(name)
            if name in OVERRIDE_TARGETS:
                targets[name] = _value(Option(name, "strings", "", ()), inner, file, line)
            elif option is None or not option.per_file:
                if option is not None:
                    raise ConfigError(f'"{name}" cannot differ by file', path=str(file), line=line)
                per_file = tuple(o.key for o in OPTIONS if o.per_file)
                _unknown(name, (*OVERRIDE_TARGETS, *per_file), file, line)
            else:
                settings[option.field] = _value(option, inner, file, line)
                if option.kind == "table":
                    for key, level in inner.items():
                        check_choice(f"{name}.{key}", level, option.choices, str(file), line)
        if not targets:
            raise ConfigError("an override needs files or drafts", **place, cure='files = ["legal/**"]')
        if "drafts" in targets and set(settings) - {"ignore", "severity"}:
            raise ConfigError("an override for drafts can only set ignore and severity", **place)
        out.append(Override(targets.get("files", ()), targets.get("drafts", ()), settings))
    return out
