"""The smaller commands."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from apologylint import __version__
from apologylint.cli.completion import commands_of
from apologylint.cli.parser import build
from apologylint.cli.reference import PARTS, updated

ROOT = Path(__file__).parents[2]


def test_the_package_and_its_metadata_have_one_version():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == __version__


def test_version_and_help(cli):
    assert cli("--version").stdout == f"apologylint {__version__}\n"
    assert cli("-V").returncode == 0
    assert "check" in cli("--help").stdout
    for name in commands_of(build()):
        done = cli(name, "--help")
        assert done.returncode == 0 and "Exit codes" in done.stdout, name


def test_misspelt_flag_and_command(cli):
    assert "did you mean --select?" in cli("check", "--slect=x").stderr
    assert len(cli("rules", "lst").stderr.splitlines()) == 1


def test_rules_list_and_show(cli):
    lines = cli("rules", "list").stdout.splitlines()
    assert len(lines) > 10
    rules = json.loads(cli("rules", "list", "--json").stdout)
    assert len(rules) == len(lines)
    name = next(rule["name"] for rule in rules if rule["label"] == "fake-apology")
    page = cli("rules", "show", name).stdout
    assert page.startswith(name) and "Why:" in page
    assert cli("explain", name).stdout == page
    assert (
        next(
            r["severity"]
            for r in json.loads(cli("rules", "list", "--json", "--ignore", name).stdout)
            if r["name"] == name
        )
        == "off"
    )
    done = cli("rules", "show", name + "x")
    assert done.returncode == 2 and f'did you mean "{name}"?' in done.stderr


def test_half_the_name_of_a_rule_will_do(cli):
    assert cli("explain", "any-inconvenience").stdout == cli("explain", "fake-apology/any-inconvenience").stdout
    done = cli("explain", "any-inconveniences")
    assert done.returncode == 2 and 'did you mean "fake-apology/any-inconvenience"?' in done.stderr


def test_explain_a_text(cli):
    assert "fake-apology" in cli("explain", "We are sorry if you feel that way.").stdout
    assert "fake-apology" in cli("explain", "-", input="We are sorry if you feel that way.").stdout
    assert cli("explain", " ").returncode == 2


PACK = """\
name: house
version: 1.0.0
language: en
"""
RULE = """\
title: A house word
severity: warning
message: '"{match}" is not how we speak.'
why: It sounds like a machine.
patterns: ["as per policy"]
examples:
  match:
    - text: "This is [[as per policy]]."
      rewrite: "Here is what we can do."
  no-match:
    - text: "Our policy changed in May."
      note: says what is
