"""From parse to labels: precedence, apologies taken back, explanations that come too early, what is never labelled."""

from __future__ import annotations

from itertools import chain, combinations

import pytest

from apologylint.classify import primary, verdict
from apologylint.results import Label
from apologylint.rule_examples import linter_for

REAL, FAKE, NON, DEFENSIVE, NEUTRAL = Label
SETS = list(chain.from_iterable(combinations(Label, size) for size in range(6)))


@pytest.mark.parametrize("labels", SETS, ids=lambda labels: "+".join(labels) or "nothing")
def test_the_worst_label_of_a_sentence_counts(labels):
    for label in (DEFENSIVE, NON, FAKE, REAL):
        if label in labels:
            assert primary(labels) is label
            return
    assert primary(labels) is NEUTRAL


@pytest.mark.parametrize("labels", SETS, ids=lambda labels: "+".join(labels) or "nothing")
def test_one_real_apology_saves_a_draft_and_one_defence_colours_it(labels):
    for label in (DEFENSIVE, REAL, NON, FAKE):
        if label in labels:
            assert verdict(labels).label is label
            return
    assert verdict(labels).label is NEUTRAL


def test_the_verdict_names_its_sentences():
    assert verdict([REAL, NEUTRAL, FAKE, REAL]).sentences == (0, 3)
    assert verdict([REAL, DEFENSIVE]).sentences == (1,)
    assert verdict([]).sentences == ()


SENTENCES = {
    # The five sources of the guideline.
    "I'm so sorry that this happened.": REAL,
    "I'm so sorry that we let you down.": REAL,
    "I'm so sorry for the misunderstanding.": REAL,
    "I'm sorry.": REAL,
    "I'm so sorry that you feel that way.": FAKE,
    "I'm so sorry if you feel that way.": FAKE,
    "I'm sorry, I had a lot of other jobs that took priority over yours.": NON,
    "No, I didn't. I only had it for a moment.": DEFENSIVE,
    # Own sentences.
    "We apologise for the late delivery of your order.": REAL,
    "My apologies for the mistake on your bill.": REAL,
    "We apologise for any inconvenience this may have caused.": FAKE,
    "We are sorry to anyone who was affected.": FAKE,
    "We're sorry you felt the need to complain.": FAKE,
    "I've already apologised.": NON,
    "My manager asked me to apologise.": NON,
    "We won't apologise for that.": NON,
    "Your parcel will arrive on Monday.": NEUTRAL,
    "I'm sorry to hear about your loss.": NEUTRAL,
    "We are sorry to see you go.": NEUTRAL,
    "Sorry to bother you again.": NEUTRAL,
}


@pytest.mark.parametrize("text", SENTENCES)
def test_labels(linter, text):
    """The label is in the set of a sentence; the score may add another."""
    report = linter.check_text(text)
    assert SENTENCES[text] in frozenset().union(*(s.labels for s in report.sentences))


def findings(judge, text, message=None):
    analysis = judge.engine.analyse(text, message)
    return analysis, judge.judge(analysis)


CONTINUATIONS = {
    "I'm sorry for the delay.": "none",
    "I'm sorry, could you send me the number?": "question",
    "I'm sorry, please send me the number.": "question",
    "I'm sorry, but we cannot refund you.": "refusal",
    "I'm sorry, but we are unable to help.": "refusal",
    "I'm sorry, we have refunded you in full.": "remedy",
    "I'm sorry, we will send you a new one today.": "remedy",
    "I'm sorry, we messed up.": "own-fault",
    "I'm sorry, I had a lot of other jobs that took priority over yours.": "excuse",
    "Sorry, we forgot to pack the lid.": "own-fault",
    "Sorry, we don't hold stock past a day.": "refusal",
    "Sorry for the dent, anyone can tell that it is not new.": "other",
    "Sorry, which of the two do you mean?": "question",
    "Sorry, was it the blue one?": "question",
    "Sorry, me again, what was the colour of the lid?": "question",
    "Sorry for the mud, what a rotten day.": "other",
    "Sorry, the van had a flat tyre and the driver was in hospital, I'll look at it now.": "excuse",
    "Sorry, but we're on it.": "remedy",
}


