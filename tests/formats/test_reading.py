"""What is read, under which name: options, platforms, quotes."""

# ruff: noqa: E501
from __future__ import annotations

import json
import subprocess
import sys

import pytest
from formats_helpers import ids, proses, read, work

from apologylint.drafts import Source
from apologylint.errors import InputError
from apologylint.formats import ReadOptions, format_of, read_drafts, show_text
from apologylint.formats.platforms import PLATFORMS

LOG = "One is late.\n\nTwo is lost.\nSorry.\n---\nThree."


def test_a_text_is_one_draft_even_an_empty_one():
    assert proses("<text>", "") == [""]
    assert proses("a.txt", LOG) == [LOG]
    assert proses("a.html", "") == proses("a.json", "{}") == proses("a.csv", "") == []


def test_split():
    assert proses("a.txt", LOG, split="paragraphs") == ["One is late.", "Two is lost.\nSorry.\n---\nThree."]
    assert proses("a.txt", LOG.replace("\n", "\r\n"), split="paragraphs")[0] == "One is late."
    assert proses("a.txt", LOG, split="---") == ["One is late.\n\nTwo is lost.\nSorry.", "Three."]
    assert ids("a.txt", LOG, split="---") == ["1", "2"]


@pytest.mark.parametrize(
    ("name", "text", "want"),
    [
        ("<text>", "", "text"),
        ("a.HTML", "", "html"),
        ("b/mail.html.erb", "", "html"),
        ("mail.text.erb", "", "text"),
        ("mail.md.j2", "", "markdown"),
        ("mail.erb", "", "template"),
        ("a.unknown", "<!DOCTYPE html><p>x", "html"),
        ("a.unknown", "x", "text"),
        (".txt", "x", "text"),
        ("a.json.erb", "", "template"),
    ],
)
def test_format_by_name_and_content(name: str, text: str, want: str):
    assert format_of(Source(name, text), ReadOptions()) == want


def test_format_asked_for():
    assert proses("<text>", "<p>It&rsquo;s late.</p>", format="html") == ["It’s late."]
    with pytest.raises(InputError, match="unknown format"):
        read("a.txt", "x", format="docx")


def test_text_keys():
    text = json.dumps({"a": {"title": "Sorry", "x": "OK"}, "list": [{"x": "Two"}], "y": "Not this one, please."})
    assert ids("a.json", text, text_keys=("x",)) == ["a.x", "list[0].x"]
    assert ids("a.json", text, text_keys=("list.x",)) == ["list[0].x"]
    assert proses("a.yaml", "a: Sorry\nb: No", text_keys=("a",)) == ["Sorry"]


def test_text_columns():
    text = "name,one,two\nk,It is late.,Sorry\n"
    assert proses("a.csv", text, text_columns=("two",)) == ["Sorry"]
    assert ids("a.csv", text, text_columns=("2", "3")) == ["k/one", "k/two"]
    with pytest.raises(InputError, match="no column 'three'"):
        read("a.csv", text, text_columns=("three",))


def test_customer_messages():
    (draft,) = read("a.json", '[{"text": "We are sorry.", "question": "Where is it?"}]', customer_key="question")
    assert (draft.prose, draft.customer_message) == ("We are sorry.", "Where is it?")
    (draft,) = read("a.csv", "reply,complaint\nWe are sorry.,It broke.\n")
    assert draft.customer_message == "It broke."
    first, second = read("a.json", json.dumps([["customer", "It broke."], ["agent", "Sorry."], ["agent", "All done."]]))
    assert first.customer_message == second.customer_message == "It broke."


def test_id_keys():
    text = '[{"slug": "s", "title": "T", "ref": "R-1", "text": "We are sorry."}]'
    assert ids("a.json", text) == ["T"]
    assert ids("a.json", text, id_keys=("ref",)) == ["R-1"]
    assert ids("a.json", '[{"text": "We are sorry."}]') == ["[0].text"]


