"""Rule files: a good one is read whole; every fault names file, line, key and cure."""

from __future__ import annotations

import pytest

from apologylint.errors import RuleError
from apologylint.lexicon import Lexicon
from apologylint.packs import load_pack
from apologylint.results import Label, Severity
from apologylint.rulefiles import load_rule, load_yaml
from apologylint.rules import WordSets, rule_from_data, rule_to_data

WORDS = Lexicon.from_data({"sorry": ["sorry"], "feel": {"verbs": ["feel/felt"]}})
GOOD = """\
title: Regret for a feeling
severity: error
message: '"{match}" regrets a feeling.'
why: |
  It blames the customer.
better: I'm sorry that we let you down.
patterns:
  - "{sorry} (that) you {feel}"
except:
  - made you {feel}
unless: {labels: [real-apology], draft-labels: [defensive], moves: [remedy]}
examples:
  match:
    - text: "We are [[sorry you feel]] so."
      rewrite: We are sorry.
    - sorry you felt bad
  no-match:
    - text: sorry we made you feel so
      note: owns the fault
references: [Goffman 1971]
"""


@pytest.fixture
def read(tmp_path):
    """Read a rule file with this text."""

    def load(text: str, name: str = "fake-apology/own"):
        path = tmp_path / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
        return load_rule(path, name, WORDS)

    return load


def test_a_whole_rule(read):
    rule = read(GOOD)
    assert (rule.name, rule.group, rule.label, rule.severity) == (
        "fake-apology/own",
        "fake-apology",
        Label.FAKE_APOLOGY,
        Severity.ERROR,
    )
    assert rule.sets_label
    assert rule.scope.unless_labels == {Label.REAL_APOLOGY}
    assert rule.scope.unless_draft == {Label.DEFENSIVE}
    assert rule.scope.unless_own_moves == {"remedy"}
    marked, bare = rule.examples["match"]
    assert marked.text[slice(*marked.mark)] == "sorry you feel"
    assert marked.rewrite == "We are sorry."
    assert bare.mark is None
    assert rule.examples["no-match"][0].note == "owns the fault"


def test_old_names_are_in_the_compiled_form(read):
    rule = read(GOOD + "aliases: [fake-apology/older, non-apology/oldest]\n")
    assert rule.aliases == ("fake-apology/older", "non-apology/oldest")
    sets = WordSets()
    data = rule_to_data(rule, sets)
    assert rule_from_data(data, (), ()).aliases == rule.aliases


def test_info_reports_without_labelling(read):
    assert not read(GOOD.replace("severity: error", "severity: info")).sets_label
    assert read(GOOD.replace("severity: error", "severity: info\nsets-label: true")).sets_label


def test_a_group_has_no_label(read):
    rule = read(GOOD, "refusal/own")
    assert rule.label is None
    assert not rule.sets_label


def test_no_is_a_word(tmp_path):
    path = tmp_path / "x.yaml"
    path.write_text("a: no\nb: on\nc: true\n", encoding="utf-8")
    assert load_yaml(path)[0] == {"a": "no", "b": "on", "c": True}


