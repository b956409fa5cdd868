"""What every test may use: one built-in pack and one Linter for the whole run, and a repeatable hypothesis."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("ci", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("random", deadline=None, max_examples=1000, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


@pytest.fixture(scope="session")
def rules_folder(tmp_path_factory):
    """A copy of the built-in rule files."""
    from apologylint.packs import builtin_folder

    return Path(shutil.copytree(builtin_folder(), tmp_path_factory.mktemp("rules") / "en"))


@pytest.fixture(scope="session")
def pack(rules_folder):
    """The built-in pack from its files, with the rules' examples."""
    from apologylint.packs import load_pack

    return load_pack(rules_folder, examples=True)


@pytest.fixture(scope="session")
def lexicon(pack):
    return pack.lexicon


@pytest.fixture(scope="session")
def engine(pack):
    from apologylint.analysis import Engine

    return Engine(pack)


@pytest.fixture(scope="session")
def judge(engine):
    from apologylint.labelling import Judge

    return Judge(engine)


@pytest.fixture(scope="session")
def linter():
    from apologylint.linter import Linter

    return Linter()
