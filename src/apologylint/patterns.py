"""The compact pattern language, compiled to spaCy token patterns on NORM.

======================  ====================================================================
``word``                that word (in full: ``do not``, not ``don't``)
``a|b``                 one of two words
``{name}`` ``{name:f}`` an entry of a word class, or one form of it (base s past pp ing noun plural word)
``(x y)``               optional group; ``(x|y z)`` with alternatives
``[x|y z]``             required group of alternatives
``...`` ``...3``        a gap of up to 4 (or 3) tokens inside the clause
``_``                   any one token inside the clause
``^`` ``$``             the match must start (end) the sentence, punctuation aside
======================  ====================================================================

A pattern that can match nothing, holds no literal anchor, or has more than one unbounded part is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from apologylint.errors import RuleError
from apologylint.later import later_regex
from apologylint.lexicon import Lexicon, tokens_of

MAX_EXPANSIONS = 600
# What a contraction may leave instead of the full word once the tokenizer's NORM is applied.
EQUIVALENTS = {
    "is": ("is", "'s"),
    "has": ("has", "'s"),
    "us": ("us", "'s"),
    "had": ("had", "'d"),
    "would": ("would", "'d"),
}
# Words that the tokenizer's NORM may make out of other letters ("n't" -> "not"); never anchors.
CONTRACTED = frozenset("not will would can could am are is has have had us shall do does did 's 'd and".split())
_LEX = later_regex(r"\{[^}]*\}|\.\.\.\d*|[()\[\]|^$_]|[^\s(){}\[\]|^$]+")
# Token attributes that a pipeline without a model sets.
RAW_ATTRIBUTES = frozenset("NORM LOWER TEXT ORTH OP IS_PUNCT IS_TITLE IS_UPPER LIKE_NUM IS_ALPHA SHAPE".split())


# What a gap and ``_`` never run across.
CLAUSE_BREAKS = frozenset([".", "!", "?", ";", ":", "\n", "\u2014", "(", ")", "but", "however", "though", "although"])
# A second word is asked of the raw text unless most sentences hold it (times in 10,000 words of replies).
_TELLING = 1500


@dataclass(frozen=True, slots=True)
class Tok:
    """One token of an expanded pattern: a set of words (empty = any), optionality, or a bounded gap."""

    words: frozenset[str] = frozenset()
    optional: bool = False
    gap: int = 0

    def spec(self) -> dict[str, Any]:
        """SpaCy token pattern."""
        if self.gap:
            return {"NORM": {"NOT_IN": sorted(CLAUSE_BREAKS)}, "OP": f"{{0,{self.gap}}}"}
        if not self.words:
            return {"NORM": {"NOT_IN": sorted(CLAUSE_BREAKS)}}
        words = sorted(self.words)
        spec: dict[str, Any] = {"NORM": words[0] if len(words) == 1 else {"IN": words}}
        if self.optional:
            spec["OP"] = "?"
        return spec


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern.

    Attributes:
        source: as written, for ``explain`` and error messages.
        parts: its tokens; empty for a raw spaCy pattern.
        anchor: words of which every match contains at least one.
        second: words of which every match contains one more; empty if the pattern has none that tells much.
        least, most: how many tokens of a match can stand before its anchor.
        at_start, at_end: the match must start (end) its sentence.
        raw: a raw spaCy token pattern; empty for others.
    """

    source: str
    parts: tuple[Tok, ...]
    anchor: frozenset[str]
    second: frozenset[str] = frozenset()
    least: int = 0
    most: int = 0
    at_start: bool = False
    at_end: bool = False
    raw: tuple[dict[str, Any], ...] = ()

    @property
    def tokens(self) -> tuple[dict[str, Any], ...]:
        """The pattern as spaCy's Matcher takes it."""
        return self.raw or tuple(part.spec() for part in self.parts)


