"""Score the labels against labelled drafts: precision, recall, F1, agreement of verdicts, false alarms, intervals.

A gold sentence is judged by the predicted sentences that overlap it by more than 30% of the shorter one; of those the
label that comes first in precedence counts, neutral if there is none.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from apologylint.classify import SENTENCE_PRECEDENCE, primary
from apologylint.errors import InputError
from apologylint.results import Label, Report, Sentence

if TYPE_CHECKING:
    from apologylint.linter import Linter

LABELS = tuple(Label)
OVERLAP = 0.3


@dataclass(frozen=True, slots=True)
class Scored:
    """One draft, gold and predicted.

    Attributes:
        domain: group to break figures down by.
        pairs: gold and predicted primary label of each gold sentence.
        verdicts: gold and predicted.
        explains: gold and predicted premature-explanation flag of the draft.
        diagnostics: rule, severity and whether the place deserves it, for errors and warnings.
        clean: whether the gold says that the draft deserves no error or warning.
    """

    domain: str
    pairs: tuple[tuple[Label, Label], ...]
    verdicts: tuple[Label, Label]
    explains: tuple[bool, bool]
    diagnostics: tuple[tuple[str, str, bool], ...]
    clean: bool


def _label(name: str) -> Label:
    return Label(name.replace("_", "-"))


def read_labelled(path: Path) -> Iterator[dict[str, Any]]:
    """Labelled drafts of a JSONL file.

    Raises:
        InputError: not readable, or a line is not a labelled draft.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot be read: {error}", path=str(path)) from None
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            draft = json.loads(line)
            draft["text"], draft["sentences"]
        except (ValueError, KeyError, TypeError):
            raise InputError(
                "is not a labelled draft",
                path=str(path),
                line=number,
                cure='each line is {"text": ..., "sentences": [...], "verdict": ...}',
            ) from None
        yield draft


def score_draft(draft: Mapping[str, Any], report: Report) -> Scored:
    """Compare one report with its gold labels. Both speak of the same text, so offsets are those of ``text``."""
    gold = [
        (g["start"], g["end"], _label(g["label"]), frozenset(map(_label, g.get("labels") or [g["label"]])))
        for g in draft["sentences"]
    ]
    pairs = tuple((label, _predicted(start, end, report.sentences)) for start, end, label, _ in gold)
    first = next((g[2] for g in gold), Label.NEUTRAL)
    gold_verdict = _label(draft["verdict"]) if "verdict" in draft else first
    flagged = [gold[k] for k in draft.get("pe_sentences", []) if k < len(gold)]
    found = []
    for d in report.diagnostics:
        if d.severity == "info":
            continue
        right = False
        if d.label is not None:
            right = any(d.label in labels and s < d.end and d.start < e for s, e, _, labels in gold)
        elif d.rule.startswith("explanation/"):
            right = any(s < d.end and d.start < e for s, e, _, _ in flagged)
        else:
            right = True
        found.append((d.rule, str(d.severity), right))
    bad = {Label.FAKE_APOLOGY, Label.NON_APOLOGY, Label.DEFENSIVE}
    clean = not draft.get("premature_explanation") and not any(label in bad for _, _, label, _ in gold)
    return Scored(
        str(draft.get("domain", "")),
        pairs,
        (gold_verdict, report.verdict.label),
        (bool(draft.get("premature_explanation")), report.premature_explanation),
        tuple(found),
        clean,
    )


def _predicted(start: int, end: int, sentences: Sequence[Sentence]) -> Label:
    labels = []
    for s in sentences:
        shared = min(end, s.end) - max(start, s.start)
        if shared > OVERLAP * min(end - start, s.end - s.start):
            labels.append(s.label)
    return primary(labels)


def _prf(pairs: Iterable[tuple[Any, Any]], label: Any) -> dict[str, float]:
    hit = gold = flagged = 0
    for truth, guess in pairs:
        gold += truth == label
        flagged += guess == label
        hit += truth == label == guess
    precision = hit / flagged if flagged else 0.0
    recall = hit / gold if gold else 0.0
    return {
        "precision": precision,
        "recall": recall,
        "f1": 2 * hit / (gold + flagged) if gold + flagged else 0.0,
        "support": gold,
        "flagged": flagged,
    }


def _figures(drafts: Sequence[Scored]) -> dict[str, Any]:
    pairs = [p for d in drafts for p in d.pairs]
    verdicts = [d.verdicts for d in drafts]
    sentence = {str(label): _prf(pairs, label) for label in LABELS}
    draft = {str(label): _prf(verdicts, label) for label in LABELS}
    seen = [v for v in sentence.values() if v["support"]]
    clean = [d for d in drafts if d.clean]
    alarms = sum(any(not right for _, _, right in d.diagnostics) for d in clean)
    severity = {}
    for name in ("error", "warning"):
        right = [r for d in drafts for _, s, r in d.diagnostics if s == name]
        severity[name] = {"count": len(right), "precision": sum(right) / len(right) if right else 0.0}
    return {
        "drafts": len(drafts),
        "sentences": len(pairs),
        "sentence": sentence,
        "macro_f1": sum(v["f1"] for v in seen) / len(seen) if seen else 0.0,
        "draft": draft,
        "verdict_accuracy": sum(a == b for a, b in verdicts) / len(verdicts) if verdicts else 0.0,
        "premature_explanation": _prf([d.explains for d in drafts], True),
        "clean_drafts": len(clean),
        "false_alarms": alarms,
        "false_alarm_rate": alarms / len(clean) if clean else 0.0,
        "severity": severity,
    }


