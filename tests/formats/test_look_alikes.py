"""Look-alikes of real files, each with the drafts a person would find in it."""

from __future__ import annotations

from collections import Counter

import pytest
from formats_helpers import Case, cases, read, shown

from apologylint.drafts import Source
from apologylint.formats import FORMATS, ReadOptions, format_of

CASES = cases()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_drafts(case: Case):
    drafts = read(case.name, case.text)
    assert [(draft.id, shown(draft)) for draft in drafts] == case.drafts


def test_every_format_has_five():
    counts = Counter(format_of(Source(case.name, case.text), ReadOptions()) for case in CASES)
    assert {name: counts[name] for name in FORMATS if counts[name] < 5} == {}
