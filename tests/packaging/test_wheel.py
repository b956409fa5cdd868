"""From the tree to a stranger's machine: sdist, wheel from the sdist, fresh environment, the tool outside the tree.

Nothing is downloaded: the build backend and the dependencies are those of the running environment.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PURELIB = sysconfig.get_path("purelib")
# Run with -S: .pth files, and with them an editable install of the package, are not seen.
BUILD = f"""
import os, sys
sys.path.append({PURELIB!r})
from hatchling.build import build_sdist, build_wheel
kind, folder, out = sys.argv[1:]
os.chdir(folder)
print({{"sdist": build_sdist, "wheel": build_wheel}}[kind](out))
if kind == "wheel":
    print(sys.modules["apologylint"].__file__)
"""


def clean_environment() -> dict[str, str]:
    return {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "APOLOGYLINT", "GITHUB", "VIRTUAL_ENV"))}


def run(*command: object, cwd: Path, check: bool = True) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=clean_environment(),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    if check:
        assert done.returncode == 0, done.stdout + done.stderr
    return done


@pytest.fixture(scope="module")
def sdist(tmp_path_factory):
    out = tmp_path_factory.mktemp("sdist")
    name = run(sys.executable, "-S", "-c", BUILD, "sdist", ROOT, out, cwd=out).stdout.split()[-1]
    return out / name


@pytest.fixture(scope="module")
def unpacked(sdist, tmp_path_factory):
    out = tmp_path_factory.mktemp("unpacked")
    with tarfile.open(sdist) as archive:
        archive.extractall(out, filter="data")
    (folder,) = out.iterdir()
    return folder


@pytest.fixture(scope="module")
def wheel(unpacked, tmp_path_factory):
    """The wheel, built from the sdist alone: its own code compiles its rules."""
    out = tmp_path_factory.mktemp("wheel")
    name, used = run(sys.executable, "-S", "-c", BUILD, "wheel", unpacked, out, cwd=out).stdout.splitlines()[-2:]
    assert Path(used).is_relative_to(unpacked)
    return out / name


@pytest.fixture(scope="module")
def python(wheel, tmp_path_factory):
    """Interpreter of a fresh environment with the wheel; dependencies by a .pth to the running environment."""
    home = tmp_path_factory.mktemp("fresh") / "env"
    venv.EnvBuilder(with_pip=True, symlinks=os.name != "nt").create(home)
    scripts = home / ("Scripts" if os.name == "nt" else "bin")
    python = scripts / ("python.exe" if os.name == "nt" else "python")
    run(python, "-m", "pip", "install", "--no-deps", "--no-index", "--disable-pip-version-check", wheel, cwd=home)
    purelib = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=home).stdout.strip()
    (Path(purelib) / "dependencies.pth").write_text(PURELIB + "\n", encoding="utf-8")
    return python


@pytest.fixture
def apologylint(python, tmp_path):
    """The console script, run outside the tree."""

    def call(*arguments: object) -> subprocess.CompletedProcess[str]:
        return run(python.with_name("apologylint"), *arguments, cwd=tmp_path, check=False)

    return call


def test_sdist_holds_all_a_build_and_a_test_run_need(unpacked):
    needed = """
        pyproject.toml hatch_build.py README.md LICENSE rules/en/lexicon.yaml rules/en/score.json
        src/apologylint/py.typed tests/test_layers.py benchmarks/README.md
    """
    for name in needed.split():
        assert (unpacked / name).is_file(), name


def test_wheel_holds_rules_compiled_rules_and_weights(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        parts = archive.read("apologylint/rules/en/compiled.jsonl").splitlines()
        head, rules, *_ = map(json.loads, parts)
    tree = {
        f"apologylint/rules/en/{p.relative_to(ROOT / 'rules' / 'en').as_posix()}"
        for p in (ROOT / "rules" / "en").glob("*/*.yaml")
    }
    assert tree <= names
    assert {
        "apologylint/rules/en/lexicon.yaml",
        "apologylint/rules/en/pack.yaml",
        "apologylint/rules/en/score.json",
        "apologylint/rules/en/frequencies.json",
        "apologylint/py.typed",
    } <= names
    assert {f"apologylint/rules/en/{rule['name']}.yaml" for rule in rules["rules"]} == tree
    assert len(head["program"]) == 64
    assert list(head["sizes"]) == ["rules", "patterns", "lexicon", "weights"]
    assert not [
        name for name in names if name.endswith((".pyc", ".pickle", ".pkl")) or name.startswith(("tests", "benchmarks"))
    ]


def test_installed_package_is_the_wheel(python, tmp_path):
    where = run(python, "-c", "import apologylint; print(apologylint.__file__)", cwd=tmp_path).stdout.strip()
    assert Path(where).resolve().is_relative_to(python.parents[1].resolve())


def test_installed_pack_needs_neither_yaml_nor_pydantic(python, tmp_path):
    code = (
        "import sys\nfrom apologylint.packs import load_pack\n"
        "pack = load_pack()\nassert pack.rules and pack.weights\n"
        "print([m for m in ('yaml', 'pydantic', 'spacy') if m in sys.modules])"
    )
    assert run(python, "-c", code, cwd=tmp_path).stdout.strip() == "[]"


# What a run without a draft for the patterns, and one from the cache, must not wait for.
HEAVY = ("spacy", "numpy", "pydantic", "yaml", "multiprocessing", "importlib.metadata", "tempfile")
ENGINE = ("regex", "ahocorasick_rs", "apologylint.linter", "apologylint.formats.drafting")


def test_a_text_that_no_rule_looks_at_and_a_cached_one_need_little(python, tmp_path):
    (tmp_path / "plain.txt").write_text("The table is of oak and the chair is of ash.\n" * 3, encoding="utf-8")

    def loaded(names: tuple[str, ...], *flags: str) -> str:
        code = (
            "import sys\nfrom apologylint.cli.main import main\n"
            f"assert main(['check', 'plain.txt', '--quiet', *{flags!r}]) == 0\n"
            f"print([name for name in {names!r} if name in sys.modules])"
        )
        return run(python, "-c", code, cwd=tmp_path).stdout.splitlines()[-1]

    assert loaded(HEAVY, "--no-cache") == "[]"
    loaded(())
    assert loaded((*HEAVY, *ENGINE)) == "[]"


def test_the_tool_judges_a_sample(apologylint, tmp_path):
    (tmp_path / "fake.txt").write_text("Hi Ana,\n\nI'm sorry if you feel that way.\n", encoding="utf-8")
    (tmp_path / "good.txt").write_text(
        "I'm sorry that we let you down. We have sent a new one today.\n", encoding="utf-8"
    )
    done = apologylint("check", "fake.txt", "good.txt", "--output-format", "json")
    assert done.returncode == 1, done.stderr
    files = {f["path"]: f["drafts"][0] for f in json.loads(done.stdout)["files"]}
    assert {path: draft["verdict"] for path, draft in files.items()} == {
        "fake.txt": "fake-apology",
        "good.txt": "real-apology",
    }
    assert files["fake.txt"]["diagnostics"][0]["line"] == 3
    assert apologylint("check", "good.txt").returncode == 0
    assert apologylint("check", "missing.txt").returncode == 2


def test_explain_and_examples_read_the_rule_files(apologylint):
    done = apologylint("explain", "fake-apology/sorry-you-feel")
    assert done.returncode == 0, done.stderr
    assert "feel" in done.stdout


def test_version(apologylint):
    assert apologylint("--version").stdout.startswith("apologylint ")