EXPORTS = {
    "zendesk": {"title": "T", "actions": [{"field": "comment_value_html", "value": "<p>We are <b>late</b>.</p>"}]},
    "gorgias": {"name": "T", "actions": [{"name": "setResponseText", "arguments": {"body_text": "We are late."}}]},
    "freshdesk": {"title": "T", "folder_id": 1, "content": "We are late.", "content_html": "<p>We are late.</p>"},
    "intercom": {"name": "T", "body": "<p>We are late.</p>", "body_text": "We are late."},
    "front": {"name": "T", "subject": "", "body": "<p>We are late.</p>", "inbox_ids": []},
    "helpscout": {"name": "T", "text": "<p>We are late.</p>", "mailboxId": 4},
    "chatwoot": {"short_code": "T", "content": "We are late.", "id": 1},
    "salesforce": {"Name": "T", "DeveloperName": "t", "HtmlValue": "<p>We are late.</p>"},
    "discourse": {"title": "T", "content": "We are *late*.", "usages": 3},
    "osticket": {"title": "T", "response": "<p>We are late.</p>", "notes": "For staff only, please."},
    "github": {"title": "T", "body": "We are *late*.", "resourcePath": "/x"},
}


@pytest.mark.parametrize("platform", EXPORTS)
def test_platforms(platform: str):
    record = {**EXPORTS[platform], "description": "A note to the team, not to customers."}
    for options in ({}, {"platform": platform}):
        (draft,) = read("a.json", json.dumps({"records": [record]}), **options)
        assert (draft.id, draft.prose) == ("T", "We are late.")


def test_every_platform_is_here():
    assert set(EXPORTS) == set(PLATFORMS)
    with pytest.raises(InputError, match="unknown platform"):
        read("a.json", "{}", platform="none")


def test_what_is_no_reply():
    text = json.dumps(
        {
            "url": "https://example.org/a b c",
            "name": "two words",
            "css": "color: red; width: 2px;",
            "id": "some-id here now",
            "date": "Wed Oct 11 2017",
            "steps": "read:true, route:true, answer:false",
            "labels": ["needs a second look", "waits for stock"],
            "say": "This one is read.",
        }
    )
    assert ids("a.json", text) == ["say"]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("> You were late\n\nSorry.", ["> You were late\n"]),
        ("Sorry.\n\nOn Mon, 3 May 2021 at 9:00 Anna <a@example.org>\nwrote:\n> late\n\n> again\n", ["On Mon"]),
        ("Sorry.\n-----Original Message-----\nFrom: Anna\nYou were late.", ["-----Original"]),
        ("Sorry.\n\nOn 3 May Anna wrote:\nYou were late.\nYou were.", ["On 3 May"]),
        ("On 3 May Anna wrote:\n> late\nSorry for that.\n> again\nAnd that.", ["On 3 May", "> again"]),
        ("5 > 4 and a -- dash, as we wrote: fine", []),
    ],
)
def test_quotes(text: str, quoted: list[str]):
    (draft,) = read("a.txt", text)
    found = [draft.prose[start:end] for start, end in draft.quoted]
    assert len(found) == len(quoted) and all(one.startswith(start) for one, start in zip(found, quoted, strict=True))
    assert not any("Sorry" in one for one in found)


def test_markup_quotes():
    for name, text in (
        ("a.md", "> You were\n> late\n\nSorry.\n"),
        ("a.html", "<blockquote>You were late</blockquote><p>Sorry.</p>"),
    ):
        (draft,) = read(name, text)
        ((start, end),) = draft.quoted
        assert draft.prose[start:end].split() == ["You", "were", "late"]


def test_code_is_a_hole():
    (draft,) = read("a.md", "Run `sorry` now.")
    assert (draft.prose, draft.holes) == ("Run Xxxxx now.", ((4, 9),))


