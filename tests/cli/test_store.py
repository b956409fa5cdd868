"""Baseline, cache and fixes: what is written, what is refused, what survives damage. No engine needed."""

from __future__ import annotations

import json
import os
import stat
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apologylint.baseline import Baseline
from apologylint.cache import Cache, _as_built, has_steps, program_digest, report_data, report_from
from apologylint.drafts import Source
from apologylint.errors import ConfigError, InputError
from apologylint.files import replace_file
from apologylint.fixes import Edit, apply, diff, edits, encode
from apologylint.parts import COMPILED, joined
from apologylint.reporters.base import CheckedFile
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


def make(path, text, words="sorry you feel", suggestion="sorry we were late", how=Applicability.SAFE, start=None):
    source = Source(str(path), text)
    at = text.index(words) if start is None else start
    end = at + len(words)
    line, column = source.lines.position(at)
    end_line, end_column = source.lines.position(end)
    s = Suggestion("say it", suggestion, at, end, how)
    d = Diagnostic(
        "fake-apology/x",
        Label.FAKE_APOLOGY,
        Severity.ERROR,
        "m",
        at,
        end,
        line,
        column,
        end_line,
        end_column,
        words,
        (s,),
    )
    sentence = Sentence(0, len(text), Label.FAKE_APOLOGY, frozenset({Label.FAKE_APOLOGY}))
    return CheckedFile(
        str(path), (Report(str(path), "", Verdict(Label.FAKE_APOLOGY, (0,)), False, (sentence,), (d,)),), source
    )


# -- baseline -------------------------------------------------------------------------------------------------


def test_baseline_round_trip_and_silence(tmp_path):
    file = make(tmp_path / "a.md", "We are sorry you feel so.")
    baseline = Baseline(tmp_path / "b.json")
    baseline.add(file)
    baseline.save()
    text = (tmp_path / "b.json").read_text()
    assert '"a.md"' in text and str(tmp_path) not in text and text.endswith("\n")
    again = Baseline.load(tmp_path / "b.json")
    assert again.entries == baseline.entries
    quiet = again.apply(file)
    assert quiet.silenced == 1 and not list(quiet.diagnostics())
    again.save()
    assert (tmp_path / "b.json").read_text() == text


def test_baseline_lets_a_second_equal_sentence_through(tmp_path):
    file = make(tmp_path / "a.md", "We are sorry you feel so.")
    baseline = Baseline(tmp_path / "b.json")
    baseline.add(file)
    d = file.reports[0].diagnostics[0]
    twice = replace(file, reports=(replace(file.reports[0], diagnostics=(d, d)),))
    assert len(list(baseline.apply(twice).diagnostics())) == 1


def test_baseline_prune_drops_what_is_gone_and_keeps_what_was_not_checked(tmp_path):
    for name in ("a.md", "b.md", "c.md"):
        (tmp_path / name).write_text("x")
    baseline = Baseline(tmp_path / "b.json")
    for name in ("a.md", "b.md", "c.md"):
        baseline.add(make(tmp_path / name, "We are sorry you feel so."))
    baseline.apply(CheckedFile(str(tmp_path / "a.md")))
    (tmp_path / "c.md").unlink()
    assert baseline.prune() == 2
    assert set(baseline.entries) == {"b.md"}


@pytest.mark.parametrize(
    "raw", [b"", b"[]", b"{}", b'{"version":2,"entries":{}}', b'{"version":1,"entries":{"a":1}}', b"\xff"]
)
def test_damaged_baseline_is_an_error_not_silence(tmp_path, raw):
    (tmp_path / "b.json").write_bytes(raw)
    with pytest.raises(ConfigError):
        Baseline.load(tmp_path / "b.json")


# -- cache ----------------------------------------------------------------------------------------------------

