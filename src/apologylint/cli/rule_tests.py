"""``apologylint rules test``: every rule is tested by what it says about itself."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from apologylint.errors import ConfigError
from apologylint.globs import relative_posix
from apologylint.rule_examples import check_example, examples_of, linter_for, rules_of

if TYPE_CHECKING:
    from apologylint.cli.settings import Settings
    from apologylint.rules import Rule


def run_tests(packs: Sequence[str], settings: Settings) -> int:
    """Run the examples of the built-in rules, or of the packs given. Exit 1 when one fails."""
    folders: list[Path | None] = [*_folders(packs)]
    passed = failed = 0
    for folder in folders or [None]:
        linter = linter_for(folder, settings.for_path("."))
        for rule in rules_of(linter).values():
            if folder is not None and not _inside(rule, folder):
                continue
            for item in examples_of(rule):
                reason = check_example(linter, item)
                if reason:
                    failed += 1
                    print(f"{_shown(rule)}: {item.kind}: {reason}")
                else:
                    passed += 1
    print(f"{passed} passed, {failed} failed")
    if passed + failed == 0:
        print("apologylint: no examples found", file=sys.stderr)
    return 1 if failed else 0


def _folders(packs: Sequence[str]) -> list[Path]:
    """Packs of the paths given; a file stands for the pack it is in, as pre-commit names files."""
    out: dict[Path, None] = {}
    for name in packs:
        path = Path(name).resolve()
        if not path.exists():
            raise ConfigError("no such file or folder", path=name)
        if path.is_file():
            path = next((p for p in path.parents if (p / "pack.yaml").is_file()), path.parent.parent)
        out[path] = None
    return list(out)


def _shown(rule: Rule) -> str:
    """The rule file as seen from where the reader stands."""
    return relative_posix(rule.path, Path.cwd()) or rule.path if rule.path else rule.name


def _inside(rule: Rule, folder: Path) -> bool:
    return bool(rule.path) and Path(rule.path).resolve().is_relative_to(folder)
