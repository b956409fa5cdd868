"""Each reader against an independent parser: the same strings come out."""

# ruff: noqa: E501
from __future__ import annotations

import csv as stdlib_csv
import email.message
import email.policy
import io
import json as stdlib_json
import re
import tomllib

import lxml.etree
import polib
import yaml as pyyaml
from bs4 import BeautifulSoup
from formats_helpers import check, read
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from ruamel.yaml import YAML

from apologylint.drafts import Source
from apologylint.formats import csv, json, po, properties, strings, toml, xliff, yaml
from apologylint.formats.html import read_markup
from apologylint.formats.markdown import read_markup as read_markdown
from apologylint.formats.mime import body_of, parts
from apologylint.formats.strand import Strand
from apologylint.formats.tree import Atom, Items, Mapping, Node, Text

PIECES = [
    "We're",
    "sorry",
    " ",
    " ",
    "\n",
    "é",
    "😀",
    '"',
    "'",
    "\\",
    "#",
    ": ",
    ", ",
    "- ",
    "&",
    "<",
    "late.",
    "\t",
    "\n\n",
    "e\u0301",
]
texts = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)
trees = st.recursive(
    texts, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3), max_leaves=8
)


def strings_of(tree: object) -> list[str]:
    if isinstance(tree, str):
        return [tree]
    if isinstance(tree, dict):
        return [text for value in tree.values() for text in strings_of(value)]
    return [text for value in tree for text in strings_of(value)] if isinstance(tree, list) else []


def texts_in(node: Node, source: str) -> list[str]:
    if isinstance(node, Text):
        true_to(node.strand, source)
        return [node.strand.text]
    if isinstance(node, Mapping):
        return [text for _, value in node.items for text in texts_in(value, source)]
    return [text for value in node.items for text in texts_in(value, source)] if isinstance(node, Items) else []


def true_to(strand: Strand, source: str) -> None:
    at = 0
    for piece in strand.pieces:
        assert piece.prose == at
        at += piece.prose_length
        if piece.copied:
            low = piece.source
            assert source[low : low + piece.source_length] == strand.text[piece.prose : at]
    assert at == len(strand.text)


@given(trees, st.booleans(), st.sampled_from([None, 1]))
def test_json(tree: object, ascii_only: bool, indent: int | None):
    text = stdlib_json.dumps(tree, ensure_ascii=ascii_only, indent=indent)
    assert texts_in(json.parse(Source("a.json", text)), text) == strings_of(stdlib_json.loads(text))


@settings(deadline=None)
@given(trees, st.sampled_from([None, "'", '"', "|", ">"]), st.sampled_from([12, 80]), st.booleans())
def test_yaml(tree: object, style: str | None, width: int, crlf: bool):
    text = pyyaml.dump({"k": tree}, default_style=style, width=width, allow_unicode=True)
    text = text.replace("\n", "\r\n") if crlf else text
    want = strings_of(pyyaml.load(text, Loader=pyyaml.BaseLoader))
    got = all_texts(yaml.parse(Source("a.yaml", text)))
    assert got == want
    if not crlf:
        assert want == strings_of(plain(YAML(typ="safe", pure=True).load(text)))


def all_texts(node: Node) -> list[str]:
    if isinstance(node, Text):
        return [node.strand.text]
    if isinstance(node, Atom):
        return [str(node.value)]
    if isinstance(node, Mapping):
        return [text for _, value in node.items for text in all_texts(value)]
    return [text for value in node.items for text in all_texts(value)]


def plain(tree: object) -> object:
    if isinstance(tree, dict):
        return {key: plain(value) for key, value in tree.items()}
    return [plain(value) for value in tree] if isinstance(tree, list) else tree


def test_yaml_by_hand():
    text = (
        "a: |2\n    two more\n   one more\nb: >-\n  folded\n  text\n\n   more indented\n  end\n"
        "c: \"two\n  lines \\u00e9 \\\n  joined\"\nd: 'it''s\n\n  two'\ne: plain text\n  goes on\nf: |+\n  kept\n\ng: >\n\n  first\n"
    )
    node = yaml.parse(Source("a.yaml", text))
    assert texts_in(node, text) == strings_of(pyyaml.safe_load(text))


