"""Adopting the tool in a repository that has years of replies: baseline, changed lines, comments, fixes."""

from __future__ import annotations

import json
import os
import stat
import subprocess

import pytest


def git(folder, *arguments):
    subprocess.run(
        ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false", *arguments],
        cwd=folder, check=True, capture_output=True,
    )  # fmt: skip


def test_baseline_write_check_show_prune(cli, workplace):
    done = cli("baseline", "write", "macros")
    assert done.returncode == 0 and ".apologylint-baseline.json" in done.stderr
    before = (workplace / ".apologylint-baseline.json").read_bytes()
    assert cli("macros").returncode == 0
    assert "1 silenced" in cli("macros").stdout
    assert cli("macros", "--no-baseline").returncode == 1
    fake = workplace / "macros" / "fake.md"
    fake.write_text("A new first paragraph.\n\n" + fake.read_text())
    assert cli("macros").returncode == 0, "a line above must not matter"
    fake.write_text(fake.read_text() + "\nI am sorry you took offence.\n")
    done = cli("macros", "--output-format", "concise")
    assert done.returncode == 1 and len(done.stdout.splitlines()) == 1
    assert "fake-apology/" in cli("baseline", "show").stdout
    fake.write_text("Thank you for writing.\n")
    assert "no longer needed" in cli("macros").stderr
    assert cli("baseline", "prune", "macros").returncode == 0
    assert json.loads((workplace / ".apologylint-baseline.json").read_text())["entries"] == {}
    assert before != (workplace / ".apologylint-baseline.json").read_bytes()


def test_baseline_is_the_same_bytes_twice(cli, workplace):
    cli("baseline", "write", "macros")
    first = (workplace / ".apologylint-baseline.json").read_bytes()
    cli("baseline", "write", "macros")
    assert (workplace / ".apologylint-baseline.json").read_bytes() == first


def test_baseline_keeps_entries_of_a_file_it_cannot_read(cli, workplace):
    cli("baseline", "write", "macros")
    (workplace / "macros" / "fake.md").write_bytes(b"\xff\x00")
    assert cli("baseline", "write", "macros").returncode == 2
    assert "macros/fake.md" in (workplace / ".apologylint-baseline.json").read_text()


def test_a_damaged_baseline_is_not_silence(cli, workplace):
    (workplace / ".apologylint-baseline.json").write_text("[]")
    done = cli("macros")
    assert done.returncode == 2 and "baseline write" in done.stderr


def test_only_changed_lines(cli, workplace):
    git(workplace, "init", "-q", "-b", "main")
    git(workplace, "add", ".")
    git(workplace, "commit", "-qm", "old")
    assert cli("macros", "--diff-base", "HEAD").returncode == 0
    fake = workplace / "macros" / "fake.md"
    fake.write_text(fake.read_text() + "\nWe are sorry you took offence.\n")
    (workplace / "macros" / 'new "é".md').write_text("We are sorry if you feel that way.")
    done = cli("macros", "--diff-base", "HEAD", "--output-format", "concise")
    places = [line.split(" ")[0] for line in done.stdout.splitlines()]
    assert done.returncode == 1 and len(places) == 2
    assert any(place.startswith("macros/fake.md:5:") for place in places)
    git(workplace, "add", ".")
    git(workplace, "commit", "-qm", "new")
    assert len(cli("macros", "--diff-base", "HEAD~1", "--output-format", "concise").stdout.splitlines()) == 2
    done = cli("macros", "--diff-base", "no-such-rev")
    assert done.returncode == 2 and len(done.stderr.splitlines()) == 1
    assert cli("macros", "--diff-base=--output=x").returncode == 2


EARLY = "Hi Ana,\n\nI am sorry your order is late.\nI have sent a new one today.\nOur van broke down.\n"


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("I have sent a new one today.\n", "", True),  # the remedy between apology and reason is gone
        ("I am sorry your order is late.\nI have sent a new one today.", "I am sorry it is late.", True),
        ("Hi Ana,", "Hi Ana and Ben,", False),  # another line of the same draft
    ],
)
def test_a_diagnostic_is_new_if_what_it_rests_on_changed(cli, workplace, old, new, found):
    file = workplace / "macros" / "early.md"
    file.write_text(EARLY if found else EARLY.replace("I have sent a new one today.\n", ""))
    git(workplace, "init", "-q", "-b", "main")
    git(workplace, "add", ".")
    git(workplace, "commit", "-qm", "old")
    file.write_text(file.read_text().replace(old, new))
    assert "explanation/premature-explanation" in cli("macros/early.md").stdout
    done = cli("macros", "--diff-base", "HEAD", "--output-format", "concise")
    assert [line.split(":")[0] for line in done.stdout.splitlines()] == ["macros/early.md"] * found


