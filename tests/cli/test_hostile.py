"""Whatever bytes come in: exit 0, 1 or 2, and no traceback."""

from __future__ import annotations

import io
import json
import sys
from contextlib import redirect_stderr, redirect_stdout
from functools import lru_cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apologylint.cli.main import main
from apologylint.formats.table import SUFFIXES

NAMES = st.sampled_from([f"x{suffix}" for suffix in SUFFIXES] + ["x.html.j2", "x.hbs", "x.liquid", "x"])
PIECES = [
    b"We are sorry if you feel that way. ", b"{{name}}", b"{% if x %}", b"\r\n", b"\n\n", b'{"body": "', b'"}',
    b"- a: |\n  ",
    b"<p>", b"</p>", b"<!-- apologylint: ignore[x] -->", b"\xef\xbb\xbf", b"\xff", b"\x00", "é🙂\u202e\u2028".encode(),
    b'msgid "a"\nmsgstr "We are sorry if you feel so."\n', b"a,b\n", b'"', b"> quoted\n", b"&rsquo;",
    b"![CDATA[", b"key = value\n",
]  # fmt: skip
CONTENT = st.one_of(st.binary(max_size=200), st.lists(st.sampled_from(PIECES), max_size=12).map(b"".join))


@pytest.fixture(scope="module", autouse=True)
def one_linter():
    """Make the rules ready once, not once a run: these tests are about what comes in."""
    import apologylint.linter

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(apologylint.linter, "Linter", lru_cache(apologylint.linter.Linter))
        yield


def run(*arguments):
    out, error = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(error):
        code = main([*map(str, arguments)])
    return code, out.getvalue(), error.getvalue()


@given(NAMES, CONTENT)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_file(tmp_path, name, content):
    file = tmp_path / name
    file.write_bytes(content)
    code, out, error = run("check", file, "--no-cache", "--isolated", "--output-format", "json")
    data = json.loads(out)
    assert code in (0, 1, 2)
    assert "internal error" not in error
    assert (code == 2) == bool(data["errors"])
    assert len(error.splitlines()) == len(data["errors"])
    file.unlink()


@given(NAMES, CONTENT)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_file_in_every_text_format_and_fixed(tmp_path, name, content):
    file = tmp_path / name
    file.write_bytes(content)
    for form in ("full", "gitlab", "html", "rdjson"):
        code, _, error = run(file, "--no-cache", "--isolated", "--output-format", form)
        assert code in (0, 1, 2) and "internal error" not in error
    run(file, "--no-cache", "--isolated", "--fix", "--unsafe-fixes")
    once = file.read_bytes()
    run(file, "--no-cache", "--isolated", "--fix", "--unsafe-fixes")
    assert file.read_bytes() == once
    file.unlink()


@given(st.lists(st.text(max_size=8), max_size=4))
@settings(max_examples=100, deadline=None)
def test_any_command_line(arguments):
    # Names that cannot be files here, so that nothing of the working directory is read.
    code, _, error = run(*(f"-{a}" if a[:1].isalpha() else a + "\0/nowhere" for a in arguments), "--isolated")
    assert code in (0, 1, 2) and "internal error" not in error


@pytest.mark.parametrize("depth", [300, 50_000])
@pytest.mark.parametrize(
    ("name", "opening"), [("x.json", "["), ("x.yaml", "- " * 1), ("x.html", "<b>"), ("x.md", "> ")]
)
def test_nesting(tmp_path, name, opening, depth):
    (tmp_path / name).write_text(opening * depth + "We are sorry if you feel that way.")
    code, _, error = run(tmp_path / name, "--no-cache", "--isolated")
    assert code in (0, 1, 2) and "internal error" not in error and len(error.splitlines()) <= 1


def test_special_files(tmp_path):
    import os

    if not hasattr(os, "mkfifo"):
        pytest.skip("no named pipes")
    os.mkfifo(tmp_path / "pipe.md")
    (tmp_path / "loop.md").symlink_to("loop.md")
    code, _, error = run(tmp_path / "pipe.md", tmp_path / "loop.md", "--isolated", "--no-cache")
    assert code == 2 and len(error.splitlines()) == 2
    assert run(tmp_path, "--isolated", "--no-cache")[0] in (0, 2)
    assert sys.stdout is not None
