"""Hostile input: every format, pumped; no crash, no hang, and work that grows with the length, not faster."""

# ruff: noqa: E501
from __future__ import annotations

from collections.abc import Callable

import pytest
from formats_helpers import check, work
from hypothesis import given, settings
from hypothesis import strategies as st

from apologylint.drafts import Source
from apologylint.errors import InputError
from apologylint.formats import FORMATS, ReadOptions, read_drafts
from apologylint.formats.holes import mask
from apologylint.suppressions import find_suppressions

UNITS = [
    "{", "{{", "{{{", "{%", "{#", "<%", "[%", "<#", "${", "%(", "%{", "[", "[[", "<", "<<", "{{a", "{a,plural,", "{a,plural,one{",
    "{a, select, other {x} ", "*|", "|", "&", "&#", "&amp;", "<!--", "<a ", '<a "', "<a '", "</", "<q1>", "</q>", '<b title="', "<script>",
    "<code>", "<blockquote>", "> ", ">", "- ", "* ", "#", "`", "``a", "*a", "**a ", "_a", "![", "[a](", "[a][", "\\", '"', '""', "\n", "\r",
    "\r\n", " ", "\t", "a: ", "- - ", "? ", "&a ", "*a ", "!!x ", "|\n", ">\n", "{a: ", "[a, ", '"a', "a,", '";', "=", "\\u0041", "\\n",
    'msgid "', 'msgstr ""\n"', "#, fuzzy\n", "<source>", "<unit>", "key=", "key=\\\n", "= ", "[[a]]\n", "[a]\n", "a.", '"""', "'''", "--\n",
    "--b\n", "=3D", "=\n", "On 1 wrote:\n", "wrote:", "-----", "__________\n", "$a", "$(", "{%comment%}", "{{!--", "<#--", "<?php", "😀",
    '{"a":', '{"text":"', "{0,choice,{}", "a = { $x ->\n [a] b\n", '["user","', "apologylint: ", "<!-- apologylint: ignore[", "# apologylint: ignore[x]\n", "| a |", "|-|\n",
    "a|b\n-|-\n", "```\n", "~~~", "<pre>\n", "[^a]", "1. ", "    ", "export ", '{{a|fallback:"', "loc('", '<%= _("', "<title>",
]  # fmt: skip
SIZE = 20_000


@pytest.mark.parametrize("format", sorted(FORMATS))
def test_pumped(format: str):
    options = ReadOptions(format=format)
    for unit in UNITS:
        source = Source("x", unit * (SIZE // len(unit)))
        try:
            drafts = read_drafts(source, options)
        except InputError as error:
            assert error.path == "x" and "\n" not in str(error)
        else:
            assert all(draft.source is source for draft in drafts)
        find_suppressions(source, format)


@pytest.mark.parametrize("format", ["text", "html", "markdown", "template", "json", "csv"])
def test_work_grows_with_the_length(format: str):
    def reading(unit: str, times: int) -> Callable[[], object]:
        def read() -> None:
            source = Source("x", unit * times)
            try:
                read_drafts(source, ReadOptions(format=format))
            except InputError:
                return

        return read

    for unit in UNITS:
        # The first read imports what the format needs.
        reading(unit, 100)()
        once, fourfold = work(reading(unit, 100)), work(reading(unit, 400))
        assert fourfold <= 4 * once + 500, unit


@pytest.mark.parametrize("unit", ["$a", "{{a}}", "%s ", "$a ", "{a}", "[% a %]", "<%= a %>", "{{#a}}", "{% if a %}"])
def test_masking_costs_little_for_each_placeholder(unit: str):
    once, fourfold = (work(lambda n=n: mask(unit * n)) for n in (500, 2000))
    assert fourfold <= 4 * once + 50
    assert once <= 30 * 500


def test_values_that_touch_are_one():
    assert mask("$a" * 1000 + " and {{b}}{{c}}, %s").holes == [(0, 2000), (2005, 2015), (2017, 2019)]


@pytest.mark.parametrize("format", sorted(FORMATS))
@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([*UNITS, "word ", "sorry. "]), max_size=25).map("".join))
def test_any_mixture(format: str, text: str):
    try:
        drafts = read_drafts(Source("x", text), ReadOptions(format=format))
    except InputError:
        return
    for draft in drafts:
        check(draft)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.json", "[" * 100_000),
        ("a.json", '{"a":' * 100_000),
        ("a.yaml", "[" * 100_000),
        ("a.yaml", "- " * 5_000),
        ("a.yaml", "".join(" " * n + "a:\n" for n in range(400))),
        ("a.toml", "a = " + "[" * 100_000),
        ("a.toml", "a = " + "{a=" * 50_000),
        ("a.toml", "a." * 50_000 + "b = 1"),
        ("a.xlf", "<a>" * 100_000),
    ],
)
def test_depth_is_refused(name: str, text: str):
    with pytest.raises(InputError) as caught:
        read_drafts(Source(name, text))
    assert caught.value.cure


def test_html_may_nest():
    (draft,) = read_drafts(Source("a.html", "<div>" * 50_000 + "We are sorry."))
    assert draft.prose == "We are sorry."


def test_aliases_do_not_multiply():
    lines = ["a0: &a0 [We are sorry for it., x]"] + [
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)
    ]
    assert len(read_drafts(Source("a.yaml", "\n".join(lines)))) == 1


def test_entities_do_not_multiply():
    bomb = '<!DOCTYPE x [<!ENTITY a "sorry"><!ENTITY b "&a;&a;">]><xliff><file><trans-unit id="1"><source>&b;</source></trans-unit></file></xliff>'
    with pytest.raises(InputError, match="DOCTYPE"):
        read_drafts(Source("a.xlf", bomb))


@pytest.mark.parametrize("text", ['{"a": "\\ud800 is not it, sorry"}', '{"a": "so \\udc00\\ud800 sorry it"}'])
def test_lone_surrogates_become_replacement_characters(text: str):
    (draft,) = read_drafts(Source("a.json", text))
    draft.prose.encode()
    assert "\ufffd" in draft.prose


@pytest.mark.parametrize("format", sorted(FORMATS))
def test_surrogates_in_a_string_do_not_raise(format: str):
    for text in ("a: so \ud800 sorry it is", "Content-Type: text/\ud800\n\nSorry.", '{"a": "\udc00 is it so"}'):
        try:
            read_drafts(Source("x", text), ReadOptions(format=format))
        except InputError as error:
            assert error.cure


@pytest.mark.parametrize(
    "text", ["Run `a {{x}} b` now, [{{name}} here].", "A `code <!--\n span` --> b", "[{{x}}] `{{y}}`"]
)
def test_holes_do_not_overlap(text: str):
    for name in ("a.md", "a.html"):
        for draft in read_drafts(Source(name, text)):
            check(draft)
