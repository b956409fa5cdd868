"""Doubt cast on what an apology is for: "any inconvenience", "whatever happened", "the alleged delay", "may have"."""

from __future__ import annotations

from apologylint.closed_classes import (
    BEFORE_MAY_THE_MONTH,
    DOUBT_ADJECTIVES,
    HARMLESS_AFTER_ANY,
    HARMLESS_BEFORE_ANY,
    MODAL_DOUBT,
    WHATEVER,
    Words,
)
from apologylint.lexicon import Lexicon

_BRINGS_ABOUT = frozenset("cause bring generate create arise occur result".split())
_HEARSAY = (("you", "say"), ("you", "claim"), ("you", "allege"))


def doubt_in(phrase: Words, lexicon: Lexicon) -> str:
    """Kind of the first doubt in an object: any, whatever, alleged, may or none."""
    for at, word in enumerate(phrase):
        if word == "any" and _doubts_harm(phrase, at):
            return "any"
        if word in WHATEVER and (at or word != "whoever"):
            # "Sorry whoever was on told you that": somebody did.
            return "whatever"
        if word in DOUBT_ADJECTIVES and at <= 3:
            return "alleged"
        if phrase[at : at + 2] in _HEARSAY:
            return "alleged"
        if _perhaps(phrase, at):
            return "may"
    if lexicon.match("generic-recipient", phrase, 0) and phrase[0] not in {"those", "all", "whoever"}:
        return "whatever"
    return "none"


def _doubts_harm(phrase: Words, at: int) -> bool:
    """Whether "any" doubts the harm: "any trouble", "any of the trouble"; not "any longer", "without any notice"."""
    following = phrase[at + 1] if at + 1 < len(phrase) else ""
    if following in HARMLESS_AFTER_ANY or (at and phrase[at - 1] in HARMLESS_BEFORE_ANY):
        return False
    return following != "of" or phrase[at + 2 : at + 3] in (("the",), ("this",))


def _perhaps(phrase: Words, at: int) -> bool:
    """Whether "may", "maybe", "could have" or "can cause" stands here; "we could have" is our own regret."""
    word = phrase[at]
    if word in {"maybe", "perhaps"}:
        return True
    following = phrase[at + 1] if at + 1 < len(phrase) else ""
    if word in MODAL_DOUBT:
        return _is_modal(phrase, at)
    if word == "could" and following == "have":
        return not any(w in {"we", "i"} for w in phrase[max(0, at - 2) : at])
    return word in {"can", "could", "should"} and following in _BRINGS_ABOUT


def _is_modal(phrase: Words, at: int) -> bool:
    """Whether "may" is a verb: "this may have caused"; not "in May", "3 May", "May 3"."""
    if at == 0 or at + 1 == len(phrase):
        return False
    before, after = phrase[at - 1], phrase[at + 1]
    return before not in BEFORE_MAY_THE_MONTH and not before.isdigit() and not after.isdigit()
