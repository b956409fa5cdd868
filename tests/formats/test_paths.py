"""Paths through the branches of a template."""

from __future__ import annotations

import pytest
from formats_helpers import check, read, shown
from hypothesis import given
from hypothesis import strategies as st

from apologylint.formats.paths import alternatives, paths


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
        ("a.ftl", "a = Hi. { $x ->\n    [a] One.\n    [b] Two.\n   *[c] Three.\n  } Bye."),
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
    text = " ".join(f"{{% if a{n} %}}One.{{% else %}}Two.{{% endif %}}" for n in range(30))
    found, complete = through("a.txt", text)
    assert not complete
    assert len(found) == len({tuple(path) for path in found}) == 16
    for four in range(27):
        assert len({tuple(path[four : four + 4]) for path in found}) == 16


def test_every_branch_is_on_a_path_however_deep():
    inner = " ".join(f"{{% if b{n} %}}In{n}.{{% else %}}Out{n}.{{% endif %}}" for n in range(5))
    text = f"{{% if a %}}{inner}{{% elsif c %}}{inner.replace('In', 'On')}{{% else %}}Else.{{% endif %}} Bye."
    found, complete = through("a.txt", text)
    assert not complete
    assert {word for path in found for word in path} == {
        "Else.", "Bye.", *(f"{word}{n}." for word in ("In", "On", "Out") for n in range(5))
    }  # fmt: skip
    assert all(path[-1] == "Bye." for path in found)


def test_many_cases_need_as_many_paths():
    cases = "".join(f"{{% when {n} %}}Case{n}." for n in range(40))
    found, complete = through("a.txt", f"Hi. {{% case x %}}\n{cases}{{% endcase %}} Bye.")
    assert complete
    assert found == [["Hi.", f"Case{n}.", "Bye."] for n in range(40)] + [["Hi.", "Bye."]]


def test_without_room_the_whole_is_read():
    cases = "".join(f"{{% when {n} %}}Case{n}." for n in range(90))
    found, complete = through("a.txt", f"{{% case x %}}{cases}{{% endcase %}}")
    assert not complete
    assert found[-1] == [f"Case{n}." for n in range(90)]
    assert len(found) <= 64


def test_long_drafts_have_little_room():
    text = "".join(f"{{% if a{n} %}}{'word ' * 400}{{% else %}}Two.{{% endif %}}" for n in range(60))
    (draft,) = read("a.txt", text)
    found = paths(draft)
    assert not found.complete
    assert sum(b - a for spans in found.spans for a, b in spans) <= 3 * len(draft.prose)


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("{{#x}}A.{{/x}}{{^x}}B.{{/x}}", ["A.", "B."]),
        ("{{^x}}A.{{else}}B.{{/x}}", ["B.", "A."]),
        ("{{#x}}A.{{else}}B.{{/x}}", ["A.", "B."]),
        ("{{#x}}A.{{^}}B.{{/x}}", ["A.", "B."]),
        ("{{#x.y}}A.{{/x.y}} M. {{^ x.y }}B.{{/ x.y }}", ["A. M.", "M. B."]),
        ("{{#each xs}}A.{{else}}B.{{/each}}", ["A.", "B."]),
        ("{{#each xs}}A.{{/each}}", ["A."]),
        ("{{~#unless x~}}A.{{~else~}}B.{{~/unless~}}", ["B.", "A."]),
        ("{{#ifCond a '==' b}}A.{{else}}B.{{/ifCond}}", ["A.", "B."]),
        ("{{#link 'x'}}A.{{/link}}", ["A."]),
        ("{{#> layout}}A.{{/layout}} {{> footer}}", ["A."]),
        ("{{#if x}}A.{{/if}}{{^if x}}B.{{/if}}", ["A.", "B."]),
        ("{% if x %}A.{% endif %} M. {% if x %}B.{% endif %}", ["A. M. B.", "M."]),
        ("{% if x %}A.{% endif %} M. {% unless x %}B.{% endunless %}", ["A. M.", "M. B."]),
        ("{% if not x %}A.{% endif %}{% if x %}B.{% endif %}", ["B.", "A."]),
        ("{% for x in y %}A.{% else %}B.{% endfor %}", ["A.", "B."]),
        ("{% case x %} {% when 1 %}A.{% when 2 %}B.{% else %}C.{% endcase %}", ["A.", "B.", "C."]),
        ("<% case x %><% when 1 %>A.<% else %>B.<% end %>", ["A.", "B."]),
        ("<%= case @x do %><% :a -> %>A.<% _ -> %>B.<% end %>", ["A.", "B."]),
        ("<%= form_for @x, fn f -> %>A.<% end %>", ["A."]),
        ("<%- xs.each do |x, y| %>A.<% end %> {# not {if}, not this #}{# a, b #} <--mark-->B.", ["A. B."]),
        ("<%# if x %>A.<% xs.forEach(function(x) { %>B.<% }) %>", ["A. B."]),
        ("<%# else %>A.<% if (x) { y(); } %> B.", ["A. B."]),
        ("<?php if ($x): ?>A.<?php else: ?>B.<?php endif; ?>", ["A.", "B."]),
        ("<?php if ($x) { ?>A.<?php } else { ?>B.<?php } ?>", ["A.", "B."]),
        ("[% IF x; y; END %]A.[% UNLESS z %]B.[% END %]", ["A.", "A. B."]),
        ("[% SWITCH x %][% CASE 1 %]A.[% CASE %]B.[% END %]", ["A.", "B."]),
        ("<#switch x><#case 1>A.<#default>B.</#switch>", ["A.", "B."]),
        ("<#list xs as x>A.<#else>B.</#list>", ["A.", "B."]),
        ("{n, plural, one {A.} other {B.}}", ["A.", "B."]),
        ("{g, select, f {A.} other {{n, plural, =0 {B.} other {C.}}}}", ["A.", "B.", "C."]),
    ],
)
def test_alternatives(text: str, want: list[str]):
    found, complete = through("a.txt", text)
    assert sorted(" ".join(path) for path in found) == sorted(want)
    assert complete


def test_alternatives_keep_their_places():
    text = "Dear {{name}}, {% if a %}it is\nlate{% else %}it is lost{% endif %}.\n> {% if a %}quoted{% endif %}"
    (draft,) = read("a.txt", text)
    drafts, found = alternatives(draft)
    assert [shown(one) for one in drafts] == ["Dear ▒, it is\nlate .\n> quoted", "Dear ▒, it is lost .\n>"]
    for one, spans in zip(drafts, found.spans, strict=True):
        check(one)
        assert one.prose == "".join(draft.prose[a:b] for a, b in spans)
        assert [text[slice(*one.offsets.span(*hole))] for hole in one.holes] == ["{{name}}"]
        assert len(one.quoted) == 1
        assert not one.tags


TAGS = ["{% if x %}", "{% if z %}", "{% else %}", "{% elsif y %}", "{% endif %}", "word "]


@given(st.lists(st.sampled_from(TAGS), max_size=14).map("".join))
def test_spans_are_in_order(text: str):
    (draft,) = read("a.txt", text)
    found = paths(draft)
    assert 1 <= len(found.spans) <= 65
    on_a_path = {at for spans in found.spans for a, b in spans for at in range(a, b)}
    assert all(at in on_a_path or not c.isalpha() for at, c in enumerate(draft.prose))
    for spans in found.spans:
        at = 0
        for start, end in spans:
            assert at <= start <= end <= len(draft.prose)
            at = end
