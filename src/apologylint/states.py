"""What the customer is said to feel, think or find: "you are upset", "you found it rude", "you had cause to write"."""

from __future__ import annotations

from apologylint.closed_classes import ACTED_ON, CAUSED, FEEL, OTHER_PARTIES, STRONG_FEELINGS, Words
from apologylint.impressions import judges
from apologylint.lexicon import Lexicon
from apologylint.persons import person_in

State = tuple[str, int]

# "We made you feel", "our delay left you feeling": the state is our doing.
_OURS = frozenset("we i us our my".split())
# "The wait that made you feel so": what did it is itself apologised for.
_RELATIVES = frozenset("that which".split())
_CAUSING = frozenset("made make making left leave leaving leaves makes kept got gave given giving".split())
_BETWEEN_SUBJECT_AND_VERB = frozenset(
    "have had has do did also now still clearly really may might ever would could only both always just should so "
    "obviously been will evidently sometimes".split()
)
_HAVING_FELT = frozenset("feel felt had have".split())
_TO_HEART = frozenset("personally heart amiss badly offence offense umbrage exception".split())
_MENTAL_GERUNDS = frozenset("believing thinking feeling assuming".split())
_OPINION_VERBS = frozenset(
    "like enjoy love agree appreciate trust want care prefer rate approve feel think find".split()
)
# Verbs that join the customer to a state: "you are", "you got", "you walked away", "you seemed".
_COPULAS = frozenset(
    "are were was be is been got get became become remain being 're leave left came go went walked sound seem "
    "seemed sounded am not".split()
)
# What may stand between such a verb and the state.
_DEGREES = frozenset(
    "so very not left a as bit longer no feeling that still quite this too away really less than been made to feel "
    "rather somewhat all at currently being getting obviously clearly even more".split()
)
# States of mind that only a "not" turns into a complaint: "you are not keen", "no fan".
_PLEASED = frozenset("loving liking enjoying fan taken convinced keen comfortable sold won persuaded".split())
# "You found it in the bath": come upon, not judged.
_PLACED = (("in",), ("on",), ("under",), ("at",), ("behind",), ("inside",), ("by",), ("there",))
_MERITS = frozenset("point value need benefit difference reason sense".split())
_TAKEN = frozenset("it this that my our offence offense".split())
# Verbs of thinking that as often report a fact: "you expected a call", "you saw a charge".
_FACTUAL = frozenset("see saw seen expect expected mistake rate supposed expecting viewed view".split())


def state_of_customer(phrase: Words, lexicon: Lexicon) -> State | None:
    """Kind and length of a state of the customer, or of somebody of theirs; ``None`` if the phrase names none."""
    person, verb = person_in(phrase)
    if person < 0:
        return None
    caused = _owned(phrase[:person])
    while verb < len(phrase) and verb - person < 5 and _before_verb(phrase, verb):
        found = _before_the_verb_itself(phrase, verb, lexicon)
        if found:
            return found
        verb += 1
    need = lexicon.match("need-felt", phrase, verb)
    if need:
        return "complaint", verb + need
    if verb >= len(phrase):
        return None
    if not caused and phrase[person - 1] in _CAUSING:
        return _left_in_it(phrase, verb, lexicon)
    return (
        _chose(phrase, verb, lexicon)
        or _came_away(phrase, verb, lexicon)
        or _misjudged(phrase, verb)
        or _did_not_like(phrase, person, verb)
        or _mental_gerund(phrase, verb, caused)
        or _verb_of_state(phrase, person, verb, caused, lexicon)
    )


def _left_in_it(phrase: Words, verb: int, lexicon: Lexicon) -> State | None:
    """As something else's doing: "this has left you **feeling**", "with the **impression**", "given **cause** to"."""
    if phrase[verb] in FEEL:
        return "feeling", verb + 1
    emotion = lexicon.match("emotion", phrase, verb)
    if emotion and phrase[verb] not in ACTED_ON:
        return "feeling", verb + emotion
    need = lexicon.match("cause-given", phrase, verb)
    if need:
        return "complaint", verb + need
    impression = lexicon.match("impression", phrase, verb + 1) if phrase[verb] == "with" else 0
    return ("perception", verb + 1 + impression) if impression else None


def _owned(before: Words) -> bool:
    """Whether what put the customer into a state is owned: "**we made** you feel", "the wait that made you feel"."""
    if _CAUSING.isdisjoint(before[-2:]):
        return False
    by_us = before[0] in {"making", "leaving"} or not (_OURS | OTHER_PARTIES).isdisjoint(before)
    return by_us or not _RELATIVES.isdisjoint(before[-3:])


def _before_verb(phrase: Words, at: int) -> bool:
    """An auxiliary or adverb; "have to" and "had to" are verbs."""
    has_to = phrase[at] in {"had", "have"} and phrase[at + 1 : at + 2] == ("to",)
    return phrase[at] in _BETWEEN_SUBJECT_AND_VERB and not has_to


