"""What is an apology device: "sorry", "we apologise", "our apologies", "we regret", "forgive us", "my bad"."""

from __future__ import annotations

from apologylint.closed_classes import (
    AFTER_MY_BAD,
    APOLOGIES_TOLD_OF,
    APOLOGISE,
    APOLOGY,
    APOLOGY_PLURAL,
    FORGIVE,
    LAMENT,
    PERFORMING,
    REGRET,
    SORRY,
    SORRY_THINGS,
    Words,
)

_DUE = frozenset("due owed overdue needed order".split())


def device_at(words: Words, at: int) -> str:
    """Name of the device whose head word stands at ``at``; empty if there is none.

    Names: sorry, apologise, apology, regret, forgive, my-bad.
    """
    word = words[at]
    before = words[at - 1] if at else ""
    after = words[at + 1] if at + 1 < len(words) else ""
    if word in SORRY or _drawn_out(word):
        return "" if after in SORRY_THINGS else "sorry"
    if word in APOLOGISE:
        return "apologise"
    if word in APOLOGY:
        return _noun_device(word, before, after)
    if word in REGRET or (word in LAMENT and before in {"we", "i", "to", "and"}):
        return "regret"
    if word in FORGIVE:
        return "forgive" if _asks_pardon(word, before, after) else ""
    if word == "bad" and before in {"my", "our"}:
        return "my-bad" if not after or after in AFTER_MY_BAD else ""
    return "my-bad" if word == "mea" and after == "culpa" else ""


def _drawn_out(word: str) -> bool:
    """Whether somebody leans on the key: "sorryyyy", "sorrrry"."""
    return word.startswith("sorr") and word.endswith("y") and set(word) == set("sory")


def _noun_device(word: str, before: str, after: str) -> str:
    """The noun, or the verb that the plural stands for ("we apologies for"); nothing in "your apology letter"."""
    if word in APOLOGY_PLURAL and before in {"we", "i", "sincerely", "truly", "deeply", "really"}:
        return "apologise"
    names_a_thing = after in {"letter", "note", "email", "message", "tour"}
    is_not_ours = before in {"your", "letter", "accepting"}
    return "" if names_a_thing or is_not_ours else "apology"


def _asks_pardon(word: str, before: str, after: str) -> bool:
    """Whether the customer is asked to forgive: "forgive us", "I beg your pardon"; not "no excuse", "excuse me"."""
    if word == "forgiveness" and before in {"your", "beg", "for"}:
        return True
    if word == "excuse" and (before in {"no", "an", "the", "not", "any"} or after == "me"):
        return False
    if word == "pardon" and before in {"beg", "your"}:
        return True
    names_whom_or_what = after in {"us", "me", "our", "my", "the", "this", "any", "ourselves"}
    return names_whom_or_what and before not in {"to", "not", "will", "would"}


def _received(after: Words) -> bool:
    """Whether a report follows: "apologies **were received**", "have been sent"; not "are due", "was owed"."""
    if not _DUE.isdisjoint(after):
        return False
    reports = after[:1] in (("was",), ("were",), ("had",)) or after[:2] in (("have", "been"), ("has", "been"))
    return reports or (after[:1] in (("are",), ("is",)) and any(w in APOLOGIES_TOLD_OF for w in after))


def is_performed(words: Words, start: int, at: int) -> bool:
    """Whether the noun at ``at`` is handed over ("please accept our apologies"), not talked about ("their apologies").

    Args:
        words: the sentence.
        start: where the clause of the device begins.
        at: the noun.
    """
    if words[at] in APOLOGY_PLURAL or words[at] == "apols":
        return not (_received(words[at + 1 : at + 4]) or any(w in APOLOGIES_TOLD_OF for w in words[start:at]))
    left = words[max(0, at - 8) : at]
    heads_clause = at <= 1 and not _received(words[at + 1 : at + 4])
    has_complement = at + 2 < len(words) and words[at + 1] in {"is", "from", "for"} and "your" not in left
    return heads_clause or has_complement or any(w in PERFORMING for w in left)
