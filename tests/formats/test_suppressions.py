"""Suppressions, in the comment syntax of each format."""

from __future__ import annotations

import pytest

from apologylint import Linter
from apologylint.drafts import Source
from apologylint.formats import FORMATS, ReadOptions, format_of, read_drafts
from apologylint.suppressions import Suppressions, find_suppressions

RULE = "fake-apology/sorry-you-feel"


def find(name: str, text: str) -> Suppressions:
    source = Source(name, text)
    return find_suppressions(source, format_of(source, ReadOptions()))


def silenced(name: str, text: str, rule: str = RULE) -> list[int]:
    """Lines on which a diagnostic of the rule would be silenced."""
    source = Source(name, text)
    found = find_suppressions(source, format_of(source, ReadOptions()))
    lines = range(1, len(source.lines) + 1)
    return [line for line in lines if found.match(rule, at := source.lines.line_start(line), at + 1, line, line)]


NEXT_LINE = [
    ("a.md", "<!-- apologylint: ignore[fake-apology] -->\nx\ny\n"),
    ("a.md", "[//]: # (apologylint: ignore[fake-apology])\nx\ny\n"),
    ("a.mdx", "{/* apologylint: ignore[fake-apology] */}\nx\ny\n"),
    ("a.html", "<!-- apologylint: ignore[fake-apology] -->\n<p>x\ny\n"),
    ("a.mjml", "<!-- apologylint: ignore[fake-apology] -->\n<mj-text>x\ny\n"),
    ("a.yaml", "# apologylint: ignore[fake-apology]\na: x\nb: y\n"),
    ("a.toml", "# apologylint: ignore[fake-apology]\na = 'x'\nb = 'y'\n"),
    ("a.properties", "# apologylint: ignore[fake-apology]\na=x\nb=y\n"),
    ("a.properties", "! apologylint: ignore[fake-apology]\na=x\nb=y\n"),
    ("a.po", '#. apologylint: ignore[fake-apology]\nmsgid "x"\n\nmsgid "y"\n'),
    ("a.strings", '/* apologylint: ignore[fake-apology] */\n"a" = "x";\n"b" = "y";\n'),
    ("a.strings", '// apologylint: ignore[fake-apology]\n"a" = "x";\n"b" = "y";\n'),
    ("a.ftl", "# apologylint: ignore[fake-apology]\na = x\nb = y\n"),
    ("a.json", '// apologylint: ignore[fake-apology]\n{"a": "x",\n"b": "y"}\n'),
    ("a.arb", '// apologylint: ignore[fake-apology]\n{"a": "x",\n"b": "y"}\n'),
    ("a.jsonl", '// apologylint: ignore[fake-apology]\n{"text": "x"}\n{"text": "y"}\n'),
    ("a.xlf", "<!-- apologylint: ignore[fake-apology] -->\n<xliff>x\ny</xliff>\n"),
    ("a.liquid", "{% comment %} apologylint: ignore[fake-apology] {% endcomment %}\nx\ny\n"),
    ("a.liquid", "{%- # apologylint: ignore[fake-apology] %}\nx\ny\n"),
    ("a.j2", "{# apologylint: ignore[fake-apology] #}\nx\ny\n"),
    ("a.hbs", "{{!-- apologylint: ignore[fake-apology] --}}\nx\ny\n"),
    ("a.hbs", "{{! apologylint: ignore[fake-apology] }}\nx\ny\n"),
    ("a.erb", "<%# apologylint: ignore[fake-apology] %>\nx\ny\n"),
    ("a.tt", "[%# apologylint: ignore[fake-apology] %]\nx\ny\n"),
    ("b.ftl", "<#-- apologylint: ignore[fake-apology] -->\nDear ${x},\ny\n"),
    ("a.txt", "[apologylint: ignore-next-line[fake-apology]]\nx\ny\n"),
    ("a.eml", "[apologylint: ignore-next-line[fake-apology]]\nx\ny\n"),
    ("a.csv", "<!-- apologylint: ignore[fake-apology] -->\nx\ny\n"),
    ("a.tsv", "<!-- apologylint: ignore[fake-apology] -->\nx\ny\n"),
]


@pytest.mark.parametrize(("name", "text"), NEXT_LINE)
def test_comment_alone_covers_the_next_line(name: str, text: str):
    assert silenced(name, text) == [2]
    assert not find(name, text).malformed


