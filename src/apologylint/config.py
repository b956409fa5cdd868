"""Settings: one frozen Config for the engine, whatever file or flag it came from.

Reading files is :mod:`apologylint.config_files`; the table of keys is :mod:`apologylint.config_options`.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from apologylint.config_options import DEFAULT_EXCLUDE, OPTIONS, PROFILES
from apologylint.errors import ConfigError
from apologylint.globs import Globs
from apologylint.results import Label, Severity

if TYPE_CHECKING:
    from apologylint.formats.options import ReadOptions

__all__ = ["Config", "Override", "did_you_mean"]

# Diagnostics that come from no rule file: about a draft's language and branches, and about suppression comments.
BUILTIN_DIAGNOSTICS = (
    "language/not-english",
    "template/branches-not-followed",
    "suppression/unused",
    "suppression/malformed",
    "suppression/renamed",
)

# Keys whose value in an override is added to the general one; any other key replaces it.
_ADDED = ("extend_select", "ignore", "approved")

_NOT_OF_THE_FILE = frozenset(
    (
        *("exclude", "extend-exclude", "force-exclude", "respect-gitignore"),
        *("fail-level", "baseline", "cache-dir", "rules", "root", "origin"),
    )
)


def did_you_mean(word: str, known: Sequence[str]) -> str:
    """A cure for a misspelt name: ``did you mean "x"?``, or ``""`` when nothing is near."""
    # difflib costs 5 ms to import and is needed only to complain.
    from difflib import get_close_matches

    near = get_close_matches(word.replace("_", "-"), known, n=1, cutoff=0.6)
    return f'did you mean "{near[0]}"?' if near else ""


@dataclass(frozen=True)
class Override:
    """Other settings for some files or drafts.

    Attributes:
        files: gitignore-style globs relative to the root of the configuration; empty means every file.
        drafts: globs over draft ids; with these, only ``ignore`` and ``severity`` may be set.
        settings: field of Config to value.
    """

    files: tuple[str, ...] = ()
    drafts: tuple[str, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)

    def __hash__(self) -> int:
        return hash((self.files, self.drafts, tuple(sorted(self.settings))))


@dataclass(frozen=True)
class Config:
    """Everything that can be set. The fields mirror ``[tool.apologylint]`` with underscores for hyphens.

    Paths in ``rules``, ``baseline`` and ``cache_dir`` are absolute once read from a file. ``root`` is the folder
    that globs start from, ``origin`` the file it was read from.
    """

    select: tuple[str, ...] = ("all",)
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, str] = field(default_factory=dict)
    profile: str = "reply"
    completeness: bool = False
    rules: tuple[str, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)
    approved: tuple[str, ...] = ()
    platform: str = ""
    format: str = ""
    placeholders: tuple[str, ...] = ("auto",)
    text_keys: tuple[str, ...] = ()
    text_columns: tuple[str, ...] = ()
    customer_key: str = "customer_message"
    id_keys: tuple[str, ...] = ()
    split: str = "none"
    encoding: str = ""
    exclude: tuple[str, ...] = DEFAULT_EXCLUDE
    extend_exclude: tuple[str, ...] = ()
    force_exclude: bool = False
    respect_gitignore: bool = True
    fail_level: str = "warning"
    baseline: str = ""
    cache_dir: str = ""
    overrides: tuple[Override, ...] = ()
    root: str = "."
    origin: str = ""

    def __post_init__(self) -> None:
        for option in OPTIONS:
            if option.key == "extend":
                continue
            value = getattr(self, option.field)
            if option.kind == "strings" and isinstance(value, str):
                raise ConfigError(f'"{option.key}" is a list of strings, not one string', path=self.origin)
            if option.kind in ("strings", "overrides"):
                object.__setattr__(self, option.field, tuple(value))
            elif option.kind == "table":
                object.__setattr__(self, option.field, dict(value))
                if option.choices:
                    for name, item in value.items():
                        check_choice(f"{option.key}.{name}", item, option.choices, self.origin)
            elif option.kind == "choice":
                check_choice(option.key, value, option.choices, self.origin)

    def __hash__(self) -> int:
        # Of what tells most from each other: a digest of all of it takes longer than a reply.
        return hash((self.origin, self.root, self.select, self.ignore, self.profile, self.rules))

    def digest(self) -> str:
        """Hex digest of all that can change what is found in one file, for the cache.

        Rule folders are left out: their content counts, not where they lie.
        """
        memo: str | None = self.__dict__.get("_digest")
        if memo is None:
            import hashlib

            data = {key: value for key, value in self.to_dict().items() if key not in _NOT_OF_THE_FILE}
            raw = json.dumps(data, sort_keys=True, ensure_ascii=True)
            memo = hashlib.blake2b(raw.encode(), digest_size=16).hexdigest()
            self.__dict__["_digest"] = memo
        return memo

    def to_dict(self) -> dict[str, Any]:
        """Plain data with the keys of the file, for ``config show``."""
        out: dict[str, Any] = {}
        for option in OPTIONS:
            if option.key == "extend":
                continue
            value = getattr(self, option.field)
            if option.kind == "overrides":
                value = [
                    {"files": list(o.files), "drafts": list(o.drafts)}
                    | {k.replace("_", "-"): list(v) if isinstance(v, tuple) else v for k, v in o.settings.items()}
                    for o in value
                ]
            elif option.kind == "strings":
                value = list(value)
            elif option.kind == "table":
                value = dict(value)
            out[option.key] = value
        out["root"] = self.root
        out["origin"] = self.origin
        return out

    def replace(self, **changes: Any) -> Config:
        """A copy with other values."""
        return dataclasses.replace(self, **changes)

    # -- per file ---------------------------------------------------------------------------------------------

    def for_path(self, path: str) -> Config:
        """The settings of one file: overrides whose globs match it applied, the others dropped.

        Overrides for single drafts stay, for :meth:`severity_of`. A config without overrides returns itself, so
        that callers can share one Linter by identity.
        """
        if not self.overrides:
            return self
        changes: dict[str, Any] = {}
        kept: list[Override] = []
        for override in self.overrides:
            if override.files and not Globs(override.files, self.root).matches(path):
                continue
            if override.drafts:
                kept.append(dataclasses.replace(override, files=()))
                continue
            for name, value in override.settings.items():
                before = changes.get(name, getattr(self, name))
                if name == "severity":
                    changes[name] = {**before, **value}
                elif name in _ADDED:
                    changes[name] = (*before, *value)
                else:
                    changes[name] = value
        return dataclasses.replace(self, **changes, overrides=tuple(kept))

    def excludes(self, path: str) -> bool:
        """True if ``exclude`` or ``extend-exclude`` means this path."""
        return Globs((*self.exclude, *self.extend_exclude), self.root).matches(path)

    def read_options(self) -> ReadOptions:
        """How to read a file under these settings."""
        from apologylint.formats.options import ReadOptions

        return ReadOptions(
            format=self.format or None,
            platform=self.platform or None,
            text_keys=self.text_keys,
            text_columns=self.text_columns,
            placeholders="auto" if "auto" in self.placeholders else self.placeholders,
            split=self.split,
            customer_key=self.customer_key,
            id_keys=self.id_keys,
        )

    # -- per rule ---------------------------------------------------------------------------------------------

    def with_aliases(self, aliases: Mapping[str, str]) -> Config:
        """A copy that also knows the old rule names of a pack; its own aliases come first."""
        return self.replace(aliases={**aliases, **self.aliases}) if aliases else self

    def canonical(self, rule: str) -> str:
        """Today's name of a rule that was renamed, however often."""
        for _ in self.aliases:
            rule = self.aliases.get(rule, rule)
        return rule

    def former_names(self, rule: str) -> tuple[str, ...]:
        """Names a rule had before, in order of name."""
        return tuple(sorted(old for old in self.aliases if old != rule and self.canonical(old) == rule))

    def selectors(self) -> tuple[tuple[str, str], ...]:
        """Every rule, group or label the settings name, each with the key of the file that names it."""
        tables = [vars(self), *(override.settings for override in self.overrides)]
        keys = ("select", "extend_select", "ignore", "severity")
        names = ((key.replace("_", "-"), name) for table in tables for key in keys for name in table.get(key, ()))
        return tuple(dict.fromkeys(pair for pair in names if pair[1] != "all"))

    def check_names(self, rules: Collection[str]) -> None:
        """Raise a ConfigError if the settings name a rule, group or label that does not exist.

        Args:
            rules: names of all rules of the pack in use.
        """
        known = {*rules, *BUILTIN_DIAGNOSTICS, *(label.value for label in Label)}
        known |= {name.partition("/")[0] for name in known}
        for key, name in (*(("aliases", new) for new in self.aliases.values()), *self.selectors()):
            if self.canonical(name) not in known:
                from apologylint.config_files import place_of

                full = sorted(rule for rule in known if "/" in rule)
                cure = did_you_mean(name, full if "/" in name else sorted(known)) or "see: apologylint rules list"
                raise ConfigError(f'no rule, group or label "{name}"', path=place_of(self, key, name), cure=cure)

    def severity_of(self, rule: str, label: str | None, default: Severity | None, draft: str = "") -> Severity | None:
        """The severity to report a rule with, or ``None`` when it is to stay silent.

        The more exact name wins (rule, group, label, ``all``); between equals ``ignore`` beats ``select``.
        """
        if default is None:
            return None
        ignore: tuple[str, ...] = self.ignore
        severity = self.severity
        for override in self.overrides:
            if override.drafts and any(fnmatchcase(draft, pattern) for pattern in override.drafts):
                ignore = (*ignore, *override.settings.get("ignore", ()))
                severity = {**severity, **override.settings.get("severity", {})}
        chosen = self._exactness((*self.select, *self.extend_select), rule, label)
        dropped = self._exactness(ignore, rule, label)
        if chosen <= dropped:
            return None
        if rule.startswith("completeness/") and not self.completeness and chosen < 1:
            return None
        for table in (severity, PROFILES[self.profile]):
            level = self._level(table, rule, label)
            if level is not None:
                return None if level == "off" else Severity(level)
        return default

    def _exactness(self, names: Sequence[str], rule: str, label: str | None) -> int:
        best = -1
        for name in names:
            if self.canonical(name) == rule:
                return 3
            if name == rule.partition("/")[0]:
                best = max(best, 2)
            elif label is not None and name == label:
                best = max(best, 1)
            elif name == "all":
                best = max(best, 0)
        return best

    def _level(self, table: Mapping[str, str], rule: str, label: str | None) -> str | None:
        # The later of two names of one rule wins, as a flag comes after the file.
        for name, level in reversed([*table.items()]):
            if self.canonical(name) == rule:
                return level
        group = table.get(rule.partition("/")[0])
        return group if group is not None or label is None else table.get(label)


def check_choice(key: str, value: object, choices: Sequence[str], path: str, line: int = 0) -> None:
    """Raise a ConfigError that lists the choices unless ``value`` is one of them."""
    if not isinstance(value, str) or value not in choices:
        shown = json.dumps(value, ensure_ascii=False, default=str)
        cure = did_you_mean(value, choices) if isinstance(value, str) else ""
        listed = ", ".join(choices)
        raise ConfigError(
            f'"{key}" cannot be {shown}', path=path, line=line, cure=f"{cure} choices: {listed}" if cure else listed
        )
