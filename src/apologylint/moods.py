"""Left of the device: where its clause begins, who performs it, and how it is meant."""

from __future__ import annotations

from apologylint.closed_classes import (
    BEFORE_DEVICE,
    CLAUSE_MARKS,
    CUSTOMER,
    DENYING,
    LINKING,
    ORDERING,
    OTHER_PARTIES,
    SPEECH,
    THIRD,
    WRITER,
    WRITER_SUBJECT,
    Words,
)
from apologylint.later import later_regex

_WITHIN_CLAUSE = BEFORE_DEVICE | WRITER | ORDERING | SPEECH
_PAST_APOLOGISE = frozenset(["apologised", "apologized"])
_APOLOGISES = frozenset(["apologises", "apologizes"])
# "My lead says I gotta", "the boss reckons we should", "told by head office to", "as instructed by".
_TOLD = later_regex(
    r"\b(?:boss|manager|lead|supervisor|office|team|head|missus|legal|management|director|she|he|they|department|union"
    r"|court|ombudsman|tribunal)\b"
    r" (?:says?|said|reckons?|thinks?|insists?|tells? me|told me|wants?|asked|feels?) (?:that )?(?:i|we|me|us)\b"
    r" (?:\w+ ){0,2}?(?:should|need|have|must|got|gotta|ought|owe|to)(?: to)?(?: you an?)?$"
    r"|\b(?:told|asked|instructed|ordered|advised|directed|requested) by\b.{0,40}\bto$"
    r"|\binstructions? to$"
    r"|(?<!\bi )(?<!\bwe )(?<!\byou )\b(?:says?|said|reckons?|insists?) (?:that )?(?:i|we)"
    r" (?:must|should|am to|are to|had better|have to|has to|need to|ought to|have got to|gotta)\b"
    r"(?: [\w' ]{0,30}\band)?$"
    r"|\b(?:i|we) (?:am|are|was|were|have been) told (?:that )?(?:i|we) (?:owe|must|should|have to)\b"
    r"(?: you)?(?: an?)?$"
    r"|\b(?:prevailed upon|persuaded|made) to$"
    r"|\bto say (?:that )?(?:i|we) must$"
    r"|^(?:i|we) (?:am|are) to (?:say that (?:\w+ ){1,4})?$"
    r"|(?<!\byou )(?<!\byou have )\b(?:asked|told|directed|instructed|ordered|requires|required|obliged) "
    r"(?:me|us|this \w+|the (?:company|association|council|trust|board|firm|school|university|society)) to$"
)
_AS_TOLD = later_regex(r"\bas (?:instructed|directed|ordered) by\b|\bat the (?:request|insistence|behest) of\b")
# What may stand between the order and the device: "told to **convey the board's** apologies".
_CONVEYING = later_regex(
    r"\b(?:(?:convey|relay|tender|offer|extend|express|send|give|make|say)|pass (?:on|along)|tell you)"
    r"(?: that)?(?: [\w']+){0,4}$"
)
# "The supplier passes on its", "has conveyed her", "I am passing along the": a messenger's words.
_RELAYED = later_regex(
    r"\b(?:(?:passes|passed|passing) (?:on|along)|(?:convey|relay)(?:s|ed|ing)|(?:has|have|had) expressed)"
    r"(?: (?!our\b|my\b)[\w']+){0,3}$"
)
_AS_ORDERED = (" me to", " us to", " to", " that i", " that we")
_HEDGES = (" guess ", " suppose ", " kind of ", " sort of ", " kinda ", " sorta ", " worth ", " guess, ")
_TRAILING_HEDGES = (
    ", i guess", "i guess", ", i suppose", "or whatever", ", okay ?", ", ok ?", ", alright ?", "or something",
    ", if you like",
)  # fmt: skip


