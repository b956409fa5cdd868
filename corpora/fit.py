"""Fit the learned score from the corpora: ``python corpora/fit.py``.

Reads every ``corpora/drafts/*.jsonl``, leaves held-back drafts out, and computes the features that the engine itself
uses. Fits one L2-regularised logistic regression a target and chooses thresholds on predictions made for drafts that
the model had not seen (five folds of whole files, so that no writer is on both sides). Writes
``rules/en/score.json``, and to ``rules/en/frequencies.json`` how often words stand in replies: patterns take their
rarest word for an anchor. The result depends only on the corpora, the lexicon and the code: no randomness, no dates.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, diags
from sklearn.linear_model import LogisticRegression

from apologylint.analysis import Engine
from apologylint.explanations import eligible as explains_early
from apologylint.labelling import Judge
from apologylint.packs import load_pack
from apologylint.stance import COMPANY, TARGETS, UNIT, companies
from apologylint.wordshapes import words_of

HERE = Path(__file__).resolve().parent
# A feature counts by how much it tells alone (log odds of the naive Bayes kind) to this power, before the regression
# weighs all together: words rare and telling carry over to new writers, and so did these powers (see SCORES.md).
POWER = {"defensive": 1.0, "non-apology": 1.0, "ownership": 0.5, "explanation": 0.0, "excuse": 0.5}
# Kinds of feature that do not help a target on writers it was not fitted on, by their first letters: only push-back is
# relative to what the customer wrote.
LEAVE_OUT = {"defensive": ("~",)} | dict.fromkeys(TARGETS[1:], ("&", "m:", "#message:"))
STRENGTH = {"defensive": 0.4, "non-apology": 0.5, "ownership": 0.4, "explanation": 0.4, "excuse": 0.4}
# Thresholds weigh recall (above 1) more where the label hangs on the score alone.
BETA = {"defensive": 1.5, "non-apology": 0.5, "ownership": 1.0, "explanation": 1.4, "excuse": 1.0}
# For one faulty sentence desks send about twice as many faultless ones as these
# corpora hold: a false label counts twice.
PRIOR = 2
FOLDS = 5
# Weights below this many thousandths of a log odd are left out.
LEAST = 20
# A warning is to be right this often on drafts that the model has not seen.
WARN_AT = {"defensive": 0.98, "non-apology": 0.97, "ownership": 0.85, "explanation": 0.85, "excuse": 0.9}


def read(paths):
    """Drafts of the corpus files."""
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                yield json.loads(line)


def overlap(a, b):
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def examples(drafts, engine, judge):
    """One row a sentence: features, targets (-1 = not part of that model), fold, number of its draft.

    Files are dealt out to the folds in the order of their names: who labels replies of a desk never seen before has
    not seen its writers either.
    """
    folds = {name: k % FOLDS for k, name in enumerate(sorted({d["domain"] for d in drafts}))}
    for number, draft in enumerate(drafts):
        analysis = engine.analyse(draft["text"], draft.get("customer_message"))
        fold = folds[draft["domain"]]
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
            eligible = explains_early(judge.engine, analysis, reading.index) is not None
            targets = (
                int("defensive" in labels),
                -1 if device else int("non-apology" in labels),
                -1 if device else int("real-apology" in labels),
                int(explains) if eligible else -1,
                int("non-apology" in labels) if device else -1,
            )
            yield sorted(analysis.features(reading)), targets, fold, number


def matrix(rows, index):
    data, indices, indptr = [], [], [0]
    for row in rows:
        cols = sorted({index[f] for f in row if f in index})
        indices += cols
        data += [1.0] * len(cols)
        indptr.append(len(indices))
    return csr_matrix((data, np.array(indices, "int32"), np.array(indptr, "int32")), shape=(len(rows), len(index)))


def best_threshold(probability, truth, beta=1.0, floor=0.15):
    """Highest threshold whose F-beta on unseen predictions is within half a percent of the best.

    Of equals, the one that labels least.
    """
    found = []
    for step in range(int(floor * 100), 96):
        t = step / 100
        hit = ((probability >= t) & truth).sum()
        flagged = hit + PRIOR * ((probability >= t) & ~truth).sum()
        found.append(((1 + beta**2) * hit / max(1e-9, beta**2 * truth.sum() + flagged), t))
    top = max(f for f, _ in found)
    return next((f, t) for f, t in reversed(found) if f >= 0.995 * top)


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
    for features, *_ in rows:
        for f in features:
            counts[f] = counts.get(f, 0) + 1
    names = sorted(f for f, c in counts.items() if c >= args.minimum)
    index = {f: k for k, f in enumerate(names)}
    x = matrix([r[0] for r in rows], index)
    targets = np.array([r[1] for r in rows])
    folds = np.array([r[2] for r in rows])
    biases, thresholds, columns, firsts = [], {}, [], []
    whole = x
    for k, target in enumerate(TARGETS):
        x = whole.multiply(np.array([not n.startswith(LEAVE_OUT[target]) for n in names])).tocsr()
        use = targets[:, k] >= 0
        y = targets[:, k] == 1
        first = np.zeros(len(rows))
        for fold in range(FOLDS):
            weights, bias = fit(x[use & (folds != fold)], y[use & (folds != fold)], target)
            first[folds == fold] = x[folds == fold] @ weights + bias
        firsts.append(first)
        weights, bias = fit(x[use], y[use], target)
        biases.append(round(bias * UNIT))
        columns.append(weights)
        if target != "defensive":
            thresholds[target] = report(target, 1 / (1 + np.exp(-first[use])), y[use])
    context, unseen = second_pass(rows, np.stack(firsts, axis=1), targets[:, 0] == 1, folds)
    thresholds["defensive"] = report("defensive", unseen, targets[:, 0] == 1)
    weights = (np.stack(columns, axis=1) * UNIT).round().astype(int)
    kept = {n: weights[k].tolist() for n, k in index.items() if np.abs(weights[k]).max() >= LEAST}
    data = {"targets": list(TARGETS), "bias": biases, "thresholds": thresholds, "context": context, "weights": kept}
    lines = [f"{json.dumps(n, ensure_ascii=False)}:{json.dumps(v, separators=(',', ':'))}" for n, v in kept.items()]
    head = json.dumps({k: v for k, v in data.items() if k != "weights"})
    args.out.write_text(head[:-1] + ', "weights": {\n' + ",\n".join(lines) + "\n}}\n", encoding="utf-8")
    write_frequencies(drafts, args.out.with_name("frequencies.json"))
    print(f"{len(drafts)} drafts, {len(rows)} sentences, {len(kept)} of {len(names)} features kept: {args.out.name}")


def write_frequencies(drafts, path):
    """Words that make up at least one in 10,000, most frequent first."""
    counts = Counter(w for d in drafts for w in words_of(d["text"]) if w.isalpha())
    total = sum(counts.values())
    often = {w: round(c * 10_000 / total) for w, c in sorted(counts.items(), key=lambda i: (-i[1], i[0]))}
    path.write_text(json.dumps({w: n for w, n in often.items() if n}, indent=0) + "\n", encoding="utf-8")


def report(target, probability, truth):
    """Thresholds from predictions on unseen drafts."""
    f, label = best_threshold(probability, truth, BETA[target])
    warning = max(label, precision_threshold(probability, truth, WARN_AT[target]))
    counts = f"{int(truth.sum())} of {len(truth)} sentences"
    print(f"{target}: {counts}; unseen F-beta {f:.3f} at {label:.2f}; warns from {warning:.2f}")
    return {"label": label, "warning": warning}


def second_pass(rows, firsts, truth, folds):
    """The small model over a sentence and its neighbours, fitted on first sums that are themselves unseen."""
    by_draft: dict[int, list[int]] = {}
    for k, row in enumerate(rows):
        by_draft.setdefault(row[3], []).append(k)
    dicts = []
    for members in by_draft.values():
        sums = [list(firsts[k]) for k in members]
        for row, k in zip(companies(sums), members, strict=True):
            features = {f: 1.0 for f in rows[k][0] if f[0] == "#" and not f.startswith("#message:")}
            dicts.append((k, features | dict(zip(COMPANY, row, strict=True))))
    dicts = [d for _, d in sorted(dicts, key=lambda item: item[0])]
    names = sorted({f for d in dicts for f in d})
    x = np.array([[d.get(n, 0.0) for n in names] for d in dicts])
    unseen = np.zeros(len(rows))
    for fold in range(FOLDS):
        model = LogisticRegression(C=0.3, solver="liblinear").fit(x[folds != fold], truth[folds != fold])
        unseen[folds == fold] = model.predict_proba(x[folds == fold])[:, 1]
    model = LogisticRegression(C=0.3, solver="liblinear").fit(x, truth)
    context = {n: round(float(w) * UNIT) for n, w in zip(names, model.coef_[0], strict=True)}
    return {"bias": round(float(model.intercept_[0]) * UNIT)} | context, unseen


def fit(x, y, target):
    """Weights and bias of one target."""
    told = np.log((x[y].sum(axis=0) + 0.5) / (y.sum() + 1)) - np.log((x[~y].sum(axis=0) + 0.5) / ((~y).sum() + 1))
    told = np.asarray(told).ravel()
    told = np.sign(told) * np.abs(told) ** POWER[target]
    x = csr_matrix(x @ diags(told))
    x.indices = x.indices.astype("int32")
    x.indptr = x.indptr.astype("int32")
    model = LogisticRegression(C=STRENGTH[target], solver="liblinear", max_iter=1000, random_state=0).fit(x, y)
    return model.coef_[0] * told, float(model.intercept_[0])


if __name__ == "__main__":
    main()
