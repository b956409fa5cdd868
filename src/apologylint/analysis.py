"""A draft, read: its sentences with tokens, apologies, matches, moves and scores, each worked out when first asked."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import regex

from apologylint.language import Tokenizer
from apologylint.later import later_regex
from apologylint.matching import Patterns
from apologylint.memo import Recent
from apologylint.packs import Pack
from apologylint.reading import Heard, Reading, Utterance
from apologylint.sentences import split_sentences
from apologylint.spans import Span
from apologylint.stance import TARGETS, Message, Score, anatomy, companies, situation, wording

_QUOTED_LINE = later_regex(
    r"^[ \t]*>.*$|^On [^\n]{4,120} wrote:[ \t]*$|^-{2,} ?Original [Mm]essage ?-{2,}[\s\S]*\Z", regex.MULTILINE
)
_ANSWERS = later_regex(
    r"\byou(?:'d| had| have)? ?(?:asked?|were asking|wanted to know|wonder(?:ed)?|ask)\b"
    r"[^.!?]{0,30}\b(?:why|what|how|reason)"
    r"|\bsince you(?:'ve| have)? ask|\bto answer your question|\bas for (?:why|how|what)\b|\bin answer to your question"
    r"|\byour question (?:about|as to) (?:why|how|what)",
    regex.IGNORECASE,
)


# So many sentences are remembered from draft to draft; at most twice as many.
HEARD = 4_000


class Analysis:
    """All readings of a draft and what holds for the draft as a whole."""

    def __init__(
        self,
        engine: Engine,
        prose: str,
        customer_message: str | None,
        quoted: Sequence[Span],
        holes: Sequence[Span],
        known: dict[str, Utterance],
    ) -> None:
        self.known = known
        self.engine = engine
        self.prose = prose
        self.message = Message.of(customer_message)
        self.holes = holes
        spans = split_sentences(prose)
        silent = (
            [*quoted, *(Span(*m.span()) for m in _QUOTED_LINE.finditer(prose))]
            if quoted or ">" in prose or "wrote" in prose or "riginal" in prose
            else []
        )
        self.readings: list[Reading] = []
        for index, span in enumerate(spans):
            muted = any(s.start <= span.start and span.end <= s.end for s in silent) if silent else False
            said = prose[span.start : span.end]
            utterance = known.get(said)
            if utterance is None:
                utterance = known[said] = Utterance(engine, said)
            self.readings.append(Reading(utterance, index, span, muted))
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
            score = self.engine.score
            speaking = [r for r in self.readings if _speaks(r)]
            situations = [self._situation(r) for r in speaking]
            sums = [score.sums(r.utterance.sums, about) for r, about in zip(speaking, situations, strict=True)]
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
        # Replies are made of the same greetings, thanks and phrases of a house.
        self.heard: Recent[str, Heard] = Recent(HEARD, longest=400)

    @cached_property
    def score(self) -> Score:
        """The learned score; its weights are read when first asked for."""
        return Score(self.pack.weights)

    def analyse(
        self,
        prose: str,
        customer_message: str | None = None,
        quoted: Sequence[Span] = (),
        holes: Sequence[Span] = (),
        known: dict[str, Utterance] | None = None,
    ) -> Analysis:
        """Read a draft's prose; ``known`` are sentences read before, to which its own are added."""
        return Analysis(self, prose, customer_message, quoted, holes, {} if known is None else known)


def _speaks(reading: Reading) -> bool:
    """Whether a sentence is the writer's and holds a letter."""
    return not reading.silent and any(c.isalpha() for c in reading.text)
