"""Formats against their specifications."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from apologylint.reporters import render
from apologylint.reporters.fingerprints import fingerprints
from apologylint.reporters.sarif import uri

# The schema of SARIF 2.1.0 as carried by the npm package @microsoft/jest-sarif 1.0.0-beta.0 (MIT).
SARIF_SCHEMA = Path(__file__).parent / "data" / "sarif-2.1.0-rtm.5.json"


def text_of(name, run) -> str:
    return "".join(render(name, run))


def test_sarif_is_valid(run):
    schema = json.loads(SARIF_SCHEMA.read_text())
    jsonschema.Draft4Validator(schema).validate(json.loads(text_of("sarif", run)))


def test_sarif_has_what_github_asks_for(run):
    log = json.loads(text_of("sarif", run))["runs"][0]
    rules = log["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["explanation/premature", "fake-apology/sorry-you-feel"]
    for rule in rules:
        assert 0 < len(rule["shortDescription"]["text"]) <= 1024
        assert 0 < len(rule["fullDescription"]["text"]) <= 1024
        assert rule["help"]["text"]
    for result in log["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        region = result["locations"][0]["physicalLocation"]["region"]
        assert set(region) == {"startLine", "startColumn", "endLine", "endColumn"}
        assert result["partialFingerprints"]["primaryLocationLineHash"]
    assert log["columnKind"] == "unicodeCodePoints"
    assert log["invocations"][0]["executionSuccessful"] is False


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("a b/c#d.md", "a%20b/c%23d.md"),
        ("c:d.md", "./c:d.md"),
        ("100%.md", "100%25.md"),
        ("/abs/é.md", "file:///abs/%C3%A9.md"),
        ("C:/x.md", "file:///C:/x.md"),
    ],
)
def test_sarif_addresses(path, expected):
    assert uri(path) == expected


def test_json_is_valid_by_the_published_schema(run):
    schema = json.loads((Path(__file__).parents[2] / "src/apologylint/schemas/report.json").read_text())
    jsonschema.Draft202012Validator(schema).validate(json.loads(text_of("json", run)))


def test_gitlab_has_the_required_members_and_unique_fingerprints(run, make_file, make_run):
    entries = json.loads(text_of("gitlab", run))
    for entry in entries:
        assert entry["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert entry["location"]["lines"]["begin"] >= 1
        assert entry["description"].startswith(entry["check_name"])
    twice = make_file(text="We are sorry you feel that way. Our van broke down.")
    both = json.loads(text_of("gitlab", make_run(twice, make_file("other.md"))))
    assert len({entry["fingerprint"] for entry in both}) == len(both) == 4


def test_fingerprints_outlive_lines_above(make_file):
    before = make_file()
    after = make_file(text="A new first line.\n\n" + before.source.text)
    assert fingerprints(before, "x") == fingerprints(after, "x")
    assert fingerprints(before, "x") != fingerprints(before, "y")


def test_rdjson_columns_count_bytes(make_run, make_file):
    text = "é🙂 We are sorry you feel that way. Our van broke down."
    found = json.loads(text_of("rdjson", make_run(make_file(text=text))))["diagnostics"]
    start = found[0]["location"]["range"]["start"]["column"]
    assert text.encode()[start - 1 :].startswith(b"sorry you feel")
    assert found[0]["suggestions"][0]["text"] == "sorry we were late"


def test_github_gives_no_columns_across_lines(make_run, make_file):
    text = "We are sorry you feel that way.\nOur van broke down."
    file = make_file(text=text)
    d = file.reports[0].diagnostics[0]
    from dataclasses import replace

    wide = replace(d, end_line=2, end_column=3)
    run = make_run(replace(file, reports=(replace(file.reports[0], diagnostics=(wide,)),)))
    line = text_of("github", run).splitlines()[0]
    assert "endLine=2" in line and "col=" not in line and "endColumn" not in line


def test_caret_lies_under_the_words(make_run, make_file):
    for lead in ("", "日本 ", "e\u0301 ", "\t", "x" * 300 + " "):
        file = make_file(text=f"{lead}We are sorry you feel that way. Our van broke down.")
        lines = text_of("full", make_run(file)).splitlines()
        at = next(number for number, line in enumerate(lines) if "^" in line)
        from apologylint.reporters.inert import cells

        column = lines[at].index("^")
        shown = lines[at - 1]
        assert cells(shown[: shown.index("sorry you feel")]) == column
        assert lines[at].count("^") == len("sorry you feel")


def test_colour_only_adds_codes(make_run):
    import re

    plain, painted = text_of("full", make_run()), text_of("full", make_run(color=True))
    assert "\x1b" not in plain
    assert re.sub(r"\x1b\[[0-9;]*m", "", painted) == plain