FAULTS = {
    "list": ("- a\n", 1, "a rule file is a mapping", "title"),
    "empty": ("", 1, "a rule file is a mapping", "title"),
    "not utf-8": (b"title: caf\xe9\n", 0, "is not UTF-8 at byte 10", "save it as UTF-8"),
    "yaml": ("title: a: b\n", 1, "YAML: mapping values", "quote the value"),
    "tab": ("title: x\n\tseverity: error\n", 2, "YAML:", "quote the value"),
    "duplicate key": ("title: x\ntitle: y\n", 2, "duplicate key 'title'", "quote the value"),
    "tag": ("title: !!python/object/apply:os.system [true]\n", 1, "YAML:", "quote the value"),
    "unknown key": (GOOD + "patern: [sorry]\n", 21, "unknown key 'patern'", "did you mean 'patterns'?"),
    "unknown key, no likeness": (GOOD + "zzz: 1\n", 21, "unknown key 'zzz'", "known keys: title"),
    "unknown key inside": (GOOD.replace("labels: [real", "label: [real"), 11, "unknown key 'unless.label'", ""),
    "no title": ("message: x\n", 1, "key 'title'", "see docs"),
    "bad severity": (GOOD.replace("severity: error", "severity: loud"), 2, "key 'severity'", "see docs"),
    "bad label": (GOOD.replace("[real-apology]", "[real]"), 11, "key 'unless.labels.0'", "see docs"),
    "bad score": ("title: x\nscore: anger\n", 2, "key 'score'", "see docs"),
    "bad number": ("title: x\nmore-than: -1\n", 2, "key 'more-than'", "see docs"),
    "scope too wide": (
        "title: x\nscore: explanation\nafter: {labels: [neutral], within: 99}\n",
        3,
        "key 'after.within'",
        "see docs",
    ),
    "text for a list": ("title: x\npatterns: sorry\n", 2, "key 'patterns'", "see docs"),
    "example without text": (
        GOOD.replace("    - sorry you felt bad\n", "    - {note: x}\n"),
        16,
        "key 'examples.match.1",
        "see docs",
    ),
    "unknown apology field": (
        "title: x\napology: {objekt: feeling}\n",
        2,
        "unknown apology field 'objekt'",
        "did you mean 'object'?",
    ),
    "unlike any field": ("title: x\napology: {zzz: feeling}\n", 2, "unknown apology field 'zzz'", "one of device"),
    "never fires": ("title: x\n", 1, "rule can never fire", "add patterns"),
    "no message": (
        "title: x\nseverity: error\napology: {object: feeling}\n",
        2,
        "a rule with a severity needs a message",
        "add message",
    ),
    "no near misses": (
        "title: x\nseverity: error\nmessage: m\npatterns: [sorry]\n",
        1,
        "needs near misses",
        "no-match",
    ),
    "bad pattern": (GOOD.replace("(that) you", "(that you"), 8, "is never closed", "add ')'"),
    "second bad pattern": (
        GOOD.replace("except:", '  - "{feeel} sorry"\nexcept:'),
        9,
        "unknown word class {feeel}",
        "define it",
    ),
    "bad veto": (GOOD.replace("made you {feel}", "made you {feel:x}"), 10, "unknown form 'x'", "one of base"),
    "bad token": (
        GOOD.replace("  - made", "  - tokens: [{LEMMA: be}]\n  - made"),
        10,
        "token attribute 'LEMMA'",
        "use NORM",
    ),
    "open mark": (GOOD.replace("feel]] so", "feel so"), 14, "'[[' is never closed", "add ']]'"),
}


@pytest.mark.parametrize("kind", FAULTS)
def test_faults(read, kind):
    text, line, message, cure = FAULTS[kind]
    with pytest.raises(RuleError) as refusal:
        read(text)
    error = refusal.value
    assert message in error.message
    assert error.line == line
    assert error.path.endswith("own.yaml")
    assert cure in error.cure
    assert "\n" not in str(error)


FOLDER_FAULTS = {
    "folder": (
        "title: x\napology: {object: feeling}\n",
        "rude/own",
        "folder 'rude' is neither a label nor a group",
        "use one of",
    ),
    "neutral": ("title: x\napology: {object: feeling}\n", "neutral/own", "folder 'neutral' is neither", "use one of"),
    "recogniser reports": (
        "title: x\nmove: a\nseverity: error\nmessage: m\npatterns: [sorry]\n",
        "recognisers/own",
        "a recogniser reports nothing",
        "remove severity",
    ),
    "recogniser without a move": (
        "title: x\npatterns: [sorry]\n",
        "recognisers/own",
        "a recogniser needs a move",
        "add move",
    ),
}


@pytest.mark.parametrize("kind", FOLDER_FAULTS)
def test_folder_faults(read, kind):
    text, name, message, cure = FOLDER_FAULTS[kind]
    with pytest.raises(RuleError) as refusal:
        read(text, name)
    assert message in refusal.value.message
    assert cure in refusal.value.cure


def test_unreadable(tmp_path):
    with pytest.raises(RuleError, match="cannot be read"):
        load_rule(tmp_path / "none.yaml", "fake-apology/none", WORDS)


def test_bombs_do_not_go_off(tmp_path):
    """Aliases of aliases: refused or read, never a gigabyte."""
    path = tmp_path / "bomb.yaml"
    path.write_text(
        "a: &a [x,x,x,x,x,x,x,x,x]\n"
        + "".join(
            f"{n}: &{n} [*{m},*{m},*{m},*{m},*{m},*{m},*{m},*{m},*{m}]\n"
            for m, n in zip("abcdefg", "bcdefgh", strict=True)
        ),
        encoding="utf-8",
    )
    with pytest.raises(RuleError):
        load_rule(path, "fake-apology/bomb", WORDS)


def test_every_rule_of_the_pack_says_why(pack):
    for rule in pack.rules.values():
        if rule.severity is not None:
            assert rule.message and rule.why and rule.title, rule.name
            assert len(rule.message.splitlines()) == 1, rule.name


def test_fault_in_a_pack_names_the_file(tmp_path):
    own = tmp_path / "mine"
    (own / "defensive").mkdir(parents=True)
    (own / "defensive" / "bad.yaml").write_text("title: x\npatterns: [no such {thing}]\n", encoding="utf-8")
    with pytest.raises(RuleError) as refusal:
        load_pack(extra=[own])
    assert refusal.value.path == str(own / "defensive" / "bad.yaml")
    assert refusal.value.line == 2
