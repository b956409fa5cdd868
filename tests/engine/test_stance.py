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


@given(
    sentences,
    st.frozensets(st.sampled_from(["@mood:asserted", "@object:event", "@doubt:none"])),
    st.frozensets(st.sampled_from(["#first", "#after1", "#no-message", "m:not", "m:you did"])),
)
def test_sums_are_those_of_the_features(engine, words, parsed, situation):
    own = engine.score.own_sums(words, outline(words, engine.pack.lexicon) | parsed)
    features = wording(words, engine.pack.lexicon) | parsed | situation
    assert engine.score.sums(own, situation) == plain_sums(engine.score, features)


@given(sentences, st.data())
def test_any_weights_are_summed(engine, words, data):
    """Far from the shipped ones, of either sign, and of the features of every kind."""
    row = st.lists(st.integers(-(10**6), 10**6), min_size=len(TARGETS), max_size=len(TARGETS))
    features = sorted(wording(words, engine.pack.lexicon))
    weights = {f: data.draw(row) for f in features[:: data.draw(st.integers(1, 3))]}
    score = Score({"bias": data.draw(row), "weights": weights})
    own = score.own_sums(words, outline(words, engine.pack.lexicon))
    assert score.sums(own, ()) == plain_sums(score, features)


@given(sentences)
def test_a_skeleton_is_function_words_and_runs(words):
    bones = ["^"]
    for word in words:
        if skeleton([word])[1] == word:
            bones.append(word)
        elif bones[-1] != "*":
            bones.append("*")
    assert skeleton(words) == [*bones, "$"]