def _before_the_verb_itself(phrase: Words, at: int, lexicon: Lexicon) -> State | None:
    """A construction whose first word is an auxiliary: "you **had cause to** write", "you **have the impression**"."""
    need = lexicon.match("need-felt", phrase, at)
    if need:
        return "complaint", at + need
    if phrase[at] in {"had", "have"}:
        impression = lexicon.match("impression", phrase, at + 1)
        if impression:
            return "perception", at + 1 + impression
    return None


def _chose(phrase: Words, verb: int, lexicon: Lexicon) -> State | None:
    """As a choice: "you **chose** to leave a bad review", "you **decided** to go elsewhere"."""
    if not lexicon.match("choose", phrase, verb):
        return None
    rest = phrase[verb + 1 : verb + 8]
    complains = any(lexicon.match("complain", rest, k) for k in range(len(rest)))
    return ("complaint" if complains else "perception"), verb + 1


def _came_away(phrase: Words, verb: int, lexicon: Lexicon) -> State | None:
    """As what was carried home: "you **came away with the impression**", "you **left** our shop **disappointed**"."""
    have_come = phrase[verb] == "come" and phrase[verb - 1] == "have"
    if not have_come and phrase[verb] not in {"came", "come", "walked", "left", "went"}:
        return None
    rest = phrase[verb + 1 : verb + 8]
    if "impression" in rest:
        return "perception", min(len(phrase), verb + 2 + rest.index("impression"))
    for k, word in enumerate(rest):
        if lexicon.match("emotion", rest, k) and word not in ACTED_ON:
            return "feeling", verb + 2 + k
    return None


def _misjudged(phrase: Words, verb: int) -> State | None:
    """As a mistake of the customer's: "you took it personally", "hold us responsible", "could not understand"."""
    size = len(phrase)
    word = phrase[verb]
    following = phrase[verb + 1 : verb + 3]
    if word in {"take", "took", "taken"} and any(w in _TO_HEART for w in phrase[verb + 1 : verb + 7]):
        return "perception", min(size, verb + 2)
    if word in {"had", "have"} and following == ("to", "feel"):
        return "feeling", verb + 3
    if word in {"hold", "held", "blame", "blamed", "think", "consider"} and "responsible" in phrase[verb : verb + 4]:
        return "perception", verb + 1
    if word in {"get", "got", "had", "have", "gained", "grasped", "picked"} and _wrong_idea(phrase, verb):
        return "perception", min(size, verb + 3)
    if _missed_the_point(phrase, verb):
        return "perception", min(size, verb + 3)
    if phrase[verb : verb + 2] == ("gone", "off") or phrase[verb : verb + 3] == ("went", "off", "the"):
        return "perception", verb + 2
    return None


def _missed_the_point(phrase: Words, verb: int) -> bool:
    """As in "you could **not understand** it", "do **not see the value**"; not "could not see the stage"."""
    denied = verb + 1 if phrase[verb] == "can" else verb
    if phrase[denied : denied + 1] != ("not",) or phrase[denied - 1] not in {"could", "can", "do", "did"}:
        return False
    following = phrase[denied + 1 : denied + 4]
    sees = following[:1] in (("see",), ("follow",), ("grasp",))
    clause = following[1:2] in (("why",), ("what",), ("how",), ("that",))
    return following[:1] == ("understand",) or (sees and (clause or not _MERITS.isdisjoint(following[1:])))


def _wrong_idea(phrase: Words, verb: int) -> bool:
    """After "you got": "the impression", "the wrong idea", "the wrong end of the stick"."""
    return any(w in {"impression", "wrong"} for w in phrase[verb + 1 : verb + 3]) and (
        "impression" in phrase[verb + 1 : verb + 4]
        or "end" in phrase[verb + 1 : verb + 5]
        or "idea" in phrase[verb + 1 : verb + 5]
    )


def _did_not_like(phrase: Words, person: int, verb: int) -> State | None:
    """A denied opinion: "you **did not like** our answer", "do not fully agree"."""
    at = verb
    while at < len(phrase) and phrase[at] in {"not", "do", "did", "really", "quite", "fully"}:
        at += 1
    sought = phrase[at : at + 1] == ("find",) and (at + 1 == len(phrase) or "could" in phrase[person:at])
    if "not" in phrase[person:at] and at < len(phrase) and phrase[at] in _OPINION_VERBS and not sought:
        return "perception", at + 1
    return None


def _mental_gerund(phrase: Words, verb: int, caused: bool) -> State | None:
    """Further on in the clause: "you went home **thinking** that"; not where we made it so."""
    if caused:
        return None
    for at in range(verb, min(len(phrase), verb + 9)):
        if phrase[at] in _MENTAL_GERUNDS and phrase[at - 1] != "been":
            return ("feeling" if phrase[at] == "feeling" else "perception"), at + 1
    return None


