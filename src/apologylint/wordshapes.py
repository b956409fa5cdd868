"""Words as the learned score reads them: in full, and reduced to their shape."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain

import regex

from apologylint.language import normalised
from apologylint.memo import Memo

# Accented letters are letters: cut at them, Czech and French fall into pieces that look English.
_WORD = regex.compile(r"[a-z\u00df-\u00f6\u00f8-\u024f]+(?:'[a-z]+)?|\d+|[^\w\s]")
_CONTRACTED = {"re": "are", "ve": "have", "ll": "will", "m": "am", "d": "'d", "s": "'s"}
_STEMS = {"ca": "can", "wo": "will", "sha": "shall"}
_HOLE = regex.compile(r"x{3,}$")
_KIND: dict[str, str] = {}
for _kind, _words in {
    "W": "we i us me",
    "W's": "our my ours mine",
    "Y": "you u ya yourself yourselves",
    "Y's": "your yours ur",
    "T": "he she they him her them his their theirs",
    "D": "it this that these those",
    "A": "a an the",
    "B": "is are was were be been am being",
    "H": "has have had",
    "O": "do does did",
    "N": "not no never nothing none nobody neither nor",
    "M": "can could may might would should must will shall",
}.items():
    for _word in _words.split():
        _KIND[_word] = _kind
_KEEP = frozenset(
    "but however though although because as since so if when which who what why how there here only just even "
    "actually already always ever every all any most some other else than then also still yet and or of to in on "
    "at for from by with before after until without within under over please sorry one both each few many much "
    "more less least".split()
)
FUNCTION = frozenset(_KIND) | _KEEP | frozenset("? ! . thanks thank hi hello ok".split())
_RUN = frozenset(["", "*"])
_SUFFIXES = ("ing", "ed", "ly", "tion", "s")


def _words_between_blanks(piece: str) -> tuple[str, ...]:
    out: list[str] = []
    for word in _WORD.findall(piece):
        first = word[0]
        if first.isdigit():
            out.append("0")
        elif "'" in word and len(word) > 1:
            if word.endswith("n't"):
                stem = word[:-3]
                if stem:  # a lone "n't" has none
                    out.append(_STEMS.get(stem, stem))
                out.append("not")
            else:
                stem, _, tail = word.partition("'")
                out.append(stem)
                out.append(_CONTRACTED.get(tail, tail))
        elif word == "cannot":
            out += ("can", "not")
        elif first == "x" and _HOLE.match(word):
            out.append("hole")
        else:
            out.append(word)
    return tuple(out)


# No word crosses a blank, and the same few thousand pieces make up most of what is written.
_WORDS = Memo(_words_between_blanks)


def words_of(text: str) -> list[str]:
    """Words and marks of a text, lower case, contractions in full, numbers as ``0``, placeholders as ``hole``."""
    return list(chain.from_iterable(map(_WORDS.__getitem__, normalised(text).lower().split(" "))))


@lru_cache(maxsize=20_000)
def shape(word: str) -> str:
    """A word's kind (``W`` for we), a function word itself, or its ending (``-ing``); ``x`` for any other."""
    kind = _KIND.get(word)
    if kind is not None:
        return kind
    if word == "0" or word in _KEEP or not word.isalpha():
        return word
    size = len(word)
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and size > len(suffix) + 2:
            return "-" + suffix
    return "x"


def _bone(word: str) -> str:
    return word if word in FUNCTION or not word.isalpha() else ""


_BONES = Memo(_bone)


def skeleton(words: Sequence[str]) -> list[str]:
    """A sentence's function words and marks; every run of other words is one ``*``."""
    bones = list(map(_BONES.__getitem__, words))
    # A word that stands after another, or after the mark itself, is of one run with it.
    return ["^", *[b or "*" for b, before in zip(bones, ["^", *bones], strict=False) if b or before not in _RUN], "$"]


# What a feature of the words is read from: a word and the two after it, or a bone of the skeleton and the three after.
Window = tuple[str, ...]


def windows(words: Sequence[str]) -> Iterator[Window]:
    """All windows of a sentence; the last of each sort end in an empty word."""
    seq = ["^", *words, "$", ""]
    bones = [*skeleton(words), ""]
    return chain(zip(seq, seq[1:], seq[2:], strict=False), zip(bones, bones[1:], bones[2:], bones[3:], strict=False))
