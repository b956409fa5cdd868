"""Rules that were renamed, and approved wordings: what still works, and what is said about it."""

from __future__ import annotations

import json

import pytest

RULE = """\
title: Playing it down
severity: warning
message: '"{{match}}" plays it down.'
aliases: [{aliases}]
patterns: ["little hiccup"]
examples:
  match: ["Sorry about the [[little hiccup]]."]
  no-match: ["My baby has the hiccups."]
"""
TEXT = "Sorry about the little hiccup with your order.\n"


def name_rule(workplace, name, *aliases):
    folder = workplace / "house" / "fake-apology"
    folder.mkdir(parents=True, exist_ok=True)
    for file in folder.iterdir():
        file.unlink()
    (folder / f"{name}.yaml").write_text(RULE.format(aliases=", ".join(aliases)))


def settings(workplace, text=""):
    (workplace / "apologylint.toml").write_text(f'rules = ["house"]\nselect = ["fake-apology", "suppression"]\n{text}')


@pytest.fixture
def renamed(workplace):
    """A rule that was called hiccup, then small-hiccup, and a reply that it reports."""
    (workplace / "macros" / "fake.md").write_text(TEXT)
    name_rule(workplace, "playing-down", "fake-apology/hiccup", "fake-apology/small-hiccup")
    settings(workplace)
    return workplace


def test_settings_by_the_old_name(cli, renamed):
    assert "warning fake-apology/playing-down" in cli("macros", "--output-format", "concise").stdout
    settings(renamed, '\n[severity]\n"fake-apology/hiccup" = "error"\n')
    done = cli("macros", "--output-format", "concise")
    assert "error fake-apology/playing-down" in done.stdout
    assert (
        done.stderr == "apologylint: apologylint.toml:5: fake-apology/hiccup is now called fake-apology/playing-down\n"
    )
    settings(renamed, 'ignore = ["fake-apology/small-hiccup"]\n')
    assert cli("macros").returncode == 0
    settings(renamed, '[[overrides]]\nfiles = ["macros/**"]\nignore = ["fake-apology/small-hiccup"]\n')
    assert cli("macros").returncode == 0
    settings(renamed)
    done = cli("macros", "--ignore", "fake-apology/hiccup", "--output-format", "json")
    assert done.returncode == 0 and "is now called" in json.loads(done.stdout)["notices"][0]
    done = cli("rules", "list", "--ignore", "fake-apology/hiccup")
    assert any(line.split()[:2] == ["fake-apology/playing-down", "off"] for line in done.stdout.splitlines())


def test_a_name_of_nothing_stays_an_error(cli, renamed):
    done = cli("macros", "--ignore", "fake-apology/hicup")
    assert done.returncode == 2 and 'no rule, group or label "fake-apology/hicup"' in done.stderr


def test_comments_by_the_old_name(cli, renamed):
    file = renamed / "macros" / "fake.md"
    file.write_text(f"<!-- apologylint: ignore-next-line[fake-apology/hiccup] -- ours -->\n{TEXT}")
    for _ in "fresh", "cached":
        done = cli("macros", "--output-format", "concise")
        assert done.returncode == 0
        assert done.stdout.splitlines() == [
            "macros/fake.md:1:1: info suppression/renamed fake-apology/hiccup is now called fake-apology/playing-down"
        ]
    file.write_text(
        f"<!-- apologylint: disable[fake-apology/hiccup] -->\n\n{TEXT}\n"
        f"<!-- apologylint: enable[fake-apology/playing-down] -->\n\n{TEXT}"
    )
    done = cli("macros", "--output-format", "concise", "--ignore", "suppression/renamed")
    assert [line.split(" ")[0] for line in done.stdout.splitlines()] == ["macros/fake.md:7:17:"]


def test_a_baseline_by_the_old_name(cli, renamed):
    name_rule(renamed, "hiccup")
    cli("baseline", "write", "macros")
    before = (renamed / ".apologylint-baseline.json").read_bytes()
    name_rule(renamed, "playing-down", "fake-apology/hiccup")
    for _ in "fresh", "cached":
        done = cli("macros")
        assert done.returncode == 0 and "1 entry under old names of rules" in done.stderr
        assert "no longer needed" not in done.stderr
    assert (renamed / ".apologylint-baseline.json").read_bytes() == before, "a check writes nothing"
    assert "0 diagnostics dropped, 1 under a new name, 1 left" in cli("baseline", "prune", "macros").stderr
    assert "fake-apology/playing-down" in cli("baseline", "show").stdout
    done = cli("macros")
    assert done.returncode == 0 and done.stderr == ""
    cli("baseline", "write", "macros", "--baseline", "fresh.json")
    assert (renamed / "fresh.json").read_bytes() == (renamed / ".apologylint-baseline.json").read_bytes()


