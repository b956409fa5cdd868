"""What an apology is for: where its complement begins and ends, and what kind of object it names (guideline A.2, T2)."""

from __future__ import annotations

from collections.abc import Sequence

from apologylint.lexicon import Lexicon

PREPOSITIONS = frozenset("for about on over regarding re at of 4 concerning around towards due with in".split())
_ADVERBS = frozenset(
    "again sincerely profusely unreservedly deeply indeed wholeheartedly personally truly really fully most so very much "
    "once more also both too all from the bottom of my our heart hearts".split()
)
_STOP = frozenset([".", "!", "?", ";", ":", "(", ")", "\u2026", "..", "...", "\n", "[", "]", "|", "&", "*", "~", "^"])
_DASH = frozenset(["-", "\u2014", "\u2013", "--", "---"])
_CONTRAST = frozenset("but however though although yet except tho nevertheless nonetheless whereas".split())
_CAUSE = frozenset("because since hence coz cos cuz bcz bcoz becuase".split())
_SUBJECT = frozenset(
    "we i you he she they it this that there these those someone somebody our my your his her their the a an what nobody no".split()
)
_NEW_CLAUSE = frozenset(
    "we i you it they he she there please kindly thank thanks and but so as this that these our my let can could what which who "
    "hope hopefully however the your if here is are do next now unfortunately a an one some nobody in at when".split()
)
_AND_CLAUSE = frozenset(
    "we i thank thanks hope request please will want appreciate assure understand can are am have regret apologise apologize "
    "kindly would rest do let here you it this that there our my if the".split()
)
_OWN_MESSAGE = frozenset(
    "email e-mail message question questions post text thread essay note reply-all mail follow query request spam rant novel caps typo typos".split()
)
_STRONG_FEELING = frozenset(
    "frustration frustrations disappointment disappointments anger annoyance dissatisfaction displeasure unhappiness sadness irritation "
    "feelings feeling sentiment sentiments resentment exasperation aggravation outrage disillusionment".split()
)
_CAUSED = frozenset("caused causing cause causes brought created gave given resulting from we".split())
_ACTED_ON = frozenset(
    "misled ignored neglected excluded overlooked inconvenienced cheated shortchanged disrupted patronised patronized disrespected let "
    "stressed short down confused off put hurt sore".split()
)
_MODAL_DOUBT = frozenset(["may", "might"])
_DOUBT_ADJ = frozenset(
    "perceived alleged apparent supposed potential possible seeming purported claimed eventual".split()
)
_WHATEVER = frozenset("whatever whichever wherever whoever whenever".split())
_NEGATIONS = frozenset("not never no cannot n't unable".split())
_OPINION = frozenset("like enjoy love agree appreciate trust want care prefer rate approve".split())
_SEEM = frozenset(
    "seem seems seemed appear appears appeared sound sounds sounded come comes came feels felt looked looks".split()
)
_OFFERING = frozenset(
    "offer have support accept ship provide stock carry do sell deliver allow take cater serve work cover".split()
)
_PRONOUN_OBJECT = frozenset("this that it these those everything all".split())


def complement_start(words: Sequence[str], raw: Sequence[str], at: int, lexicon: Lexicon) -> tuple[int, str]:
    """Token index where the complement begins, past adverbs, vocatives and the recipient; and the recipient's kind."""
    recipient = "customer"
    size = len(words)
    while at < size:
        word = words[at]
        if (
            at
            and words[at - 2 : at - 1] == ("how",)
            and word in {"we", "i"}
            and words[at + 1 : at + 2]
            and words[at + 1] in {"am", "are", "were", "was"}
        ):
            at += 2
        elif word in _ADVERBS and not (
            word in {"all", "from", "the", "of", "my", "our"} and at + 1 < size and words[at - 1] not in _ADVERBS
        ):
            at += 1
        elif word == "in" and words[at + 1 : at + 2] == ["advance"]:
            at += 2
        elif word == "to" and at + 1 < size:
            skipped, kind = _recipient(words, raw, at + 1, lexicon)
            if not skipped:
                break
            at, recipient = at + 1 + skipped, kind
        elif (
            word in {",", "@"}
            or word in _FAMILIAR
            or (
                raw[at][:1].isupper()
                and word not in _SUBJECT
                and word not in PREPOSITIONS
                and word not in {"if", "to", "should"}
            )
        ):
            skipped = _vocative(words, raw, at)
            if not skipped:
                break
            at += skipped
            if words[at - 1] == "," and not (
                at < size and (words[at] in PREPOSITIONS or words[at] in {"that", "if", "to", "should"})
            ):
                # After "Sorry Kim," a new clause begins: it is joined on, it is not what the apology is for.
                return at - 1, recipient
        elif word == "on" and words[at + 1 : at + 3] == ["behalf", "of"]:
            while at < size and words[at] not in {"for", "about", "that", ",", ".", "!"}:
                at += 1
        else:
            break
    return at, recipient


