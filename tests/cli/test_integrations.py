"""The ways into other programs, with the real programs."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
import yaml

ROOT = Path(__file__).parents[2]
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())


@pytest.mark.parametrize(
    ("path", "taken"),
    [
        ("canned_responses/late.md", True),
        ("macro.csv", True),
        ("support/macros/refund.json", True),
        ("templates/mail/late.html.j2", True),
        ("saved-replies/a.yaml", True),
        ("help/quick_text.txt", True),
        ("Support/Canned/Late.TXT", True),
        ("app/reply_templates/x.po", True),
        ("src/macros.rs", False),
        ("README.md", False),
        ("docs/templating.md", False),
        ("locale/de/LC_MESSAGES/app.po", False),
        ("templates/main.py", False),
        ("macroscopic/x.md", False),
    ],
)
def test_default_files_of_the_hook(path, taken):
    assert bool(re.search(HOOKS[0]["files"], path)) == taken


def test_every_suffix_of_the_hook_is_one_we_read():
    from apologylint.formats.table import format_of_name

    suffixes = re.search(r"\\\.\(([^$]*)\)\$\)$", HOOKS[0]["files"])[1]
    words = re.sub(r"(\w)\?", "", suffixes).split("|")
    for word in (*words, "html", "jsonl", "yaml", "jinja2", "liquid"):
        assert format_of_name(f"x.{word}") is not None, word


@pytest.mark.skipif(not shutil.which("git"), reason="needs git")
def test_pre_commit_passes_fails_and_passes_again(tmp_path):
    """The slow one: pre-commit builds an environment with spaCy each time, about 20 seconds."""
    repo = tmp_path / "replies"
    (repo / "canned_responses").mkdir(parents=True)
    reply = repo / "canned_responses" / "late.md"
    environment = {**os.environ, "PRE_COMMIT_HOME": str(tmp_path / "home"), "GIT_CONFIG_GLOBAL": os.devnull}

    def hook(text):
        reply.write_text(text)
        subprocess.run(["git", "add", "."], cwd=repo, check=True)
        return subprocess.run(
            [sys.executable, "-m", "pre_commit", "try-repo", str(ROOT), "apologylint", "--all-files"],
            cwd=repo, env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip

    subprocess.run(["git", "init", "-q"], cwd=repo, check=True)
    (repo / "README.md").write_text("We are sorry if you feel that way.\n")
    good = "I am sorry that we sent you the wrong size. I have posted the right one today.\n"
    done = hook(good)
    assert done.returncode == 0 and "Passed" in done.stdout, done.stdout + done.stderr
    done = hook("We are sorry if you feel that way.\n")
    assert done.returncode == 1 and "canned_responses/late.md:1:" in done.stdout and "README" not in done.stdout
    done = hook(good)
    assert done.returncode == 0 and "Passed" in done.stdout, done.stdout + done.stderr


def test_the_script_of_the_action(workplace, tmp_path):
    """The composite action's own script, with the variables a runner would set."""
    action = yaml.safe_load((ROOT / "action.yml").read_text())
    (step,) = action["runs"]["steps"]
    assert "${{" not in step["run"], "an input in the script is an injection"
    script = (
        step["run"]
        .replace('"$INPUT_PYTHON" -m venv "$work/venv"', ":")
        .replace('"$bin/python" -m pip install --quiet --disable-pip-version-check "$what"', ":")
    )
    script = script.replace('"$bin/apologylint"', f'"{sys.executable}" -m apologylint')
    assert "-m pip" not in script and "$bin/" not in script
    inputs = {name: spec["default"] for name, spec in action["inputs"].items()}
    summary = tmp_path / "summary.md"
    names = {
        "INPUT_PATHS": "macros\n$(touch hacked)",
        "INPUT_VERSION": inputs["version"],
        "INPUT_ARGS": "--fail-level=warning\n\n",
        "INPUT_SARIF": "out.sarif",
        "INPUT_ANNOTATIONS": inputs["annotations"],
        "INPUT_SUMMARY": inputs["summary"],
        "INPUT_PYTHON": inputs["python"],
        "GITHUB_STEP_SUMMARY": str(summary),
        "RUNNER_TEMP": str(tmp_path),
    }
    done = subprocess.run(
        ["bash", "-c", script], cwd=workplace, env={**os.environ, **names}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2, done.stderr  # the second path is not there
    assert "::error title=apologylint (fake-apology/" in done.stdout
    assert not (workplace / "hacked").exists()
    assert json.loads((workplace / "out.sarif").read_text())["runs"]
    assert summary.read_text().startswith("## apologylint")


def yaml_blocks(page):
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    for block in re.findall(r"^```yaml\n(.*?)^```$", text, re.M | re.S):
        yield yaml.safe_load(
            block.replace("<this repository>", "example/apologylint").replace("<full commit SHA>", "0" * 40)
        )


@pytest.mark.parametrize("schema", ["github-actions", "github-workflows", "gitlab-ci"])
def test_ci_files_are_valid(schema):
    """By the schemas of SchemaStore and GitLab, which check-jsonschema carries."""
    from check_jsonschema.builtin_schemas import get_builtin_schema

    github, gitlab = yaml_blocks("outputs.md")
    document = {
        "github-actions": yaml.safe_load((ROOT / "action.yml").read_text()),
        "github-workflows": github,
        "gitlab-ci": gitlab,
    }[schema]
    jsonschema.Draft7Validator(get_builtin_schema(f"vendor.{schema}")).validate(document)


def test_the_workflow_of_the_page_uses_inputs_of_the_action():
    github, _ = yaml_blocks("outputs.md")
    # PyYAML reads the key "on" as true.
    (step,) = (s for s in github["jobs"]["replies"]["steps"] if "apologylint" in s.get("uses", ""))
    assert set(step["with"]) <= set(yaml.safe_load((ROOT / "action.yml").read_text())["inputs"])


@pytest.mark.parametrize(
    ("command", "text"),
    [
        ("validate-manifest", (ROOT / ".pre-commit-hooks.yaml").read_text()),
        (
            "validate-config",
            next(re.finditer(r"^```yaml\n(.*?)^```$", (ROOT / "docs/pre-commit.md").read_text(), re.M | re.S))[1],
        ),
    ],
)
def test_pre_commit_accepts_hooks_and_settings(tmp_path, command, text):
    (tmp_path / "file.yaml").write_text(text)
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", command, "file.yaml"],
        cwd=tmp_path, capture_output=True, text=True, check=False, env={**os.environ, "PRE_COMMIT_HOME": str(tmp_path)},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_spacy_component(tmp_path):
    import spacy

    text = "Hello. We are sorry if you feel that way. 🙂"
    nlp = spacy.blank("en")
    nlp.add_pipe("apologylint", config={"settings": {"profile": "reply"}})
    doc = nlp(text)
    assert doc.text == text
    assert doc._.apology_verdict == "fake-apology" == doc._.apology["verdict"]
    (span, *_) = doc.spans["apologylint"]
    assert span.label_.startswith("fake-apology/") and "sorry if you feel" in span.text
    assert span._.apology_label == "fake-apology"
    assert doc[0:1]._.apology_label in (None, "neutral")
    assert not doc.ents

    other = spacy.blank("en")
    other.add_pipe("apologylint", name="two", config={"settings": {"ignore": ["fake-apology"]}, "spans_key": "x"})
    assert list(other(text).spans["x"]) == []

    nlp.to_disk(tmp_path / "pipeline")
    assert spacy.load(tmp_path / "pipeline")(text)._.apology_verdict == "fake-apology"

    from spacy.tokens import Doc

    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert again._.apology_verdict == "fake-apology"
    docs = list(nlp.pipe([text] * 4, n_process=2))
    assert [d._.apology_verdict for d in docs] == ["fake-apology"] * 4


def test_the_component_is_found_without_importing_us():
    code = "import spacy; nlp = spacy.blank('en'); nlp.add_pipe('apologylint'); print(nlp.pipe_names)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd="/")
    assert done.stdout == "['apologylint']\n"


def test_customer_message_for_the_component():
    import spacy

    nlp = spacy.blank("en")
    nlp.add_pipe("apologylint")
    doc = nlp.make_doc("I am sorry that your parcel is late. Our van broke down. We will send a new one today.")
    assert nlp(doc)._.apology["premature_explanation"] is True
    doc = nlp.make_doc(doc.text)
    doc.user_data["customer_message"] = "Why is my parcel late?"
    assert nlp(doc)._.apology["premature_explanation"] is False
