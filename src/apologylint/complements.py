"""What an apology is for: where its complement begins and where it ends (guideline A.2)."""

from __future__ import annotations

from itertools import takewhile

from apologylint.addressees import address_length, may_address, recipient_at
from apologylint.closed_classes import (
    ADVERBS_IN_PHRASE,
    AND_CLAUSE,
    AND_NOUN_OR_CLAUSE,
    AS_COMPARED,
    AS_SUBJECTS,
    ASKED_OF,
    CAUSE,
    CIRCUMSTANTIAL,
    COMPLEMENT_OPENERS,
    CONTRAST,
    DASHES,
    FAILINGS,
    FINITE_VERBS,
    INNER_MARKS,
    INVERTED,
    NEW_CLAUSE,
    QUESTION_WORDS,
    SORRY,
    STOPS,
    TIMES_SINCE,
    TRAILING_ADVERBS,
    Words,
)
from apologylint.lexicon import Lexicon

_BEHALF_ENDS = frozenset("for about that , . !".split())
_BEFORE_CONNECTOR = frozenset(", - \u2014 \u2013 ; and . ...".split())
_CONTRAST_PHRASES = (("even", "though"), ("that", "said"), ("mind", "you"), ("then", "again"))
_IF_SUBJECTS = frozenset("you we i there this it anything that any".split())
_PARENTHESIS_ENDS = frozenset(", . ! ;".split())


def complement_start(words: Words, raw: Words, at: int, lexicon: Lexicon) -> tuple[int, str]:
    """Token index where the complement begins, and the recipient's kind.

    Adverbs, forms of address and the recipient are passed over: "sorry, Kim, once again to you all **for**".
    """
    recipient = "customer"
    size = len(words)
    while at < size:
        word = words[at]
        if _how_sorry_we_are(words, at):
            at += 2
        elif _trailing_adverb(words, at):
            at += 1
        elif word in SORRY:
            # "Sorry, sorry, sorry for": one apology.
            at += 1
        elif word == "in" and words[at + 1 : at + 2] == ("advance",):
            at += 2
        elif word == "to" and at + 1 < size:
            skipped, kind = recipient_at(words, raw, at + 1, lexicon)
            if not skipped:
                break
            at, recipient = at + 1 + skipped, kind
        elif may_address(word, raw[at]):
            skipped = address_length(words, raw, at)
            if not skipped:
                break
            at += skipped
            if words[at - 1] == "," and not (at < size and words[at] in COMPLEMENT_OPENERS):
                # After "Sorry Kim," a new clause begins: it is joined on, it is not what the apology is for.
                return at - 1, recipient
        elif word == "on" and words[at + 1 : at + 3] == ("behalf", "of"):
            while at < size and words[at] not in _BEHALF_ENDS:
                at += 1
        else:
            break
    return at, recipient


def _how_sorry_we_are(words: Words, at: int) -> bool:
    """The subject after its device: "I cannot say how sorry **we are** for"."""
    return (
        words[at - 2 : at - 1] == ("how",)
        and words[at] in {"we", "i"}
        and at + 1 < len(words)
        and words[at + 1] in {"am", "are", "were", "was"}
    )


def _trailing_adverb(words: Words, at: int) -> bool:
    """An adverb after its device: "we apologise **sincerely** for"; not the "all" of "sorry all the plates broke"."""
    opens_a_noun = words[at] in ADVERBS_IN_PHRASE and at + 1 < len(words) and words[at - 1] not in TRAILING_ADVERBS
    return words[at] in TRAILING_ADVERBS and not opens_a_noun


def clause_end(words: Words, at: int, lexicon: Lexicon) -> tuple[int, str]:
    """Token index where the complement ends, and the connector found there: none, contrast, cause, comma or stop."""
    if _circumstance(words, at, lexicon):
        return at, "comma"
    end, connector = _first_end(words, at)
    if connector in {"comma", "stop"}:
        # ", but" and "- however" are contrasts; the mark before them says nothing.
        after = end
        while after < len(words) and words[after] in _BEFORE_CONNECTOR:
            after += 1
        following = words[after : after + 2]
        if following and (following[0] in CONTRAST or following in _CONTRAST_PHRASES):
            connector = "contrast"
        elif following and following[0] in CAUSE:
            connector = "cause"
    return end, connector


def _circumstance(words: Words, at: int, lexicon: Lexicon) -> bool:
    """A circumstance without a comma: "sorry **we have been busy**" names no failure; "sorry we were slow" does."""
    if words[at : at + 1] not in (("we",), ("i",)):
        return False
    clause = takewhile(lambda k: words[k] in CIRCUMSTANTIAL, range(at + 1, len(words)))
    state = max(clause, default=at) + 1
    is_state = at + 1 < state < len(words) and words[state] not in FAILINGS
    return is_state and bool(lexicon.match("busy", words, state))


