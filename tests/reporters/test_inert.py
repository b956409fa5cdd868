"""Nothing in a reply, a message or a path may act on whoever reads the output."""

from __future__ import annotations

import html
import json
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from apologylint.reporters import FORMATS, render
from apologylint.reporters.inert import cells, markdown, visible, xml

HOSTILE = (
    "\x1b[31m\x07\x9b\u202e\u2066\r\n::error::own\u2028<script>alert(1)</script>&'\"|`*]]>%0A,=cmd()\ud800\x00\x85"
)
RAW = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


@pytest.fixture
def hostile(make_run, make_file):
    text = f"We are {HOSTILE}sorry you feel that way. Our van broke down."
    return make_run(make_file("a:b/" + HOSTILE.replace("/", "_"), text, HOSTILE))


@pytest.mark.parametrize("name", FORMATS)
def test_no_raw_control_or_bidi_character(name, hostile):
    assert not RAW.search("".join(render(name, hostile)))


def test_no_workflow_command_of_a_stranger(hostile):
    for line in "".join(render("github", hostile)).splitlines():
        assert re.match(r"::(error|warning|notice) title=apologylint \([^:,]+\),file=[^:,]+,line=\d+", line)
        assert "%" not in re.sub("%25|%3A|%2C", "", line)


@pytest.mark.parametrize("name", ["full", "concise", "markdown", "html"])
def test_no_line_starts_with_a_workflow_command(name, hostile):
    assert not re.search(r"^\s*::", "".join(render(name, hostile)), re.M)


@pytest.mark.parametrize("name", ["junit", "checkstyle"])
def test_xml_parses_and_says_what_was_said(name, hostile):
    root = etree.fromstring("".join(render(name, hostile)).encode())
    assert any("<script>alert(1)" in value for element in root.iter() for value in element.values())


@pytest.mark.parametrize("name", ["html", "markdown"])
def test_no_element_of_a_stranger(name, hostile):
    seen = set()

    class Tags(HTMLParser):
        def handle_starttag(self, tag, attrs):
            seen.add(tag)
            assert not any(key.startswith("on") for key, _ in attrs)

    Tags().feed("".join(render(name, hostile)))
    assert "script" not in seen


@pytest.mark.parametrize("name", ["json", "sarif", "gitlab", "rdjson"])
def test_json_is_ascii_and_parses(name, hostile):
    text = "".join(render(name, hostile))
    assert text.isascii()
    json.loads(text)


@given(st.text())
def test_visible_is_one_line_and_keeps_harmless_text(text):
    shown = visible(text)
    assert "\n" not in shown and not RAW.search(shown)
    assert visible(shown) == shown


@given(st.text())
def test_xml_text_comes_back(text):
    assert etree.fromstring(f'<a b="{xml(text)}">{xml(text)}</a>').get("b") == visible(text).replace(
        "\ufffe", "\\ufffe"
    ).replace("\uffff", "\\uffff")


@given(st.text())
def test_markdown_text_comes_back(text):
    assert html.unescape(markdown(text)) == visible(text)
    assert not re.search(r"[\\`*_{}\[\]()<>|]", markdown(text))


@pytest.mark.parametrize("name", ["html", "junit", "checkstyle"])
def test_documents_that_name_an_encoding_are_ascii(name, make_run, make_file):
    text = "".join(
        render(name, make_run(make_file("mañana.md", "We are sorry you feel that way 🙂. Our van broke down.", "sí")))
    )
    assert text.isascii() and "&#241;" in text


def test_cells():
    assert cells("abc") == 3
    assert cells("é") == cells("e\u0301") == 1
    assert cells("日本🙂") == 6