def test_every_format_is_here():
    assert {format_of(Source(name, text), ReadOptions()) for name, text in NEXT_LINE} == FORMATS


def test_same_line():
    assert silenced("a.md", "x\ny <!-- apologylint: ignore[fake-apology/sorry-you-feel] -- we mean it -->\nz") == [2]
    assert silenced("a.yaml", "a: x\nb: y # apologylint: ignore[fake-apology]\n") == [2]


def test_blank_lines_between_do_not_matter():
    assert silenced("a.md", "<!-- apologylint: ignore-next-line[fake-apology] -->\n\nx\ny") == [2, 3][1:]


def test_entries_are_covered_whole():
    assert silenced("a.yaml", "# apologylint: ignore[fake-apology]\na: |\n  x\n\n  y\nb: z\n") == [2, 3, 4, 5]
    assert silenced("a.po", '# apologylint: ignore[fake-apology]\nmsgid ""\n"x"\nmsgstr ""\n\nmsgid "y"\n') == [2, 3, 4]
    assert silenced("a.properties", "# apologylint: ignore[fake-apology]\na=x\\\n y\nb=z\n") == [2, 3]
    assert silenced("a.toml", '# apologylint: ignore[fake-apology]\na = """\nx\n"""\nb = "y"\n') == [2, 3, 4]
    assert silenced("a.ftl", "# apologylint: ignore[fake-apology]\na =\n    x\nb = y\n") == [2, 3]


def test_ranges():
    text = (
        "a\n<!-- apologylint: disable[fake-apology, defensive] -->\nb\n<!-- apologylint: enable[fake-apology] -->\nc\n"
    )
    assert silenced("a.md", text) == [2, 3]
    assert silenced("a.md", text, "defensive/x") == [2, 3, 4, 5, 6]


def test_file():
    assert silenced("a.md", "a\nb\n<!-- apologylint: file-ignore[fake-apology] -->\n") == [1, 2, 3, 4]
    assert silenced("a.md", "---\napologylint: {ignore: [fake-apology]}\n---\na") == [1, 2, 3, 4]
    assert silenced("a.md", "---\napologylint:\n  ignore:\n    - fake-apology\n---\na")[-1] == 6


def test_json_key_covers_its_object():
    text = '{"a": {"//apologylint": "ignore[fake-apology] -- known", "text": "x"}, "b": "y"}'
    found = find("a.json", text)
    assert found.match(RULE, text.index("x"), text.index("x") + 1, 1, 1)
    assert not found.match(RULE, text.index('"y'), text.index('"y') + 1, 1, 1)
    assert [one.reason for one in found] == ["known"]


def test_unused_and_reason():
    found = find("a.md", "x <!-- apologylint: ignore[fake-apology/a, defensive] -- as agreed -->")
    assert found.match("fake-apology/a", 0, 1, 1, 1)
    assert not found.match("fake-apology/b", 0, 1, 1, 1)
    (unused,) = found.unused()
    assert unused.unused_rules == ("defensive",)
    assert unused.reason == "as agreed"
    assert find("a.md", "x").unused() == []


@pytest.mark.parametrize(
    ("comment", "message"),
    [
        ("apologylint: ignore", "names no rule"),
        ("apologylint: ignore[]", "names no rule"),
        ("apologylint: skip[a]", "is none of"),
        ("apologylint: ignore[APL101]", "no rule name"),
        ("apologylint: ignore[a] because", "cannot be read"),
        ("apologylint: enable[a]", "not disabled"),
        ("apologylint:", "cannot be read"),
    ],
)
def test_malformed(comment: str, message: str):
    text = f"x\n<!-- {comment} -->\n"
    found = find("a.md", text)
    (wrong,) = found.malformed
    assert message in wrong.message
    assert (text[slice(*wrong.span)], wrong.line) == (f"<!-- {comment} -->", 2)
    assert not list(found)


@pytest.mark.parametrize(
    "text",
    [
        "We use apologylint: it is good.",
        "```\n<!-- apologylint: ignore[a] -->\n```\n",
        "Write `<!-- apologylint: ignore[a] -->` in the file.",
    ],
)
def test_prose_and_code_are_no_comments(text: str):
    assert not find("a.md", text)


@pytest.mark.parametrize(("name", "text"), NEXT_LINE)
def test_comments_are_not_prose(name: str, text: str):
    if name in ("a.csv", "a.tsv"):
        return
    assert all("apologylint" not in draft.prose for draft in read_drafts(Source(name, text)))


