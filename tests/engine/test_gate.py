"""The gate saves work and changes nothing: with every anchor taken as present, every result is the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from apologylint.analysis import Engine
from apologylint.config import Config
from apologylint.gate import Gate, lowered
from apologylint.labelling import Judge
from apologylint.linter import Linter
from apologylint.matching import DEVICE_ANCHORS, Patterns
from apologylint.packs import load_pack
from apologylint.sentences import split_sentences


class OpenGate(Gate):
    """Says of every sentence that every anchor stands in it."""

    def __init__(self, anchors):
        super().__init__(anchors)
        self.all = set(anchors)

    def anchors(self, sentence):
        return set(self.all)


def anchors_of(patterns: Patterns) -> set[str]:
    return set(patterns.gate._anchors)


def make(pack, gated: bool) -> Linter:
    linter = Linter(Config(select=("all",)))
    engine = Engine(pack)
    if not gated:
        engine.patterns.gate = OpenGate(anchors_of(engine.patterns))
    linter._pack = pack
    linter._judge = Judge(engine)
    return linter


@pytest.fixture(scope="module")
def pair():
    pack = load_pack()
    return make(pack, True), make(pack, False)


def same(pair, text, message=None):
    gated, ungated = (linter.check_text(text, message).to_dict() for linter in pair)
    assert gated == ungated, text


def test_every_example(pair, pack):
    for rule in pack.rules.values():
        for example in (*rule.match_examples, *rule.no_match_examples):
            same(pair, example.text, example.customer_message)


def vocabulary() -> list[str]:
    """Words of the rules' examples, of the engine's own lists, and every exception of spaCy's tokenizer."""
    pack = load_pack(examples=True)
    words = set()
    for rule in pack.rules.values():
        for example in (*rule.match_examples, *rule.no_match_examples):
            words |= set(example.text.split())
    words |= set(DEVICE_ANCHORS) | set(spacy.blank("en").tokenizer.rules)
    return sorted(words)


def fragments() -> list[str]:
    pack = load_pack(examples=True)
    texts = {e.text for rule in pack.rules.values() for e in (*rule.match_examples, *rule.no_match_examples)}
    return sorted(texts) or ["We are sorry."]


WORDS = vocabulary()
TEXTS = fragments()
piece = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(TEXTS),
    st.sampled_from(
        [
            "sorry",
            "we",
            "you",
            "not",
            "for the",
            "but",
            "because",
            ".",
            "!",
            "?",
            ",",
            "\n",
            "\u2019",
            '"',
            "{{name}}",
            "\U0001f62d",
        ]
    ),
    st.text(max_size=6),
)


@given(st.lists(piece, max_size=12), st.sampled_from([" ", " ", "", "\n"]))
def test_made_up_texts(pair, pieces, between):
    same(pair, between.join(pieces))


@given(st.sampled_from(TEXTS), st.data())
def test_broken_examples(pair, text, data):
    """An example with a stretch taken out, doubled or in capitals."""
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    change = data.draw(st.sampled_from(["", text[start:end].upper(), text[start:end] * 2]))
    same(pair, text[:start] + change + text[end:])


def missed(engine: Engine, text: str) -> set[str]:
    """Anchors among the tokens of a text that the gate did not see in it."""
    seen = set().union(*(engine.patterns.seen(text[start:end]) for start, end in split_sentences(text)))
    return set(engine.tokenizer.tokens(text).words) & anchors_of(engine.patterns) - seen - set(DEVICE_ANCHORS)


def test_every_word_the_tokenizer_makes_is_seen(engine):
    exceptions = spacy.blank("en").tokenizer.rules
    assert not {text: words for text in exceptions if (words := missed(engine, text))}


def test_the_device_is_seen_in_every_parsed_apology(pair, pack, engine):
    for rule in pack.rules.values():
        for example in rule.match_examples:
            for reading in engine.analyse(example.text).readings:
                assert not missed(engine, reading.text)


@given(st.lists(st.sampled_from(["sorry", "busy", "my bad", "policy", "xx", " ", ".", "'"]), max_size=15).map("".join))
def test_anchors_are_whole_words_or_parts(text):
    words, parts = ("busy", "policy"), ("sorry", "my bad")
    whole = {word for word in words if re.search(rf"\b{word}\b", text)}
    assert Gate(words, parts).anchors(text) == whole | {part for part in parts if part in text}


@pytest.mark.parametrize("text", ["what's this", "whats this", "whatve we", "(what)", "what\u2019s", "5what"])
def test_a_word_with_what_the_tokenizer_cuts_off_is_seen(text):
    assert Gate(["what"]).anchors(lowered(text)) == {"what"}


@pytest.mark.parametrize("text", ["whatever", "somewhat", "whatnots"])
def test_a_word_inside_a_word_is_not_seen(text):
    assert Gate(["what"]).anchors(text) == set()


def test_no_rules_no_gate():
    assert Gate([]).anchors("sorry") == set()


def test_capitals_that_grow_do_not_shift_the_gate(pair):
    # Lower-cased, "İ" is two code points.
    same(pair, "\u0130\u0130\u0130 We are sorry if you feel that way. Please calm down.")
    report = pair[0].check_text("\u0130\u0130\u0130. I'm sorry if you feel that way.")
    assert report.verdict.label == "fake-apology"


def test_the_gate_is_used(pack):
    """A draft without any anchor is never tokenised for its patterns."""
    engine = Engine(pack)
    engine.tokenizer.tokens = lambda text: pytest.fail(f"tokenised {text!r}")
    judge = Judge(engine)
    judge.judge(engine.analyse("Zzz. Qqq!"))


def test_corpora_judge_alike(pair):
    import json

    for path in sorted((Path(__file__).parents[2] / "corpora" / "drafts").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines()[::50]:
            draft = json.loads(line)
            same(pair, draft["text"], draft.get("customer_message"))