def _recipient(words: Sequence[str], raw: Sequence[str], at: int, lexicon: Lexicon) -> tuple[int, str]:
    length = lexicon.match("generic-recipient", words, at)
    if words[at] in {"all", "any", "some", "those", "anyone", "anybody", "our", "the"} or length:
        kind = "generic" if length or (words[at] == "any") else "customer"
        end = at + max(length, 1)
        stop = at
        # "to anyone who was affected": the relative clause belongs to the recipient.
        while end < len(words) and words[end] not in _STOP and words[end] not in {",", "for", "about", "if", "but"}:
            end += 1
            stop = end
        return (stop or end) - at, kind
    if words[at] in {"you", "him", "her", "them", "everyone", "everybody", "your", "u"}:
        end = at + 1
        if words[at] == "your":
            end += 1
        while end < len(words) and words[end] in {
            "both",
            "all",
            "and",
            "your",
            "family",
            "guests",
            "too",
            "directly",
            "wife",
            "husband",
            "team",
            "on",
            "personally",
        }:
            if words[end] == "on" and words[end + 1 : end + 2] not in (["flight"], ["board"]):
                break
            end += 1
        return end - at, "customer"
    if raw[at][:1].isupper() and raw[at].isalpha() and len(raw[at]) > 1:
        end = at + 1
        while end < len(words) and raw[end][:1].isupper() and raw[end].isalpha():
            end += 1
        return end - at, "customer"
    return 0, "customer"


_FAMILIAR = frozenset(
    "guys folks mate love all everyone team sir madam dear bro man friend pal hun hon there buddy ma'am bud fam ma ji babe lovely champ hey u y'all lads boss chief darling sweetie everybody".split()
)


_ADDRESS = frozenset("mate hun hon babe bro sir ma madam man love lovely pal bud buddy ma'am champ guys folks".split())


def _vocative(words: Sequence[str], raw: Sequence[str], at: int) -> int:
    """Tokens of a name or form of address at ``at`` (comma included); 0 if what follows is not one."""
    end = at
    comma = words[end] == ","
    if comma:
        end += 1
    if words[end : end + 1] == ["@"]:
        end += 1
    begin = end
    while (
        end < len(words)
        and end - begin < 4
        and (
            words[end] in _FAMILIAR
            or (words[end] in {"mr", "mrs", "ms", "dr", "miss", "mx", "."} and end - begin < 2)
            or (
                raw[end][:1].isupper()
                and raw[end][1:].islower()
                and words[end] not in _SUBJECT
                and words[end] not in _REQUEST_WORDS
            )
        )
    ):
        end += 1
    if end == begin:
        return 0
    after = words[end] if end < len(words) else "."
    if (
        after in {",", ".", "!", "-", "\u2014", ":", ")"}
        or after in PREPOSITIONS
        or after in {"that", "if", "but", "to"}
        or (after in _SUBJECT and not comma)
    ):
        return end - at + (1 if after == "," else 0)
    if comma and after in _SUBJECT:
        return end - at
    # "sorry hun the van broke down": a form of address needs no comma.
    return end - at if end - begin == 1 and words[begin] in _ADDRESS else 0


_REQUEST_WORDS = frozenset(
    "could can would please what which who where when how do did does is are may sorry no yes due because since as once kindly unfortunately just not".split()
)


def clause_end(words: Sequence[str], at: int) -> tuple[int, str]:
    """Token index where the complement ends, and the connector found there: none, contrast, cause, comma or stop."""
    end, connector = _clause_end(words, at)
    if connector in {"comma", "stop"}:
        # ", but" and "- however" are contrasts; the mark before them says nothing.
        after = end
        while after < len(words) and words[after] in {",", "-", "\u2014", "\u2013", ";", "and", ".", "..."}:
            after += 1
        if after < len(words) and (
            words[after] in _CONTRAST
            or list(words[after : after + 2])
            in (["even", "though"], ["that", "said"], ["mind", "you"], ["then", "again"])
        ):
            connector = "contrast"
        elif after < len(words) and words[after] in _CAUSE:
            connector = "cause"
    return end, connector