@pytest.mark.parametrize("text", CONTINUATIONS)
def test_what_the_joined_clause_does(judge, text):
    analysis, _ = findings(judge, text)
    (reading,) = analysis.readings
    apology = reading.apologies[0]
    assert judge.continuation(reading, apology, analysis.probabilities(reading)) == CONTINUATIONS[text]


def test_a_sentence_without_words_explains_nothing(judge):
    assert findings(judge, "sry\n\u8c48")[1].explanations == (False, False)


def test_an_excuse_run_on_takes_the_apology_back(judge):
    excuse, failure = "sorry mate the van broke down outside Dover", "Sorry the lamp came broken."
    assert findings(judge, excuse)[1].labels == (frozenset([NON]),)
    assert findings(judge, failure)[1].labels == (frozenset([REAL]),)


def test_an_excuse_takes_the_apology_back(judge):
    _, judgement = findings(judge, "I'm sorry, I had a lot of other jobs that took priority over yours.")
    assert judgement.labels == (frozenset([NON]),)


def test_a_recogniser_reports_nothing(linter, pack):
    quiet = {name for name, rule in pack.rules.items() if rule.severity is None}
    report = linter.check_text("I'm sorry that we let you down. We will send you a new one today. Please let us know.")
    assert quiet
    assert not quiet & {d.rule for d in report.diagnostics}


# ---- explanations that come too early (guideline A.3) ---------------------------------------------------------------

APOLOGY = "I'm sorry for the delay."
CAUSE = "The delay was due to a fault at our warehouse."
REMEDY = "We have sent you a new one today."
QUESTION = "Could you send me your address?"


def flags(linter, *sentences, message=None):
    return [s.premature_explanation for s in linter.check_text(" ".join(sentences), message).sentences]


def test_right_after_an_apology(linter):
    assert flags(linter, APOLOGY, CAUSE) == [False, True]


def test_one_sentence_between(linter):
    assert flags(linter, APOLOGY, "Thank you for your patience.", CAUSE) == [False, False, True]


def test_two_sentences_between_are_enough(linter):
    assert not any(flags(linter, APOLOGY, "Thank you for your patience.", "Your order is number 7.", CAUSE))


def test_no_apology(linter):
    assert not any(flags(linter, "Hello Ana.", CAUSE))


def test_before_the_apology(linter):
    assert not any(flags(linter, CAUSE, APOLOGY))


@pytest.mark.parametrize("between", [REMEDY, QUESTION])
def test_a_remedy_or_a_question_between(linter, between):
    assert not any(flags(linter, APOLOGY, between, CAUSE))


def test_a_remedy_joined_to_the_apology(linter):
    assert not any(flags(linter, "I'm sorry for the delay, and we have sent you a new one today.", CAUSE))


@pytest.mark.parametrize(
    "message",
    [
        "Why is it late?",
        "What happened to my order?",
        "I want an explanation.",
        "How come nobody called?",
        "What is the reason?",
    ],
)
def test_the_customer_asked(linter, message):
    assert not any(flags(linter, APOLOGY, CAUSE, message=message))


@pytest.mark.parametrize("message", ["Where is my order?", "It is late again!", "", "   "])
def test_the_customer_did_not_ask(linter, message):
    assert any(flags(linter, APOLOGY, CAUSE, message=message))


def test_the_draft_says_that_the_customer_asked(linter):
    assert not any(flags(linter, "You asked why it was late.", APOLOGY, CAUSE))


def test_the_diagnostic_points_at_the_apology(linter):
    report = linter.check_text(f"{APOLOGY} {CAUSE}")
    (diagnostic,) = [d for d in report.diagnostics if d.rule.startswith("explanation/")]
    (related,) = diagnostic.related
    assert report.premature_explanation
    assert diagnostic.text in CAUSE
    assert APOLOGY.startswith(f"{APOLOGY[related.start : related.end]}")
    assert (related.line, related.column) == (1, related.start + 1)


# ---- what is never labelled -----------------------------------------------------------------------------------------

FAKE_WORDS = "We're sorry if you feel that way."


