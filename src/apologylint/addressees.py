"""Whom an apology speaks to: recipients ("sorry to everyone") and forms of address ("sorry, Kim", "sorry mate")."""

from __future__ import annotations

from apologylint.closed_classes import (
    ADDRESS,
    COMPLEMENT_OPENERS,
    FAMILIAR,
    NO_NAMES,
    PREPOSITIONS,
    RECIPIENT_GOES_ON,
    STOPS,
    SUBJECTS,
    TITLES,
    Words,
)
from apologylint.lexicon import Lexicon

_GROUP_OPENERS = frozenset("all any some those anyone anybody our the".split())
_GROUP_ENDS = STOPS | frozenset(", for about if but".split())
# Groups of one word: "sorry to all". Any other opener needs its noun.
_WHOLE_GROUPS = frozenset("all anyone anybody".split())
# With these the recipient of a definite group is named, and what befell them follows: "to all guests **who** waited".
_RELATIVES = frozenset("who whose whom".split())
_PRONOUNS = frozenset("you him her them everyone everybody your u".split())
_AFTER_ADDRESS = PREPOSITIONS | frozenset(", . ! - \u2014 : ) that if but to".split())


def recipient_at(words: Words, raw: Words, at: int, lexicon: Lexicon) -> tuple[int, str]:
    """Tokens of the recipient at ``at``, after "to", and its kind, customer or generic; 0 if it is none."""
    if words[at : at + 2] in (("the", "extent"), ("the", "degree")):
        return 0, "customer"
    group = lexicon.match("generic-recipient", words, at)
    if group or words[at] in _GROUP_OPENERS:
        kind = "generic" if group or words[at] == "any" else "customer"
        return _group_length(words, at, group, kind == "customer"), kind
    if words[at] in _PRONOUNS:
        return _pronoun_length(words, at), "customer"
    if raw[at][:1].isupper() and raw[at].isalpha() and len(raw[at]) > 1:
        return _name_length(raw, at), "customer"
    return 0, "customer"


def _group_length(words: Words, at: int, group: int, definite: bool) -> int:
    """Tokens of a group: "anyone who was affected", and of a definite one without its relative clause: "all guests".

    0 for a lone "our" or "the".
    """
    first = end = at + max(group, 1)
    ends = _GROUP_ENDS | _RELATIVES if definite else _GROUP_ENDS
    while end < len(words) and words[end] not in ends:
        end += 1
    return end - at if end > first or words[at] in _WHOLE_GROUPS else 0


def _pronoun_length(words: Words, at: int) -> int:
    """Tokens of "you and your family", "everyone on board"."""
    end = at + (2 if words[at] == "your" else 1)
    while end < len(words) and words[end] in RECIPIENT_GOES_ON:
        if words[end] == "on":
            if words[end + 1 : end + 2] not in (("flight",), ("board",)):
                break
            # "On board", "on flight 12".
            end += 2 if words[end + 2 : end + 3] and words[end + 2].isdigit() else 1
        end += 1
    return end - at


def _name_length(raw: Words, at: int) -> int:
    end = at + 1
    while end < len(raw) and raw[end][:1].isupper() and raw[end].isalpha():
        end += 1
    return end - at


def may_address(word: str, written: str) -> bool:
    """Whether a form of address may begin with this token: a comma, "mate", or a capital that opens no complement."""
    return (
        word in {",", "my"}
        or word[0] == "@"
        or word in FAMILIAR
        or (written[:1].isupper() and word not in SUBJECTS and word not in COMPLEMENT_OPENERS)
    )


def address_length(words: Words, raw: Words, at: int) -> int:
    """Tokens of a name or form of address at ``at`` (commas included); 0 if what follows is not one."""
    begin = at
    comma = words[begin] == ","
    if comma:
        begin += 1
    end = begin
    if end < len(words) and words[end][0] == "@":
        # A handle, which the tokenizer leaves whole; "@" alone has the name after it.
        end = min(len(words), end + (2 if words[end] == "@" else 1))
    if words[end : end + 1] == ("my",) and words[end + 1 : end + 2] and words[end + 1] in ADDRESS:
        # "My friend".
        end += 1
    while end < len(words) and end - begin < 4 and _may_be_name(words[end], raw[end], end - begin, words[end - 1]):
        end += 1
    if end == begin:
        return 0
    after = words[end] if end < len(words) else "."
    if after in _AFTER_ADDRESS:
        return end - at + (1 if after == "," else 0)
    if after in SUBJECTS:
        return end - at
    # "sorry hun the van broke down": a form of address needs no comma.
    return end - at if end - begin == 1 and words[begin] in ADDRESS else 0


def _may_be_name(word: str, written: str, place: int, previous: str) -> bool:
    """A form of address, a title as the first word (with its full stop), or a capitalised word that opens no clause."""
    capitalised = written[:1].isupper() and written[1:].islower()
    return (
        word in FAMILIAR
        or (word in TITLES and place == 0)
        or (word == "." and previous in TITLES)
        or (capitalised and word not in SUBJECTS and word not in NO_NAMES)
    )
