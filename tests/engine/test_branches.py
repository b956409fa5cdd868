"""Drafts with branches: judged as each of the replies they make, told as one."""

from __future__ import annotations

import json

import pytest

from apologylint import Linter
from apologylint.config import Config
from apologylint.drafts import Source
from apologylint.results import Label, Report

LATE = "I'm sorry your order is late."
CAUSE = "Our van broke down."
REMEDY = "We have sent it again today."
FAKE = "I'm sorry if you feel that way."
EARLY = "explanation/premature-explanation"


def found(report: Report) -> list[tuple[str, str]]:
    return [(d.rule, d.text) for d in report.diagnostics]


def branches(first: str, second: str) -> list[str]:
    return [
        f"{{% if a %}}{first}{{% else %}}{second}{{% endif %}}",
        f"{{{{#a}}}}{first}{{{{/a}}}}{{{{^a}}}}{second}{{{{/a}}}}",
        f"{{{{#if a}}}}{first}{{{{else}}}}{second}{{{{/if}}}}",
        f"<% if a %>{first}<% else %>{second}<% end %>",
        f"[% IF a %]{first}[% ELSE %]{second}[% END %]",
        f"<#if a>{first}<#else>{second}</#if>",
        f"{{a, select, yes {{{first}}} other {{{second}}}}}",
    ]


@pytest.mark.parametrize("fork", branches(LATE, "Thanks for your message."))
def test_a_rule_looks_back_along_the_path(linter, fork):
    text = f"Hi,\n{fork} {CAUSE}"
    report = linter.check_text(text)
    assert found(report) == [(EARLY, CAUSE)]
    assert report.premature_explanation
    (related,) = report.diagnostics[0].related
    assert LATE.startswith(text[related.start : related.end])


@pytest.mark.parametrize("fork", branches(LATE, CAUSE))
def test_branches_do_not_follow_each_other(linter, fork):
    report = linter.check_text(f"{fork} {REMEDY}")
    assert not report.diagnostics
    assert not report.premature_explanation


@pytest.mark.parametrize("fork", branches(REMEDY, "Thanks for your message."))
def test_what_stands_between_does_so_on_its_path_only(linter, fork):
    assert found(linter.check_text(f"{LATE} {fork} {CAUSE}")) == [(EARLY, CAUSE)]


@pytest.mark.parametrize("fork", branches("that way", "let down"))
def test_told_once(linter, fork):
    report = linter.check_text(f"I'm sorry if you feel {fork}.")
    assert found(report) == [("fake-apology/sorry-if", "I'm sorry if you feel")]


def test_a_branch_inside_a_sentence(linter):
    text = "I'm sorry{% if a %} if{% else %} that{% endif %} you were hurt."
    report = linter.check_text(text)
    (diagnostic,) = [d for d in report.diagnostics if d.rule == "fake-apology/sorry-if"]
    assert diagnostic.text == text[diagnostic.start : diagnostic.end]
    assert "that" not in diagnostic.message
    assert not any(s.replacement for s in diagnostic.suggestions)


@pytest.mark.parametrize(
    ("first", "second", "want"),
    [
        (LATE, "Thanks for your message.", Label.REAL_APOLOGY),
        (LATE, FAKE, Label.FAKE_APOLOGY),
        (FAKE, "No, I didn't. You should have read the label.", Label.DEFENSIVE),
        ("Thanks for your message.", "Have a nice day.", Label.NEUTRAL),
    ],
)
def test_the_worst_verdict(linter, first, second, want):
    for fork in (*branches(first, second), *branches(second, first)):
        report = linter.check_text(f"Hi. {fork}")
        assert report.verdict.label is want
        assert all(want in report.sentences[k].labels for k in report.verdict.sentences)
        assert bool(report.verdict.sentences)