def compile_pattern(
    source: str, lexicon: Lexicon, *, gated: bool = True, path: str = "", line: int = 0
) -> list[Pattern]:
    """Compile one pattern; word classes with entries of several words make several.

    ``gated=False`` is for patterns that are only tried on tokens (recognisers, vetoes): there a contraction may be the
    anchor, since the gate never looks for it in raw text.

    Raises:
        RuleError: syntax, unknown class, no anchor, matches nothing, or too many expansions.
    """
    try:
        at_start, at_end, expansions = _parse(source, lexicon)
    except RuleError as error:
        raise RuleError(f"pattern {source!r}: {error.message}", path=path, line=line, cure=error.cure) from None
    out = []
    for tokens in expansions:
        anchor, second, at = _anchors(tokens, gated, lexicon.frequencies)
        if not anchor:
            raise RuleError(
                f"pattern {source!r} has no literal anchor",
                path=path,
                line=line,
                cure="add a required word that is not a contraction or an article",
            )
        out.append(Pattern(source, tokens, anchor, second, *_reach_before(tokens[:at]), at_start, at_end))
    return out


def raw_pattern(tokens: list[dict[str, Any]], *, gated: bool = True, path: str = "", line: int = 0) -> Pattern:
    """A raw spaCy token pattern from a rule file, checked.

    Raises:
        RuleError: attribute that a blank pipeline lacks, an unbounded operator, or no literal anchor.
    """
    parts: list[Tok] = []
    for spec in tokens:
        for key in spec:
            if key not in RAW_ATTRIBUTES:
                raise RuleError(
                    f"token attribute {key!r} is not available in a blank pipeline",
                    path=path,
                    line=line,
                    cure="use NORM or LOWER",
                )
        op = str(spec.get("OP", "1"))
        if op in {"*", "+"} or op.endswith(",}"):
            raise RuleError(f"operator {op!r} is unbounded", path=path, line=line, cure="give a bound such as {0,4}")
        value = spec.get("NORM", spec.get("LOWER"))
        words: frozenset[str] = frozenset()
        if isinstance(value, str):
            words = frozenset([value])
        elif isinstance(value, dict) and set(value) == {"IN"}:
            words = frozenset(value["IN"])
        parts.append(Tok(words, optional=op in {"?", "!"} or op.startswith("{0")))
    anchor, second, _ = _anchors(tuple(parts), gated, {})
    if not anchor:
        raise RuleError(
            "raw token pattern has no literal anchor", path=path, line=line, cure="add a required NORM word"
        )
    return Pattern(str(tokens), (), anchor, second, raw=tuple(tokens))


def _anchors(
    tokens: tuple[Tok, ...], gated: bool, frequencies: Mapping[str, int]
) -> tuple[frozenset[str], frozenset[str], int]:
    """The two required word sets that replies hold most rarely, and the place of the first among the tokens.

    The second is empty where it would tell little.
    """
    found: list[tuple[int, int, frozenset[str]]] = []
    for at, tok in enumerate(tokens):
        if tok.optional or tok.gap or not tok.words or not all(w.replace("&", "").isalnum() for w in tok.words):
            continue
        if gated and tok.words & CONTRACTED:
            continue
        # Whole numbers: the order in which a set is summed must not decide between equals.
        found.append((sum(5 * frequencies.get(w, 0) + 1 for w in tok.words), at, tok.words))
    found.sort(key=lambda item: item[:2])
    if not found:
        return frozenset(), frozenset(), 0
    second = found[1][2] if len(found) > 1 and found[1][0] < _TELLING else frozenset()
    return found[0][2], second, found[0][1]


def _reach_before(tokens: Sequence[Tok]) -> tuple[int, int]:
    """How many words the tokens before an anchor take, at least and at most."""
    return sum(not (t.optional or t.gap) for t in tokens), sum(t.gap or 1 for t in tokens)


def _parse(source: str, lexicon: Lexicon) -> tuple[bool, bool, list[tuple[Tok, ...]]]:
    items = _LEX.findall(source.strip())
    at_start = at_end = False
    if items and items[0] == "^":
        at_start, items = True, items[1:]
    if items and items[-1] == "$":
        at_end, items = True, items[:-1]
    parser = _Parser(items, lexicon)
    seq = parser.sequence(())
    if parser.at < len(items):
        raise RuleError(f"unexpected {items[parser.at]!r}", cure="check the brackets")
    expansions = [e for e in _dedupe(seq) if e]
    if not expansions or any(not any(not t.optional and not t.gap for t in e) for e in expansions):
        raise RuleError("can match nothing", cure="make a word required")
    if len(expansions) > MAX_EXPANSIONS:
        raise RuleError(f"expands to {len(expansions)} patterns", cure="split it or use single-word classes")
    for e in expansions:
        if sum(t.gap for t in e) > 12:
            raise RuleError("has gaps of more than 12 tokens in all", cure="shorten the gaps")
    return at_start, at_end, expansions


