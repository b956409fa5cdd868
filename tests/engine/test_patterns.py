"""The compact pattern language: what each part matches, and what is refused with which words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apologylint.errors import RuleError
from apologylint.language import Tokenizer
from apologylint.lexicon import Lexicon
from apologylint.patterns import CLAUSE_BREAKS, Pattern, Tok, _reach_before, compile_pattern, raw_pattern
from apologylint.places import places

WORDS = Lexicon.from_data(
    {
        "sorry": ["sorry", "sincerely sorry"],
        "feel": {"verbs": ["feel/felt"]},
        "upset": {"words": ["upset", "let down", "less than happy"]},
        "harm": {"nouns": ["delay", "mix-up", "difficulty"]},
        "empty": {"verbs": []},
        "wide": {"words": [f"w{a} v{b} u{a}{b} t" for a in range(40) for b in range(20)]},
    },
    frequencies={"the": 500, "we": 150, "you": 200, "for": 170, "our": 90, "see": 9, "feel": 5},
)


def places_of(pattern, words):
    where = {}
    for at, word in enumerate(words):
        where.setdefault(word, []).append(at)
    return places(pattern, words, where)


@pytest.fixture(scope="module")
def tokenizer():
    return Tokenizer()


@pytest.fixture(scope="module")
def found(tokenizer):
    """Texts of all matches of a pattern in a sentence, of overlaps the longest."""

    def find(source, text):
        patterns = compile_pattern(source, WORDS, gated=False)
        tokens = tokenizer.tokens(text)
        hits = [hit for pattern in patterns for hit in places_of(pattern, tokens.words)]
        return {text[tokens.starts[start] : tokens.ends[end - 1]] for start, end in hits}

    return find


@pytest.mark.parametrize(
    ("pattern", "text", "hit"),
    [
        ("sorry", "So SORRY about it", "SORRY"),
        ("sorry about", "sorry  about it", "sorry  about"),
        ("do not know", "I don't know", "don't know"),
        ("do not know", "I don\u2019t know", "don\u2019t know"),
        ("are sorry", "we're sorry", "'re sorry"),
        ("it is late", "it's late", "it's late"),
        ("it has gone", "it's gone", "it's gone"),
        ("we would like", "we'd like", "we'd like"),
        ("we had gone", "we'd gone", "we'd gone"),
        ("for you", "this is for u", "for u"),
        ("please call", "pls call us", "pls call"),
        ("you|they feel", "they feel bad", "they feel"),
        ("you|they|we feel", "we feel bad", "we feel"),
        ("you (really) feel", "you feel bad", "you feel"),
        ("you (really) feel", "you really feel bad", "you really feel"),
        ("you (may|might well) feel", "you might well feel bad", "you might well feel"),
        ("you [may|might well] feel", "you may feel bad", "you may feel"),
        ("{feel} bad", "felt bad", "felt bad"),
        ("{feel:past} bad", "felt bad", "felt bad"),
        ("{feel:ing} bad", "feeling bad", "feeling bad"),
        ("{upset}", "you were less than happy", "less than happy"),
        ("were {upset|harm}", "you were let down", "were let down"),
        ("the {harm:plural}", "the mix-ups", "the mix-ups"),
        ("sorry ... happy", "sorry you are not happy", "sorry you are not happy"),
        ("sorry ...1 happy", "sorry unhappy happy", "sorry unhappy happy"),
        ("sorry ... happy", "sorry happy", "sorry happy"),
        ("sorry _ happy", "sorry you happy", "sorry you happy"),
        ("mix-up here", "a mix-up here", "mix-up here"),
    ],
)
def test_matches(found, pattern, text, hit):
    assert hit in found(pattern, text)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("sorry about", "sorry, about it"),
        ("do not know", "I do know"),
        ("you [may|might well] feel", "you feel bad"),
        ("you [may|might well] feel", "you might feel bad"),
        ("{feel:past} bad", "feel bad"),
        ("sorry ...1 happy", "sorry you are happy"),
        ("sorry ... happy", "sorry. You are happy"),
        ("sorry ... happy", "sorry but happy"),
        ("sorry ... happy", "sorry; you are happy"),
        ("sorry _ happy", "sorry happy"),
        ("sorry _ happy", "sorry. happy"),
        ("sorry ... happy", "sorry one two three four five happy"),
    ],
)
def test_does_not_match(found, pattern, text):
    assert found(pattern, text) == set()


@pytest.mark.parametrize("mark", sorted(m for m in CLAUSE_BREAKS if m.strip()))
def test_a_gap_stays_in_its_clause(found, mark):
    assert found("sorry ... happy", f"sorry you {mark} are happy") == set()


def test_a_hyphen_breaks_no_clause_and_a_dash_does(found):
    assert found("sorry ...6 late", "sorry this well-known parcel is late") == {"sorry this well-known parcel is late"}
    assert found("sorry ... late", "sorry \u2013 it is late") == set()
    assert found("sorry ... late", "sorry -- it is late") == set()


def test_places_are_those_of_spacys_matcher(pack, tokenizer):
    """Every pattern of the pack, over every example of every rule that holds a word of it."""
    texts = [e.text for r in pack.rules.values() for e in (*r.match_examples, *r.no_match_examples)]
    sentences = [tokenizer.tokens(text) for text in texts]
    tried = 0
    for number, pattern in enumerate(p for r in pack.rules.values() for p in (*r.patterns, *r.excepts) if p.parts):
        for tokens in [s for s in sentences if not pattern.anchor.isdisjoint(s.words)][:12]:
            found = sorted(tokenizer.find(number, pattern.tokens, tokens))
            assert places_of(pattern, tokens.words) == found, pattern
            tried += 1
    assert tried > 5000


@given(st.data())
def test_places_of_any_pattern_are_those_of_spacys_matcher(tokenizer, data):
    word = st.frozensets(st.sampled_from("abc"), min_size=1, max_size=2)
    part = st.one_of(
        st.builds(Tok, word), st.builds(Tok, word, st.just(True)), st.builds(Tok), st.builds(Tok, gap=st.integers(1, 3))
    )
    drawn = st.lists(part, min_size=1, max_size=5).filter(lambda ps: any(p.words and not p.optional for p in ps))
    parts = tuple(data.draw(drawn))
    text = " ".join(data.draw(st.lists(st.sampled_from(["a", "b", "c", "d", ";"]), min_size=1, max_size=12)))
    tokens = tokenizer.tokens(text)
    at = data.draw(st.sampled_from([n for n, p in enumerate(parts) if p.words and not p.optional]))
    pattern = Pattern("", parts, parts[at].words, frozenset(), *_reach_before(parts[:at]))
    assert places_of(pattern, tokens.words) == sorted(tokenizer.find(hash(parts), pattern.tokens, tokens))


@pytest.mark.parametrize(
    ("pattern", "start", "end"),
    [
        ("^ sorry about", True, False),
        ("sorry about $", False, True),
        ("^ sorry $", True, True),
        ("sorry", False, False),
    ],
)
def test_ends_of_the_sentence(pattern, start, end):
    (compiled,) = compile_pattern(pattern, WORDS)
    assert (compiled.at_start, compiled.at_end) == (start, end)


def test_a_class_of_many_words_is_one_pattern(lexicon):
    assert len(compile_pattern("{system-noun}", lexicon)) < len(lexicon.entries("system-noun")) / 3
    names = Lexicon.from_data({"many": [f"w{n}" for n in range(500)]})
    assert len(compile_pattern("so {many} here", names)) == 1


@pytest.mark.parametrize(
    ("pattern", "anchor"),
    [
        ("we are inundated", {"inundated"}),
        ("you feel (upset)", {"feel"}),
        ("sorry|apologies for", {"sorry", "apologies"}),
        ("see our t&cs", {"t&cs"}),
        ("the ... delay", {"delay"}),
    ],
)
def test_the_anchor_is_the_rarest_required_word(pattern, anchor):
    (compiled,) = compile_pattern(pattern, WORDS)
    assert compiled.anchor == anchor


def test_every_match_holds_a_word_of_the_anchor(pack):
    """The promise the gate is built on, over every pattern of the built-in pack."""
    for rule in pack.rules.values():
        for pattern in (*rule.patterns, *rule.excepts):
            required = [
                {spec["NORM"]} if isinstance(spec.get("NORM"), str) else set(spec.get("NORM", {}).get("IN", ()))
                for spec in pattern.tokens
                if spec.get("OP", "1") == "1"
            ]
            assert any(words and words <= pattern.anchor for words in required), (rule.name, pattern.source)


REFUSED = {
    "": ("can match nothing", "make a word required"),
    "(sorry)": ("can match nothing", "make a word required"),
    "...": ("can match nothing", "make a word required"),
    "(sorry) ... (about)": ("can match nothing", "make a word required"),
    "(sorry about": ("'(' is never closed", "add ')'"),
    "[sorry about": ("'[' is never closed", "add ']'"),
    "sorry)": ("unexpected ')'", "check the brackets"),
    "sorry ]": ("unexpected ']'", "check the brackets"),
    "sorry ^ about": ("unexpected '^'", "check the brackets"),
    "so $ sorry": ("unexpected '$'", "check the brackets"),
    "| sorry": ("unexpected '|'", "check the brackets"),
    "sorry |": ("ends too early", "finish the last group or alternative"),
    "{nowhere} sorry": ("unknown word class {nowhere}", "define it in lexicon.yaml"),
    "{feel:future} sorry": (
        "unknown form 'future' of word class {feel}",
        "one of base, s, past, pp, ing, noun, plural, word",
    ),
    "{empty} sorry": ("word class {empty} is empty", "add words to it in lexicon.yaml"),
    "sorry ...9 so ...9 late": ("has gaps of more than 12 tokens in all", "shorten the gaps"),
    "{wide} {wide}": ("expands to too many patterns", "split it or use single-word classes"),
    "{wide}": ("expands to 800 patterns", "split it or use single-word classes"),
    "will not": ("has no literal anchor", "add a required word that is not a contraction or an article"),
    "_ (sorry) is": ("has no literal anchor", "add a required word that is not a contraction or an article"),
}


@pytest.mark.parametrize("pattern", REFUSED)
def test_refused(pattern):
    message, cure = REFUSED[pattern]
    with pytest.raises(RuleError) as refusal:
        compile_pattern(pattern, WORDS, path="rules/own.yaml", line=7)
    error = refusal.value
    assert message in error.message
    assert repr(pattern) in error.message
    assert (error.path, error.line, error.cure) == ("rules/own.yaml", 7, cure)


def test_recognisers_and_vetoes_may_hang_on_a_contraction():
    (compiled,) = compile_pattern("will not", WORDS, gated=False)
    assert compiled.anchor


RAW_REFUSED = [
    ([{"LEMMA": "be"}], "token attribute 'LEMMA' is not available in a blank pipeline", "use NORM or LOWER"),
    (
        [{"POS": "VERB"}, {"NORM": "sorry"}],
        "token attribute 'POS' is not available in a blank pipeline",
        "use NORM or LOWER",
    ),
    ([{"NORM": "sorry", "OP": "*"}], "operator '*' is unbounded", "give a bound such as {0,4}"),
    ([{"NORM": "sorry"}, {"OP": "+"}], "operator '+' is unbounded", "give a bound such as {0,4}"),
    ([{"NORM": "sorry"}, {"OP": "{2,}"}], "operator '{2,}' is unbounded", "give a bound such as {0,4}"),
    ([{"IS_PUNCT": True}], "raw token pattern has no literal anchor", "add a required NORM word"),
    ([{"NORM": "sorry", "OP": "?"}], "raw token pattern has no literal anchor", "add a required NORM word"),
    ([{"NORM": {"NOT_IN": ["sorry"]}}], "raw token pattern has no literal anchor", "add a required NORM word"),
    ([], "raw token pattern has no literal anchor", "add a required NORM word"),
]


@pytest.mark.parametrize(("tokens", "message", "cure"), RAW_REFUSED)
def test_raw_refused(tokens, message, cure):
    with pytest.raises(RuleError) as refusal:
        raw_pattern(tokens, path="own.yaml", line=3)
    assert (refusal.value.message, refusal.value.cure, refusal.value.line) == (message, cure, 3)


def test_raw_pattern_is_kept_as_written():
    tokens = [{"NORM": {"IN": ["sorry", "apologies"]}}, {"IS_PUNCT": True, "OP": "?"}, {"LOWER": "but"}]
    compiled = raw_pattern(tokens)
    assert compiled.tokens == tuple(tokens)
    assert compiled.anchor in ({"sorry", "apologies"}, {"but"})
