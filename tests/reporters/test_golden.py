"""Each format against a file kept beside this test. ``APOLOGYLINT_GOLDEN=write`` renews them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from apologylint.reporters import FORMATS, render
from apologylint.reporters.base import Run

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("name", FORMATS)
def test_output_is_as_kept(name, run):
    text = "".join(render(name, run))
    file = GOLDEN / f"{name}.txt"
    if os.environ.get("APOLOGYLINT_GOLDEN") == "write":
        GOLDEN.mkdir(exist_ok=True)
        file.write_bytes(text.encode())
    assert text == file.read_bytes().decode()


@pytest.mark.parametrize("name", FORMATS)
def test_no_files_is_still_a_document(name):
    text = "".join(render(name, Run((), "0.1.0")))
    assert text.endswith("\n") or name in ("concise", "jsonl", "github")


@pytest.mark.parametrize("name", FORMATS)
def test_same_input_same_bytes(name, make_run):
    assert "".join(render(name, make_run())) == "".join(render(name, make_run()))
