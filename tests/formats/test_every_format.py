"""The same reply in every format: the same prose, and positions that are true in the file."""

# ruff: noqa: E501
from __future__ import annotations

import csv
import email.message
import html
import io
import json
import re

import polib
import pytest
import yaml
from formats_helpers import read
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from apologylint import Linter
from apologylint.drafts import Source
from apologylint.formats import FORMATS, ReadOptions, format_of

WORDS = ["We're", "sorry", "that", "it", "is", "late", "It’s", "\"late\"", "Tom & Ann", "1 < 2", "a\\b", "café", "cafe\u0301", "😀", "👩‍👩‍👧",
         "שלום", "yes: no", "so - on", "it's", "C#", "it;"]  # fmt: skip
ENDS = [".", "!", "?"]


def to_html(text: str) -> str:
    return "<p>" + html.escape(text).replace("é", "&eacute;") + "</p>\n"


def to_markdown(text: str) -> str:
    return re.sub(r"([\\&<#])", r"\\\1", text) + "\n"


def to_po(text: str) -> str:
    catalogue = polib.POFile(wrapwidth=30)
    catalogue.append(polib.POEntry(msgid="k", msgstr=text))
    return str(catalogue)


def to_csv(text: str, delimiter: str = ",") -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows([["title", "text"], ["k", text]])
    return out.getvalue()


def to_xliff(text: str) -> str:
    root = etree.Element("xliff", version="1.2")
    unit = etree.SubElement(etree.SubElement(etree.SubElement(root, "file"), "body"), "trans-unit", id="k")
    etree.SubElement(unit, "source").text = text
    return etree.tostring(root, encoding="unicode")


def to_mail(text: str) -> str:
    message = email.message.EmailMessage()
    message.set_content(text, cte="quoted-printable")
    return message.as_string()


def to_yaml(style: str | None):
    return lambda text: yaml.dump([{"title": "k", "text": text}], default_style=style, width=30, allow_unicode=True)


def to_properties(text: str) -> str:
    return "k=" + text.replace("\\", "\\\\").replace("é", "\\u00e9") + "\n"


WRITERS = {
    "a.txt": lambda text: text,
    "a.md": to_markdown,
    "a.mdx": to_markdown,
    "a.html": to_html,
    "a.mjml": lambda text: f"<mjml><mj-body><mj-text>{html.escape(text)}</mj-text></mj-body></mjml>",
    "a.hbs": to_html,
    "a.json": lambda text: json.dumps([{"title": "k", "text": text}]),
    "b.json": lambda text: json.dumps({"k": {"m": text}}, ensure_ascii=False, indent=1),
    "c.json": lambda text: json.dumps([{"title": "k", "body_html": to_html(text)}]),
    "a.jsonl": lambda text: json.dumps({"id": "k", "text": text}) + "\n",
    "a.arb": lambda text: json.dumps({"k": text}),
    "a.yaml": to_yaml(None),
    "b.yaml": to_yaml("'"),
    "c.yaml": to_yaml('"'),
    "d.yaml": to_yaml("|"),
    "e.yaml": to_yaml(">"),
    "a.toml": lambda text: f"k = {json.dumps(text, ensure_ascii=False)}\n",
    "a.csv": to_csv,
    "a.tsv": lambda text: to_csv(text, "\t"),
    "a.po": to_po,
    "a.xlf": to_xliff,
    "a.properties": to_properties,
    "a.strings": lambda text: f'"k" = {json.dumps(text, ensure_ascii=False)};\n',
    "a.ftl": lambda text: f"k = {text}\n",
    "a.eml": to_mail,
}
replies = st.builds(
    lambda parts: " ".join(f"{' '.join(words)}{end}" for words, end in parts),
    st.lists(
        st.tuples(st.lists(st.sampled_from(WORDS), min_size=3, max_size=8), st.sampled_from(ENDS)),
        min_size=1,
        max_size=3,
    ),
).map(lambda text: "Well, we know it, " + text)


@pytest.mark.parametrize("name", WRITERS)
@settings(max_examples=60, deadline=None)
@given(reply=replies, crlf=st.booleans())
def test_same_prose_and_true_positions(name: str, reply: str, crlf: bool):
    text = WRITERS[name](reply)
    if crlf and name != "a.csv":
        text = re.sub(r"\r?\n", "\r\n", text)
    (draft,) = read(name, text)
    assert draft.prose.strip() == reply
    assert draft.holes == draft.quoted == ()
    for match in re.finditer(r"\S+", draft.prose):
        span = draft.offsets.span(*match.span())
        raw = text[span.start : span.end]
        if draft.offsets.is_verbatim(*match.span()):
            assert raw == match.group()
        else:
            # What is not copied is escaped or encoded, so it is at least as long, and it is of that word only.
            assert raw and (" " not in raw.strip() or "\n" in raw or "\\" in raw)


SENTENCES = [
    "I'm sorry if you feel that way.", "We're sorry that it is late.", "Our café was closed – “really”.", "You should have told us.",
    "We have sent it again today.", "I’m so sorry we let you down 😀!", "We apologise for any inconvenience.", "Tom & Ann < 3 saw it.",
    "It is our policy, so no.", "שלום to you.", "Please write to us.",
]  # fmt: skip


@pytest.mark.parametrize("name", WRITERS)
@settings(max_examples=12, deadline=None)
@given(parts=st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4), crlf=st.booleans())
def test_same_diagnostics_at_mapped_positions(name: str, parts: list[str], crlf: bool, linter: Linter):
    reply = "Well, we know it. " + " ".join(parts)
    text = WRITERS[name](reply)
    if crlf and name != "a.csv":
        text = re.sub(r"\r?\n", "\r\n", text)
    plain = linter.check_text(reply)
    (draft,) = read(name, text)
    (report,) = linter.check_source(Source(name, text))
    lead = draft.prose.index(reply)
    assert report.verdict == plain.verdict
    assert [(d.rule, d.severity, d.start, d.end) for d in report.diagnostics] == [
        (d.rule, d.severity, *draft.offsets.span(d.start + lead, d.end + lead)) for d in plain.diagnostics
    ]
    assert [(s.start, s.end, s.label) for s in report.sentences] == [
        (*draft.offsets.span(s.start + lead, s.end + lead), s.label) for s in plain.sentences
    ]
    for found in report.diagnostics:
        assert found.text == text[found.start : found.end]
        assert (found.line, found.column) == Source(name, text).lines.position(found.start)


def test_all_formats_are_here():
    assert {format_of(Source(name, ""), ReadOptions()) for name in WRITERS} == FORMATS