def _dedupe(seqs: list[tuple[Tok, ...]]) -> Iterator[tuple[Tok, ...]]:
    seen = set()
    for seq in seqs:
        if seq not in seen:
            seen.add(seq)
            yield seq


class _Parser:
    """Recursive descent over the lexed items; every production yields its list of expansions."""

    def __init__(self, items: list[str], lexicon: Lexicon) -> None:
        self.items = items
        self.lexicon = lexicon
        self.at = 0

    def sequence(self, stops: tuple[str, ...]) -> list[tuple[Tok, ...]]:
        parts: list[list[tuple[Tok, ...]]] = []
        while self.at < len(self.items) and self.items[self.at] not in stops:
            # Inside a group "|" separates whole sequences; outside it binds two neighbours.
            parts.append(self.atom() if "|" in stops else self.alternatives())
        size = 1
        for part in parts:
            size *= len(part)
            if size > MAX_EXPANSIONS * 4:
                raise RuleError("expands to too many patterns", cure="split it or use single-word classes")
        return [tuple(t for piece in combo for t in piece) for combo in product(*parts)]

    def alternatives(self) -> list[tuple[Tok, ...]]:
        """An atom, or several joined by ``|``; one-word alternatives become one set."""
        options = self.atom()
        while self.at < len(self.items) and self.items[self.at] == "|":
            self.at += 1
            options = options + self.atom()
        return _merge(options)

    def atom(self) -> list[tuple[Tok, ...]]:
        if self.at >= len(self.items):
            raise RuleError("ends too early", cure="finish the last group or alternative")
        item = self.items[self.at]
        self.at += 1
        if item.startswith("..."):
            return [(Tok(gap=int(item[3:] or 4)),)]
        if item == "_":
            return [(Tok(),)]
        if item in "([":
            close = ")" if item == "(" else "]"
            options = self.sequence(("|", close))
            while self.at < len(self.items) and self.items[self.at] == "|":
                self.at += 1
                options = options + self.sequence(("|", close))
            if self.at >= len(self.items):
                raise RuleError(f"{item!r} is never closed", cure=f"add {close!r}")
            self.at += 1
            merged = _merge(options)
            if item == "[":
                return merged
            return _optional(merged)
        if item.startswith("{"):
            return _merge([tuple(_word(w) for w in entry) for entry in sorted(self._class(item[1:-1]))])
        if item in ")]|^$":
            raise RuleError(f"unexpected {item!r}", cure="check the brackets")
        return [tuple(_word(w) for w in tokens_of(item))]

    def _class(self, names: str) -> frozenset[tuple[str, ...]]:
        entries: frozenset[tuple[str, ...]] = frozenset()
        for name in names.split("|"):
            entries |= self.lexicon.entries(name.strip())
        if not entries:
            raise RuleError(f"word class {{{names}}} is empty", cure="add words to it in lexicon.yaml")
        return entries


def _word(word: str) -> Tok:
    return Tok(frozenset(EQUIVALENTS.get(word, (word,))))


def _optional(options: list[tuple[Tok, ...]]) -> list[tuple[Tok, ...]]:
    if len(options) == 1 and len(options[0]) == 1 and options[0][0].words and not options[0][0].optional:
        return [(Tok(options[0][0].words, optional=True),)]
    return [*options, ()]


def _merge(options: list[tuple[Tok, ...]]) -> list[tuple[Tok, ...]]:
    """Join alternatives that differ in one plain word, so that a class of 300 words is one token set."""
    singles: set[str] = set()
    pairs: dict[tuple[object, ...], set[str]] = {}
    rest: list[tuple[Tok, ...]] = []
    for option in options:
        plain = all(t.words and not t.optional and not t.gap for t in option)
        if plain and len(option) == 1:
            singles |= option[0].words
        elif plain and len(option) > 1 and all(len(t.words) <= 2 for t in option):
            pairs.setdefault(tuple(t.words for t in option[1:]), set()).update(option[0].words)
        elif option not in rest:
            rest.append(option)
    out: list[tuple[Tok, ...]] = []
    if singles:
        out.append((Tok(frozenset(singles)),))
    for tail, firsts in pairs.items():
        out.append((Tok(frozenset(firsts)), *(Tok(words) for words in tail)))  # type: ignore[arg-type]
    return out + rest
