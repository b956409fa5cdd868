"""Perception told without the customer as subject: "how we came across", "fell short of your hopes", "your view"."""

from __future__ import annotations

from apologylint.closed_classes import Words
from apologylint.lexicon import Lexicon

Impression = tuple[str, int]

_JUDGING = ("ing", "able", "ible", "ful", "ous", "ive", "some", "less")
_NOT_JUDGING = frozenset(
    "missing wanting something nothing anything booking building parking heating thing being morning evening "
    "during table cable vegetable".split()
)
_SEEMED = frozenset("seemed sounded appeared seem sound appear felt".split())
_SEEMED_TO = frozenset("seemed seems seem appeared appears looked looks".split())
# Verbs that "across" follows: "seems", "came", "sounded" ...
_SEEM_OR_COME = frozenset(
    "seem seems seemed appear appears appeared sound sounds sounded come comes came feels felt looked looks".split()
)
_RECEIVED = frozenset("landed received taken read perceived interpreted".split())
_ILL_RECEIVED = (("wrong",), ("badly",), ("harshly",), ("poorly",))
_HOPES = frozenset(
    "expectations expectation hopes hope expected expecting hoped hoping pictured imagined mind head wanted liking "
    "taste tastes".split()
)
_FALLS_SHORT = frozenset("meet match live reach quite giving what to for fit".split())
_VIEWS = frozenset(
    "view views opinion opinions perception perceptions impression belief beliefs doubts misunderstanding "
    "misgivings reservations reading interpretation standards".split()
)
_BEFORE_VIEW = frozenset("negative poor low bad different unfavourable current own mixed".split())


def judges(word: str) -> bool:
    """Whether a word is an adjective that judges, by its ending: "unacceptable", "tiring"; not "missing", "morning"."""
    return word.endswith(_JUDGING) and word not in _NOT_JUDGING


def seemed(phrase: Words, lexicon: Lexicon) -> Impression | None:
    """How our act looked: "that we **seemed rude**", "that it **came across** as cold"."""
    for at, word in enumerate(phrase[:-1]):
        if (not at and word != "felt") or word not in _SEEM_OR_COME:
            continue
        across = at and phrase[at + 1] == "across" and phrase[at - 1] not in {"to", "you", "have", "had"}
        judged = word in _SEEMED and (
            lexicon.match("evaluative", phrase, at + 1)
            or lexicon.match("evaluative", phrase, at + 2)
            or (word == "felt" and (judges(phrase[at + 1]) or lexicon.match("emotion", phrase, at + 1)))
        )
        if across or judged:
            return "perception", min(at + 3, len(phrase))
    return None


def experienced(phrase: Words) -> Impression | None:
    """How our act struck, landed on, or fell short of the hopes of somebody; or their view of it."""
    size = len(phrase)
    for at in range(size):
        length = _struck(phrase, at)
        if length:
            return "perception", min(at + length, size)
        if phrase[at] in {"nerves", "goat"} and phrase[max(0, at - 1)] in {"your", "their"}:
            return "feeling", at + 1
    for at in range(size):
        end = _view(phrase, at)
        if end:
            return "perception", end
    return None


def _struck(phrase: Words, at: int) -> int:
    """Tokens, from ``at``, of a way to say how something was taken; 0 if none begins there."""
    word = phrase[at]
    rest = phrase[at + 1 : at + 8]
    before = phrase[at - 1] if at else ""
    # "The way it struck you".
    if word in {"struck", "strikes", "strike"} and any(w in {"you", "anyone", "him", "her", "them"} for w in rest[:2]):
        return 4
    # "Rubbed you the wrong way", "got up your nose".
    if word in {"rubbed", "rubs", "rub"} and "wrong" in rest[:4]:
        return 5
    # "My words were taken so": not as meant.
    if word == "taken" and before in {"were", "was", "got"} and rest[:1] in (("so",), ("like",), ("that",), ("this",)):
        return 2
    # "Landed the wrong way", "was perceived".
    if word in _RECEIVED and (
        word == "perceived" or "way" in rest[:4] or "sense" in rest[:4] or rest[:1] in _ILL_RECEIVED
    ):
        return 4
    # "Came over as", "comes across".
    came_across = word in {"came", "come", "comes", "coming"} and rest[:1] in (("over",), ("across",))
    if came_across and before not in {"to", "you"}:
        return 3
    # "Was felt as", "was experienced by".
    if (
        word in {"felt", "seen", "experienced"}
        and before in {"was", "were", "been", "is"}
        and rest[:1] in (("as",), ("by",), ("to",))
    ):
        return 3
    # "Did not spark joy".
    if word == "spark" and "joy" in rest:
        return 2
    # "Seemed unfair to you".
    if word in _SEEMED_TO and "to" in rest and rest[rest.index("to") + 1 :][:1] == ("you",):
        return 4
    return _fell_short(phrase, at) if word in {"not", "never", "hardly"} else 0


def _fell_short(phrase: Words, at: int) -> int:
    """As in "it did **not meet your expectations**", "was **not for you**"; our own failing ("we did not") is none."""
    near = phrase[at + 1 : at + 7]
    by_us = "our" in near or any(w in {"we", "i"} for w in phrase[:at])
    hoped = any(w in _HOPES for w in phrase[at + 1 : at + 12])
    if hoped and not by_us and any(w in _FALLS_SHORT for w in near):
        return 4
    unsuited = near[:2] == ("for", "you") or near[:3] in (("a", "match", "for"), ("to", "everyone", "'s"))
    return 3 if unsuited else 0


def _view(phrase: Words, at: int) -> int:
    """Token after a view whose owner stands at ``at``: "**your** poor **opinion**", "**the impression**"; 0 if none."""
    if phrase[at] not in {"your", "the", "that", "this", "any"}:
        return 0
    noun = at + 1
    while noun < len(phrase) and phrase[noun] in _BEFORE_VIEW:
        noun += 1
    if noun == len(phrase):
        return 0
    theirs = phrase[at] == "your" and phrase[noun] in _VIEWS
    formed = (
        phrase[noun] in {"impression", "doubts", "perception"}
        and phrase[at] in {"the", "that", "this"}
        and at < 3
        and not _given_by_us(phrase, at)
    )
    return noun + 1 if theirs or formed else 0


def _given_by_us(phrase: Words, at: int) -> bool:
    """Whether we gave the impression named at ``at``: "that **we gave** the impression"."""
    return "we" in phrase[at:] or any(
        word in {"gave", "give", "given", "left", "giving", "leave"}
        and phrase[max(0, k - 1)] in {"we", "i", "have", "us", "by"}
        for k, word in enumerate(phrase[:at])
    )
