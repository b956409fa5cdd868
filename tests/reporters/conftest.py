"""A run with everything in it, made by hand: reporters are pure and need no engine."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from apologylint.drafts import Source
from apologylint.reporters.base import CheckedFile, Run
from apologylint.results import (
    Applicability,
    Diagnostic,
    Label,
    Related,
    Report,
    Sentence,
    Severity,
    Step,
    Suggestion,
    Verdict,
)

TEXT = "Hi é🙂 {{name}},\r\nWe are sorry you feel that way. Our van broke down.\r\n"


@dataclass(frozen=True)
class FakeRule:
    name: str
    title: str
    label: Label | None
    severity: Severity | None
    why: str


RULES = (
    FakeRule(
        "fake-apology/sorry-you-feel", "Regret for a feeling", Label.FAKE_APOLOGY, Severity.ERROR, "Feelings.\nYes."
    ),
    FakeRule("explanation/premature", "Too early", None, Severity.WARNING, "It reads as an excuse."),
    FakeRule("recognisers/remedy", "Remedy", None, None, ""),
)


def diagnostic(source: Source, words: str, rule: str, label, severity, message: str, **more) -> Diagnostic:
    start = source.text.index(words)
    end = start + len(words)
    line, column = source.lines.position(start)
    end_line, end_column = source.lines.position(end)
    return Diagnostic(rule, label, severity, message, start, end, line, column, end_line, end_column, words, **more)


def build_file(path: str = "macros/late.md", text: str = TEXT, message: str = '"sorry you feel" regrets a feeling.'):
    source = Source(path, text)
    at = text.index("sorry you feel")
    first = text.index("We are")
    second = text.index("Our van")
    line, column = source.lines.position(at)
    related = Related("the apology", at, at + 5, line, column, line, column + 5)
    fix = Suggestion("name what we did", "sorry we were late", at, at + 14, Applicability.NEEDS_REVIEW)
    advice = Suggestion("Say what happens next.", None, second, second + 3, Applicability.NEEDS_REVIEW)
    return CheckedFile(
        path,
        (
            Report(
                path,
                "",
                Verdict(Label.FAKE_APOLOGY, (0,)),
                True,
                (
                    Sentence(first, second - 1, Label.FAKE_APOLOGY, frozenset({Label.FAKE_APOLOGY})),
                    Sentence(second, len(text.rstrip()), Label.NEUTRAL, frozenset({Label.NEUTRAL}), True),
                ),
                (
                    diagnostic(
                        source,
                        "sorry you feel",
                        "fake-apology/sorry-you-feel",
                        Label.FAKE_APOLOGY,
                        Severity.ERROR,
                        message,
                        suggestions=(fix,),
                        why="It makes the customer's feeling the fault.",
                    ),
                    diagnostic(
                        source,
                        "Our van broke down",
                        "explanation/premature",
                        None,
                        Severity.WARNING,
                        "The cause comes before the remedy.",
                        suggestions=(advice,),
                        related=(related,),
                    ),
                ),
                suppressed=1,
            ),
        ),
        source,
    )


def good_file() -> CheckedFile:
    steps = (Step("apologise", 0, 34), Step("own", 0, 34), Step("remedy", 36, 60))
    return CheckedFile(
        "macros/good.md",
        (
            Report(
                "macros/good.md",
                "Wrong size",
                Verdict(Label.REAL_APOLOGY, (0,)),
                False,
                (Sentence(0, 35, Label.REAL_APOLOGY, frozenset({Label.REAL_APOLOGY})),),
                (),
                find_steps=lambda: steps,
            ),
        ),
    )


def bad_file() -> CheckedFile:
    return CheckedFile("macros/bad.csv", error="macros/bad.csv: not UTF-8 at byte 12 (set encoding)")


def build_run(*files: CheckedFile, **more) -> Run:
    files = files or (build_file(), good_file(), bad_file())
    errors = tuple(file.error for file in files if file.error)
    return Run(files, "0.1.0", errors=errors, rules=lambda: RULES, **more)


@pytest.fixture
def run() -> Run:
    return build_run()


@pytest.fixture
def make_run():
    return build_run


@pytest.fixture
def make_file():
    return build_file
