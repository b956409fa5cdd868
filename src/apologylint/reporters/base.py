"""What every reporter is given."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from apologylint.drafts import Source
from apologylint.globs import relative_posix
from apologylint.results import Diagnostic, Label, Report, Severity

HOMEPAGE = "https://pypi.org/project/apologylint/"


class RuleInfo(Protocol):
    """The part of a rule that outputs show."""

    @property
    def name(self) -> str:
        """``<label or group>/<kebab-name>``."""

    @property
    def title(self) -> str:
        """One line."""

    @property
    def label(self) -> Label | None:
        """The label it stands for."""

    @property
    def severity(self) -> Severity | None:
        """None for a recogniser, which reports nothing."""

    @property
    def why(self) -> str:
        """Why it hurts."""


@dataclass(frozen=True)
class CheckedFile:
    """One file and what was found in it.

    Attributes:
        path: as shown to people.
        reports: one a draft.
        source: the text, for snippets; kept only when there is something to show.
        error: one line when the file could not be read.
        silenced: diagnostics left out because the baseline or ``--diff-base`` knows them.
    """

    path: str
    reports: tuple[Report, ...] = ()
    source: Source | None = None
    error: str | None = None
    silenced: int = 0

    def diagnostics(self) -> Iterator[Diagnostic]:
        """All diagnostics, draft by draft."""
        for report in self.reports:
            yield from report.diagnostics

    def line(self, number: int) -> str:
        """Text of a 1-based line without its end, ``""`` when the source is not at hand."""
        if self.source is None or not 1 <= number <= len(self.source.lines):
            return ""
        start = self.source.lines.line_start(number)
        last = number == len(self.source.lines)
        stop = len(self.source.text) if last else self.source.lines.line_start(number + 1)
        return self.source.text[start:stop].rstrip("\r\n")


@dataclass(frozen=True)
class Run:
    """A whole run.

    Attributes:
        files: in the order checked.
        version: of apologylint.
        root: folder that relative addresses start from.
        errors: one line each, whatever could not be done; files' own errors included.
        notices: one line each, what should be tidied up in the settings.
        excluded: named files that were left out.
        color: whether escape codes may be written.
        good_news: whether ``full`` says what is right about a good reply.
        rules: all rules, fetched when a format lists them.
    """

    files: Sequence[CheckedFile]
    version: str
    root: str = "."
    errors: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    excluded: int = 0
    color: bool = False
    good_news: bool = True
    rules: Callable[[], Sequence[RuleInfo]] = tuple

    def diagnostics(self) -> Iterator[tuple[CheckedFile, Diagnostic]]:
        """All diagnostics with their file."""
        for file in self.files:
            for diagnostic in file.diagnostics():
                yield file, diagnostic

    def counts(self) -> Counter[str]:
        """Number of diagnostics by severity."""
        return Counter(diagnostic.severity.value for _, diagnostic in self.diagnostics())

    def relative(self, path: str) -> str:
        """The path below the root with forward slashes; unchanged when it lies elsewhere."""
        return relative_posix(path, self.root) or path.replace(os.sep, "/")


def plural(count: int, noun: str) -> str:
    """Say ``1 draft``, ``2 drafts``, ``2 replies``."""
    if count == 1:
        return f"1 {noun}"
    return f"{count} {noun[:-1]}ies" if noun.endswith("y") else f"{count} {noun}s"