@pytest.mark.parametrize(
    "text",
    [
        f"> {FAKE_WORDS}\n\nYour parcel left today.",
        f"Your parcel left today.\n\nOn Monday, Ana Lee <ana@example.com> wrote:\n> {FAKE_WORDS}",
        f'You wrote "{FAKE_WORDS}" in your last message.',
        f"You wrote \u201c{FAKE_WORDS}\u201d in your last message.",
        f"Your parcel left today.\n\n-----Original Message-----\n{FAKE_WORDS}",
    ],
)
def test_the_customers_words(linter, text):
    report = linter.check_text(text)
    assert report.verdict.label is NEUTRAL
    assert not [d for d in report.diagnostics if d.severity != "info"]


@pytest.mark.parametrize("ours", ["We say:", "We said", "I wrote", "Our last email said", "As we told you:"])
def test_quotation_marks_alone_are_not_the_customers(linter, ours):
    (sentence,) = linter.check_text(f'{ours} "{FAKE_WORDS}"').sentences
    assert FAKE in sentence.labels


@pytest.mark.parametrize("theirs", ["You say:", "Your review said", "The customer says", "As I said, you wrote"])
def test_the_customers_words_after_a_verb_of_saying(linter, theirs):
    (sentence,) = linter.check_text(f'{theirs} "{FAKE_WORDS}"').sentences
    assert FAKE not in sentence.labels


PLACEHOLDERS = [
    "{{name}}",
    "{{ customer.first_name }}",
    "[order]",
    "%s",
    "{0}",
    "${name}",
    "<%= name %>",
    "{% if vip %}",
    "%{name}",
]


@pytest.mark.parametrize("hole", PLACEHOLDERS)
def test_placeholders_shift_nothing(linter, hole):
    text = f"Hi {hole}, we're sorry if you feel that way about {hole}."
    report = linter.check_text(text)
    assert report.verdict.label is FAKE
    (diagnostic,) = [d for d in report.diagnostics if d.label is FAKE]
    assert text[diagnostic.start : diagnostic.end] == diagnostic.text
    assert diagnostic.text.startswith("we're sorry if")
    assert len(report.sentences) == 1


@pytest.mark.parametrize("hole", PLACEHOLDERS)
def test_placeholders_do_not_break_an_apology(linter, hole):
    assert linter.check_text(f"I'm sorry for the delay with {hole}. We have sent it.").verdict.label is REAL


def test_one_place_one_diagnostic(linter):
    report = linter.check_text("We apologise for any inconvenience this may have caused.")
    spans = [(d.start, d.end) for d in report.diagnostics if d.label is FAKE]
    assert len(spans) == len(set(spans)) == 1


def test_every_example_of_every_rule(linter, pack):
    """Marks are exact, near misses stay silent, rewrites are clean."""
    everything = linter_for()
    wrong = []
    for rule in pack.rules.values():
        if rule.severity is None:
            continue
        for example in rule.match_examples:
            hits = [
                d
                for d in everything.check_text(example.text, example.customer_message).diagnostics
                if d.rule == rule.name
            ]
            if not hits or (example.mark and (hits[0].start, hits[0].end) != example.mark):
                wrong.append((rule.name, example.text))
            if example.rewrite and any(d.severity != "info" for d in linter.check_text(example.rewrite).diagnostics):
                wrong.append((rule.name, example.rewrite))
        for example in rule.no_match_examples:
            report = everything.check_text(example.text, example.customer_message)
            if any(d.rule == rule.name for d in report.diagnostics):
                wrong.append((rule.name, example.text))
    assert not wrong


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("I'm sorry, but our lamp cannot have scratched your desk.", Label.NON_APOLOGY),
        ("I'm sorry, but you cannot have a refund.", Label.NEUTRAL),
    ],
)
def test_a_denial_is_no_refusal(linter, text, label):
    assert linter.check_text(text).verdict.label is label


@pytest.mark.parametrize(
    "text",
    [
        "Sorry for the slow reply. We have had a lot of other messages this week that came before yours.",
        "I'm sorry your order is late. That was the courier's fault.",
    ],
)
def test_workload_and_the_blamed_are_causes(linter, text):
    assert linter.check_text(text).premature_explanation
