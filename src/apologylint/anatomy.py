"""Parse apologies: which device, by whom, how meant, for what, and what is joined on.

An apology is read from the tokens of its clause, not searched in a list of sentences (guideline A.2): find the device,
look left for who performs it and how it is meant, look right for what it is for, stop where the clause stops. The word
classes come from the pack's lexicon; the constructions are here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import regex

from apologylint.complements import classify_object, clause_end, complement_start
from apologylint.lexicon import Lexicon

SORRY = frozenset("sorry sry soz sorri sory srry sorrier sorryy sorryyy soory".split())
LAMENT = frozenset("lament deplore".split())
APOLOGISE = frozenset(
    "apologise apologize apologises apologizes apologised apologized apologising apologizing appologise appologize "
    "apologice apoligise apoligize apologis apologisee".split()
)
APOLOGY = frozenset("apology apologies appology appologies apologys apoligies apols".split())
REGRET = frozenset("regret regrets regretted regretting".split())
FORGIVE = frozenset("forgive pardon excuse forgiveness".split())
_BE = frozenset("am is are was were be been being 's feel feels felt im remain sound".split())
_LEFT_SKIP = _BE | frozenset(
    "do can must would like to want wish have had has having only just say first let me us and then will shall could should "
    "may need 'd got really so very much too also hereby , offer extend express give send convey please accept a an the again "
    "once more all both sincere sincerest sincerely deep deepest heartfelt warm humble humblest profuse full fullest "
    "unreserved unreservedly truly deeply profoundly personally formally honest biggest big huge massive genuine most "
    "our my begin start by beg your go on say take opportunity moment this not never cannot n't no nothing wanted love "
    "owe you going deserve ask for with request saying kindly".split()
)
_WRITER = frozenset("we i we're i'm im us me our my".split())
_CUSTOMER = frozenset(["you", "your"])
_THIRD = frozenset("he she they who him her them his their".split())
_FORCED = frozenset(
    "asked told instructed ordered required requested wants wanted want made obliged forced directed".split()
)
# "My lead says I gotta", "the boss reckons we should", "told by head office to", "as instructed by".
_TOLD = regex.compile(
    r"\b(?:boss|manager|lead|supervisor|office|team|head|missus|legal|management|director|she|he|they|department|union|court|ombudsman|tribunal)\b"
    r" (?:says?|said|reckons?|thinks?|insists?|tells? me|told me|wants?|asked|feels?) (?:that )?(?:i|we|me|us)\b"
    r" (?:\w+ ){0,2}?(?:should|need|have|must|got|gotta|ought|owe|to)\b"
    r"|\b(?:told|asked|instructed|ordered|advised|directed|requested) by\b.{0,40}\bto\b|\bas (?:instructed|directed|ordered) by\b"
)
_SPEECH = frozenset("said says saying told tells mentioned added claimed".split())
_CLAUSE = frozenset(
    ". ! ? ; : ( ) \u2014 \u2013 - \u2026 but because if when as since while after although though however or".split()
)
_ADJ_NOUN = frozenset("state sight tale saga excuse story affair lot mess spectacle".split())
_REQUEST = frozenset(
    "could can would may might please what which who where when did do does how is are kindly was were".split()
)


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


def parse_apologies(words: Sequence[str], raw: Sequence[str], lexicon: Lexicon) -> list[Apology]:
    """All apologies of one sentence, in order.

    Args:
        words: normalised tokens (lower case, contractions in full).
        raw: the same tokens as written, for capitals.
        lexicon: word classes of the pack.
    """
    found: list[Apology] = []
    at = 0
    while at < len(words):
        device = _device(words, at)
        if device:
            apology = _parse(words, raw, at, device, lexicon)
            if apology is not None:
                # A complement that holds the next device ("sorry, my apologies") ends before it.
                found.append(apology)
                at = max(at, apology.focus - 1 if apology.object == "condition" else at)
        at += 1
    return _merge(found)


def _merge(found: list[Apology]) -> list[Apology]:
    """Drop a bare device that stands inside the complement of another ("sorry, sorry", "regret and apologise for")."""
    out: list[Apology] = []
    for apology in found:
        if out and apology.start < out[-1].end and apology.object == "nothing":
            continue
        if out and out[-1].object == "nothing" and out[-1].mood == "asserted" and apology.start <= out[-1].end + 2:
            previous = out.pop()
            apology = replace(
                apology, start=previous.start, mood=previous.mood if previous.mood != "asserted" else apology.mood
            )
        out.append(apology)
    return out


def _device(words: Sequence[str], at: int) -> str:
    word = words[at]
    after = words[at + 1] if at + 1 < len(words) else ""
    if word in SORRY:
        return "" if after in _ADJ_NOUN else "sorry"
    if word in APOLOGISE:
        return "apologise"
    if word in APOLOGY:
        before = words[at - 1] if at else ""
        if word in {"apologies", "appologies"} and before in {"we", "i", "sincerely", "truly", "deeply", "really"}:
            return "apologise"
        if after in {"letter", "note", "email", "message", "tour"} or before in {"your", "letter", "accepting"}:
            return ""
        return "apology"
    if word in REGRET or (word in LAMENT and at and words[at - 1] in {"we", "i", "to", "and"}):
        return "regret"
    if word in FORGIVE:
        before = words[at - 1] if at else ""
        if word == "forgiveness" and before in {"your", "beg", "for"}:
            return "forgive"
        if word == "excuse" and (before in {"no", "an", "the", "not", "any"} or after == "me"):
            return ""
        if word == "pardon" and before in {"beg", "your"}:
            return "forgive"
        if after in {"us", "me", "our", "my", "the", "this", "any", "ourselves"} and before not in {
            "to",
            "not",
            "will",
            "would",
        }:
            return "forgive"
        return ""
    if (
        word == "bad"
        and at
        and words[at - 1] in {"my", "our"}
        and after not in {"experience", "day", "luck", "service", "feeling"}
    ):
        return (
            "my-bad"
            if after
            in {
                "",
                ".",
                "!",
                ",",
                ";",
                ":",
                "-",
                "\u2014",
                "\u2013",
                "on",
                "for",
                "there",
                "about",
                "and",
                "that",
                "we",
                "i",
            }
            else ""
        )
    if word == "mea" and after == "culpa":
        return "my-bad"
    return ""


def _parse(words: Sequence[str], raw: Sequence[str], at: int, device: str, lexicon: Lexicon) -> Apology | None:
    start, performer, mood = _left(words, raw, at, device, lexicon)
    if performer != "skip" and device == "apology" and mood == "asserted" and not _performed(words, start, at):
        return None
    body, recipient = complement_start(words, raw, at + 1, lexicon)
    if device == "my-bad" and words[at] == "mea":
        body, recipient = complement_start(words, raw, at + 2, lexicon)
    end, connector = clause_end(words, body)
    kind, doubt, focus = classify_object(words, raw, body, end, device, lexicon)
    if kind == "nothing":
        fronted = _fronted(words, raw, start, device, at, lexicon)
        if fronted is not None:
            kind, doubt = fronted
            focus = at + 1
    elif kind in {"event", "problem"} and doubt == "none" and _starts_with_condition(words, start) and end - body <= 3:
        kind = "condition"
    if kind == "nothing" and connector == "none" and end < len(words):
        connector = "stop"
    if (
        words[-1] == "?"
        and device == "sorry"
        and (at + 2 >= len(words) or (words[body : body + 1] and words[body] in _REQUEST))
    ):
        mood = "questioned"
    if performer == "writer" and any(w in {"himself", "herself", "themselves"} for w in words[at + 1 : at + 4]):
        performer = "third-party"
    if "advance" in words[at + 1 : at + 4] and kind in {"problem", "event", "own-act", "condition"}:
        kind = "anticipatory"
    if mood == "asserted" and _hedged(words, start, at, end, lexicon):
        mood = "hedged"
    if device == "sorry" and mood == "asserted" and _mocked(words, at):
        mood = "mocked"
    continuation = _continuation(words, end)
    return Apology(
        start,
        max(end, at + 1),
        device,
        performer,
        mood,
        kind,
        doubt,
        recipient,
        connector,
        max(focus, at + 1),
        continuation,
    )


def _performed(words: Sequence[str], start: int, at: int) -> bool:
    """A noun "apology" is performed when nothing, or only performing words, stand before it in its clause."""
    if words[at] in {"apologies", "appologies", "apols"}:
        return not any(w in {"received", "sent", "passed", "their", "his", "her", "your"} for w in words[start:at])
    left = words[max(0, at - 8) : at]
    return (
        any(
            w
            in {
                "owe",
                "owed",
                "accept",
                "offer",
                "extend",
                "give",
                "make",
                "my",
                "our",
                "deserve",
                "due",
                "deserved",
                "want",
                "like",
                "send",
            }
            for w in left
        )
        or (at + 2 < len(words) and words[at + 1] in {"is", "from", "for"} and "your" not in left)
        or at <= 1
    )


def _left(words: Sequence[str], raw: Sequence[str], at: int, device: str, lexicon: Lexicon) -> tuple[int, str, str]:
    """Start of the device clause, who performs, and how it is meant."""
    lo = at
    while lo > 0 and (
        words[lo - 1] in _LEFT_SKIP or words[lo - 1] in _WRITER or words[lo - 1] in _FORCED or words[lo - 1] in _SPEECH
    ):
        lo -= 1
        if words[lo] in {"we", "i", "im"} and words[lo - 1 : lo] != ["asked"]:
            break
    left = list(words[lo:at])
    wide = list(words[max(0, at - 12) : at])
    before = words[lo - 1] if lo else ""
    text = " ".join(wide) + " "
    own = any(w in {"we", "i", "im"} for w in left)
    if device == "sorry" and at >= 2 and words[at - 1] in _BE and words[at - 2] == "you":
        return lo, "customer", "asserted"
    performer = "writer"
    if not own:
        if before in _THIRD or any(w in {"his", "her", "their"} for w in left):
            performer = "third-party"
        elif before in _CUSTOMER and device in {"sorry", "apologise"}:
            performer = "customer"
        elif (
            before and device in {"sorry", "apologise", "apology"} and left and left[0] in _BE | {"sends", "wants"}
        ) or (device == "apologise" and words[at].endswith("s") and before):
            performer = _noun_performer(words, lo, lexicon)
    mood = "asserted"
    # "ah no, sorry": what stands before a comma does not negate the device.
    cut = max((k for k, w in enumerate(left) if w == ","), default=-1)
    near = left[cut + 1 :]
    negated = (
        any(w in {"not", "never", "no", "cannot", "refuse", "refuses", "n't", "nothing"} for w in near[-8:])
        and not (device == "sorry" and near[:1] == ["no"])
    ) or before in {"refuse", "without"}
    after = words[at + 1 : at + 7]
    if "reason to" in text and "no" in wide:
        negated = True
    if negated:
        mood = _negated(text, left, after, device)
    elif _forced(text, device):
        mood = "forced"
    elif device == "regret" and (
        "matter of" in text
        or "to be " in text[-8:]
        or "cause of" in text
        or "cause for" in text
        or words[at : at + 3] == ("regret", "has", "been")
        or words[at : at + 2] == ("regret", "is")
    ):
        mood = "detached"
    elif device in {"sorry", "apologise", "apology"} and _already(text, words, at, device):
        mood = "already"
    elif (performer == "third-party" and any(w in _SPEECH for w in wide)) or (
        device == "apologise" and words[at] in {"apologised", "apologized"} and "have" not in left
    ):
        mood = "reported"
    if mood == "customer":
        performer, mood = "customer", "asserted"
    lo += cut + 1
    while lo < at and not words[lo][0].isalnum():
        lo += 1
    return lo, performer, mood


# Nouns that, as subject of the device, are not the organisation that writes.
_PERSONS = frozenset(
    "driver courier contractor supplier colleague manager trainee agent boss supervisor engineer technician nurse doctor officer "
    "teacher clerk haulier carrier vendor manufacturer landlord partner partners rep receptionist waiter chef builder surveyor adviser "
    "advisor assistant steward inspector caretaker author".split()
)


def _noun_performer(words: Sequence[str], lo: int, lexicon: Lexicon) -> str:
    for back in (1, 2, 3):
        at = lo - back
        if at < 0:
            break
        if words[at] in _CLAUSE:
            break
        if words[at] in _PERSONS:
            return "third-party"
    return "writer"


def _negated(text: str, left: Sequence[str], after: Sequence[str], device: str) -> str:
    if (
        "enough" in after
        or "more sorry" in text
        or "sorrier" in after
        or "be more " in text
        or "not only" in text
        or "not just" in text
    ):
        return "asserted"
    if "no need" in text or "do not need" in text or "not have to" in text or "no reason" in text:
        return "customer" if "we " not in text.split("no ", maxsplit=1)[0][-6:] or "you" in text else "negated"
    if device == "apology" and (
        "no apology" in text + "apology" and any(w in {"needed", "necessary", "required", "needed."} for w in after)
    ):
        return "customer"
    if not any(w in {"we", "i", "im"} for w in left) and left[:1] == ["do"]:
        return "customer"
    if "without" in after and device == "apologise":
        return "asserted"
    if device == "regret":
        return "reported"
    return "negated"


def _forced(text: str, device: str) -> bool:
    if device == "fault":
        return False
    tail = text.rstrip()
    if _TOLD.search(tail):
        return True
    for verb in _FORCED:
        for obj in (" me to", " us to", " to", " that i", " that we"):
            at = tail.rfind(f"{verb}{obj}")
            if at >= 0 and len(tail) - at < len(verb) + len(obj) + 12:
                if verb in {"want", "wanted"} and obj == " to":
                    continue
                if (
                    verb in {"asked", "told"}
                    and (
                        tail[:at].rstrip().endswith(("i have", "we have")) or tail[:at].rstrip().endswith((" i", " we"))
                    )
                    and obj != " to"
                ):
                    continue
                return True
    return False


def _already(text: str, words: Sequence[str], at: int, device: str) -> bool:
    past = words[at] in {"apologised", "apologized"}
    if past and ("already" in text or "have " in text[-20:]):
        return "i " in text or "we " in text
    if "as i said" in text or "as we said" in text or "like i said" in text or "already said" in text:
        return True
    if "how many times" in text:
        return True
    return device == "sorry" and (
        "i said i was" in text or "i said i am" in text or "besides" in text or "how many times" in text
    )


def _hedged(words: Sequence[str], start: int, at: int, end: int, lexicon: Lexicon) -> bool:
    left = " ".join(words[max(0, start - 4) : at])
    if any(
        h in f" {left} "
        for h in (" guess ", " suppose ", " kind of ", " sort of ", " kinda ", " sorta ", " worth ", " guess, ")
    ):
        return True
    right = " ".join(words[at + 1 : at + 6])
    return right.startswith(
        (
            ", i guess",
            "i guess",
            ", i suppose",
            "or whatever",
            ", okay ?",
            ", ok ?",
            ", alright ?",
            "or something",
            ", if you like",
        )
    )


def _mocked(words: Sequence[str], at: int) -> bool:
    after = [w for w in words[at + 1 : at + 5] if w not in {",", "-", "\u2014", "but", "."}]
    return after[:2] == ["not", "sorry"]


def _starts_with_condition(words: Sequence[str], start: int) -> bool:
    """A condition in front: "If we ..., I'm sorry", "Anna, should this have ..., we apologise", "to the extent that ..., sorry"."""
    for at in range(min(6, start)):
        if at and words[at - 1] not in {",", "}"} and not (at == 2 and words[0] == "@"):
            continue
        text = " ".join(words[at : at + 5])
        if words[at] in {"if", "should"} or text.startswith(
            (
                "to the extent",
                "to the degree",
                "in the case that",
                "in case",
                "in the event",
                "for the event",
                "to whatever extent",
            )
        ):
            return start - at > 2 and any(w in {",", ";"} for w in words[at + 2 : start + 1])
    return False


def _fronted(
    words: Sequence[str], raw: Sequence[str], start: int, device: str, at: int, lexicon: Lexicon
) -> tuple[str, str] | None:
    """Object or condition placed before the device: "If we ..., I'm sorry", "Any inconvenience is regretted"."""
    if _starts_with_condition(words, start):
        if any(w in {"email", "message", "question"} for w in words[1:start]):
            return "anticipatory", "none"
        return "condition", "none"
    if (device == "regret" and words[at] == "regretted") or (
        device == "apologise" and "is" in words[max(0, at - 2) : at]
    ):
        if "any" in words[:at]:
            return "problem", "any"
        if any(lexicon.match("harm", words, k) for k in range(at)):
            return "problem", "none"
    if words[0] == "for" and start > 1:
        kind, doubt, _ = classify_object(words, raw, 0, start, device, lexicon)
        return (kind, doubt) if kind != "nothing" else None
    return None


def _continuation(words: Sequence[str], end: int) -> int | None:
    at = end
    while at < len(words) and (
        not words[at][0].isalnum()
        or words[at] in {"and", "but", "however", "though", "although", "yet", "except", "tho"}
    ):
        at += 1
    return at if at < len(words) else None
