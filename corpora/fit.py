"""Fit the learned score from the corpora: ``python corpora/fit.py``.

Reads every ``corpora/*.jsonl`` whose drafts are not held back, computes the features that the engine itself uses, fits one
L2-regularised logistic regression a target, chooses thresholds on predictions made for drafts that the model had not
seen (five folds, whole drafts, neighbours with the same customer message together), and writes ``rules/en/score.json``.
The result depends only on the corpora, the lexicon and the code: no randomness, no dates.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from apologylint.analysis import Engine
from apologylint.labelling import Judge
from apologylint.packs import load_pack
from apologylint.stance import TARGETS

HERE = Path(__file__).resolve().parent
STRENGTH = {"defensive": 0.25, "non-apology": 0.5, "ownership": 0.4, "explanation": 0.4}
FOLDS = 5


def read(paths):
    """Drafts of the corpus files."""
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                yield json.loads(line)


def overlap(a, b):
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def examples(drafts, engine, judge):
    """One row a sentence: features, targets (-1 = not part of that model), fold group."""
    for draft in drafts:
        analysis = engine.analyse(draft["text"], draft.get("customer_message"))
        group = draft.get("customer_message") or draft["id"]
        fold = int(hashlib.blake2b(group.encode(), digest_size=4).hexdigest(), 16) % FOLDS
        for reading in analysis.readings:
            if reading.silent:
                continue
            gold = [
                (k, s)
                for k, s in enumerate(draft["sentences"])
                if overlap((s["start"], s["end"]), reading.span) > 0.3 * min(s["end"] - s["start"], len(reading.text))
            ]
            if not gold:
                continue
            labels = {label.replace("_", "-") for _, s in gold for label in s["labels"]}
            explains = any(k in draft["pe_sentences"] for k, _ in gold)
            device = bool(reading.apologies)
            eligible = judge.eligible(analysis, reading.index) is not None
            targets = (
                int("defensive" in labels),
                int("non-apology" in labels),
                -1 if device else int("real-apology" in labels),
                int(explains) if eligible else -1,
            )
            yield sorted(analysis.features(reading)), targets, fold


def matrix(rows, index):
    data, indices, indptr = [], [], [0]
    for row in rows:
        cols = sorted({index[f] for f in row if f in index})
        indices += cols
        data += [1.0] * len(cols)
        indptr.append(len(indices))
    return csr_matrix((data, np.array(indices, "int32"), np.array(indptr, "int32")), shape=(len(rows), len(index)))


def best_threshold(probability, truth, beta=1.0, floor=0.15):
    """Threshold of the highest F-beta on unseen predictions."""
    best = (0.0, 0.5)
    for step in range(int(floor * 100), 96):
        t = step / 100
        hit = ((probability >= t) & truth).sum()
        flagged = (probability >= t).sum()
        f = (1 + beta**2) * hit / max(1e-9, beta**2 * truth.sum() + flagged)
        if f > best[0] + 1e-9:
            best = (f, t)
    return best


def precision_threshold(probability, truth, wanted):
    """Lowest threshold from which unseen predictions are right ``wanted`` of the time."""
    for step in range(20, 97):
        t = step / 100
        flagged = probability >= t
        if flagged.sum() and truth[flagged].mean() >= wanted:
            return t
    return 0.97


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, default=sorted((HERE / "drafts").glob("*.jsonl")))
    parser.add_argument("--out", type=Path, default=HERE.parent / "rules" / "en" / "score.json")
    parser.add_argument("--minimum", type=int, default=2, help="drop features seen in fewer sentences")
    args = parser.parse_args()
    pack = load_pack(examples=True)
    pack.weights.clear()
    engine = Engine(pack)
    judge = Judge(engine)
    drafts = [d for d in read(args.files) if not d.get("held_back")]
    rows = list(examples(drafts, engine, judge))
    counts: dict[str, int] = {}
    for features, _, _ in rows:
        for f in features:
            counts[f] = counts.get(f, 0) + 1
    names = sorted(f for f, c in counts.items() if c >= args.minimum)
    index = {f: k for k, f in enumerate(names)}
    x = matrix([r[0] for r in rows], index)
    targets = np.array([r[1] for r in rows])
    folds = np.array([r[2] for r in rows])
    bias, thresholds, columns = [], {}, []
    for k, target in enumerate(TARGETS):
        use = targets[:, k] >= 0
        y = targets[:, k] == 1
        unseen = np.zeros(len(rows))
        for fold in range(FOLDS):
            train = use & (folds != fold)
            test = use & (folds == fold)
            unseen[test] = fit(x[train], y[train], target).predict_proba(x[test])[:, 1]
        f, t = best_threshold(unseen[use], y[use])
        warn = max(t, precision_threshold(unseen[use], y[use], 0.8))
        thresholds[target] = {"label": t, "warning": warn}
        model = fit(x[use], y[use], target)
        bias.append(round(float(model.intercept_[0]), 4))
        columns.append(model.coef_[0])
        print(f"{target}: {int(y[use].sum())} of {int(use.sum())} sentences; unseen F1 {f:.3f} at {t:.2f}; warns from {warn:.2f}")
    weights = np.stack(columns, axis=1).round(3)
    kept = {n: [float(v) + 0.0 for v in weights[k]] for n, k in index.items() if np.abs(weights[k]).max() >= 0.02}
    data = {"targets": list(TARGETS), "bias": bias, "thresholds": thresholds, "weights": kept}
    lines = [f"{json.dumps(n, ensure_ascii=False)}:{json.dumps(v, separators=(',', ':'))}" for n, v in kept.items()]
    head = json.dumps({k: v for k, v in data.items() if k != "weights"})
    args.out.write_text(head[:-1] + ', "weights": {\n' + ",\n".join(lines) + "\n}}\n", encoding="utf-8")
    print(f"{len(drafts)} drafts, {len(rows)} sentences, {len(kept)} of {len(names)} features kept: {args.out.name}")


def fit(x, y, target):
    x = x.copy()
    x.indices = x.indices.astype("int32")
    x.indptr = x.indptr.astype("int32")
    return LogisticRegression(C=STRENGTH[target], solver="liblinear", max_iter=1000, random_state=0).fit(x, y)


if __name__ == "__main__":
    main()
