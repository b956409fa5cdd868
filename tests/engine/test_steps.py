"""Recovery steps and the frameworks that name them; the language check; the parse in plain words."""

from __future__ import annotations

import pytest

from apologylint.english import looks_english
from apologylint.results import Label, Report, Sentence, Step, Verdict
from apologylint.steps import FRAMEWORKS, STEPS, format_steps, frameworks, holds

REPLY = "I'm sorry that we let you down. We have sent you a new one today."


def test_steps_have_places_in_the_text(linter):
    steps = linter.check_text(REPLY).steps
    assert {"apologise", "own", "respect", "remedy"} <= {s.step for s in steps}
    assert all(0 <= s.start < s.end <= len(REPLY) and s.step in STEPS for s in steps)
    assert list(steps) == sorted(steps, key=lambda s: (s.start, s.end, s.step))
    (remedy,) = {REPLY[s.start : s.end] for s in steps if s.step == "remedy"}
    assert "sent" in remedy


def test_no_steps_in_nothing(linter):
    assert linter.check_text("").steps == ()


def test_a_defensive_reply_shows_no_respect(linter):
    report = linter.check_text("No, I didn't. I only had it for a moment.")
    assert report.verdict.label is Label.DEFENSIVE
    assert "respect" not in {s.step for s in report.steps}


def test_quoted_words_are_no_step(linter):
    assert not {"apologise", "remedy"} & {s.step for s in linter.check_text(f"> {REPLY}").steps}


def test_every_key_of_every_framework_is_a_step():
    for name, (title, parts) in FRAMEWORKS.items():
        assert title
        for part, keys in parts:
            assert part and set(keys) <= set(STEPS), name
    assert frameworks() == (*FRAMEWORKS, "all")


def made(*steps: str, first_apology: int = 0, premature: bool = False) -> Report:
    """A report that holds these steps in this order."""
    sentences = tuple(
        Sentence(n, n + 1, Label.REAL_APOLOGY if n == first_apology else Label.NEUTRAL, frozenset())
        for n in range(first_apology + 1)
    )
    found = tuple(Step(step, at * 10, at * 10 + 5) for at, step in enumerate(steps))
    return Report("x.txt", "", Verdict(Label.NEUTRAL), premature, sentences, (), find_steps=lambda: found)


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_all_or_nothing(framework):
    assert not any(held for _, held in holds(made(first_apology=9), framework))
    order = [*(s for s in STEPS if s != "explain"), "explain"]
    assert all(held for _, held in holds(made(*order), framework))


def test_pocock_counts_no_apology_with_a_premature_explanation():
    assert dict(holds(made("apologise"), "pocock"))["Apologize"]
    assert not dict(holds(made("apologise", premature=True), "pocock"))["Apologize"]


def test_service_wants_sorry_soon():
    assert dict(holds(made("apologise", first_apology=2), "service"))["Say you are sorry"]
    assert not dict(holds(made("apologise", first_apology=3), "service"))["Say you are sorry"]


def test_latte_explains_last():
    assert dict(holds(made("remedy", "explain"), "latte"))["Explain, last"]
    assert not dict(holds(made("explain", "remedy"), "latte"))["Explain, last"]


def test_text_counts_and_never_judges():
    text = format_steps(made("apologise", "remedy"), "learn")
    assert text.splitlines()[0] == "x.txt"
    assert "LEARN (Marriott): 2 of 4 visible steps" in text
    assert "  + Apologize" in text and "  - Empathize" in text
    assert "pass" not in text and "fail" not in text


def test_text_for_all():
    assert all(title in format_steps(made(), "all") for title, _ in FRAMEWORKS.values())


def test_no_such_framework():
    with pytest.raises(KeyError):
        holds(made(), "none")


ENGLISH = [
    "",
    "Sorry!",
    "ok",
    "Refund sent.",
    "{{name}}",
    "I'm sorry that we let you down. We have sent you a new one today.",
    "Hi Ana, your order 4711 is on its way and will be there tomorrow.",
    "sry m8 ur parcel is on its way 2 u now",
    "12345 67890",
    "WE ARE SORRY THAT YOUR PARCEL IS LATE AND HAVE SENT A NEW ONE.",
    "Thank you \U0001f64f\U0001f64f\U0001f64f for your patience, it is on its way.",
]
FOREIGN = [
    "Es tut uns leid, dass Ihre Bestellung noch nicht angekommen ist. Wir haben sie heute verschickt.",
    "Nous sommes désolés pour le retard de votre commande et nous vous remboursons aujourd'hui.",
    "Lamentamos mucho las molestias ocasionadas y hoy mismo le enviamos un producto nuevo.",
    "Přijměte prosím naši omluvu, vaši objednávku jsme dnes ráno odeslali znovu.",
    "ご不便をおかけして申し訳ございません。本日新しい商品を発送いたしました。",
    "Приносим извинения за задержку вашего заказа, сегодня мы отправили новый.",
    "نعتذر عن التأخير في طلبك وقد أرسلنا لك واحدة جديدة اليوم صباحا",
]


@pytest.mark.parametrize("text", ENGLISH)
def test_english(text):
    assert looks_english(text)


@pytest.mark.parametrize("text", FOREIGN)
def test_not_english(linter, text):
    assert not looks_english(text)
    report = linter.check_text(f"\n {text}")
    assert (report.language, report.verdict.label, report.sentences) == ("unknown", Label.NEUTRAL, ())
    (diagnostic,) = report.diagnostics
    assert (diagnostic.rule, diagnostic.severity, diagnostic.line) == ("language/not-english", "info", 2)
    assert text.startswith(diagnostic.text)
    assert "not checked" in linter.explain(text)


def test_every_example_is_english(pack):
    for rule in pack.rules.values():
        for example in (*rule.match_examples, *rule.no_match_examples):
            assert looks_english(example.text), example.text


def test_explain_shows_parse_rule_and_score(linter):
    text = linter.explain("I'm sorry if you feel that way. We were busy.")
    lines = text.splitlines()
    assert lines[0] == "1. I'm sorry if you feel that way."
    assert "   label: fake-apology" in text
    assert "device sorry, by the writer, asserted; for: condition" in text
    assert "matched: fake-apology/sorry-if: \"I'm sorry if you feel" in text
    assert "2. We were busy." in lines
    assert text.endswith("\n")


def test_explain_shows_a_veto(tmp_path):
    from apologylint.config import Config
    from apologylint.linter import Linter

    (tmp_path / "defensive").mkdir()
    (tmp_path / "defensive" / "whoops.yaml").write_text(
        "title: t\nseverity: error\nmessage: m\npatterns: [whoopsie daisy]\nexcept: [our whoopsie]\n"
        "examples: {no-match: [x]}\n"
    )
    text = Linter(Config(rules=(str(tmp_path),))).explain("It was our whoopsie daisy.")
    assert 'vetoed: defensive/whoops (whoopsie daisy) by except "our whoopsie"' in text


def test_explain_marks_the_customers_words(linter):
    assert "the customer's own words: not labelled" in linter.explain(
        "> I'm sorry if you feel that way.\n\nWe have sent it."
    )


def test_explain_says_what_the_customer_asked(linter):
    assert "customer's message: asks for the reason" in linter.explain("We are sorry.", "Why is it late?")
    assert "does not ask for the reason" in linter.explain("We are sorry.", "It is late.")
    assert "customer's message" not in linter.explain("We are sorry.")


def test_explain_survives_anything(linter):
    for text in ("", "\0", "\ud800 sorry", "!" * 5000, "\n\n"):
        assert isinstance(linter.explain(text), str)
