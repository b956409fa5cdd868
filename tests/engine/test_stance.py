"""The learned score is the sum of the weights of a sentence's features, however it is summed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from apologylint.stance import TARGETS, UNIT, Score, outline, wording
from apologylint.wordshapes import skeleton

WORDS = "we you sorry late delivered the * ^ $ . ! 0 not parcel really \u00e9t\u00e9 & ~x".split()
sentences = st.lists(st.sampled_from(WORDS), max_size=12)


def plain_sums(score, features):
    rows = [score.bias, *(score.weights[f] for f in features if f in score.weights)]
    return [sum(column) / UNIT for column in zip(*rows, strict=True)]


@given(sentences, st.frozensets(st.sampled_from(["#first", "#after1", "#no-message", "m:not", "@mood:asserted"])))
def test_sums_are_those_of_the_features(engine, words, others):
    rest = outline(words, engine.pack.lexicon) | others
    features = wording(words, engine.pack.lexicon) | others
    assert engine.score.sums(words, rest) == plain_sums(engine.score, features)


@given(sentences, st.data())
def test_any_weights_are_summed(engine, words, data):
    """Far from the shipped ones, of either sign, and of the features of every kind."""
    row = st.lists(st.integers(-(10**6), 10**6), min_size=len(TARGETS), max_size=len(TARGETS))
    features = sorted(wording(words, engine.pack.lexicon))
    weights = {f: data.draw(row) for f in features[:: data.draw(st.integers(1, 3))]}
    score = Score({"bias": data.draw(row), "weights": weights})
    assert score.sums(words, outline(words, engine.pack.lexicon)) == plain_sums(score, features)


@given(sentences)
def test_a_skeleton_is_function_words_and_runs(words):
    bones = ["^"]
    for word in words:
        if skeleton([word])[1] == word:
            bones.append(word)
        elif bones[-1] != "*":
            bones.append("*")
    assert skeleton(words) == [*bones, "$"]
