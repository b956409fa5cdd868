"""The learned score: what structure alone cannot decide.

Five linear models share one set of features of a sentence: is it *defensive*; does it, without an apology, stand in
the place of one (*non-apology*); does it own a fault without saying sorry (*ownership*); is it an *explanation* of the
failure; is the clause joined to its apology an *excuse*. The features are words, short word sequences, the same with
words replaced by their kind (we, you, a number, a past verb ...) or left out (only function words kept), word classes
of the lexicon, the parse of its apologies, and where it stands: after an apology, in answer to a question or a
complaint. The weights are fitted from ``corpora/`` by ``python corpora/fit.py`` and shipped as numbers in the pack; at
run time the score is a sum.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import mul
from typing import Any

import regex

from apologylint.anatomy import Apology
from apologylint.later import later_regex
from apologylint.lexicon import Lexicon
from apologylint.memo import Memo
from apologylint.packing import PackedRows
from apologylint.wordshapes import FUNCTION, Window, shape, windows, words_of

TARGETS = ("defensive", "non-apology", "ownership", "explanation", "excuse")
STOP = frozenset(
    "the a an i you we it to of and is was in my your that this for on have not be are with me so but at do has "
    "had as if they from just get can will there what would by or been no all out up ? ! . , ' - 0 's am our us "
    "when which".split()
)
CLASSES = (
    "third-party",
    "inside-party",
    "system-noun",
    "circumstance",
    "busy",
    "remedy:pp",
    "remedy:ing",
    "remedy:base",
    "clear-fault",
    "harm",
    "emotion",
    "strong-remedy",
    "refuse",
    "cause-cue",
    "contrast",
    "generic-recipient",
    "evaluative",
)
ASKED = later_regex(
    r"\bwhy\b|\bhow come\b"
    r"|\bwhat(?:'s| is| has| was| on earth| the hell)? (?:happened|happening|went wrong|going on|gone wrong|caused?"
    r"|causing|the reason|the cause|is the reason|was the reason|took|has gone wrong)\b"
    r"|\bhow (?:on earth |the hell |the heck |in the world )?(?:did|could|can|do|does|on earth|is it possible)"
    r" (?:this|that|it|you|a|the|something|such|my)\b(?=.{0,60}\?)"
    r"|\bexplain\b|\bexplanation\b|\breasons?\b(?=[^.!]{0,80}\?)"
    r"|\bwhat(?:'s| is) (?:the )?(?:cause|reason|hold ?up)\b|\bwhat gives\b|\bfor what reason\b",
    regex.IGNORECASE,
)


def seen_through(window: Window) -> list[str]:
    """Features of a window. They hang on nothing else, so that the score need not name them again."""
    if len(window) == 4:
        a, b, c, d = window
        three = f"&{a} {b} {c}"
        return [three, f"{three} {d}"] if d else [three]
    a, b, c = window
    pair = f"{a} {b}"
    if not c:
        return [a, pair, b]
    # The last pair of kinds, a mark and the end, tells nothing that its triple does not.
    kinds = f"~{shape(a)} {shape(b)}"
    return [a, pair, f"{pair} {c}", kinds, f"{kinds} {shape(c)}"]


def outline(words: Sequence[str], lexicon: Lexicon) -> set[str]:
    """Features of a sentence's words as a whole: how it opens, and word classes."""
    kinds = ["^", *map(shape, words[:3]), "$"]
    return {"~^" + " ".join(kinds[:4])}.union("{" + name + "}" for name in lexicon.present(CLASSES, words))


def wording(words: Sequence[str], lexicon: Lexicon) -> set[str]:
    """Features of a sentence's own words."""
    return outline(words, lexicon).union(*map(seen_through, windows(words)))


def anatomy(apologies: Iterable[Apology]) -> set[str]:
    """Features of a sentence's parsed apologies."""
    out: set[str] = set()
    for a in apologies:
        out |= {
            f"@performer:{a.performer}",
            f"@mood:{a.mood}",
            f"@object:{a.object}",
            f"@doubt:{a.doubt}",
            f"@connector:{a.connector}",
            f"@object:{a.object}:{a.connector}",
        }
    return out


@dataclass(frozen=True, slots=True)
class Message:
    """What is known of the customer's message: its words, whether it asks, asks why, complains or denies.

    ``features`` are its function words: they tell a complaint from a plain question.
    """

    words: frozenset[str]
    features: frozenset[str]
    asks: bool
    asks_why: bool
    exclaims: bool
    negates: bool

    @classmethod
    def of(cls, text: str | None) -> Message | None:
        """Read a customer's message; ``None`` if there is none."""
        if text is None or not text.strip():
            return None
        words = words_of(text)
        return cls(
            frozenset(words) - STOP,
            _manner(words),
            "?" in text,
            ASKED.search(text) is not None,
            "!" in text,
            bool({"not", "no", "never"} & set(words)),
        )


def _manner(words: Sequence[str]) -> frozenset[str]:
    """How a message speaks, never its topic: its function words and their pairs; they tell complaint from question."""
    out = {f"m:{w}" for w in words if w in FUNCTION}
    out.update(
        f"m:{a} {b}"
        for a, b in zip(["^", *words], words, strict=False)
        if b in FUNCTION and (a == "^" or a in FUNCTION)
    )
    return frozenset(out)


