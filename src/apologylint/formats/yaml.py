"""YAML by PyYAML's events, which carry exact marks; a loop builds the tree, so that no nesting recurses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from apologylint.drafts import Source
from apologylint.errors import InputError
from apologylint.formats.fail import DEEPEST, failure, too_deep
from apologylint.formats.holes import mask
from apologylint.formats.options import ReadOptions
from apologylint.formats.replies import select
from apologylint.formats.tree import Atom, Items, Mapping, Node, Text
from apologylint.formats.value import Value
from apologylint.formats.yamlscalars import decode

_SURROGATE = re.compile("[\ud800-\udfff]")
_NOT_TEXT = re.compile(r"(?:true|false|null|yes|no|on|off|~|[-+]?[0-9][0-9_.:eE+-]*|)", re.I)


def read(source: Source, options: ReadOptions) -> Iterator[Value]:
    """The replies of a YAML file."""
    yield from select(parse(source), options)


def parse(source: Source) -> Node:
    """The tree of all documents; of more than one document a sequence.

    A file that is no YAML only because of the template tags in it is read with these masked.
    """
    try:
        return _tree(source, source.text)
    except InputError:
        masked = mask(source.text, soft=False)
        if not masked.cuts:
            raise
        try:
            return _tree(source, masked.text)
        except InputError:
            pass
        raise


def _tree(source: Source, text: str) -> Node:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    roots: list[Node] = []
    stack: list[Mapping | Items] = []
    keys: list[str | None] = []  # for each open mapping the key that waits for its value
    try:
        for event in yaml.parse(_SURROGATE.sub("\ufffd", text), Loader=loader):
            if isinstance(event, yaml.ScalarEvent):
                node: Node = _scalar(source, text, event)
            elif isinstance(event, yaml.AliasEvent):
                node = Atom()  # what an alias repeats was read where its anchor is
            elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
                if len(stack) >= DEEPEST:
                    raise too_deep(source, getattr(event.start_mark, "index", 0))
                stack.append(Mapping() if isinstance(event, yaml.MappingStartEvent) else Items())
                keys.append(None)
                continue
            elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
                node = stack.pop()
                keys.pop()
            else:
                continue
            if not stack:
                roots.append(node)
            elif isinstance(top := stack[-1], Items):
                top.items.append(node)
            elif (key := keys[-1]) is None:
                keys[-1] = node.strand.text if isinstance(node, Text) else str(getattr(node, "value", "?"))
            else:
                top.items.append((key, node))
                keys[-1] = None
    except yaml.YAMLError as error:
        raise _failure(source, error) from None
    return roots[0] if len(roots) == 1 else Items(roots)


def _scalar(source: Source, text: str, event: Any) -> Node:
    if not event.style and event.tag is None and _NOT_TEXT.fullmatch(event.value):
        return Atom(event.value)
    start, end = event.start_mark.index, event.end_mark.index
    strand = decode(text, start, end, event.style, event.value)
    if text is not source.text and strand.text:
        # The tree was read from masked text; the prose is the file's own.
        strand = decode(source.text, start, end, event.style, None)
    return Text(strand)


def _failure(source: Source, error: Any) -> InputError:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    offset = getattr(error, "position", mark.index if mark is not None else 0)
    what = getattr(error, "problem", None) or getattr(error, "reason", None) or "this is not YAML"
    return failure(source, offset, str(what), "mend the file, or put quotes around the text")
