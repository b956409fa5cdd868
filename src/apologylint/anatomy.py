"""Parse apologies: which device, by whom, how meant, for what, and what is joined on.

An apology is read from the tokens of its clause, not searched in a list of sentences (guideline A.2): find the device
(``devices``), look left for who performs it and how it is meant (``moods``), look right for whom it speaks to
(``addressees``), where its complement stops (``complements``) and what that is (``objects``, ``doubts``; ``states`` and
``impressions`` for what customers feel and think). The open word classes come from the pack's lexicon, the closed ones
from ``closed_classes``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from apologylint.closed_classes import QUESTION_OPENERS, WRITER, Words
from apologylint.complements import clause_end, complement_start
from apologylint.devices import device_at, is_performed
from apologylint.lexicon import Lexicon
from apologylint.moods import is_hedged, is_mocked, read_left
from apologylint.objects import classify_object

_OTHERS_REFLEXIVE = frozenset("himself herself themselves".split())
_NOT_HEARD = tuple(("i", "did", "not", verb) for verb in ("catch", "hear", "follow"))
_FAILURES = frozenset("problem event own-act condition".split())
_CONDITION_PHRASES = (
    "to the extent", "to the degree", "in the case that", "in case", "in the event", "for the event",
    "to whatever extent",
)  # fmt: skip
_WISHES = frozenset("need want wish like prefer could can please".split())
_INVERTED_SUBJECTS = frozenset("the my our your this that it any there anything we i you".split())
_CLAUSE_OPENERS = (("that",), ("for",), ("about",), ("to",), ("on",), ("over",), ("your",), ("this",), ("it",))
_JOINING = frozenset("and but however though although yet except tho".split())


@dataclass(frozen=True, slots=True)
class Apology:
    """One device and what hangs on it. Indices are tokens of the sentence, half-open.

    Attributes:
        start, end: from the device (with its subject) to the end of the complement.
        device: sorry, apologise, apology, regret, forgive or my-bad.
        performer: writer, customer or third-party; an elided subject is the writer.
        mood: asserted, negated, hedged, questioned, reported, forced, detached, already or mocked.
        object: nothing, condition, feeling, perception, complaint, event, own-act, endured, problem, hearing, news,
            refusal, loss, anticipatory or parting.
        doubt: none, any, may, alleged, whatever, or second: only a coordinated object is doubted (exception X1).
        recipient: customer or generic.
        connector: none, contrast, cause, comma or stop.
        focus: token index after the words that decided the object.
        continuation: token index where the joined-on clause begins, or ``None``.
        run_on: whether what follows the device is a clause without "that": "sorry the cows were out". It names what
            went wrong, or it is an excuse.
    """

    start: int
    end: int
    device: str
    performer: str
    mood: str
    object: str
    doubt: str
    recipient: str
    connector: str
    focus: int
    continuation: int | None
    run_on: bool = False


def parse_apologies(words: Words, raw: Words, lexicon: Lexicon) -> list[Apology]:
    """All apologies of one sentence, in order.

    Args:
        words: normalised tokens (lower case, contractions in full).
        raw: the same tokens as written, for capitals.
        lexicon: word classes of the pack.
    """
    found: list[Apology] = []
    at = 0
    while at < len(words):
        device = device_at(words, at)
        apology = _parse(words, raw, at, device, lexicon) if device else None
        if apology is not None:
            found.append(apology)
            if apology.object == "condition":
                # A device inside the condition ("sorry if my apology sounded cold") is talked about.
                at = max(at, apology.focus - 1)
        at += 1
    return _merge(found)


def _merge(found: list[Apology]) -> list[Apology]:
    """Make one of a bare device and its neighbour: "sorry, sorry", "I regret and apologise for"."""
    out: list[Apology] = []
    for apology in found:
        previous = out[-1] if out else None
        if previous is None:
            out.append(apology)
        elif apology.object == "nothing" and apology.start < previous.end:
            # Inside the complement of the one before: nothing is added.
            continue
        elif previous.object == "nothing" and previous.mood == "asserted" and apology.start <= previous.end + 2:
            out[-1] = replace(apology, start=previous.start)
        else:
            out.append(apology)
    return out


def _parse(words: Words, raw: Words, at: int, device: str, lexicon: Lexicon) -> Apology | None:
    """The apology whose device stands at ``at``; ``None`` if the noun is only talked about."""
    start, performer, mood = read_left(words, at, device)
    if device == "apology" and mood == "asserted" and performer != "customer" and not is_performed(words, start, at):
        return None
    device_end = at + 2 if words[at] == "mea" else at + 1
    if device == "forgive" and words[device_end : device_end + 1] in (("us",), ("me",)):
        # Whom to forgive is not for what.
        device_end += 1
    body, recipient = complement_start(words, raw, device_end, lexicon)
    end, connector = clause_end(words, body, lexicon)
    kind, doubt, focus = _object(words, raw, start, at, body, end, device, lexicon)
    if device == "regret" and words[body : body + 1] == ("nothing",):
        mood = "negated"
    if device == "sorry" and _is_question(words, start, at, body):
        mood = "questioned"
    if performer == "writer" and any(w in _OTHERS_REFLEXIVE for w in words[at + 1 : at + 4]):
        performer = "third-party"
    if mood == "asserted" and is_hedged(words, start, at):
        mood = "hedged"
    if mood == "asserted" and device == "sorry" and is_mocked(words, at):
        mood = "mocked"
    return Apology(
        start=start,
        end=max(end, at + 1),
        device=device,
        performer=performer,
        mood=mood,
        object=kind,
        doubt=doubt,
        recipient=recipient,
        connector=connector,
        focus=max(focus, at + 1),
        continuation=_continuation(words, end),
        run_on=device == "sorry" and kind == "event" and words[body : body + 1] not in _CLAUSE_OPENERS,
    )


def _object(
    words: Words, raw: Words, start: int, at: int, body: int, end: int, device: str, lexicon: Lexicon
) -> tuple[str, str, int]:
    """Kind, doubt and focus of what the apology is for, wherever it stands: after the device, or in front of it.

    Args:
        words: normalised tokens.
        raw: the same as written.
        start: where the clause of the device begins.
        at: the device.
        body: where the complement begins.
        end: where it ends.
        device: name of the device.
        lexicon: word classes of the pack.
    """
    kind, doubt, focus = classify_object(words, raw, body, end, device, lexicon)
    if kind == "nothing":
        fronted = _fronted(words, raw, start, at, device, lexicon)
        if fronted is not None:
            kind, doubt = fronted
            focus = at + 1
    elif (
        kind in {"event", "problem"}
        and doubt == "none"
        and (end - body <= 3 or "then" in words[max(0, start - 4) : start])
        and _condition_in_front(words, start)
    ):
        # "If we upset you, we are sorry for that", "then we are sorry for the bother".
        kind = "condition"
    if kind in _FAILURES and "advance" in words[at + 1 : at + 4]:
        # "We apologise in advance for the noise": nothing has gone wrong yet.
        kind = "anticipatory"
    return kind, doubt, focus


def _is_question(words: Words, start: int, at: int, body: int) -> bool:
    """Whether "sorry" only calls for attention: "Sorry?", "Sorry, which order was it?"; not after words of our own."""
    opener = body + 1 if words[body : body + 1] == (",",) else body
    if words[opener : opener + 4] in _NOT_HEARD:
        return True
    alone = at + 2 >= len(words)
    asks = opener < len(words) and words[opener] in QUESTION_OPENERS
    return words[-1] == "?" and (alone or asks) and WRITER.isdisjoint(words[:start])


def _condition_in_front(words: Words, start: int) -> bool:
    """Whether a condition stands in front: "If we ..., I'm sorry", "Anna, should this have ..., we apologise"."""
    for at in range(min(6, start)):
        after_name = (at == 2 and words[0] == "@") or (at == 1 and words[0][0] == "@")
        if at and words[at - 1] not in {",", "}"} and not after_name:
            continue
        if words[at] in {"if", "should"} or " ".join(words[at : at + 5]).startswith(_CONDITION_PHRASES):
            return start - at > 2 and _condition_ends(words, at, start)
    return _inverted_condition(words, start)


def _inverted_condition(words: Words, start: int) -> bool:
    """Whether the sentence opens with "had the" or "were our": "Had the room been too warm, we are sorry"."""
    opens = words[:1] in (("had",), ("were",)) and words[1:2] and words[1] in _INVERTED_SUBJECTS
    leads_up = "," in words[3:start] and words[start - 1] not in _JOINING and "would" not in words[:start]
    return bool(opens) and leads_up and words[-1] != "?"


def _condition_ends(words: Words, at: int, start: int) -> bool:
    """Whether the condition from ``at`` leads up to the device's clause: by a mark, by "then", or at once.

    "If you need a hand I'm sorry for the wait" is run on, "if you call us and sorry again" joined: neither leads up.
    """
    if any(w in {",", ";"} for w in words[at + 2 : start + 1]) or words[start - 1] == "then":
        return True
    joined = words[start - 1] in _JOINING or words[start - 1] in {"so", "or", "please", "thanks"}
    return words[at] == "if" and not joined and _WISHES.isdisjoint(words[at:start])


def _fronted(words: Words, raw: Words, start: int, at: int, device: str, lexicon: Lexicon) -> tuple[str, str] | None:
    """Object and doubt placed before the device: "If we ..., I'm sorry", "Any inconvenience is regretted"."""
    if _condition_in_front(words, start):
        own_message = any(w in {"email", "message", "question"} for w in words[1:start])
        return ("anticipatory" if own_message else "condition"), "none"
    passive = (device == "regret" and words[at] == "regretted") or (
        device == "apologise" and "is" in words[max(0, at - 2) : at]
    )
    if passive and ("any" in words[:at] or "if" in words[:at]):
        return "problem", "any"
    if passive and any(lexicon.match("harm", words, k) for k in range(at)):
        return "problem", "none"
    # "For the delay, we apologise", also after "Hi Ana,".
    at = next((k for k in range(min(6, start)) if words[k] == "for" and (not k or words[k - 1] == ",")), -1)
    if 0 <= at < start - 1:
        kind, doubt, _ = classify_object(words, raw, at, start, device, lexicon)
        return (kind, doubt) if kind != "nothing" else None
    return None


def _continuation(words: Words, end: int) -> int | None:
    """Token where the joined-on clause begins, past marks and conjunctions."""
    at = end
    while at < len(words) and (not words[at][0].isalnum() or words[at] in _JOINING):
        at += 1
    return at if at < len(words) else None
