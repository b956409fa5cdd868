"""E-mails (``.eml``): the text of the message, without headers, attachments, or the other form of the same text."""

from __future__ import annotations

from collections.abc import Iterator

from apologylint.drafts import Source
from apologylint.formats.mime import Part, body_of, parts
from apologylint.formats.options import ReadOptions
from apologylint.formats.value import Value


def read(source: Source, options: ReadOptions) -> Iterator[Value]:
    """One draft for the body. HTML is read when there is no plain text, for the two say the same."""
    plain: list[Part] = []
    html: list[Part] = []
    for part in parts(source.text):
        if not part.attached and part.type in ("text/plain", "text/html"):
            (plain if part.type == "text/plain" else html).append(part)
    bodies = [body_of(source.text, part) for part in plain]
    bodies = [body for body in bodies if any(map(str.isalpha, body.text))]
    if bodies:
        for number, body in enumerate(bodies):
            yield Value("" if number == 0 else f"part {number + 1}", body, "text")
        return
    for number, part in enumerate(html):
        yield Value("" if number == 0 else f"part {number + 1}", body_of(source.text, part), "html")