def read_left(words: Words, at: int, device: str) -> tuple[int, str, str]:
    """Start of the clause of the device at ``at``, its performer and its mood."""
    lo = _clause_start(words, at)
    if device == "sorry" and at >= 2 and words[at - 1] in LINKING and words[at - 2] == "you":
        return lo, "customer", "asserted"
    left = words[lo:at]
    performer = _performer(words, lo, at, device)
    if words[at - 1 : at] == ("how",) and words[at + 1 : at + 2] and words[at + 1] in THIRD:
        # "She told me how sorry she is."
        performer = "third-party"
    # "ah no, sorry": what stands before a comma does not negate the device.
    comma = max((k for k, w in enumerate(left) if w == ","), default=-1)
    mood = _mood(words, lo, at, left[comma + 1 :], device, performer)
    if mood == "customer":
        performer, mood = "customer", "asserted"
    if mood == "forced" and not WRITER.isdisjoint(words[:at]):
        # "I was told to convey their apologies": whosever they are, the writer hands them over.
        performer = "writer"
    lo += comma + 1
    while lo < at and not words[lo][0].isalnum():
        lo += 1
    return lo, performer, mood


def _clause_start(words: Words, at: int) -> int:
    lo = at
    while lo > 0 and words[lo - 1] in _WITHIN_CLAUSE:
        lo -= 1
        if words[lo] in WRITER_SUBJECT and words[lo - 1 : lo] != ("asked",):
            break
    return lo


def _performer(words: Words, lo: int, at: int, device: str) -> str:
    """Writer, customer or third-party; a device without a subject is the writer's."""
    left = words[lo:at]
    before = words[lo - 1] if lo and "," not in left else ""
    if any(w in WRITER_SUBJECT for w in left):
        return "writer"
    if before in THIRD or any(w in {"his", "her", "their"} for w in left):
        return "third-party"
    if before in CUSTOMER and device in {"sorry", "apologise"}:
        return "customer"
    after_verb = left[:1] and (left[0] in LINKING or left[0] in {"sends", "wants"})
    has_verb = after_verb and device in {"sorry", "apologise", "apology"}
    is_verb = words[at] in _APOLOGISES
    if before and (has_verb or is_verb):
        return _noun_performer(words, lo)
    return "writer"


def _noun_performer(words: Words, lo: int) -> str:
    """By the noun before the clause: "our courier apologises" is third-party, "our team apologises" the writer."""
    for word in reversed(words[max(0, lo - 3) : lo]):
        if word in CLAUSE_MARKS:
            break
        if word in OTHER_PARTIES:
            return "third-party"
    return "writer"


def _mood(words: Words, lo: int, at: int, near: Words, device: str, performer: str) -> str:
    """How the device is meant, from what stands left of it; ``near`` is what stands between the last comma and it.

    "customer" if it is the customer who is said to apologise, or not to need to.
    """
    left = words[lo:at]
    wide = words[max(0, at - 12) : at]
    text = " ".join(wide) + " "
    before = words[lo - 1] if lo else ""
    exclaimed = device == "sorry" and near[:1] == ("no",) and near[1:2] != ("need",)
    denied = any(w in DENYING for w in near[-8:]) and not exclaimed
    if denied or before in {"refuse", "without"} or ("reason to" in text and "no" in wide):
        return _negated(text, left, words[at + 1 : at + 7], device)
    if _ordered(text.rstrip()):
        return "forced"
    if device == "regret" and _detached(text, words, at):
        return "detached"
    if device in {"sorry", "apologise", "apology"} and _already(text, words, at, device):
        return "already"
    if _relayed(text.rstrip(), words, at):
        return "reported"
    told_of = performer == "third-party" and any(w in SPEECH for w in wide)
    in_the_past = device == "apologise" and words[at] in _PAST_APOLOGISE and "have" not in left
    return "reported" if told_of or in_the_past else "asserted"