_LABELS = st.sampled_from(Label)
_TEXT = st.text(max_size=20)
_INT = st.integers(0, 10**6)
_SUGGESTIONS = st.builds(Suggestion, _TEXT, st.none() | _TEXT, _INT, _INT, st.sampled_from(Applicability))
_RELATED = st.builds(Related, _TEXT, *[_INT] * 6)
_DIAGNOSTICS = st.builds(
    Diagnostic, _TEXT, st.none() | _LABELS, st.sampled_from(Severity), _TEXT, *[_INT] * 6, _TEXT,
    st.lists(_SUGGESTIONS, max_size=2).map(tuple), st.lists(_RELATED, max_size=2).map(tuple), _TEXT, _TEXT,
)  # fmt: skip
_SENTENCES = st.builds(Sentence, _INT, _INT, _LABELS, st.frozensets(_LABELS), st.booleans())
_STEPS = st.lists(st.builds(Step, _TEXT, _INT, _INT), max_size=2).map(tuple)
REPORTS = st.builds(
    lambda verdict, early, sentences, diagnostics, steps, id: Report(
        "p", id, verdict, early, sentences, diagnostics, suppressed=1, find_steps=lambda: steps
    ),
    st.builds(Verdict, _LABELS, st.lists(_INT, max_size=2).map(tuple)),
    st.booleans(),
    st.lists(_SENTENCES, max_size=3).map(tuple),
    st.lists(_DIAGNOSTICS, max_size=3).map(tuple),
    _STEPS,
    _TEXT,
)


@given(REPORTS, st.booleans())
def test_a_report_comes_back_from_json_as_it_was(report, with_steps):
    if with_steps:
        _ = report.steps
    back = report_from(json.loads(json.dumps(report_data(report))), "p")
    assert back == report
    assert has_steps(back) == with_steps
    if with_steps:
        assert back.to_dict() == report.to_dict()


@given(REPORTS)
def test_any_report_is_valid_by_the_published_schema(report):
    import jsonschema

    from apologylint.reporters import render
    from apologylint.reporters.base import Run
    from apologylint.schemas import report_schema

    text = "".join(render("json", Run((CheckedFile("p", (report,)),), "1")))
    jsonschema.Draft202012Validator(report_schema()).validate(json.loads(text))


def test_cache_knows_content_settings_and_program(tmp_path):
    file = make(tmp_path / "a.md", "We are sorry you feel so.")
    cache = Cache(tmp_path / "c", "one")
    assert cache.get("a.md", "s", b"raw") is None
    cache.put("a.md", "s", b"raw", file.reports)
    assert cache.get("a.md", "s", b"raw")[0].diagnostics == file.reports[0].diagnostics
    assert cache.get("a.md", "s", b"other") is None
    assert cache.get("a.md", "t", b"raw") is None
    assert Cache(tmp_path / "c", "two").get("a.md", "s", b"raw") is None
    assert (tmp_path / "c" / "CACHEDIR.TAG").exists() and (tmp_path / "c" / ".gitignore").read_text() == "*\n"


def damage(file, how):
    raw = file.read_bytes()
    if how == "folder":
        file.unlink()
        file.mkdir()
        return
    file.write_bytes(
        {
            "empty": b"",
            "cut": raw[: len(raw) // 2],
            "type": b"[1, 2]",
            "deep": b"[" * 100000,
            "binary": b"\x80\x04pickle",
            "values": raw.replace(b"fake-apology", b"no-such-label"),
        }[how]
    )


@pytest.mark.parametrize("how", ["empty", "cut", "type", "deep", "binary", "values", "folder"])
def test_damaged_cache_is_the_same_as_none(tmp_path, how):
    file = make(tmp_path / "a.md", "We are sorry you feel so.")
    cache = Cache(tmp_path / "c", "one")
    cache.put("a.md", "s", b"raw", file.reports)
    (entry,) = (tmp_path / "c").rglob("*.json")
    damage(entry, how)
    assert cache.get("a.md", "s", b"raw") is None
    cache.put("a.md", "s", b"raw", file.reports)


def test_unwritable_cache_is_given_up_quietly(tmp_path):
    (tmp_path / "c").write_text("a file where the folder should be")
    cache = Cache(tmp_path / "c", "one")
    cache.put("a.md", "s", b"raw", make(tmp_path / "a.md", "We are sorry you feel so.").reports)
    assert cache.broken
    assert cache.get("a.md", "s", b"raw") is None


def test_program_digest_changes_with_a_rule(tmp_path):
    before = program_digest([str(tmp_path)])
    (tmp_path / "r.yaml").write_text("x")
    assert program_digest([str(tmp_path)]) != before
    assert program_digest([]) == program_digest([])


@pytest.fixture
def package(tmp_path):
    """A package as a wheel installs it."""
    (tmp_path / "rules" / "en").mkdir(parents=True)
    (tmp_path / "rules" / "en" / COMPILED).write_text(joined({"program": "d1"}, {"a": 1}), encoding="utf-8")
    (tmp_path / "a.py").write_text("A = 1\n", encoding="utf-8")
    return tmp_path


def test_a_wheel_says_its_own_digest(package):
    assert _as_built(package) == "d1"


def test_a_file_edited_after_installing_is_seen(package):
    later = (package / "rules" / "en" / COMPILED).stat().st_mtime + 3600
    os.utime(package / "a.py", (later, later))
    assert _as_built(package) == ""


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"format": 1, "program": "d1"}', '{"format": 4}', "\udcff"])
def test_a_damaged_pack_says_no_digest(package, text):
    (package / "rules" / "en" / COMPILED).write_text(text, encoding="utf-8", errors="surrogateescape")
    assert _as_built(package) == ""