def situation(
    index: int,
    count: int,
    words: Sequence[str],
    text: str,
    distance: int,
    apology_anywhere: bool,
    message: Message | None,
) -> set[str]:
    """Features of where a sentence stands.

    Args:
        index: its place among the draft's sentences.
        count: how many there are.
        words: the sentence's words.
        text: the sentence.
        distance: sentences back to the nearest apology within two, or 0.
        apology_anywhere: whether the draft holds any apology by the writer.
        message: the customer's message.
    """
    out = {
        f"#after{distance}",
        "#apology" if apology_anywhere else "#no-apology",
        "#first" if index == 0 else "#later",
        "#last" if index == count - 1 else "#not-last",
        f"#sentences{min(count, 6)}",
        f"#length{min(len(words) // 4, 6)}",
    }
    if message is None:
        out.add("#no-message")
        return out
    out.add("#message")
    out |= message.features
    if message.asks:
        out.add("#asked")
    if message.asks_why:
        out.add("#asked-why")
    if message.exclaims:
        out.add("#exclaimed")
    shared = len(message.words.intersection(words))
    out.add(f"#shared{min(shared, 4)}")
    negates = "not" in words or "no" in words or "never" in words
    out.add(f"#negation{int(negates)}{int(message.negates)}")
    kinds = [shape(w) for w in words[:2]]
    out.add(f"#message:{'asked' if message.asks else 'told'}:{' '.join(kinds)}")
    return out


# Weights are whole thousandths of a log odd.
UNIT = 1000


class Score:
    """Weights of the five models, in thousandths of a log odd. Missing weights score nothing.

    Push-back comes in company, so *defensive* has a second pass: a small linear model over the first sums of the
    sentence, of its neighbours, and of the strongest other sentence of the draft.
    """

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.bias: list[int] = list(data.get("bias", [-99_000] * len(TARGETS)))
        self.thresholds: dict[str, dict[str, float]] = dict(data.get("thresholds", {}))
        self.weights: dict[str, list[int]] = data.get("weights", {})
        self.context: dict[str, int] = dict(data.get("context", {}))
        self._rows = PackedRows(self.weights, len(TARGETS))
        self._windows: Memo[Window, tuple[int, ...]] = Memo(lambda w: self._rows.places(seen_through(w)), 16_000)
        self._named: Memo[str, tuple[int, ...]] = Memo(lambda feature: self._rows.places((feature,)), 4_000)
        self._company = [self.context.get(name, 0) for name in COMPANY]

    def own_sums(self, words: Sequence[str], others: Iterable[str]) -> list[int]:
        """The part of the first sums that does not hang on where a sentence stands, in units.

        Args:
            words: the sentence, for the features of its windows.
            others: its other features.
        """
        found: set[int] = set()
        found.update(*map(self._named.__getitem__, others), *map(self._windows.__getitem__, windows(words)))
        # Whole numbers, so that the sums do not depend on the order of a set.
        return self._rows.totals(found)

    def sums(self, own: Sequence[int], situation: Iterable[str]) -> list[float]:
        """First sums (log odds) for each of ``TARGETS``: :meth:`own_sums` and the features of place and message."""
        named = self._rows.totals(chain.from_iterable(map(self._named.__getitem__, situation)))
        return [(bias + a + b) / UNIT for bias, a, b in zip(self.bias, own, named, strict=True)]

    def probabilities(self, first: Sequence[float], company: Sequence[float], situation: Iterable[str]) -> list[float]:
        """Probability for each of ``TARGETS`` of a sentence.

        Args:
            first: its first sums.
            company: its row of :func:`companies`.
            situation: its features of place and message.
        """
        sums = list(first)
        if self.context:
            get = self.context.get
            near = sum(map(mul, self._company, company))
            sums[0] = (get("bias", 0) + sum([get(feature, 0) for feature in situation]) + near) / UNIT
        return [1.0 / (1.0 + math.exp(-_clipped(s, 30.0))) for s in sums]

    def contributions(self, features: Iterable[str], target: str, top: int = 6) -> list[tuple[str, float]]:
        """The features that moved ``target`` most, strongest first."""
        at = TARGETS.index(target)
        found = [(f, self.weights[f][at] / UNIT) for f in features if f in self.weights and self.weights[f][at]]
        return sorted(found, key=lambda item: (-abs(item[1]), item[0]))[:top]

    def threshold(self, target: str, level: str = "label") -> float:
        """Probability from which ``target`` labels (``label``) or warns (``warning``)."""
        return self.thresholds.get(target, {}).get(level, 2.0)


LIMIT = 6.0
_FAR = -4.0
_NEAR = (0, 1, 3)
# Features of the second pass.
COMPANY = tuple(f"{whose} {TARGETS[k]}" for k in _NEAR for whose in ("own", "previous", "next", "strongest other"))


def _clipped(value: float, limit: float) -> float:
    return limit if value > limit else -limit if value < -limit else value


def companies(sums: Sequence[Sequence[float]]) -> list[list[float]]:
    """Values of ``COMPANY``, a row a sentence: its own, its neighbours' and the strongest other sums, clipped."""
    rows: list[list[float]] = [[] for _ in sums]
    for k in _NEAR:
        values = [_clipped(s[k], LIMIT) for s in sums]
        # The two greatest tell the strongest other of every sentence without looking at all of them again.
        second, top = sorted(values)[-2:] if len(values) > 1 else (_FAR, LIMIT + 1)
        around = [_FAR, *values, _FAR]
        for at, value in enumerate(values):
            other = second if value == top or len(values) == 1 else top
            rows[at] += (value / 3, around[at] / 3, around[at + 2] / 3, other / 3)
    return rows
