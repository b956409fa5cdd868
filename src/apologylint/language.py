"""Tokens of a sentence. The only module that names spaCy."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import regex

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

# Apostrophes and blanks as people and word processors write them, one code point for one.
NORMAL = str.maketrans(
    {
        "\u2019": "'", "\u2018": "'", "\u02bc": "'", "\u00b4": "'", "`": "'", "\u201b": "'", "\uff07": "'",
        "\u2032": "'", "\u201c": '"', "\u201d": '"', "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\t": " ", "\n": " ",
        "\r": " ", "\u2028": " ", "\u2029": " ", "\x0b": " ", "\x0c": " ", "\x85": " ", "\ufe0f": " ", "\u200b": " ",
        "\u00ad": " ", "\u200d": " ", "\u2060": " ", "\ufeff": " ",
    }
)  # fmt: skip
# Lone surrogates cannot be encoded, by the gate or by spaCy.
NORMAL.update(dict.fromkeys(range(0xD800, 0xE000), "?"))
# Chat spellings and what is left of contractions, to the words that patterns are written in.
SPELLINGS = {
    "u": "you", "ur": "your", "r": "are", "n": "and", "pls": "please", "plz": "please", "thx": "thanks",
    "tho": "though", "cuz": "because", "coz": "because", "cos": "because", "bcoz": "because", "bcz": "because",
    "becuase": "because", "abt": "about", "msg": "message", "msgs": "messages", "wanna": "want", "gonna": "going",
    "dont": "not", "cant": "cannot", "wont": "not", "didnt": "not", "ive": "have", "'ve": "have", "'ll": "will",
    "'re": "are", "'m": "am", "n't": "not", "nt": "not", "im": "am", "ain't": "not", "youre": "are", "hav": "have",
    "did": "did", "wud": "would", "shud": "should", "w": "with", "yr": "your", "ya": "you", "yer": "your",
    "gotta": "got", "sry": "sorry", "soz": "sorry", "sorri": "sorry", "inconvinience": "inconvenience",
    "inconvenice": "inconvenience", "incovenience": "inconvenience", "inconveinence": "inconvenience",
    # spaCy's NORM makes a hyphen of every dash; a dash breaks a clause, a hyphen does not.
    "\u2014": "\u2014", "\u2013": "\u2014", "--": "\u2014", "---": "\u2014",
}  # fmt: skip
# What else the tokenizer rewrites: as written, to the words that it makes.
REWRITTEN = {
    "em": ("them",), "doin": ("doing",), "goin": ("going",), "havin": ("having",), "lovin": ("loving",),
    "nothin": ("nothing",), "nuthin": ("nothing",), "somethin": ("something",), "nuff": ("enough",), "ol": ("old",),
    "bout": ("about",), "cause": ("because",), "gonna": ("going", "to"), "gotta": ("got", "to"), "ima": ("going",),
    "yall": ("you", "all"), "y'all": ("you",), "how'd'y": ("you",), "w/o": ("without",), "c'mon": ("come", "on"),
}  # fmt: skip
# Runs that make the tokenizer quadratic: many marks or emoji without a blank, one endless word, several blanks.
_RUN = regex.compile(r"(?P<marks>[^\w\s]{4,})|(?P<word>\S{80,})|(?P<blank> {2,})")
MAX_TOKENS = 400


@dataclass(frozen=True, slots=True)
class Tokens:
    """A tokenised sentence.

    Attributes:
        words: normalised forms, as patterns are written.
        raw: as written.
        starts, ends: code points in the sentence's own text.
        doc: the spaCy Doc whose NORM attributes are ``words``.
    """

    words: tuple[str, ...]
    raw: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    doc: Doc


def fold(text: str) -> tuple[str, list[int] | None]:
    """Normalise marks and blanks, cut runs; the offsets of what is kept, or ``None`` when every offset is its own."""
    plain = text.translate(NORMAL)
    if _RUN.search(plain) is None:
        return plain, None
    kept: list[str] = []
    offsets: list[int] = []
    at = 0
    for match in _RUN.finditer(plain):
        begin, end = match.span()
        keep = {"marks": 3, "word": 60, "blank": 1}[match.lastgroup or "blank"]
        kept.append(plain[at : begin + keep])
        offsets.extend(range(at, begin + keep))
        if match.lastgroup == "marks" and end < len(plain) and not plain[end].isspace():
            kept.append(" ")
            offsets.append(end - 1)
        at = end
    kept.append(plain[at:])
    offsets.extend(range(at, len(plain) + 1))
    return "".join(kept), offsets


class English(NamedTuple):
    """What is used of a blank English pipeline."""

    vocab: Vocab
    tokenizer: Any  # a spacy.tokenizer.Tokenizer, which has no types


def _english() -> English:
    """The vocabulary and tokenizer of ``spacy.blank("en")``, without the pipeline whose settings take time to check."""
    from spacy.lang.en import English as Language
    from spacy.language import create_tokenizer
    from spacy.vocab import create_vocab

    vocab = create_vocab(Language.lang, Language.Defaults)
    # All that the tokenizer's factory asks of a pipeline.
    pipeline = SimpleNamespace(vocab=vocab, Defaults=Language.Defaults)
    return English(vocab, create_tokenizer()(cast("Language", pipeline)))


class Tokenizer:
    """A blank English pipeline a thread.

    spaCy's vocabulary grows with every new word and its memory zones are not safe on a shared pipeline, so each thread
    has its own and replaces it after ``recycle`` sentences.
    """

    def __init__(self, recycle: int = 200_000) -> None:
        self._local = threading.local()
        self._recycle = recycle

    def __getstate__(self) -> dict[str, Any]:
        return {"recycle": self._recycle}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__init__(state["recycle"])  # type: ignore[misc]

    @property
    def nlp(self) -> English:
        """The pipeline of this thread."""
        nlp: English | None = getattr(self._local, "nlp", None)
        if nlp is None or self._local.count >= self._recycle:
            nlp = _english()
            self._local.nlp = nlp
            self._local.count = 0
            self._local.generation = getattr(self._local, "generation", 0) + 1
            self._local.matchers = {}
        return nlp

    def tokens(self, text: str) -> Tokens:
        """Tokenise one sentence. Lone surrogates are read as ``?``."""
        if text.isupper() and len(text) > 3:
            # Shouted: the tokenizer knows contractions only in lower case, and capitals no longer tell names.
            text = "".join(low if len(low := c.lower()) == 1 else c for c in text)
        folded, offsets = fold(text)
        nlp = self.nlp
        self._local.count += 1
        doc = nlp.tokenizer(folded)
        words: list[str] = []
        raw: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        for token in doc if len(doc) <= MAX_TOKENS else doc[:MAX_TOKENS]:
            norm = token.norm_
            word = SPELLINGS.get(norm, norm)
            lower = token.lower_
            word = SPELLINGS.get(lower, word)
            if word != norm:
                token.norm_ = word
            words.append(word)
            raw.append(token.text)
            begin = token.idx
            end = begin + len(token)
            if offsets is not None:
                begin, end = offsets[begin], offsets[end - 1] + 1
            starts.append(begin)
            ends.append(end)
        if len(doc) > MAX_TOKENS:
            doc = doc[:MAX_TOKENS].as_doc()
        return Tokens(tuple(words), tuple(raw), tuple(starts), tuple(ends), doc)

    def find(self, number: int, pattern: Sequence[dict[str, Any]], tokens: Tokens) -> list[tuple[int, int]]:
        """Places where a token pattern matches: first and last token, half-open.

        The pattern known as ``number`` becomes one spaCy Matcher a thread, made on first use.
        """
        nlp = self.nlp
        matcher = self._local.matchers.get(number)
        if matcher is None:
            from spacy.matcher import Matcher

            matcher = Matcher(nlp.vocab, validate=False)
            matcher.add("p", [list(pattern)], greedy="LONGEST")
            self._local.matchers[number] = matcher
        return [(start, end) for _, start, end in matcher(tokens.doc)]