def _clause_end(words: Sequence[str], at: int) -> tuple[int, str]:
    size = len(words)
    begin = at
    while at < size:
        word = words[at]
        nxt = words[at + 1] if at + 1 < size else ""
        if word in _STOP or (
            not word[:1].isalnum()
            and word
            not in {
                ",",
                "'",
                "'s",
                "'d",
                "-",
                "\u2014",
                "\u2013",
                "--",
                "/",
                '"',
                "#",
                "%",
                "\u00a3",
                "$",
                "@",
                "'re",
                "'ve",
                "'ll",
                "'m",
            }
        ):
            return at, "stop"
        if word in _DASH and not (at > begin and at + 1 < size and _glued(words, at)):
            return at, "stop"
        if word in _CONTRAST or (word == "even" and nxt == "though"):
            return at, "contrast"
        if word == "that" and nxt == "said":
            return at, "contrast"
        if (
            word in _CAUSE
            and at > begin - 1
            and not (word == "since" and nxt in {"monday", "last", "yesterday", "the", "you", "your"})
        ):
            return at, "cause"
        if at > begin and (
            word in {"due", "owing", "thanks"} and nxt == "to" and words[at - 1] not in {"caused", "you"}
        ):
            return at, "cause"
        if (
            word == "as"
            and at > begin
            and nxt in {"we", "i", "our", "my", "it", "this", "they", "he", "she", "you", "there"}
            and words[at - 1] not in {"soon", "much", "well", "far", "such", "long", "as"}
        ):
            return at, "cause"
        if word == "so" and nxt in {"we", "i", "here", "please", "you"} and at > begin:
            return at, "comma"
        if word in {"please", "kindly"} and at > begin:
            return at, "comma"
        if word == "if" and at > begin and nxt in {"you", "we", "i", "there", "this", "it", "anything", "that", "any"}:
            # Inside "sorry for the delay if that caused problems" it is a doubt; before a new clause it is not.
            if (words[at - 1] not in {"and", "even", "as"} and nxt not in {"you", "anything"}) or _conditional_feeling(
                words, at
            ):
                at += 1
                continue
            return at, "comma"
        if word == "," and words[at + 1 : at + 3] in (("if", "any"), ["if", "any"]):
            at += 3
            continue
        if word == ",":
            if at == begin:
                return at, "comma"
            if nxt in {"and", "or", "nor"} and words[at + 2 : at + 3] and words[at + 2] not in _AND_CLAUSE:
                at += 1
                continue
            if at - begin == 1 and words[begin] in {"that", "for"}:
                at = _skip_parenthesis(words, at)
                continue
            return at, "comma"
        if (
            word == "and"
            and at > begin
            and nxt in _AND_CLAUSE
            and not (
                nxt in {"the", "our", "my", "your", "this", "that", "you", "it", "there"}
                and not _has_verb_soon(words, at + 1)
            )
        ):
            return at, "comma"
        if word == "or" and nxt == "whatever":
            return at, "stop"
        at += 1
    return size, "none"


def _glued(words: Sequence[str], at: int) -> bool:
    """A hyphen inside a word: the tokenizer splits ``mix-up`` in three."""
    return words[at] == "-" and words[at - 1].isalnum() and words[at + 1].isalnum() and words[at + 1] not in _NEW_CLAUSE


def _conditional_feeling(words: Sequence[str], at: int) -> bool:
    return words[at + 1 : at + 2] == ["you"] and any(
        w in {"feel", "felt", "found", "were", "think", "thought"} for w in words[at + 2 : at + 4]
    )


def _skip_parenthesis(words: Sequence[str], at: int) -> int:
    end = at + 1
    while end < len(words) and words[end] not in {",", ".", "!", ";"}:
        end += 1
    return end + 1


_FINITE = frozenset(
    "is are was were has have had will can could should would may might must do does did am 's 're 've 'll went came got took made left "
    "broke failed lost forgot cannot seems seemed looks arrived happened".split()
)


def _has_verb_soon(words: Sequence[str], at: int) -> bool:
    for word in words[at : at + 6]:
        if word in {",", "."}:
            return False
        if word in _FINITE:
            return True
    return False


def classify_object(
    words: Sequence[str], raw: Sequence[str], begin: int, end: int, device: str, lexicon: Lexicon
) -> tuple[str, str, int]:
    """Kind of object, kind of doubt, and token index after the deciding words."""
    c = list(words[begin:end])
    if not c:
        return "nothing", "none", begin
    head = c[0]
    own = _own_message(c)
    if own:
        return "anticipatory", "none", end
    if head == "to":
        return (*_infinitive(c, lexicon), end)
    condition = lexicon.match("condition", words, begin)
    if condition or (head == "should" and len(c) > 2):
        return _conditional(c, begin, end, lexicon)
    if head in PREPOSITIONS:
        prep, np = head, c[1:]
    elif head == "that" and len(c) > 1 and (c[1] in _SUBJECT or (c[1][:1].isalnum() and c[1] not in {".", ","})):
        prep, np = "", c[1:]
    else:
        prep, np = "", c
    if not np:
        return "nothing", "none", begin
    if (
        not prep
        and head not in _SUBJECT
        and head != "that"
        and device not in {"regret", "forgive"}
        and not raw[begin][:1].isupper()
        and not head.isalpha()
    ):
        return "nothing", "none", begin
    doubt = _doubt(np, prep, device, lexicon)
    kind, length = _kind(np, prep, raw[end - len(np) : end], device, lexicon)
    if doubt == "any" and "and" in np:
        cut = np.index("and")
        if "any" in np[cut:] and "any" not in np[:cut] and kind in {"event", "own-act", "problem", "endured"}:
            doubt = "second"
    if doubt == "none" and "if" in np:
        at = np.index("if")
        return "condition", "none", end - len(np) + at + 1
    offset = end - len(np)
    return kind, doubt, min(offset + length, end)


