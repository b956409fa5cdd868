"""Better wording: whatever is offered as a replacement comes out clean, and touches no placeholder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apologylint.drafts import Source
from apologylint.formats import ReadOptions, read_drafts
from apologylint.results import Applicability

STARTS = [
    "I'm sorry",
    "We are so sorry",
    "Sorry",
    "We apologise",
    "Our apologies",
    "I guess I'm sorry",
    "Hi {{name}}, we're sorry",
    "We regret",
]
OBJECTS = [
    "if this caused you trouble",
    "if the parcel was late",
    "if we sent the wrong size",
    "if that was unclear",
    "if any of this upset you",
    "for any inconvenience",
    "for any delay",
    "for any inconvenience this may have caused",
    "for the trouble this might have caused",
    "if you feel that way",
    "for any problem with {{order}}",
    "if %s was late",
    "for any delay and any damage",
    "for the delay",
    "that we let you down",
    "if it may have been our fault",
    "if there was any confusion",
    "kind of",
    "for any and all mistakes",
]
TAILS = [".", "!", "", ", but we were busy.", ". We have sent a new one.", " \U0001f62d", ".\n\nTom", " ({{agent}})."]
BETWEEN = [" ", "  ", "\n", " \u2014 "]

texts = st.tuples(*map(st.sampled_from, (STARTS, BETWEEN, OBJECTS, TAILS))).map("".join)


def test_the_condition_goes_without_a_stutter(linter):
    (d,) = linter.check_text("Sorry if that was unclear.").diagnostics
    first = d.suggestions[0]
    assert (first.start, first.end, first.replacement, first.applicability) == (6, 9, "", Applicability.SAFE)


def bad(report):
    return [d for d in report.diagnostics if d.severity != "info"]


def holds(linter, text):
    """Every replacement of a report, applied, is clean in its place and leaves every hole as it was."""
    report = linter.check_text(text)
    (draft,) = read_drafts(Source("<text>", text), ReadOptions(format="text"))
    count = 0
    for diagnostic in report.diagnostics:
        for suggestion in diagnostic.suggestions:
            if suggestion.replacement is None:
                continue
            count += 1
            start, end = suggestion.start, suggestion.end
            assert 0 <= start <= end <= len(text)
            assert not any(hole[0] < end and start < hole[1] for hole in draft.holes), text
            assert suggestion.replacement != text[start:end]
            changed = text[:start] + suggestion.replacement + text[end:]
            shift = len(suggestion.replacement) - (end - start)
            assert not [
                d
                for d in bad(linter.check_text(changed))
                if d.start < diagnostic.end + shift and diagnostic.start < d.end
            ], (text, changed)
            assert "  " not in changed or "  " in text, changed
    return count


@given(texts)
def test_replacements_are_clean(linter, text):
    holds(linter, text)


@given(st.lists(texts, min_size=2, max_size=4).map(" ".join))
def test_replacements_among_others_are_clean(linter, text):
    holds(linter, text)


def test_replacements_in_the_corpus_are_clean(linter):
    for path in sorted((Path(__file__).parents[2] / "corpora").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            text = json.loads(line)["text"]
            if " if " in text or " any " in text or "may have" in text:
                holds(linter, text)


def replacements(linter, text):
    return {
        text[: s.start] + s.replacement + text[s.end :]: s
        for d in linter.check_text(text).diagnostics
        for s in d.suggestions
        if s.replacement is not None
    }


@pytest.mark.parametrize(
    ("text", "better"),
    [
        ("We apologise for any delay.", "We apologise for the delay."),
        ("We are sorry for the trouble this may have caused.", "We are sorry for the trouble this caused."),
        ("I'm sorry for any trouble this may have caused.", "I'm sorry for the trouble this caused."),
    ],
)
def test_what_is_offered(linter, text, better):
    assert better in replacements(linter, text)


def test_only_a_dropped_condition_is_safe(linter):
    for suggestion in replacements(linter, "We apologise for any delay.").values():
        assert suggestion.applicability is Applicability.NEEDS_REVIEW


def test_no_replacement_where_a_hole_would_be_touched(linter):
    assert not replacements(linter, "We apologise for any {{problem}} this may have caused.")


def test_no_replacement_where_the_source_is_not_verbatim(linter):
    """In JSON, "\\u0061ny" is not the text that the draft holds."""
    source = Source("macros.json", '{"text": "We apologise for \\u0061ny delay."}')
    (report,) = linter.check_source(source)
    assert bad(report)
    assert not [s for d in report.diagnostics for s in d.suggestions if s.replacement is not None]


def test_advice_without_an_edit_names_the_place(linter):
    report = linter.check_text("I'm sorry you feel that way.")
    advice = [s for d in report.diagnostics for s in d.suggestions if s.replacement is None]
    assert advice
    assert all(s.message and 0 <= s.start < s.end for s in advice)


def test_a_draft_full_of_apologies_is_read_again_only_so_often(linter, monkeypatch):
    """Every finding keeps its advice; rewrites go to the first of the loudest."""
    text = "Sorry for any inconvenience. " * 40
    engine = linter.judge.engine
    read, analyse = [], engine.analyse
    monkeypatch.setattr(
        engine, "analyse", lambda prose, *rest, **more: read.append(prose) or analyse(prose, *rest, **more)
    )
    whole = linter.check_text(text)
    monkeypatch.setattr("apologylint.diagnose.REREAD", 5 * len(text))
    read.clear()
    report = linter.check_text(text)
    assert len(read) == 1 + 5
    assert [d.start for d in report.diagnostics] == [d.start for d in whole.diagnostics]
    edits, all_edits = (
        [s for d in r.diagnostics for s in d.suggestions if s.replacement is not None] for r in (report, whole)
    )
    assert edits and edits == all_edits[: len(edits)] and len(edits) < len(all_edits)


def test_only_the_rewritten_sentence_is_read_anew(linter, monkeypatch):
    engine = linter.judge.engine
    tokenised, tokens = [], engine.tokenizer.tokens
    monkeypatch.setattr(engine.tokenizer, "tokens", lambda text: tokenised.append(text) or tokens(text))
    report = linter.check_text("We regret the mix-up. Sorry for any inconvenience. We have sent a new one.")
    assert any(s.replacement is not None for d in report.diagnostics for s in d.suggestions)
    assert len(tokenised) == len(set(tokenised)) and "Sorry for the inconvenience." in tokenised
