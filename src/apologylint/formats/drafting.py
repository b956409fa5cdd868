"""From a value to a draft: placeholders masked, markup cut, quotes marked; one map back to the source."""

from __future__ import annotations

import re
from collections.abc import Iterator

from apologylint.drafts import Draft, Source
from apologylint.formats.holes import DIALECTS, Masked, mask
from apologylint.formats.options import ReadOptions
from apologylint.formats.quotes import quoted_spans
from apologylint.formats.strand import Cut, Strand, moved, positions
from apologylint.formats.value import Value
from apologylint.later import later_re
from apologylint.spans import Span

_NOTE_LINE = later_re(r"^[ \t]*\[apologylint[:-][^\r\n]*\][ \t]*(?=[\r\n]|\Z)", re.MULTILINE)


def drafts_of(value: Value, source: Source, options: ReadOptions) -> Iterator[Draft]:
    """The draft a value holds, and one for each text outside its reading order; none where there is no prose."""
    names = _names(options)
    if value.kind == "text":
        draft = draft_of(value, source, options)
        if value.always or draft.prose.strip():
            yield draft
        return
    masked = mask(value.strand.text, soft=False, names=names)
    if value.kind == "html":
        from apologylint.formats.html import read_markup

        markup = read_markup(masked.text)
    else:
        from apologylint.formats.markdown import read_markup as read_markdown

        markup = read_markdown(masked.text, mdx=value.kind == "mdx", replies=value.replies)
    strand = value.strand.edit(masked.cuts).edit(markup.cuts)
    holes = _united(moved(markup.cuts, masked.holes), moved(markup.cuts, markup.holes), touching=False)
    quoted = moved(markup.cuts, markup.quoted)
    found = _tags(value, masked)
    tags = list(zip(positions(markup.cuts, [at for at, _ in found]), [tag for _, tag in found], strict=True))
    draft = _finish(value, source, strand, holes, quoted, tags, names)
    if draft.prose:
        yield draft
    for name, start, end in markup.extras:
        yield from _extra(value, source, masked, name, start, end)


def _names(options: ReadOptions) -> frozenset[str]:
    return DIALECTS if options.placeholders == "auto" else DIALECTS.intersection(options.placeholders)


def _tags(value: Value, masked: Masked) -> list[tuple[int, str]]:
    # Masking and notes keep every position, so both lists speak of the same text.
    return sorted((*value.tags, *masked.tags), key=lambda tag: tag[0]) if value.tags else masked.tags


def draft_of(value: Value, source: Source, options: ReadOptions) -> Draft:
    """The draft of a plain text value."""
    names = _names(options)
    strand = value.strand
    text = strand.text
    cuts: list[Cut] = []
    if "[apologylint" in text:
        cuts = [Cut(*match.span(), " " * len(match.group())) for match in _NOTE_LINE.finditer(text)]
        strand = strand.edit(cuts)
    masked = mask(strand.text, names=names)
    strand = strand.edit(masked.cuts)
    return Draft(
        value.id,
        strand.text,
        source,
        strand.offsets(),
        tuple(masked.holes),
        () if value.replies else quoted_spans(strand.text),
        value.customer_message,
        tuple(_tags(value, masked)),
    )


def _finish(
    value: Value,
    source: Source,
    strand: Strand,
    holes: tuple[Span, ...],
    quoted: tuple[Span, ...],
    tags: list[tuple[int, str]],
    names: frozenset[str],
) -> Draft:
    """Trim, and mask what only looks like a placeholder now that markup is gone."""
    text = strand.text
    head = len(text) - len(text.lstrip())
    tail = len(text.rstrip())
    edges = [Cut(0, head)] if head else []
    if tail < len(text) and tail >= head:
        edges.append(Cut(tail, len(text)))
    strand = strand.edit(edges)
    holes = moved(edges, holes)
    quoted = moved(edges, quoted)
    places = positions(edges, [at for at, _ in tags])
    soft = mask(strand.text, hard=False, names=names)
    if soft.cuts:
        strand = strand.edit(soft.cuts)
        holes = _united(holes, tuple(soft.holes), touching=False)
    if not value.replies and value.kind == "html":
        quoted = _united(quoted, quoted_spans(strand.text))
    return Draft(
        value.id,
        strand.text,
        source,
        strand.offsets(),
        holes,
        quoted,
        value.customer_message,
        tuple((at, tag) for at, (_, tag) in zip(places, tags, strict=True)),
    )


def _united(one: tuple[Span, ...], other: tuple[Span, ...], *, touching: bool = True) -> tuple[Span, ...]:
    """Both, in order; those that overlap, or touch, become one."""
    if not other:
        return one
    out: list[Span] = []
    for span in sorted((*one, *other)):
        if out and (span.start <= out[-1].end if touching else span.start < out[-1].end):
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return tuple(out)


def _extra(value: Value, source: Source, masked: Masked, name: str, start: int, end: int) -> Iterator[Draft]:
    """An attribute that is read apart from the text, such as ``title``; only when it is more than a label."""
    from apologylint.formats.flow import Flow
    from apologylint.formats.prose import reads_as_sentence

    if not reads_as_sentence(masked.text[start:end]):
        return
    flow = Flow(masked.text, keep_lines=False)
    flow.prose(start, end)
    cuts = flow.finish().cuts
    strand = value.strand.edit(masked.cuts).edit(cuts)
    yield Draft(
        f"{value.id} @{name}".strip(),
        strand.text,
        source,
        strand.offsets(),
        moved(cuts, masked.holes),
        (),
        value.customer_message,
    )
