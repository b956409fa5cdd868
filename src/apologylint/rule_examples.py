"""Running the examples of rule files: every rule is tested by what it says about itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from apologylint.config import Config
from apologylint.errors import ConfigError

if TYPE_CHECKING:
    from apologylint.linter import Linter
    from apologylint.rules import Example, Rule


@dataclass(frozen=True)
class RuleExample:
    """One example to run.

    Attributes:
        rule: name of the rule it belongs to.
        reports: whether the rule reports at all; a recogniser does not.
        kind: ``match``, ``no-match`` or ``rewrite``.
        example: as in the rule file.
    """

    rule: str
    kind: str
    example: Example
    reports: bool = True


def linter_for(pack: Path | None = None, config: Config | None = None) -> Linter:
    """A Linter that knows a pack and reports every rule, so that examples do not depend on anybody's settings."""
    from apologylint.linter import Linter

    if pack is not None and not pack.is_dir():
        raise ConfigError("no such folder", path=str(pack))
    base = config or Config()
    rules = (*base.rules, str(pack)) if pack is not None else base.rules
    return Linter(Config(rules=rules, completeness=True, extend_select=("all", "completeness")))


def rules_of(linter: Linter) -> dict[str, Rule]:
    """All rules with their examples, which the compiled pack of a Linter leaves out."""
    from apologylint.packs import load_pack

    return dict(load_pack(extra=[Path(folder) for folder in linter.config.rules], examples=True).rules)


def examples_of(rule: Rule) -> Iterator[RuleExample]:
    """Examples of one rule: what matches, what does not, and every rewrite, which must come out clean."""
    for kind in ("match", "no-match"):
        for example in rule.examples[kind]:
            yield RuleExample(rule.name, kind, example, rule.severity is not None)
            if example.rewrite:
                yield RuleExample(rule.name, "rewrite", example)


def check_example(linter: Linter, item: RuleExample) -> str:
    """What is wrong, in one line; ``""`` when the example holds."""
    example = item.example
    if item.kind == "rewrite":
        report = linter.check_text(example.rewrite, example.customer_message)
        # A rewrite is a sentence or two, and need not hold what a whole reply should.
        whole = item.rule.startswith("completeness/")
        bad = [
            d for d in report.diagnostics if d.severity.rank >= 2 and (whole or not d.rule.startswith("completeness/"))
        ]
        return f"the rewrite {example.rewrite!r} is itself reported: {bad[0].rule}" if bad else ""
    if not item.reports:
        # A recogniser reports nothing; what it feeds is tested by the rules that build on it.
        return ""
    report = linter.check_text(example.text, example.customer_message)
    hits = [(d.start, d.end) for d in report.diagnostics if d.rule == item.rule]
    if item.kind == "no-match":
        return f"reported, but must not be: {example.text!r}" if hits else ""
    if not hits:
        others = ", ".join(sorted({d.rule for d in report.diagnostics})) or "nothing"
        return f"not reported: {example.text!r} (reported: {others})"
    if example.mark is not None and example.mark not in hits:
        start, end = hits[0]
        wanted = example.text[slice(*example.mark)]
        return f"reported {example.text[start:end]!r} instead of {wanted!r} in {example.text!r}"
    return ""
