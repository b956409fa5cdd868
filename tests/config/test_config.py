"""Which configuration holds, what it means, and how a wrong one is told."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from apologylint.config import Config, Override
from apologylint.config_files import ConfigFinder, find_config, load_config, place_of
from apologylint.config_options import BY_KEY, OPTIONS, PROFILES
from apologylint.errors import ConfigError
from apologylint.results import Severity
from apologylint.schemas import config_schema, schema_text

WARNING = Severity.WARNING


def write(folder, name, text):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text)
    return folder / name


def test_nearest_file_wins_and_nothing_is_merged(tmp_path):
    write(tmp_path, "apologylint.toml", 'profile = "status-page"\nignore = ["refusal"]')
    write(tmp_path / "a" / "b", "pyproject.toml", '[tool.apologylint]\nprofile = "auto-notice"')
    assert find_config(tmp_path / "x.md").profile == "status-page"
    inner = find_config(tmp_path / "a" / "b" / "x.md")
    assert (inner.profile, inner.ignore) == ("auto-notice", ())


def test_order_in_one_folder(tmp_path):
    write(tmp_path, "pyproject.toml", '[tool.apologylint]\nplatform = "three"')
    assert find_config(tmp_path).platform == "three"
    write(tmp_path, "apologylint.toml", 'platform = "two"')
    assert find_config(tmp_path).platform == "two"
    write(tmp_path, ".apologylint.toml", 'platform = "one"')
    assert find_config(tmp_path).platform == "one"


def test_pyproject_without_our_table_is_passed_over(tmp_path):
    write(tmp_path, "apologylint.toml", 'platform = "outer"')
    write(tmp_path / "a", "pyproject.toml", "# apologylint is mentioned only here\n[tool.other]\nx = 1")
    assert find_config(tmp_path / "a").platform == "outer"


def test_extend_starts_from_the_other_file(tmp_path):
    write(
        tmp_path, "base.toml", 'profile = "status-page"\nignore = ["refusal"]\nextend-exclude = ["old"]\nrules = ["r"]'
    )
    file = write(tmp_path / "a", "apologylint.toml", 'extend = "../base.toml"\nignore = []\nextend-exclude = ["new"]')
    config = load_config(file)
    assert config.profile == "status-page"
    assert config.ignore == ()
    assert config.extend_exclude == ("old", "new")
    assert config.rules == (str(tmp_path / "r"),)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('profile = "reply"\nslect = ["x"]\n', 2, 'unknown key "slect" (did you mean "select"?)'),
        ("text_keys = []", 1, 'did you mean "text-keys"?'),
        ('profile = "statuspage"', 1, 'did you mean "status-page"?'),
        ('\n\nignore = "refusal"', 3, '"ignore" is a list of strings'),
        ("completeness = 1", 1, '"completeness" is true or false'),
        ('[severity]\ndefensive = "loud"', 2, '"severity.defensive" cannot be "loud"'),
        ('[[overrides]]\nfiles = ["a"]\nseverty = {}', 3, 'did you mean "severity"?'),
        (
            '[[overrides]]\nfiles = ["a"]\n[[overrides]]\nfiles = ["b"]\nexclude = []',
            5,
            '"exclude" cannot differ by file',
        ),
        ('[[overrides]]\nignore = ["x"]', 1, "an override needs files or drafts"),
        ('[[overrides]]\ndrafts = ["x"]\nprofile = "reply"', 1, "can only set ignore and severity"),
        ("\na = =\n", 2, "not valid TOML"),
        ('extend = "nowhere.toml"', 1, "does not exist"),
        ('extend = "apologylint.toml"', 1, "goes in a circle"),
        ('approved = [""]', 1, "holds an empty string"),
    ],
)
def test_faults_name_file_line_and_cure(tmp_path, text, line, said):
    file = write(tmp_path, "apologylint.toml", text)
    with pytest.raises(ConfigError) as caught:
        load_config(file)
    assert str(caught.value).startswith(f"{file}:")
    assert caught.value.line == line
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("raw", [b"\xff\xfe", b"\x00", b"x" * 2_000_000, b"a=" + b"[" * 20000])
def test_hostile_files_are_refused_in_one_line(tmp_path, raw):
    (tmp_path / "apologylint.toml").write_bytes(raw)
    with pytest.raises(ConfigError):
        find_config(tmp_path)


@given(st.binary(max_size=200))
def test_any_bytes_give_a_config_or_a_config_error(tmp_path_factory, raw):
    folder = tmp_path_factory.mktemp("config")
    (folder / "apologylint.toml").write_bytes(raw)
    try:
        assert isinstance(ConfigFinder().for_path(str(folder)), Config)
    except ConfigError as error:
        assert "\n" not in str(error)


def test_the_more_exact_name_wins():
    config = Config(select=("fake-apology/a",), ignore=("fake-apology",))
    assert config.severity_of("fake-apology/a", "fake-apology", WARNING) is WARNING
    assert config.severity_of("fake-apology/b", "fake-apology", WARNING) is None
    config = Config(ignore=("fake-apology/a",))
    assert config.severity_of("fake-apology/a", "fake-apology", WARNING) is None
    assert config.severity_of("fake-apology/b", "fake-apology", WARNING) is WARNING
    assert Config(select=("refusal",)).severity_of("defensive/x", "defensive", WARNING) is None
    assert Config(ignore=("defensive",)).severity_of("refusal/x", "defensive", WARNING) is None


def test_severity_by_rule_group_label_and_profile():
    config = Config(severity={"defensive": "info", "defensive/x": "error", "refusal": "off"})
    assert config.severity_of("defensive/x", "defensive", WARNING) is Severity.ERROR
    assert config.severity_of("defensive/y", "defensive", WARNING) is Severity.INFO
    assert config.severity_of("refusal/y", None, WARNING) is None
    assert Config(profile="status-page").severity_of("explanation/premature", None, WARNING) is Severity.INFO
    assert config.severity_of("recognisers/x", None, None) is None


def test_completeness_is_opt_in():
    assert Config().severity_of("completeness/remedy", None, WARNING) is None
    assert Config(completeness=True).severity_of("completeness/remedy", None, WARNING) is WARNING
    assert Config(extend_select=("completeness",)).severity_of("completeness/remedy", None, WARNING) is WARNING


def test_aliases_stand_for_todays_name():
    config = Config(ignore=("fake-apology/old",), aliases={"fake-apology/old": "fake-apology/new"})
    assert config.severity_of("fake-apology/new", "fake-apology", WARNING) is None
    assert config.former_names("fake-apology/new") == ("fake-apology/old",)
    config.check_names({"fake-apology/new"})
    with pytest.raises(ConfigError, match='no rule, group or label "fake-apology/new"'):
        config.check_names({"fake-apology/newest"})


def test_a_rule_renamed_twice_is_followed_to_its_end():
    config = Config(severity={"a/b": "error"}, aliases={"a/b": "a/c"}).with_aliases({"a/c": "a/d", "a/b": "a/x"})
    assert config.severity_of("a/d", None, WARNING) is Severity.ERROR
    assert config.former_names("a/d") == ("a/b", "a/c")
    assert Config(aliases={"a/b": "a/c", "a/c": "a/b"}).canonical("a/b") in ("a/b", "a/c"), "a circle ends"


def test_of_two_names_of_a_rule_the_later_wins():
    config = Config(severity={"a/old": "error", "a/new": "info"}, aliases={"a/old": "a/new"})
    assert config.severity_of("a/new", None, WARNING) is Severity.INFO


def test_a_value_is_found_in_the_file_that_holds_it(tmp_path):
    file = write(
        tmp_path,
        "pyproject.toml",
        """[tool.other]