def _own_message(c: Sequence[str]) -> bool:
    """Anticipatory politeness about the writer's own message ("sorry if this email is long", "for the long post")."""
    first = c[:7]
    if not any(w in _OWN_MESSAGE for w in first):
        return False
    text = " ".join(first)
    if c[0] == "if":
        at = next(k for k, w in enumerate(first) if w in _OWN_MESSAGE)
        if c[at + 1 : at + 2] and c[at + 1] not in {
            "is",
            "was",
            "'s",
            "are",
            "were",
            "sounds",
            "seems",
            "gets",
            "goes",
            "runs",
            "reads",
            "reaches",
            "finds",
        }:
            return False
        return any(
            f"{d} {m}" in text
            for d in ("this", "my", "the")
            for m in ("email", "message", "question", "post", "text", "note", "reply", "mail", "request", "query")
        )
    if c[0] == "for":
        return any(
            f"{a} {m}" in text
            for a in (
                "long",
                "extra",
                "quick",
                "late-night",
                "silly",
                "many",
                "another",
                "short",
                "rambling",
                "stupid",
                "all",
                "bulk",
                "automated",
                "double",
            )
            for m in (
                "email",
                "message",
                "question",
                "questions",
                "post",
                "text",
                "note",
                "reply",
                "follow",
                "mail",
                "query",
                "rant",
                "caps",
                "the",
            )
        ) or text.startswith(("for the caps", "for typos", "for the typo", "for any typos"))
    return False


def _infinitive(c: Sequence[str], lexicon: Lexicon) -> tuple[str, str]:
    rest = c[1:]
    if rest[:1] == ["have"] and len(rest) > 1:
        rest = rest[1:]
    at = 0
    while at < len(rest) and rest[at] in {"also", "just", "now", "then", "only", "hereby", "be"}:
        at += 1
    if at >= len(rest):
        return "nothing", "none"
    if rest[at] in {"think", "imagine", "suppose", "assume"}:
        return "perception", "none"
    if lexicon.match("lose-you", rest, at) or (
        rest[at] in {"see", "hear", "learn"}
        and rest[at + 1 : at + 3] in (["you", "go"], ["you", "leave"], ["you", "leaving"], ["you", "going"])
    ):
        return "parting", "none"
    if lexicon.match("hear", rest, at):
        return "hearing", "none"
    if lexicon.match("news-verb", rest, at):
        return "news", "none"
    if lexicon.match("bother", rest, at) and not any(w in {"twice", "times", "days", "weeks"} for w in rest):
        return "anticipatory", "none"
    doubt = "may" if any(w in _MODAL_DOUBT for w in rest) else "none"
    return "own-act", doubt


def _conditional(c: Sequence[str], begin: int, end: int, lexicon: Lexicon) -> tuple[str, str, int]:
    focus = begin + min(len(c), 2)
    for at, word in enumerate(c):
        if word in {"feel", "felt", "offended", "upset", "caused", "inconvenienced", "wrong", "clear"}:
            focus = begin + at + 1
            break
    else:
        focus = end
    return "condition", "none", focus


def _doubt(np: Sequence[str], prep: str, device: str, lexicon: Lexicon) -> str:
    for at, word in enumerate(np):
        nxt = np[at + 1] if at + 1 < len(np) else ""
        if word == "any":
            if (
                nxt
                in {
                    "more",
                    "longer",
                    "better",
                    "of",
                    "earlier",
                    "sooner",
                    "faster",
                    "attention",
                    "help",
                    "update",
                    "updates",
                    "reply",
                    "response",
                    "answer",
                    "notice",
                    "warning",
                    "explanation",
                    "further",
                }
                and nxt != "of"
            ) or (at and np[at - 1] in {"not", "without", "hardly", "never", "n't", "have", "get", "received"}):
                continue
            if nxt == "of" and np[at + 2 : at + 3] != ["the"] and np[at + 2 : at + 3] != ["this"]:
                continue
            return "any"
        if word in _WHATEVER:
            return "whatever"
        if word in _DOUBT_ADJ and at <= 3:
            return "alleged"
        if (
            word in _MODAL_DOUBT
            and at
            and nxt
            and not nxt.isdigit()
            and np[at - 1] not in {"in", "of", "on", "early", "late", "since", "from"}
            and not np[at - 1].isdigit()
        ):
            return "may"
        if word == "could" and nxt == "have" and not any(w in {"we", "i"} for w in np[max(0, at - 2) : at]):
            return "may"
        if word == "can" and np[at + 1 : at + 2] == ["cause"]:
            return "may"
    if lexicon.match("generic-recipient", np, 0) and np[0] != "those":
        return "whatever"
    return "none"


