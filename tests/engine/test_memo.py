"""What is worked out for words is remembered, and never too much of it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from apologylint.memo import LONGEST, Memo, Recent
from apologylint.packing import PackedRows
from apologylint.wordshapes import _words_between_blanks, words_of


@given(st.lists(st.text(alphabet="ab", max_size=3), max_size=60), st.integers(1, 5))
def test_a_memo_says_what_its_function_says_and_stays_small(keys, limit):
    memo = Memo(str.upper, limit)
    for key in keys:
        assert memo[key] == key.upper()
        assert len(memo) <= limit and len(memo._aside) <= limit


def test_what_is_asked_for_again_is_not_worked_out_again():
    made = []
    memo = Memo(made.append, 2)
    for key in ("sorry", "a", "sorry", "b", "sorry", "c", "sorry"):
        _ = memo[key]
    assert made.count("sorry") == 1


def test_what_was_set_aside_comes_back_when_asked_for():
    recent = Recent(1)
    recent.keep("sorry", 1)
    recent.keep("late", 2)
    assert (recent.recall("sorry"), recent.recall("late"), recent.recall("none")) == (1, 2, None)
    recent.keep("sorry", 1)
    recent.keep("a", 3)
    recent.keep("b", 4)
    assert recent.recall("sorry") is None


def test_endless_words_are_not_kept():
    memo = Memo(len)
    assert memo["x" * (LONGEST + 1)] == LONGEST + 1
    assert memo["x" * LONGEST, "y"] == 2
    assert not memo


@given(st.text(alphabet="ab'x0. \t\u3000\x1c\u2019\U0001f62d,-", max_size=60))
def test_words_are_the_same_piece_by_piece(text):
    lowered = text.replace("\u2019", "'").replace("\t", " ").lower()
    assert words_of(text) == list(_words_between_blanks(lowered))


@given(st.lists(st.tuples(*[st.integers(-(10**6), 10**6)] * 3), max_size=40))
def test_packed_rows_are_summed_column_by_column(rows):
    packed = PackedRows({str(k): row for k, row in enumerate(rows)}, 3)
    places = packed.places(["none", *map(str, range(len(rows)))])
    assert packed.totals(places) == [sum(column) for column in zip((0, 0, 0), *rows, strict=True)]
    assert packed.places(map(str, range(len(rows)))) == places
