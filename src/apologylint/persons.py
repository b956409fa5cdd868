"""Whose state an apology names: the customer's own, or that of somebody of theirs."""

from __future__ import annotations

from apologylint.closed_classes import FEEL, Words

_FOLK = frozenset(
    "husband wife son daughter mother father mum mom dad children child kids partner colleague colleagues guests "
    "guest family customer customers residents members players users passengers patients parents people anyone "
    "anybody someone everyone friend friends party team staff nan gran grandma granny grandad grandmother grandfather "
    "sister brother mama mam niece nephew girlfriend boyfriend fiancee fiance girl boy lad lass grandson granddaughter "
    "tenant tenants client clients pupil pupils student students".split()
)
_BEFORE_FOLK = frozenset("your ur some our of the any that several her his little".split())
# Somebody named before: "sorry she took it the wrong way". Of our own people such things are not said; that "he felt
# the need to shout" is.
_NAMED_BEFORE = frozenset("he she they".split())
_TOOK_IT = (("took", "it"), ("took", "that"), ("has", "taken"), ("have", "taken"))
_NEED = frozenset("need it the obliged compelled".split())


def person_in(phrase: Words) -> tuple[int, int]:
    """Index of the last token of the person whose state is named, and of the first after them; -1, 0 if none is.

    The person is "you", "who", somebody of the customer's, or "you and your sister", named by its "you".
    """
    person = _person(phrase)
    after = person + 1
    if person >= 0 and phrase[after : after + 2] == ("and", "your"):
        after = min(after + 3, len(phrase))
    return person, after


def _person(phrase: Words) -> int:
    if phrase[0] == "who":
        return 0
    for you in ("you", "u"):
        if you in phrase:
            return phrase.index(you)
    if phrase[0] in _NAMED_BEFORE and (_feels(phrase) or phrase[1:3] in _TOOK_IT):
        return 0
    for at, word in enumerate(phrase[:5]):
        if word in _FOLK and at and phrase[at - 1] in _BEFORE_FOLK:
            return at
    return -1


def _feels(phrase: Words) -> bool:
    return not FEEL.isdisjoint(phrase[1:2]) and _NEED.isdisjoint(phrase[2:3])
