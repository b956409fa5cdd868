"""Simple methods on a labelled file, to measure the linter against: ``python corpora/baselines.py FILE --split NAME``.

Prints the figures of ``apologylint score`` for

- *sorry*: a sentence that contains "sorry" is a real apology, all else is neutral;
- *marker*: the apology strategy of ConvoKit's politeness features, written from its description: "sorry", "woops",
  "oops", "I apologize", "excuse me", "forgive me";
- *tf-idf*: TF-IDF of words and pairs of words with one logistic regression for the label of a sentence and another for
  whether it explains too early, fitted on the sentences of the train split; the strength of each is chosen on it by
  five-fold cross-validation over drafts.

Each speaks of sentences as the linter splits them and gets its verdicts from the linter's own table, so that only the
method differs. The file is in the format of ``drafts/``, with a ``split`` on each line.
"""

from __future__ import annotations

import argparse
import hashlib
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.pipeline import Pipeline, make_pipeline

from apologylint.classify import verdict
from apologylint.results import Label, Report, Sentence
from apologylint.score import read_labelled, score_files
from apologylint.sentences import split_sentences

MARKER = re.compile(
    r"\b(?:sorry|woops|oops)\b|\bi (?:\w+ ){0,2}?apologi[sz]e\b|\bexcuse me\b|\bforgive me\b", re.IGNORECASE
)
STRENGTHS = (1.0, 3.0, 10.0, 30.0, 100.0)
FOLDS = 5
Method = Callable[[Sequence[str]], list[tuple[Label, bool]]]


class Simple:
    """Looks like a Linter to ``score_files``."""

    def __init__(self, method: Method) -> None:
        self.method = method

    def check_text(self, text: str, customer_message: str | None = None) -> Report:
        """One report by the simple method; it never looks at the customer's message."""
        spans = split_sentences(text)
        found = self.method([text[s.start : s.end] for s in spans])
        sentences = tuple(
            Sentence(s.start, s.end, label, frozenset([label]), explains)
            for s, (label, explains) in zip(spans, found, strict=True)
        )
        labels = [s.label for s in sentences]
        return Report("<text>", "", verdict(labels), any(s.premature_explanation for s in sentences), sentences, ())


def sorry(texts: Sequence[str]) -> list[tuple[Label, bool]]:
    return [(Label.REAL_APOLOGY if "sorry" in text.lower() else Label.NEUTRAL, False) for text in texts]


def marker(texts: Sequence[str]) -> list[tuple[Label, bool]]:
    return [(Label.REAL_APOLOGY if MARKER.search(text) else Label.NEUTRAL, False) for text in texts]


def tf_idf(drafts: Sequence[dict[str, Any]]) -> Method:
    texts, labels, early, folds = [], [], [], []
    for number, draft in enumerate(drafts):
        key = draft.get("customer_message") or str(draft.get("id", number))
        fold = int(hashlib.blake2b(key.encode(), digest_size=4).hexdigest(), 16) % FOLDS
        for k, s in enumerate(draft["sentences"]):
            texts.append(draft["text"][s["start"] : s["end"]])
            labels.append(s["label"].replace("_", "-"))
            early.append(k in draft.get("pe_sentences", []))
            folds.append(fold)
    by_label = best(texts, np.array(labels), np.array(folds), "macro")
    by_early = best(texts, np.array(early), np.array(folds), "binary")

    def method(sentences: Sequence[str]) -> list[tuple[Label, bool]]:
        if not sentences:
            return []
        return [
            (Label(str(a)), bool(b))
            for a, b in zip(by_label.predict(sentences), by_early.predict(sentences), strict=True)
        ]

    return method


def best(texts: Sequence[str], truth: Any, folds: Any, average: str) -> Pipeline:
    """The pipeline whose strength does best on unseen drafts, fitted on all."""
    found = []
    for strength in STRENGTHS:
        guess = truth.copy()
        for fold in range(FOLDS):
            train = [t for t, f in zip(texts, folds, strict=True) if f != fold]
            test = [t for t, f in zip(texts, folds, strict=True) if f == fold]
            if test:
                guess[folds == fold] = pipeline(strength).fit(train, truth[folds != fold]).predict(test)
        found.append((f1_score(truth, guess, average=average), strength))
    score, strength = max(found)
    print(f"tf-idf: strength {strength:g}, {average} F1 {score:.3f} on unseen drafts of the train split")
    return pipeline(strength).fit(list(texts), truth)


def pipeline(strength: float) -> Pipeline:
    return make_pipeline(
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2, token_pattern=r"(?u)\b\w+\b|[?!]"),
        LogisticRegression(C=strength, class_weight="balanced", max_iter=2000, random_state=0),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--train-split", default="tune")
    parser.add_argument("--split", default="check", help="what to score")
    parser.add_argument("--bootstrap", type=int, default=0, metavar="ROUNDS", help="95%% intervals")
    args = parser.parse_args()
    train = [d for d in read_labelled(args.file) if d.get("split") == args.train_split]
    if not train:
        parser.error(f"no draft of split {args.train_split!r} in {args.file}")
    methods: dict[str, Method] = {"sorry": sorry, "marker": marker, "tf-idf": tf_idf(train)}
    for name, method in methods.items():
        print(f"=== {name}\n")
        print(score_files([args.file], Simple(method), bootstrap=args.bootstrap, split=args.split))  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
