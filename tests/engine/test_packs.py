"""Packs: the compiled form says what the files say; users' rules join and replace."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys

import pytest

from apologylint.compiled import Compiled
from apologylint.config import Config
from apologylint.errors import RuleError
from apologylint.lexicon import FORMS
from apologylint.linter import Linter
from apologylint.packs import compile_pack, load_pack
from apologylint.parts import COMPILED
from apologylint.rules import WordSets, rule_to_data

OWN = """\
title: Never say oops
severity: warning
message: '"{match}" is not a word for a bank.'
why: Our house style.
patterns: [oopsie daisy]
examples:
  match: ["[[oopsie daisy]]"]
  no-match: [oops]
"""


@pytest.fixture(scope="module")
def compiled_folder(pack, tmp_path_factory):
    """A folder that holds nothing but the compiled pack."""
    folder = tmp_path_factory.mktemp("compiled")
    (folder / COMPILED).write_text(compile_pack(pack), encoding="utf-8")
    return folder


@pytest.fixture
def own(tmp_path):
    folder = tmp_path / "own"
    (folder / "defensive").mkdir(parents=True)
    (folder / "defensive" / "oopsie.yaml").write_text(OWN, encoding="utf-8")
    return folder


def as_data(rule):
    sets = WordSets()
    data = rule_to_data(rule, sets) | {"path": ""}
    return json.loads(json.dumps([data, sets.to_data()]))


def test_the_compiled_form_says_what_the_files_say(pack, compiled_folder):
    again = load_pack(compiled_folder)
    assert (again.name, again.version, again.language, again.fingerprint) == (
        pack.name,
        pack.version,
        pack.language,
        pack.fingerprint,
    )
    assert list(again.rules) == list(pack.rules)
    for name, rule in pack.rules.items():
        assert as_data(again.rules[name]) == as_data(rule), name
        assert (again.rules[name].label, again.rules[name].severity, again.rules[name].scope) == (
            rule.label,
            rule.severity,
            rule.scope,
        )
        assert again.rules[name].openings == rule.openings
        assert tuple(again.rules[name].patterns) == rule.patterns
        assert tuple(again.rules[name].excepts) == rule.excepts
    assert again.weights == pack.weights
    assert again.lexicon.names == pack.lexicon.names
    for name in pack.lexicon.names:
        for form in FORMS:
            assert again.lexicon.entries(f"{name}:{form}") == pack.lexicon.entries(f"{name}:{form}")


def test_the_compiled_form_holds_no_path_of_the_building_machine(pack, rules_folder):
    assert str(rules_folder.parent) not in compile_pack(pack)


def test_the_compiled_form_judges_alike(pack, linter, compiled_folder):
    from apologylint.analysis import Engine
    from apologylint.labelling import Judge

    compiled = Linter()
    compiled._pack = load_pack(compiled_folder)
    compiled._judge = Judge(Engine(compiled._pack))
    for rule in pack.rules.values():
        for example in (*rule.match_examples, *rule.no_match_examples):
            assert compiled.check_text(example.text, example.customer_message) == linter.check_text(
                example.text, example.customer_message
            )


def test_what_does_not_open_the_gate_reads_no_patterns(compiled_folder, monkeypatch):
    from apologylint.analysis import Engine
    from apologylint.labelling import Judge

    linter = Linter()
    linter._pack = load_pack(compiled_folder)
    linter._judge = Judge(Engine(linter._pack))
    monkeypatch.setattr(Compiled, "_patterns_of", lambda *_: pytest.fail("patterns were read"))
    assert linter.check_text("The table is of oak.").verdict.label == "neutral"


def test_compiling_is_repeatable(rules_folder):
    code = (
        "import hashlib, pathlib, sys\nfrom apologylint.packs import compile_pack, load_pack\n"
        "text = compile_pack(load_pack(pathlib.Path(sys.argv[1]), examples=True))\n"
        "print(hashlib.sha256(text.encode()).hexdigest())"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", code, str(rules_folder)],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
        ).stdout
        for seed in ("0", "1", "4242")
    }
    assert len(seen) == 1


def test_loading_the_compiled_form_needs_neither_yaml_nor_pydantic(compiled_folder):
    code = (
        "import sys\n"
        "for name in ('yaml', 'pydantic', 'spacy'):\n    sys.modules[name] = None\n"
        "from pathlib import Path\nfrom apologylint.packs import load_pack\n"
        f"print(len(load_pack(Path({str(compiled_folder)!r})).rules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120)
    assert int(done.stdout) > 10


@pytest.mark.parametrize("damage", ["", "{", "[]", "{}", '{"format": 2}', '{"format": 1}', "null", "\x00"])
def test_a_damaged_compiled_form_is_only_a_lost_short_cut(pack, rules_folder, tmp_path, damage):
    folder = tmp_path / "en"
    shutil.copytree(rules_folder, folder)
    (folder / COMPILED).write_text(damage, encoding="utf-8")
    assert load_pack(folder).fingerprint == pack.fingerprint


@pytest.mark.parametrize("part", [1, 2, 3, 4])
def test_damage_in_any_part_is_seen_at_once(pack, rules_folder, compiled_folder, tmp_path, part):
    folder = tmp_path / "en"
    shutil.copytree(rules_folder, folder)
    lines = (compiled_folder / COMPILED).read_text(encoding="utf-8").split("\n")
    lines[part] = lines[part].replace("a", "b", 1)
    (folder / COMPILED).write_text("\n".join(lines), encoding="utf-8")
    assert load_pack(folder).rules["defensive/calm-down"].path.startswith(str(folder))


def test_examples_come_from_the_files(tmp_path, pack, rules_folder):
    folder = tmp_path / "en"
    shutil.copytree(rules_folder, folder)
    (folder / COMPILED).write_text(compile_pack(pack), encoding="utf-8")
    assert any(r.match_examples for r in load_pack(folder, examples=True).rules.values())


def test_users_rules_join(own):
    linter = Linter(Config(rules=(str(own),)))
    report = linter.check_text("Oopsie daisy, we will send it today.")
    assert [d.rule for d in report.diagnostics if d.rule == "defensive/oopsie"]
    assert report.verdict.label == "defensive"
    assert "fake-apology/sorry-you-feel" in linter.pack.rules


def test_users_rules_replace_by_name(own, pack):
    name = "fake-apology/sorry-if"
    target = own / f"{name}.yaml"
    target.parent.mkdir()
    target.write_text(OWN, encoding="utf-8")
    joined = load_pack(extra=[own])
    assert joined.rules[name].title == "Never say oops"
    assert len(joined.rules) == len(pack.rules) + 1
    assert joined.fingerprint != pack.fingerprint


def test_users_words_join_and_replace(own):
    (own / "lexicon.yaml").write_text("oops: [oopsie, whoopsie]\nbusy: [swamped]\n", encoding="utf-8")
    (own / "defensive" / "oopsie.yaml").write_text(
        OWN.replace("[oopsie daisy]\nexamples", '["{oops} daisy"]\nexamples'), encoding="utf-8"
    )
    joined = load_pack(extra=[own])
    assert joined.lexicon.entries("oops") == {("oopsie",), ("whoopsie",)}
    assert joined.lexicon.entries("busy") == {("swamped",)}


def test_the_later_folder_wins(own, tmp_path):
    second = tmp_path / "second"
    shutil.copytree(own, second)
    (second / "defensive" / "oopsie.yaml").write_text(OWN.replace("Never", "Do not"), encoding="utf-8")
    assert load_pack(extra=[own, second]).rules["defensive/oopsie"].title == "Do not say oops"
    assert load_pack(extra=[second, own]).rules["defensive/oopsie"].title == "Never say oops"


def test_both_suffixes(own):
    (own / "defensive" / "second.yml").write_text(OWN, encoding="utf-8")
    assert "defensive/second" in load_pack(extra=[own]).rules


def test_no_such_folder(tmp_path):
    with pytest.raises(RuleError, match="no such rule folder") as refusal:
        load_pack(extra=[tmp_path / "none"])
    assert refusal.value.cure


def test_a_built_in_rule_is_switched_off_by_name():
    text = "I'm sorry if you feel that way."
    (name,) = {d.rule for d in Linter().check_text(text).diagnostics}
    assert not Linter(Config(ignore=(name,))).check_text(text).diagnostics


def test_the_fingerprint_follows_the_words(tmp_path, pack, rules_folder):
    folder = tmp_path / "en"
    shutil.copytree(rules_folder, folder)
    assert load_pack(folder).fingerprint == pack.fingerprint
    lexicon = folder / "lexicon.yaml"
    lexicon.write_text(lexicon.read_text(encoding="utf-8") + "brand-new: [x]\n", encoding="utf-8")
    assert load_pack(folder).fingerprint != pack.fingerprint
