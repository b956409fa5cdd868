"""Sentences of replies as people type them."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apologylint.sentences import split_sentences


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


# Each sentence of the reply on a line of its own, "|" where the reply has what stands between them.
REPLIES = {
    "plain": "We are sorry.| |It was our mistake.",
    "question and answer": "Why?| |We ran out.",
    "marks in a row": "Sorry!!!| |We will fix it...| |Soon.",
    "greeting": "Hi Ana,|\n\n|I'm sorry for the delay.",
    "greeting, one line break": "Hi Ana,|\n|I'm sorry for the delay.",
    "sign-off": "It is on its way.|\n\n|Kind regards,|\n|Tom",
    "chat": "sorry about that|\n|was away from my desk|\n|will send it now",
    "chat, a line ended early": "Hi Dan, so sorry about the wardrobe door and the hinge that came with it.|\n|"
    "sent a new hinge today|\n|ring me if it doesn't fit",
    "clause by clause": "We are sorry\nthat your parcel\nis late.",
    "dash bullets": "We have done two things:|\n|- refunded your card|\n|- sent a new one",
    "dot bullets": "Done:|\n|\u2022 refunded|\n|\u2022 sent",
    "numbers": "Steps:|\n|1. Open the app.|\n|2. Sign in.",
    "wrapped": "I am sorry that your parcel has not reached you by\nthe day we promised.| |It left today.",
    "wrapped before a capital": "I am sorry that the parcel you ordered on the first of\nMarch never came.",
    "missing space": "We are late.| |Sorry.||We refunded it.",
    "missing space, pronoun": "That was wrong.||I have sent a new one.",
    "web address": "See example.com for more.| |Thanks.",
    "version": "Please install v2.4 today.| |Thanks.",
    "initials": "The U.S. office is closed.",
    "initials end": "We ship to the U.S.| |Your parcel left today.",
    "title": "Dear Mr. Brown, we are sorry.| |It was late.",
    "doctor": "I am sorry, Dr. Lee.",
    "abbreviation": "We open at approx. nine o'clock.",
    "for example": "Some items, e.g. shoes, are late.",
    "hours end a sentence": "We closed at 5 p.m.| |Your call came after that.",
    "hours inside": "It left at 5 p.m. yesterday.",
    "et cetera ends": "We sent shoes, socks etc.| |You will have them on Monday.",
    "ellipsis goes on": "Sorry\u2026 it was late.",
    "ellipsis ends": "Sorry...| |We were late.",
    "emoji ends": "So sorry \U0001f62d| |We will fix it.",
    "emoji inside": "So sorry \U0001f62d for the delay.",
    "emoji ends, no capitals": "so sorry \U0001f62d| |sent a new one today",
    "emoji inside, no capitals": "so sorry \U0001f62d for the delay",
    "emoji last": "Thank you! \U0001f64f",
    "closing quote": 'You wrote "where is it?"| |We do not know.',
    "closing bracket": "(It was late.)| |We are sorry.",
    "amount": "We refunded $5.99 today.",
    "no last stop": "We are sorry| |",
    "exclamation without a space": "Sorry!||We will call you.",
    "crlf": "Hi Ana,|\r\n\r\n|We are sorry.|\r\n\r\n|Tom",
}


@pytest.mark.parametrize("name", REPLIES)
def test_replies(name):
    parts = REPLIES[name].split("|")
    assert split("".join(parts)) == [p for p in parts[::2] if p.strip()]


def test_nothing():
    assert split("") == []
    assert split(" \n\t ") == []


def holds(text: str) -> None:
    """Sentences are in order, apart, trimmed, and hold every code point that is not blank."""
    spans = split_sentences(text)
    at = 0
    for start, end in spans:
        assert at <= start < end <= len(text)
        assert not text[at:start].strip(), repr(text)
        assert text[start:end] == text[start:end].strip()
        at = end
    assert not text[at:].strip()


PIECES = st.sampled_from(
    [
        "Sorry",
        "we",
        "I",
        " ",
        "  ",
        "\n",
        "\r\n",
        "\n\n",
        "\r",
        "\u2028",
        "\x0b",
        ".",
        "!",
        "?",
        "...",
        "\u2026",
        ",",
        "- ",
        "* ",
        "1. ",
        "a) ",
        '"',
        "\u201d",
        "(",
        ")",
        "\U0001f62d",
        "\U0001f1ec\U0001f1e7",
        "\u200d",
        "\ufe0f",
        "e.g.",
        "Mr.",
        "5 p.m.",
        "example.com",
        "\xa9",
        "\x1c",
        "\u3000",
    ]
)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_every_character_is_in_exactly_one_sentence(text):
    holds(text)


@given(st.text(max_size=60))
def test_any_text_is_covered(text):
    holds(text)


def test_every_unicode_character_is_covered():
    for start in range(0, sys.maxunicode + 1, 4096):
        holds("a" + " a".join(chr(c) for c in range(start, start + 4096)))


def steps_of(text: str) -> int:
    """Python lines run inside the splitter: a measure of work that no load on the machine can change."""
    count = 0

    def trace(frame, event, _):
        nonlocal count
        if "sentences.py" not in frame.f_code.co_filename:
            return None
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        split_sentences(text)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize(
    "unit",
    [
        "!",
        ".",
        "...",
        "a.",
        "a. ",
        "A.B",
        "- ",
        "\n",
        "\n- ",
        "1.\n",
        "\U0001f600",
        "\u200d",
        '."',
        "x\n",
        " \n",
        "\r",
        "Mr. ",
        "?)",
        ". \n",
        " ",
        "\t",
    ],
)
def test_work_grows_with_length(unit):
    few, many = steps_of(unit * 2000), steps_of(unit * 4000)
    assert many <= 2.2 * few + 200


def test_blanks_without_end_are_passed_once():
    """From every blank of a run to its end would be hours."""
    assert split_sentences(f"Hi.{' ' * 1_000_000}bye") == [(0, 3), (1_000_003, 1_000_006)]


def test_100_000_marks_are_one_sentence():
    assert split_sentences("!" * 100_000) == [(0, 100_000)]
