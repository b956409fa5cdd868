"""``check``: what is printed where, and what the exit code says."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from apologylint.reporters import FORMATS


def test_exit_codes(cli):
    assert cli("check", "macros/good.md", real=True).returncode == 0
    assert cli("check", "macros/fake.md", real=True).returncode == 1
    assert cli("macros/fake.md", "--exit-zero").returncode == 0
    assert cli("macros/fake.md", "--fail-level", "never").returncode == 0
    assert cli("macros/fake.md", "--ignore", "fake-apology").returncode == 0
    assert cli("nowhere.md", real=True).returncode == 2
    assert cli("nowhere.md", "--exit-zero").returncode == 2
    assert cli("--no-such-flag").returncode == 2
    assert cli().returncode == 2


def test_path_alone_is_check(cli):
    assert cli("macros").stdout == cli("check", "macros").stdout != ""


def test_full_output_for_people(cli):
    done = cli("macros")
    assert "macros/fake.md:3:" in done.stdout
    assert "We are sorry if you feel that way." in done.stdout
    assert re.search(r"^ +\| +\^+$", done.stdout, re.M)
    assert "better:" in done.stdout and "why:" in done.stdout
    assert re.search(r"macros/good\.md: real apology.*remedy offered", done.stdout)
    assert "\x1b" not in done.stdout
    assert done.stderr == ""


def test_concise_is_one_line_each(cli):
    done = cli("macros", "--output-format", "concise")
    assert done.stdout
    for line in done.stdout.splitlines():
        assert re.match(r"macros/fake\.md:3:\d+: (error|warning|info) [a-z-]+/[a-z-]+ \S", line)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_runs(cli, name):
    done = cli("macros", "--output-format", name)
    assert done.returncode == 1 and done.stdout and not done.stderr
    if name in ("json", "sarif", "gitlab", "rdjson"):
        json.loads(done.stdout)


def test_nothing_found_nothing_new_nothing_checked(cli, workplace):
    assert "Nothing to mend: 1 draft in 1 file.\n" in cli("macros/good.md").stdout
    cli("baseline", "write", "macros")
    assert "Nothing new: 3 drafts in 3 files, 1 silenced.\n" in cli("macros").stdout
    done = cli("macros/good.md", "--force-exclude", "--extend-exclude", "macros/")
    assert (done.returncode, done.stdout) == (0, "Nothing was checked.\n")
    assert done.stderr == "apologylint: 0 files checked (1 excluded)\n"


def test_a_rewrite_is_shown_in_its_sentence(cli):
    done = cli("-", input="Hi Ana. We apologise for any\ninconvenience this may have caused. Yours, Ben")
    assert '  better: "We apologise for the inconvenience this caused."\n' in done.stdout


def test_colour(cli):
    assert "\x1b[" in cli("macros", "--color", "always").stdout
    assert "\x1b[" in cli("macros", env={"FORCE_COLOR": "1"}).stdout
    assert "\x1b[" not in cli("macros", env={"FORCE_COLOR": "1", "NO_COLOR": "1"}).stdout
    assert "\x1b[" not in cli("macros", "--color", "never", env={"FORCE_COLOR": "1"}).stdout


def test_json_has_exact_positions(cli, workplace):
    done = cli("macros", "--output-format", "json")
    for file in json.loads(done.stdout)["files"]:
        text = (workplace / file["path"]).read_text()
        for draft in file["drafts"]:
            for d in draft["diagnostics"]:
                assert text[d["start"] : d["end"]] == d["text"]
                assert text.splitlines()[d["line"] - 1][d["column"] - 1 :].startswith(d["text"].splitlines()[0])


def test_one_bad_file_never_stops_the_others(cli, workplace):
    (workplace / "macros" / "broken.json").write_text('{"body": ')
    (workplace / "macros" / "binary.txt").write_bytes(b"\x00\xff\x00")
    done = cli("macros", "nowhere.md", "--output-format", "json")
    assert done.returncode == 2
    data = json.loads(done.stdout)
    assert len(data["errors"]) == 3
    assert any(draft["diagnostics"] for file in data["files"] for draft in file["drafts"])
    lines = done.stderr.splitlines()
    assert len(lines) == 3 and all(line.startswith("apologylint: ") for line in lines)
    assert "Traceback" not in done.stderr


def test_json_even_when_nothing_could_start(cli, workplace):
    (workplace / "apologylint.toml").write_text("slect = []")
    done = cli("macros", "--output-format", "json")
    assert done.returncode == 2
    assert "did you mean" in json.loads(done.stdout)["errors"][0]
    assert re.match(
        r'apologylint: .*apologylint\.toml:1: unknown key "slect" \(did you mean "select"\?\)\n$', done.stderr
    )


def test_unknown_rule_in_a_setting_is_an_error(cli):
    done = cli("macros", "--ignore", "fake-apolgy")
    assert done.returncode == 2 and "did you mean" in done.stderr


def test_standard_input(cli):
    done = cli("-", "--output-format", "concise", input="We are sorry if you feel that way.")
    assert done.returncode == 1 and done.stdout.startswith("<stdin>:1:")
    done = cli(
        "-",
        "--stdin-filename",
        "x/m.json",
        "--output-format",
        "concise",
        input='{"body": "We are sorry if you feel so."}',
    )
    assert done.stdout.startswith("x/m.json:1:")
    assert cli("-", input="").returncode == 0


def test_customer_message_makes_an_explanation_welcome(cli, workplace):
    reply = "I am sorry that your parcel is late. Our van broke down. We will send a new one today."
    assert "explanation/" in cli("-", "--output-format", "concise", input=reply).stdout
    (workplace / "ticket.txt").write_text("Why is my parcel late?")
    done = cli("-", "--customer-message", "ticket.txt", "--output-format", "concise", input=reply)
    assert "explanation/" not in done.stdout
    assert cli("-", "--customer-message", "nowhere.txt", input=reply).returncode == 2


def test_several_outputs(cli, workplace):
    done = cli("macros", "--output", "sarif:out/a.sarif", "--output", "markdown:b.md", "--output", "concise")
    assert "fake.md:3:" in done.stdout
    assert json.loads((workplace / "out" / "a.sarif").read_text())["version"] == "2.1.0"
    assert (workplace / "b.md").read_text().startswith("## apologylint")
    assert "fake.md:3:" in cli("macros", "--output", "sarif:a.sarif").stdout
    assert cli("macros", "--output", "json", "--output", "sarif").returncode == 2
    assert cli("macros", "--output", "sarf:x").returncode == 2
    done = cli("macros", "--output-format", "json", "--output-file", "c.json")
    assert done.stdout == "" and json.loads((workplace / "c.json").read_text())


def test_statistics(cli):
    done = cli("macros", "--statistics")
    assert re.search(r"^1 +error +fake-apology/", done.stdout, re.M)
    assert re.search(r"^1 +drafts +real-apology", done.stdout, re.M)


def test_max_warnings(cli, workplace):
    args = ("macros/fake.md", "--severity", "fake-apology=warning")
    assert cli(*args).returncode == 1
    assert cli(*args, "--max-warnings", "5").returncode == 0
    assert cli(*args, "--max-warnings", "0").returncode == 1
    assert cli("macros/fake.md", "--max-warnings", "5").returncode == 1
    assert cli(*args, "--fail-level", "error").returncode == 0


def test_which_files(cli, workplace):
    (workplace / ".gitignore").write_text("ignored.md\n")
    (workplace / "ignored.md").write_text("x")
    (workplace / "apologylint.toml").write_text('exclude = ["macros/plain.txt"]')
    assert cli("--show-files", ".").stdout.splitlines() == ["macros/fake.md", "macros/good.md"]
    assert "macros/plain.txt" in cli("macros/plain.txt", "--show-files").stdout
    done = cli("macros/plain.txt", "--force-exclude")
    assert done.returncode == 0 and "0 files checked (1 excluded)" in done.stderr
    assert "ignored.md" in cli(".", "--show-files", "--no-respect-gitignore").stdout
    assert "0 files checked" in cli("macros", "--exclude", "macros/*").stderr


def test_each_file_has_the_nearest_settings(cli, workplace):
    inner = workplace / "macros" / "de"
    inner.mkdir()
    (inner / "fake.md").write_text("We are sorry if you feel that way.")
    (inner / "apologylint.toml").write_text('ignore = ["fake-apology"]')
    done = cli("macros", "--output-format", "concise")
    assert "macros/fake.md" in done.stdout and "macros/de" not in done.stdout
    shown = [json.loads(line) for line in cli("macros", "--show-settings").stdout.splitlines()]
    assert {item["path"]: item["ignore"] for item in shown}["macros/de/fake.md"] == ["fake-apology"]


def test_show_text(cli):
    assert "We are sorry if you feel that way." in cli("macros/fake.md", "--show-text").stdout


def test_show_settings_of_a_path(cli, workplace):
    (workplace / "pyproject.toml").write_text('[tool.apologylint]\nprofile = "status-page"')
    assert json.loads(cli("config", "show").stdout)["profile"] == "status-page"
    assert json.loads(cli("config", "show", "--isolated").stdout)["profile"] == "reply"
    assert json.loads(cli("config", "schema").stdout)["title"]


def test_jobs_give_the_same_bytes(cli, workplace):
    for number in range(30):
        (workplace / "macros" / f"n{number}.md").write_text(f"Order {number}. We are sorry if you feel that way.")
    args = ("macros", "--output-format", "json", "--no-cache")
    one = cli(*args, "--jobs", "1", env={"PYTHONHASHSEED": "0"}, real=True)
    two = cli(*args, "--jobs", "2", env={"PYTHONHASHSEED": "4242"}, real=True)
    assert one.stdout == two.stdout and one.returncode == two.returncode == 1


# -- good citizen ---------------------------------------------------------------------------------------------


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("args", [("macros",), ("--version",), ("--help",), ("macros", "--output-format", "json")])
def test_a_full_disk_is_never_success(cli, args):
    with Path("/dev/full").open("wb") as full:
        done = cli(*args, capture_output=False, stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 2 and "Traceback" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="POSIX")
def test_closed_streams(workplace):
    for redirect in (">&-", "2>&-", "<&-", ">&- 2>&-"):
        done = subprocess.run(
            ["sh", "-c", f'"{sys.executable}" -m apologylint macros/good.md {redirect}'],
            cwd=workplace, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == (2 if ">&-" in redirect.split() else 0), redirect
        assert "Traceback" not in done.stderr and "Exception" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="POSIX")
def test_a_reader_that_leaves(workplace):
    (workplace / "macros" / "long.md").write_text("We are sorry if you feel that way.\n\n" * 2000)
    done = subprocess.run(
        ["bash", "-c", 'python -m apologylint macros --output-format json | head -c 10; echo " ${PIPESTATUS[0]}"'],
        cwd=workplace, capture_output=True, text=True, check=False,
        env={**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"},
    )  # fmt: skip
    assert done.stdout.endswith(" 2\n") and done.stderr == ""


@pytest.mark.skipif(os.name == "nt", reason="POSIX")
def test_ctrl_c_is_one_line_and_2(workplace):
    # The signal comes while main() waits for the standard input, which nobody closes.
    code = (
        "import os, signal, sys, threading\nfrom apologylint.cli.main import main\n"
        # A shell without job control starts its background jobs with Ctrl-C ignored, and Python keeps that.
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "threading.Timer(1, os.kill, (os.getpid(), signal.SIGINT)).start()\nsys.exit(main(['-']))"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=workplace,
    )  # fmt: skip
    assert process.wait(timeout=60) == 2
    assert process.stderr.read() == "apologylint: interrupted\n"
    process.communicate()


def test_hostile_file_name(cli, workplace):
    name = "macros/\x1b[31m\n::error::x.md" if os.name != "nt" else "macros/x.md"
    (workplace / name).write_text("We are sorry if you feel that way.")
    for form in FORMATS:
        done = cli("macros", "--output-format", form)
        assert done.returncode == 1
        assert "\x1b" not in done.stdout and not re.search(r"^::error::x", done.stdout, re.M)


def test_ascii_terminal_does_not_break_the_run(cli, workplace):
    (workplace / "macros" / "é.md").write_text("Désolé 🙂. We are sorry if you feel that way.", encoding="utf-8")
    done = cli("macros", env={"PYTHONIOENCODING": "ascii", "LC_ALL": "C"}, real=True)
    assert done.returncode == 1 and "Traceback" not in done.stderr


# -- speed that is promised -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "args", [("--version",), ("--help",), ("check", "--help"), ("config", "show"), ("completion", "bash")]
)
def test_small_commands_import_nothing_heavy(workplace, modules_after, args):
    assert modules_after(workplace, *args) == set()


def test_a_cached_run_imports_neither_engine_nor_its_friends(cli, workplace, modules_after):
    first = cli("macros")
    assert modules_after(workplace, "macros") == set()
    assert cli("macros").stdout == first.stdout
    assert cli("macros", "--output-format", "json").returncode == 1
    assert modules_after(workplace, "macros", "--output-format", "json") == set()


def test_cache_sees_a_changed_file_and_survives_damage(cli, workplace):
    cold = cli("macros", "--no-cache").stdout
    assert not (workplace / ".apologylint_cache").exists()
    assert cli("macros").stdout == cold
    for entry in (workplace / ".apologylint_cache").rglob("*.json"):
        entry.write_bytes(entry.read_bytes()[:20])
    assert cli("macros").stdout == cold
    (workplace / "macros" / "good.md").write_text("We are sorry if you feel that way.")
    assert "good.md:1:" in cli("macros", "--output-format", "concise").stdout
    assert cli("macros", "--cache-dir", "elsewhere").returncode == 1
    assert (workplace / "elsewhere" / "CACHEDIR.TAG").exists()