def test_sentences_are_in_order_and_each_is_there_once(linter):
    text = f"{LATE} {{% if a %}}{CAUSE}{{% else %}}{REMEDY}{{% endif %}} Bye for now."
    report = linter.check_text(text)
    assert [text[s.start : s.end] for s in report.sentences] == [LATE, CAUSE, REMEDY, "Bye for now."]


def test_a_step_is_held_when_every_reply_holds_it(linter):
    both = linter.check_text(f"{LATE} {{% if a %}}{REMEDY}{{% else %}}We have refunded you.{{% endif %}}")
    one = linter.check_text(f"{LATE} {{% if a %}}{REMEDY}{{% endif %}}")
    assert {"apologise", "remedy"} <= {s.step for s in both.steps}
    assert "remedy" not in {s.step for s in one.steps}
    assert len([s for s in both.steps if s.step == "remedy"]) == 2


def test_a_branch_that_leaves_a_step_out_is_incomplete():
    strict = Linter(Config(extend_select=("completeness",)))
    lacking = {rule for rule, _ in found(strict.check_text(f"{LATE} {{% if a %}}{REMEDY}{{% endif %}}"))}
    assert "completeness/missing-remedy" in lacking
    assert lacking == {rule for rule, _ in found(strict.check_text(LATE))}


@pytest.mark.parametrize(
    "text",
    [
        f"{LATE} {{% if a %}}Bye.",
        " ".join(f"{{% if a{n} %}}{LATE}{{% endif %}}" for n in range(12)),
    ],
)
def test_what_is_not_followed_is_said(linter, text):
    report = linter.check_text(text)
    (notice,) = [d for d in report.diagnostics if d.rule == "template/branches-not-followed"]
    assert (notice.severity, notice.text) == ("info", text[notice.start : notice.end])
    assert report.verdict.label is Label.REAL_APOLOGY
    quiet = Linter(Config(ignore=("template/branches-not-followed",))).check_text(text)
    assert quiet.diagnostics == tuple(d for d in report.diagnostics if d is not notice)


def test_what_is_said_of_the_whole_is_said_once(linter):
    text = " ".join(f"{{% if a{n} %}}{LATE}{{% endif %}}" for n in range(4))
    report = linter.check_text(text)
    assert [d.rule for d in report.diagnostics] == ["over-apology/over-apology"]


def test_positions_in_files(linter):
    body = f"<p>{LATE.replace(chr(39), '&rsquo;')}</p>{{{{#if a}}}}<p>{CAUSE}</p>{{{{else}}}}<p>{REMEDY}</p>{{{{/if}}}}"
    for name, text in (
        ("a.hbs", body),
        ("a.html", body.replace("</p>", "</p>\r\n")),
        ("a.json", json.dumps([{"title": "Late", "body": body}])),
        ("a.csv", f'title,body\r\nLate,"{body}"\r\n'),
    ):
        (report,) = linter.check_source(Source(name, text))
        assert found(report) == [(EARLY, CAUSE)]
        (d,) = report.diagnostics
        assert (text[d.start : d.end], d.draft) == (CAUSE, report.id)
        assert text[d.related[0].start : d.related[0].end].endswith("late")


def test_a_suppression_is_counted_once(linter):
    text = f"{FAKE} <!-- apologylint: ignore[fake-apology] -->\n{{{{#a}}}}Bye.{{{{/a}}}}\n"
    (report,) = linter.check_source(Source("a.md", text))
    assert (report.diagnostics, report.suppressed) == ((), 1)


def test_without_branches_nothing_is_tried(linter, monkeypatch):
    """A draft that makes one reply is judged once, whatever tags it holds."""
    seen = []
    analyse = linter.judge.engine.analyse
    monkeypatch.setattr(linter.judge.engine, "analyse", lambda *given: seen.append(given[0]) or analyse(*given))
    linter.check_text("Hi {{name}}, it will come {date}.")
    linter.check_text("Hi {{name}}, {% for x in xs %}it will come.{% endfor %}{{! a note }}")
    assert len(seen) == 2
