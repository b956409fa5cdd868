"""The corpora: every line is sound, and the engine scores on them exactly what corpora/expected.json says.

``APOLOGYLINT_GOLDEN=write python -m pytest tests/test_corpora.py`` renews the figures; read the difference.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from apologylint import Linter
from apologylint.classify import primary, verdict
from apologylint.results import Label, Report, Severity
from apologylint.score import Scored, score_draft, summarise

CORPORA = Path(__file__).resolve().parents[1] / "corpora"
EXPECTED = CORPORA / "expected.json"
FILES = sorted((CORPORA / "drafts").glob("*.jsonl"))
KEYS = {
    "id", "domain", "kind", "text", "customer_message", "sentences", "verdict", "premature_explanation", "pe_sentences",
}  # fmt: skip
OPTIONAL = {"good", "held_back"}
KINDS = {"email", "chat", "tweet", "letter", "review", "sms", "status", "template"}
LOUD = (Severity.ERROR, Severity.WARNING)
GOOD_AT_LEAST = 120


@dataclass(frozen=True)
class Checked:
    draft: dict[str, Any]
    report: Report
    scored: Scored

    @property
    def held_back(self) -> bool:
        return bool(self.draft.get("held_back"))


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


# Every line is sound.


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_drafts_are_sound(path):
    drafts = read(path)
    assert drafts
    for draft in drafts:
        where = f"{path.name}: {draft.get('id')}"
        assert set(draft) >= KEYS, where
        assert set(draft) <= KEYS | OPTIONAL, where
        assert draft["domain"] == path.stem, where
        assert draft["kind"] in KINDS, where
        assert draft["text"].strip(), where
        assert draft["customer_message"] is None or draft["customer_message"].strip(), where
        spans_are_sound(draft, where)
        labels_follow(draft, where)
        assert all(draft[key] is True for key in OPTIONAL & set(draft)), where


def spans_are_sound(draft: dict[str, Any], where: str) -> None:
    text, at = draft["text"], 0
    assert draft["sentences"], where
    for sentence in draft["sentences"]:
        start, end = sentence["start"], sentence["end"]
        assert at <= start < end <= len(text), (where, start, end)
        # Between two sentences there is nothing but blanks, and none at their own ends.
        assert not text[at:start].strip(), (where, text[at:start])
        assert text[start:end] == text[start:end].strip(), (where, text[start:end])
        at = end
    assert not text[at:].strip(), (where, text[at:])


def labels_follow(draft: dict[str, Any], where: str) -> None:
    primaries = []
    for sentence in draft["sentences"]:
        labels = [Label(label) for label in sentence["labels"]]
        assert labels and len(set(labels)) == len(labels), where
        assert Label.NEUTRAL not in labels or len(labels) == 1, where
        assert primary(labels) is Label(sentence["label"]), where
        primaries.append(Label(sentence["label"]))
    assert verdict(primaries).label is Label(draft["verdict"]), where
    early = draft["pe_sentences"]
    assert early == sorted(set(early)), where
    assert all(0 <= k < len(primaries) for k in early), where
    assert bool(early) is draft["premature_explanation"], where
    if draft.get("good"):
        assert draft["verdict"] in {"neutral", "real-apology"} and not early, where


def test_ids_and_texts_are_unique():
    drafts = [draft for path in FILES for draft in read(path)]
    ids = Counter(draft["id"] for draft in drafts)
    assert not [name for name, count in ids.items() if count > 1]
    texts = Counter((draft["text"], draft["customer_message"]) for draft in drafts)
    assert not [text for text, count in texts.items() if count > 1]


def test_replies_to_one_message_stay_together():
    # Matched sets answer one message in several ways: if one of them is held back, so is every other.
    seen: dict[str, set[bool]] = {}
    for path in FILES:
        for draft in read(path):
            if draft["customer_message"]:
                seen.setdefault(draft["customer_message"], set()).add(bool(draft.get("held_back")))
    assert not [message for message, parts in seen.items() if len(parts) > 1]


def test_disputes_name_sentences_that_exist():
    drafts = {draft["id"]: draft for path in FILES for draft in read(path)}
    short = {"R": "real-apology", "F": "fake-apology", "N": "non-apology", "D": "defensive", "O": "neutral"}
    rows = (CORPORA / "disputes.tsv").read_text(encoding="utf-8").splitlines()
    assert rows[0].split("\t") == ["draft", "sentence", "first", "second", "settled", "reason", "text"]
    for row in rows[1:]:
        name, number, first, second, settled, reason, text = row.split("\t")
        draft = drafts[name]
        sentence = draft["sentences"][int(number) - 1]
        assert " ".join(draft["text"][sentence["start"] : sentence["end"]].split()) == " ".join(text.split()), name
        assert settled in {first, second} and reason, name
        assert sentence["label"] == short[settled.rstrip("*")], name
        assert (int(number) - 1 in draft["pe_sentences"]) is settled.endswith("*"), name


# The engine scores what it scored.


@pytest.fixture(scope="module")
def checked() -> dict[str, list[Checked]]:
    linter = Linter()
    out: dict[str, list[Checked]] = {}
    for path in FILES:
        for draft in read(path):
            report = linter.check_text(draft["text"], draft["customer_message"])
            out.setdefault(path.stem, []).append(Checked(draft, report, score_draft(draft, report)))
    return out


@pytest.fixture(scope="module")
def found(checked) -> dict[str, Any]:
    every = [c for items in checked.values() for c in items]
    fitted = [c for c in every if not c.held_back]
    held = [c for c in every if c.held_back]
    loud = {c.draft["id"]: loud_rules(c) for c in fitted if c.draft.get("good")}
    made = {
        "fitted": {
            "all": figures(fitted),
            "files": {name: figures([c for c in items if not c.held_back]) for name, items in checked.items()},
            "rules": by_rule(fitted),
        },
        "held_back": {"all": figures(held), "rules": by_rule(held)},
        "good": {"drafts": len(loud), "known": {name: rules for name, rules in loud.items() if rules}},
    }
    if os.environ.get("APOLOGYLINT_GOLDEN") == "write":
        EXPECTED.write_text(shown(made), encoding="utf-8", newline="\n")
    return made


@pytest.fixture(scope="module")
def expected(found) -> dict[str, Any]:
    return json.loads(EXPECTED.read_text(encoding="utf-8"))


def figures(items: list[Checked]) -> dict[str, Any]:
    f = summarise([c.scored for c in items])["all"]
    sentence = {name: round(v["f1"], 3) for name, v in f["sentence"].items() if v["support"] or v["flagged"]}
    return {
        "drafts": f["drafts"],
        "sentences": f["sentences"],
        "sentence": sentence,
        "verdict_accuracy": round(f["verdict_accuracy"], 3),
        "premature_explanation": round(f["premature_explanation"]["f1"], 3),
        "clean_drafts": f["clean_drafts"],
        "false_alarms": f["false_alarms"],
    }


def by_rule(items: list[Checked]) -> dict[str, dict[str, list[int]]]:
    """Rule, severity: how many diagnostics, and how many are right where the labels can tell."""
    counts: dict[str, dict[str, list[int]]] = {}
    for c in items:
        for d in c.report.diagnostics:
            there = [(k, s) for k, s in enumerate(c.draft["sentences"]) if s["start"] < d.end and d.start < s["end"]]
            if d.label is not None:
                right = any(d.label in s["labels"] for _, s in there)
            elif d.rule.startswith("explanation/"):
                right = any(k in c.draft["pe_sentences"] for k, _ in there)
            else:
                right = None
            cell = counts.setdefault(d.rule, {}).setdefault(str(d.severity), [0] if right is None else [0, 0])
            cell[0] += 1
            if right is not None:
                cell[1] += right
    return {rule: dict(sorted(cells.items())) for rule, cells in sorted(counts.items())}


def loud_rules(c: Checked) -> list[str]:
    return sorted(d.rule for d in c.report.diagnostics if d.severity in LOUD)


def shown(data: dict[str, Any], depth: int = 0) -> str:
    """JSON with one line a leaf, so that a change of one figure is a change of one line."""
    if not isinstance(data, dict) or (depth and not any(isinstance(v, dict) for v in data.values()) and depth > 2):
        return json.dumps(data)
    pad = " " * (depth + 1)
    body = ",\n".join(f"{pad}{json.dumps(k)}: {shown(v, depth + 1)}" for k, v in data.items())
    return f"{{\n{body}\n{' ' * depth}}}" + ("" if depth else "\n") if data else "{}" + ("" if depth else "\n")


@pytest.mark.parametrize("name", [path.stem for path in FILES])
def test_scores_of_file(found, expected, name):
    assert found["fitted"]["files"][name] == expected["fitted"]["files"][name]


@pytest.mark.parametrize("part", ["fitted", "held_back"])
def test_scores_of_part(found, expected, part):
    assert found[part]["all"] == expected[part]["all"]
    assert found[part]["rules"] == expected[part]["rules"]


def test_expected_speaks_of_these_files_only(expected):
    assert list(expected["fitted"]["files"]) == [path.stem for path in FILES]


def test_good_drafts_are_left_alone(found, expected):
    """A model reply gets no error and no warning, but for the ones that are known to."""
    assert found["good"]["drafts"] >= GOOD_AT_LEAST
    assert found["good"] == expected["good"]