def _negated(text: str, left: Words, after: Words, device: str) -> str:
    """What a "not" left of the device makes of it; often it does not deny ("cannot apologise enough")."""
    strengthens = any(p in text for p in ("more sorry", "be more ", "not only", "not just"))
    if strengthens or "enough" in after or "sorrier" in after:
        return "asserted"
    if any(p in text for p in ("no need", "do not need", "not have to", "no reason")):
        # "No need to apologise" speaks to the customer, "we see no need to" of ourselves.
        ours = "we " in text.split("no ", maxsplit=1)[0][-6:] and "you" not in text
        return "negated" if ours else "customer"
    if device == "apology" and (
        "no apology" in text + "apology" and any(w in {"needed", "necessary", "required", "needed."} for w in after)
    ):
        return "customer"
    if device == "apology" and after[:1] and after[0] in {"will", "can", "could", "would", "makes"}:
        # "No apology will bring it back" performs nothing and refuses nothing.
        return "reported"
    order = tuple(w for w in left if w not in {"please", ",", "and", "so"})
    if order[:1] == ("do",) and not any(w in WRITER_SUBJECT for w in left):
        return "customer"
    if "without" in after and device == "apologise":
        return "asserted"
    return "reported" if device == "regret" else "negated"


def _ordered(text: str) -> bool:
    """Whether somebody told the writer to: "my boss told me to", "I was asked to", "am instructed to convey the"."""
    if _AS_TOLD.search(text) or _TOLD.search(text):
        return True
    text = _CONVEYING.sub("", text).rstrip()
    if _TOLD.search(text):
        return True
    # Few have any of the links, and then it is to be seen whether a verb stands before it.
    links = [link for link in _AS_ORDERED if link in text]
    return any(_ends_in_order(text, verb, link) for link in links for verb in ORDERING)


def _relayed(text: str, words: Words, at: int) -> bool:
    """Whether a messenger hands over what somebody else is sorry for: "passes on its", "passing on the regrets of"."""
    found = _RELAYED.search(text)
    if found is None:
        return False
    by_writer = not WRITER_SUBJECT.isdisjoint(text[: found.start()].split()[-4:])
    others = words[at - 1] in {"his", "her", "their", "its"} or words[at + 1 : at + 2] == ("of",)
    return others or not by_writer


def _ends_in_order(text: str, verb: str, link: str) -> bool:
    """Whether ``text`` ends in "told me to"; not "I want to", the writer's will, nor "I told you that I"."""
    at = text.rfind(verb + link)
    if at < 0 or len(text) - at >= len(verb) + len(link) + 12:
        return False
    if link == " to":
        return verb not in {"want", "wanted"}
    if text[:at].endswith(("you ", "you have ")):
        # What the customer asked for is no order.
        return False
    said_by_writer = text[:at].rstrip().endswith(("i have", "we have", " i", " we"))
    return not (verb in {"asked", "told"} and said_by_writer)


def _detached(text: str, words: Words, at: int) -> bool:
    """Regret that nobody feels: "it is a matter of regret", "is to be regretted", "regret has been expressed"."""
    return (
        "matter of" in text
        or "matter for" in text
        or "to be " in text[-8:]
        or " cause of" in text
        or " cause for" in text
        or words[at : at + 3] == ("regret", "has", "been")
        or words[at : at + 2] == ("regret", "is")
    )


def _already(text: str, words: Words, at: int, device: str) -> bool:
    """An apology pointed back to: "I have already apologised", "as I said, I'm sorry", "how many times must I"."""
    if words[at] in _PAST_APOLOGISE and ("already" in text or "have " in text[-20:]):
        return not WRITER_SUBJECT.isdisjoint(text.split())
    if any(p in text for p in ("as i said", "as we said", "like i said", "already said", "how many times")):
        return True
    return device == "sorry" and (
        any(p in text for p in ("i said i was", "i said i am", "besides"))
        or text.endswith(("i have said ", "we have said "))
    )


def is_hedged(words: Words, start: int, at: int) -> bool:
    """Whether the writer half takes it back: "I guess I'm sorry", "sort of sorry", "sorry, I suppose"."""
    left = " ".join(words[max(0, start - 4) : at])
    right = " ".join(words[at + 1 : at + 6])
    return any(hedge in f" {left} " for hedge in _HEDGES) or right.startswith(_TRAILING_HEDGES)


def is_mocked(words: Words, at: int) -> bool:
    """Whether the writer jeers: "sorry, not sorry"."""
    after = tuple(w for w in words[at + 1 : at + 5] if w not in {",", "-", "\u2014", "but", "."})
    return after[:2] == ("not", "sorry")