def test_a_checkout_says_no_digest(tmp_path):
    assert _as_built(tmp_path) == ""


# -- fixes ----------------------------------------------------------------------------------------------------


def test_only_safe_ones_unless_asked(tmp_path):
    file = make("a.md", "We are sorry you feel so.", how=Applicability.NEEDS_REVIEW)
    assert edits(file) == []
    assert apply(file.source.text, edits(file, unsafe=True)) == "We are sorry we were late so."


@pytest.mark.parametrize(
    ("path", "words", "new"),
    [
        ("a.md", "sorry {{name}} feels", "sorry"),
        ("a.md", "sorry [name]", "sorry"),
        ("a.html", "sorry <b>you", "sorry"),
        ("a.md", "sorry", "sorry {{name}}"),
        ("a.json", "sorry", 'sorry "you"'),
        ("a.yaml", "sorry", "sorry: we"),
        ("a.csv", "sorry", "sorry, we"),
        ("a.html", "sorry", "sorry & we"),
        ("a.po", "sorry", "sorry\nwe"),
    ],
)
def test_edits_that_could_break_the_file_are_not_made(path, words, new):
    assert edits(make(path, f"We are {words} so.", words, new)) == []


def test_overlapping_edits_are_not_both_made():
    file = make("a.md", "We are sorry you feel so.")
    d = file.reports[0].diagnostics[0]
    other = replace(d, suggestions=(replace(d.suggestions[0], start=d.start + 3, replacement="x"),))
    file = replace(file, reports=(replace(file.reports[0], diagnostics=(d, other)),))
    assert len(edits(file)) == 1


@given(st.text(), st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50), st.text(max_size=5)), max_size=5))
def test_nothing_outside_the_edits_changes(text, raw):
    spans, at = [], 0
    for start, length, new in sorted(raw):
        if start >= at and start + length <= len(text):
            spans.append(Edit(start, start + length, new, ""))
            at = start + length
    out = apply(text, spans)
    assert len(out) == len(text) + sum(len(e.text) - (e.end - e.start) for e in spans)
    if spans:
        assert out.startswith(text[: spans[0].start]) and out.endswith(text[spans[-1].end :])


@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
def test_byte_order_mark_and_line_ends_are_kept(bom):
    old = Source("p", "é\r\nsorry\rx\n", bom=bom)
    assert encode(old, "é\r\nSORRY\rx\n") == bom + "é\r\nSORRY\rx\n".encode()


def test_other_encodings_are_kept():
    assert encode(Source("p", "é", encoding="cp1252"), "ée") == b"\xe9e"
    assert encode(Source("p", "a", encoding="utf-16-le", bom=b"\xff\xfe"), "b") == b"\xff\xfeb\0"
    with pytest.raises(InputError):
        encode(Source("p", "é", encoding="latin-1"), "€")


def test_replace_keeps_mode_and_link(tmp_path):
    real = tmp_path / "real.md"
    real.write_bytes(b"old")
    real.chmod(0o640)
    link = tmp_path / "link.md"
    link.symlink_to("real.md")
    replace_file(link, b"new", expected=b"old")
    assert link.is_symlink() and real.read_bytes() == b"new"
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert sorted(p.name for p in tmp_path.iterdir()) == ["link.md", "real.md"]


def test_replace_refuses_a_file_that_changed(tmp_path):
    file = tmp_path / "a.md"
    file.write_bytes(b"newer")
    with pytest.raises(InputError, match="changed"):
        replace_file(file, b"new", expected=b"old")
    assert file.read_bytes() == b"newer" and [p.name for p in tmp_path.iterdir()] == ["a.md"]


def test_diff_shows_only_what_changes():
    text = "".join(diff("a\nb\nc\n", "a\nB\nc\n", "x\x1b.md"))
    assert "-b\n+B\n" in text and "\x1b" not in text
