"""Which reader reads what: suffixes to formats, formats to readers. Readers are imported when first needed."""

from __future__ import annotations

import re
from importlib import import_module
from typing import cast

from apologylint.drafts import Source
from apologylint.errors import InputError
from apologylint.formats.options import ReadOptions
from apologylint.formats.value import Reader
from apologylint.formats.words import words
from apologylint.later import later_re

#: Format names and where their readers are.
READERS: dict[str, str] = {
    "text": "text:read",
    "markdown": "prosefiles:read_markdown",
    "mdx": "prosefiles:read_mdx",
    "html": "template:read_html",
    "mjml": "html:read",
    "template": "template:read",
    "json": "json:read",
    "jsonl": "json:read_lines",
    "arb": "json:read_arb",
    "yaml": "yaml:read",
    "toml": "toml:read",
    "csv": "csv:read",
    "tsv": "csv:read_tsv",
    "po": "po:read",
    "xliff": "xliff:read",
    "properties": "properties:read",
    "strings": "strings:read",
    "fluent": "fluent:read",
    "eml": "eml:read",
}

SUFFIXES: dict[str, str] = {
    **dict.fromkeys((".txt", ".text"), "text"),
    **dict.fromkeys((".md", ".markdown", ".mdown", ".mkd", ".mkdn"), "markdown"),
    ".mdx": "mdx",
    **dict.fromkeys((".html", ".htm", ".xhtml"), "html"),
    ".mjml": "mjml",
    **dict.fromkeys((".json", ".jsonc"), "json"),
    **dict.fromkeys((".jsonl", ".ndjson"), "jsonl"),
    ".arb": "arb",
    **dict.fromkeys((".yaml", ".yml"), "yaml"),
    ".toml": "toml",
    ".csv": "csv",
    **dict.fromkeys((".tsv", ".tab"), "tsv"),
    **dict.fromkeys((".po", ".pot"), "po"),
    **dict.fromkeys((".xlf", ".xliff"), "xliff"),
    ".properties": "properties",
    ".strings": "strings",
    ".ftl": "fluent",
    ".eml": "eml",
}

#: Suffixes of template languages; what stands before one says what the template makes.
TEMPLATE_SUFFIXES = words(
    ".erb .eex .heex .leex .ejs .hbs .handlebars .mustache .liquid .j2 .jinja .jinja2 .njk .twig .tt .tt2 .tmpl .tpl "
    ".ftlh .vm .mako"
)
_WRAPPED = {**SUFFIXES, ".json": "template", ".yml": "template", ".yaml": "template", ".ftl": "template"}
_HTML = later_re(r"\s*(?:<!--.*?-->\s*)?<(?:!doctype html|html|mjml)\b", re.IGNORECASE | re.DOTALL)


def suffix_of(name: str) -> str:
    """The last suffix of a file name, in lower case."""
    base = name.replace("\\", "/").rsplit("/", 1)[-1]
    stem, dot, suffix = base.rpartition(".")
    return f".{suffix.lower()}" if dot and stem else ""


def format_of_name(name: str) -> str | None:
    """A format by file name, or ``None``."""
    suffix = suffix_of(name)
    if suffix in TEMPLATE_SUFFIXES:
        inner = suffix_of(name[: -len(suffix)])
        return _WRAPPED.get(inner, "template")
    return SUFFIXES.get(suffix)


def format_of(source: Source, options: ReadOptions) -> str:
    """The format a source is read as: the one asked for, else by its name, else by its content."""
    if options.format is not None:
        if options.format not in READERS:
            raise InputError(f"unknown format {options.format!r}", cure=f"one of {', '.join(sorted(READERS))}")
        return options.format
    if (named := format_of_name(source.name)) is not None:
        return named
    return "html" if _HTML.match(source.text[:2000]) else "text"


def reader_of(name: str) -> Reader:
    """The reader of a format."""
    module, _, function = READERS[name].partition(":")
    return cast("Reader", getattr(import_module(f"apologylint.formats.{module}"), function))
