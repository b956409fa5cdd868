"""The guides run: every ``$ apologylint`` in them, every Python block, every TOML block.

``APOLOGYLINT_GOLDEN=write`` puts the real output into the guides.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import tomllib
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
GUIDES = sorted((DOCS / "guides").glob("*.md"))
PAGES = [*GUIDES, DOCS / "configuration.md"]
CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.M | re.S)


def blocks(text, language):
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.M | re.S)


@pytest.mark.parametrize("page", GUIDES, ids=lambda p: p.stem)
def test_commands_print_what_the_guide_says(page, cli, tmp_path):
    folder = tmp_path / "sample"
    shutil.copytree(DOCS / "guides" / "sample", folder)

    def run(block):
        out = []
        for line in block[1].splitlines():
            if line.startswith("$ "):
                done = cli(*shlex.split(line[2:])[1:], cwd=folder)
                assert done.returncode in (0, 1), done.stderr
                out.append(f"{line}\n{done.stdout}{done.stderr}")
        return "```console\n" + "".join(out) + "```"

    text = page.read_text(encoding="utf-8")
    made = CONSOLE.sub(run, text)
    if os.environ.get("APOLOGYLINT_GOLDEN") == "write":
        page.write_text(made, encoding="utf-8", newline="\n")
    assert made == page.read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_toml_blocks_are_valid_settings(page, tmp_path):
    from apologylint.config_files import load_config

    (tmp_path / "base.toml").write_text("")
    for block in blocks(page.read_text(encoding="utf-8"), "toml"):
        text = block.replace("tool.apologylint.", "").replace("../apologylint.toml", "base.toml")
        tomllib.loads(text)
        (tmp_path / "apologylint.toml").write_text(text)
        load_config(tmp_path / "apologylint.toml")


@pytest.mark.parametrize("page", GUIDES, ids=lambda p: p.stem)
def test_python_blocks_run(page, assert_no_fake_apology, assert_clean_reply):
    for block in blocks(page.read_text(encoding="utf-8"), "python"):
        space: dict = {}
        exec(compile(block, str(page), "exec"), space)
        for name, value in space.items():
            if name.startswith("test_"):
                value(assert_no_fake_apology, assert_clean_reply)