"""


@pytest.fixture
def pack(workplace):
    folder = workplace / "apologylint-rules"
    (folder / "defensive").mkdir(parents=True)
    (folder / "pack.yaml").write_text(PACK)
    (folder / "defensive" / "house-word.yaml").write_text(RULE)
    return folder


def test_rules_test_of_ones_own_pack(cli, pack):
    done = cli("rules", "test", "apologylint-rules")
    assert (done.returncode, done.stdout) == (0, "3 passed, 0 failed\n"), done
    assert cli("rules", "test", "apologylint-rules/defensive/house-word.yaml").stdout == done.stdout
    rule = pack / "defensive" / "house-word.yaml"
    rule.write_text(RULE.replace("Our policy changed in May", "It is as per policy"))
    done = cli("rules", "test", "apologylint-rules")
    assert done.returncode == 1 and "must not be" in done.stdout and "2 passed, 1 failed" in done.stdout
    rule.write_text(RULE.replace("[[as per policy]]", "as [[per policy]]"))
    assert "instead of 'per policy'" in cli("rules", "test", "apologylint-rules").stdout
    assert cli("rules", "test", "nowhere").returncode == 2


def test_own_pack_in_a_check(cli, pack):
    done = cli("-", "--rules", "apologylint-rules", "--output-format", "concise", input="This is as per policy.")
    assert "defensive/house-word" in done.stdout


def test_broken_rule_file_is_one_line_with_place(cli, pack):
    (pack / "defensive" / "house-word.yaml").write_text(RULE.replace("severity:", "severty:"))
    done = cli("-", "--rules", "apologylint-rules", input="This is as per policy.")
    assert done.returncode == 2
    assert "house-word.yaml:2" in done.stderr and "severity" in done.stderr and "Traceback" not in done.stderr


def test_pack_examples_as_pytest_tests(workplace, pack):
    (workplace / "pytest.ini").write_text("[pytest]\napologylint_rules = apologylint-rules\n")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "apologylint-rules"]
    done = subprocess.run(command, cwd=workplace, capture_output=True, text=True, check=False)
    assert done.returncode == 0 and "3 passed" in done.stdout, done.stdout
    rule = pack / "defensive" / "house-word.yaml"
    rule.write_text(RULE.replace("Our policy changed in May", "It is as per policy"))
    done = subprocess.run(command, cwd=workplace, capture_output=True, text=True, check=False)
    assert done.returncode == 1 and "must not be" in done.stdout and "1 failed" in done.stdout


def test_assertions_for_app_authors(workplace):
    (workplace / "test_app.py").write_text(
        "def test_good(assert_no_fake_apology, assert_clean_reply):\n"
        "    text = 'I am sorry that we sent you the wrong size. I have posted the right one today.'\n"
        "    assert assert_no_fake_apology(text).verdict.label == 'real-apology'\n"
        "    assert_clean_reply(text)\n"
        "def test_bad(assert_no_fake_apology):\n"
        "    assert_no_fake_apology('We are sorry if you feel that way.')\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"],
        cwd=workplace,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "1 failed, 1 passed" in done.stdout and "fake-apology: 'We are sorry if you feel that way.'" in done.stdout


def test_steps(cli):
    text = "I am sorry that we sent you the wrong size. I have posted the right one today."
    done = cli("steps", "-", input=text)
    assert done.returncode == 0 and "apologise" in done.stdout.lower()
    assert cli("steps", "-", "--framework", "no-such", input=text).returncode == 2


def test_score(cli, workplace):
    text = "We are sorry if you feel that way."
    draft = {
        "id": "1", "text": text, "customer_message": None, "verdict": "fake-apology", "premature_explanation": False,
        "domain": "support",
        "sentences": [{"start": 0, "end": len(text), "label": "fake-apology", "labels": ["fake-apology"]}],
    }  # fmt: skip
    (workplace / "gold.jsonl").write_text(json.dumps(draft) + "\n")
    assert "fake-apology" in cli("score", "gold.jsonl").stdout
    json.loads(cli("score", "gold.jsonl", "--json").stdout)
    assert cli("score", "nowhere.jsonl").returncode == 2


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts(cli, shell):
    script = cli("completion", shell).stdout
    for name in commands_of(build()):
        assert name in script
    assert "diff-base" in script
    if shutil.which(shell):
        done = subprocess.run([shell, "-n"], input=script, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr


@pytest.mark.skipif(not shutil.which("bash"), reason="needs bash")
@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (["rul"], "rules"),
        (["check", "--diff-b"], "--diff-base"),
        (["rules", "te"], "test"),
        (["check", "--color", "al"], "always"),
    ],
)
def test_bash_completes(cli, words, wanted):
    script = cli("completion", "bash").stdout
    line = " ".join(f"'{word}'" for word in ["apologylint", *words])
    script += f"\nCOMP_WORDS=({line}); COMP_CWORD={len(words)}; _apologylint; printf '%s\\n' \"${{COMPREPLY[@]}}\"\n"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True)
    assert wanted in done.stdout.split()


@pytest.mark.parametrize("page", PARTS)
def test_reference_pages_are_the_generated_ones(page):
    name, make = PARTS[page]
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    assert updated(text, name, make()) == text, "run: python -m apologylint.cli.reference"
