"""Comments that silence diagnostics: ``apologylint: ignore[rule] -- reason`` in the comment syntax of each format.

======================================  =======================================================================
``ignore[rule, ...]``                   its own line; the next line or entry when the comment is alone on its line
``ignore-next-line[rule, ...]``         the next line or entry
``disable[rule, ...]`` / ``enable[]``   from here on / no longer
``file-ignore[rule, ...]``              the whole file
======================================  =======================================================================

A rule is named in full (``fake-apology/sorry-you-feel``) or by its group (``fake-apology``). The spelling of other
linters is read as well: ``apologylint-disable-next-line rule, rule -- reason``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from apologylint.drafts import Source
from apologylint.formats.comments import Comment, comments, lines_of, reach
from apologylint.later import later_re
from apologylint.spans import Span

#: More comments than this in one file are a mistake, or an attack.
_MOST = 2_000
_VERBS = ("ignore", "ignore-next-line", "disable", "enable", "file-ignore")
#: What other linters call it.
_ALIASES = {
    "disable-next-line": "ignore-next-line",
    "disable-line": "ignore",
    "disable-file": "file-ignore",
    "ignore-file": "file-ignore",
}
_BODY = later_re(r"apologylint:[ \t]*([\w-]+)[ \t]*(?:\[([^\]]*)\])?[ \t]*(?:--[ \t]*(.*\S))?[ \t]*$", re.DOTALL)
_OTHER_BODY = later_re(
    r"apologylint-([\w-]+)(?:[ \t]*\[([^\]]*)\]|((?:[ \t,]+(?!--)[^\s,\[\]]+)*))[ \t]*(?:--[ \t]*(.*\S))?[ \t]*$",
    re.DOTALL,
)
_RULE = later_re(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*(?:/[a-z0-9]+(?:-[a-z0-9]+)*)?")


@dataclass(slots=True)
class Suppression:
    """One comment.

    Attributes:
        verb: ``ignore``, ``ignore-next-line``, ``disable`` or ``file-ignore``.
        rules: rules and groups it names.
        span: the comment, in the source.
        line: the line it is on.
        reason: why, or ``""``.
        first, last: the lines it covers.
        begins, until: the offsets it covers, where that is less than the lines: from ``disable`` to ``enable``, or the
            object of a JSON file.
        used: the names that silenced something.
    """

    verb: str
    rules: tuple[str, ...]
    span: Span
    line: int
    reason: str
    first: int
    last: int
    begins: int
    until: int
    used: set[str] = field(default_factory=set)

    @property
    def unused_rules(self) -> tuple[str, ...]:
        """Names that silenced nothing."""
        return tuple(rule for rule in self.rules if rule not in self.used)


@dataclass(frozen=True, slots=True)
class Malformed:
    """A comment that was meant as a suppression and is none."""

    span: Span
    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Renamed:
    """A comment that names a rule by an old name."""

    span: Span
    old: str
    new: str


class Suppressions:
    """The suppressions of one source."""

    __slots__ = ("_all", "malformed", "renamed")

    def __init__(self, found: list[Suppression], malformed: list[Malformed], renamed: Sequence[Renamed] = ()) -> None:
        self._all = found
        self.malformed = malformed
        self.renamed = renamed

    def __iter__(self) -> Iterator[Suppression]:
        return iter(self._all)

    def __bool__(self) -> bool:
        return bool(self._all or self.malformed)

    def match(self, rule: str, start: int, end: int, line: int, end_line: int) -> bool:
        """Tell whether a diagnostic is silenced, and mark what silences it as used.

        Args:
            rule: full name of the rule.
            start: where the diagnostic begins in the source.
            end: where it ends.
            line: the line it begins on.
            end_line: the line it ends on.
        """
        if not self._all:
            return False
        group = rule.partition("/")[0]
        silenced = False
        for one in self._all:
            # A range silences what begins in it; a diagnostic that began before it belongs to the text before.
            if one.first <= end_line and line <= one.last and one.begins <= start < one.until:
                for name in one.rules:
                    if name in (rule, group):
                        one.used.add(name)
                        silenced = True
        return silenced

    def unused(self) -> list[Suppression]:
        """Suppressions of which at least one name silenced nothing, in order."""
        return [one for one in self._all if one.unused_rules]


def find_suppressions(source: Source, format: str, canonical: Callable[[str], str] = str) -> Suppressions:
    """Find the suppressions of a source.

    Args:
        source: where to look.
        format: the format it is read as (``apologylint.formats.format_of``); it decides what a comment is.
        canonical: today's name of a rule that was renamed.
    """
    if "apologylint" not in source.text:
        return Suppressions([], [])
    found: list[Suppression] = []
    malformed: list[Malformed] = []
    renamed: list[Renamed] = []
    open_ranges: list[Suppression] = []
    lines: list[str] = []
    for number, comment in enumerate(comments(source, format)):
        if number == _MOST:
            line = source.lines.position(comment.start)[0]
            malformed.append(Malformed(Span(comment.start, comment.end), line, f"more than {_MOST:,} in one file"))
            break
        line = source.lines.position(comment.start)[0]
        read = _read(comment, line, malformed)
        if read is None:
            continue
        verb, written, reason = read
        span = Span(comment.start, comment.end)
        rules = tuple(map(canonical, written))
        renamed += [Renamed(span, old, new) for old, new in zip(written, rules, strict=True) if old != new]
        if verb == "enable":
            _close(rules, span, line, open_ranges, malformed)
            continue
        lines = lines or lines_of(source)
        first, last = _lines(source, format, comment, verb, line, lines)
        begins = span.start if verb == "disable" else 0
        begins, until = comment.covers or (begins, len(source.text) + 1)
        # A range is kept for each rule, for each may be enabled again by itself.
        for names in [(rule,) for rule in rules] if verb == "disable" else [rules]:
            one = Suppression(verb, names, span, line, reason, first, last, begins, until)
            found.append(one)
            if verb == "disable":
                open_ranges.append(one)
    found.sort(key=lambda one: one.span)
    return Suppressions(found, malformed, renamed)


def _read(comment: Comment, line: int, malformed: list[Malformed]) -> tuple[str, tuple[str, ...], str] | None:
    span = Span(comment.start, comment.end)

    def wrong(message: str) -> None:
        malformed.append(Malformed(span, line, message))

    if match := _BODY.match(comment.body):
        said, names, reason = match[1], match[2], match[3] or ""
    elif match := _OTHER_BODY.match(comment.body):
        said, reason = match[1], match[4] or ""
        names = match[2] or ",".join((match[3] or "").split())
    else:
        wrong("cannot be read; write apologylint: ignore[rule] -- reason")
        return None
    verb = _ALIASES.get(said, said)
    if verb not in _VERBS:
        wrong(f"{said!r} is none of {', '.join(_VERBS)}")
        return None
    rules = tuple(name.strip() for name in (names or "").split(",") if name.strip())
    if not rules:
        wrong(f"names no rule; write {verb}[rule]")
        return None
    for name in rules:
        if not _RULE.fullmatch(name):
            wrong(f"{name!r} is no rule name; rules are named like fake-apology/sorry-you-feel")
            return None
    return verb, rules, reason


def _lines(source: Source, format: str, comment: Comment, verb: str, line: int, lines: list[str]) -> tuple[int, int]:
    """First and last line a suppression covers."""
    last = len(source.lines)
    if verb == "file-ignore":
        return 1, last
    if comment.covers is not None:
        return source.lines.position(comment.covers.start)[0], source.lines.position(comment.covers.end)[0]
    if verb == "disable":
        return line, last
    end_line = source.lines.position(max(comment.start, comment.end - 1))[0]
    if verb == "ignore" and not comment.alone:
        return line, end_line
    return reach(lines, format, min(end_line + 1, last))


def _close(
    rules: tuple[str, ...],
    span: Span,
    line: int,
    open_ranges: list[Suppression],
    malformed: list[Malformed],
) -> None:
    """End the ranges of the named rules."""
    for rule in rules:
        for one in reversed(open_ranges):
            if rule in one.rules:
                one.last, one.until = line, span.start
                open_ranges.remove(one)
                break
        else:
            malformed.append(Malformed(span, line, f"enables {rule}, which is not disabled here"))
