"""Split prose into sentences without tokenising it.

Written for replies as people type them: chat lines without full stops, bullets, greetings, wrapped lines, missing
spaces after a full stop, emoji as full stops. One regex finds the candidates, small tests decide.
"""

from __future__ import annotations

import regex

from apologylint.later import later_regex
from apologylint.memo import Memo
from apologylint.spans import Span

# A candidate is sentence punctuation (with closing quotes), a line break, or an emoji run. To look for an emoji at
# every code point costs more than all the rest, so that is done only where there is one.
_PLAIN = r"""(?P<stop>[.!?\u2026]++["'\u2019\u201d)\]*_]{0,4})
       | (?P<line>(?:\r\n|[\n\r\u2028\u2029\x0b\x0c\x85])\s*+)"""
_EMOJI = r"[\p{Extended_Pictographic}\p{Emoji_Modifier}\u200d\ufe0f\U0001F1E6-\U0001F1FF]"
_CANDIDATE = later_regex(_PLAIN, regex.VERBOSE)
_ANY_EMOJI = later_regex(rf"(?=[^0-9#*\xa9\xae\u2122]){_EMOJI}")
_CANDIDATE_OR_EMOJI = later_regex(rf"{_PLAIN} | (?P<emoji>(?:(?=[^0-9#*\xa9\xae\u2122]){_EMOJI})++)", regex.VERBOSE)
_ABBREVIATION = later_regex(
    r"(?:^|[\s(])(?:mr|mrs|ms|mx|dr|prof|st|no|nr|vs|etc|e\.g|i\.e|a\.m|p\.m|approx|ref|inc|ltd|co|corp|dept|ext|tel|fig|"
    r"rs|sgt|rev|hon|jr|sr|mt|ave|rd|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mon|tues?|wed|thurs?|fri|sat|sun|"
    r"hrs?|mins?|secs?|min|max|(?:[a-z]\.)*[a-z])$",
    regex.IGNORECASE,
)
# "etc.", "p.m." and weekdays do end sentences when a capital follows; titles and single letters do not.
_NEVER_ENDS = later_regex(
    r"(?:^|[\s(])(?:mr|mrs|ms|mx|dr|prof|st|vs|e\.g|i\.e|rs|sgt|rev|hon|no|nr|[b-hj-z])$", regex.IGNORECASE
)
_BULLET = later_regex(r"(?:[-*+\u2022\u2013\u2014>]|\d{1,2}[.)]|[a-z][.)])\s")
_GLUED = later_regex(r"[\p{Lu}][\p{Ll}']{0,12}(?:\s|,|$)|I\b")
_FIRST_WORD = later_regex(r"[\p{L}'\u2019]+")
_GOES_ON = frozenset(
    "that for if and but or because since so to of in on at with about from by as than when while which who whose "
    "until after before is are was were be been the a an your our my their his her its due not any".split()
)
_NARROWEST_PAGE = 45
_CLOSERS = "\"'\u2019\u201d"
_OPENERS = "\"'\u2018\u201c([*_#@~"


def _shortening(word: str) -> str:
    """Whether a full stop after ``word`` "never" ends a sentence, "maybe" does, or is no sign of a shortening: ""."""
    if _NEVER_ENDS.search(word):
        return "never"
    return "maybe" if _ABBREVIATION.search(word) else ""


_SHORTENINGS = Memo(_shortening, 4_000)


def split_sentences(text: str) -> list[Span]:
    """Half-open spans of the sentences of ``text``, trimmed of white space, in order.

    Every non-blank code point lies in exactly one sentence.
    """
    spans: list[Span] = []
    start = 0
    size = len(text)
    chat = _is_chat(text)
    width = max(map(len, text.splitlines()), default=0) if "\n" in text else 0
    candidate = _CANDIDATE if text.isascii() or _ANY_EMOJI.search(text) is None else _CANDIDATE_OR_EMOJI
    for match in candidate.finditer(text):
        at, end = match.span()
        if at < start:
            continue
        if match.lastgroup == "stop":
            if not _ends_at_stop(text, at, end, size):
                continue
        elif match.lastgroup == "line":
            if not _ends_at_line(text, start, at, match[0], end, size, chat, width):
                continue
        elif not _ends_at_emoji(text, start, end, size):
            continue
        _append(spans, text, start, end)
        start = end
    _append(spans, text, start, size)
    return spans


