"""What kind of object a complement names (guideline A.2, T2): condition, own act, event, problem, refusal, loss ..."""

from __future__ import annotations

from itertools import pairwise

from apologylint.closed_classes import CAUSED, OFFERING, PREPOSITIONS, STRONG_FEELINGS, SUBJECTS, Words
from apologylint.doubts import doubt_in
from apologylint.impressions import experienced, seemed
from apologylint.lexicon import Lexicon
from apologylint.states import feeling_noun, state_of_customer

Kind = tuple[str, int]

_MESSAGE_WORDS = frozenset(
    "email e-mail message question questions post text thread essay note reply-all mail follow query request spam "
    "rant novel caps typo typos letter list".split()
)
_OWN_MESSAGES = frozenset("email message question post text note reply mail request query".split())
_TIRESOME = frozenset(
    "long extra quick formal night silly many another short rambling stupid all bulk automated double".split()
)
_TIRESOME_MESSAGES = frozenset(
    "email message question questions post text note reply follow mail query rant caps letter list".split()
)
_UNTIDY_MESSAGES = (("the", "caps"), ("the", "typo"), ("any", "typos"))
# What the writer's own message is or does; with another verb ("if your message went unanswered") it is not meant.
_MESSAGE_VERBS = frozenset("is was 's are were sounds seems gets goes runs reads reaches finds".split())
_WORDS_THAT_DOUBT = frozenset("feel felt offended upset caused inconvenienced wrong clear".split())
_LEAVE = frozenset("ok okay alright fine possible convenient".split())
_INFINITIVE_ADVERBS = frozenset("also just now then only hereby be".split())
_ASKING = frozenset("what how when where".split())
_INDEFINITE = frozenset("everything nothing something anything".split())
_PRONOUN_OBJECTS = frozenset("this that it these those everything all".split())
_FEELING_OWNERS = ("your", "you", "the", "his", "her", "their", "this", "all", "such")
_HOW_YOU_FEEL = (
    "how you feel", "how you felt", "the way you feel", "how you are feeling", "how you 're feeling",
)  # fmt: skip
_COMINGS = (("come",), ("join",), ("attend",), ("make",), ("stay",))
_LOST_THINGS = frozenset(
    "it this that service services power data supply signal internet access time money points water heating".split()
)
_OF_THE_DEAD = frozenset("late dear recent sad beloved tragic terrible poor".split())


def classify_object(
    words: Words, raw: Words, begin: int, end: int, device: str, lexicon: Lexicon
) -> tuple[str, str, int]:
    """Kind of object, kind of doubt, and token index after the deciding words, of the complement ``[begin, end)``."""
    complement = words[begin:end]
    if not complement:
        return "nothing", "none", begin
    head = complement[0]
    if _own_message(complement, device):
        return "anticipatory", "none", end
    if head == "if" and _asks_leave(complement):
        return "nothing", "none", begin
    if lexicon.match("condition", words, begin) or (head == "should" and len(complement) > 2):
        return "condition", "none", _condition_focus(complement, begin, end)
    if head == "to":
        return (*_infinitive(complement[1:], lexicon), end)
    preposition, phrase = _split(complement)
    if not phrase:
        return "nothing", "none", begin
    is_mark = head not in SUBJECTS and not raw[begin][:1].isupper() and not head.isalpha()
    if is_mark and not preposition and device not in {"regret", "forgive"}:
        return "nothing", "none", begin
    first = end - len(phrase)
    doubt = doubt_in(phrase, lexicon)
    kind, length = _kind(phrase, preposition, lexicon)
    if doubt == "any" and kind in {"event", "own-act", "problem", "endured"} and _only_second_doubted(phrase):
        doubt = "second"
    if doubt == "none" and "if" in phrase and not _asks_leave(phrase[phrase.index("if") :]):
        return "condition", "none", first + phrase.index("if") + 1
    return kind, doubt, min(first + length, end)


def _asks_leave(complement: Words) -> bool:
    """Whether the "if" asks for leave: "I'd like to say sorry in person, **if that's ok**"."""
    return complement[1:3] in (("that", "is"), ("that", "'s"), ("it", "is"), ("that", "suits")) and (
        not _LEAVE.isdisjoint(complement[3:5]) or complement[2] == "suits"
    )


def _split(complement: Words) -> tuple[str, Words]:
    """Preposition and what it governs; a conjunction "that" falls away, a pronoun ("sorry that.") stays."""
    head = complement[0]
    if head in PREPOSITIONS:
        return head, complement[1:]
    if head == "that" and len(complement) > 1 and complement[1][:1].isalnum():
        return "", complement[1:]
    return "", complement


