"""A sentence cut piece by piece is cut as spaCy cuts it whole."""

from __future__ import annotations

import spacy
from hypothesis import given
from hypothesis import strategies as st

from apologylint.language import Tokenizer, _cut, fold
from apologylint.tokens import MAX_TOKENS

TOKENIZER = Tokenizer()
SPECIAL = sorted(spacy.blank("en").tokenizer.rules)
atom = st.one_of(
    st.sampled_from(SPECIAL),
    st.sampled_from([" ", " ", " ", "  ", "\u3000", "\x1c", "\n", ".", ",", "e-mail", "sorry", "didnt", "http://x.yz"]),
    st.sampled_from("().,:;-'\"!?<>=*_/|0123456789DPXOox"),
    st.text(max_size=3),
)


def whole(text):
    folded, offsets = fold(text)
    return _cut(TOKENIZER._doc(folded), offsets)


def same(text):
    tokens = TOKENIZER.tokens(text)
    assert (tokens.words, tokens.raw, tokens.starts, tokens.ends) == whole(text), text
    assert tuple(token.norm_ for token in tokens.doc) == tokens.words


@given(st.lists(atom, max_size=8), st.sampled_from(["", " "]))
def test_piece_by_piece_is_whole(atoms, between):
    text = between.join(atoms)
    if not (text.isupper() and len(text) > 3):
        same(text)


def test_no_more_tokens_than_the_limit():
    same("sorry " * (MAX_TOKENS + 5))
    assert len(TOKENIZER.tokens("it's " * MAX_TOKENS).raw) == MAX_TOKENS


def test_a_special_case_across_a_blank_takes_nothing_away():
    # ": -" and "-)" overlap.
    for text in ("so : -) there", "o :) )", "(: - )", "id, please", "Mr.X. Dear"):
        same(text)


def test_a_sentence_of_known_words_is_not_tokenised_again():
    tokenizer = Tokenizer()
    tokenizer.tokens("We are sorry. It's late.")
    before = tokenizer._local.count
    assert tokenizer.tokens("It's sorry. We are late.").words == ("it", "'s", "sorry", ".", "we", "are", "late", ".")
    assert tokenizer._local.count == before
