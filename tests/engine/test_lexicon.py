"""Word classes and inflections; and that entries are split as spaCy splits text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apologylint.errors import RuleError
from apologylint.language import Tokenizer
from apologylint.lexicon import FORMS, Lexicon, plural, tokens_of, verb_forms
from apologylint.patterns import EQUIVALENTS
from apologylint.wordshapes import words_of


@pytest.mark.parametrize(
    ("spec", "s", "past", "pp", "ing"),
    [
        ("refund", "refunds", "refunded", "refunded", "refunding"),
        ("replace", "replaces", "replaced", "replaced", "replacing"),
        ("reply", "replies", "replied", "replied", "replying"),
        ("delay", "delays", "delayed", "delayed", "delaying"),
        ("fix", "fixes", "fixed", "fixed", "fixing"),
        ("reach", "reaches", "reached", "reached", "reaching"),
        ("ship", "ships", "shipped", "shipped", "shipping"),
        ("cancel", "cancels", "cancelled", "cancelled", "cancelling"),
        ("offer", "offers", "offered", "offered", "offering"),
        ("visit", "visits", "visited", "visited", "visiting"),
        ("agree", "agrees", "agreed", "agreed", "agreeing"),
        ("free", "frees", "freed", "freed", "freeing"),
        ("tie", "ties", "tied", "tied", "tying"),
        ("send/sent", "sends", "sent", "sent", "sending"),
        ("write/wrote/written", "writes", "wrote", "written", "writing"),
        ("have/had", "has", "had", "had", "having"),
        ("do/did/done", "does", "did", "done", "doing"),
        ("be/was/been", "is", "was", "been", "being"),
        ("let/let down", "lets down", "let down", "let down", "letting down"),
        ("mess up", "messes up", "messed up", "messed up", "messing up"),
        ("put/put you through", "puts you through", "put you through", "put you through", "putting you through"),
    ],
)
def test_verbs(spec, s, past, pp, ing):
    base = " ".join([spec.split()[0].split("/")[0], *spec.split()[1:]])
    assert verb_forms(spec) == {"base": base, "s": s, "past": past, "pp": pp, "ing": ing}


@pytest.mark.parametrize(
    ("noun", "many"),
    [
        ("delay", "delays"),
        ("policy", "policies"),
        ("glitch", "glitches"),
        ("box", "boxes"),
        ("loss", "losses"),
        ("mix-up", "mix-ups"),
        ("bank holiday", "bank holidays"),
    ],
)
def test_plurals(noun, many):
    assert plural(noun) == many


@pytest.mark.parametrize(
    ("entry", "tokens"),
    [
        ("mix-up", ("mix", "-", "up")),
        ("it 's", ("it", "'s")),
        ("T&C", ("t&c",)),
        ("T & C", ("t", "&", "c")),
        ("let you  down", ("let", "you", "down")),
        ("don't", ("don't",)),
    ],
)
def test_entries_are_split(entry, tokens):
    assert tokens_of(entry) == tokens


def test_a_noun_with_its_own_plural():
    words = Lexicon.from_data({"people": {"nouns": ["member of staff/members of staff"]}})
    assert words.entries("people:plural") == {("members", "of", "staff")}


def test_classes_include_classes():
    words = Lexicon.from_data({"a": {"words": ["one"], "use": ["b"]}, "b": {"verbs": ["send/sent"]}})
    assert ("sent",) in words.entries("a:past")
    assert ("one",) in words.entries("a")
    assert "a" in words and "a:past" in words and "c" not in words


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"a": {"word": ["x"]}}, "word class 'a' is malformed"),
        ({"a": "x"}, "word class 'a' is malformed"),
        ({"a": ["x", 5]}, "word class 'a': 5 under 'words' is not text"),
        ({"a": ["x", " "]}, "word class 'a': ' ' under 'words' is not text"),
        ({"a": {"use": ["b"]}}, "word class 'a' uses unknown class 'b'"),
    ],
)
def test_refused(data, message):
    with pytest.raises(RuleError) as refusal:
        Lexicon.from_data(data, "lexicon.yaml")
    assert message in refusal.value.message
    assert refusal.value.path == "lexicon.yaml"
    assert refusal.value.cure


def test_the_longest_entry_is_found():
    words = Lexicon.from_data({"c": ["let", "let down", "let down badly"]})
    text = ["we", "let", "down", "them"]
    assert [words.match("c", text, at) for at in range(5)] == [0, 2, 0, 0, 0]


LETTERS = st.lists(st.sampled_from("abc"), min_size=1, max_size=3).map(" ".join)


@given(st.lists(LETTERS, min_size=1, max_size=6), st.lists(st.sampled_from("abcd"), max_size=8))
def test_matching_agrees_with_looking_at_every_entry(entries, text):
    words = Lexicon.from_data({"c": entries, "other": ["zzz"]})
    longest = [
        max((len(e.split()) for e in entries if text[at : at + len(e.split())] == e.split()), default=0)
        for at in range(len(text))
    ]
    assert [words.match("c", text, at) for at in range(len(text))] == longest
    assert words.present(("c", "other"), text) == ({"c"} if any(longest) else set())


# Entries that no text can match, known and waiting for their writer.
KNOWN_MISMATCHES = {
    "contrast: it's just that",
    "hedge: for what it's worth",
    "policy-noun: t&c",
    "policy-noun: t&cs",
    "policy-noun: ts&cs",
    "refuse: won't",
    "rule-word: t&c",
    "rule-word: t&cs",
}


def test_every_entry_is_split_as_text_is(lexicon):
    """A pattern made of an entry can only match if the tokenizer splits the text in the same places.

    An entry that is read as another one of its class ("cos" as "because") is needless, not wrong.
    """
    tokenizer = Tokenizer()
    wrong = set()
    for name in lexicon.names:
        entries = lexicon.entries(name)
        for entry in entries:
            shown = " ".join(entry)
            for mark in (" - ", " & "):
                shown = shown.replace(mark, mark.strip())
            shown = shown.replace(" ' s", "'s")
            words = tokenizer.tokens(shown).words
            if not fits(entry, words) and words not in entries:
                wrong.add(f"{name}: {shown}")
    assert wrong <= KNOWN_MISMATCHES


def fits(entry: tuple[str, ...], words: tuple[str, ...]) -> bool:
    if len(entry) != len(words):
        return False
    return all(word in EQUIVALENTS.get(part, (part,)) for part, word in zip(entry, words, strict=True))


def test_forms_are_the_documented_ones():
    assert FORMS == ("base", "s", "past", "pp", "ing", "noun", "plural", "word")


def test_every_entry_of_the_pack_can_be_matched(pack, engine):
    """An entry that neither tokenizer makes of its own words is never found."""
    for name in pack.lexicon.names:
        for entry in pack.lexicon.entries(name):
            text = " ".join(entry)
            assert entry in {engine.tokenizer.tokens(text).words, tuple(words_of(text))}, (name, text)


@pytest.mark.parametrize(
    ("entry", "text"),
    [
        ("it 's just that", "Sorry, it's just that we were full."),
        ("t&c", "As our T&C say, it is final."),
        ("mix-up", "Sorry about the mix-up."),
        ("short-staffed", "We were short-staffed."),
    ],
)
def test_an_entry_is_split_as_the_tokenizer_splits(engine, entry, text):
    words = Lexicon.from_data({"c": [entry]})
    tokens = engine.tokenizer.tokens(text).words
    assert any(words.match("c", tokens, at) for at in range(len(tokens)))