OTHER_SPELLING = [
    (name, text.replace(old, "apologylint-disable-next-line fake-apology"))
    for name, text in NEXT_LINE
    for old in ("apologylint: ignore[fake-apology]", "apologylint: ignore-next-line[fake-apology]")
    if old in text
]


@pytest.mark.parametrize(("name", "text"), OTHER_SPELLING)
def test_other_spelling_in_every_format(name: str, text: str):
    assert silenced(name, text) == [2]
    assert not find(name, text).malformed
    if name not in ("a.csv", "a.tsv"):
        assert all("apologylint" not in draft.prose for draft in read_drafts(Source(name, text)))


def test_other_spelling_covers_every_format():
    assert {format_of(Source(name, text), ReadOptions()) for name, text in OTHER_SPELLING} == FORMATS


@pytest.mark.parametrize(
    ("comment", "lines"),
    [
        ("apologylint-disable-next-line fake-apology", [3]),
        ("apologylint-disable-next-line defensive fake-apology/sorry-you-feel -- agreed", [3]),
        ("apologylint-disable-next-line defensive,fake-apology -- agreed", [3]),
        ("apologylint-disable-next-line[fake-apology] -- agreed", [3]),
        ("apologylint: disable-next-line[fake-apology]", [3]),
        ("apologylint-disable-file fake-apology", [1, 2, 3, 4, 5]),
        ("apologylint-disable fake-apology", [2, 3, 4, 5]),
        ("apologylint-ignore-next-line fake-apology", [3]),
    ],
)
def test_other_spelling(comment: str, lines: list[int]):
    text = f"x\n<!-- {comment} -->\ny\nz\n"
    assert silenced("a.md", text) == lines
    (one,) = {one.reason for one in find("a.md", text)}
    assert one == ("agreed" if "agreed" in comment else "")


def test_other_spelling_of_lines_and_ranges():
    assert silenced("a.md", "x\ny <!-- apologylint-disable-line fake-apology -->\nz") == [2]
    text = "a\n<!-- apologylint-disable fake-apology -->\nb\n<!-- apologylint-enable fake-apology -->\nc\n"
    assert silenced("a.md", text) == [2, 3]


@pytest.mark.parametrize(
    ("comment", "message"),
    [
        ("apologylint-disable-next-line", "names no rule"),
        ("apologylint-disable-next-line -- because", "names no rule"),
        ("apologylint-disable-previous-line fake-apology", "is none of"),
        ("apologylint-disable-next-line APL101", "no rule name"),
        ("apologylint-disable-next-line fake-apology]", "cannot be read"),
        ("apologylint-enable fake-apology", "not disabled"),
    ],
)
def test_other_spelling_malformed(comment: str, message: str):
    found = find("a.md", f"x\n<!-- {comment} -->\n")
    (wrong,) = found.malformed
    assert message in wrong.message
    assert not list(found)


def test_other_words_with_our_name_are_no_suppressions():
    assert not find("a.md", "<!-- apologylint-rules: see the wiki --> <!-- apologylint-disabled fake-apology -->")


def told(linter: Linter, name: str, text: str) -> list[tuple[str, str]]:
    reports = linter.check_source(Source(name, text))
    return [(d.rule, text[d.start : d.end]) for report in reports for d in report.diagnostics]


def test_what_silences_nothing_is_told(linter: Linter):
    comment = "<!-- apologylint: ignore[fake-apology] -->"
    assert told(linter, "a.md", f"{comment}\nI'm sorry if you feel that way.") == []
    assert told(linter, "a.md", f"{comment}\nI'm sorry that we lost it.") == [("suppression/unused", comment)]
    # In a file without a reply, too.
    assert told(linter, "a.yaml", "# apologylint: ignore[x]\na: 1\n") == [
        ("suppression/unused", "# apologylint: ignore[x]")
    ]
    assert told(linter, "a.yaml", "# apologylint-disable\na: 1\n") == [
        ("suppression/malformed", "# apologylint-disable")
    ]


def test_another_language_can_be_known(linter: Linter):
    german = "Wir haben Ihre Bestellung heute verschickt und sie kommt bald an."
    assert told(linter, "a.md", german) == [("language/not-english", german)]
    assert told(linter, "a.md", f"<!-- apologylint: file-ignore[language/not-english] -->\n{german}") == []