@pytest.mark.parametrize("command", [("explain",), ("rules", "show")], ids=" ".join)
def test_explain_by_the_old_name(cli, renamed, command):
    done = cli(*command, "fake-apology/small-hiccup")
    assert done.stdout.startswith("fake-apology/playing-down: Playing it down")
    assert done.stderr == "apologylint: fake-apology/small-hiccup is now called fake-apology/playing-down\n"


def test_an_old_name_of_the_configuration(cli, renamed):
    settings(renamed, '[aliases]\n"fake-apology/oops" = "fake-apology/hiccup"\n')
    assert cli("macros", "--ignore", "fake-apology/oops").returncode == 0
    assert cli("explain", "fake-apology/oops").stdout.startswith("fake-apology/playing-down")


@pytest.mark.parametrize(
    ("aliases", "said"),
    [
        ("fake-apology/sorry-if", "alias 'fake-apology/sorry-if' is already the name of a rule"),
        ("hiccup", "alias 'hiccup' is no rule name"),
        ("a/b, a/b", "alias 'a/b' is already an alias of fake-apology/playing-down"),
    ],
)
def test_an_alias_that_cannot_be(cli, renamed, aliases, said):
    name_rule(renamed, "playing-down", aliases)
    done = cli("macros")
    assert done.returncode == 2 and said in done.stderr and "playing-down.yaml" in done.stderr


# -- approved wordings ----------------------------------------------------------------------------------------

LEGAL = "We apologise for any inconvenience, as section 7 of the tariff requires."


@pytest.fixture
def approved(workplace):
    (workplace / "macros" / "fake.md").write_text(f"Hi Ana,\n\n{LEGAL}\n")
    (workplace / "apologylint.toml").write_text(f'approved = [\n  "{LEGAL}",\n  "Never said.",\n]\n')
    return workplace


def test_unused_wordings_are_told_with_file_and_line(cli, approved):
    said = 'apologylint.toml:3: approved wording silenced nothing here: "Never said."'
    for _ in "fresh", "cached":
        done = cli("macros", "--output-format", "json")
        assert done.returncode == 0 and done.stderr == f"apologylint: {said}\n"
        report = json.loads(done.stdout)
        assert report["notices"] == [said] and report["summary"]["suppressed"] == 1
    sarif = json.loads(cli("macros", "--output-format", "sarif").stdout)
    (told,) = sarif["runs"][0]["invocations"][0]["toolExecutionNotifications"]
    assert told == {"level": "note", "message": {"text": said}}


def test_single_files_prove_nothing(cli, approved):
    assert cli("macros/good.md").stderr == ""
    assert "Never said." in cli("macros").stderr


def test_a_wording_of_an_override_that_means_no_file(cli, approved):
    (approved / "apologylint.toml").write_text(f'[[overrides]]\nfiles = ["legal/**"]\napproved = ["{LEGAL}"]\n')
    done = cli("macros")
    assert done.returncode == 1 and "apologylint.toml:3: approved wording silenced nothing" in done.stderr


@pytest.mark.parametrize(
    ("text", "silent"),
    [
        (LEGAL, True),
        (LEGAL.replace("section 7 of", "section 7\nof"), True),
        (f"Note: {LEGAL} Yours", True),
        (LEGAL.replace("We apologise", "We do apologise"), False),
        (LEGAL.replace("7", "17"), False),
    ],
)
def test_a_wording_is_exact_but_for_line_breaks(cli, approved, text, silent):
    (approved / "macros" / "fake.md").write_text(f"{text}\n")
    assert (cli("macros/fake.md").returncode == 0) is silent


def test_a_wording_is_bounded(cli, approved):
    (approved / "apologylint.toml").write_text('approved = ["We apologise for any inconvenience"]\n')
    (approved / "macros" / "fake.md").write_text("We apologise for any inconveniences.\n")
    assert cli("macros/fake.md").returncode == 1
    (approved / "macros" / "fake.md").write_text("We apologise for any inconvenience.\n")
    assert cli("macros/fake.md").returncode == 0