def _kind(np: Sequence[str], prep: str, raw: Sequence[str], device: str, lexicon: Lexicon) -> tuple[str, int]:
    """Object kind of a clause or noun phrase, and how many of its tokens decide it."""
    size = len(np)
    for at in range(size):
        if lexicon.match("perspective", np, at):
            return "perception", at + lexicon.match("perspective", np, at)
    subject = _people(np)
    if subject >= 0:
        at = subject
        caused = any(
            w in {"made", "make", "making", "left", "leave", "leaving", "leaves", "makes", "kept", "got"}
            for w in np[max(0, at - 2) : at]
        )
        found = _customer_state(np, at, caused, lexicon)
        if found:
            return found
    for owner in ("your", "you", "the", "his", "her", "their", "this", "all", "such"):
        if owner in np[:3]:
            found_noun = _feeling_noun(np, np.index(owner), owner, lexicon)
            if found_noun:
                return found_noun
    if prep and np[0] in _STRONG_FEELING and not any(w in _CAUSED for w in np):
        return "feeling", 1
    text = " ".join(np)
    if (
        "how you feel" in text
        or "how you felt" in text
        or "the way you feel" in text
        or "how you are feeling" in text
        or "how you 're feeling" in text
    ):
        return "feeling", size
    for at, word in enumerate(np[:-1]):
        if (
            word in _SEEM
            and at
            and (
                (np[at + 1] == "across" and np[at - 1] not in {"to", "you", "have", "had"})
                or (
                    word in {"seemed", "sounded", "appeared", "seem", "sound", "appear"}
                    and (lexicon.match("evaluative", np, at + 1) or lexicon.match("evaluative", np, at + 2))
                )
            )
        ):
            return "perception", min(at + 3, size)
    experienced = _experienced(np, lexicon)
    if experienced:
        return experienced
    refusal = _refusal(np, prep)
    if refusal:
        return "refusal", refusal
    if _is_loss(np, prep, lexicon):
        return "loss", size
    if np[0] in {"we", "i", "we've", "our", "my"} and not prep:
        return "own-act", min(size, 6)
    if (
        prep
        and np[0].endswith("ing")
        and len(np[0]) > 4
        and np[0] not in {"everything", "nothing", "something", "anything"}
    ) or (prep and np[0] == "not" and size > 1):
        if np[:2] == ["having", "to"] or np[:2] == ["needing", "to"]:
            return "refusal", 2
        return "own-act", min(size, 5)
    if np[0] == "you" and not prep:
        return "endured", min(size, 5)
    if prep and np[0] in {"what", "how", "when", "where"}:
        return "event", size
    if prep and np[0] in _PRONOUN_OBJECT and (size == 1 or np[1] not in {"of", "the"}):
        return "event", 1 if size == 1 else min(size, 4)
    if not prep:
        return "event", min(size, 6)
    return "problem", min(size, 5)


_FOLK = frozenset(
    "husband wife son daughter mother father mum mom dad children child kids partner colleague colleagues guests guest family customer "
    "customers residents members players users passengers patients parents people anyone anybody someone everyone friend friends party team staff".split()
)


def _people(np: Sequence[str]) -> int:
    """Index of the last token of the person whose state is named: "you", or somebody of theirs; -1 if none."""
    if "you" in np:
        return np.index("you")
    for at, word in enumerate(np[:5]):
        if (
            word in _FOLK
            and at
            and np[at - 1] in {"your", "some", "our", "of", "the", "any", "that", "several", "her", "his"}
        ):
            return at
    return -1


_JUDGING = ("ing", "able", "ible", "ful", "ous", "ive", "some", "less")


