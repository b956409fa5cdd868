"""The command line as people run it: a process of its own, in a folder of its own.

Most runs are forked from the test process, where spaCy is imported and the rules are read: a process with its own
files, environment and folder, without the two seconds of a cold start. What depends on the start itself (streams,
imports, signals) asks for ``real=True``.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tempfile
from functools import lru_cache
from pathlib import Path

import pytest

FAKE = "Hi Ana,\n\nWe are sorry if you feel that way.\n"
GOOD = "I am sorry that we sent you the wrong size. I have posted the right one today.\n"
PLAIN = "Your parcel will arrive on Monday.\n"


@pytest.fixture
def workplace(tmp_path):
    """A folder with three replies, outside any configuration."""
    folder = tmp_path / "macros"
    folder.mkdir()
    (folder / "fake.md").write_text(FAKE)
    (folder / "good.md").write_text(GOOD)
    (folder / "plain.txt").write_text(PLAIN)
    return tmp_path


@lru_cache(maxsize=1)
def warm_main():
    """``main`` with the built-in pack read; only packs of one's own are read in the child."""
    import apologylint.linter
    import apologylint.packs
    from apologylint.cli.main import main

    load = apologylint.packs.load_pack
    known = {examples: load(examples=examples) for examples in (False, True)}

    def remembered(folder=None, extra=(), examples=False):
        extra = list(extra)
        return load(folder, extra, examples) if folder or extra else known[examples]

    apologylint.linter.Linter().check_text("We are sorry if you feel that way.")

    def run(arguments):
        apologylint.packs.load_pack = apologylint.linter.load_pack = remembered
        return main(arguments)

    return run


def forked(arguments, input, cwd, env):
    """Run in a child process; the same result as :func:`subprocess.run`."""
    main = warm_main()
    files = [tempfile.TemporaryFile() for _ in range(3)]  # noqa: SIM115 (closed below, in both processes)
    files[0].write((input or "").encode())
    files[0].seek(0)
    child = os.fork()
    if child == 0:
        code = 99
        try:
            os.chdir(cwd)
            os.environ.clear()
            os.environ.update(env)
            for number, file in enumerate(files):
                os.dup2(file.fileno(), number)
            sys.stdin = io.TextIOWrapper(io.BufferedReader(io.FileIO(0, closefd=False)), "utf-8")
            sys.stdout, sys.stderr = (
                io.TextIOWrapper(io.BufferedWriter(io.FileIO(number, "wb", closefd=False)), "utf-8")
                for number in (1, 2)
            )
            code = main(arguments)
            sys.stdout.flush()
            sys.stderr.flush()
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    texts = []
    for file in files[1:]:
        file.seek(0)
        texts.append(file.read().decode())
    for file in files:
        file.close()
    return subprocess.CompletedProcess(arguments, os.waitstatus_to_exitcode(status), *texts)


@pytest.fixture
def cli(workplace):
    """Run the tool; returns the finished process with text output."""

    def run(*arguments, input=None, cwd=None, env=None, real=False, **more):
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("APOLOGYLINT", "GITHUB", "CI_", "NO_COLOR"))}
        clean |= {"TERM": "xterm", "PYTHONIOENCODING": "utf-8"} | (env or {})
        given = [*map(str, arguments)]
        if not real and not more and hasattr(os, "fork"):
            return forked(given, input, cwd or workplace, clean)
        return subprocess.run(
            [sys.executable, "-m", "apologylint", *given],
            input=input,
            cwd=cwd or workplace,
            env=clean,
            capture_output=more.pop("capture_output", True),
            text=True,
            encoding="utf-8",
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
