"""What a change does to the corpora: ``python corpora/diff.py [REVISION] [--show N]``, or ``make corpus-diff REV=...``.

Judges every draft of ``corpora/drafts`` as it stands in the working tree twice: with the code and rules of a git
revision, checked out into a temporary folder, and with those of the working tree. Prints for every rule how many
sentences gained or lost a diagnostic, and for every pair of labels how many sentences moved, each with how many are
right by the corpus.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
DRAFTS = ROOT / "corpora" / "drafts"


def drafts() -> Iterator[dict[str, Any]]:
    for path in sorted(DRAFTS.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)


def judge() -> None:
    """Print one line a draft, by whichever apologylint stands first on the path. Uses its public face only."""
    from apologylint import Linter

    linter = Linter()
    for draft in drafts():
        report = linter.check_text(draft["text"], draft["customer_message"])
        data = report.to_dict()
        sentences = [[s["start"], s["end"], s["label"]] for s in data["sentences"]]
        found = [[d["rule"], d["severity"], d["start"], d["end"]] for d in data["diagnostics"]]
        print(json.dumps([data["verdict"], report.premature_explanation, sentences, found]))


def run(tree: Path) -> list[Any]:
    """Judgements by the code and rules of a checkout."""
    env = os.environ | {"PYTHONPATH": str(tree / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, __file__, "--judge"], env=env, cwd=tree, stdout=subprocess.PIPE, text=True, check=True
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def at_revision(revision: str) -> list[Any]:
    git = ["git", "-C", str(ROOT)]
    with tempfile.TemporaryDirectory(prefix="apologylint-diff-") as folder:
        tree = Path(folder) / "tree"
        subprocess.run([*git, "worktree", "add", "--quiet", "--detach", str(tree), revision], check=True)
        try:
            return run(tree)
        finally:
            subprocess.run([*git, "worktree", "remove", "--force", str(tree)], check=True)


def label_of(start: int, end: int, sentences: list[list[Any]]) -> str:
    from apologylint.classify import primary
    from apologylint.results import Label

    shared = [(min(end, e) - max(start, s), min(end - start, e - s), label) for s, e, label in sentences]
    return str(primary(Label(label) for both, shorter, label in shared if both > 0.3 * shorter))


def compare(before: list[Any], after: list[Any], show: int) -> Iterator[str]:
    rules: dict[str, Counter[str]] = defaultdict(Counter)
    labels: Counter[tuple[str, str]] = Counter()
    right: Counter[tuple[str, str, str]] = Counter()
    seen: dict[str, list[str]] = defaultdict(list)
    verdicts = explains = 0
    for draft, old, new in zip(drafts(), before, after, strict=True):
        verdicts += old[0] != new[0]
        explains += old[1] != new[1]
        for k, gold in enumerate(draft["sentences"]):
            start, end = gold["start"], gold["end"]
            text = f"{draft['id']} [{gold['label']}] {' '.join(draft['text'][start:end].split())}"
            was, now = label_of(start, end, old[2]), label_of(start, end, new[2])
            if was != now:
                labels[was, now] += 1
                right[was, now, "was"] += was == gold["label"]
                right[was, now, "now"] += now == gold["label"]
                seen[f"{was} -> {now}"].append(text)
            here, there = ({(r, s) for r, s, a, b in found if a < end and start < b} for found in (old[3], new[3]))
            for rule, severity in sorted(here ^ there):
                sign = "-" if (rule, severity) in here else "+"
                group = rule.partition("/")[0]
                deserved = k in draft["pe_sentences"] if group == "explanation" else group in gold["labels"]
                rules[rule][f"{sign}{severity}"] += 1
                rules[rule][f"{sign}{severity} right"] += deserved
                seen[f"{sign}{rule} ({severity})"].append(text)
    yield f"{verdicts} verdicts and {explains} premature-explanation flags of {len(after)} drafts changed"
    yield ""
    yield "labels: sentences (right before, right now)"
    for (was, now), count in sorted(labels.items(), key=lambda item: (-item[1], item[0])):
        yield f"  {was} -> {now}: {count} ({right[was, now, 'was']}, {right[was, now, 'now']})"
        yield from (f"      {text}" for text in seen[f"{was} -> {now}"][:show])
    yield ""
    yield "rules: sentences with a diagnostic more (+) or less (-); in brackets those whose label it fits"
    for rule, counts in sorted(rules.items()):
        cells = [
            f"{sign}{counts[f'{sign}{level}']} {level} ({counts[f'{sign}{level} right']})"
            for sign in "+-"
            for level in ("error", "warning", "info")
            if counts[f"{sign}{level}"]
        ]
        yield f"  {rule}: {', '.join(cells)}"
        for sign in "+-":
            for level in ("error", "warning", "info"):
                yield from (f"      {sign} {text}" for text in seen[f"{sign}{rule} ({level})"][:show])
    if not labels and not rules:
        yield "  nothing changed"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("revision", nargs="?", default="HEAD", help="what to compare the working tree with")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print N sentences of each kind of change")
    parser.add_argument("--judge", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.judge:
        judge()
        return
    print("\n".join(compare(at_revision(args.revision), run(ROOT), args.show)))


if __name__ == "__main__":
    main()