def _verb_of_state(phrase: Words, person: int, verb: int, caused: bool, lexicon: Lexicon) -> State | None:
    """By the verb: you feel, you are ..., you found ..., you took it ..., you think, you see it as ..."""
    word = phrase[verb]
    if word in FEEL:
        return ("event" if caused else "feeling"), verb + 1
    if word in _COPULAS:
        return _after_copula(phrase, person, verb, caused, lexicon)
    if word in {"found", "find", "finding"}:
        return _after_found(phrase, verb, lexicon)
    size = len(phrase)
    following = phrase[verb + 1] if verb + 1 < size else ""
    if word in {"took", "take", "taken"} and following in _TAKEN:
        return "perception", min(size, verb + 4)
    thinks = lexicon.match("think", phrase, verb)
    if thinks and word not in _FACTUAL:
        return "perception", verb + thinks
    if word in {"see", "saw", "view", "viewed", "experienced"} and (
        following in {"it", "us", "this", "things"} or "as" in phrase[verb + 1 : verb + 6]
    ):
        return "perception", verb + 2
    impression = lexicon.match("impression", phrase, verb + 1)
    if impression and word in {"got", "get", "have", "had", "formed", "gained"}:
        return "perception", verb + 1 + impression
    return None


def _after_copula(phrase: Words, person: int, verb: int, caused: bool, lexicon: Lexicon) -> State | None:
    """State after "you are", "you were left": an emotion, a thought, or a lack of pleasure ("not keen")."""
    size = len(phrase)
    at = verb + 1
    while at < size and phrase[at] in _DEGREES and at - verb < 6:
        if phrase[at] in {"feeling", "feel", "feelin"}:
            return ("event" if caused else "feeling"), at + 1
        if lexicon.match("emotion", phrase, at) > 1:
            # "less than happy": the entry begins with a word of degree.
            break
        at += 1
    length = lexicon.match("emotion", phrase, at)
    if length and not caused and (phrase[at] not in ACTED_ON or _put_out(phrase, at)):
        by_us = phrase[at + length : at + length + 2] in (("by", "us"), ("by", "our"))
        return ("event" if by_us else "feeling"), at + length
    if lexicon.match("think", phrase, at) and phrase[at].endswith("ing") and phrase[at] != "expecting":
        return "perception", at + 1
    if at == size:
        return None
    denied = any(w in {"not", "no", "less", "never"} for w in phrase[person:at])
    if phrase[at] == "finding" or (phrase[at] in _PLEASED and denied):
        return "perception", at + 1
    of_the_impression = phrase[at] in {"of", "with"} and lexicon.match("impression", phrase, at + 1)
    if of_the_impression or phrase[at : at + 2] == ("under", "the"):
        return "perception", min(size, at + 3)
    return None


def _put_out(phrase: Words, at: int) -> bool:
    """Whether "put out" or "put off" is a feeling: at the end or before "by"; not "put off until May"."""
    said = phrase[at : at + 2] in (("put", "out"), ("put", "off"))
    return said and phrase[at + 2 : at + 3] in ((), ("by",), ("with",), ("that",), ("when",), ("and",))


def _after_found(phrase: Words, verb: int, lexicon: Lexicon) -> State | None:
    """A judgement: "you **found the staff rude**", "found the wait **too** long"; not "you found a scratch"."""
    size = len(phrase)
    tail = phrase[verb + 1 :]
    if any(lexicon.match("evaluative", phrase, k) for k in range(verb + 1, min(size, verb + 9))):
        return "perception", min(size, verb + 4)
    if tail[:1] in (("it",), ("us",), ("our",)) and tail[1:2] not in _PLACED:
        return "perception", verb + 2
    if any(map(judges, tail[-3:])) or "too" in tail or ("to" in tail and "be" in tail):
        return "perception", min(size, verb + 4)
    return None


def feeling_noun(phrase: Words, at: int, owner: str, lexicon: Lexicon) -> State | None:
    """A feeling as a noun after its owner at ``at``: "your frustration"; not "the frustration we caused"."""
    for noun in range(at + 1, min(at + 4, len(phrase))):
        length = lexicon.match("emotion-noun", phrase, noun)
        if length:
            rest = phrase[noun + length :]
            # "The anger our leaflet stirred up" is our doing.
            named_cause = rest[:1] == ("our",) or "this" in rest or any(w in CAUSED for w in rest)
            owned_by_us = named_cause or "caused" in phrase or "we" in phrase[:noun]
            of_somebody = "'s" in phrase[at:noun] and _OURS.isdisjoint(phrase[:noun])
            felt_by_them = rest[:1] in (("you",), ("your",)) and not _HAVING_FELT.isdisjoint(rest[1:5])
            is_theirs = owner == "your" or phrase[noun] in STRONG_FEELINGS or of_somebody or felt_by_them
            return ("feeling", noun + length) if is_theirs and not owned_by_us else None
        if not phrase[noun].isalpha() and phrase[noun] != "'s":
            return None
    return None