@given(
    st.lists(st.lists(texts, min_size=1, max_size=3), max_size=4),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(",;\t"),
)
def test_csv(table: list[list[str]], end: str, delimiter: str):
    out = io.StringIO(newline="")
    stdlib_csv.writer(out, lineterminator=end, delimiter=delimiter, quoting=stdlib_csv.QUOTE_ALL).writerows(table)
    text = out.getvalue()
    want = [row for row in stdlib_csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if any(row)]
    got = [[cell.text for cell in row] for _, row in csv.rows(Source("a.csv", text), delimiter)]
    assert [row for row in got if any(row)] == want


@given(st.dictionaries(texts.filter(str.strip), st.tuples(texts, texts), max_size=4), st.sampled_from([20, 78]))
def test_po(messages: dict[str, tuple[str, str]], width: int):
    catalogue = polib.POFile(wrapwidth=width)
    catalogue.metadata = {"Language": "en"}
    for msgid, (one, two) in messages.items():
        catalogue.append(polib.POEntry(msgid=msgid, msgid_plural=msgid + "s", msgstr_plural={0: one, 1: two}))
    text = str(catalogue)
    got = [entry.texts for entry in po.entries(Source("a.po", text))][1:]
    for entry in got:
        for strand in entry.values():
            true_to(strand, text)
    assert [(e["msgid"].text, e["msgstr[0]"].text, e["msgstr[1]"].text) for e in got] == [
        (entry.msgid, entry.msgstr_plural[0], entry.msgstr_plural[1]) for entry in polib.pofile(text)
    ]


@given(st.dictionaries(st.sampled_from("abc"), texts, max_size=3), st.booleans())
def test_toml(table: dict[str, str], multiline: bool):
    def quoted(text: str) -> str:
        escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t")
        return f'"""\n{escaped}"""' if multiline else '"' + escaped.replace("\n", "\\n") + '"'

    text = "".join(f"{key} = {quoted(value)}\n" for key, value in table.items())
    assert texts_in(toml.parse(Source("a.toml", text)), text) == strings_of(tomllib.loads(text))


def test_toml_by_hand():
    text = 'a."b.c" = [["x", {y = \'z\'}], []]\nd = 1979-05-27 07:32:00\n[[t]]\nu = """a\\\n  b"""\n[t.v]\n"w x" = \'\'\'\r\nraw \\n\'\'\'\n'
    assert texts_in(toml.parse(Source("a.toml", text)), text) == strings_of(tomllib.loads(text))


@given(st.lists(texts, min_size=1, max_size=3))
def test_xliff(values: list[str]):
    root = lxml.etree.Element("xliff", version="1.2")
    body = lxml.etree.SubElement(lxml.etree.SubElement(root, "file"), "body")
    for number, value in enumerate(values):
        unit = lxml.etree.SubElement(body, "trans-unit", id=str(number))
        lxml.etree.SubElement(unit, "target").text = value
    text = lxml.etree.tostring(root, encoding="unicode")
    got = []
    for _, target, _ in xliff.units(Source("a.xlf", text)):
        true_to(target, text)
        got.append(target.text)
    assert got == [element.text or "" for element in lxml.etree.fromstring(text).iter("target")]


@given(st.dictionaries(st.sampled_from(["a", "b c", "d:e"]), texts, max_size=3))
def test_properties_and_strings(pairs: dict[str, str]):
    def escaped(text: str) -> str:
        out = re.sub(r"[\\=:#! ]", r"\\\g<0>", text).replace("\n", "\\n").replace("\t", "\\t")
        return "".join(c if ord(c) < 128 else "".join(f"\\u{unit:04x}" for unit in units(c)) for c in out)

    def units(char: str) -> list[int]:
        data = char.encode("utf-16-be")
        return [int.from_bytes(data[at : at + 2], "big") for at in range(0, len(data), 2)]

    text = "".join(f"{escaped(key)}={escaped(value)}\n" for key, value in pairs.items())
    got = list(properties.pairs(Source("a.properties", text)))
    assert {key: strand.text for key, strand in got} == pairs
    text = "".join(
        f"{stdlib_json.dumps(key)} = {stdlib_json.dumps(value, ensure_ascii=False)};\n" for key, value in pairs.items()
    )
    assert {key: strand.text for key, strand in strings.pairs(Source("a.strings", text))} == pairs