def test_a_file_outside_the_repository_is_new(cli, workplace):
    git(workplace / "macros", "init", "-q", "-b", "main")
    git(workplace / "macros", "add", ".")
    git(workplace / "macros", "commit", "-qm", "old")
    (workplace / "outside.md").write_text("We are sorry if you feel that way.\n")
    done = cli("macros", "outside.md", "--diff-base", "HEAD", "--output-format", "concise")
    assert [line.split(":")[0] for line in done.stdout.splitlines()] == ["outside.md"]


def test_add_ignore_silences_and_says_why(cli, workplace):
    (workplace / "macros" / "page.html").write_text("<p>\n  We are sorry if you feel that way.\n</p>\n")
    (workplace / "macros" / "m.json").write_text('{"body": "We are sorry if you feel that way."}')
    done = cli("macros/fake.md", "macros/page.html", "macros/m.json", "--add-ignore", "the lawyers insist")
    assert done.returncode == 1 and "2 comments added" in done.stderr and "1 diagnostic left" in done.stderr
    text = (workplace / "macros" / "fake.md").read_text()
    assert "<!-- apologylint: ignore-next-line[fake-apology/" in text and "-- the lawyers insist -->" in text
    assert "  <!-- apologylint" in (workplace / "macros" / "page.html").read_text()
    assert cli("macros/fake.md", "macros/page.html").returncode == 0
    assert cli("macros/fake.md", "--add-ignore", "a --> b").returncode == 2


# -- fixes ----------------------------------------------------------------------------------------------------


@pytest.fixture
def fixable(cli, workplace):
    """A reply with a safe suggestion, found by asking the tool itself."""
    candidates = (
        "We are sorry for any inconvenience.",
        "We apologise for any inconvenience this may have caused.",
        "I am sorry if we were late.",
        "I'm sorry, but our van broke down.",
        "Sorry if this caused you any trouble.",
        "We are sorry if our mistake caused you any trouble.",
    )
    for text in candidates:
        done = cli("-", "--output-format", "json", input=text)
        (file,) = json.loads(done.stdout)["files"]
        for d in file["drafts"][0]["diagnostics"]:
            if any(s["replacement"] is not None and s["applicability"] == "safe" for s in d["suggestions"]):
                return text
    pytest.skip("no rule offers a safe edit for these")


def test_fix_changes_only_the_words_and_is_idempotent(cli, workplace, fixable):
    file = workplace / "macros" / "f.md"
    raw = b"\xef\xbb\xbfHi \xc3\xa9,\r\n\r\n" + fixable.encode() + b"\r\n"
    file.write_bytes(raw)
    file.chmod(0o640)
    shown = cli("macros/f.md", "--diff")
    assert file.read_bytes() == raw and shown.stdout.startswith("--- macros/f.md") and shown.returncode == 1
    cli("macros/f.md", "--fix")
    fixed = file.read_bytes()
    assert fixed != raw and fixed.startswith(b"\xef\xbb\xbfHi \xc3\xa9,\r\n\r\n") and fixed.endswith(b"\r\n")
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    cli("macros/f.md", "--fix")
    assert file.read_bytes() == fixed
    assert sorted(p.name for p in file.parent.iterdir()) == ["f.md", "fake.md", "good.md", "plain.txt"]


def test_what_is_not_safe_is_hinted_at(cli, workplace):
    (workplace / "macros" / "f.md").write_text("We apologise for any inconvenience this may have caused.\n")
    assert "0 wordings changed in 0 files (1 more with --unsafe-fixes)" in cli("macros/f.md", "--fix").stderr
    assert cli("macros/f.md", "--fix", "--unsafe-fixes").stderr == "apologylint: 1 wording changed in 1 file\n"


def test_fix_leaves_placeholders_alone(cli, workplace, fixable):
    file = workplace / "macros" / "f.md"
    file.write_text("Hi {{name}}, {% if late %}" + fixable + "{% endif %} [order]\n")
    cli("macros/f.md", "--fix", "--unsafe-fixes")
    text = file.read_text()
    assert text.startswith("Hi {{name}}, {% if late %}") and text.endswith("{% endif %} [order]\n")


def test_fix_of_standard_input_is_refused(cli, fixable):
    assert cli("-", "--fix", input=fixable).returncode == 2
    assert "+" in cli("-", "--diff", input=fixable).stdout


def test_nothing_to_fix(cli, workplace):
    before = (workplace / "macros" / "good.md").read_bytes()
    done = cli("macros/good.md", "--fix")
    assert done.returncode == 0 and (workplace / "macros" / "good.md").read_bytes() == before


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a user who may not write everywhere")
def test_a_file_that_cannot_be_written_is_an_error(cli, workplace, fixable):
    file = workplace / "macros" / "f.md"
    file.write_text(fixable)
    file.parent.chmod(0o500)
    try:
        assert cli("macros/f.md", "--fix", "--no-cache").returncode == 2
    finally:
        file.parent.chmod(0o700)
