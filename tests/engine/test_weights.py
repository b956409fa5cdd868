"""Weights, packed and unpacked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apologylint.stance import TARGETS, UNIT, Score
from apologylint.weights import Weights, packed

NAMES = st.text(st.characters(codec="utf-8", exclude_characters="\x7f"), min_size=1, max_size=8)
ROWS = st.lists(st.integers(-(2**15), 2**15 - 1), min_size=5, max_size=5)


@given(st.dictionaries(NAMES, ROWS, min_size=1, max_size=20))
def test_what_is_packed_is_unpacked(rows):
    weights = Weights(*packed(rows), 5)
    assert weights == rows and weights.keys() == rows.keys() and len(weights) == len(rows)
    assert all(name in weights for name in rows) and "never seen" not in weights


def test_a_weight_out_of_range_is_not_packed():
    with pytest.raises(OverflowError):
        packed({"a": [2**15]})


def test_a_name_that_would_fall_apart_is_not_packed():
    with pytest.raises(ValueError, match="delete"):
        packed({"a\x7fb": [1]})


def test_a_score_of_packed_weights_is_the_same(pack):
    data = pack.weights
    again = Score({**data, "weights": Weights(*packed(data["weights"]), len(TARGETS))})
    features = {*list(data["weights"])[::7], "never seen"}
    sums = [score.sums([0] * len(TARGETS), features) for score in (again, Score(data))]
    assert sums[0] == sums[1] != [bias / UNIT for bias in again.bias]
    assert again.contributions(features, "defensive") == Score(data).contributions(features, "defensive")
