"""Every rule's own examples hold: each match fires the rule on exactly the marked span, each near miss stays silent."""

from __future__ import annotations

import pytest

from apologylint.analysis import Engine
from apologylint.labelling import Judge
from apologylint.packs import load_pack
from apologylint.results import Severity

PACK = load_pack(examples=True)
JUDGE = Judge(Engine(PACK))
# Completeness is a draft's affair and the score has no wording of its own; a recogniser reports nothing.
SHOWN = {
    name: rule
    for name, rule in PACK.rules.items()
    if rule.group not in {"completeness", "recognisers"} and not rule.score
}
REPORTING = {name: rule for name, rule in SHOWN.items() if rule.severity is not None}


def fired(rule, text, customer_message=None):
    judgement = JUDGE.judge(JUDGE.engine.analyse(text, customer_message))
    return [(f.start, f.end) for f in judgement.findings if f.rule.name == rule.name]


def cases(kind):
    return [
        pytest.param(rule, example, id=f"{name}-{i}")
        for name, rule in SHOWN.items()
        for i, example in enumerate(rule.examples[kind])
    ]


@pytest.mark.parametrize(("rule", "example"), cases("match"))
def test_match(rule, example):
    spans = fired(rule, example.text, example.customer_message)
    assert spans, f"{rule.name} is silent on {example.text!r}"
    assert example.mark is not None, f"{rule.name}: mark the span in {example.text!r}"
    shown = [example.text[start:end] for start, end in spans]
    assert example.mark in spans, f"{rule.name} marks {shown}, not {example.text[slice(*example.mark)]!r}"


@pytest.mark.parametrize(("rule", "example"), cases("no-match"))
def test_near_miss(rule, example):
    spans = fired(rule, example.text, example.customer_message)
    assert not spans, f"{rule.name} fires on {example.text!r}: {[example.text[s:e] for s, e in spans]}"


@pytest.mark.parametrize("rule", [pytest.param(rule, id=name) for name, rule in SHOWN.items() if rule.match_examples])
def test_rewrites_are_better(rule):
    for example in rule.match_examples:
        if example.rewrite:
            judgement = JUDGE.judge(JUDGE.engine.analyse(example.rewrite, example.customer_message))
            names = [f.rule.name for f in judgement.findings if f.rule.severity in {Severity.ERROR, Severity.WARNING}]
            assert not names, f"{rule.name}: rewrite {example.rewrite!r} gives {names}"


@pytest.mark.parametrize("rule", [pytest.param(rule, id=name) for name, rule in REPORTING.items()])
def test_prose(rule):
    for part in ("title", "message", "why", "better", "when_wrong"):
        assert getattr(rule, part), f"{rule.name} has no {part}"
    assert rule.references, f"{rule.name} has no references"
    assert len(rule.match_examples) >= 2, f"{rule.name} shows fewer than two matches"
    assert len(rule.no_match_examples) >= 3, f"{rule.name} shows fewer than three near misses"
    assert any(e.rewrite for e in rule.match_examples), f"{rule.name} rewrites none of its examples"


@pytest.mark.parametrize("rule", [pytest.param(rule, id=name) for name, rule in REPORTING.items()])
def test_better_is_clean(rule):
    judgement = JUDGE.judge(JUDGE.engine.analyse(rule.better))
    names = [
        f.rule.name
        for f in judgement.findings
        if f.rule.severity in {Severity.ERROR, Severity.WARNING} and not f.rule.score
    ]
    assert not names, f"{rule.name}: better {rule.better!r} gives {names}"


@pytest.mark.parametrize(
    "rule", [pytest.param(rule, id=name) for name, rule in PACK.rules.items() if rule.severity is Severity.INFO]
)
def test_info_never_labels(rule):
    assert not rule.sets_label or rule.score, f"{rule.name} is info and sets a label"


@pytest.mark.parametrize(
    "rule", [pytest.param(rule, id=name) for name, rule in PACK.rules.items() if rule.group == "recognisers"]
)
def test_recognisers_are_quiet(rule):
    assert rule.move
    assert rule.severity is None