def _intervals(drafts: Sequence[Scored], rounds: int) -> dict[str, tuple[float, float]]:
    """95% bootstrap intervals over drafts, seeded."""
    rng = random.Random(0)
    samples: dict[str, list[float]] = {}
    for _ in range(rounds):
        drawn = [drafts[rng.randrange(len(drafts))] for _ in drafts]
        f = _figures(drawn)
        for label in LABELS:
            samples.setdefault(f"sentence {label}", []).append(f["sentence"][str(label)]["f1"])
        samples.setdefault("macro_f1", []).append(f["macro_f1"])
        samples.setdefault("verdict_accuracy", []).append(f["verdict_accuracy"])
        samples.setdefault("premature_explanation", []).append(f["premature_explanation"]["f1"])
    out = {}
    for name, values in samples.items():
        values.sort()
        out[name] = (values[int(0.025 * len(values))], values[min(len(values) - 1, int(0.975 * len(values)))])
    return out


def evaluate(
    paths: Iterable[Path], linter: Linter, keep: Callable[[dict[str, Any]], bool] | None = None
) -> list[Scored]:
    """Check every labelled draft of the files and compare."""
    scored = []
    for path in paths:
        for draft in read_labelled(path):
            if keep is not None and not keep(draft):
                continue
            scored.append(score_draft(draft, linter.check_text(draft["text"], draft.get("customer_message"))))
    return scored


def summarise(scored: Sequence[Scored], bootstrap: int = 0) -> dict[str, Any]:
    """All figures, for all drafts and by domain."""
    rules: dict[str, Counter[bool]] = {}
    for d in scored:
        for rule, _, right in d.diagnostics:
            rules.setdefault(rule, Counter())[right] += 1
    confusion: Counter[tuple[str, str]] = Counter((str(a), str(b)) for d in scored for a, b in d.pairs)
    return {
        "all": _figures(scored),
        "domains": {
            name: _figures([d for d in scored if d.domain == name]) for name in sorted({d.domain for d in scored})
        },
        "confusion": {f"{a} as {b}": n for (a, b), n in sorted(confusion.items())},
        "rules": {
            name: {"hits": sum(c.values()), "precision": c[True] / sum(c.values())} for name, c in sorted(rules.items())
        },
        "intervals": _intervals(scored, bootstrap) if bootstrap and scored else {},
    }


def score_files(
    paths: Iterable[Path], linter: Linter, as_json: bool = False, bootstrap: int = 0, split: str | None = None
) -> str:
    """Text or JSON of :func:`summarise` over labelled JSONL files.

    Args:
        paths: files in the format of ``corpora/``.
        linter: what to score.
        as_json: JSON instead of a table.
        bootstrap: rounds for 95% intervals; 0 for none.
        split: only drafts whose ``split`` is this.

    Raises:
        InputError: a file is not readable or not labelled.
    """
    keep = None if split is None else (lambda d: d.get("split") == split)
    summary = summarise(evaluate([Path(p) for p in paths], linter, keep), bootstrap)
    return json.dumps(summary, indent=1, sort_keys=True) + "\n" if as_json else _table(summary)


def _table(summary: Mapping[str, Any]) -> str:
    lines: list[str] = []
    intervals = summary["intervals"]
    for name, f in [("all", summary["all"]), *summary["domains"].items()]:
        if not f["drafts"] or (name != "all" and len(summary["domains"]) == 1):
            continue
        lines.append(f"{name or 'no domain'}: {f['drafts']} drafts, {f['sentences']} sentences")
        lines.append("  sentence            precision  recall      F1  support")
        for label in (*SENTENCE_PRECEDENCE, Label.NEUTRAL):
            v = f["sentence"][str(label)]
            span = intervals.get(f"sentence {label}") if name == "all" else None
            tail = f"  [{span[0]:.2f}, {span[1]:.2f}]" if span else ""
            lines.append(f"  {label:<20}{v['precision']:9.3f}{v['recall']:8.3f}{v['f1']:8.3f}{v['support']:9d}{tail}")
        lines.append(f"  macro-F1 {f['macro_f1']:.3f}; verdict accuracy {f['verdict_accuracy']:.3f}")
        pe = f["premature_explanation"]
        lines.append(
            f"  premature explanation: precision {pe['precision']:.3f}, recall {pe['recall']:.3f}, F1 {pe['f1']:.3f}"
            f" ({pe['support']} drafts)"
        )
        lines.append(
            f"  false alarms: {f['false_alarms']} of {f['clean_drafts']} clean drafts ({f['false_alarm_rate']:.3f})"
        )
        lines.append(
            "  "
            + "; ".join(f"{s}: {v['count']} diagnostics, {v['precision']:.3f} right" for s, v in f["severity"].items())
        )
        lines.append("")
    if intervals:
        lines += (
            ["95% intervals"]
            + [
                f"  {name}: {lo:.3f} to {hi:.3f}"
                for name, (lo, hi) in intervals.items()
                if not name.startswith("sentence")
            ]
            + [""]
        )
    lines.append("confusion (gold as predicted)")
    lines += [f"  {pair}: {n}" for pair, n in summary["confusion"].items()]
    lines += ["", "rule: hits, precision"]
    lines += [f"  {name}: {v['hits']}, {v['precision']:.2f}" for name, v in summary["rules"].items()]
    return "\n".join(lines) + "\n"
