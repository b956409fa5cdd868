"""The README's output is real: its commands and its Python code are run and compared.

``APOLOGYLINT_GOLDEN=write`` rewrites the page from ``README.md`` itself.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
SAMPLE = re.compile(
    r"(```console\n\$ python3 -m venv .venv && .venv/bin/pip install -q \. && .venv/bin/apologylint (.*)\n)"
    r"([\s\S]*?)(```)"
)
PYTHON = re.compile(r"```python\n([\s\S]*?)```\n\n```text\n([\s\S]*?)```")


def written() -> str:
    return README.read_text(encoding="utf-8")


def keep(old: str, new: str) -> None:
    if os.environ.get("APOLOGYLINT_GOLDEN") == "write" and old != new:
        README.write_text(written().replace(old, new), encoding="utf-8", newline="\n")


def test_sample_output_is_real():
    page = written()
    match = SAMPLE.search(page)
    assert match is not None
    done = subprocess.run(
        [sys.executable, "-m", "apologylint", *match[2].split(), "--no-cache"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert done.stdout
    keep(match[0], match[1] + done.stdout + match[4])
    assert SAMPLE.search(written())[3] == done.stdout


def test_python_output_is_real():
    match = PYTHON.search(written())
    assert match is not None
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(match[1], "README.md", "exec"), {})
    keep(f"```text\n{match[2]}```", f"```text\n{out.getvalue()}```")
    assert PYTHON.search(written())[2] == out.getvalue()
