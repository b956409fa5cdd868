"""What differs on Windows, as far as it can be tried elsewhere: paths, streams, consoles, processes."""

from __future__ import annotations

import io
import ntpath
import subprocess
import sys
from pathlib import PureWindowsPath
from types import SimpleNamespace

import pytest

from apologylint import globs
from apologylint.cli import plan, terminal
from apologylint.cli.main import _same_bytes_everywhere
from apologylint.cli.runner import Runner
from apologylint.reporters import base, sarif


@pytest.fixture
def windows(monkeypatch):
    """The modules that look at paths, with Windows' own path functions."""
    system = SimpleNamespace(path=ntpath, sep="\\", fspath=str)
    for module in (globs, plan, base):
        monkeypatch.setattr(module, "os", system)


@pytest.mark.parametrize(
    ("path", "root", "expected"),
    [
        (r"C:\team\macros\late.md", r"C:\team", "macros/late.md"),
        (r"c:\Team\macros\late.md", r"C:\team", "macros/late.md"),
        ("C:/team/macros/late.md", r"C:\team", "macros/late.md"),
        (r"C:\team\late.md", "C:\\", "team/late.md"),
        (r"C:\teams\late.md", r"C:\team", None),
        (r"D:\team\late.md", r"C:\team", None),
        (r"\\server\share\macros\late.md", r"\\server\share", "macros/late.md"),
    ],
)
def test_paths_below_a_root(windows, path, root, expected):
    assert globs.relative_posix(path, root) == expected


def test_globs_mean_the_same_files(windows):
    found = globs.Globs(["legal/**", "!legal/new.md"], r"C:\team")
    assert found.matches(r"C:\team\legal\terms.md")
    assert not found.matches(r"C:\team\legal\new.md")
    assert not found.matches(r"C:\team\other\legal.md")


def test_addresses_in_reports(windows):
    run = base.Run((), "0", root=r"C:\work\repo")
    assert run.relative(r"C:\work\repo\macros\late.md") == "macros/late.md"
    elsewhere = run.relative(r"D:\macros\late.md")
    assert elsewhere == PureWindowsPath(r"D:\macros\late.md").as_posix()
    assert sarif.uri(elsewhere) == "file:///D:/macros/late.md"


def test_the_default_path_is_not_shown(windows):
    assert plan._short(".\\macros\\late.md") == "macros\\late.md"


@pytest.mark.parametrize("variable", ["", "cp1252"])
def test_redirected_output_is_utf_8_unless_asked_otherwise(monkeypatch, variable):
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="cp1252", errors="backslashreplace", newline="\r\n")
    monkeypatch.setenv("PYTHONIOENCODING", variable)
    _same_bytes_everywhere(stream)
    stream.write("\u2019\u65e5\n")
    stream.flush()
    assert raw.getvalue() == (b"\x92\\u65e5\r\n" if variable else "\u2019\u65e5\n".encode())


def test_colour_only_where_escape_codes_are_known(monkeypatch):
    for name in ("WT_SESSION", "TERM", "TERM_PROGRAM", "ANSICON", "ConEmuANSI"):
        monkeypatch.delenv(name, raising=False)
    assert terminal.knows_escapes("posix") and not terminal.knows_escapes("nt")
    monkeypatch.setenv("WT_SESSION", "x")
    assert terminal.knows_escapes("nt")


def test_jobs_that_were_asked_for(monkeypatch):
    import os

    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    assert Runner(jobs=3)._jobs(10_000) == 3
    assert Runner(jobs=500)._jobs(10_000) == 61, "more cannot be waited for"
    assert Runner(jobs=1)._jobs(10_000) == 1
    assert Runner()._jobs(3_999) == 1, "a second process would cost more than it saves"


def test_spawned_workers_say_the_same(workplace):
    """Windows has no fork server: every worker starts from nothing."""
    for number in range(4):
        (workplace / "macros" / f"more-{number}.md").write_text(f"Hi {number}.\n\nWe are sorry if you feel that way.\n")
    code = (
        "import multiprocessing, sys\n"
        "from apologylint.cli.main import main\n"
        "if __name__ == '__main__':\n"
        "    multiprocessing.get_all_start_methods = lambda: ['spawn']\n"
        "    sys.exit(main(['macros', '--no-cache', '--output-format', 'concise', *sys.argv[1:]]))\n"
    )
    (workplace / "run.py").write_text(code)
    one, two = (
        subprocess.run(
            [sys.executable, "run.py", "-j", jobs], cwd=workplace, capture_output=True, text=True, check=False
        )
        for jobs in ("1", "2")
    )
    assert one.returncode == two.returncode == 1, two.stderr
    assert one.stdout == two.stdout and len(one.stdout.splitlines()) == 5