@given(texts, st.sampled_from(["quoted-printable", "base64"]))
def test_mail(text: str, encoding: str):
    message = email.message.EmailMessage(policy=email.policy.default)
    message.set_content(text, cte=encoding)
    raw = message.as_string()
    (part,) = parts(raw)
    body = body_of(raw, part)
    true_to(body, raw)
    parsed = email.message_from_string(raw, policy=email.policy.default).get_content()
    assert body.text.rstrip("\n") == str(parsed).rstrip("\n")


HTML_PIECES = [
    "<p>", "</p>", "<b>", "</b>", "<br>", "<div class='a>b'>", "</div>", "text", " ", "\n", "&amp;", "&rsquo;", "&#39;", "&nope;", "é", "😀",
    "<!-- no -->", "<a href=x>", "</a>", "<li>", "&lt;p&gt;", "<span title=\"x y\">", "</span>", "sorry", ",", "<script>a<b</script>",
]  # fmt: skip


@settings(deadline=None)
@given(st.lists(st.sampled_from(HTML_PIECES), max_size=20).map("".join))
def test_html_words(text: str):
    markup = read_markup(text)
    got = Strand.of(text).edit(markup.cuts)
    soup = BeautifulSoup(text, "html5lib")
    for unread in soup(["script", "style"]):
        unread.decompose()
    assert re.sub(r"\s", "", got.text) == re.sub(r"\s", "", soup.get_text())


MARKDOWN = """# One *two*

We are **really** sorry for `x y` and [this link](https://example.org "t"), ![an image](a.png).
A second line with a\\* star & an &amp; entity, snake_case_name and 2 * 3 * 4.

* item *one*
* item two
  goes on

  another paragraph

1. first
   - nested `code`
2. second

> quoted **text**
> goes on

    indented code

```py
fenced code
```

Setext title
============

<https://example.org> ~~gone~~

- [a reference][ref] and [ref]

[ref]: https://example.org

***

| not a table
Last __line__."""


def rendered(text: str) -> str:
    """Words of the text that markdown-it finds, without code."""
    out: list[str] = []
    for token in MarkdownIt("commonmark").enable("strikethrough").parse(text):
        for child in token.children or ():
            if child.type in ("text", "text_special", "image"):
                out.append(child.content)
            elif child.type in ("softbreak", "hardbreak"):
                out.append(" ")
        out.append(" ")
    return "".join(out)


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def prose_of(text: str) -> str:
    markup = read_markdown(text)
    strand = Strand.of(text).edit(markup.cuts)
    from apologylint.formats.strand import moved

    chars = list(strand.text)
    for start, end in moved(markup.cuts, markup.holes):
        chars[start:end] = " " * (end - start)
    return "".join(chars)


def test_markdown_by_hand():
    assert squeezed(prose_of(MARKDOWN)) == squeezed(rendered(MARKDOWN))
    crlf = MARKDOWN.replace("\n", "\r\n")
    assert squeezed(prose_of(crlf)) == squeezed(rendered(MARKDOWN))


BLOCKS = [
    "# Title", "A line", "of text with *one* word", "", "", "- item", "* item **two**", "1. number", "> quote", "```\ncode\n```", "Setext\n---",
    "***", "[a](b) link", "`code` span", "&amp; entity", "plain \\* star",
]  # fmt: skip


@settings(deadline=None)
@given(st.lists(st.sampled_from(BLOCKS), max_size=8).map("\n".join))
def test_markdown_words(text: str):
    assert squeezed(prose_of(text)) == squeezed(rendered(text))


def test_the_drafts_of_an_html_export_agree_with_json():
    html = "<p>It&rsquo;s <b>late</b>.</p><p>Sorry.</p>"
    text = stdlib_json.dumps([{"title": "t", "body_html": html}])
    (draft,) = read("a.json", text)
    check(draft)
    assert draft.prose == "It’s late.\n\nSorry."
