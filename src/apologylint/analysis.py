"""A draft, read: its sentences with tokens, apologies, matches, moves and scores, each worked out when first asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import regex

from apologylint.anatomy import Apology, parse_apologies
from apologylint.language import Tokenizer, Tokens, normalised
from apologylint.matching import DEVICE, Match, Patterns
from apologylint.packs import Pack
from apologylint.sentences import split_sentences
from apologylint.spans import Span
from apologylint.stance import TARGETS, Message, Score, anatomy, companies, outline, situation, wording
from apologylint.wordshapes import words_of

_QUOTED_LINE = regex.compile(
    r"^[ \t]*>.*$|^On [^\n]{4,120} wrote:[ \t]*$|^-{2,} ?Original [Mm]essage ?-{2,}[\s\S]*\Z", regex.MULTILINE
)
_QUOTE = regex.compile(r"[\"\u201c][^\"\u201c\u201d\n]{2,400}[\"\u201d]|\u2018[^\u2018\u2019\n]{8,400}\u2019(?!\w)")
# "You wrote", "your review says", "the customer said"; not "we say", "our email said", "as we told you".
_ATTRIBUTED = regex.compile(
    r"(?<!\b(?:tell|told|promised?|assured?) )\byour?\b|\bcustomer\b"
    r"|(?<!\b(?:we|i|our \w+)(?: \w+)? )\b(?:wrote|said|says?)\b",
    regex.IGNORECASE,
)
_ANSWERS = regex.compile(
    r"\byou(?:'d| had| have)? ?(?:asked?|were asking|wanted to know|wonder(?:ed)?|ask)\b"
    r"[^.!?]{0,30}\b(?:why|what|how|reason)"
    r"|\bsince you(?:'ve| have)? ask|\bto answer your question|\bas for (?:why|how|what)\b|\bin answer to your question"
    r"|\byour question (?:about|as to) (?:why|how|what)",
    regex.IGNORECASE,
)
_NOT_MEANT = frozenset(["reported", "questioned", "negated", "mocked"])
_NO_APOLOGY = frozenset(["hearing", "news", "refusal", "loss", "anticipatory", "parting"])


class Reading:
    """One sentence of a draft.

    Attributes:
        span: its place in the prose.
        text: its words; the customer's quoted words are blanked.
        index: its place among the sentences.
        anchors: words of rules that the gate saw in it.
        silent: true for the customer's own words, which are never labelled.
        quotes: true if it quotes the customer.
    """

    __slots__ = (
        "_apologies",
        "_apologises",
        "_matches",
        "_moves",
        "_tokens",
        "_words",
        "anchors",
        "engine",
        "index",
        "quotes",
        "silent",
        "span",
        "text",
    )

    def __init__(
        self, engine: Engine, index: int, span: Span, text: str, anchors: set[str], silent: bool, quotes: bool
    ) -> None:
        self.engine = engine
        self.index = index
        self.span = span
        self.text = text
        self.anchors = anchors
        self.silent = silent
        self.quotes = quotes
        self._tokens: Tokens | None = None
        self._apologies: list[Apology] | None = None
        self._apologises: bool | None = None
        self._matches: list[Match] | None = None
        self._moves: dict[tuple[str, ...], list[Match]] = {}
        self._words: list[str] | None = None

    @property
    def tokens(self) -> Tokens:
        """SpaCy tokens, normalised."""
        if self._tokens is None:
            self._tokens = self.engine.tokenizer.tokens(self.text)
        return self._tokens

    @property
    def apologies(self) -> list[Apology]:
        """Parsed apologies; empty without a device anchor."""
        if self._apologies is None:
            if DEVICE in self.anchors and not self.silent:
                t = self.tokens
                self._apologies = parse_apologies(t.words, t.raw, self.engine.pack.lexicon)
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
            self._matches = self.engine.patterns.matches(self.tokens) if self.gated else []
        return self._matches

    @property
    def gated(self) -> bool:
        """Whether the gate lets the sentence through to the patterns."""
        return not self.silent and bool(self.anchors) and self.engine.patterns.may_match(self.anchors)

    @property
    def words(self) -> list[str]:
        """Words as the score reads them."""
        if self._words is None:
            self._words = words_of(self.text)
        return self._words

    def moves(self, kinds: Iterable[str]) -> list[Match]:
        """Moves of the given kinds."""
        wanted = tuple(kinds)
        found = self._moves.get(wanted)
        if found is None:
            found = self._moves[wanted] = self.engine.patterns.moves(self.tokens, wanted)
        return found


class Analysis:
    """All readings of a draft and what holds for the draft as a whole."""

    def __init__(
        self, engine: Engine, prose: str, customer_message: str | None, quoted: Sequence[Span], holes: Sequence[Span]
    ) -> None:
        self.engine = engine
        self.prose = prose
        self.message = Message.of(customer_message)
        self.holes = holes
        spans = split_sentences(prose)
        lowered = _lower(prose)
        silent = (
            [*quoted, *(Span(*m.span()) for m in _QUOTED_LINE.finditer(prose))]
            if quoted or ">" in prose or "wrote" in lowered or "riginal" in prose
            else []
        )
        hits = engine.patterns.gate.hits(lowered, spans)
        self.readings: list[Reading] = []
        for index, span in enumerate(spans):
            anchors = engine.patterns.words(hits[index]) if index in hits else set()
            text = prose[span.start : span.end]
            said = text
            if '"' in text or "\u201c" in text or "\u2018" in text:
                text = _blank_quotes(text)
            muted = any(s.start <= span.start and span.end <= s.end for s in silent) if silent else False
            self.readings.append(Reading(engine, index, span, text, anchors, muted, text is not said))
        self._probabilities: list[list[float]] | None = None
        self._asked: bool | None = None
        self._apologises: bool | None = None

    @property
    def customer_asked(self) -> bool:
        """Whether the customer asked for the reason, in their message or as the draft itself says."""
        if self._asked is None:
            self._asked = (self.message is not None and self.message.asks_why) or _ANSWERS.search(
                self.prose
            ) is not None
        return self._asked

    @property
    def apologises(self) -> bool:
        """Whether any sentence holds the writer's apology."""
        if self._apologises is None:
            self._apologises = any(r.apologises for r in self.readings)
        return self._apologises

    def apology_before(self, index: int, within: int = 2) -> int:
        """How many sentences back the nearest apology stands, within ``within``; 0 if none."""
        for back in range(1, within + 1):
            if index - back < 0:
                break
            if self.readings[index - back].apologises:
                return back
        return 0

    def features(self, reading: Reading) -> set[str]:
        """Features of the learned score for one sentence."""
        words = wording(reading.words, self.engine.pack.lexicon)
        return words | anatomy(reading.apologies) | self._situation(reading)

    def _situation(self, reading: Reading) -> set[str]:
        before = self.apology_before(reading.index) if self.apologises else 0
        count = len(self.readings)
        return situation(reading.index, count, reading.words, reading.text, before, self.apologises, self.message)

    def probabilities(self, reading: Reading) -> list[float]:
        """Probabilities of the learned score for one sentence; all 0 for the customer's own words."""
        if self._probabilities is None:
            score, lexicon = self.engine.score, self.engine.pack.lexicon
            speaking = [r for r in self.readings if _speaks(r)]
            situations = [self._situation(r) for r in speaking]
            sums = [
                score.sums(r.words, outline(r.words, lexicon) | anatomy(r.apologies) | about)
                for r, about in zip(speaking, situations, strict=True)
            ]
            self._probabilities = [[0.0] * len(TARGETS) for _ in self.readings]
            for r, first, company, about in zip(speaking, sums, companies(sums), situations, strict=True):
                self._probabilities[r.index] = score.probabilities(first, company, about)
        return self._probabilities[reading.index]