def _only_second_doubted(phrase: Words) -> bool:
    """Whether "any" stands only after the first "and": "the delay and any trouble"."""
    if "and" not in phrase:
        return False
    cut = phrase.index("and")
    return "any" in phrase[cut:] and "any" not in phrase[:cut]


def _own_message(complement: Words, device: str) -> bool:
    """Politeness about the writer's own message: "sorry if this email is long", "for the long post"."""
    first = complement[:7]
    at = next((k for k, w in enumerate(first) if w in _MESSAGE_WORDS), -1)
    if at < 0:
        return False
    pairs = tuple(pairwise(first))
    if complement[0] == "if":
        verb = complement[at + 1 : at + 2]
        is_own = any(owner in {"this", "my", "the"} and thing in _OWN_MESSAGES for owner, thing in pairs)
        return (not verb or verb[0] in _MESSAGE_VERBS) and is_own
    if complement[0] == "for" or device == "forgive":
        tiresome = any(fault in _TIRESOME and thing in _TIRESOME_MESSAGES for fault, thing in pairs)
        return tiresome or ("all", "the") in pairs or first[1:3] in _UNTIDY_MESSAGES or "typos" in first[:2]
    return False


def _infinitive(rest: Words, lexicon: Lexicon) -> tuple[str, str]:
    """Kind and doubt of what follows "to": "sorry to hear", "to inform you", "to bother you", "to have kept you"."""
    if len(rest) > 1 and rest[0] == "have":
        rest = rest[1:]
    at = 0
    while at < len(rest) and rest[at] in _INFINITIVE_ADVERBS:
        at += 1
    if at >= len(rest):
        return "nothing", "none"
    if rest[at] in {"think", "imagine", "suppose", "assume"}:
        return "perception", "none"
    sees_you_go = rest[at] in {"see", "hear", "learn"} and (
        rest[at + 1 : at + 3] in (("you", "go"), ("you", "leave"), ("you", "leaving"), ("you", "going"))
    )
    if sees_you_go or rest[at] == "lose" or lexicon.match("lose-you", rest, at):
        return "parting", "none"
    if lexicon.match("hear", rest, at) or (rest[at] in {"get", "receive"} and rest[at + 1 : at + 2] == ("your",)):
        return "hearing", "none"
    if lexicon.match("news-verb", rest, at):
        return "news", "none"
    if lexicon.match("bother", rest, at) and not any(w in {"twice", "times", "days", "weeks"} for w in rest):
        return "anticipatory", "none"
    return "own-act", "may" if "may" in rest or "might" in rest else "none"


def _condition_focus(complement: Words, begin: int, end: int) -> int:
    """Token after the first word that the condition doubts ("if you **felt**"); its end if there is none."""
    at = next((k for k, w in enumerate(complement) if w in _WORDS_THAT_DOUBT), None)
    return end if at is None else begin + at + 1


def _kind(phrase: Words, preposition: str, lexicon: Lexicon) -> Kind:
    """Object kind of a clause or noun phrase, and how many of its tokens decide it."""
    return (
        _as_seen_by_customer(phrase, preposition, lexicon)
        or _refusal(phrase, preposition)
        or _loss(phrase, preposition, lexicon)
        or _what_happened(phrase, preposition)
    )


def _as_seen_by_customer(phrase: Words, preposition: str, lexicon: Lexicon) -> Kind | None:
    """Feeling, perception or complaint: what the customer felt, thought or found instead of what was done to them."""
    size = len(phrase)
    for at in range(size):
        length = lexicon.match("perspective", phrase, at)
        if length:
            return "perception", at + length
    found = state_of_customer(phrase, lexicon)
    if found:
        return found
    for owner in _FEELING_OWNERS:
        if owner in phrase[:3]:
            found = feeling_noun(phrase, phrase.index(owner), owner, lexicon)
            if found:
                return found
    if preposition and phrase[0] in STRONG_FEELINGS and not any(w in CAUSED for w in phrase):
        return "feeling", 1
    text = " ".join(phrase)
    if any(p in text for p in _HOW_YOU_FEEL):
        return "feeling", size
    return seemed(phrase, lexicon) or experienced(phrase)