def _customer_state(np: Sequence[str], at: int, caused: bool, lexicon: Lexicon) -> tuple[str, int] | None:
    """Feeling, perception, complaint or opinion predicated of the customer at ``np[at] == "you"``."""
    size = len(np)
    j = at + 1
    while (
        j < size
        and np[j]
        in {
            "have",
            "had",
            "has",
            "do",
            "did",
            "also",
            "now",
            "still",
            "clearly",
            "really",
            "may",
            "might",
            "to",
            "ever",
            "would",
            "could",
            "only",
            "both",
            "always",
            "just",
            "should",
            "so",
            "obviously",
            "been",
            "will",
            "evidently",
            "sometimes",
        }
        and j - at < 5
    ):
        if (
            np[j] == "to"
            or (np[j] == "had" and np[j + 1 : j + 2] == ["to"])
            or (np[j] == "have" and np[j + 1 : j + 2] == ["to"])
        ):
            break
        need = lexicon.match("need-felt", np, j)
        if need:
            return "complaint", j + need
        if np[j] in {"had", "have"} and lexicon.match("impression", np, j + 1):
            return "perception", j + 1 + lexicon.match("impression", np, j + 1)
        j += 1
    need = lexicon.match("need-felt", np, j)
    if need:
        return "complaint", j + need
    if j >= size:
        return None
    if lexicon.match("choose", np, j):
        rest = np[j + 1 : j + 8]
        if any(lexicon.match("complain", rest, k) for k in range(len(rest))):
            return "complaint", j + 1
        return "perception", j + 1
    if (np[j] == "come" and np[j - 1 : j] == ["have"]) or np[j] in {"came", "come", "walked", "left", "went"}:
        rest = np[j + 1 : j + 8]
        if "impression" in rest:
            return "perception", min(size, j + 2 + rest.index("impression"))
        for k, w in enumerate(rest):
            if lexicon.match("emotion", rest, k) and w not in _ACTED_ON:
                return "feeling", j + 2 + k
    if np[j] in {"take", "took", "taken"} and any(
        w in {"personally", "heart", "amiss", "badly", "offence", "offense", "umbrage", "exception"}
        for w in np[j + 1 : j + 7]
    ):
        return "perception", min(size, j + 2)
    if np[j : j + 3] in (["had", "to", "feel"], ["have", "to", "feel"]):
        return "feeling", j + 3
    if np[j] in {"hold", "held", "blame", "blamed", "think", "consider"} and "responsible" in np[j : j + 4]:
        return "perception", j + 1
    if (
        np[j] in {"get", "got", "had", "have", "gained"}
        and any(w in {"impression", "wrong"} for w in np[j + 1 : j + 3])
        and ("impression" in np[j + 1 : j + 4] or "end" in np[j + 1 : j + 5] or "idea" in np[j + 1 : j + 5])
    ):
        return "perception", min(size, j + 3)
    if np[j] in {"could", "can"} and np[j + 1 : j + 3] in (["not", "understand"], ["not", "see"], ["not", "follow"]):
        return "perception", min(size, j + 3)
    if np[j : j + 2] == ["gone", "off"] or np[j : j + 3] == ["went", "off", "the"]:
        return "perception", j + 2
    opinion = _opinion(np, at, j)
    if opinion:
        return "perception", opinion
    for k in range(j, min(size, j + 9)):
        if np[k] in {"believing", "thinking", "feeling", "assuming"} and np[k - 1] != "been" and not caused:
            return ("feeling" if np[k] == "feeling" else "perception"), k + 1
    word = np[j]
    if word in {"feel", "felt", "feeling", "feels"}:
        return ("event" if caused else "feeling"), j + 1
    if word in {
        "are",
        "were",
        "was",
        "be",
        "is",
        "been",
        "got",
        "get",
        "became",
        "become",
        "remain",
        "being",
        "'re",
        "leave",
        "left",
        "came",
        "go",
        "went",
        "walked",
        "sound",
        "seem",
        "seemed",
        "sounded",
        "am",
        "not",
    }:
        k = j + 1
        while (
            k < size
            and (
                np[k]
                in {
                    "so",
                    "very",
                    "not",
                    "left",
                    "a",
                    "as",
                    "bit",
                    "longer",
                    "no",
                    "feeling",
                    "that",
                    "still",
                    "quite",
                    "this",
                    "too",
                    "away",
                    "really",
                    "less",
                    "than",
                    "been",
                    "made",
                    "to",
                    "feel",
                    "rather",
                    "somewhat",
                    "all",
                    "at",
                    "currently",
                    "being",
                    "getting",
                    "obviously",
                    "clearly",
                    "even",
                    "more",
                }
            )
            and k - j < 6
        ):
            if np[k] in {"feeling", "feel"}:
                return ("event" if caused else "feeling"), k + 1
            if lexicon.match("emotion", np, k) > 1:
                break
            k += 1
        length = lexicon.match("emotion", np, k)
        if length and np[k] not in _ACTED_ON and not caused:
            by = np[k + length : k + length + 2]
            if by[:1] == ["by"] and by[1:2] in (["us"], ["our"]):
                return "event", k + length
            return "feeling", k + length
        if lexicon.match("think", np, k) and np[k].endswith("ing") and np[k] != "expecting":
            return "perception", k + 1
        if (k < size and np[k] == "finding") or (
            k < size
            and np[k] in {"enjoying", "fan", "taken", "convinced", "keen", "comfortable", "sold", "won", "persuaded"}
            and any(w in {"not", "no", "less", "never"} for w in np[at:k])
        ):
            return "perception", k + 1
        if (np[k : k + 1] == ["of"] and lexicon.match("impression", np, k + 1)) or np[k : k + 2] == ["under", "the"]:
            return "perception", min(size, k + 3)
        return None
    if word in {"found", "find", "finding"}:
        if any(lexicon.match("evaluative", np, k) for k in range(j + 1, min(size, j + 9))):
            return "perception", min(size, j + 4)
        if np[j + 1 : j + 2] in (["it"], ["us"], ["our"]):
            return "perception", j + 2
        tail = np[j + 1 :]
        if (
            "too" in tail
            or ("to" in tail and "be" in tail)
            or any(
                w.endswith(_JUDGING)
                and w
                not in {
                    "missing",
                    "wanting",
                    "something",
                    "nothing",
                    "anything",
                    "booking",
                    "building",
                    "parking",
                    "heating",
                    "thing",
                    "being",
                    "morning",
                    "evening",
                    "during",
                    "table",
                    "cable",
                    "vegetable",
                }
                for w in tail[-3:]
            )
        ):
            return "perception", min(size, j + 4)
        return None
    if (
        word in {"took", "take", "taken"}
        and np[j + 1 : j + 2]
        and np[j + 1] in {"it", "this", "that", "my", "our", "offence", "offense"}
    ):
        return "perception", min(size, j + 4)
    length = lexicon.match("think", np, j)
    if length and word not in {
        "see",
        "saw",
        "seen",
        "expect",
        "expected",
        "mistake",
        "rate",
        "supposed",
        "expecting",
        "viewed",
        "view",
    }:
        return "perception", j + length
    if word in {"see", "saw", "view", "viewed", "experienced"} and (
        "as" in np[j + 1 : j + 6] or (np[j + 1 : j + 2] and np[j + 1] in {"it", "us", "this", "things"})
    ):
        return "perception", j + 2
    if lexicon.match("impression", np, j + 1) and word in {"got", "get", "have", "had", "formed", "gained"}:
        return "perception", j + 1 + lexicon.match("impression", np, j + 1)
    return None


