"""Placeholders: every dialect, masked in place."""

# ruff: noqa: E501
from __future__ import annotations

import pytest
from formats_helpers import read
from hypothesis import given
from hypothesis import strategies as st

from apologylint.formats import holes
from apologylint.formats.holes import mask, stand_in

VALUES = [
    "{{ticket.requester.first_name}}", "{{{Recipient.FirstName}}}", "{{ x | split: '::' | last }}", "{{1}}", "{{~name~}}",
    "<%= @name %>", "<%- name %>", "[% report.title %]", "<?= $name ?>", "${order.name}", "$!{name}", "$(user.name)",
    "$user.name", "%(name)s", "%s", "%1$s", "%d", "%@", "%{name}", "%<count>d", "#{name}", "@{name}", "%%first_name%%",
    "%firstname%", "*|FNAME|*", "{0}", "{name}", "{ $name }", "{!Contact.FirstName}", "{$ticket.title}",
    "{%customer.firstName%}", "[[first_name]]", "[Name]", "[CUSTOMER NAME]", "<customer name>", "<<name>>",
    "{brief steps, in plain words}", "[Your name]", "{0,choice,0#none|1#one|1<{0} of them}",
]  # fmt: skip
CONTROL = [
    "{% if x %}", "{%- endif -%}", "{# note #}", "{{#if a < b}}", "{{/if}}", "{{else}}", "{{!-- {{x}} --}}", "{{! note }}",
    "{{> footer}}", "{{if .X}}", "{{end}}", "<% if x %>", "<%# note %>", "<% end %>", "<%= for x <- xs do %>", "<%- xs.each do |x, y| %>", "<%= form_for(@x) do |f| -%>", "[% IF x %]",
    "[%~ END %]", "[%# note %]", "[% x = 1 %]", "<#if a>", "</#if>", "<#-- note -->", "<@macro x=1/>", "<?php if (x) ?>",
    "{% comment %}not read{% endcomment %}",
]  # fmt: skip
FALLBACKS = {
    '{{user.name|fallback:"there"}}': "there",
    '{{ contact.first_name || "dude" }}': "dude",
    "{{ name | default: 'friend' }}": "friend",
    '{{ name|default("friend") }}': "friend",
    '{!BLANKVALUE(Contact.FirstName, "Valued Customer")}': "Valued Customer",
    "{contactfield=firstname|there}": "there",
    "[[first_name|Dear Reader]]": "Dear Reader",
    "{%customer.firstName,fallback=there%}": "there",
    '{{ insert first_name "default=Customer" }}': "Customer",
    "{{key,fallback=pal}}": "pal",
    '${name!"you"}': "you",
    '<%= _("We are sorry") %>': "We are sorry",
    "[% loc('We are sorry') %]": "We are sorry",
    '{% trans "We are sorry" %}': "We are sorry",
}
PROSE = [
    "100% sure", "50% off", "It cost $30.", "a < b and c > d", "[see this](https://example.org)", "[1]", "[ ] todo", "[x] done",
    "![alt](a.png)", "word[0]", "[This is a sentence. And one more.]", "<b>bold</b>", "a {} b", "{ }", "100%",
    "Ask us [at any time!]", "5 %", "mail <a@example.org>", "<https://example.org>",
]  # fmt: skip


@pytest.mark.parametrize("hole", VALUES)
def test_values(hole: str):
    text = f"We're sorry, {hole}, that it's late."
    masked = mask(text)
    assert masked.text == text.replace(hole, stand_in(hole))
    assert [text[a:b] for a, b in masked.holes] == [hole]


@pytest.mark.parametrize("tag", CONTROL)
def test_control(tag: str):
    text = f"We're sorry {tag} for it."
    masked = mask(text)
    assert masked.text == text.replace(tag, " " * len(tag))
    assert masked.holes == []


@pytest.mark.parametrize(("hole", "kept"), FALLBACKS.items())
def test_fallback_is_prose(hole: str, kept: str):
    masked = mask(f"Hi {hole}, thanks.")
    at = hole.index(kept)
    assert masked.text == f"Hi {' ' * at}{kept}{' ' * (len(hole) - at - len(kept))}, thanks."
    assert masked.holes == []


@pytest.mark.parametrize("text", PROSE)
def test_prose_stays(text: str):
    assert mask(text).cuts == []


def test_icu_branches_are_prose():
    text = "{n, plural, =0 {Nothing is lost.} one {# parcel, {name}, is lost.} other {# are {g, select, a {late} other {gone}}.}}"
    masked = mask(text)
    assert len(masked.text) == len(text)
    assert masked.text.split() == [
        "Nothing",
        "is",
        "lost.",
        "X",
        "parcel,",
        "Xxxxxx,",
        "is",
        "lost.",
        "X",
        "are",
        "late",
        "gone",
        ".",
    ]


def test_every_branch_is_read_in_order():
    text = "{% if a %}One.{% elsif b %}Two.{% else %}Three.{% endif %}"
    assert mask(text).text.split() == ["One.", "Two.", "Three."]


def test_line_ends_are_kept():
    text = "a {% if\n x %} b {{ x\r\n}} c"
    masked = mask(text)
    assert [i for i, c in enumerate(masked.text) if c in "\r\n"] == [i for i, c in enumerate(text) if c in "\r\n"]


def test_names_choose_dialects():
    assert mask("{{a}} [Name] %s", names=frozenset(["bracket"])).holes == [(6, 12)]
    (draft,) = read("a.txt", "{{a}} [Name]", placeholders=("handlebars",))
    assert draft.prose == "Xxxxx [Name]"


def test_tags_are_never_edited_in_place():
    (draft,) = read("a.txt", "Sorry {% if x %}for it{% endif %}, {{name}}.")
    assert not draft.offsets.is_verbatim(0, len("Sorry {% if x %}for"))
    assert draft.offsets.is_verbatim(0, 5)


@pytest.mark.parametrize("sign", "{[%<$#@*")
@pytest.mark.parametrize(
    "rest", ["", "{x}}", "{{x}}}", "[x]]", "x]", "<x>>", "%= x %>", "s", "%x%%", "x", "{x}", "|X|*"]
)
def test_runs_are_passed_over_without_loss(sign: str, rest: str, monkeypatch: pytest.MonkeyPatch):
    """What begins at the end of a long run of one sign is found, as when every sign of it is tried."""
    texts = [sign * count + rest for count in range(4, 16)]
    quick = [mask(text).cuts for text in texts]
    monkeypatch.setattr(holes, "_LONG_RUN", 100)
    assert quick == [mask(text).cuts for text in texts]


@given(st.text(alphabet="{}[]%<>$#@*|!()'\"\\ab ,.=:\n-", max_size=60))
def test_length_and_rest_never_change(text: str):
    masked = mask(text)
    assert len(masked.text) == len(text)
    at = 0
    for cut in masked.cuts:
        assert at <= cut.start < cut.end and len(cut.text) == cut.end - cut.start
        assert masked.text[at : cut.start] == text[at : cut.start]
        at = cut.end
    assert masked.text[at:] == text[at:]
    assert masked.holes == sorted(masked.holes)
