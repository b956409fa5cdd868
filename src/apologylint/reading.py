"""A sentence, read: what it says wherever it stands, and what it is in its draft; all worked out when first asked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import regex

from apologylint.anatomy import Apology, parse_apologies
from apologylint.later import later_regex
from apologylint.matching import DEVICE, Match
from apologylint.spans import Span
from apologylint.stance import anatomy, outline
from apologylint.tokens import Tokens
from apologylint.wordshapes import words_of

if TYPE_CHECKING:
    from apologylint.analysis import Engine

_QUOTE = later_regex(r"[\"\u201c][^\"\u201c\u201d\n]{2,400}[\"\u201d]|\u2018[^\u2018\u2019\n]{8,400}\u2019(?!\w)")
# "You wrote", "your review says", "the customer said"; not "we say", "our email said", "as we told you".
_ATTRIBUTED = later_regex(
    r"(?<!\b(?:tell|told|promised?|assured?) )\byour?\b|\bcustomer\b"
    r"|(?<!\b(?:we|i|our \w+)(?: \w+)? )\b(?:wrote|said|says?)\b",
    regex.IGNORECASE,
)
_NOT_MEANT = frozenset(["reported", "questioned", "negated", "mocked"])
_NO_APOLOGY = frozenset(["hearing", "news", "refusal", "loss", "anticipatory", "parting"])


# What is remembered of a sentence from draft to draft: its words, its sums, and whether it is quiet: no pattern matches
# it and no apology is in it. Words and numbers in tuples are all, which the garbage collector need not look through.
Heard = tuple[tuple[str, ...], tuple[int, ...], bool]


class Utterance:
    """What a sentence says wherever it stands.

    Attributes:
        said: the sentence.
        text: its words; the customer's quoted words are blanked.
        quotes: true if it quotes the customer.
    """

    __slots__ = (
        "_anchors",
        "_apologies",
        "_apologises",
        "_engine",
        "_matches",
        "_moves",
        "_sums",
        "_tokens",
        "_words",
        "quotes",
        "said",
        "text",
    )

    def __init__(self, engine: Engine, said: str) -> None:
        self._engine = engine
        self.said = said
        self.text = _blank_quotes(said) if '"' in said or "\u201c" in said or "\u2018" in said else said
        self.quotes = self.text is not said
        self._anchors: set[str] | None = None
        self._tokens: Tokens | None = None
        self._apologies: list[Apology] | None = None
        self._apologises: bool | None = None
        self._matches: list[Match] | None = None
        self._moves: dict[tuple[str, ...], list[Match]] = {}
        self._words: tuple[str, ...] | None = None
        self._sums: tuple[int, ...] | None = None
        heard = engine.heard.recall(said)
        if heard is not None:
            self._words, self._sums, quiet = heard
            if quiet:
                self._apologies, self._matches = [], []

    @property
    def anchors(self) -> set[str]:
        """Words of rules that the gate sees in it."""
        if self._anchors is None:
            self._anchors = self._engine.patterns.seen(self.said)
        return self._anchors

    @property
    def tokens(self) -> Tokens:
        """SpaCy tokens, normalised."""
        if self._tokens is None:
            self._tokens = self._engine.tokenizer.tokens(self.text)
        return self._tokens

    @property
    def apologies(self) -> list[Apology]:
        """Parsed apologies; empty without a device anchor."""
        if self._apologies is None:
            if DEVICE in self.anchors:
                t = self.tokens
                self._apologies = parse_apologies(t.words, t.raw, self._engine.pack.lexicon)
            else:
                self._apologies = []
        return self._apologies

    @property
    def apologises(self) -> bool:
        """Whether the writer performs an apology here, real, fake or empty."""
        if self._apologises is None:
            self._apologises = any(
                a.performer == "writer" and a.mood not in _NOT_MEANT and a.object not in _NO_APOLOGY
                for a in self.apologies
            )
        return self._apologises

    @property
    def matches(self) -> list[Match]:
        """Pattern matches of reporting rules."""
        if self._matches is None:
            patterns = self._engine.patterns
            gated = bool(self.anchors) and patterns.may_match(self.anchors)
            self._matches = patterns.matches(self.tokens) if gated else []
        return self._matches

    def moves(self, kinds: Iterable[str]) -> list[Match]:
        """Moves of the given kinds."""
        wanted = tuple(kinds)
        found = self._moves.get(wanted)
        if found is None:
            found = self._moves[wanted] = self._engine.patterns.moves(self.tokens, wanted)
        return found

    @property
    def words(self) -> tuple[str, ...]:
        """Words as the score reads them."""
        if self._words is None:
            self._words = tuple(words_of(self.text))
        return self._words

    @property
    def sums(self) -> tuple[int, ...]:
        """The score's sums over all that does not hang on where the sentence stands."""
        if self._sums is None:
            engine = self._engine
            others = outline(self.words, engine.pack.lexicon) | anatomy(self.apologies)
            self._sums = tuple(engine.score.own_sums(self.words, others))
            engine.heard.keep(self.said, (self.words, self._sums, not self.apologies and not self.matches))
        return self._sums


class Reading:
    """One sentence of a draft.

    Attributes:
        span: its place in the prose.
        index: its place among the sentences.
        silent: true for the customer's own words, which are never labelled.
        utterance: what it says.
        text: see :class:`Utterance`.
        quotes: see :class:`Utterance`.
    """

    __slots__ = ("index", "quotes", "silent", "span", "text", "utterance")

    def __init__(self, utterance: Utterance, index: int, span: Span, silent: bool) -> None:
        self.utterance = utterance
        self.index = index
        self.span = span
        self.silent = silent
        self.text = utterance.text
        self.quotes = utterance.quotes

    @property
    def anchors(self) -> set[str]:
        """Words of rules that the gate sees in it."""
        return self.utterance.anchors

    @property
    def tokens(self) -> Tokens:
        """SpaCy tokens, normalised."""
        return self.utterance.tokens

    @property
    def apologies(self) -> list[Apology]:
        """Parsed apologies; empty without a device anchor, and of the customer's words."""
        return [] if self.silent else self.utterance.apologies

    @property
    def apologises(self) -> bool:
        """Whether the writer performs an apology here, real, fake or empty."""
        return not self.silent and self.utterance.apologises

    @property
    def matches(self) -> list[Match]:
        """Pattern matches of reporting rules; none in the customer's words."""
        return [] if self.silent else self.utterance.matches

    @property
    def words(self) -> tuple[str, ...]:
        """Words as the score reads them."""
        return self.utterance.words

    def moves(self, kinds: Iterable[str]) -> list[Match]:
        """Moves of the given kinds."""
        return self.utterance.moves(kinds)


def _blank_quotes(text: str) -> str:
    """Blank what stands in quotation marks when the sentence ascribes it to the customer."""
    for match in _QUOTE.finditer(text):
        begin, end = match.span()
        if _ATTRIBUTED.search(text[max(0, begin - 60) : begin]) and end - begin > 8:
            text = text[: begin + 1] + "X" + "x" * (end - begin - 3) + text[end - 1 :]
    return text
