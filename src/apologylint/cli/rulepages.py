"""The page of all rules, made from their files and from what they reach on the corpora (``corpora/expected.json``)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from apologylint.packs import builtin_folder, load_pack
from apologylint.rules import Example, Rule

SEVERITIES = ("error", "warning", "info")
Counts = Mapping[str, Mapping[str, list[int]]]


def rules_reference() -> str:
    """Every rule: a list, then a section each. Recognisers, which report nothing, at the end."""
    pack = load_pack(examples=True)
    fitted, held = _measured(builtin_folder().parents[1] / "corpora" / "expected.json")
    telling = [rule for rule in pack.rules.values() if rule.severity is not None]
    quiet = [rule for rule in pack.rules.values() if rule.severity is None]
    return "\n".join(_page(telling, quiet, fitted, held)) + "\n"


def _page(telling: list[Rule], quiet: list[Rule], fitted: Counts, held: Counts) -> Iterator[str]:
    yield "| rule | severity | reports | right | |"
    yield "|---|---|---|---|---|"
    for rule in telling:
        count, share = _total(fitted.get(rule.name, {}))
        yield f"| [`{rule.name}`](#{_anchor(rule)}) | {rule.severity} | {count} | {share} | {_prose(rule.title)} |"
    group = ""
    for rule in telling:
        if rule.group != group:
            group = rule.group
            yield from ("", f"## {group}")
        yield from _section(rule, fitted.get(rule.name, {}), held.get(rule.name, {}))
    yield from ("", "## Recognisers", "", "They report nothing: they feed labels, scopes and steps.", "")
    yield "| rule | label | recognises | for instance |"
    yield "|---|---|---|---|"
    for rule in quiet:
        shown = next((_cell(_marked(e)) for e in rule.match_examples), "")
        yield f"| `{rule.name}` | {_label(rule)} | {_prose(rule.title)} | {shown} |"


def _section(rule: Rule, fitted: Mapping[str, list[int]], held: Mapping[str, list[int]]) -> Iterator[str]:
    yield from ("", f"### `{rule.name}`", "", f"{_prose(rule.title)}.", "")
    yield f"Severity: {rule.severity}. Label: {_label(rule)}. Since {rule.since}. {_how(rule)}"
    yield from ("", "It says:", "", *_block([rule.message]))
    if rule.why.strip():
        yield from ("", f"**Why it hurts.** {_prose(rule.why)}")
    reported = list(rule.match_examples[:2])
    if reported:
        yield from ("", "**Reported**", "", *_block(_marked(e) for e in reported))
    better = [e.rewrite for e in reported if e.rewrite]
    if rule.better.strip() or better:
        yield from ("", f"**Better.** {_prose(rule.better)}".rstrip())
        if better:
            yield from ("", *_block(better))
    near = list(rule.no_match_examples[:3])
    if near:
        yield from ("", "**Not reported**", "")
        yield from _block(f"{_marked(e)}{f'   ({e.note})' if e.note else ''}" for e in near)
    if rule.when_wrong.strip():
        yield from ("", f"**When it is wrong.** {_prose(rule.when_wrong)}")
    yield from ("", f"**Measured.** {_figures(fitted, held)}")
    if rule.references:
        yield from ("", f"References: {'; '.join(_prose(r) for r in rule.references)}.")


def _how(rule: Rule) -> str:
    if rule.score:
        return "Decided by the learned score; where that is less sure, it reports as info."
    if rule.apology:
        return "Decided by the parse of the apology."
    if rule.more_than:
        return f"Counts: more than {rule.more_than} sentences that apologise."
    if rule.arrangement:
        return f"Opt-in. Order and measure: `{rule.arrangement}`."
    if rule.missing:
        return f"Opt-in. Missing: {', '.join(sorted(rule.missing))}."
    return "Decided by patterns."


def _figures(fitted: Mapping[str, list[int]], held: Mapping[str, list[int]]) -> str:
    shown = _by_severity(fitted)
    if not shown:
        return "Never reported on the corpora."
    kept = _by_severity(held)
    return f"On the corpora {shown}" + (f"; on drafts held back from fitting {kept}." if kept else ".")


def _by_severity(cells: Mapping[str, list[int]]) -> str:
    parts = []
    for severity in SEVERITIES:
        if severity in cells:
            count, *right = cells[severity]
            parts.append(f"{severity}: {right[0]} of {count} right" if right else f"{severity}: {count}, not judged")
    return "; ".join(parts)


def _total(cells: Mapping[str, list[int]]) -> tuple[int, str]:
    count = sum(cell[0] for cell in cells.values())
    judged = [cell for cell in cells.values() if len(cell) > 1]
    return count, f"{sum(c[1] for c in judged) / sum(c[0] for c in judged):.2f}" if judged else ""


def _measured(path: Path) -> tuple[Counts, Counts]:
    """Counts by rule and severity, on the drafts fitted from and on those held back. A wheel has no corpora."""
    if not path.is_file():
        return {}, {}
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return data["fitted"]["rules"], data["held_back"]["rules"]


def _label(rule: Rule) -> str:
    if rule.label is None:
        return "none"
    return f"`{rule.label.value}`" + ("" if rule.sets_label else " (reported, not set)")


def _marked(example: Example) -> str:
    text = example.text
    if example.mark:
        start, end = example.mark
        text = f"{text[:start]}[[{text[start:end]}]]{text[end:]}"
    return " ".join(text.split())


def _block(lines: Iterable[str]) -> Iterator[str]:
    # Fenced, so that placeholders and marks in examples stay as they are.
    yield from ("```text", *(" ".join(line.split()) for line in lines), "```")


def _prose(text: str) -> str:
    return " ".join(text.split()).replace("<", "&lt;").replace("|", "\\|").replace("*", "\\*")


def _cell(text: str) -> str:
    return f"`{text.replace('`', chr(39)).replace('|', chr(92) + '|')}`"


def _anchor(rule: Rule) -> str:
    """What GitHub makes of the heading."""
    return rule.name.replace("/", "")
