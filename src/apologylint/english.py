"""Is a draft English? By the share of function words, so that no model is needed and short replies pass."""

from __future__ import annotations

from apologylint.wordshapes import words_of

_COMMON = frozenset(
    "the a an i we you he she it they me my our your his her their us them this that these those to of in on at "
    "for by with from as is are was were be been am has have had do does did not no and or but if so all any just "
    "can could will would should may might must there here what which who when how where why please thank thanks "
    "hi hello dear hey sorry apologies apologise apologize team best regards kind issue order refund account email "
    "help support contact know let get up out about more now time than then also very our again see make made sent "
    "send today yes ok okay 0 hole".split()
)
# Below this many words a reply is too short to tell; below this share of common words it is not English.
MINIMUM_WORDS = 8
MINIMUM_SHARE = 0.12
_HEAD = 300


def looks_english(text: str) -> bool:
    """Whether a draft reads as English. Texts of fewer than ``MINIMUM_WORDS`` words count as English."""
    # Most are English from the first line on; only a doubtful one is read with care, and to its end.
    head = text[:_HEAD].lower().split()
    if len(head) >= MINIMUM_WORDS and sum(map(_COMMON.__contains__, head)) >= 2 * MINIMUM_SHARE * len(head):
        return True
    share = _share(text)
    return share < 0 or share >= MINIMUM_SHARE


def _share(text: str) -> float:
    """Share of common words, 0 for another script, -1 for too few words to tell."""
    if not text.isascii():
        letters = [c for c in text if c.isalpha()]
        if len(letters) > 20 and sum(c < "\u0250" for c in letters) < 0.5 * len(letters):
            return 0.0
    words = [w for w in words_of(text) if w.isalnum()]
    if len(words) < MINIMUM_WORDS:
        return -1.0
    return sum(w in _COMMON for w in words) / len(words)
