"""How much the linter lives on its lists: ``python corpora/ablate.py FILE [--split tune] [--seeds 5]``.

Scores a labelled file with all word classes, with every class cut to a random half of its entries (seeded), and both
again with the learned score switched off. The score is not fitted anew for the cut classes: it is met by surprise, too.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from pathlib import Path
from statistics import mean
from typing import Any

import yaml

from apologylint import Config, Linter
from apologylint.packs import builtin_folder
from apologylint.score import evaluate, summarise
from apologylint.stance import Score

LABELS = ("real-apology", "fake-apology", "non-apology", "defensive", "neutral")


def halved(data: dict[str, Any], seed: int) -> dict[str, Any]:
    """Every list of every class cut to half, one entry at least."""
    rng = random.Random(seed)

    def cut(entries: list[str]) -> list[str]:
        return sorted(rng.sample(entries, (len(entries) + 1) // 2))

    return {
        name: cut(body) if isinstance(body, list) else {k: v if k == "use" else cut(v) for k, v in body.items()}
        for name, body in data.items()
    }


def figures(path: Path, split: str | None, linter: Linter, scored: bool) -> list[float]:
    if not scored:
        linter.judge.engine.score = Score({})
    keep = None if split is None else (lambda d: d.get("split") == split)
    f = summarise(evaluate([path], linter, keep))["all"]
    return [*(f["sentence"][label]["f1"] for label in LABELS), f["premature_explanation"]["f1"], f["verdict_accuracy"]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--split")
    parser.add_argument("--seeds", type=int, default=5)
    args = parser.parse_args()
    # The builtin tags of YAML 1.1 would read "no" as a boolean; words are what is wanted.
    text = (builtin_folder() / "lexicon.yaml").read_text(encoding="utf-8")
    lexicon = yaml.load(text, Loader=yaml.BaseLoader)
    print("| | " + " | ".join(LABELS) + " | premature explanation | verdict |")
    print("|---" * (len(LABELS) + 3) + "|")
    for scored in (True, False):
        tail = "" if scored else ", no learned score"
        row("all words" + tail, [figures(args.file, args.split, Linter(), scored)])
        found = []
        for seed in range(args.seeds):
            with tempfile.TemporaryDirectory() as folder:
                own = Path(folder) / "lexicon.yaml"
                own.write_text(yaml.safe_dump(halved(lexicon, seed), allow_unicode=True), encoding="utf-8")
                found.append(figures(args.file, args.split, Linter(Config(rules=(folder,))), scored))
        row("half of each word class" + tail, found)


def row(name: str, found: list[list[float]]) -> None:
    cells = [
        f"{mean(column):.3f}" + (f" ({min(column):.2f} to {max(column):.2f})" if len(column) > 1 else "")
        for column in zip(*found, strict=True)
    ]
    print(f"| {name} | {' | '.join(cells)} |".replace("0.", "."))


if __name__ == "__main__":
    main()
