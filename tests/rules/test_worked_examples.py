"""The worked examples of the labelling guideline (A.6): labels, draft verdicts, and the explanation flag."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from apologylint.analysis import Engine
from apologylint.classify import primary, verdict
from apologylint.labelling import Judge, primaries
from apologylint.packs import load_pack
from apologylint.results import Label

EXAMPLES = [
    json.loads(line)
    for line in Path(__file__).with_name("worked_examples.jsonl").read_text(encoding="utf-8").splitlines()
]
JUDGE = Judge(Engine(load_pack(examples=True)))


def expected(example):
    labels = {Label(name.replace("_", "-")) for name in example["labels"]}
    return primary(labels) if example["unit"] == "sentence" else Label(example["label"].replace("_", "-"))


def outcome(example):
    judgement = JUDGE.judge(JUDGE.engine.analyse(example["text"], example["context"]))
    labels = primaries(judgement)
    return verdict(labels).label, any(judgement.explanations)


def wrong(examples):
    out = []
    for example in examples:
        label, explains = outcome(example)
        if label is not expected(example) or explains != example["premature_explanation"]:
            should = f"{expected(example)}, explains={example['premature_explanation']}"
            out.append(f"{example['id']} {example['text']!r}: {label}, explains={explains}; should be {should}")
    return out


@pytest.mark.parametrize(("contested", "share"), [(False, 1.0), (True, 0.9)])
def test_share_right(contested, share):
    examples = [e for e in EXAMPLES if e["contested"] is contested]
    bad = wrong(examples)
    assert len(bad) <= (1 - share) * len(examples), "\n".join(bad)
