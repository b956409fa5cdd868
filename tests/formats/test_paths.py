"""Paths through the branches of a template."""

from __future__ import annotations

import pytest
from formats_helpers import read
from hypothesis import given
from hypothesis import strategies as st

from apologylint.formats import paths


def through(name: str, text: str) -> tuple[list[list[str]], bool]:
    (draft,) = read(name, text)
    found = paths(draft)
    return [" ".join(draft.prose[a:b] for a, b in spans).split() for spans in found.spans], found.complete


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.txt", "Hi. {% if a %}One.{% elsif b %}Two.{% else %}Three.{% endif %} {% for x in y %}Bye.{% endfor %}"),
        ("a.txt", "Hi. {%- if a -%}One.{%- elif b -%}Two.{%- else -%}Three.{%- endif -%} Bye."),
        ("a.html", "<p>Hi.</p>{{#if a}}<p>One.</p>{{else if b}}<p>Two.</p>{{else}}<p>Three.</p>{{/if}}<p>Bye.</p>"),
        ("a.txt", "Hi. {{if .A}}One.{{else if .B}}Two.{{else}}Three.{{end}} {{range .X}}Bye.{{end}}"),
        ("a.txt", "Hi. [% IF a %]One.[% ELSIF b %]Two.[% ELSE %]Three.[% END %] [% FOR x IN y %]Bye.[% END %]"),
        ("a.erb", "Hi. <% if a %>One.<% elsif b %>Two.<% else %>Three.<% end %> <% xs.each do |x| %>Bye.<% end %>"),
        ("a.ejs", "Hi. <% if (a) { %>One.<% } else if (b) { %>Two.<% } else { %>Three.<% } %> Bye."),
        ("a.ftl", "<#-- x -->Hi. <#if a>One.<#elseif b>Two.<#else>Three.</#if> Bye."),
        ("a.json", '{"text": "Hi. {% if a %}One.{% elsif b %}Two.{% else %}Three.{% endif %} Bye."}'),
    ],
)
def test_dialects(name: str, text: str):
    assert through(name, text) == ([["Hi.", one, "Bye."] for one in ("One.", "Two.", "Three.")], True)


def test_without_else_there_is_a_way_around():
    assert through("a.txt", "{% if a %}One. {% if b %}Two. {% endif %}{% endif %}Three.") == (
        [["One.", "Two.", "Three."], ["One.", "Three."], ["Three."]],
        True,
    )


def test_no_tags_one_path():
    assert through("a.txt", "Just {{this}}.") == ([["Just", "Xxxxxxxx."]], True)
    assert through("a.txt", "") == ([[]], True)


@pytest.mark.parametrize(
    "text", ["{% if a %}One.", "One.{% endif %}", "One.{% else %}Two.", "{% if a %}One.{% endunless %}"]
)
def test_tags_that_do_not_match(text: str):
    ((words,), complete) = through("a.txt", text)
    assert words == [word for word in ("One.", "Two.") if word in text]
    assert not complete


def test_many_paths_are_bounded_and_cover_all():
    found, complete = through("a.txt", "{% if a %}One.{% else %}Two.{% endif %} " * 30)
    assert not complete
    assert found == [["One."] * 30, ["Two."] * 30]


@given(
    st.lists(st.sampled_from(["{% if x %}", "{% else %}", "{% elsif y %}", "{% endif %}", "word "]), max_size=14).map(
        "".join
    )
)
def test_spans_are_in_order(text: str):
    (draft,) = read("a.txt", text)
    found = paths(draft)
    assert 1 <= len(found.spans) <= 16
    for spans in found.spans:
        at = 0
        for start, end in spans:
            assert at <= start <= end <= len(draft.prose)
            at = end