_HOPE = frozenset(
    "expectations expectation hopes hope expected expecting hoped hoping pictured imagined mind wanted liking taste tastes".split()
)
_STRIKE = frozenset(
    "struck strikes strike seemed seems seem appeared appears felt feels looked looks sounded landed came come comes read reads".split()
)


def _experienced(np: Sequence[str], lexicon: Lexicon) -> tuple[str, int] | None:
    """Perception stated the other way round: how our act struck, landed on, or fell short of the hopes of somebody."""
    size = len(np)
    for at, word in enumerate(np):
        rest = np[at + 1 : at + 8]
        if word in {"struck", "strikes", "strike"} and any(
            w in {"you", "anyone", "him", "her", "them"} for w in rest[:2]
        ):
            return "perception", min(at + 4, size)
        if word in {"landed", "received", "taken", "read", "perceived", "interpreted"} and (
            "way" in rest[:4] or "sense" in rest[:4] or word == "perceived"
        ):
            return "perception", min(at + 4, size)
        if (
            word in {"came", "come", "comes", "coming"}
            and rest[:1] in (["over"], ["across"])
            and not (at and np[at - 1] in {"to", "you"})
        ):
            return "perception", min(at + 3, size)
        if (
            word in {"felt", "seen", "experienced"}
            and at
            and np[at - 1] in {"was", "were", "been", "is"}
            and rest[:1] in (["as"], ["by"], ["to"])
        ):
            return "perception", min(at + 3, size)
        if word in {"nerves", "goat"} and np[at - 1] in {"your", "their"}:
            return "feeling", at + 1
        if word in {"spark"} and "joy" in rest:
            return "perception", min(at + 2, size)
        if (
            word in _STRIKE
            and "to" in rest
            and rest[rest.index("to") + 1 : rest.index("to") + 2] == ["you"]
            and word in {"seemed", "seems", "seem", "appeared", "appears", "looked", "looks"}
        ):
            return "perception", min(at + 4, size)
        if word == "not" or word in {"never", "hardly"}:
            short = rest[:6]
            if (
                any(
                    v in short
                    for v in ("meet", "match", "live", "reach", "quite", "giving", "what", "to", "for", "fit")
                )
                and any(w in _HOPE for w in np[at + 1 : at + 12])
                and "our" not in np[at + 1 : at + 7]
                and not _ours(np, at)
            ):
                return "perception", min(at + 4, size)
            if rest[:2] == ["for", "you"] or rest[:3] == ["a", "match", "for"] or rest[:3] == ["to", "everyone", "'s"]:
                return "perception", min(at + 3, size)
    for at in range(size):
        if np[at] == "your" or np[at] in {"the", "that", "this", "any"}:
            k = at + 1
            while k < size and np[k] in {
                "negative",
                "poor",
                "low",
                "bad",
                "different",
                "unfavourable",
                "current",
                "own",
                "mixed",
            }:
                k += 1
            if k < size and (
                (np[at] == "your" and np[k] in _VIEWS)
                or (
                    np[k] in {"impression", "doubts", "perception"}
                    and np[at] in {"the", "that", "this"}
                    and at < 3
                    and not _gave(np, at)
                )
            ):
                return "perception", k + 1
    return None


