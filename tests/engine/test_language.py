"""Tokens of a sentence are those of spaCy's blank English pipeline."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from apologylint.language import Tokenizer

CORPORA = Path(__file__).parents[2] / "corpora" / "drafts"
PARTS = [
    "I'm",
    "sorry",
    "can't",
    "U.S.",
    "e.g.",
    ":)",
    "a.m.",
    "10km",
    "$5",
    "x@y.de",
    "http://a.b/c",
    "-",
    ".",
    "'",
    " ",
]


@pytest.fixture(scope="module")
def blank():
    return spacy.blank("en")


@pytest.fixture(scope="module")
def ours():
    return Tokenizer().nlp


def seen(doc):
    """Every attribute that patterns may ask for."""
    return [
        (t.text, t.whitespace_, t.idx, t.norm_, t.lower_, t.shape_, t.is_punct, t.is_title, t.is_upper, t.like_num,
         t.is_alpha, t.is_stop, t.lang_, t.prefix_, t.suffix_)
        for t in doc
    ]  # fmt: skip


def test_the_corpora_are_cut_alike(blank, ours):
    count = 0
    for path in sorted(CORPORA.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines()[::5]:
            text = json.loads(line)["text"]
            assert seen(ours.tokenizer(text)) == seen(blank.tokenizer(text))
            count += 1
    assert count > 500


def test_every_special_case_is_cut_alike(blank, ours):
    assert ours.tokenizer.rules == blank.tokenizer.rules
    for text in blank.tokenizer.rules:
        for shown in (text, f"({text})", f"so {text} then"):
            assert seen(ours.tokenizer(shown)) == seen(blank.tokenizer(shown))


@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PARTS), max_size=12).map("".join)))
def test_any_text_is_cut_alike(blank, ours, text):
    text = text.encode("utf-8", "replace").decode()
    assert seen(ours.tokenizer(text)) == seen(blank.tokenizer(text))
