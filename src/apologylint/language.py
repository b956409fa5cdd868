"""Tokens of a sentence. The only module that names spaCy."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from functools import partial
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from apologylint.later import later_regex
from apologylint.memo import Memo
from apologylint.tokens import MAX_TOKENS, Cut, Tokens

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
_RUN = later_regex(r"(?P<marks>[^\w\s]{4,})|(?P<word>\S{80,})|(?P<blank> {2,})")
# A plain word, and the mark that may end it: no rule of the tokenizer cuts the one or joins the other to it.
_PLAIN = later_regex(r"([A-Za-z]*[a-z])([.,!?]?)")


def normalised(text: str) -> str:
    """A text with apostrophes and blanks of one kind, lone surrogates as ``?``; as long as before."""
    # In most sentences there is nothing to change, which is quickly told.
    if text.isascii() and text.isprintable() and "`" not in text:
        return text
    return text.translate(NORMAL)


def fold(text: str) -> tuple[str, list[int] | None]:
    """Normalise marks and blanks, cut runs; the offsets of what is kept, or ``None`` when every offset is its own."""
    plain = normalised(text)
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
    has its own and replaces it after ``recycle`` texts. Blanks always end a token, so that what stands between two of
    them is cut once and remembered.
    """

    def __init__(self, recycle: int = 20_000) -> None:
        self._local = threading.local()
        self._recycle = recycle
        self._cuts: Memo[str, Cut | None] = Memo(self._cut_piece)

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
            self._local.plain = _without_special_cases(nlp)
            self._local.count = 0
            self._local.generation = getattr(self._local, "generation", 0) + 1
            self._local.matchers = {}
            self._local.last = None
        return nlp

    def tokens(self, text: str) -> Tokens:
        """Tokenise one sentence. Lone surrogates are read as ``?``."""
        if text.isupper() and len(text) > 3:
            # Shouted: the tokenizer knows contractions only in lower case, and capitals no longer tell names.
            text = "".join(low if len(low := c.lower()) == 1 else c for c in text)
        plain = normalised(text)
        pieces = plain.split(" ")
        cuts = [cut for cut in map(self._cuts.__getitem__, pieces) if cut is not None]
        if len(cuts) == len(pieces):
            return Tokens(pieces, cuts, partial(self._doc, plain))
        folded, offsets = fold(text)
        return Tokens(("",), (_cut(self._doc(folded), offsets),), partial(self._doc, folded))

    def _cut_piece(self, piece: str) -> Cut | None:
        """What a piece without a blank is cut into, or ``None`` if that may hang on what stands beside it."""
        if not piece or _RUN.search(piece) is not None or any(c.isspace() for c in piece):
            return None
        tokenizer = self.nlp.tokenizer
        special = tokenizer.rules
        plain = _PLAIN.fullmatch(piece)
        if plain is not None and piece not in special and plain[1] not in special:
            return _plain_cut(plain[1], plain[2])
        if piece not in special:
            # spaCy looks for special cases such as ":)" across blanks too, and of two that overlap takes the longer:
            # only where it cuts alike without any is there nothing that a neighbour can undo.
            cuts = ([(t.text, t.norm_) for t in cut(piece)] for cut in (tokenizer, self._local.plain))
            if next(cuts) != next(cuts):
                return None
        return _cut(self._doc(piece), None)

    def _doc(self, folded: str) -> Doc:
        """The Doc of a text in which NORM is the word that patterns are written in."""
        tokenizer = self.nlp.tokenizer
        self._local.count += 1
        doc: Doc = tokenizer(folded)
        if len(doc) > MAX_TOKENS:
            doc = doc[:MAX_TOKENS].as_doc()
        for token in doc:
            norm = token.norm_
            word = SPELLINGS.get(token.lower_, SPELLINGS.get(norm, norm))
            if word != norm:
                token.norm_ = word
        return doc

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
        if self._local.last is None or self._local.last[0] is not tokens:
            self._local.last = (tokens, tokens.doc)
        return [(start, end) for _, start, end in matcher(self._local.last[1])]


def _cut(doc: Doc, offsets: Sequence[int] | None) -> Cut:
    """The tokens of a Doc; ``offsets`` are those of :func:`fold`."""
    words, raw, starts, ends = [], [], [], []
    for token in doc:
        words.append(token.norm_)
        raw.append(token.text)
        begin = token.idx
        end = begin + len(token)
        if offsets is not None:
            begin, end = offsets[begin], offsets[end - 1] + 1
        starts.append(begin)
        ends.append(end)
    return Cut(tuple(words), tuple(raw), tuple(starts), tuple(ends))


def _plain_cut(word: str, mark: str) -> Cut:
    """The same for a plain word, which spaCy's NORM only lowers: most new words are, and cost it an entry each."""
    lower = word.lower()
    norm, size = SPELLINGS.get(lower, lower), len(word)
    if not mark:
        return Cut((norm,), (word,), (0,), (size,))
    return Cut((norm, mark), (word, mark), (0, size), (size, size + 1))


def _without_special_cases(nlp: English) -> Callable[[str], Doc]:
    full: Any = nlp.tokenizer
    bare: Callable[[str], Doc] = type(full)(
        nlp.vocab,
        prefix_search=full.prefix_search,
        suffix_search=full.suffix_search,
        infix_finditer=full.infix_finditer,
        token_match=full.token_match,
        url_match=full.url_match,
    )
    return bare
