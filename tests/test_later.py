"""Expressions that are compiled when first used."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest
import regex

import apologylint
from apologylint.later import _Later, later_re, later_regex

PACKAGE = Path(apologylint.__file__).parent
MODULES = sorted(
    ".".join(("apologylint", *path.relative_to(PACKAGE).with_suffix("").parts))
    for path in PACKAGE.rglob("*.py")
    if not path.stem.startswith("__") and "later_re" in path.read_text(encoding="utf-8") and path.stem != "later"
)


@pytest.mark.parametrize("name", MODULES)
def test_every_expression_can_be_compiled(name):
    """A slip in one is told here, not by the first text that needs it."""
    found = [value for value in vars(importlib.import_module(name)).values() if isinstance(value, _Later)]
    assert found
    for expression in found:
        assert expression.pattern


def test_nothing_is_compiled_before_it_is_used(monkeypatch):
    made = []
    compiled = re.compile
    monkeypatch.setattr(re, "compile", lambda *a: made.append(a) or compiled(*a))
    expression = later_re(r"\d+", re.ASCII)
    assert made == []
    assert expression.sub("0", "12 a 3") == "0 a 0"
    assert made == [(r"\d+", re.ASCII)]
    assert expression.sub("0", "4") == "0"
    assert len(made) == 1


def test_the_pattern_itself_answers():
    assert later_re("(?P<a>b)").groupindex == {"a": 1}
    assert later_regex(r"\p{Lu}", regex.IGNORECASE).fullmatch("é") is not None
    with pytest.raises(AttributeError):
        _ = later_re("a").nothing