def _first_end(words: Words, begin: int) -> tuple[int, str]:
    at = begin
    while at < len(words):
        if words[at] == ",":
            resumed = _past_comma(words, begin, at)
            if not resumed:
                return at, "comma"
            at = resumed
            continue
        if _stops(words, begin, at):
            return at, "stop"
        if _contrasts(words, at):
            return at, "contrast"
        if _gives_cause(words, begin, at):
            return at, "cause"
        if (at > begin and _opens_clause(words, at)) or _asks(words, begin, at):
            return at, "comma"
        at += 1
    return len(words), "none"


def _past_comma(words: Words, begin: int, at: int) -> int:
    """Index where the complement goes on after the comma at ``at``; 0 if the comma ends it."""
    if words[at + 1 : at + 3] == ("if", "any"):
        return at + 3
    if at == begin:
        return 0
    following = words[at + 1 : at + 3]
    if len(following) == 2 and following[0] in {"and", "or", "nor"} and following[1] not in AND_CLAUSE:
        # "the delay, the noise, and the mess"
        return at + 1
    if at - begin == 1 and words[begin] in {"that", "for"}:
        return _past_parenthesis(words, at)
    return 0


def _past_parenthesis(words: Words, at: int) -> int:
    """A parenthesis right after the first word: "sorry that, **for whatever reason,** we"."""
    end = at + 1
    while end < len(words) and words[end] not in _PARENTHESIS_ENDS:
        end += 1
    return end + 1


def _stops(words: Words, begin: int, at: int) -> bool:
    """A full stop, an emoji, a dash that is no hyphen, or "or whatever"."""
    word = words[at]
    if word in STOPS or not (word[:1].isalnum() or word in INNER_MARKS):
        return True
    if word in DASHES:
        return not (begin < at < len(words) - 1 and _is_hyphen(words, at))
    return word == "or" and at + 1 < len(words) and words[at + 1] == "whatever"


def _is_hyphen(words: Words, at: int) -> bool:
    """A hyphen inside a word: the tokenizer splits ``mix-up`` in three."""
    return words[at] == "-" and words[at - 1].isalnum() and words[at + 1].isalnum() and words[at + 1] not in NEW_CLAUSE


def _contrasts(words: Words, at: int) -> bool:
    """Whether a contrast stands here: "but", "however", "even though", "that said"."""
    word = words[at]
    if word in {"though", "tho"} and not (at + 1 < len(words) and words[at + 1][:1].isalnum()):
        # "Sorry about the postage though": at the end of its clause it takes nothing back.
        return False
    return word in CONTRAST or words[at : at + 2] in {("even", "though"), ("that", "said")}


def _gives_cause(words: Words, begin: int, at: int) -> bool:
    """Whether a cause begins: "because", further on "due to", "as we were"; not "since Monday", not "as soon as we"."""
    word = words[at]
    following = words[at + 1] if at + 1 < len(words) else ""
    if word in CAUSE:
        return not (word == "since" and following in TIMES_SINCE)
    if at == begin:
        return False
    if word in {"due", "owing", "thanks"}:
        return following == "to" and words[at - 1] not in {"caused", "you"}
    return word == "as" and following in AS_SUBJECTS and words[at - 1] not in AS_COMPARED


def _opens_clause(words: Words, at: int) -> bool:
    """A new clause without a comma: "sorry for the wait **so we** ...", "**please** ...", "**and thank** you"."""
    word = words[at]
    following = words[at + 1] if at + 1 < len(words) else ""
    if word == "so":
        return following in {"we", "i", "here", "please", "you"}
    if word == "if":
        return following in _IF_SUBJECTS and not _doubting_if(words, at)
    if word == "and" and following in AND_CLAUSE:
        return following not in AND_NOUN_OR_CLAUSE or _has_verb_soon(words, at + 1)
    return word in {"please", "kindly"}


def _asks(words: Words, begin: int, at: int) -> bool:
    """A question without a comma: "sorry **are you** still there", "sorry **what did** you order"."""
    following = words[at + 1] if at + 1 < len(words) else ""
    if words[at] in INVERTED and following in ASKED_OF:
        return at == begin or words[-1] == "?"
    return at == begin and words[at] in QUESTION_WORDS and following in INVERTED


def _doubting_if(words: Words, at: int) -> bool:
    """An "if" that doubts: "sorry for the delay **if that** caused problems"; not "and if that", not "if you need"."""
    inside = words[at - 1] not in {"and", "even", "as"} and words[at + 1] not in {"you", "anything"}
    return inside or _conditional_feeling(words, at)


def _conditional_feeling(words: Words, at: int) -> bool:
    """A conditional about feelings: "if you felt", "if you were upset"."""
    return words[at + 1 : at + 2] == ("you",) and any(
        w in {"feel", "felt", "found", "were", "think", "thought"} for w in words[at + 2 : at + 4]
    )


def _has_verb_soon(words: Words, at: int) -> bool:
    """Whether a finite verb stands in the next six words of the clause."""
    for word in words[at : at + 6]:
        if word in {",", "."}:
            return False
        if word in FINITE_VERBS:
            return True
    return False
