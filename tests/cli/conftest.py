"""The command line as people run it: a process of its own, in a folder of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

FAKE = "Hi Ana,\n\nWe are sorry if you feel that way.\n"
GOOD = "I am sorry that we sent you the wrong size. I have posted the right one today.\n"
PLAIN = "Your parcel will arrive on Monday.\n"


@pytest.fixture
def workplace(tmp_path, monkeypatch):
    """A folder with three replies, outside any configuration."""
    folder = tmp_path / "macros"
    folder.mkdir()
    (folder / "fake.md").write_text(FAKE)
    (folder / "good.md").write_text(GOOD)
    (folder / "plain.txt").write_text(PLAIN)
    return tmp_path


@pytest.fixture
def cli(workplace):
    """Run the tool; returns the finished process with text output."""

    def run(*arguments, input=None, cwd=None, env=None, text=True, **more):
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("APOLOGYLINT", "GITHUB", "CI_", "NO_COLOR"))}
        clean |= {"TERM": "xterm", "PYTHONIOENCODING": "utf-8"} | (env or {})
        return subprocess.run(
            [sys.executable, "-m", "apologylint", *map(str, arguments)],
            input=input,
            cwd=cwd or workplace,
            env=clean,
            capture_output=more.pop("capture_output", True),
            text=text,
            encoding="utf-8" if text else None,
            timeout=120,
            check=False,
            **more,
        )

    return run


@pytest.fixture
def modules_after():
    """Which of the heavy modules a command line imports."""

    def modules(cwd: Path, *arguments: str) -> set[str]:
        code = (
            "import sys\nfrom apologylint.cli.main import main\n"
            f"main({list(arguments)!r})\n"
            "heavy = ('spacy', 'pydantic', 'yaml', 'regex', 'numpy')\n"
            "ours = ('apologylint.linter', 'apologylint.analysis', 'apologylint.packs')\n"
            "sys.stderr.write('|' + ' '.join(m for m in heavy + ours if m in sys.modules))"
        )
        done = subprocess.run([sys.executable, "-c", code], cwd=cwd, capture_output=True, text=True, check=True)
        return set(done.stderr.rpartition("|")[2].split())

    return modules
