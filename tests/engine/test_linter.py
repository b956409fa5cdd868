"""The Linter: many threads, many processes, any text, always the same answer."""

from __future__ import annotations

import hashlib
import json
import os
import pickle
import subprocess
import sys
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from itertools import count, islice, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apologylint import Linter, check_text
from apologylint.config import Config
from apologylint.language import Tokenizer, fold
from apologylint.results import Label

REPLIES = [
    "I'm sorry if you feel that way.",
    "I'm so sorry that we let you down. We have sent a new one today.",
    "I'm sorry for the delay. The delay was due to a fault at our warehouse.",
    "No, I didn't. I only had it for a moment.",
    "Your parcel will arrive on Monday.",
    "We apologise for any inconvenience this may have caused. Please tell us should you have any questions.",
    "Hi {{name}},\n\nsorry, I was busy.\n\n> You wrote: why is it late?\n\nTom",
    "",
    "sry abt that \U0001f62d",
    "Wir haben Ihre Bestellung heute verschickt und sie kommt morgen bei Ihnen an.",
]


def plain(report) -> str:
    return report.to_json()


@pytest.fixture(scope="module")
def wanted(linter):
    return [plain(linter.check_text(text)) for text in REPLIES]


def test_eight_threads_say_what_one_says(wanted):
    shared = Linter()  # not yet warm: the threads race for its first use, too
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda text: plain(shared.check_text(text)), REPLIES * 40))
    assert found == wanted * 40


def test_a_pickled_linter_judges_alike(linter, wanted):
    again = pickle.loads(pickle.dumps(linter))
    assert [plain(again.check_text(text)) for text in REPLIES] == wanted


def test_a_pickle_is_small(linter):
    linter.check_text(REPLIES[0])
    assert len(pickle.dumps(linter)) < 10_000


def test_reports_are_pickled_with_their_steps(linter):
    report = linter.check_text(REPLIES[1])
    again = pickle.loads(pickle.dumps(report))
    assert again == report
    assert again.steps == report.steps != ()


def test_check_many_streams(linter):
    """An endless stream is fine: nothing is read before it is asked for."""
    taken = []

    def endless():
        for n in count():
            taken.append(n)
            yield f"I'm sorry for the delay with order {n}."

    reports = list(islice(linter.check_many(endless()), 3))
    assert [r.verdict.label for r in reports] == [Label.REAL_APOLOGY] * 3
    assert taken == [0, 1, 2]


def test_check_many_takes_pairs(linter):
    text = REPLIES[2]
    asked, alone, bare = linter.check_many([(text, "Why is it late?"), (text, None), text])
    assert not asked.premature_explanation
    assert alone.premature_explanation and bare == alone


def test_order_and_history_do_not_matter(linter, wanted):
    for text, want in zip(reversed(REPLIES), reversed(wanted), strict=True):
        assert plain(linter.check_text(text)) == want


def test_what_is_remembered_of_sentences_does_not_matter(wanted, monkeypatch):
    """The customer's words and the writer's, the same sentence early and late, and a memory that is always full."""
    said = "I'm sorry if you feel that way."
    texts = [f"> {said}\n\nWe have sent a new one.", said, f"Thanks. {said}", f"> {said}\n\nNoted.", *REPLIES]
    fresh = [plain(Linter().check_text(text)) for text in texts[:4]] + wanted
    for room in (1, 4_000):
        monkeypatch.setattr("apologylint.analysis.HEARD", room)
        linter = Linter()
        for _ in range(2):
            assert [plain(linter.check_text(text)) for text in texts] == fresh


def test_a_recycled_pipeline_judges_alike(wanted):
    linter = Linter()
    linter.judge.engine.tokenizer._recycle = 3
    assert [plain(linter.check_text(text)) for text in REPLIES * 3] == wanted * 3


CODE = """
import json, sys
from apologylint import Linter
linter = Linter()
for text in json.loads(sys.argv[1]):
    sys.stdout.write(linter.check_text(text).to_json() + "\\n" + linter.explain(text))
"""


def test_the_same_in_every_process():
    """Whatever the hash seed and the locale, byte for byte."""
    seen = set()
    for seed, locale in (("0", "C"), ("1", "C.UTF-8"), ("4242", "C")):
        environment = os.environ | {"PYTHONHASHSEED": seed, "LC_ALL": locale, "PYTHONIOENCODING": "utf-8"}
        done = subprocess.run(
            [sys.executable, "-c", CODE, json.dumps(REPLIES)],
            env=environment,
            capture_output=True,
            check=True,
            timeout=300,
        )
        seen.add(hashlib.sha256(done.stdout).hexdigest())
    assert len(seen) == 1


def test_check_text_of_the_package(wanted):
    assert plain(check_text(REPLIES[0])) == wanted[0]


# ---- any text --------------------------------------------------------------------------------------------------------