_VIEWS = frozenset(
    "view views opinion opinions perception perceptions impression belief beliefs doubts misunderstanding misgivings reservations reading interpretation standards".split()
)


def _ours(np: Sequence[str], at: int) -> bool:
    """Whether we ourselves are the one who fell short ("we did not meet your expectations")."""
    return any(w in {"we", "i"} for w in np[:at])


def _gave(np: Sequence[str], at: int) -> bool:
    return (
        any(
            w in {"gave", "give", "given", "left", "giving", "leave"}
            and np[max(0, k - 1)] in {"we", "i", "have", "us", "by"}
            for k, w in enumerate(np[:at])
        )
        or "we" in np[at:]
    )


def _opinion(np: Sequence[str], at: int, j: int) -> int:
    """``you did not like``: index after a denied opinion verb; 0 if there is none."""
    k = j
    while k < len(np) and np[k] in {"not", "do", "did", "really", "quite", "fully"}:
        k += 1
    if "not" in np[at:k] and k < len(np) and np[k] in _OPINION | {"feel", "think", "find"}:
        return k + 1
    return 0


def _feeling_noun(np: Sequence[str], at: int, owner: str, lexicon: Lexicon) -> tuple[str, int] | None:
    for k in range(at + 1, min(at + 4, len(np))):
        length = lexicon.match("emotion-noun", np, k)
        if length:
            rest = np[k + length :]
            if any(w in _CAUSED for w in rest) or "this" in rest or "caused" in np or "we" in np[:k]:
                return None
            if owner == "your" or np[k] in _STRONG_FEELING:
                return "feeling", k + length
            return None
        if not np[k].isalpha():
            return None
    return None


def _refusal(np: Sequence[str], prep: str) -> int:
    """A present-tense cannot or will-not inside the complement; 0 if none. Past "could not" is our own act."""
    if prep:
        return 0
    for at in range(len(np)):
        word = np[at]
        nxt = np[at + 1] if at + 1 < len(np) else ""
        if word == "cannot" or (word == "can" and nxt == "not") or (word == "ca" and nxt == "not"):
            if "enough" in np:
                return 0
            return at + 2
        if word in {"are", "am", "is"} and (
            nxt == "unable"
            or (
                nxt == "not"
                and np[at + 2 : at + 3] in (["able"], ["possible"], ["available"], ["permitted"], ["allowed"])
            )
        ):
            return at + 3
        if (
            word == "will"
            and nxt in {"not", "be"}
            and np[at + 2 : at + 3] in (["be"], ["unable"], ["refund"], ["accept"], ["do"])
        ):
            return at + 3
        if word == "do" and nxt == "not" and np[0] in {"we", "i"} and any(w in _OFFERING for w in np[at + 2 : at + 5]):
            return at + 4
        if word == "have" and nxt == "to" and np[0] in {"we", "i"}:
            return at + 3
        if word in {"when", "if", "until", "after"}:
            break
    return 0


def _is_loss(np: Sequence[str], prep: str, lexicon: Lexicon) -> bool:
    if prep and np[0] in {"the", "this"} and np[1:3] == ["loss", "of"]:
        return ("your" in np[3:4] and bool(lexicon.match("loss", np, 4))) or (
            bool(np[3:4]) and np[3] not in {"your", "the", "our", "a", "this", "service", "power", "data", "it"}
        )
    if not prep or "your" not in np[:2]:
        return False
    if "loss" in np[:5] and "of" not in np[:5]:
        return True
    at = np.index("your") + 1
    while at < len(np) and np[at] in {"late", "dear", "recent", "sad", "beloved", "tragic", "terrible", "poor"}:
        at += 1
    return bool(lexicon.match("loss", np, at)) and np[at + 1 : at + 2] != ["'s"]
