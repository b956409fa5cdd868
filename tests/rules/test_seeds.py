"""The sentences that the five seed texts give in passing come out as the texts say."""

from __future__ import annotations

import pytest

from apologylint.analysis import Engine
from apologylint.classify import verdict
from apologylint.labelling import Judge, primaries
from apologylint.packs import load_pack
from apologylint.results import Label

JUDGE = Judge(Engine(load_pack(examples=True)))


def judge(text, customer_message=None):
    return JUDGE.judge(JUDGE.engine.analyse(text, customer_message))


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("I'm so sorry that this happened.", Label.REAL_APOLOGY),
        ("I'm so sorry that we let you down.", Label.REAL_APOLOGY),
        ("I'm so sorry for the misunderstanding.", Label.REAL_APOLOGY),
        ("I'm so sorry that you feel that way.", Label.FAKE_APOLOGY),
        ("I'm so sorry if you feel that way.", Label.FAKE_APOLOGY),
        ("I'm sorry, I had a lot of other jobs that took priority over yours.", Label.NON_APOLOGY),
        ("No, I didn't. I only had it for a moment.", Label.DEFENSIVE),
        ("I'm sorry.", Label.REAL_APOLOGY),
    ],
)
@pytest.mark.parametrize("spelling", ["as it is", "curly", "in full", "loud", "we"])
def test_label(text, label, spelling):
    if spelling == "curly":
        text = text.replace("'", "\u2019")
    elif spelling == "in full":
        text = text.replace("I'm", "I am").replace("didn't", "did not")
    elif spelling == "loud":
        text = text.upper()
    elif spelling == "we":
        text = (
            text.replace("I'm", "We're")
            .replace("I had", "we had")
            .replace("I didn't", "we didn't")
            .replace("I only", "We only")
        )
    labels = primaries(judge(text))
    assert verdict(labels).label is label, labels
    assert all(found is label for found in labels), labels


@pytest.mark.parametrize(
    "text",
    [
        "I'm sorry your order is late. Our van broke down on the way to you.",
        "I'm sorry your order is late because our van broke down.",
        "I'm so sorry for the wait. We had a staffing shortage at the depot.",
    ],
)
def test_explanation_on_the_heels_of_an_apology(text):
    assert any(judge(text).explanations)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("I'm sorry your order is late. Our van broke down on the way to you.", "Why is my order late?"),
        ("I'm sorry your order is late. I've sent a taxi with a new one. Our van broke down on the way to you.", None),
        ("I'm sorry your order is late. I've sent a taxi with a new one.", None),
        ("I'm sorry.", None),
    ],
)
def test_no_explanation_too_early(text, message):
    assert not any(judge(text, message).explanations)