def sane(report, text):
    """Offsets are in the text, in order, and say what stands there; JSON can be written."""
    at = 0
    for sentence in report.sentences:
        assert at <= sentence.start < sentence.end <= len(text)
        assert sentence.label in sentence.labels
        at = sentence.end
    for d in report.diagnostics:
        assert 0 <= d.start < d.end <= len(text)
        assert text[d.start : d.end] == d.text
        before = text[: d.start]
        assert d.line == 1 + before.count("\n") + before.replace("\r\n", "\n").count("\r")
        assert "\n" not in d.message
    assert list(report.diagnostics) == sorted(report.diagnostics, key=lambda d: (d.start, d.end, d.rule))
    assert json.loads(report.to_json())["verdict"] == report.verdict.label


ODD = st.sampled_from(
    [
        "sorry",
        "I'm sorry",
        "if you feel",
        "but",
        "any",
        "n't",
        "'s",
        "'",
        "\u2019",
        '"',
        "\u201c",
        ".",
        "!",
        "\n",
        "\r\n",
        "\r",
        "\0",
        "\ud800",
        "\udfff",
        "\u200b",
        "\u202e",
        "\ufeff",
        "\u0130",
        "\ufb03",
        "\U0001f62d",
        "\u200d",
        "e\u0301",
        "{{",
        "}}",
        "{{x}}",
        "<b>",
        "> ",
        "[[",
        "%s",
        " ",
        "\t",
        "\x0c",
        "\x85",
        "\u2028",
        "apologylint",
        "On Monday, Ana wrote:",
        "you said",
    ]
)


@given(st.lists(ODD, max_size=15), st.sampled_from(["", " "]))
def test_odd_texts(linter, pieces, between):
    text = between.join(pieces)
    report = linter.check_text(text)
    sane(report, text)
    assert isinstance(report.steps, tuple)


@given(st.text(max_size=80))
def test_any_text(linter, text):
    sane(linter.check_text(text), text)


@given(st.text(max_size=40))
def test_any_customer_message(linter, message):
    text = REPLIES[2]
    sane(linter.check_text(text, message), text)


@pytest.mark.parametrize("text", ["", " ", "\n", "\0", "\ufeff", "\ud800", "\u200b", "...", "\U0001f62d", "\u0301"])
def test_next_to_nothing(linter, text):
    report = linter.check_text(text)
    assert report.verdict.label is Label.NEUTRAL
    assert not report.diagnostics


@pytest.mark.parametrize(
    "unit",
    ["!", "(", "'", "\U0001f62d", "a", "a ", "http://", "sorry ", "\u0301", "-", "a@", "a.", "\0", "\u200d", '"', "> "],
)
def test_a_megabyte_on_one_line(linter, unit):
    """Ends, and soon: the tokenizer alone would need hours for the first of these."""
    text = unit * (1_000_000 // len(unit))
    sane(linter.check_text(text), text)


def test_a_surrogate_hides_nothing(linter):
    assert linter.check_text("\ud800 I'm sorry if you feel that way.").verdict.label is Label.FAKE_APOLOGY


def test_a_sentence_without_a_word_after_an_apology(linter):
    assert linter.check_text("Sorry\n\uf900").verdict.label is Label.REAL_APOLOGY


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_normal_forms_get_one_verdict(linter, form):
    text = unicodedata.normalize(form, "Chère Zoë, I\u2019m sorry if you feel that way about the café.")
    report = linter.check_text(text)
    assert report.verdict.label is Label.FAKE_APOLOGY
    assert report.diagnostics[0].text == "I\u2019m sorry if you feel"


@pytest.mark.parametrize("mark", ["'", "\u2019", "\u2018", "\u02bc", "\u00b4", "`", "\uff07"])
def test_every_apostrophe(linter, mark):
    assert linter.check_text(f"I{mark}m sorry you feel that way.").verdict.label is Label.FAKE_APOLOGY


@pytest.mark.parametrize("blank", [" ", "  ", "\t", "\u00a0", "\u202f", "\n", "\r\n"])
def test_every_blank(linter, blank):
    assert linter.check_text(f"I'm sorry if you{blank}feel that way.").verdict.label is Label.FAKE_APOLOGY


# ---- the tokenizer's guard -------------------------------------------------------------------------------------------


@given(st.text(alphabet="a!( \n'\u2019\U0001f62d", max_size=300))
def test_folding_keeps_positions(text):
    folded, offsets = fold(text)
    if offsets is None:
        assert len(folded) == len(text)
        return
    assert len(offsets) >= len(folded)
    assert all(a <= b for a, b in pairwise(offsets))
    for at, char in enumerate(folded):
        if char.isalpha():
            assert text[offsets[at]] == char


@given(st.text(max_size=120))
def test_tokens_are_where_they_say(text):
    tokens = TOKENIZER.tokens(text)
    assert len(tokens.words) == len(tokens.raw) == len(tokens.starts) == len(tokens.ends) == len(tokens.doc)
    at = 0
    for start, end in zip(tokens.starts, tokens.ends, strict=True):
        assert at <= start <= end <= len(text)
        at = start


TOKENIZER = Tokenizer()


def test_select_and_ignore_leave_labels_alone():
    text = REPLIES[0]
    quiet = Linter(Config(ignore=("all",))).check_text(text)
    assert not quiet.diagnostics
    assert quiet.verdict.label is Label.FAKE_APOLOGY
