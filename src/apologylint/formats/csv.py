"""CSV and TSV: one reply a cell, with quoted line breaks, any of the usual delimiters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from apologylint.drafts import Source
from apologylint.errors import InputError
from apologylint.formats.fail import failure
from apologylint.formats.options import ReadOptions
from apologylint.formats.prose import kind_of, reads_as_sentence
from apologylint.formats.replies import CUSTOMER_KEYS, ID_KEYS, REPLY_KEYS
from apologylint.formats.strand import Strand, Weaver
from apologylint.formats.value import Value

_QUOTED = re.compile(r'"((?:[^"]|"")*+)"')
_IDS = (*ID_KEYS, "ticket_id", "tweet_id", "macro", "short code", "name of reply")
_SAMPLE = 50
_CUSTOMER_SAID = frozenset(("true", "1", "yes"))
_CUSTOMERS = frozenset(("customer", "user", "client", "visitor", "requester"))

Row = list[Strand]


def read(source: Source, options: ReadOptions) -> Iterator[Value]:
    """The replies of a comma-separated file."""
    yield from _replies(source, rows(source, delimiter_of(source.text)), options)


def read_tsv(source: Source, options: ReadOptions) -> Iterator[Value]:
    """The replies of a tab-separated file."""
    yield from _replies(source, rows(source, "\t"), options)


def delimiter_of(text: str) -> str:
    """The delimiter, by what the first line holds most of outside quotes."""
    end = text.find("\n")
    head = _QUOTED.sub("", text[: end if end >= 0 else len(text)][:10_000])
    return max(",;\t|", key=lambda sign: (head.count(sign), -",;\t|".index(sign)))


def rows(source: Source, delimiter: str) -> Iterator[tuple[int, Row]]:
    """Rows with the line each begins on. Empty lines are no rows."""
    text = source.text
    plain = re.compile(rf"[^{re.escape(delimiter)}\r\n]*")
    at, end = 0, len(text)
    row: Row = []
    begin = 0
    while at < end or row:
        cell, at = _cell(source, text, at, plain)
        row.append(cell)
        if at < end and text[at] == delimiter:
            at += 1
            if at == end:
                row.append(Strand.of(text, at, at))
                yield source.lines.position(begin)[0], row
                return
            continue
        if len(row) > 1 or cell.text:
            yield source.lines.position(begin)[0], row
        row = []
        at += 2 if text.startswith("\r\n", at) else 1
        begin = at


def _cell(source: Source, text: str, at: int, plain: re.Pattern[str]) -> tuple[Strand, int]:
    if not text.startswith('"', at):
        stop = _end(plain, text, at)
        return Strand.of(text, at, stop), stop
    quoted = _QUOTED.match(text, at)
    if quoted is None:
        raise failure(
            source, at, "this quoted cell is not closed", 'end it with a quote, and write a quote inside it as ""'
        )
    start, stop = quoted.span(1)
    weaver = Weaver()
    sign = text.find('""', start, stop)
    while sign >= 0:
        weaver.copy(text, start, sign)
        weaver.swap('"', sign, sign + 2)
        start = sign + 2
        sign = text.find('""', start, stop)
    weaver.copy(text, start, stop)
    # Whatever stands between the closing quote and the delimiter belongs to the cell, as in other readers.
    after = _end(plain, text, quoted.end())
    weaver.copy(text, quoted.end(), after)
    return weaver.strand(), after


def _end(plain: re.Pattern[str], text: str, at: int) -> int:
    match = plain.match(text, at)
    return match.end() if match else at


def _replies(source: Source, found: Iterator[tuple[int, Row]], options: ReadOptions) -> Iterator[Value]:
    table = list(found)
    if not table:
        return
    head = [cell.text.strip().strip("\ufeff") for cell in table[0][1]]
    titled = _is_head(head)
    names = head if titled else [f"column {number + 1}" for number in range(len(head))]
    body = table[1:] if titled else table
    lower = [name.lower() for name in names]
    customer = next(
        (lower.index(key) for key in (options.customer_key.lower(), *sorted(CUSTOMER_KEYS)) if key in lower), None
    )
    columns = _columns(source, names, body, options, customer)
    label = next((lower.index(key) for key in (*map(str.lower, options.id_keys), *_IDS) if key in lower), None)
    if label in columns or not _names_rows(body, label):
        label = None
    said_by = next((lower.index(key) for key in ("inbound", "role", "speaker", "sender") if key in lower), None)
    for number, (_, row) in enumerate(body, 1):
        if said_by is not None and said_by < len(row) and _is_customer(lower[said_by], row[said_by].text):
            continue
        name = row[label].text.strip() if label is not None and label < len(row) else ""
        name = " ".join(name.split())[:200] or f"row {number + titled}"
        message = row[customer].text if customer is not None and customer < len(row) else None
        for column in columns:
            if column < len(row) and any(map(str.isalpha, row[column].text)):
                cell = row[column]
                full = name if len(columns) == 1 else f"{name}/{names[column] if column < len(names) else column + 1}"
                yield Value(full, cell, kind_of(cell.text), message)


def _is_head(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell]
    return bool(filled) and all(len(cell) < 60 and "\n" not in cell and cell[-1] not in ".!?" for cell in filled)


def _columns(
    source: Source, names: list[str], body: list[tuple[int, Row]], options: ReadOptions, customer: int | None
) -> list[int]:
    lower = [name.lower() for name in names]
    if options.text_columns:
        out = []
        for wanted in options.text_columns:
            if wanted.lower() in lower:
                out.append(lower.index(wanted.lower()))
            elif wanted.isdigit() and 0 < int(wanted) <= len(names):
                out.append(int(wanted) - 1)
            else:
                raise InputError(
                    f"no column {wanted!r}", path=source.name, cure=f"the columns are {', '.join(map(repr, names))}"
                )
        return sorted(set(out))
    known = [at for at, name in enumerate(lower) if name.replace(" ", "_") in REPLY_KEYS and at != customer]
    if known:
        html = [at for at in known if "html" in lower[at]]
        return (
            html
            if html
            and len(known) > len(html)
            and all("text" in lower[at] or lower[at] == "body" for at in set(known) - set(html))
            else known
        )
    columns = []
    for at in range(max((len(row) for _, row in body[:_SAMPLE]), default=0)):
        cells = [text for _, row in body[:_SAMPLE] if at < len(row) and (text := row[at].text.strip())]
        if at != customer and cells and 2 * sum(map(reads_as_sentence, cells)) > len(cells):
            columns.append(at)
    return columns


def _names_rows(body: list[tuple[int, Row]], column: int | None) -> bool:
    """True when nearly every row has a name of its own in the column."""
    cells = [row[column].text for _, row in body if column is not None and column < len(row)]
    return len(set(cells)) * 10 >= len(cells) * 9


def _is_customer(column: str, cell: str) -> bool:
    return cell.strip().lower() in (_CUSTOMER_SAID if column == "inbound" else _CUSTOMERS)
