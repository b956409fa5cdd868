"""``apologylint rules list|show|test``."""

from __future__ import annotations

import argparse
import json
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from apologylint.cli.settings import Settings
from apologylint.cli.terminal import note
from apologylint.config import Config, did_you_mean
from apologylint.errors import ConfigError

if TYPE_CHECKING:
    from apologylint.packs import Pack
    from apologylint.rules import Rule


def main(arguments: argparse.Namespace) -> int:
    """Run one of the three actions."""
    if arguments.action == "test":
        from apologylint.cli.rule_tests import run_tests

        return run_tests(arguments.packs, Settings(arguments))
    settings = Settings(arguments)
    pack = load(settings)
    if arguments.action == "show":
        print(page(find_rule(pack, arguments.rule, settings.for_path("."))), end="")
        return 0
    config = settings.for_path(".").with_aliases(pack.aliases)
    rows = [
        (rule, config.severity_of(rule.name, rule.label.value if rule.label else None, rule.severity))
        for rule in pack.rules.values()
        if rule.severity is not None
    ]
    if arguments.json:
        listed = [
            {
                "name": rule.name,
                "label": rule.label.value if rule.label else None,
                "severity": level.value if level else "off",
                "title": rule.title,
                "since": rule.since,
            }
            for rule, level in rows
        ]
        print(json.dumps(listed, indent=1))
        return 0
    width = max((len(rule.name) for rule, _ in rows), default=0)
    for rule, level in rows:
        print(f"{rule.name:<{width}}  {level.value if level else 'off':<7}  {rule.title}")
    return 0


def load(settings: Settings) -> Pack:
    """The pack with the user's own, examples included."""
    from apologylint.packs import load_pack

    return load_pack(extra=[Path(folder) for folder in settings.for_path(".").rules], examples=True)


def find_rule(pack: Pack, name: str, config: Config) -> Rule:
    """The rule of that name, now or formerly, or a ConfigError with the nearest one.

    The second half of the name will do where only one rule has it.
    """
    config = config.with_aliases(pack.aliases)
    full = [one for one in (*pack.rules, *config.aliases) if one.partition("/")[2] == name]
    name = full[0] if len(full) == 1 else name
    today = config.canonical(name)
    rule = pack.rules.get(today)
    if rule is not None and today != name:
        note(f"{name} is now called {today}")
    if rule is None:
        cure = did_you_mean(name, tuple(pack.rules)) or "see: apologylint rules list"
        raise ConfigError(f'no rule "{name}"', cure=cure)
    return rule


def page(rule: Rule) -> str:
    """Everything a rule file says, for people."""
    return "\n".join(_page(rule)) + "\n"


def _page(rule: Rule) -> Iterator[str]:
    label = rule.label.value if rule.label else "no label"
    yield f"{rule.name}: {rule.title}"
    yield f"{label}, {rule.severity.value if rule.severity else 'recogniser (reports nothing)'}, since {rule.since}"
    for head, text in (
        ("Says", rule.message),
        ("Why", rule.why),
        ("Better", rule.better),
        ("Wrong when", rule.when_wrong),
    ):
        if text.strip():
            yield ""
            yield f"{head}:"
            yield textwrap.fill(" ".join(text.split()), 96, initial_indent="  ", subsequent_indent="  ")
    for head, kind in (("Reported", "match"), ("Not reported", "no-match")):
        examples = rule.examples[kind]
        if examples:
            yield ""
            yield f"{head}:"
        for example in examples:
            text = example.text
            if example.mark:
                start, end = example.mark
                text = f"{text[:start]}[[{text[start:end]}]]{text[end:]}"
            yield f"  - {text}"
            if example.rewrite:
                yield f"    better: {example.rewrite}"
            if example.note:
                yield f"    {example.note}"
    if rule.references:
        yield ""
        yield "References:"
        yield from (f"  - {reference}" for reference in rule.references)