approved = ["Not ours."]
[tool.apologylint]
extend = "base.toml"
approved = [
  "One.",
  'Two "so called".',
]
[[tool.apologylint.overrides]]
files = ["x"]
approved = ["Three."]
[tool.apologylint.severity]
"fake-apology/x" = "off"
""",
    )
    write(tmp_path, "base.toml", '[severity]\n"fake-apology/y" = "off"\n')
    config = load_config(file)
    assert place_of(config, "approved", "One.") == f"{file}:6"
    assert place_of(config, "approved", 'Two "so called".') == f"{file}:7"
    assert place_of(config, "approved", "Three.") == f"{file}:11"
    assert place_of(config, "severity", "fake-apology/x") == f"{file}:13"
    assert place_of(config, "severity", "fake-apology/y") == f"{tmp_path / 'base.toml'}:2"
    assert place_of(config, "ignore", "given by a flag") == ""
    assert place_of(Config(), "ignore", "x") == ""


def test_an_unknown_rule_names_the_line(tmp_path):
    file = write(tmp_path, "apologylint.toml", '\nignore = ["fake-apology/sorry-iff"]\n')
    with pytest.raises(ConfigError) as caught:
        load_config(file).check_names({"fake-apology/sorry-if"})
    assert str(caught.value).startswith(f"{file}:2: no rule")
    assert 'did you mean "fake-apology/sorry-if"?' in str(caught.value)


def test_overrides_by_file_and_by_draft(tmp_path):
    config = Config(
        ignore=("refusal",),
        root=str(tmp_path),
        overrides=(
            Override(("legal/**", "!legal/new.md"), (), {"ignore": ("defensive",), "platform": "zendesk"}),
            Override(("*.json",), ("Terms*",), {"ignore": ("fake-apology",)}),
        ),
    )
    legal = config.for_path(str(tmp_path / "legal" / "a.md"))
    assert (legal.ignore, legal.platform) == (("refusal", "defensive"), "zendesk")
    assert config.for_path(str(tmp_path / "legal" / "new.md")).platform == ""
    macros = config.for_path(str(tmp_path / "m.json"))
    assert macros.severity_of("fake-apology/x", None, WARNING, draft="Terms of sale") is None
    assert macros.severity_of("fake-apology/x", None, WARNING, draft="Late") is WARNING
    assert Config().for_path("x") == Config()


def test_a_config_can_be_a_key_and_travel():
    config = Config(severity={"a": "error"}, overrides=(Override(("x",), (), {"ignore": ("y",)}),))
    assert {config: 1}[pickle.loads(pickle.dumps(config))] == 1
    assert config.digest() != Config().digest()
    assert Config(root="/a").digest() == Config(root="/b").digest()


def test_python_values_are_checked_too():
    with pytest.raises(ConfigError):
        Config(profile="nope")
    with pytest.raises(ConfigError):
        Config(select="all")
    assert Config(select=["a"]).select == ("a",)


def test_every_option_is_a_field_and_every_profile_names_groups():
    names = set(Config.__dataclass_fields__)
    assert {option.field for option in OPTIONS} - {"extend"} <= names
    assert names <= {option.field for option in OPTIONS} | {"root", "origin"}
    assert all("/" not in name for table in PROFILES.values() for name in table)
    for option in OPTIONS:
        if option.key != "extend" and option.key != "overrides":
            assert getattr(Config(), option.field) == option.default


@pytest.mark.parametrize("option", [o for o in OPTIONS if o.example], ids=lambda o: o.key)
def test_examples_of_the_reference_load_and_pass_the_schema(tmp_path, option):
    import tomllib

    (tmp_path / "base.toml").write_text("")
    text = option.example.replace("tool.apologylint.", "").replace("../apologylint.toml", "base.toml")
    load_config(write(tmp_path, "apologylint.toml", text))
    jsonschema.Draft202012Validator(config_schema()).validate(tomllib.loads(text))


@pytest.mark.parametrize("name", ["config", "report"])
def test_shipped_schemas_are_the_generated_ones(name):
    from pathlib import Path

    import apologylint.schemas

    shipped = Path(apologylint.schemas.__file__).with_name(f"{name}.json").read_text()
    assert shipped == schema_text(name), "run: python -m apologylint.schemas"
    jsonschema.Draft202012Validator.check_schema(json.loads(shipped))


def test_schema_refuses_what_the_loader_refuses():
    validator = jsonschema.Draft202012Validator(config_schema())
    for bad in ({"slect": []}, {"profile": "x"}, {"ignore": "x"}, {"overrides": [{"ignore": []}]}):
        assert not validator.is_valid(bad)
    assert set(config_schema()["properties"]) == set(BY_KEY)


def test_unconfigured_use_imports_nothing_heavy():
    code = (
        "import sys\nfrom apologylint.config import Config\nfrom apologylint.config_files import find_config\n"
        "find_config('.')\nprint([m for m in ('pydantic','yaml','spacy','pathspec') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd="/")
    assert done.stdout == "[]\n"


def test_excludes_are_those_of_the_search():
    from apologylint import sources

    assert Config().exclude == sources.DEFAULT_EXCLUDE