def test_show_text():
    (draft,) = read("a.md", "> Late\n\nSorry, {{name}}.  \n")
    assert show_text(draft) == "--- a.md\n⟦Late\n⟧\nSorry, ▒▒▒▒▒▒▒▒.\n"
    (draft,) = read("a.json", '{"k": "We are sorry."}')
    assert show_text(draft) == "--- a.json [k]\nWe are sorry.\n"


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        ("a.json", '{"a": "b",\n "c" "d"}', (2, 6)),
        ("a.json", "{} {}", (1, 4)),
        ("a.yaml", "a: b\nc: [", (2, 5)),
        ("a.toml", "a = 1\nb = ", (2, 5)),
        ("a.csv", 'a,b\n"x', (2, 1)),
        ("a.po", 'msgid "a"\nmsgstr b\n', (2, 7)),
        ("a.xlf", "<a>\n<b></a", (2, 4)),
        ("a.xlf", "<a></b>\n<!-- </a>", (1, 6)),
        ("a.json", "Done.\n[{}]\nDone.", (3, 1)),
        ("a.json", "Done.\nIt is done.", (1, 1)),
        ("a.strings", '"a" = "b";\n"c" ? "d";', (2, 5)),
    ],
)
def test_errors_tell_the_place(name: str, text: str, place: tuple[int, int]):
    with pytest.raises(InputError) as caught:
        read(name, text)
    error = caught.value
    assert error.path == name and error.cure
    assert (error.line, error.column)[0] == place[0] and abs(error.column - place[1]) <= 3


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_logged_before_the_json_are_passed_over(end: str):
    text = end.join(["Checking 1/2 ...", "[warn] {x} is slow", '{ "a": "It is lost, sorry." }', ""])
    (draft,) = read("a.json", text)
    assert (draft.id, draft.prose) == ("a", "It is lost, sorry.")
    assert text[slice(*draft.offsets.span(0, 5))] == "It is"


@pytest.mark.parametrize(
    ("body", "want"),
    [
        ("<trans-unit id='1'><target>Sorry – it is <g>lost.</trans-unit>", ["Sorry – it is lost."]),
        ("<trans-unit id='1'><target>It is late.\n</trans-unit>", ["It is late."]),
        ("<trans-unit id='1'><target>So sorry </b>for it.</target></trans-unit>", ["So sorry for it."]),
        ("<trans-unit id='1'><source>x</target><target a='>'>It is gone.</target></trans-unit>", ["It is gone."]),
        ("<trans-unit id='1'><target><![CDATA[It is <3 </]]> gone.</trans-unit>", ["It is <3 </ gone."]),
    ],
)
def test_xliff_with_tags_that_do_not_match(body: str, want: list[str]):
    after = "<trans-unit id='2'><source>Ä</source><target>Wir are sorry – thank you.</target></trans-unit>"
    text = f"<xliff version='1.2'><file target-language='en'><body>\r\n{body}\n{after}</body></file></xliff>"
    drafts = read("a.xlf", text)
    assert [draft.prose.strip() for draft in drafts] == [*want, "Wir are sorry – thank you."]
    for draft in drafts:
        assert text[slice(*draft.offsets.span(0, 5))] == draft.prose[:5]


def test_proposals_of_translations_are_not_read():
    text = (
        "<xliff><file target-language='en'><trans-unit id='a'><source>x</source><target>It is late, sorry.</target>"
        "<alt-trans><source>y</source><target>It is too late.</target></alt-trans></trans-unit></file></xliff>"
    )
    assert proses("a.xlf", text) == ["It is late, sorry."]


def test_runs_of_backslashes_in_markdown():
    assert proses("a.md", r"It is \\\\\\\\ here, \\* and \\\\* there." + "\n") == [
        r"It is \\\\ here, \* and \\* there."
    ]


def test_issue_forms_answer_nobody():
    form = "name: Bug\nbody:\n  - type: textarea\n    attributes:\n      label: What did you expect?\n      description: Say it all."
    assert proses("a.yaml", form) == []
    assert proses("a.yaml", form, text_keys=("label",)) == ["What did you expect?"]
    assert proses("a.yaml", "type: textarea\nbody: We are sorry.") == ["We are sorry."]


def test_yaml_with_template_tags():
    assert proses("a.yaml", "a: {{ name }} we are sorry.\n{% if x %}\nb: It is late, sorry.\n{% endif %}\n") == [
        "Xxxxxxxxxx we are sorry.",
        "It is late, sorry.",
    ]


def test_plain_text_is_nearly_free():
    text = "We're sorry that your parcel came late. We have sent a new one today, and you will have it on Friday. " * 3
    assert work(lambda: read_drafts(Source("<text>", text))) < 60


def test_parsers_are_imported_only_when_needed():
    code = (
        "import sys; from apologylint.drafts import Source; from apologylint.formats import read_drafts;"
        "read_drafts(Source('a.txt', 'x {{y}}'));"
        "print([m for m in ('yaml', 'csv', 'email', 'xml.parsers.expat', 'pathspec', 'tomllib', 'spacy') if m in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"