class Engine:
    """A pack made ready to read drafts. Safe to share between threads."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.tokenizer = Tokenizer()
        self.patterns = Patterns(pack, self.tokenizer)
        self.score = Score(pack.weights)

    def analyse(
        self, prose: str, customer_message: str | None = None, quoted: Sequence[Span] = (), holes: Sequence[Span] = ()
    ) -> Analysis:
        """Read a draft's prose."""
        return Analysis(self, prose, customer_message, quoted, holes)


def _speaks(reading: Reading) -> bool:
    """Whether a sentence is the writer's and holds a letter."""
    return not reading.silent and any(c.isalpha() for c in reading.text)


def _lower(text: str) -> str:
    text = normalised(text)
    lowered = text.lower()
    if len(lowered) != len(text):
        # A few capitals grow when lowered; positions matter more than they do.
        lowered = "".join(low if len(low := c.lower()) == 1 else c for c in text)
    return lowered


def _blank_quotes(text: str) -> str:
    """Blank what stands in quotation marks when the sentence ascribes it to the customer."""
    for match in _QUOTE.finditer(text):
        begin, end = match.span()
        if _ATTRIBUTED.search(text[max(0, begin - 60) : begin]) and end - begin > 8:
            text = text[: begin + 1] + "X" + "x" * (end - begin - 3) + text[end - 1 :]
    return text