def _what_happened(phrase: Words, preposition: str) -> Kind:
    """Own act, endured, event or problem: the failure itself, by its grammar alone."""
    size = len(phrase)
    head = phrase[0]
    if not preposition:
        if head in {"we", "i", "we've", "our", "my"}:
            return "own-act", min(size, 6)
        if head in {"you", "who"}:
            return "endured", min(size, 5)
        return "event", min(size, 6)
    if _is_gerund(head) or (head == "not" and size > 1):
        if phrase[:2] in (("having", "to"), ("needing", "to")):
            return "refusal", 2
        return "own-act", min(size, 5)
    if head in _ASKING:
        return "event", size
    if head in _PRONOUN_OBJECTS and (size == 1 or phrase[1] not in {"of", "the"}):
        return "event", min(size, 4)
    return "problem", min(size, 5)


def _is_gerund(word: str) -> bool:
    """Whether a word after a preposition is a verb: "for losing"; not "for something", not "for king"."""
    return word.endswith("ing") and len(word) > 4 and word not in _INDEFINITE


def _refusal(phrase: Words, preposition: str) -> Kind | None:
    """A present-tense cannot or will-not in the complement: "that we can't refund this". "Could not" is our own act."""
    if preposition:
        return None
    for at, word in enumerate(phrase):
        if _cannot(phrase, at):
            if phrase[0] == "you" and phrase[at + 2 : at + 3] != ("be",):
                # What the customer cannot do, they endure; "you cannot be refunded" refuses.
                return ("parting", at + 3) if phrase[at + 2 : at + 3] in _COMINGS else None
            # "that I cannot apologise enough"
            return None if "enough" in phrase else ("refusal", at + 2)
        if _is_unable(phrase, at) or _will_not(phrase, at):
            return "refusal", at + 3
        if phrase[0] in {"we", "i"}:
            if phrase[at : at + 2] == ("do", "not") and any(w in OFFERING for w in phrase[at + 2 : at + 5]):
                return "refusal", at + 4
            if phrase[at : at + 2] == ("have", "to"):
                return "refusal", at + 3
        if word in {"when", "if", "until", "after"}:
            return None
    return None


def _cannot(phrase: Words, at: int) -> bool:
    return phrase[at] == "cannot" or phrase[at : at + 2] in (("can", "not"), ("ca", "not"))


def _is_unable(phrase: Words, at: int) -> bool:
    """Whether "are unable", "is not available", "are not allowed" stands here."""
    if phrase[at] not in {"are", "am", "is"}:
        return False
    following = phrase[at + 1 : at + 3]
    return following[:1] == ("unable",) or (
        len(following) == 2
        and following[0] == "not"
        and following[1] in {"able", "possible", "available", "permitted", "allowed"}
    )


def _will_not(phrase: Words, at: int) -> bool:
    """Whether "will not refund", "will be unable" stands here."""
    following = phrase[at + 1 : at + 3]
    return (
        phrase[at] == "will"
        and len(following) == 2
        and following[0] in {"not", "be"}
        and following[1] in {"be", "unable", "refund", "accept", "do"}
    )


def _loss(phrase: Words, preposition: str, lexicon: Lexicon) -> Kind | None:
    """A death: "for your loss", "about the loss of your mother", "for your late husband"; not "the loss of power"."""
    bereaved = preposition and (_loss_of_somebody(phrase, lexicon) or _your_loss(phrase, lexicon))
    return ("loss", len(phrase)) if bereaved else None


def _loss_of_somebody(phrase: Words, lexicon: Lexicon) -> bool:
    """Whether "the loss of" names a person or a pet: by kin, or a single word that is no thing ("the loss of Anna")."""
    if phrase[0] not in {"the", "this"} or phrase[1:3] != ("loss", "of") or len(phrase) < 4:
        return False
    kin = any(lexicon.match("loss", phrase, k) and phrase[k + 1 : k + 2] != ("'s",) for k in range(3, len(phrase)))
    return kin or (len(phrase) == 4 and phrase[3] not in _LOST_THINGS)


def _your_loss(phrase: Words, lexicon: Lexicon) -> bool:
    if "your" not in phrase[:2] or _is_gerund(phrase[0]) or phrase[0] in _ASKING:
        return False
    if "loss" in phrase[:5] and "of" not in phrase[:5]:
        return True
    at = phrase.index("your") + 1
    while at < len(phrase) and phrase[at] in _OF_THE_DEAD:
        at += 1
    return bool(lexicon.match("loss", phrase, at)) and phrase[at + 1 : at + 2] != ("'s",)