def _append(spans: list[Span], text: str, start: int, end: int) -> None:
    sentence = text[start:end].lstrip()
    start = end - len(sentence)
    sentence = sentence.rstrip()
    end = start + len(sentence)
    if sentence:
        # Punctuation or emoji alone belongs to the sentence before it.
        alone = not sentence[0].isalnum() and not any(c.isalnum() for c in sentence)
        if alone and spans and "\n" not in text[spans[-1].end : start]:
            spans[-1] = Span(spans[-1].start, end)
        else:
            spans.append(Span(start, end))


def _is_chat(text: str) -> bool:
    """Most lines begin a thought, in lower case, and few end in a full stop: every line is a thought of its own."""
    if "\n" not in text:
        return False
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if len(lines) < 2:
        return False
    lower = sum(line[0].islower() and line.split(maxsplit=1)[0] not in _GOES_ON for line in lines)
    stops = sum(line[-1] in ".!?" for line in lines[:-1])
    return lower * 2 > len(lines) and stops * 2 <= len(lines) and sum(map(len, lines)) / len(lines) < 70


def _ends_at_stop(text: str, at: int, end: int, size: int) -> bool:
    if end >= size:
        return True
    after = text[end]
    mark = text[at]
    if not after.isspace():
        # A missing space: "late.We refunded it". Not "example.Com", "v2.Next", "U.S.A".
        if mark in "!?" and (after.isupper() or after == "I"):
            return True
        return (
            end - at == 1
            and mark == "."
            and at >= 2
            and text[at - 1].islower()
            and text[at - 2].isalpha()
            and _GLUED.match(text, end) is not None
        )
    nxt = end
    while nxt < size and text[nxt].isspace():
        nxt += 1
    if nxt >= size:
        return True
    follow = text[nxt]
    while follow in _OPENERS and nxt + 1 < size:
        nxt += 1
        follow = text[nxt]
    if text[end - 1] in _CLOSERS and follow.islower():
        # Quoted words inside a sentence: 'You wrote "Where is it?" on Monday.'
        return False
    if mark in "!?":
        return True
    if mark == "\u2026" or (end - at >= 2 and text[at : at + 2] == ".."):
        return not follow.islower()
    word = text[max(0, at - 12) : at].rpartition(" ")[2]
    shortening = _SHORTENINGS[word]
    if shortening == "never":
        return False
    if shortening == "maybe":
        return follow.isupper() and "\n" not in text[end:nxt] and text[at - 1 : at] not in "0123456789"
    if at and text[at - 1].isdigit() and follow.isdigit() and _BULLET.match(text, at - 1) is not None:
        return False
    return not _starts_bullet(text, at)


def _starts_bullet(text: str, at: int) -> bool:
    """``1.`` at the head of a line is a bullet, not a sentence."""
    head = text.rfind("\n", 0, at) + 1
    word = text[head:at].strip()
    return 0 < len(word) <= 2 and word.isdigit()


def _ends_at_line(text: str, start: int, at: int, gap: str, end: int, size: int, chat: bool, width: int) -> bool:
    if end >= size or chat or gap.count("\n") > 1 or gap.count("\r") > 1:
        return True
    head = max(text.rfind("\n", 0, at) + 1, start)
    line = text[head:at].strip()
    if not line:
        return False
    if _BULLET.match(text, end):
        return True
    follow = text[end]
    if follow.islower():
        return line[-1] != "," and _broken_on_purpose(text, line, end, width)
    if line[-1] in ".!?:,;" or not follow.isalnum():
        return True
    # A capital after an unfinished line: a wrapped sentence if the line is long, a list or heading if it is short.
    return len(line) < 50


def _broken_on_purpose(text: str, line: str, end: int, width: int) -> bool:
    """Whether a line that goes on in lower case was ended by its writer, and not by the width of a page.

    A page breaks a line where the next word does not fit. Words that cannot begin a thought go on with the last.
    """
    word = _FIRST_WORD.match(text, end)
    if word is None or word[0] in _GOES_ON:
        return False
    return width < _NARROWEST_PAGE or len(line) + 1 + len(word[0]) < width * 0.6


def _ends_at_emoji(text: str, start: int, end: int, size: int) -> bool:
    """Before a capital; of who writes no capitals, before a word that can begin a thought."""
    nxt = end
    while nxt < size and text[nxt] in " \t\u00a0":
        nxt += 1
    if nxt == size or text[nxt].isupper() or text[nxt] in "@#":
        return nxt < size
    word = _FIRST_WORD.match(text, nxt)
    return text[start].islower() and word is not None and word[0] not in _GOES_ON
